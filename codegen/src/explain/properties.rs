//! The part about resolve, for properties: type, where each was declared, and what other rows say.

use super::places::counted;
use super::subject::{Item, Subject};
use super::{Context, Line, Part};
use crate::facts::PropertyFacts;
use crate::model::{Property, TypeId};

/// How many properties of a type are shown.
const MOST_PROPERTIES: usize = 150;

impl Context<'_> {
    /// The properties of a type: its own, then the inherited ones by the type that declares them.
    pub(super) fn properties(&self, id: TypeId, part: &mut Part) {
        let chain = self.api.base_chain(id);
        for (index, owner) in chain.iter().enumerate() {
            let ty = self.api.structured(*owner);
            let relationships = ty.properties.iter().filter(|one| one.navigation).count();
            let count = properties_text(ty.properties.len() - relationships, relationships);
            let text = if index == 0 {
                format!("{count} of its own")
            } else {
                format!("{count} inherited from {}", ty.name)
            };
            part.say(1, text);
            let width = ty
                .properties
                .iter()
                .map(|one| one.name.chars().count())
                .max();
            let width = width.unwrap_or(0);
            let lines = ty.properties.iter().map(|property| {
                let text = format!(
                    "{:<width$}  {}",
                    property.name,
                    self.property_text(*owner, property)
                );
                Line::new(self.place(property.origin), 2, text)
            });
            let most = if index == 0 { MOST_PROPERTIES } else { 12 };
            part.list(lines.collect(), most, "properties");
        }
    }

    /// The type of a property, and what is special about it.
    fn property_text(&self, owner: TypeId, property: &Property) -> String {
        let mut text = self.type_of(property.ty);
        if property.navigation {
            text.push_str(", relationship");
        }
        if !property.values.is_empty() {
            text.push_str(&format!(
                ", {} listed",
                counted(property.values.len(), "value")
            ));
        }
        if property.deprecated {
            text.push_str(", deprecated");
        }
        if self.row_of(owner, property).is_none() {
            text.push_str(", from the JSON representation");
        }
        text
    }

    /// The row that declares a property; none for one of the JSON representation alone.
    fn row_of(&self, owner: TypeId, property: &Property) -> Option<&PropertyFacts> {
        let ty = self.api.structured(owner);
        let pages = ty.origins.iter().filter_map(|span| self.facts(span.page));
        pages
            .flat_map(|facts| {
                let rows = facts.resources.iter().flat_map(|one| &one.properties);
                rows.chain(facts.operations.iter().flat_map(|one| &one.body.properties))
            })
            .find(|row| row.name.span == property.origin)
    }

    /// One property.
    pub(super) fn property(&self, subject: &Subject, owner: TypeId, name: &str, part: &mut Part) {
        let ty = self.api.structured(owner);
        let Some(property) = ty.properties.iter().find(|known| known.name == name) else {
            return;
        };
        let text = format!(
            "{}/{name}: {}",
            ty.name,
            self.property_text(owner, property)
        );
        part.heading(self.place(property.origin), text);
        part.say(1, format!("declared by {}", ty.name));
        match self.row_of(owner, property) {
            Some(row) => {
                let read = match (&row.type_name, row.type_text.value.trim()) {
                    (Some(_), "") | (None, _) => "the type cell cannot be read".to_owned(),
                    (Some(_), text) => format!("by its type cell: {text}"),
                };
                part.at(self.place(row.type_text.span), 1, read);
            }
            None => part.at(
                self.place(property.origin),
                1,
                "no table lists it; the JSON representation of this type has it",
            ),
        }
        for row in self.rows_of(subject, name) {
            if row.name.span != property.origin {
                let text = format!("another row: {}", row.type_text.value.trim());
                part.at(self.place(row.name.span), 1, text);
            }
        }
        if let Some(home) = self.home_of(property.ty.core) {
            part.say(1, home);
        }
        let values = property.values.iter().map(String::as_str);
        part.lines
            .extend(super::places::enumerated(values, "listed values:", 1));
        let heirs: Vec<Line> = (0..self.api.types.len())
            .map(TypeId::at)
            .filter(|id| *id != owner && self.api.base_chain(*id).contains(&owner))
            .map(|id| {
                let candidate = self.candidate(Item::Type(id));
                Line::new(candidate.place, 2, candidate.name)
            })
            .collect();
        if !heirs.is_empty() {
            part.say(1, format!("inherited by {}", counted(heirs.len(), "type")));
            part.list(heirs, 5, "types");
        }
    }
}

fn properties_text(properties: usize, relationships: usize) -> String {
    let own = counted(properties, "property");
    match relationships {
        0 => own,
        count => format!("{own} and {}", counted(count, "relationship")),
    }
}
