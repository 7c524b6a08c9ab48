//! Edits of pages that must not matter: every page of `docs-input` is edited in one way, and its facts stay what they were.
//!
//! An edit works line by line, so that it is what an author would do.

#![expect(
    clippy::unwrap_used,
    reason = "a test may panic, and so may the functions that it calls"
)]

#[path = "equivalent_pages/edits.rs"]
mod edits;
#[path = "equivalent_pages/lines.rs"]
mod lines;

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};

use graph_codegen::facts::text_form;
use graph_codegen::model::interchange;
use graph_codegen::pipeline::{Input, Source, model};
use graph_codegen::profile::Profile;
use graph_codegen::select::Selection;

use edits::{EDITS, Edit, edit};

fn docs_input() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs-input")
}

/// The facts of each page as text, and the model of the tree.
struct Reading {
    facts: BTreeMap<String, String>,
    model: String,
}

fn read(docs: &Path) -> Reading {
    let model = model(&Input {
        source: Source::pages(docs),
        profile: Profile::embedded().unwrap(),
        selection: Selection::default(),
        denied: Vec::new(),
    })
    .unwrap();
    Reading {
        facts: model
            .facts
            .pages
            .iter()
            .map(|page| (page.path.clone(), text_form(page)))
            .collect(),
        model: serde_json::to_string_pretty(&interchange(&model.api)).unwrap(),
    }
}

/// A copy of the pages with an edit.
fn edited(edit: &Edit) -> Reading {
    let docs = tempfile::tempdir().unwrap();
    for folder in ["api", "resources", "includes", "includes/permissions"] {
        std::fs::create_dir_all(docs.path().join(folder)).unwrap();
        for entry in std::fs::read_dir(docs_input().join(folder)).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_none_or(|extension| extension != "md") {
                continue;
            }
            let name = format!("{folder}/{}", path.file_name().unwrap().to_str().unwrap());
            // Some pages have such bytes already, and no edit is to double them.
            let text = std::fs::read_to_string(&path)
                .unwrap()
                .replace("\r\n", "\n")
                .replace('\u{feff}', "");
            let keep = folder.starts_with("includes");
            let text = if keep { text } else { (edit.apply)(&text) };
            std::fs::write(docs.path().join(name), text).unwrap();
        }
    }
    read(docs.path())
}

/// The first line that differs.
fn difference(before: &str, after: &str) -> Option<String> {
    let mut lines = before.lines().zip(after.lines());
    let found = lines.find(|(before, after)| before != after);
    match found {
        Some((before, after)) => Some(format!("    {before}\n    {after}")),
        None if before == after => None,
        None => Some("    one has more lines".to_owned()),
    }
}

#[test]
fn edits_that_must_not_matter_do_not() {
    let before = edited(&edit("none", str::to_owned));
    let mut report = String::new();
    for edit in EDITS {
        let after = edited(edit);
        let mut changed = 0;
        for (path, facts) in before.facts.iter().filter(|_| !edit.relinks) {
            let after = after.facts.get(path).map_or("", String::as_str);
            if let Some(difference) = difference(facts, after) {
                changed += 1;
                writeln!(report, "{}: {path}\n{difference}", edit.name).unwrap();
            }
        }
        if changed == 0
            && let Some(difference) = difference(&before.model, &after.model)
        {
            writeln!(report, "{}: the model\n{difference}", edit.name).unwrap();
        }
    }
    assert!(report.is_empty(), "facts changed:\n{report}");
}

#[test]
fn every_edit_changes_most_pages() {
    let pages: Vec<String> = ["api", "resources"]
        .into_iter()
        .flat_map(|folder| std::fs::read_dir(docs_input().join(folder)).unwrap())
        .map(|entry| std::fs::read_to_string(entry.unwrap().path()).unwrap())
        .collect();
    assert!(pages.len() >= 40, "{} pages", pages.len());
    for edit in EDITS {
        let changed = pages
            .iter()
            .filter(|text| (edit.apply)(text) != **text)
            .count();
        assert!(changed >= 10, "`{}` changes {changed} pages", edit.name);
    }
}
