//! Changes of the public API: one pair of small trees for each rule, in `api_diff/<code>/{old,new}`, and more whose names
//! begin with `_`, each with what is said about it; `COMPATIBILITY.md`; and laws that hold for any two trees.
//!
//! `INSTA_UPDATE=always cargo test -p graph-codegen --test api_diff` writes snapshots and page anew.

#![expect(
    clippy::unwrap_used,
    reason = "a test may panic, and so may the functions that it calls"
)]

#[path = "api_surface/errors.rs"]
mod errors;
#[path = "api_surface/laws.rs"]
mod laws;
#[path = "api_surface/page.rs"]
mod page;

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use graph_codegen::api_diff::{ApiDiff, ChangeRule, Extent, Impact, Surface, compare, markdown};
use graph_codegen::tree::OutputTree;

/// The snapshots, below the folder of this file.
const SNAPSHOTS: &str = "snapshots/api_diff";

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/api_diff")
}

fn cases() -> Vec<String> {
    let entries = std::fs::read_dir(fixtures()).unwrap();
    let mut cases: Vec<String> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    cases.sort();
    cases
}

/// The files of a folder.
fn tree(folder: &Path) -> OutputTree {
    let mut tree = OutputTree::default();
    for entry in walkdir::WalkDir::new(folder)
        .into_iter()
        .map(Result::unwrap)
    {
        if entry.file_type().is_file() {
            let path = entry.path().strip_prefix(folder).unwrap();
            let path = path.to_str().unwrap().replace('\\', "/");
            let text = std::fs::read_to_string(entry.path()).unwrap();
            tree.files.insert(path, text);
        }
    }
    tree
}

/// The two surfaces of a case.
fn surfaces(case: &str) -> [Surface; 2] {
    ["old", "new"].map(|side| Surface::read(&tree(&fixtures().join(case).join(side))).unwrap())
}

fn diff(case: &str) -> ApiDiff {
    let [old, new] = surfaces(case);
    compare(&old, &new)
}

#[test]
fn every_rule_has_a_case_that_falls_under_it_alone() {
    let cases = cases();
    let mut problems = Vec::new();
    for rule in ChangeRule::ALL {
        let code = rule.code();
        if !cases.iter().any(|case| case == code) {
            problems.push(format!("{code} has no case"));
            continue;
        }
        let found: BTreeSet<&str> = diff(code)
            .by_rule()
            .keys()
            .map(|rule| rule.code())
            .collect();
        if found != BTreeSet::from([code]) {
            problems.push(format!("the case {code} is {found:?}"));
        }
    }
    for case in cases.iter().filter(|case| !case.starts_with('_')) {
        if ChangeRule::from_code(case).is_none() {
            problems.push(format!("{case} is the case of no rule"));
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn what_is_said_is_reviewed() {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(SNAPSHOTS);
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let mut differing = Vec::new();
    for case in cases() {
        let text = markdown(&diff(&case), "old", "new", Extent::Full);
        let check =
            || settings.bind(|| insta::assert_snapshot!(case.trim_start_matches('_'), text));
        if catch_unwind(AssertUnwindSafe(check)).is_err() {
            differing.push(case);
        }
    }
    assert!(
        differing.is_empty(),
        "other words: {}",
        differing.join(", ")
    );
}

/// Names and texts stay text: of HTML there is what folds, and nothing is a link or an image.
#[test]
fn no_text_is_markup() {
    use pulldown_cmark::{Event, Options, Parser, Tag};
    for case in cases() {
        let text = markdown(&diff(&case), "a</b> `![x](y)", "<!-- b", Extent::Full);
        let mut html = String::new();
        for event in Parser::new_ext(&text, Options::ENABLE_TABLES) {
            match event {
                Event::Html(found) | Event::InlineHtml(found) => html.push_str(&found),
                Event::Start(Tag::Link { .. } | Tag::Image { .. }) => panic!("{case}:\n{text}"),
                _ => {}
            }
        }
        for tag in [
            "<details>",
            "</details>",
            "<summary>",
            "</summary>",
            "<b>",
            "</b>",
        ] {
            html = html.replace(tag, "");
        }
        assert!(!html.contains('<'), "{case}: {html}");
    }
}

#[test]
fn a_summary_counts_by_rule_and_area() {
    let [mut old, _] = surfaces("area-removed");
    let [_, new] = surfaces("variant-added");
    old.documented = false;
    let text = markdown(&compare(&old, &new), "a|b`", "new", Extent::Summary);
    insta::with_settings!({ snapshot_path => SNAPSHOTS, prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!("summary", text);
    });
}

#[test]
fn the_worst_comes_first() {
    let impacts: Vec<Impact> = ChangeRule::ALL.iter().map(|rule| rule.impact()).collect();
    assert!(impacts.is_sorted());
    for case in cases() {
        let impacts: Vec<Impact> = diff(&case)
            .changes
            .iter()
            .map(|change| change.impact())
            .collect();
        assert!(impacts.is_sorted(), "{case}");
    }
}
