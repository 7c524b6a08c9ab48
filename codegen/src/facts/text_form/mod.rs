//! The facts of a page as text: one fact a line, in the order of the page, without places.
//!
//! Every field of every fact shows up, so that a fact that is lost or read in another way is a line of a difference.
//! Structs are taken apart by name: a new field does not compile before it is written here.

mod operation;
mod resource;

use super::{PageFacts, TypeName};
use crate::prose::{PieceKind, Prose};

/// The facts of one page, one a line.
#[must_use]
pub fn text_form(page: &PageFacts) -> String {
    let PageFacts {
        page: _,
        path,
        title,
        namespace,
        summary,
        subjects,
        version,
        resources,
        enums,
        operations,
        methods,
        examples,
    } = page;
    let mut lines = Lines::default();
    lines.add(0, &["page", path]);
    if let Some(title) = title {
        lines.add(0, &["title", &title.value]);
    }
    if let Some(namespace) = namespace {
        lines.add(0, &["namespace", &namespace.value]);
    }
    if let Some(version) = version {
        lines.add(0, &["version", version]);
    }
    if !summary.is_empty() {
        lines.add(0, &["summary", &markdown(summary)]);
    }
    for subject in subjects {
        lines.add(0, &["subject", &type_form(subject)]);
    }
    for resource in resources {
        resource::resource(&mut lines, resource);
    }
    for item in enums {
        resource::enumeration(&mut lines, item);
    }
    for operation in operations {
        operation::operation(&mut lines, operation);
    }
    for method in methods {
        resource::method(&mut lines, method);
    }
    for example in examples {
        operation::example(&mut lines, example, operations);
    }
    lines.text
}

/// The text under construction.
#[derive(Default)]
struct Lines {
    text: String,
}

impl Lines {
    /// Adds a line of words; those that are empty are left out.
    fn add(&mut self, depth: usize, words: &[&str]) {
        let words: Vec<&str> = words
            .iter()
            .copied()
            .filter(|word| !word.is_empty())
            .collect();
        self.text.push_str(&"  ".repeat(depth));
        self.text.push_str(&words.join(" ").replace('\n', "\\n"));
        self.text.push('\n');
    }
}

/// A type as named: a link in the form of markdown.
fn type_form(name: &TypeName) -> String {
    let TypeName {
        name,
        target,
        collection,
    } = name;
    let text = match target {
        Some(target) => format!("[{name}]({target})"),
        None => name.clone(),
    };
    if *collection {
        format!("{text} collection")
    } else {
        text
    }
}

fn values_form(values: &[String]) -> String {
    if values.is_empty() {
        return String::new();
    }
    format!("values {}", values.join("|"))
}

fn flag(on: bool, word: &str) -> &str {
    if on { word } else { "" }
}

/// A description at the end of a line.
fn quoted(prose: &Prose) -> String {
    if prose.is_empty() {
        return String::new();
    }
    format!("\"{}\"", markdown(prose))
}

/// Prose with its markup in one form, whatever the page has.
fn markdown(prose: &Prose) -> String {
    let mut text = String::new();
    for piece in &prose.pieces {
        let inner = &piece.text;
        match &piece.kind {
            PieceKind::Text | PieceKind::Break => text.push_str(inner),
            PieceKind::Code => text.push_str(&format!("`{inner}`")),
            PieceKind::Strong => text.push_str(&format!("**{inner}**")),
            PieceKind::Emphasis => text.push_str(&format!("*{inner}*")),
            PieceKind::Link { target } => text.push_str(&format!("[{inner}]({target})")),
        }
    }
    text.trim().to_owned()
}
