//! Holding a crate to examples. What has to be compiled for it runs in CI.

use crate::running::{put, run, small_docs};

#[test]
fn what_cannot_be_read_is_wrong_usage() {
    let folder = small_docs();
    run(folder.path(), ["conformance", "--docs", "nowhere"])
        .ends_with(2)
        .says("nowhere");
    run(
        folder.path(),
        ["conformance", "--docs", "docs", "--list", "--json"],
    )
    .ends_with(2)
    .says("--json");
}

#[test]
fn an_error_keeps_examples_from_being_read() {
    let folder = small_docs();
    put(folder.path(), "docs/api/latin.md", b"# Stra\xdfe\n");
    run(folder.path(), ["conformance", "--docs", "docs"])
        .ends_with(1)
        .says("1 finding of error severity; no example was read");
}
