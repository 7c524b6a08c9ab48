//! The part about emit: the Rust itself, as it stands in the files.

use super::places::counted;
use super::rust::{ident_of, model_file};
use super::rust_items::{RustItem, items};
use super::subject::{Item, MOST_ITEMS, Subject};
use super::{Context, Line, Look, Part, Shown};
use crate::plan::ident::RustIdent;
use crate::plan::nodes::{ModelItem, ModelPlan};

/// From how many lines on an item is shown without its documentation.
const LONG: usize = 60;

/// How many functions are shown in full.
const MOST_FUNCTIONS: usize = 4;

impl Context<'_> {
    /// What was written.
    pub(super) fn emit(&self, subject: &Subject) -> Part {
        let mut part = Part::new("emit");
        if subject.items.len() <= MOST_ITEMS {
            for item in &subject.items {
                if let Some(model) = self.model(*item) {
                    let property = subject.property.as_deref();
                    let field = property.and_then(|name| self.field_of(model, name));
                    self.emitted(
                        &model_file(model),
                        &[ident_of(model)],
                        field,
                        false,
                        &mut part,
                    );
                }
            }
        } else if subject
            .items
            .iter()
            .any(|item| !matches!(item, Item::Operation(_)))
        {
            part.say(0, "too many items to be shown; name one of them");
        }
        for (index, function) in self.functions_of(subject).iter().enumerate() {
            let names = [&function.plan.ident, &function.plan.constant];
            let extra = index >= MOST_FUNCTIONS;
            self.emitted(&function.file, &names, None, extra, &mut part);
        }
        let more = self
            .functions_of(subject)
            .len()
            .saturating_sub(MOST_FUNCTIONS);
        if more > 0 {
            part.lines.push(Line {
                shown: Shown::Brief,
                ..Line::new("", 0, format!("… and {} more", counted(more, "function")))
            });
        }
        if part.lines.is_empty() {
            part.say(0, "nothing is written for it");
        }
        part
    }

    /// The names of a field and of its constant.
    fn field_of<'m>(&self, model: &'m ModelPlan, wire: &str) -> Option<[&'m RustIdent; 2]> {
        let ModelItem::Struct(plan) = &model.item else {
            return None;
        };
        let field = plan.fields.iter().find(|field| field.wire == wire)?;
        Some([&field.ident, &field.constant])
    }

    /// A file, and those of its private modules: what would be too long is written as several files.
    fn parts_of(&self, file: &str) -> Vec<(String, &str)> {
        let Some(text) = self.run.tree.files.get(file) else {
            return Vec::new();
        };
        let mut files = vec![(file.to_owned(), text.as_str())];
        let folder = file.trim_end_matches(".rs");
        for line in text.lines() {
            let module = line
                .strip_prefix("mod ")
                .and_then(|line| line.strip_suffix(';'));
            if let Some(module) = module {
                let path = format!("{folder}/{module}.rs");
                if let Some(text) = self.run.tree.files.get(&path) {
                    files.push((path, text));
                }
            }
        }
        files
    }

    /// Shows the definitions of names in a file, or of one field of them, and says what else is about them.
    fn emitted(
        &self,
        file: &str,
        names: &[&RustIdent],
        field: Option<[&RustIdent; 2]>,
        extra: bool,
        part: &mut Part,
    ) {
        let mut lines: Vec<Line> = Vec::new();
        let mut others = 0;
        for (file, text) in self.parts_of(file) {
            for item in items(text) {
                let defined = names.iter().any(|name| item.defines(name.as_str()));
                if let Some(field) = field {
                    if names.iter().any(|name| item.is_about(name.as_str())) {
                        lines.extend(members(&item, field, &file));
                    }
                } else if defined {
                    lines.extend(definition(&item, &file));
                } else if names.iter().any(|name| item.is_about(name.as_str())) {
                    others += 1;
                }
            }
        }
        if others > 0 && field.is_none() {
            let text = format!("and {} beside it", counted(others, "implementation"));
            lines.push(Line::new("", 0, text));
        }
        if extra {
            for line in &mut lines {
                line.shown = Shown::Full;
            }
        }
        part.lines.extend(lines);
    }
}

/// Whether a line stands between an item and the one before it: documentation, or a part of an attribute.
fn is_above(line: &str) -> bool {
    let line = line.trim();
    // What ends a constant that takes several lines is no end of an attribute: `);`.
    let is_end = matches!(line, ")" | ")]");
    is_end
        || ["///", "#[", "any(", "feature = "]
            .iter()
            .any(|start| line.starts_with(start))
}

/// The text of a definition; a long one without its documentation, unless everything is asked for.
fn definition(item: &RustItem<'_>, file: &str) -> Vec<Line> {
    let mut lines = vec![Line {
        look: Look::Heading,
        ..Line::new("", 0, format!("{file}:{}", item.line))
    }];
    let long = item.lines.len() > LONG;
    if long {
        lines.push(Line {
            shown: Shown::Brief,
            ..Line::new("", 0, "(without its documentation)")
        });
    }
    for text in &item.lines {
        let is_doc = text.trim_start().starts_with("///");
        lines.push(Line {
            look: Look::Rust,
            shown: if long && is_doc {
                Shown::Full
            } else {
                Shown::Always
            },
            ..Line::new("", 0, *text)
        });
    }
    lines
}

/// The index of the line that ends a field or constant, which begins with the first of `lines`: long ones are wrapped, and
/// what is within them stands further to the right.
fn last(lines: &[&str]) -> usize {
    let indent = |line: &str| line.len() - line.trim_start().len();
    let own = lines.first().map_or(0, |line| indent(line));
    let end = lines
        .iter()
        .position(|line| indent(line) == own && line.ends_with([',', ';']));
    end.unwrap_or(0)
}

/// The lines of an item that declare a field and its constant, with their documentation.
fn members(item: &RustItem<'_>, [field, constant]: [&RustIdent; 2], file: &str) -> Vec<Line> {
    let starts = [format!("pub {field}: "), format!("pub const {constant}: ")];
    let mut lines = Vec::new();
    for (index, text) in item.lines.iter().enumerate() {
        if !starts
            .iter()
            .any(|start| text.trim_start().starts_with(start.as_str()))
        {
            continue;
        }
        let before = item.lines[..index].iter().rev();
        let docs = before.take_while(|line| is_above(line)).count();
        lines.push(Line {
            look: Look::Heading,
            ..Line::new("", 0, format!("{file}:{}", item.line + index - docs))
        });
        let end = index + last(&item.lines[index..]);
        for text in &item.lines[index - docs..=end] {
            lines.push(Line {
                look: Look::Rust,
                ..Line::new("", 0, *text)
            });
        }
    }
    lines
}
