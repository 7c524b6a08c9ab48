//! The types and enums of the service.

use std::collections::BTreeMap;

use maud::{Markup, html};

use super::Context;
use super::parts::{Group, counted, id, searchable, table};
use crate::diagnostics::Span;
use crate::model::QualifiedName;
use crate::plan::nodes::ModelItem;

/// How many items stand in one group; where there are more, each letter has its own.
const TOGETHER: usize = 60;

/// A row.
struct Item {
    name: String,
    row: Markup,
}

impl Context<'_> {
    /// The listing of types.
    pub(super) fn types(&self) -> Markup {
        let api = &self.run.model.api;
        let rust = self.rust_names();
        let items = api.types.iter().map(|ty| {
            let base = ty.base.map(|base| &api.structured(base).name);
            let names = ty.properties.iter().map(|property| property.name.as_str());
            let about = html! {
                (if ty.entity { "entity" } else { "complex type" })
                @if let Some(base) = base { ", derived from " a .at href={ "#" (id("type", &base.to_string())) } { (self.short(base)) } }
            };
            let count = counted(ty.properties.len(), "property");
            self.item(&ty.name, &rust, about, (&count, names.collect()), &ty.origins)
        });
        grouped("types", "Type", items.collect())
    }

    /// The listing of enums.
    pub(super) fn enums(&self) -> Markup {
        let rust = self.rust_names();
        let items = self.run.model.api.enums.iter().map(|item| {
            let names = item.members.iter().map(|member| member.name.as_str());
            let about = html! { (if item.flags { "enum of flags" } else { "enum" }) };
            let count = counted(item.members.len(), "member");
            self.item(
                &item.name,
                &rust,
                about,
                (&count, names.collect()),
                &item.origins,
            )
        });
        grouped("enums", "Enum", items.collect())
    }

    fn item(
        &self,
        name: &QualifiedName,
        rust: &BTreeMap<&str, String>,
        about: Markup,
        (count, members): (&str, Vec<&str>),
        origins: &[Span],
    ) -> Item {
        let qualified = name.to_string();
        let rust = rust.get(qualified.as_str());
        let row = html! {
            tr id=(id("type", &qualified)) {
                th scope="row" {
                    span .at { (self.short(name)) } " "
                    p .more {
                        @if let Some(rust) = rust { code { (rust) } ", " }
                        (about)
                    }
                }
                td {
                    (count)
                    @if !members.is_empty() { p .more { (members.join(", ")) } }
                }
                td { (self.places.all(origins)) }
            }
        };
        Item {
            name: name.name.clone(),
            row,
        }
    }

    /// A name without the namespace of the service.
    fn short(&self, name: &QualifiedName) -> String {
        match name.namespace == self.profile.namespace {
            true => name.name.clone(),
            false => name.to_string(),
        }
    }

    /// The names of models in Rust, by those on the wire.
    fn rust_names(&self) -> BTreeMap<&str, String> {
        let models = self.run.plan.models.iter();
        models
            .map(|model| {
                let (wire, ident) = match &model.item {
                    ModelItem::Struct(plan) => (&plan.wire, &plan.ident),
                    ModelItem::Enum(plan) => (&plan.wire, &plan.ident),
                };
                let name = match &model.namespace {
                    Some(namespace) => format!("{namespace}::{ident}"),
                    None => ident.to_string(),
                };
                (wire.as_str(), name)
            })
            .collect()
    }
}

/// The items in groups by the first letters of their names.
fn grouped(name: &str, one: &str, items: Vec<Item>) -> Markup {
    let together = items.len() <= TOGETHER;
    let mut letters: BTreeMap<String, Vec<Item>> = BTreeMap::new();
    for item in items {
        let first = item
            .name
            .chars()
            .next()
            .map(|c| c.to_uppercase().to_string());
        let letter = match first {
            Some(letter) if !together => letter,
            _ => String::new(),
        };
        letters.entry(letter).or_default().push(item);
    }
    let columns = [one, "Has", "Documented at"];
    let groups: Vec<Group> = letters
        .iter()
        .map(|(letter, items)| {
            let all = format!("All {name}");
            let title = if letter.is_empty() { &all } else { letter };
            let rows = html! { @for item in items { (item.row) } };
            Group {
                id: None,
                name: html! { (title) },
                count: counted(items.len(), &one.to_lowercase()),
                body: html! { div .types { (table(&format!("{one}s: {title}"), &columns, rows)) } },
            }
        })
        .collect();
    html! {
        @if groups.is_empty() { p { "There are none." } } @else { (searchable(name, name, &groups)) }
    }
}
