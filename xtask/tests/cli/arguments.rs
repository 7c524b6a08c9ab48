//! Arguments that are wrong: exit code 2, a message that names what is wrong, and nothing written.

use std::fs;

use crate::running::{PAGE, put, run, small_docs, snapshot};

#[test]
fn no_arguments_print_the_help() {
    let folder = tempfile::tempdir().unwrap();
    let none: [&str; 0] = [];
    run(folder.path(), none)
        .ends_with(2)
        .says("Usage: cargo xtask");
    run(folder.path(), ["codegen", "--help"])
        .ends_with(0)
        .prints("--dry-run");
    run(folder.path(), ["nonsense"])
        .ends_with(2)
        .says("'nonsense'");
    assert!(snapshot(folder.path()).is_empty());
}

#[test]
fn check_and_dry_run_exclude_each_other() {
    let folder = small_docs();
    run(
        folder.path(),
        ["codegen", "--docs", "docs", "--check", "--dry-run"],
    )
    .ends_with(2)
    .says("'--check'");
}

#[test]
fn a_missing_folder_is_named() {
    let folder = tempfile::tempdir().unwrap();
    for command in ["codegen", "model", "lint"] {
        run(folder.path(), [command, "--docs", "no/such/docs"])
            .ends_with(2)
            .says("no/such/docs");
    }
    run(folder.path(), ["codegen", "--docs", "docs", "--out", "out"]).ends_with(2);
    assert!(snapshot(folder.path()).is_empty());
    assert!(!folder.path().join("out").exists());
}

#[test]
fn an_empty_folder_is_named() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir_all(folder.path().join("docs/api")).unwrap();
    put(folder.path(), "docs/api/notes.txt", "no page");
    run(folder.path(), ["codegen", "--docs", "docs", "--out", "out"])
        .ends_with(2)
        .says("no markdown page")
        .says("docs");
    assert!(!folder.path().join("out").exists());
}

#[test]
fn a_file_instead_of_a_folder_is_named() {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), "page.md", PAGE);
    run(
        folder.path(),
        ["codegen", "--docs", "page.md", "--out", "out"],
    )
    .ends_with(2)
    .says("page.md is a file; expected a folder");
    assert!(!folder.path().join("out").exists());
}

#[test]
fn a_missing_profile_is_named() {
    let folder = small_docs();
    let arguments = [
        "codegen",
        "--docs",
        "docs",
        "--out",
        "out",
        "--profile",
        "none.toml",
    ];
    run(folder.path(), arguments)
        .ends_with(2)
        .says("cannot read the profile `none.toml`");
    assert!(!folder.path().join("out").exists());
}

#[test]
fn a_malformed_profile_is_named_with_line_and_column() {
    let folder = small_docs();
    let arguments = [
        "codegen",
        "--docs",
        "docs",
        "--out",
        "out",
        "--profile",
        "p.toml",
    ];
    for (text, place) in [
        ("name = \"x\"\nnamespace = [\n", "p.toml:"),
        (
            "name = \"x\"\nnamespace = 7\n",
            "p.toml:2:13: not a profile: ",
        ),
        (
            "name = \"x\"\nnonsense = 1\n",
            "p.toml:2:1: not a profile: unknown field `nonsense`",
        ),
        ("", "p.toml:1:1: not a profile: missing field `name`"),
    ] {
        put(folder.path(), "p.toml", text);
        run(folder.path(), arguments).ends_with(2).says(place);
    }
    put(folder.path(), "p.toml", b"name = \"\xff\"");
    run(folder.path(), arguments)
        .ends_with(2)
        .says("`p.toml`")
        .says("UTF-8");
    assert!(!folder.path().join("out").exists());
}

#[test]
fn a_missing_file_of_corrections_is_named() {
    let folder = small_docs();
    for command in ["codegen", "model", "lint"] {
        let arguments = [command, "--docs", "docs", "--corrections", "no/such.toml"];
        run(folder.path(), arguments)
            .ends_with(2)
            .says("cannot read the corrections in no/such.toml");
    }
    assert!(!folder.path().join("out").exists());
}

#[test]
fn corrections_are_read_from_the_named_file() {
    let folder = small_docs();
    // Those beside the pages are not read.
    put(folder.path(), "docs/corrections.toml", "nonsense");
    let arguments = [
        "codegen",
        "--docs",
        "docs",
        "--out",
        "out",
        "--corrections",
        "mine.toml",
    ];
    let correction = |line: &str| {
        format!(
            "[[correction]]\npage = \"api/thing-list.md\"\nrequest = \"GET /things\"\nline = \"{line}\"\n\
             because = \"It is so.\"\nlink = \"https://example.org\"\n"
        )
    };
    put(
        folder.path(),
        "mine.toml",
        format!("\n{}", correction("GET /things")),
    );
    run(folder.path(), arguments)
        .ends_with(1)
        .says("--> mine.toml:2:1")
        .says("changes nothing on `api/thing-list.md`")
        .says("nothing was written");
    assert!(!folder.path().join("out").exists());
    put(folder.path(), "mine.toml", correction("GET /items"));
    run(folder.path(), arguments)
        .ends_with(0)
        .prints("1 correction of mine.toml applied");
    let listing = snapshot(&folder.path().join("out"));
    let mut texts = listing.values().map(|text| String::from_utf8_lossy(text));
    assert!(texts.any(|text| text.contains("/items")));
}

#[test]
fn an_unknown_rule_is_guessed() {
    let folder = small_docs();
    let arguments = [
        "codegen",
        "--docs",
        "docs",
        "--out",
        "out",
        "--deny",
        "unknwon-type",
    ];
    run(folder.path(), arguments)
        .ends_with(2)
        .says("did you mean `unknown-type`?");
    assert!(!folder.path().join("out").exists());
}

#[test]
fn a_pattern_that_matches_nothing_stops_the_writing() {
    let folder = small_docs();
    let arguments = [
        "codegen", "--docs", "docs", "--out", "out", "--select", "/nothing",
    ];
    run(folder.path(), arguments)
        .ends_with(1)
        .says("the pattern `/nothing` matches no operation")
        .says("nothing was written");
    assert!(!folder.path().join("out").exists());
}
