//! Turns the type names of rows into references, and says which are not known.

use std::collections::BTreeMap;

use super::Resolver;
use crate::diagnostics::{Diagnostic, PageId, Rule, Span};
use crate::facts::{EnumFacts, Facts, PageFacts, PropertyFacts, TypeName};
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

    /// Reports the links of a text about a body or an answer that lead to no type.
    pub(super) fn unknown_links(&mut self, page: &PageFacts, links: &[TypeName], span: Span) {
        for link in links {
            let target = link.target.as_deref().unwrap_or_default();
            // Links to articles outside of the tree name no type.
            if target.starts_with('/') || target.contains("://") {
                continue;
            }
            let _ = self.type_ref(link, &page.path, span);
        }
    }

    /// A property of a row.
    pub(super) fn property(&mut self, row: &PropertyFacts, page: &PageFacts) -> Property {
        let ty = match &row.type_name {
            Some(name) => self.type_ref(name, &page.path, row.type_text.span),
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
                self.values(row, page)
            } else {
                Vec::new()
            },
            deprecated: row.deprecated,
            doc: row.description.clone(),
            origin: row.name.span,
        }
    }

    /// The values of a text: those that the row lists, or those of the page's own table under a heading of the property's
    /// name, such as `sortBy values`.
    fn values(&self, row: &PropertyFacts, page: &PageFacts) -> Vec<String> {
        if !row.values.is_empty() {
            return row.values.clone();
        }
        let key = (page.page, row.name.value.to_ascii_lowercase());
        let tables = self.tables.get(&key).into_iter().flatten();
        tables
            .flat_map(|found| &found.members)
            .map(|member| member.name.value.clone())
            .collect()
    }
}

/// The enums of each page by their names in lower case.
pub(super) type Tables<'f> = BTreeMap<(PageId, String), Vec<&'f EnumFacts>>;

/// The enums of all pages.
pub(super) fn tables(facts: &Facts) -> Tables<'_> {
    let mut tables = Tables::new();
    for page in &facts.pages {
        for found in &page.enums {
            let name = found.name.value.to_ascii_lowercase();
            tables.entry((page.page, name)).or_default().push(found);
        }
    }
    tables
}
