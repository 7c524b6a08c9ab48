//! Finds base types, and takes inherited properties out of derived types.

use std::collections::BTreeSet;

use super::Resolver;
use super::drafts::Draft;
use crate::diagnostics::{Diagnostic, Rule};
use crate::facts::{PageFacts, ResourceFacts, TypeName};
use crate::model::{CoreType, TypeId};

/// The most base types of a type. A type has the fields of all of them, so that a long chain of pages would come to many
/// times its size. Real ones have a handful.
const MAX_DEPTH: usize = 32;

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
        self.break_chains();
        for index in 0..self.api.types.len() {
            let id = TypeId::at(index);
            let inherited: BTreeSet<String> = self
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

    /// Takes the base from types that would be their own ancestors, or have too many.
    fn break_chains(&mut self) {
        let mut depths: Vec<Option<usize>> = vec![None; self.api.types.len()];
        for index in 0..self.api.types.len() {
            // Up to a type whose depth is known.
            let mut path: Vec<usize> = Vec::new();
            let mut on_path = BTreeSet::new();
            let mut at = Some(index);
            while let Some(here) = at.filter(|here| depths[*here].is_none()) {
                if !on_path.insert(here) {
                    let last = path.last().copied().unwrap_or(here);
                    self.stand_alone(last, "is derived from this type itself");
                    break;
                }
                path.push(here);
                at = self.base_at(here);
            }
            for here in path.into_iter().rev() {
                let above = self.base_at(here).and_then(|base| depths[base]);
                let mut depth = above.map_or(0, |above| above + 1);
                if depth > MAX_DEPTH {
                    self.stand_alone(here, &format!("has {MAX_DEPTH} base types itself"));
                    depth = 0;
                }
                depths[here] = Some(depth);
            }
        }
    }

    /// The place of a type's base.
    fn base_at(&self, index: usize) -> Option<usize> {
        self.api.types[index].base.map(|base| base.0 as usize)
    }

    /// Takes the base from a type, and says why.
    fn stand_alone(&mut self, index: usize, why: &str) {
        let ty = &mut self.api.types[index];
        let span = ty.origins.first().copied();
        let Some(base) = ty.base.take() else {
            return;
        };
        let name = self.api.structured(base).name.to_string();
        if let Some(span) = span {
            self.diagnostics.push(Diagnostic::at(
                Rule::UnknownBase,
                span,
                format!("the base type `{name}` {why}; the type stands alone"),
            ));
        }
    }
}
