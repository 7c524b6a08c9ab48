//! Writing a crate: the first time, again, after a change, and of a part.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use crate::running::{copy, docs_input, run, small_docs, snapshot};

/// When each file was last written.
fn times(folder: &Path) -> BTreeMap<PathBuf, SystemTime> {
    snapshot(folder)
        .into_keys()
        .map(|path| {
            let time = fs::metadata(folder.join(&path))
                .unwrap()
                .modified()
                .unwrap();
            (path, time)
        })
        .collect()
}

#[test]
fn a_second_run_touches_nothing_and_a_check_is_clean() {
    let folder = tempfile::tempdir().unwrap();
    let docs = docs_input();
    let docs = docs.to_str().unwrap();
    let arguments = ["codegen", "--docs", docs, "--out", "my sdk"];
    let first = run(folder.path(), arguments)
        .ends_with(0)
        .prints("wrote my sdk: ");
    assert!(first.out.contains("table rows = "), "{}", first.out);
    let out = folder.path().join("my sdk");
    let before = (snapshot(&out), times(&out));
    let manifest = fs::read_to_string(out.join("Cargo.toml")).unwrap();
    assert!(
        manifest.contains("name = \"my-sdk\"") && manifest.contains("[workspace]"),
        "{manifest}"
    );

    run(folder.path(), arguments)
        .ends_with(0)
        .prints("my sdk is up to date: ");
    assert_eq!((snapshot(&out), times(&out)), before);

    let check = [&arguments[..], &["--check"]].concat();
    run(folder.path(), &check).ends_with(0).prints("up to date");

    let lib = out.join("src/lib.rs");
    let text = fs::read_to_string(&lib).unwrap();
    fs::write(&lib, format!("{text}// an edit\n")).unwrap();
    fs::remove_file(out.join("rustfmt.toml")).unwrap();
    let edited = snapshot(&out);
    let command = format!("cargo xtask codegen --docs {docs} --out 'my sdk'");
    run(folder.path(), &check)
        .ends_with(1)
        .prints("~ src/lib.rs")
        .prints("+ rustfmt.toml")
        .prints("\n-// an edit\n")
        .prints(&command);
    assert_eq!(snapshot(&out), edited);

    let dry_run = [&arguments[..], &["--dry-run"]].concat();
    run(folder.path(), &dry_run)
        .ends_with(0)
        .prints("would write my sdk: 1 files added, 1 changed");
    assert_eq!(snapshot(&out), edited);

    run(folder.path(), arguments).ends_with(0);
    assert_eq!(snapshot(&out), before.0);
}

#[test]
fn the_file_of_a_removed_page_is_removed() {
    let folder = tempfile::tempdir().unwrap();
    copy(&docs_input(), &folder.path().join("docs"));
    let arguments = ["codegen", "--docs", "docs", "--out", "out"];
    run(folder.path(), arguments).ends_with(0);
    let before = snapshot(&folder.path().join("out"));
    fs::remove_file(
        folder
            .path()
            .join("docs/api/reportroot_getemailactivitycounts.md"),
    )
    .unwrap();
    run(folder.path(), arguments)
        .ends_with(0)
        .prints("- src/reports.rs\n");
    let after = snapshot(&folder.path().join("out"));
    let gone = |path: &&PathBuf| !after.contains_key(*path);
    assert!(before.keys().filter(gone).count() > 0);
    assert!(after.keys().all(|path| before.contains_key(path)));
}

#[test]
fn a_selection_is_a_part() {
    let folder = tempfile::tempdir().unwrap();
    let docs = docs_input();
    let docs = docs.to_str().unwrap();
    let all = ["codegen", "--docs", docs, "--out", "all"];
    run(folder.path(), all).ends_with(0);
    let some = [
        "codegen",
        "--docs",
        docs,
        "--out",
        "some",
        "--select",
        "deviceManagement",
    ];
    run(folder.path(), some).ends_with(0);
    let less = [
        &some[..],
        &["--exclude", "/deviceManagement/deviceCompliancePolicies*"],
    ]
    .concat();
    run(folder.path(), &less)
        .ends_with(0)
        .prints("- src/device_management/device_compliance_policies.rs");
    let some = snapshot(&folder.path().join("some"));
    assert!(some.contains_key(Path::new("src/device_management.rs")));
    assert!(!some.contains_key(Path::new("src/reports.rs")));
    assert!(some.len() < snapshot(&folder.path().join("all")).len());
}

#[test]
fn the_model_is_json_with_the_documented_operation() {
    let folder = small_docs();
    let printed = run(folder.path(), ["model", "--docs", "docs"]).ends_with(0);
    assert!(
        printed.out.starts_with('{') && printed.out.contains("\"/things\""),
        "{}",
        printed.out
    );
    run(
        folder.path(),
        ["model", "--docs", "docs", "-o", "model.json"],
    )
    .ends_with(0);
    let written = fs::read_to_string(folder.path().join("model.json")).unwrap();
    assert_eq!(written, printed.out);
}

#[test]
fn the_rules_are_a_catalogue() {
    let folder = tempfile::tempdir().unwrap();
    run(folder.path(), ["rules"])
        .ends_with(0)
        .prints("\n### unknown-type\n\n*warning.* A type is named that no page documents.\n")
        .prints("\nwarning[unknown-type]: no page documents the type `ship`; the value is JSON\n");
}

#[test]
fn with_links_alone_the_notice_goes() {
    let folder = small_docs();
    let all = ["codegen", "--docs", "docs", "--out", "out"];
    run(folder.path(), all).ends_with(0).prints("+ NOTICE");
    let link = [&all[..], &["--prose", "link"]].concat();
    run(folder.path(), [&link[..], &["--check"]].concat())
        .ends_with(1)
        .prints("--out out --prose link\n");
    run(folder.path(), &link).ends_with(0).prints("- NOTICE");
    let out = snapshot(&folder.path().join("out"));
    let rust = String::from_utf8(out[Path::new("src/things.rs")].clone()).unwrap();
    assert!(!rust.contains("Reads all things"), "{rust}");
    run(folder.path(), [&all[..], &["--prose", "none"]].concat())
        .ends_with(2)
        .says("[possible values: full, link]");
}
