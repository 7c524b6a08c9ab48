//! The emitted files as syntax.

use std::collections::BTreeMap;

use syn::{Arm, Expr, ImplItem, Item, ItemImpl, Lit, Member, Pat, Path, Stmt, Type};

use crate::failure::Failure;

/// The files of Rust by their path below the crate.
pub(super) type Files = BTreeMap<String, syn::File>;

/// Parses the files of Rust.
///
/// # Errors
///
/// A file is not Rust.
pub(super) fn parse(files: &BTreeMap<String, String>) -> Result<Files, Failure> {
    let rust = files.iter().filter(|(path, _)| path.ends_with(".rs"));
    rust.map(|(path, text)| {
        let file = syn::parse_file(text).map_err(|error| Failure::Form {
            path: path.clone(),
            reason: error.to_string(),
        })?;
        Ok((path.clone(), file))
    })
    .collect()
}

/// All items of a file, those of modules in it as well.
pub(super) fn items(file: &syn::File) -> Vec<&Item> {
    let mut all = Vec::new();
    let mut open: Vec<&Item> = file.items.iter().rev().collect();
    while let Some(item) = open.pop() {
        if let Item::Mod(module) = item
            && let Some((_, items)) = &module.content
        {
            open.extend(items.iter().rev());
        }
        all.push(item);
    }
    all
}

/// The last name of the trait that is implemented, and the last name of the type that implements it.
pub(super) fn implemented(item: &ItemImpl) -> Option<(String, String)> {
    let (path, _) = item.trait_.as_ref()?;
    let Type::Path(own) = &*item.self_ty else {
        return None;
    };
    Some((last(path)?, last(&own.path)?))
}

/// The texts that a `match` of the function `name` knows, with what each leads to: the field of `self` that is set, or
/// the variant.
pub(super) fn texts(item: &ItemImpl, name: &str) -> BTreeMap<String, String> {
    let function = item.items.iter().find_map(|item| match item {
        ImplItem::Fn(function) if function.sig.ident == name => Some(function),
        _ => None,
    });
    let statements = function.map_or(&[][..], |function| &function.block.stmts);
    let arms = statements.iter().find_map(|statement| match statement {
        Stmt::Expr(Expr::Match(found), _) => Some(&found.arms),
        _ => None,
    });
    arms.into_iter().flatten().filter_map(text).collect()
}

/// What an arm's pattern leads to, by name: `"mail" => …(map, &mut self.mail)` or `"text" => Self::Text`.
fn text(arm: &Arm) -> Option<(String, String)> {
    let Pat::Lit(pattern) = &arm.pat else {
        return None;
    };
    let Lit::Str(wire) = &pattern.lit else {
        return None;
    };
    Some((target(&arm.body)?, wire.value()))
}

fn target(body: &Expr) -> Option<String> {
    match body {
        Expr::Call(call) => call.args.last().and_then(target),
        Expr::Reference(reference) => target(&reference.expr),
        Expr::Field(field) => match &field.member {
            Member::Named(name) => Some(name.to_string()),
            Member::Unnamed(_) => None,
        },
        Expr::Path(variant) => last(&variant.path),
        // What is too long for a line is put in braces.
        Expr::Block(block) => match &*block.block.stmts {
            [Stmt::Expr(inner, _)] => target(inner),
            _ => None,
        },
        _ => None,
    }
}

/// The last name of a path.
pub(super) fn last(path: &Path) -> Option<String> {
    Some(path.segments.last()?.ident.to_string())
}
