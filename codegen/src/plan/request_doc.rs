//! Words the documentation of request functions: what the page says, the request, what it takes, pages, permissions.

use std::collections::BTreeSet;

use super::Planner;
use super::doc::link;
use super::modules::Function;
use super::united;
use crate::model::{Operation, Permissions};
use crate::prose::{Prose, code_span};

/// Headers that the runtime sets itself: those of the token, of a body, and of the client (RFC 9110, sections 8, 10
/// and 12).
const OF_THE_RUNTIME: &[&str] = &[
    "accept",
    "authorization",
    "content-length",
    "content-type",
    "user-agent",
];

/// How many pages or values are named before a number stands for the rest.
const NAMED: usize = 40;

impl Planner<'_> {
    /// The documentation of a function.
    pub(super) fn operation_doc(&self, function: &Function<'_>, path: &str) -> Vec<String> {
        let operation = function.operations[0];
        let mut doc = self.summarized(&operation.doc);
        if doc.is_empty() {
            doc = self.summarized(&Prose::plain(operation.title.clone()));
        }
        let mut request = code_span(&format!("{} {path}", operation.method));
        let statuses = united::statuses(&function.operations);
        if !statuses.is_empty() {
            let statuses: Vec<String> = statuses.iter().map(u16::to_string).collect();
            request = format!("{request}, answered with {}", statuses.join(" or "));
        }
        // Lists show the first paragraph, and a link is of no use there.
        let is_first = doc.is_empty();
        paragraph(&mut doc, format!("{request}."));
        match links(&self.addresses(&function.operations)) {
            Some(links) if is_first => paragraph(&mut doc, links),
            Some(links) => doc.push(links),
            None => {}
        }
        let given = given(&function.operations);
        if !given.is_empty() {
            paragraph(&mut doc, format!("Documented with {}.", given.join(" or ")));
        }
        let options = distinct(function.operations.iter().flat_map(|operation| {
            let options = operation.query_options.iter();
            options.map(|option| code_span(option))
        }));
        if !options.is_empty() {
            paragraph(&mut doc, format!("Query options: {}.", options.join(", ")));
        }
        let headers = self.headers(&function.operations);
        if !headers.is_empty() {
            paragraph(&mut doc, format!("Headers: {}.", headers.join(", ")));
        }
        self.permissions(&united::permissions(&function.operations), &mut doc);
        doc
    }

    /// The permissions, by kind.
    fn permissions(&self, permissions: &Permissions, doc: &mut Vec<String>) {
        let kinds = [
            &permissions.delegated_work,
            &permissions.delegated_personal,
            &permissions.application,
        ];
        if kinds.iter().all(|scopes| scopes.is_empty()) && permissions.unsupported == [false; 3] {
            return;
        }
        paragraph(doc, "# Permissions".to_owned());
        paragraph(doc, "From least to most privileged:".to_owned());
        doc.push(String::new());
        let labels = &self.profile.permissions.labels;
        for ((label, scopes), unsupported) in labels.iter().zip(kinds).zip(permissions.unsupported)
        {
            let scopes: Vec<String> = scopes.iter().map(|scope| code_span(scope)).collect();
            let list = match (scopes.is_empty(), unsupported) {
                (false, _) => scopes.join(", "),
                (true, true) => "not supported".to_owned(),
                (true, false) => "none documented".to_owned(),
            };
            doc.push(format!("- {label}: {list}"));
        }
    }

    /// The headers that the pages list, without those that the runtime sets.
    fn headers(&self, operations: &[&Operation]) -> Vec<String> {
        let mut seen: BTreeSet<String> = BTreeSet::new();
        let mut shown = Vec::new();
        for (name, said) in operations.iter().flat_map(|operation| &operation.headers) {
            let lower = name.to_lowercase();
            if OF_THE_RUNTIME.contains(&lower.as_str()) || !seen.insert(lower) {
                continue;
            }
            let required = self.profile.is_required(&said.text());
            let required = if required { " (required)" } else { "" };
            shown.push(format!("{}{required}", code_span(name)));
        }
        shown
    }

    /// The pages of operations with their public addresses, each once.
    fn addresses(&self, operations: &[&Operation]) -> Vec<(String, String)> {
        let mut addresses: Vec<(String, String)> = Vec::new();
        let mut known: BTreeSet<String> = BTreeSet::new();
        for operation in operations {
            let address = self.documentation(&operation.page, Some(&operation.version));
            if let Some(address) = address
                && known.insert(address.clone())
            {
                addresses.push((operation.page.clone(), address));
            }
        }
        addresses
    }
}

/// The links to pages, as one line; nothing where there is none.
pub(super) fn links(pages: &[(String, String)]) -> Option<String> {
    if let [(_, address)] = pages {
        return Some(link("Documentation", address));
    }
    let links = pages.iter().map(|(page, address)| {
        let name = crate::prose::one_line(crate::corpus::stem(page));
        link(&crate::prose::spaced(&name), address)
    });
    let links = shortened(links.collect())?;
    Some(format!("Documentation: {links}"))
}

/// A list, the end of a long one as a number; nothing where it is empty.
pub(super) fn shortened(mut list: Vec<String>) -> Option<String> {
    let rest = list.len().saturating_sub(NAMED);
    list.truncate(NAMED);
    match (list.is_empty(), rest) {
        (true, _) => None,
        (false, 0) => Some(list.join(", ")),
        (false, rest) => Some(format!("{} and {rest} more", list.join(", "))),
    }
}

/// The system query options that request lines have with a value.
fn given(operations: &[&Operation]) -> Vec<String> {
    let query = operations.iter().flat_map(|operation| &operation.query);
    distinct(
        query
            .filter(|(name, _)| name.starts_with('$'))
            .map(|(name, value)| code_span(&format!("{name}={value}"))),
    )
}

/// Adds a line, apart from what is there.
pub(super) fn paragraph(doc: &mut Vec<String>, line: String) {
    if !doc.is_empty() {
        doc.push(String::new());
    }
    doc.push(line);
}

/// The texts, each once, in their order.
fn distinct(texts: impl Iterator<Item = String>) -> Vec<String> {
    let mut known = BTreeSet::new();
    texts.filter(|text| known.insert(text.clone())).collect()
}
