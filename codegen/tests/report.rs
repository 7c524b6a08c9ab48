//! The report on a run: that it is HTML, loads nothing, has everything, and shows text as text.
//!
//! `INSTA_UPDATE=always cargo test -p graph-codegen --features cli --test report` writes the snapshot anew.

#![cfg(feature = "cli")]
#![expect(
    clippy::unwrap_used,
    reason = "a test may panic, and so may the functions that it calls"
)]

#[path = "report/document.rs"]
mod document;
#[path = "report/hostile.rs"]
mod hostile;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use document::Document;
use graph_codegen::diagnostics::Severity;
use graph_codegen::pipeline::{Generated, Input, Source, documented_with};
use graph_codegen::plan::nodes::Form;
use graph_codegen::plan::{Descriptions, PlanOptions};
use graph_codegen::profile::Profile;
use graph_codegen::report::{LinkBase, ReportOptions, report};
use graph_codegen::select::Selection;

fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn run(docs: &Path, corrections: Option<PathBuf>, select: &[&str]) -> Generated {
    let input = Input {
        source: Source::Pages {
            docs: docs.to_owned(),
            corrections,
        },
        profile: Profile::embedded().unwrap(),
        selection: Selection {
            select: select.iter().map(|text| (*text).to_owned()).collect(),
            exclude: Vec::new(),
        },
        denied: Vec::new(),
    };
    let options = PlanOptions {
        package: "graph-sdk".to_owned(),
        runtime: "\"0.1\"".to_owned(),
        form: Form::Package,
        descriptions: Descriptions::Full,
    };
    let mut run = documented_with(&input, &options, &mut |_| {}).unwrap();
    // Where the folder lies is not for a snapshot to know.
    run.model.corpus.root = "docs".to_owned();
    run
}

fn html(run: &Generated, link_base: Option<&str>) -> String {
    let options = ReportOptions {
        link_base: link_base.map(|text| text.parse::<LinkBase>().unwrap()),
    };
    report(run, &Profile::embedded().unwrap(), &options)
}

fn docs_input() -> Generated {
    run(&workspace().join("docs-input"), None, &[])
}

/// The pages of the fixture, which has something for each section.
fn fixture() -> Generated {
    run(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/report/docs"),
        None,
        &[],
    )
}

#[test]
fn a_small_tree_is_reported_as_the_snapshot_has_it() {
    let run = fixture();
    let base = Some("https://example.org/blob/main/docs");
    insta::assert_snapshot!(document::outline(&html(&run, base)));
}

#[test]
fn the_page_is_html_that_loads_nothing() {
    let run = docs_input();
    for base in [None, Some("https://example.org/blob/main")] {
        Document::read(&html(&run, base)).is_sound();
    }
    Document::read(&html(&fixture(), None)).is_sound();
    // Without anything to report, and without most of the pages.
    let docs = workspace().join("docs-input");
    let selected = selected_html(&docs, &["drive-get"]);
    assert!(selected.contains("This is a selection"), "{selected}");
    Document::read(&selected).is_sound();
}

fn selected_html(docs: &Path, select: &[&str]) -> String {
    html(&run(docs, None, select), None)
}

#[test]
fn every_finding_operation_type_and_enum_is_in_it() {
    has_everything(&docs_input());
    has_everything(&fixture());
}

