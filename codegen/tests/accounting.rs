//! Nothing on a page is lost in silence: what looks like a row is a row or a finding, each row, cell, list, line and fence
//! is a fact or a finding, and each fact is in the model or a finding says why not.
//!
//! The first is checked against the raw text, line by line, and so against the markdown parser as well.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test may panic, and prints its figures"
)]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use graph_codegen::corpus::{Folder, Page};
use graph_codegen::diagnostics::{Diagnostics, Span};
use graph_codegen::document::Document;
use graph_codegen::facts::{PageFacts, PropertyFacts};
use graph_codegen::model::{Api, Body, CoreType, Operation, TypeId};
use graph_codegen::parse::parse;
use graph_codegen::pipeline::{Input, Model, Source, model};
use graph_codegen::profile::Profile;
use graph_codegen::select::Selection;

/// The trees of the real documentation, below the folder of the corpus.
const TREES: [&str; 5] = [
    "seeds",
    "graph-modern/api-reference/v1.0",
    "graph-2018-01/api-reference/v1.0",
    "graph-2018-01/api-reference/beta",
    "graph-2021-07/api-reference/v1.0",
];

fn here(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn read(docs: &Path) -> Model {
    model(&Input {
        source: Source::pages(docs),
        profile: Profile::embedded().unwrap(),
        selection: Selection::default(),
        denied: Vec::new(),
    })
    .unwrap()
}

/// Runs a check on our own pages, and on the real ones where they lie beside the checkout.
fn for_each_tree(check: impl Fn(&str, &Model)) {
    check("docs-input", &read(&here("../docs-input")));
    check("pages", &read(&here("tests/pages")));
    let corpus = here("../../shared/corpus");
    if !corpus.is_dir() {
        println!("skipped: no real documentation beside the checkout");
        return;
    }
    for tree in TREES {
        check(tree, &read(&corpus.join(tree)));
    }
}

#[test]
fn everything_counted_is_a_fact_or_a_diagnostic() {
    for_each_tree(|name, model| {
        println!("{name}");
        for (what, tally) in model.facts.accounting.tallies() {
            println!(
                "{:>8} {what} = {} facts + {} reported",
                tally.total, tally.facts, tally.reported
            );
            assert_eq!(
                tally.total,
                tally.facts + tally.reported,
                "{name}: {what}: {tally:?}"
            );
        }
        assert!(model.facts.accounting.rows.facts > 10, "{name}");
        assert!(model.facts.accounting.request_lines.facts > 1, "{name}");
    });
}

/// The places of lines that begin with a pipe, outside of fences and comments.
fn lines_like_rows(page: &Page) -> Vec<usize> {
    let mut found = Vec::new();
    let mut fence: Option<&str> = None;
    let mut comment = false;
    let mut at = page.body;
    for line in page.text[page.body..].split_inclusive('\n') {
        let start = at;
        at += line.len();
        let content = line.trim_start();
        if let Some(open) = fence {
            if content.starts_with(open) && content.trim().trim_start_matches(&open[..1]).is_empty()
            {
                fence = None;
            }
            continue;
        }
        if comment {
            comment = !line.contains("-->");
            continue;
        }
        if content.starts_with("```") || content.starts_with("~~~") {
            let run = content.len() - content.trim_start_matches(&content[..1]).len();
            // A run of backticks with another on the line is a code span.
            if !content[run..].contains('`') {
                fence = Some(&content[..run]);
                continue;
            }
        }
        if let Some((_, rest)) = line.rsplit_once("<!--") {
            comment = !rest.contains("-->");
            continue;
        }
        if content.starts_with('|') && content.trim() != "|" {
            found.push(start + line.len() - content.len());
        }
    }
    found
}

/// The rows of a document's tables, and what stands above the first row of each: its header and its delimiter row.
fn rows(document: &Document) -> impl Iterator<Item = Span> {
    let tables = document
        .sections
        .iter()
        .flat_map(|section| section.tables());
    tables.flat_map(|table| {
        let head = Span {
            end: table
                .rows
                .first()
                .map_or(table.span.end, |row| row.span.start),
            ..table.span
        };
        table.rows.iter().map(|row| row.span).chain([head])
    })
}

#[test]
fn every_line_with_the_form_of_a_row_is_in_a_table_or_reported() {
    for_each_tree(|name, model| {
        let documents = parse(
            &model.corpus,
            &Profile::embedded().unwrap(),
            &mut Diagnostics::default(),
        );
        let mut covered: BTreeSet<Span> = documents.iter().flat_map(rows).collect();
        covered.extend(
            model
                .diagnostics
                .iter()
                .flat_map(|found| found.labels.iter().map(|label| label.span)),
        );
        let covered: Vec<Vec<Span>> = by_page(&covered, model.corpus.pages.len());
        let mut lines = 0;
        let mut lost = Vec::new();
        for (id, page) in model.corpus.iter() {
            if page.folder == Folder::Includes {
                continue;
            }
            for start in lines_like_rows(page) {
                lines += 1;
                let within = |span: &Span| (span.range()).contains(&start);
                if !covered[id.0 as usize].iter().any(within) {
                    let line = page.text[start..].lines().next().unwrap_or_default();
                    lost.push(format!("{}: {line}", page.path));
                }
            }
        }
        println!("{name}: {lines} lines that begin with a pipe");
        assert!(lost.is_empty(), "{name}: {lost:#?}");
    });
}

fn by_page(spans: &BTreeSet<Span>, pages: usize) -> Vec<Vec<Span>> {
    let mut sorted = vec![Vec::new(); pages];
    for span in spans {
        sorted[span.page.0 as usize].push(*span);
    }
    sorted
}

/// Whether the model's type, or one of its base types, has a property.
fn declares(api: &Api, id: TypeId, name: &str) -> bool {
    api.base_chain(id)
        .into_iter()
        .flat_map(|id| &api.structured(id).properties)
        .any(|property| property.name == name)
}

/// Whether an operation has a row of its page's body table, in its body or among its arguments. Control information, such
/// as `@odata.type`, is written without being declared.
fn takes(api: &Api, operation: &Operation, name: &str) -> bool {
    if name.contains('@') {
        return true;
    }
    match &operation.body {
        Body::Value(ty) => match ty.core {
            CoreType::Structured(id) => api.base_chain(id).into_iter().any(|id| {
                let mut properties = api.structured(id).properties.iter();
                properties.any(|property| property.name.eq_ignore_ascii_case(name))
            }),
            _ => false,
        },
        Body::Parameters(rows) => rows.iter().any(|row| row.name == name),
        _ => operation.call.iter().any(|argument| argument.name == name),
    }
}

/// The rows of a page of which neither the model nor a finding knows.
fn lost_rows(page: &PageFacts, model: &Model, reported: &BTreeSet<Span>) -> Vec<String> {
    let api = &model.api;
    let known = |row: &PropertyFacts| {
        reported.contains(&row.name.span) || reported.contains(&row.type_text.span)
    };
    let mut lost = Vec::new();
    for resource in &page.resources {
        let id = (api.types.iter())
            .position(|ty| ty.origins.contains(&resource.span))
            .map(TypeId::at);
        for row in &resource.properties {
            let found = id.is_some_and(|id| declares(api, id, &row.name.value));
            if !found && !known(row) {
                lost.push(format!("{}: property {}", page.path, row.name.value));
            }
        }
    }
    for found in &page.enums {
        for member in &found.members {
            let is_member = api.enums.iter().any(|item| {
                item.origins.contains(&found.name.span)
                    && item
                        .members
                        .iter()
                        .any(|known| known.name == member.name.value)
            });
            if !is_member && !reported.contains(&member.name.span) {
                lost.push(format!(
                    "{}: member {}.{}",
                    page.path, found.name.value, member.name.value
                ));
            }
        }
    }
    for facts in &page.operations {
        let made: Vec<&Operation> = (api.operations.iter())
            .filter(|known| facts.requests.iter().any(|line| line.span == known.origin))
            .collect();
        if made.len() < facts.requests.len() {
            lost.push(format!("{}: a request line", page.path));
        }
        for row in &facts.body.properties {
            if !made
                .iter()
                .any(|operation| takes(api, operation, &row.name.value))
                && !known(row)
            {
                lost.push(format!("{}: body {}", page.path, row.name.value));
            }
        }
        for operation in made {
            let lists = [
                (
                    &facts.parameters,
                    operation
                        .parameters
                        .iter()
                        .map(|known| &known.name)
                        .collect(),
                ),
                (
                    &facts.headers,
                    operation
                        .headers
                        .iter()
                        .map(|(name, _)| name)
                        .collect::<Vec<_>>(),
                ),
            ];
            for (rows, names) in lists {
                let missing = rows.iter().filter(|row| !names.contains(&&row.name.value));
                lost.extend(missing.map(|row| format!("{}: {}", page.path, row.name.value)));
            }
            let permissions = (
                &operation.permissions.delegated_work,
                &operation.permissions.delegated_personal,
                &operation.permissions.application,
            );
            let documented = &facts.permissions;
            if permissions
                != (
                    &documented.delegated_work,
                    &documented.delegated_personal,
                    &documented.application,
                )
            {
                lost.push(format!("{}: permissions", page.path));
            }
        }
    }
    lost
}

#[test]
fn every_fact_is_in_the_model_or_reported() {
    for_each_tree(|name, model| {
        let reported: BTreeSet<Span> = model
            .diagnostics
            .iter()
            .flat_map(|found| found.labels.iter().map(|label| label.span))
            .collect();
        let lost: Vec<String> = model
            .facts
            .pages
            .iter()
            .flat_map(|page| lost_rows(page, model, &reported))
            .collect();
        assert!(lost.is_empty(), "{name}: {lost:#?}");
    });
}
