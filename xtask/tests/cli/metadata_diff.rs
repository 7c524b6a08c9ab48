//! Pages against the metadata of their service.

use crate::running::{put, run, small_docs};

const METADATA: &str = "<edmx:Edmx xmlns:edmx=\"e\"><edmx:DataServices>\n<Schema Namespace=\"microsoft.graph\">\n\
    <EntityType Name=\"thing\"><Property Name=\"size\" Type=\"Edm.Int64\"/>\n</EntityType></Schema></edmx:DataServices></edmx:Edmx>";

#[test]
fn disagreements_are_counted_and_listed() {
    let folder = small_docs();
    put(folder.path(), "things.xml", METADATA);
    let arguments = [
        "metadata-diff",
        "--docs",
        "docs",
        "--metadata",
        "things.xml",
    ];
    let ran = run(folder.path(), arguments)
        .ends_with(0)
        .prints("2 disagreements of pages and metadata\n")
        .prints("1  property-type           A property of another type\n")
        .prints("\nproperty types           0.0000        0 of 1");
    assert!(!ran.out.contains("things.xml"), "{}", ran.out);
    run(folder.path(), arguments.into_iter().chain(["--list"]))
        .ends_with(0)
        .prints("  microsoft.graph.thing/size\n    pages:    Edm.Int32  resources/thing.md:12\n    metadata: Edm.Int64  things.xml:3\n");
    run(
        folder.path(),
        arguments.into_iter().chain(["--format", "json"]),
    )
    .ends_with(0)
    .prints("\"property-type\": 1,");
}

#[test]
fn what_is_no_metadata_is_wrong_usage() {
    let folder = small_docs();
    put(folder.path(), "things.xml", "<Edmx>\n<Schema/></Edmx>");
    let arguments = |file: &'static str| ["metadata-diff", "--docs", "docs", "--metadata", file];
    run(folder.path(), arguments("things.xml"))
        .ends_with(2)
        .says("things.xml:2: `Schema` has no `Namespace`; expected one");
    run(folder.path(), arguments("none.xml"))
        .ends_with(2)
        .says("cannot read the metadata in `none.xml`: ");
    run(folder.path(), ["metadata-diff", "--docs", "docs"])
        .ends_with(2)
        .says("--metadata <FILE>");
}
