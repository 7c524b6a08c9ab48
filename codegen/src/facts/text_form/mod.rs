//! The facts of a page as text: one fact a line, in the order of the page, with their places or without.
//!
//! Every field of every fact shows up, so that a fact that is lost or read in another way is a line of a difference.
//! Structs are taken apart by name: a new field does not compile before it is written here.

mod operation;
mod resource;

use super::{PageFacts, TypeName};
use crate::diagnostics::Span;
use crate::profile::Section;
use crate::prose::{PieceKind, Prose};

/// A fact as a line of text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FactLine {
    /// How deep it is indented.
    pub depth: usize,
    /// The fact.
    pub text: String,
    /// What of the page it is about.
    pub item: FactItem,
    /// Where it is written.
    pub place: FactPlace,
}

/// What of a page a fact is about, by its index in [`PageFacts`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FactItem {
    /// The page as a whole.
    #[default]
    Page,
    /// A type.
    Resource(usize),
    /// An enum.
    Enum(usize),
    /// An operation.
    Operation(usize),
    /// An example.
    Example(usize),
}

/// Where a fact is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FactPlace {
    /// At a place that the fact keeps.
    At(Span),
    /// In the sections of a role, where the text stands there; for facts that keep no place of their own. Without a
    /// role: anywhere on the page.
    Within(Option<Section>, String),
}

/// The facts of one page, one a line.
#[must_use]
pub fn text_form(page: &PageFacts) -> String {
    let mut text = String::new();
    for line in fact_lines(page) {
        text.push_str(&"  ".repeat(line.depth));
        text.push_str(&line.text);
        text.push('\n');
    }
    text
}

/// The facts of one page with their places, in the order and the words of [`text_form`].
#[must_use]
pub fn fact_lines(page: &PageFacts) -> Vec<FactLine> {
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
        lines.at(title.span);
        lines.add(0, &["title", &title.value]);
    }
    if let Some(namespace) = namespace {
        lines.at(namespace.span);
        lines.add(0, &["namespace", &namespace.value]);
    }
    if let Some(version) = version {
        lines.within(None, &format!("/{version}/"));
        lines.add(0, &["version", version]);
    }
    if !summary.is_empty() {
        lines.within(None, &summary.text());
        lines.add(0, &["summary", &markdown(summary)]);
    }
    for subject in subjects {
        lines.add(0, &["subject", &type_form(subject)]);
    }
    for (index, resource) in resources.iter().enumerate() {
        lines.item = FactItem::Resource(index);
        resource::resource(&mut lines, resource);
    }
    for (index, item) in enums.iter().enumerate() {
        lines.item = FactItem::Enum(index);
        resource::enumeration(&mut lines, item);
    }
    for (index, operation) in operations.iter().enumerate() {
        lines.item = FactItem::Operation(index);
        operation::operation(&mut lines, operation);
    }
    // The page of one type lists its operations.
    lines.item = FactItem::Resource(0);
    for method in methods {
        resource::method(&mut lines, method);
    }
    for (index, example) in examples.iter().enumerate() {
        lines.item = FactItem::Example(index);
        operation::example(&mut lines, example, operations);
    }
    lines.lines
}

/// The text under construction.
#[derive(Default)]
struct Lines {
    lines: Vec<FactLine>,
    item: FactItem,
    place: Option<FactPlace>,
}

impl Lines {
    /// The lines from here on are written at `span`.
    fn at(&mut self, span: Span) {
        self.place = Some(FactPlace::At(span));
    }

    /// The lines from here on are written where `text` stands in the sections of a role.
    fn within(&mut self, section: Option<Section>, text: &str) {
        self.place = Some(FactPlace::Within(section, text.to_owned()));
    }

    /// Adds a line of words; those that are empty are left out.
    fn add(&mut self, depth: usize, words: &[&str]) {
        let words: Vec<&str> = words
            .iter()
            .copied()
            .filter(|word| !word.is_empty())
            .collect();
        let place = self.place.clone();
        self.lines.push(FactLine {
            depth,
            text: words.join(" ").replace('\n', "\\n"),
            item: self.item,
            place: place.unwrap_or_else(|| FactPlace::Within(None, String::new())),
        });
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
