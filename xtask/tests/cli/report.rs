//! `report`: one page of HTML, to a file or to the standard output.

use std::fs;

use crate::running::{put, run, small_docs, snapshot};

#[test]
fn a_report_goes_to_a_file_or_to_the_standard_output() {
    let folder = small_docs();
    let printed = run(folder.path(), ["report", "--docs", "docs"])
        .ends_with(0)
        .prints("<!DOCTYPE html>")
        .prints("things::list");
    let before = snapshot(folder.path()).len();
    run(
        folder.path(),
        ["report", "--docs", "docs", "-o", "report.html"],
    )
    .ends_with(0);
    let written = fs::read_to_string(folder.path().join("report.html")).unwrap();
    assert_eq!(written, printed.out);
    assert_eq!(snapshot(folder.path()).len(), before + 1);
}

#[test]
fn places_lead_below_the_address_that_is_given() {
    let folder = small_docs();
    run(
        folder.path(),
        [
            "report",
            "--docs",
            "docs",
            "--link-base",
            "https://example.org/blob/main",
        ],
    )
    .ends_with(0)
    .prints("href=\"https://example.org/blob/main/api/thing-list.md#L8\"");
    run(
        folder.path(),
        [
            "report",
            "--docs",
            "docs",
            "--link-base",
            "javascript:alert(1)",
        ],
    )
    .ends_with(2)
    .says("--link-base")
    .says("https://");
}

#[test]
fn a_saved_model_is_reported_without_lines() {
    let folder = small_docs();
    run(
        folder.path(),
        ["model", "--docs", "docs", "--complete", "-o", "model.json"],
    )
    .ends_with(0);
    let ran = run(folder.path(), ["report", "--model", "model.json"])
        .ends_with(0)
        .prints("api/thing-list.md<");
    assert!(!ran.out.contains("Nothing left out"), "{}", ran.out);
}

#[test]
fn a_report_with_errors_is_written_all_the_same() {
    let folder = small_docs();
    put(folder.path(), "docs/api/latin.md", b"# Stra\xdfe\n");
    run(
        folder.path(),
        ["report", "--docs", "docs", "-o", "report.html"],
    )
    .ends_with(1)
    .says("latin.md");
    let written = fs::read_to_string(folder.path().join("report.html")).unwrap();
    assert!(written.contains("latin.md"));
}

#[test]
fn what_is_wrong_is_named_and_nothing_is_written() {
    let folder = small_docs();
    run(
        folder.path(),
        ["report", "--docs", "nowhere", "-o", "report.html"],
    )
    .ends_with(2)
    .says("nowhere");
    run(
        folder.path(),
        [
            "report",
            "--docs",
            "docs",
            "--select",
            "no-such",
            "-o",
            "report.html",
        ],
    )
    .ends_with(1)
    .says("no-such");
    run(folder.path(), ["report", "--docs", "docs", "-o", "docs"])
        .ends_with(2)
        .says("docs");
}
