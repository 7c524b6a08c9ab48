//! Findings in each format, on the terminal and in files.

use std::fs;

use crate::running::{PAGE, put, run, small_docs};

/// A tree with a warning that has help, and a note.
fn docs() -> tempfile::TempDir {
    let folder = small_docs();
    let page = PAGE.replace("GET /things", "GET things");
    put(folder.path(), "docs/api/thing-list.md", page);
    let text = "# ding resource type\n\n## Properties\n\n|Property|Type|Description|\n|:--|:--|:--|\n\
        |ding|[thingy](thingy.md)|100% new: a, b|\n";
    put(folder.path(), "docs/resources/ding.md", text);
    folder
}

#[test]
fn people_see_excerpts_of_warnings_and_counts_of_notes() {
    let folder = docs();
    let ran = run(folder.path(), ["lint", "--docs", "docs"]).ends_with(0);
    let excerpt =
        " --> docs/resources/ding.md:7:7\n  |\n7 | |ding|[thingy](thingy.md)|100% new: a, b|\n";
    let ran = ran
        .prints("warning[unknown-type]: ")
        .prints(excerpt)
        .prints("1 warning\n  1  unknown-type           A type is named that no page documents\n1 note\n")
        .prints("  1  repaired-request-line  A request line is not quite one\n");
    assert!(!ran.out.contains("note[repaired"), "{}", ran.out);
    assert_eq!(ran.err, "");
}

#[test]
fn machines_get_one_json_object_a_line() {
    let folder = docs();
    let ran = run(
        folder.path(),
        ["lint", "--docs", "docs", "--format", "json"],
    )
    .ends_with(0);
    let is_object = |line: &str| line.starts_with("{\"rule\":\"") && line.ends_with('}');
    assert!(ran.out.lines().all(is_object), "{}", ran.out);
    ran.prints("{\"rule\":\"unknown-type\",\"severity\":\"warning\",\"message\":\"")
        .prints("\"path\":\"docs/resources/ding.md\",\"line\":7,\"column\":7,\"end_line\":7,")
        .prints("{\"rule\":\"repaired-request-line\",\"severity\":\"note\"");
}

#[test]
fn github_gets_workflow_commands() {
    let folder = docs();
    run(
        folder.path(),
        [
            "codegen", "--docs", "docs", "--out", "out", "--format", "github",
        ],
    )
    .ends_with(0)
    .says("::warning file=docs/resources/ding.md,line=7,col=7,title=unknown-type::")
    .says("::notice file=docs/api/thing-list.md,");
}

#[test]
fn a_file_takes_all_findings_and_the_terminal_the_gravest() {
    let folder = docs();
    let arguments = [
        "codegen",
        "--docs",
        "docs",
        "--out",
        "out",
        "--format",
        "sarif",
        "--diagnostics",
        "all.sarif",
    ];
    run(folder.path(), arguments)
        .ends_with(0)
        .says("warning[unknown-type]: ")
        .says("All findings are in all.sarif");
    let text = fs::read_to_string(folder.path().join("all.sarif")).unwrap();
    for part in [
        "\"version\": \"2.1.0\"",
        "\"ruleId\": \"repaired-request-line\"",
        "\"uri\": \"docs/resources/ding.md\"",
        "\"startColumn\": 7",
    ] {
        assert!(text.contains(part), "no {part} in {text}");
    }
    let left: Vec<_> = fs::read_dir(folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    assert_eq!(left.len(), 3, "{left:?}");
}

#[test]
fn hundreds_of_findings_are_cut_short() {
    let folder = small_docs();
    let rows: String = (0..300)
        .map(|row| format!("|p{row}|unknown{row}|Text.|\n"))
        .collect();
    let text = format!(
        "# many resource type\n\n## Properties\n\n|Property|Type|Description|\n|:--|:--|:--|\n{rows}"
    );
    put(folder.path(), "docs/resources/many.md", text);
    let ran = run(folder.path(), ["lint", "--docs", "docs"])
        .ends_with(0)
        .prints("300  unknown-type")
        .prints("more errors and warnings")
        .prints("--diagnostics FILE");
    assert!(ran.out.lines().count() < 100, "{}", ran.out);
    let arguments = ["lint", "--docs", "docs", "--diagnostics", "all.txt"];
    run(folder.path(), arguments).ends_with(0);
    let text = fs::read_to_string(folder.path().join("all.txt")).unwrap();
    assert_eq!(text.matches("warning[unknown-type]").count(), 300);
}
