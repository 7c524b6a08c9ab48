//! The permissions of selected operations, in each format.

use std::fs;

use crate::running::{PAGE, put, run, small_docs};

/// Pages with permissions: one operation reads, one writes.
fn docs() -> tempfile::TempDir {
    let folder = small_docs();
    let table = |permissions: &str| {
        format!(
            "## Permissions\n\n|Permission type|Permissions|\n|:---|:---|\n\
             |Delegated (work or school account)|{permissions}|\n\
             |Delegated (personal Microsoft account)|Not supported.|\n|Application|{permissions}|\n\n## HTTP request"
        )
    };
    let list = PAGE.replace(
        "## HTTP request",
        &table("Thing.Read.All, Thing.ReadWrite.All, Any.ReadWrite.All"),
    );
    put(folder.path(), "docs/api/thing-list.md", list);
    let delete = PAGE
        .replace(
            "## HTTP request",
            &table("Thing.ReadWrite.All, Any.ReadWrite.All"),
        )
        .replace("GET /things", "DELETE /things/{id}");
    put(folder.path(), "docs/api/thing-delete.md", delete);
    let part = PAGE
        .replace(
            "## HTTP request",
            &table("Part.Read.All, Any.ReadWrite.All"),
        )
        .replace("GET /things", "GET /parts");
    put(folder.path(), "docs/api/part-list.md", part);
    folder
}

#[test]
fn people_see_permissions_with_their_operations() {
    let folder = docs();
    run(folder.path(), ["scopes", "--docs", "docs"])
        .ends_with(0)
        .prints("Delegated (work or school account): 2 permissions, the fewest of those")
        .prints("  1 would do, more privileged ones among them (--fewest): Any.ReadWrite.All\n")
        .prints("\n  Thing.ReadWrite.All\n    DELETE /things/{id}  api/thing-delete.md:")
        .prints("not supported by 3 operations\n");
    run(
        folder.path(),
        [
            "scopes",
            "--docs",
            "docs",
            "--select",
            "thing-list",
            "--kind",
            "application",
        ],
    )
    .ends_with(0)
    .prints("Application: 1 permission, ")
    .prints("\n  Thing.Read.All\n    GET /things  api/thing-list.md:");
    run(
        folder.path(),
        [
            "scopes",
            "--docs",
            "docs",
            "--fewest",
            "--kind",
            "delegated-work",
        ],
    )
    .ends_with(0)
    .prints(": 1 permission, the fewest that cover all operations\n\n  Any.ReadWrite.All\n");
}

#[test]
fn programs_get_json_and_a_manifest() {
    let folder = docs();
    run(
        folder.path(),
        ["scopes", "--docs", "docs", "--format", "json"],
    )
    .ends_with(0)
    .prints("\"aim\": \"least-privileged\",\n  \"operations\": 3,\n")
    .prints("\"fewer\": [\n        \"Any.ReadWrite.All\"\n      ],");
    let manifest = [
        "scopes",
        "--docs",
        "docs",
        "--kind",
        "application",
        "--format",
        "manifest",
    ];
    run(folder.path(), manifest)
        .ends_with(0)
        .prints("{\n          \"value\": \"Part.Read.All\",\n          \"type\": \"Role\"\n        }")
        .says("2 permissions without an identifier, which no directory takes; name a file with --ids: Part.Read.All, ");
    let ids = r#"{"appRoles": [{"id": "1-2", "value": "Part.Read.All"}, {"id": "1-3", "value": "Thing.ReadWrite.All"}]}"#;
    fs::write(folder.path().join("ids.json"), ids).unwrap();
    let ran = run(
        folder.path(),
        manifest.into_iter().chain(["--ids", "ids.json"]),
    )
    .ends_with(0);
    assert_eq!(ran.err, "");
    ran.prints("\"id\": \"1-2\",\n          \"type\": \"Role\"");
}

#[test]
fn what_cannot_be_done_says_why() {
    let folder = docs();
    run(
        folder.path(),
        ["scopes", "--docs", "docs", "--select", "nothing"],
    )
    .ends_with(1)
    .says("the pattern `nothing` matches no operation");
    fs::write(folder.path().join("ids.json"), "{\n\"appRoles\": 1 2}").unwrap();
    let manifest = ["scopes", "--docs", "docs", "--format", "manifest", "--ids"];
    run(folder.path(), manifest.into_iter().chain(["ids.json"]))
        .ends_with(2)
        .says("ids.json:2:15: not JSON: ");
    run(folder.path(), manifest.into_iter().chain(["none.json"]))
        .ends_with(2)
        .says("cannot read the identifiers in `none.json`: ");
    run(
        folder.path(),
        ["scopes", "--docs", "docs", "--ids", "ids.json"],
    )
    .ends_with(2)
    .says("`--ids` is for `--format manifest` alone");
}