fn has_everything(run: &Generated) {
    let page = Document::read(&html(run, None));
    let api = &run.model.api;
    let rows = |within: &str| page.count(&format!("{within} tbody > tr"));
    assert_eq!(
        rows("#findings .rows"),
        run.model.diagnostics.iter().count()
    );
    assert_eq!(rows("#permissions .permissions"), api.operations.len());
    assert_eq!(rows("#listing .functions"), run.plan.functions().count());
    let items = api.types.len() + api.enums.len();
    assert_eq!(rows("#listing .types"), items);
    assert_eq!(page.count("#undeclared .keys > li"), api.undeclared.len());
    let bodies = api.exchanges.iter().flat_map(|exchange| {
        let sent = exchange.request.iter().map(|request| &request.verdict);
        sent.chain(exchange.responses.iter().map(|response| &response.verdict))
    });
    let found: usize = bodies
        .map(|verdict| verdict.contradictions.len() + usize::from(verdict.wrapped))
        .sum();
    assert_eq!(rows("#contradictions .rows"), found);
    let corrections = run.model.facts.corrections.len();
    assert_eq!(rows("#summary .rows"), corrections);
    // Each by its name.
    let text = page.text();
    for finding in run.model.diagnostics.iter() {
        let message = document::words(&finding.message.replace('`', ""));
        assert!(text.contains(&message), "{message}");
    }
    for (function, _) in run.plan.functions() {
        assert!(page.has_id(&format!("fn:{function}")), "{function}");
    }
    for name in api.types.iter().map(|ty| &ty.name) {
        assert!(page.has_id(&format!("type:{name}")), "{name}");
    }
}

#[test]
fn the_sums_of_the_areas_are_those_of_the_service() {
    for run in [docs_input(), fixture()] {
        let page = Document::read(&html(&run, None));
        let all = page.texts("#coverage tfoot td");
        let number = |text: &str| text.replace(',', "").parse::<usize>().unwrap();
        assert_eq!(number(&all[0]), run.model.api.operations.len());
        assert_eq!(number(&all[1]), run.plan.functions().count());
        assert_eq!(number(&all[6]), run.model.diagnostics.iter().count());
        let (_, known) = all[5].split_once(" of ").unwrap();
        assert_eq!(number(known), run.model.api.operations.len());
        let rows = page.texts("#coverage tbody td:nth-child(2)");
        let sum: usize = rows.iter().map(|text| number(text)).sum();
        assert_eq!(sum, run.model.api.operations.len());
        let warnings = run.model.diagnostics.count(Severity::Warning);
        let marks = page.count("#findings .severity.warning ~ code");
        assert_eq!(warnings > 0, marks > 0);
    }
}

#[test]
fn an_operation_is_listed_under_its_least_privileged_permissions() {
    let run = docs_input();
    let mut expected: BTreeMap<&str, usize> = BTreeMap::new();
    for operation in &run.model.api.operations {
        let permissions = &operation.permissions;
        let mut least: Vec<&String> = [
            &permissions.delegated_work,
            &permissions.delegated_personal,
            &permissions.application,
        ]
        .into_iter()
        .filter_map(|scopes| scopes.first())
        .collect();
        least.sort();
        least.dedup();
        for scope in least {
            *expected.entry(scope).or_default() += 1;
        }
    }
    assert!(!expected.is_empty());
    let page = Document::read(&html(&run, None));
    let names = page.texts("#by-permission ~ .searchable summary > span:first-child");
    assert_eq!(names, expected.keys().copied().collect::<Vec<_>>());
    let operations = page.count("#by-permission ~ .searchable .operations > li");
    assert_eq!(operations, expected.values().sum::<usize>());
}

#[test]
fn the_same_pages_give_the_same_report() {
    assert_eq!(html(&docs_input(), None), html(&docs_input(), None));
}

#[test]
fn places_of_real_pages_lead_to_the_published_ones_and_the_page_stays_small() {
    let docs = workspace().join("../shared/corpus/graph-2021-07/api-reference/v1.0");
    if !docs.is_dir() {
        println!("skipped: no pages at {}", docs.display());
        return;
    }
    let corrections = workspace().join("corrections/graph-2021-07-v1.0.toml");
    let run = run(&docs, Some(corrections), &[]);
    let html = html(&run, None);
    let size = html.len();
    assert!(size < 8_000_000, "{size} bytes");
    let user = "https://learn.microsoft.com/graph/api/resources/user?view=graph-rest-1.0";
    assert!(html.contains(user));
    let page = Document::read(&html);
    page.is_sound();
    let elements = page.count("*");
    assert!(elements < 120_000, "{elements} elements");
    println!("{size} bytes, {elements} elements");
    has_everything(&run);
}

/// A folder with these pages.
fn folder(pages: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in pages {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}
