//! Turns documents into facts: what each page says, as it says it, every leaf with its place.
//!
//! Every row of a table, every cell of permissions, every list of values, every line of a request block and every fence
//! becomes a fact or a diagnostic; [`Accounting`] counts both.

mod address;
mod alternatives;
mod annotation;
mod base_path;
mod content;
mod distinct;
mod enumeration;
mod example;
mod ledger;
mod method;
mod operation;
mod outline;
mod permission;
mod property;
mod request_line;
mod resource;
mod table;
mod type_cell;
mod type_repair;
mod values;

use crate::corpus::Folder;
use crate::diagnostics::{Diagnostic, Diagnostics, Rule, Span, Spanned};
use crate::document::Document;
use crate::facts::{Accounting, ExampleFacts, Facts, PageFacts};
use crate::profile::Profile;
use crate::prose::Prose;
use ledger::Ledger;
pub use outline::{Outline, outline};

/// The longest name that is read. Names become identifiers and file names, which some systems cut at 255 bytes; the
/// longest real one has 64 characters.
const MAX_NAME: usize = 200;

/// How much of a long text a message shows.
const SHOWN: usize = 80;

/// What the readers of a page share.
pub(crate) struct Reader<'a> {
    document: &'a Document,
    outline: Vec<Outline>,
    profile: &'a Profile,
    diagnostics: &'a mut Diagnostics,
    ledger: Ledger,
}

/// Extracts the facts of every document. `version` is the API version that the tree's folder says.
pub fn extract(
    documents: &[Document],
    version: Option<&str>,
    profile: &Profile,
    diagnostics: &mut Diagnostics,
) -> Facts {
    let mut facts = Facts {
        version: version.map(str::to_owned),
        ..Facts::default()
    };
    for document in documents {
        let (page, accounting) = extract_page(document, profile, diagnostics);
        facts.accounting += accounting;
        facts.pages.push(page);
    }
    facts
}

/// Extracts the facts of one document.
fn extract_page(
    document: &Document,
    profile: &Profile,
    diagnostics: &mut Diagnostics,
) -> (PageFacts, Accounting) {
    let mut reader = Reader {
        document,
        outline: outline(document, profile),
        profile,
        diagnostics,
        ledger: Ledger::default(),
    };
    let operations = reader.operations();
    let enums = reader.enums();
    let resources = reader.resources(&enums, operations.is_empty());
    let methods = reader.methods();
    let examples = reader.examples(&operations);
    reader.rows_outside_of_tables();
    let lead = &document.sections[0];
    let summary = summary(document, profile);
    let page = PageFacts {
        subjects: type_cell::linked_types(&summary, profile),
        page: document.page,
        path: document.path.clone(),
        title: (!lead.heading.is_empty()).then(|| Spanned::new(lead.heading.clone(), lead.span)),
        namespace: namespace(document, profile),
        summary,
        version: url_version(&operations, &examples, profile),
        resources,
        enums,
        operations,
        methods,
        examples,
    };
    let accounting = reader.account(page.is_empty());
    if page.is_empty() {
        let what = if document.folder == Folder::Api {
            "no request line, so nothing is generated from it"
        } else {
            "no property table, resource block, member table or request line, so it is no more than the title of a type"
        };
        diagnostics.push(Diagnostic::at(
            Rule::PageWithoutFacts,
            lead.span,
            format!("`{}` has {what}{}", document.path, unread(&accounting)),
        ));
    }
    (page, accounting)
}

/// How many rows and fences of a page without facts were not read.
fn unread(accounting: &Accounting) -> String {
    let rows = accounting.rows.reported;
    let fences = accounting.fences.reported;
    let plural = |count: usize| if count == 1 { "" } else { "s" };
    match (rows, fences) {
        (0, 0) => String::new(),
        (_, 0) => format!("; {rows} table row{} on it", plural(rows)),
        (0, _) => format!("; {fences} code fence{} on it", plural(fences)),
        _ => format!(
            "; {rows} table row{} and {fences} code fence{} on it",
            plural(rows),
            plural(fences)
        ),
    }
}

/// The version that the page's own URLs name: request lines before examples.
fn url_version(
    operations: &[crate::facts::OperationFacts],
    examples: &[ExampleFacts],
    profile: &Profile,
) -> Option<String> {
    let lines = operations.iter().flat_map(|operation| &operation.requests);
    lines
        .filter_map(|line| line.version.clone())
        .next()
        .or_else(|| {
            let urls = examples
                .iter()
                .filter_map(|example| example.request.as_ref());
            urls.filter_map(|request| base_path::version_of(&request.url, profile))
                .next()
        })
}

/// The `Namespace:` line of the lead.
fn namespace(document: &Document, profile: &Profile) -> Option<Spanned<String>> {
    document.sections[0].text_blocks().find_map(|text| {
        let line = text.prose.text();
        let lower = line.to_ascii_lowercase();
        let phrase = profile
            .phrases
            .namespace
            .iter()
            .find(|phrase| lower.starts_with(phrase.as_str()))?;
        let name = line.get(phrase.len()..)?.trim().trim_end_matches('.');
        let is_name = !name.is_empty()
            && name
                .chars()
                .all(|c| c.is_alphanumeric() || c == '.' || c == '_');
        is_name.then(|| Spanned::new(name.to_owned(), text.span))
    })
}

/// The first paragraph of the lead that is about the subject: no note, no namespace.
fn summary(document: &Document, profile: &Profile) -> Prose {
    document.sections[0]
        .text_blocks()
        .filter(|text| !text.quoted && !text.item)
        .map(|text| &text.prose)
        .find(|prose| {
            let line = prose.text().to_lowercase();
            !profile
                .phrases
                .namespace
                .iter()
                .any(|phrase| line.starts_with(phrase.as_str()))
                && !line.starts_with("[!")
        })
        .cloned()
        .unwrap_or_default()
}

/// A text as a message shows it: its beginning, where it is long.
fn shown(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

impl Reader<'_> {
    /// Whether a name is longer than any real one; its row is reported.
    fn too_long(&mut self, name: &str, span: Span) -> bool {
        let too_long = name.len() > MAX_NAME;
        if too_long {
            self.row_without_fact(
                span,
                &format!(
                    "the name `{}` is longer than {MAX_NAME} characters",
                    shown(name)
                ),
            );
        }
        too_long
    }

    /// Whether a section holds `role`, and is no example.
    fn holds(&self, section: usize, role: crate::profile::Section) -> bool {
        let outline = &self.outline[section];
        outline.role == Some(role) && !outline.example
    }

    /// The sections that hold `role`, examples left out.
    fn sections(&self, role: crate::profile::Section) -> Vec<usize> {
        let all = 0..self.outline.len();
        all.filter(|section| self.holds(*section, role)).collect()
    }
}
