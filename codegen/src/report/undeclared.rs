//! The types of which examples have keys that no table has.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use maud::{Markup, html};

use super::Context;
use super::parts::{Group, counted, figure, id, table};
use crate::model::UndeclaredKey;

/// How many types are shown at once.
const SHOWN: usize = 15;

impl Context<'_> {
    /// The section.
    pub(super) fn undeclared(&self) -> Markup {
        let mut types: BTreeMap<&str, Vec<&UndeclaredKey>> = BTreeMap::new();
        for key in &self.run.model.api.undeclared {
            types.entry(&key.ty).or_default().push(key);
        }
        let mut types: Vec<(&str, Vec<&UndeclaredKey>)> = types.into_iter().collect();
        types.sort_by_key(|(name, keys)| (Reverse(keys.len()), Reverse(times(keys)), *name));
        let (first, rest) = types.split_at(types.len().min(SHOWN));
        let others = Group {
            id: None,
            name: html! { "The others" },
            count: counted(rest.len(), "type"),
            body: self.undeclared_table("Further types with undeclared keys", rest),
        };
        html! {
            @if types.is_empty() {
                p { "Every key of the examples is a property that a table declares." }
            } @else {
                p {
                    "Examples have " (counted(self.run.model.api.undeclared.len(), "key")) " of "
                    (counted(types.len(), "type"))
                    " for which no table has a row. The crate has no field for them; what arrives is kept among the "
                    "additional properties."
                }
                div .groups { (self.undeclared_table("Types with undeclared keys", first)) }
                @if !rest.is_empty() { div .groups { (others.render()) } }
            }
        }
    }

    fn undeclared_table(&self, caption: &str, types: &[(&str, Vec<&UndeclaredKey>)]) -> Markup {
        let rows = html! {
            @for (name, keys) in types {
                tr {
                    th scope="row" {
                        a href={ "#" (id("type", name)) } { code { (name) } }
                        p .more { (counted(keys.len(), "key")) ", " (counted(times(keys), "time")) }
                    }
                    td {
                        ul .keys {
                            @for key in keys {
                                li {
                                    code { (key.key) } " " small { (figure(key.count)) " ×" } " " (self.places.place(key.first))
                                }
                            }
                        }
                    }
                }
            }
        };
        table(caption, &["Type", "Keys, how often, and where first"], rows)
    }
}

fn times(keys: &[&UndeclaredKey]) -> usize {
    keys.iter().map(|key| key.count).sum()
}
