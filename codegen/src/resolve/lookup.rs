//! Turns the type names of rows into references, and says which are not known.

use super::Resolver;
use crate::diagnostics::{Diagnostic, Rule, Span};
use crate::facts::{PropertyFacts, TypeName};
use crate::model::{CoreType, Property, TypeRef};

/// Any JSON.
pub(super) const JSON: TypeRef = TypeRef {
    core: CoreType::Json,
    collection: false,
};

impl Resolver<'_> {
    /// The type that a page names; JSON, with a diagnostic, where no page documents it.
    pub(super) fn type_ref(&mut self, name: &TypeName, from: &str, span: Span) -> TypeRef {
        let core = self
            .index
            .lookup(name, from, self.profile)
            .unwrap_or_else(|| {
                let mut diagnostic = Diagnostic::at(
                    Rule::UnknownType,
                    span,
                    format!(
                        "no page documents the type `{}`; the value is JSON",
                        name.name
                    ),
                );
                if let Some(nearest) = self.index.nearest(&name.name) {
                    diagnostic = diagnostic.help(format!("the nearest known name is `{nearest}`"));
                }
                self.diagnostics.push(diagnostic);
                CoreType::Json
            });
        TypeRef {
            core,
            collection: name.collection,
        }
    }

    /// A property of a row.
    pub(super) fn property(&mut self, row: &PropertyFacts, from: &str) -> Property {
        let ty = match &row.type_name {
            Some(name) => self.type_ref(name, from, row.type_text.span),
            None => JSON,
        };
        let is_text = matches!(
            ty.core,
            CoreType::Primitive(crate::model::Primitive::String) | CoreType::Json
        );
        Property {
            name: row.name.value.clone(),
            ty,
            navigation: row.navigation,
            values: if is_text {
                row.values.clone()
            } else {
                Vec::new()
            },
            deprecated: row.deprecated,
            doc: row.description.clone(),
            origin: row.name.span,
        }
    }
}
