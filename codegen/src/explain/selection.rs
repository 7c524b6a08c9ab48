//! The part about select: what is kept, and which operation needs it.

use super::places::{core_text, request_text};
use super::subject::{Item, Subject};
use super::{Context, Line, Part};
use crate::diagnostics::Rule;
use crate::model::{Api, CoreType, EnumId, TypeId};
use crate::select::way_to;

impl Context<'_> {
    /// What the selection keeps.
    pub(super) fn select(&self, subject: &Subject) -> Part {
        let mut part = Part::new("select");
        if self.selection.is_empty() {
            part.say(0, "no selection: all is kept");
        } else {
            let patterns = |name: &str, list: &[String]| -> String {
                list.iter()
                    .map(|pattern| format!(" {name} {pattern}"))
                    .collect()
            };
            let text = patterns("--select", &self.selection.select)
                + &patterns("--exclude", &self.selection.exclude);
            part.say(0, format!("the selection is{text}"));
        }
        for finding in self.run.model.diagnostics.iter() {
            if finding.rule == Rule::UnmatchedSelection {
                part.say(0, finding.message.clone());
            }
        }
        let lines: Vec<Line> = subject
            .items
            .iter()
            .filter_map(|item| self.selected_line(*item))
            .collect();
        part.list(lines, 12, "items");
        part
    }

    /// Whether an item is kept, and for which operation.
    fn selected_line(&self, item: Item) -> Option<Line> {
        let place = self.candidate(item).place;
        let name = self.candidate(item).name;
        let api = &self.run.model.api;
        let Some(kept) = self.selected(item) else {
            return Some(Line::new(place, 0, format!("{name} is left out")));
        };
        let core = match kept {
            Item::Type(id) => CoreType::Structured(id),
            Item::Enum(id) => CoreType::Enum(id),
            Item::Operation(_) if self.selection.is_empty() => return None,
            Item::Operation(_) => return Some(Line::new(place, 0, format!("{name} is selected"))),
        };
        let text = match way_to(api, core) {
            None => format!("no operation needs {name}"),
            Some(way) => {
                let operation = &api.operations[way.operation];
                let steps: Vec<String> = way
                    .steps
                    .iter()
                    .map(|(step, core)| format!("{step}: {}", core_text(api, *core)))
                    .collect();
                let text = format!(
                    "{} needs it: {}",
                    request_text(operation),
                    steps.join(" → ")
                );
                return Some(Line::new(self.place(operation.origin), 0, text));
            }
        };
        Some(Line::new(place, 0, text))
    }

    /// An item in the model after the selection; none where it is left out.
    pub(super) fn selected(&self, item: Item) -> Option<Item> {
        let api: &Api = &self.run.model.api;
        match item {
            Item::Type(id) => {
                let name = &self.api.structured(id).name;
                let at = api.types.iter().position(|ty| ty.name == *name)?;
                Some(Item::Type(TypeId::at(at)))
            }
            Item::Enum(id) => {
                let name = &self.api.enumeration(id).name;
                let at = api.enums.iter().position(|item| item.name == *name)?;
                Some(Item::Enum(EnumId::at(at)))
            }
            Item::Operation(index) => {
                let origin = self.api.operations[index].origin;
                let mut operations = api.operations.iter();
                let at = operations.position(|one| one.origin == origin)?;
                Some(Item::Operation(at))
            }
        }
    }
}
