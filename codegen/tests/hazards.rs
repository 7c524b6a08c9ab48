//! `pages/hazards.toml` names for each hazard of the format the pages that show its reading; the list is complete.

#![expect(
    clippy::unwrap_used,
    reason = "a test may panic, and so may the functions that it calls"
)]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde::Deserialize;

/// How many hazards are known. They are numbered from 1.
const HAZARDS: u32 = 51;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    hazard: Vec<Hazard>,
    form: Vec<Form>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Hazard {
    number: u32,
    what: String,
    pages: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Form {
    what: String,
    pages: Vec<String>,
}

fn pages() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages")
}

fn list() -> List {
    toml::from_str(&std::fs::read_to_string(pages().join("hazards.toml")).unwrap()).unwrap()
}

/// The pages and trees, as the list names them.
fn existing() -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for folder in ["api", "resources", "trees"] {
        for entry in std::fs::read_dir(pages().join(folder)).unwrap() {
            let name = entry.unwrap().file_name().into_string().unwrap();
            found.insert(format!("{folder}/{}", name.trim_end_matches(".md")));
        }
    }
    found
}

#[test]
fn every_hazard_has_a_page() {
    let list = list();
    let numbers: Vec<u32> = list.hazard.iter().map(|hazard| hazard.number).collect();
    assert_eq!(numbers, (1..=HAZARDS).collect::<Vec<u32>>());
    let entries = list
        .hazard
        .iter()
        .map(|hazard| (&hazard.what, &hazard.pages));
    let forms = list.form.iter().map(|form| (&form.what, &form.pages));
    let existing = existing();
    for (what, pages) in entries.chain(forms) {
        assert!(!what.is_empty() && !pages.is_empty(), "{what:?}: {pages:?}");
        for page in pages {
            assert!(existing.contains(page), "{what} has no page `{page}`");
        }
    }
}

#[test]
fn every_page_has_an_entry() {
    let list = list();
    let named: BTreeSet<&String> = list
        .hazard
        .iter()
        .flat_map(|hazard| &hazard.pages)
        .chain(list.form.iter().flat_map(|form| &form.pages))
        .collect();
    for page in existing() {
        assert!(named.contains(&page), "`{page}` is named by no entry");
    }
}
