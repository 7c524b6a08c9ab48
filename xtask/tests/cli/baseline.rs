//! `--baseline` and `--write-baseline`.

use std::fs;
use std::path::Path;

use crate::running::{PAGE, Ran, TYPE, put, run, small_docs};

/// A tree with two equal warnings on one page, and a note.
fn docs() -> tempfile::TempDir {
    let folder = small_docs();
    let page = PAGE.replace("GET /things", "GET things");
    put(folder.path(), "docs/api/thing-list.md", page);
    put(folder.path(), "docs/resources/ding.md", DING);
    folder
}

const DING: &str = "# ding resource type\n\n## Properties\n\n|Property|Type|Description|\n|:--|:--|:--|\n\
    |a|[thingy](thingy.md)|One.|\n|b|[thingy](thingy.md)|Two.|\n";

/// A folder with `docs` and the baseline `known.txt` of them.
fn with_baseline() -> tempfile::TempDir {
    let folder = docs();
    run(
        folder.path(),
        ["lint", "--docs", "docs", "--write-baseline", "known.txt"],
    )
    .ends_with(0)
    .prints("3 known findings silenced by the baseline\n")
    .says("wrote known.txt: 3 findings\n");
    folder
}

fn lint(folder: &Path, more: &[&str]) -> Ran {
    let arguments = ["lint", "--docs", "docs", "--baseline", "known.txt"];
    run(folder, arguments.iter().chain(more))
}

#[test]
fn what_is_known_is_silenced_and_counted() {
    let folder = with_baseline();
    let text = fs::read_to_string(folder.path().join("known.txt")).unwrap();
    assert_eq!(text.matches("unknown-type\tresources/ding.md\t").count(), 2);
    let ran = lint(folder.path(), &["--deny", "unknown-type"]).ends_with(0);
    assert_eq!(ran.out, "3 known findings silenced by the baseline\n");
    for format in ["json", "github"] {
        let ran = lint(folder.path(), &["--format", format]).ends_with(0);
        assert_eq!(ran.out, "");
    }
    // The same tree by another name, after a shift of lines.
    let moved = DING.replace("## Properties", "Text.\n\n## Properties");
    put(folder.path(), "docs/resources/ding.md", moved);
    let docs = folder.path().join("docs");
    let arguments = ["lint", "--baseline", "known.txt", "--docs"].map(AsRef::as_ref);
    let ran = run(
        folder.path(),
        arguments.into_iter().chain([docs.as_os_str()]),
    )
    .ends_with(0);
    assert_eq!(ran.out, "3 known findings silenced by the baseline\n");
}

#[test]
fn what_is_new_and_what_is_stale_is_reported() {
    let folder = with_baseline();
    let page = DING.replacen("[thingy](thingy.md)", "[gizmo](gizmo.md)", 1);
    put(folder.path(), "docs/resources/ding.md", page);
    lint(folder.path(), &[])
        .ends_with(0)
        .prints("warning[unknown-type]: no page documents the type `gizmo`")
        .prints("warning[stale-baseline-entry]: ")
        .prints("--> known.txt:4:1\n")
        .prints("2 known findings silenced");
    lint(folder.path(), &["--deny", "stale-baseline-entry"])
        .ends_with(1)
        .prints("error[stale-baseline-entry]: ");
    lint(folder.path(), &["--format", "github"])
        .ends_with(0)
        .prints("::warning file=known.txt,line=4,col=1,title=stale-baseline-entry::");
}

#[test]
fn a_denied_finding_that_is_known_does_not_stop_codegen() {
    let folder = with_baseline();
    let arguments = [
        "codegen",
        "--docs",
        "docs",
        "--out",
        "out",
        "--deny",
        "unknown-type",
    ];
    run(folder.path(), arguments).ends_with(1);
    assert!(!folder.path().join("out").exists());
    run(
        folder.path(),
        arguments.iter().chain(&["--baseline", "known.txt"]),
    )
    .ends_with(0)
    .says("3 known findings silenced by the baseline\n");
}

#[test]
fn a_page_that_cannot_be_read_stays_loud() {
    let folder = docs();
    put(folder.path(), "docs/resources/latin.md", b"# Stra\xdfe\n");
    run(
        folder.path(),
        ["lint", "--docs", "docs", "--write-baseline", "known.txt"],
    )
    .ends_with(1)
    .prints("error[not-utf8]: ")
    .says("wrote known.txt: 3 findings\n");
    lint(folder.path(), &[])
        .ends_with(1)
        .prints("error[not-utf8]: ");
}

#[test]
fn a_baseline_that_is_none_is_wrong_usage() {
    let folder = docs();
    lint(folder.path(), &[])
        .ends_with(2)
        .says("cannot read the baseline `known.txt`: ");
    put(folder.path(), "known.txt", "# Known\nunknown-type: x\n");
    lint(folder.path(), &[])
        .ends_with(2)
        .says("known.txt:2: not an entry of a baseline: expected a rule, a page and a message");
    put(folder.path(), "known.txt", b"\xff\n");
    lint(folder.path(), &[]).ends_with(2).says("`known.txt`");
    lint(folder.path(), &["--write-baseline", "other.txt"])
        .ends_with(2)
        .says("cannot be used with");
    run(
        folder.path(),
        ["lint", "--docs", "docs", "--write-baseline", "no/known.txt"],
    )
    .ends_with(2)
    .says("cannot write `no/known.txt`: ");
}

#[test]
fn a_tree_without_findings_says_so() {
    let folder = small_docs();
    put(folder.path(), "docs/resources/thing.md", TYPE);
    let ran = run(folder.path(), ["lint", "--docs", "docs"]).ends_with(0);
    assert_eq!(ran.out, "no findings in 2 pages\n");
}
