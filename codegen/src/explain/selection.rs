//! The part about select: what is kept, and which operation needs it.

use super::candidates::Candidate;
use super::places::{core_text, counted};
use super::subject::{Item, Subject};
use super::{Context, Line, Part};
use crate::diagnostics::Rule;
use crate::model::{Api, CoreType, EnumId, TypeId};
use crate::select::{Choice, needed_by, way_from};

/// How many lines about the items of one page are shown.
const MOST_ITEMS: usize = 12;

/// How many operations that would bring a type in are shown.
const MOST_OPERATIONS: usize = 5;

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
        let mut items = Part::default();
        for item in &subject.items {
            self.selected_item(*item, &mut items);
            if let (Item::Type(id), Some(name)) = (*item, &subject.property) {
                self.selected_property(id, name, &mut items);
            }
        }
        if subject.items.len() == 1 {
            part.lines.append(&mut items.lines);
        } else {
            part.list(items.lines, MOST_ITEMS, "lines");
        }
        part
    }

    /// Whether an item is kept, and why.
    fn selected_item(&self, item: Item, part: &mut Part) {
        let Candidate { place, name, .. } = self.candidate(item);
        let api = &self.run.model.api;
        let kept = self.selected(item);
        let core = match kept.unwrap_or(item) {
            Item::Type(id) => CoreType::Structured(id),
            Item::Enum(id) => CoreType::Enum(id),
            Item::Operation(_) if self.selection.is_empty() => return,
            Item::Operation(_) => {
                let Item::Operation(index) = item else { return };
                let text = match self.selection.choose(&self.api.operations[index]) {
                    Choice::Kept(None) => format!("{name} is kept: nothing excludes it"),
                    Choice::Kept(Some(pattern)) => format!("{name} is selected by `{pattern}`"),
                    Choice::Unmatched => format!("{name} is left out: no pattern selects it"),
                    Choice::Excluded(pattern) => {
                        format!("{name} is left out: `{pattern}` excludes it")
                    }
                };
                return part.at(place, 0, text);
            }
        };
        let api = if kept.is_some() { api } else { &*self.api };
        let operations = needed_by(api, core);
        if kept.is_none() {
            part.at(
                place,
                0,
                format!("{name} is left out: no selected operation needs it"),
            );
            let text = match operations.len() {
                0 => "no other operation needs it either; it is there where nothing is selected"
                    .to_owned(),
                count => format!("{} would bring it in", counted(count, "operation")),
            };
            part.say(1, text);
            let lines = operations
                .iter()
                .map(|index| self.way(api, *index, core, 2));
            part.list(lines.collect(), MOST_OPERATIONS, "operations");
            return;
        }
        match operations.first() {
            None => {
                let text =
                    format!("no operation needs {name}; it is kept because nothing is selected");
                part.at(place, 0, text);
            }
            Some(index) => {
                part.lines.push(self.way(api, *index, core, 0));
                if operations.len() > 1 {
                    let others = counted(operations.len() - 1, "other operation");
                    part.say(
                        1,
                        format!("so do {others}").replace("so do 1 ", "so does 1 "),
                    );
                }
            }
        }
    }

    /// How an operation comes to need a type.
    fn way(&self, api: &Api, index: usize, core: CoreType, depth: usize) -> Line {
        let operation = &api.operations[index];
        let steps = way_from(api, index, core).map(|way| way.steps);
        let steps: Vec<String> = steps
            .unwrap_or_default()
            .iter()
            .map(|(step, core)| format!("{step}: {}", core_text(api, *core)))
            .collect();
        let needs = if depth == 0 { " needs it" } else { "" };
        let text = format!("{}{needs}: {}", operation.request(), steps.join(" → "));
        Line::new(self.place(operation.origin), depth, text)
    }

    /// Whether a relationship was left out of a type that is kept.
    fn selected_property(&self, id: TypeId, name: &str, part: &mut Part) {
        let Some(Item::Type(kept)) = self.selected(Item::Type(id)) else {
            return;
        };
        let api = &self.run.model.api;
        let left_out = api.base_chain(kept).into_iter().any(|owner| {
            let mut names = api.structured(owner).left_out.iter();
            names.any(|left| left.eq_ignore_ascii_case(name))
        });
        if left_out {
            let text = format!(
                "`{name}` is a relationship to a type that is left out: it has no field, and what is read of it is in `additional`"
            );
            part.say(0, text);
        }
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
