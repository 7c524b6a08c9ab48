//! Measuring a crate. What has to be compiled for it is measured in CI.

use crate::running::{TYPE, put, run, small_docs};

#[test]
fn all_of_a_small_tree_is_in_its_crate() {
    let folder = small_docs();
    run(
        folder.path(),
        ["bench", "--docs", "docs", "--only", "coverage"],
    )
    .ends_with(0)
    .prints("request lines that have a function")
    .prints("1 of 1       all  holds")
    .prints("2 of 2  ≥ 99.5 %  holds");
}

#[test]
fn what_is_missed_has_its_place_and_the_exit_code_1() {
    let folder = small_docs();
    let page = format!("{TYPE}|@odata.etag|String|A tag.|\n|any|object|Anything.|\n");
    put(folder.path(), "docs/resources/thing.md", page);
    let ran = run(
        folder.path(),
        ["bench", "--docs", "docs", "--only", "coverage", "--json"],
    )
    .ends_with(1);
    let ran = ran
        .prints("resources/thing.md:13: microsoft.graph.thing/@odata.etag")
        .prints("resources/thing.md:14: microsoft.graph.thing/any")
        .prints("\"holds\": false");
    assert!(ran.out.starts_with('{'), "{}", ran.out);
}

#[test]
fn pages_with_an_error_are_not_measured() {
    let folder = small_docs();
    put(folder.path(), "docs/api/bad.md", b"# Caf\xe9\n");
    run(
        folder.path(),
        ["bench", "--docs", "docs", "--only", "coverage"],
    )
    .ends_with(1)
    .says("error[not-utf8]")
    .says("1 finding of error severity; nothing was measured");
}

#[test]
fn what_cannot_be_measured_is_wrong_usage() {
    let folder = small_docs();
    run(folder.path(), ["bench", "--docs", "nowhere"])
        .ends_with(2)
        .says("nowhere");
    let area = [
        "bench", "--docs", "docs", "--only", "compile", "--area", "no",
    ];
    run(folder.path(), area)
        .ends_with(2)
        .says("there is no area `no`; there are things");
    run(folder.path(), ["bench", "--docs", "docs", "--rounds", "0"]).ends_with(2);
    let decoded = [
        "bench",
        "--docs",
        "docs",
        "--only",
        "decode",
        "--decoded",
        "no",
    ];
    run(folder.path(), decoded)
        .ends_with(2)
        .says("there is no type `no`");
}
