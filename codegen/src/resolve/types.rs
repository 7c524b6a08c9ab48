//! Puts types together from the rows of all their pages, and from JSON representations where tables say less.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use super::Resolver;
use super::drafts::Draft;
use super::enums::MemberNames;
use super::lookup::JSON;
use crate::diagnostics::{Diagnostic, Rule, Span};
use crate::facts::JsonShape;
use crate::model::{CoreType, Primitive, Property, QualifiedName, StructuredType, TypeId, TypeRef};
use crate::prose::Prose;

impl Resolver<'_> {
    /// Adds the types, in the order of the drafts: their ids are their places.
    pub(super) fn types(&mut self, drafts: &[Draft]) {
        for draft in drafts {
            let mut properties: Vec<Property> = Vec::new();
            let mut places: BTreeMap<&str, usize> = BTreeMap::new();
            for (page, rows) in draft.rows(self.facts) {
                for row in rows {
                    match places.entry(&row.name.value) {
                        Entry::Vacant(place) => {
                            place.insert(properties.len());
                            let property = self.property(row, page);
                            properties.push(property);
                        }
                        Entry::Occupied(place) => {
                            let known = &mut properties[*place.get()];
                            self.second_row(&draft.name, known, row, &page.path);
                        }
                    }
                }
            }
            let resources = draft.resources(self.facts);
            let has_key = resources.iter().any(|(_, resource)| resource.key.is_some());
            let titles = draft.titles.iter().map(|page| &self.facts.pages[*page]);
            // Of several pages the first may say that it says nothing yet.
            let doc = resources
                .iter()
                .map(|(page, _)| *page)
                .chain(titles)
                .map(|page| &page.summary)
                .find(|summary| !self.profile.is_undocumented(&summary.text()))
                .map_or_else(Prose::default, Prose::clone);
            self.api.types.push(StructuredType {
                name: draft.name.clone(),
                entity: has_key || properties.iter().any(|property| self.is_key(property)),
                base: None,
                open: resources.iter().any(|(_, resource)| resource.open),
                is_abstract: resources.iter().any(|(_, resource)| resource.is_abstract),
                properties,
                left_out: Vec::new(),
                doc,
                origins: draft.origins(self.facts),
            });
        }
    }

    /// Whether a property is a key by its name.
    fn is_key(&self, property: &Property) -> bool {
        let keys = &self.profile.key_properties;
        keys.iter()
            .any(|key| key.eq_ignore_ascii_case(&property.name))
    }

    /// A second row of a property: another page's, or one of the same page. The first counts.
    fn second_row(
        &mut self,
        owner: &QualifiedName,
        known: &mut Property,
        row: &crate::facts::PropertyFacts,
        from: &str,
    ) {
        let ty = match &row.type_name {
            Some(name) => self.type_ref(name, from, row.type_text.span),
            None => JSON,
        };
        let same_page = known.origin.page == row.name.span.page;
        if known.ty.core == CoreType::Json && ty.core != CoreType::Json {
            known.ty = ty;
        } else if known.ty != ty && ty.core != CoreType::Json {
            let message = format!(
                "`{}.{}` has another type in another row; the first counts",
                owner.name, known.name
            );
            self.diagnostics.push(
                Diagnostic::at(Rule::ConflictingProperty, row.type_text.span, message)
                    .also(known.origin, "the first row"),
            );
        } else if same_page {
            let message = format!("`{}` has a row already; the first counts", known.name);
            self.diagnostics.push(
                Diagnostic::at(Rule::RepeatedRow, row.name.span, message)
                    .also(known.origin, "the first row"),
            );
        }
        if known.doc.is_empty() {
            known.doc = row.description.clone();
        }
    }

    /// How the values that a placeholder lists, as in `ebb | flood`, differ from the members of the enum.
    fn values_of_json(&self, known: &Property, shape: &JsonShape) -> Option<String> {
        let CoreType::Enum(id) = known.ty.core else {
            return None;
        };
        let listed = shape.name.as_deref().filter(|name| name.contains('|'))?;
        let values: Vec<String> = listed
            .split('|')
            .map(|value| value.trim().to_owned())
            .filter(|value| !value.is_empty())
            .collect();
        let item = self.api.enumeration(id);
        let difference = MemberNames::of(item).difference(&values)?;
        Some(format!("{difference} the table of `{}`", item.name.name))
    }

    /// Adds the keys of JSON representations that no table lists, neither here nor on a base type.
    pub(super) fn properties_of_json(&mut self, drafts: &[Draft]) {
        for (index, draft) in drafts.iter().enumerate() {
            let mut declared = self.declared_names(TypeId::at(index));
            for (page, resource) in draft.resources(self.facts) {
                for (name, shape) in &resource.json {
                    let simple = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
                        && name.starts_with(|c: char| c.is_ascii_alphabetic());
                    if !simple {
                        continue;
                    }
                    let lower = name.to_ascii_lowercase();
                    if let Some((owner, place)) = declared.get(&lower) {
                        let known = &self.api.structured(*owner).properties[*place];
                        if known.origin.page == page.page {
                            let known = known.clone();
                            self.compare_with_json(&known, name, shape, resource.json_span);
                        }
                        continue;
                    }
                    let ty = self.json_type(shape, &page.path);
                    let properties = &mut self.api.types[index].properties;
                    declared.insert(lower, (TypeId::at(index), properties.len()));
                    properties.push(Property {
                        name: name.clone(),
                        ty,
                        navigation: false,
                        values: Vec::new(),
                        deprecated: false,
                        doc: Prose::default(),
                        origin: resource.span,
                    });
                }
            }
        }
    }

    /// The properties of a type and of its base types by their names in lower case, since letter case does not count: of
    /// which type each is, and which of them. The nearest type counts.
    pub(super) fn declared_names(&self, id: TypeId) -> BTreeMap<String, (TypeId, usize)> {
        let mut names = BTreeMap::new();
        for owner in self.api.base_chain(id) {
            let properties = self.api.structured(owner).properties.iter();
            for (place, property) in properties.enumerate() {
                let name = property.name.to_ascii_lowercase();
                names.entry(name).or_insert((owner, place));
            }
        }
        names
    }

    /// Reports a key of a JSON representation that contradicts the row of its name: in letter case, or by being an array
    /// or none.
    fn compare_with_json(
        &mut self,
        known: &Property,
        name: &str,
        shape: &JsonShape,
        json: Option<Span>,
    ) {
        let mut rule = Rule::ConflictingProperty;
        let what = if known.name != name {
            format!(
                "the JSON representation spells `{}` as `{name}`",
                known.name
            )
        } else if shape.collection && !known.ty.collection && known.ty.core != CoreType::Json {
            format!("`{name}` is an array in the JSON representation, and no collection here")
        } else if let Some(difference) = self.values_of_json(known, shape) {
            rule = Rule::ConflictingValues;
            format!("the list of `{name}` in the JSON representation {difference}")
        } else {
            return;
        };
        // A correction has said already which of the two is right.
        let mut corrections = self.facts.corrections.iter();
        if corrections.any(|applied| applied.span == known.origin) {
            return;
        }
        let diagnostic = Diagnostic::at(rule, known.origin, format!("{what}; the table counts"));
        self.diagnostics.push(match json {
            Some(span) => diagnostic.also(span, "the JSON"),
            None => diagnostic,
        });
    }

    /// The type that the placeholder of a JSON representation means.
    fn json_type(&self, shape: &JsonShape, from: &str) -> TypeRef {
        let Some(text) = &shape.name else {
            return TypeRef {
                collection: shape.collection,
                ..JSON
            };
        };
        let core = match self.profile.placeholder(text) {
            Some(edm) => super::index::core(edm),
            None => {
                let word = text
                    .split(" (")
                    .next()
                    .unwrap_or(text)
                    .trim_start_matches('#');
                let qualified = word.contains('.') && !word.contains(' ');
                super::index::primitive(word, self.profile)
                    .or_else(|| {
                        qualified
                            .then(|| self.index.by_name(word, from, self.profile))
                            .flatten()
                    })
                    .unwrap_or(if qualified {
                        CoreType::Json
                    } else {
                        CoreType::Primitive(Primitive::String)
                    })
            }
        };
        TypeRef {
            core,
            collection: shape.collection,
        }
    }
}
