//! The facts of every page of `docs-input`, one snapshot a page: a changed word on a page is a changed line here.
//!
//! `INSTA_UPDATE=always cargo test -p graph-codegen --test facts` writes the snapshots anew.

#![expect(
    clippy::unwrap_used,
    reason = "a test may panic, and so may the functions that it calls"
)]

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use graph_codegen::facts::text_form;
use graph_codegen::pipeline::{Input, Model, Source, model};
use graph_codegen::profile::Profile;
use graph_codegen::select::Selection;

/// The snapshots, below the folder of this file.
const SNAPSHOTS: &str = "snapshots/facts";

fn docs_input() -> Model {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs-input");
    model(&Input {
        source: Source::pages(docs),
        profile: Profile::embedded().unwrap(),
        selection: Selection::default(),
        denied: Vec::new(),
    })
    .unwrap()
}

/// The name of a page's snapshot: `api__user-get` for `api/user-get.md`.
fn name(path: &str) -> String {
    path.trim_end_matches(".md").replace('/', "__")
}

#[test]
fn every_page_says_what_its_snapshot_says() {
    let model = docs_input();
    assert!(
        model.facts.pages.len() >= 40,
        "docs-input has {} pages",
        model.facts.pages.len()
    );
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(SNAPSHOTS);
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let mut differing = Vec::new();
    for page in &model.facts.pages {
        let text = text_form(page);
        // All differing pages are shown, not the first alone.
        let check = || settings.bind(|| insta::assert_snapshot!(name(&page.path), text));
        if catch_unwind(AssertUnwindSafe(check)).is_err() {
            differing.push(page.path.as_str());
        }
    }
    assert!(
        differing.is_empty(),
        "the facts of these pages differ from their snapshots: {}",
        differing.join(", ")
    );
}

#[test]
fn every_snapshot_has_a_page() {
    let model = docs_input();
    let pages: BTreeSet<String> = model
        .facts
        .pages
        .iter()
        .map(|page| name(&page.path))
        .collect();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests")
        .join(SNAPSHOTS);
    let stale: Vec<PathBuf> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| {
            let file = path
                .file_name()
                .and_then(|name| name.to_str())
                .unwrap_or_default();
            !file.ends_with(".snap.new")
                && !file
                    .strip_suffix(".snap")
                    .is_some_and(|name| pages.contains(name))
        })
        .collect();
    assert!(
        stale.is_empty(),
        "snapshots without a page, to be removed: {stale:#?}"
    );
}
