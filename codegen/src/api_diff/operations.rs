//! Reads the static of an operation: permissions, status codes, links.

use syn::{Expr, ExprStruct, Lit};

use super::surface::Description;

/// What the value of a static says; none where it is no `Operation { … }`.
pub(super) fn description(value: &Expr) -> Option<Description> {
    let Expr::Struct(operation) = value else {
        return None;
    };
    let mut description = Description::default();
    for field in &operation.fields {
        let syn::Member::Named(name) = &field.member else {
            continue;
        };
        match name.to_string().as_str() {
            "version" => description.version = text(&field.expr)?,
            "documentation" => description.documentation = text(&field.expr)?,
            "page" => description.page = text(&field.expr)?,
            "success" => {
                description.success = listed(&field.expr, |literal| match literal {
                    Lit::Int(code) => code.base10_parse().ok(),
                    _ => None,
                });
            }
            "permissions" => {
                if let Expr::Struct(kinds) = &field.expr {
                    permissions(kinds, &mut description);
                }
            }
            _ => {}
        }
    }
    Some(description)
}

fn permissions(kinds: &ExprStruct, description: &mut Description) {
    for field in &kinds.fields {
        if let syn::Member::Named(kind) = &field.member {
            let names = listed(&field.expr, |literal| match literal {
                Lit::Str(name) => Some(name.value()),
                _ => None,
            });
            description.permissions.insert(kind.to_string(), names);
        }
    }
}

fn text(value: &Expr) -> Option<String> {
    match value {
        Expr::Lit(literal) => match &literal.lit {
            Lit::Str(text) => Some(text.value()),
            _ => None,
        },
        _ => None,
    }
}

/// The literals of `&[…]`.
fn listed<T>(value: &Expr, read: impl Fn(&Lit) -> Option<T>) -> Vec<T> {
    let Expr::Reference(reference) = value else {
        return Vec::new();
    };
    let Expr::Array(array) = &*reference.expr else {
        return Vec::new();
    };
    let literals = array.elems.iter().filter_map(|element| match element {
        Expr::Lit(literal) => read(&literal.lit),
        _ => None,
    });
    literals.collect()
}
