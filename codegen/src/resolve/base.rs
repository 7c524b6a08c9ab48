//! Finds base types, and takes inherited properties out of derived types.

use super::Resolver;
use super::drafts::Draft;
use crate::diagnostics::{Diagnostic, Rule};
use crate::facts::{PageFacts, ResourceFacts, TypeName};
use crate::model::{CoreType, TypeId};

impl Resolver<'_> {
    /// Sets the base of each type, then removes what it inherits.
    pub(super) fn bases(&mut self, drafts: &[Draft]) {
        for (index, draft) in drafts.iter().enumerate() {
            let id = TypeId::at(index);
            let base = draft
                .resources(self.facts)
                .into_iter()
                .find_map(|(page, resource)| self.base_of(page, resource))
                .filter(|base| *base != id);
            self.api.types[index].base = base;
        }
        self.break_circles();
        for index in 0..self.api.types.len() {
            let id = TypeId::at(index);
            let inherited: Vec<String> = self
                .api
                .base_chain(id)
                .into_iter()
                .skip(1)
                .flat_map(|base| &self.api.structured(base).properties)
                .map(|property| property.name.clone())
                .collect();
            self.api.types[index]
                .properties
                .retain(|property| !inherited.contains(&property.name));
        }
        self.properties_of_json(drafts);
        for index in 0..self.api.types.len() {
            let id = TypeId::at(index);
            let entity = self
                .api
                .base_chain(id)
                .into_iter()
                .any(|base| self.api.structured(base).entity);
            self.api.types[index].entity = entity;
        }
    }

    /// The base that a page names; failing that, the one that all its inherited rows name.
    fn base_of(&mut self, page: &PageFacts, resource: &ResourceFacts) -> Option<TypeId> {
        if let Some(base) = &resource.base {
            let found = self.structured(&base.name, page);
            let is_root = base.name.name.rsplit('.').next().is_some_and(|name| {
                let roots = &self.profile.root_types;
                roots.iter().any(|root| root.eq_ignore_ascii_case(name))
            });
            if found.is_none() && !is_root {
                let diagnostic = Diagnostic::at(
                    Rule::UnknownBase,
                    base.span,
                    format!(
                        "no page documents the base type `{}`; the type stands alone",
                        base.name.name
                    ),
                );
                self.diagnostics
                    .push(match self.index.nearest(&base.name.name) {
                        Some(nearest) => {
                            diagnostic.help(format!("the nearest known name is `{nearest}`"))
                        }
                        None => diagnostic,
                    });
            }
            if found.is_some() {
                return found;
            }
        }
        let mut hints = resource
            .properties
            .iter()
            .filter_map(|row| row.inherited_from.as_ref());
        let first = self.structured(hints.next()?, page)?;
        let own = resource
            .properties
            .iter()
            .filter_map(|row| row.inherited_from.as_ref());
        own.clone()
            .all(|name| self.structured(name, page) == Some(first))
            .then_some(first)
    }

    /// The structured type of a name.
    fn structured(&self, name: &TypeName, page: &PageFacts) -> Option<TypeId> {
        match self.index.lookup(name, &page.path, self.profile)? {
            CoreType::Structured(id) => Some(id),
            _ => None,
        }
    }

    /// Takes the base from types that would be their own ancestors.
    fn break_circles(&mut self) {
        for index in 0..self.api.types.len() {
            let id = TypeId::at(index);
            let chain = self.api.base_chain(id);
            let last = chain.last().copied().unwrap_or(id);
            let Some(back) = self.api.structured(last).base else {
                continue;
            };
            let span = self.api.structured(last).origins.first().copied();
            let name = self.api.structured(back).name.to_string();
            self.api.types[last.0 as usize].base = None;
            if let Some(span) = span {
                self.diagnostics.push(Diagnostic::at(
                    Rule::UnknownBase,
                    span,
                    format!("the base type `{name}` is derived from this type itself; the type stands alone"),
                ));
            }
        }
    }
}
