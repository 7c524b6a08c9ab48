//! Nothing on a page is lost in silence: what looks like a row is a row or a finding, each row, cell, list, line and fence
//! is a fact or a finding, and each fact is in the model or a finding says why not.
//!
//! The first is checked against the raw text, line by line, and so against the markdown parser as well.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test may panic, and prints its figures"
)]

#[path = "accounting/lost.rs"]
mod lost;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use graph_codegen::corpus::{Folder, Page};
use graph_codegen::diagnostics::{Diagnostics, Span};
use graph_codegen::document::Document;
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

#[test]
fn every_fact_is_in_the_model_or_reported() {
    for_each_tree(|name, model| {
        let lost = lost::facts(model);
        assert!(lost.is_empty(), "{name}: {lost:#?}");
    });
}
