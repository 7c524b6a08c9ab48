//! `api-diff`: crates in folders and in commits, what is printed, and how the command ends.

use std::path::Path;
use std::process::Command;

use crate::running::{TYPE, put, run, small_docs};

/// A folder with the documentation and the crate of it, `old`, and the crate of a changed documentation, `new`.
fn two_crates() -> tempfile::TempDir {
    let folder = small_docs();
    let write = |out: &str| {
        run(folder.path(), ["codegen", "--docs", "docs", "--out", out]).ends_with(0);
    };
    write("old");
    let changed = TYPE.replace("|size|Int32|The size.|", "|weight|Int32|The weight.|");
    put(folder.path(), "docs/resources/thing.md", changed);
    write("new");
    folder
}

fn git(folder: &Path, arguments: &[&str]) {
    let ran = Command::new("git")
        .args(["-c", "user.name=A", "-c", "user.email=a@b.example"])
        .args(["-c", "commit.gpgsign=false", "-c", "core.hooksPath=none"])
        .args(arguments)
        .current_dir(folder)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env_remove("GIT_DIR")
        .env_remove("GIT_INDEX_FILE")
        .env_remove("GIT_WORK_TREE")
        .output()
        .unwrap();
    assert!(ran.status.success(), "{arguments:?}: {ran:?}");
}

#[test]
fn folders_are_compared() {
    let folder = two_crates();
    let ran = run(folder.path(), ["api-diff", "old", "new"])
        .ends_with(0)
        .prints("# Public API: `old` → `new`")
        .prints("**1 breaking**, 1 additive, 0 documentation-only.")
        .prints("- fields removed: `size: i32`")
        .prints("- new fields: `weight: i32`");
    assert_eq!(ran.err, "");
    run(folder.path(), ["api-diff", "old", "new", "--summary"])
        .ends_with(0)
        .prints("| `models` | 1 | 1 | 0 |");
    run(
        folder.path(),
        ["api-diff", "old", "new", "--format", "json"],
    )
    .ends_with(0)
    .prints("\"rule\": \"field-removed\"");
}

#[test]
fn the_exit_code_says_whether_there_is_such_a_change() {
    let folder = two_crates();
    for (old, new, fail_on, code) in [
        ("old", "new", "breaking", 1),
        ("old", "old", "any", 0),
        ("old", "docs-only", "breaking", 0),
        ("old", "docs-only", "additive", 0),
        ("old", "docs-only", "any", 1),
        ("less", "old", "breaking", 0),
        ("less", "old", "additive", 1),
        ("old", "less", "additive", 1),
    ] {
        for (name, page) in [
            ("docs-only", TYPE.replace("The size.", "The length.")),
            ("less", TYPE.replace("|size|Int32|The size.|\n", "")),
        ] {
            if [old, new].contains(&name) && !folder.path().join(name).exists() {
                put(folder.path(), "docs/resources/thing.md", page);
                run(folder.path(), ["codegen", "--docs", "docs", "--out", name]).ends_with(0);
            }
        }
        run(folder.path(), ["api-diff", old, new, "--fail-on", fail_on]).ends_with(code);
    }
}

#[test]
fn commits_are_compared() {
    let folder = two_crates();
    let path = folder.path();
    git(path, &["init", "--quiet", "repo"]);
    let repo = path.join("repo");
    std::fs::rename(path.join("old"), repo.join("generated")).unwrap();
    git(&repo, &["add", "."]);
    git(&repo, &["commit", "--quiet", "--message", "old"]);
    std::fs::rename(repo.join("generated"), path.join("old")).unwrap();
    std::fs::create_dir(repo.join("deep")).unwrap();
    std::fs::rename(path.join("new"), repo.join("deep/crate")).unwrap();
    git(&repo, &["add", "."]);
    git(&repo, &["commit", "--quiet", "--message", "new"]);
    let diff = |old: &str, new: &str| run(path, ["api-diff", old, new, "--repo", "repo"]);
    let found = diff("HEAD~1", "HEAD:deep/crate/").ends_with(0);
    let folders = run(path, ["api-diff", "old", "repo/deep/crate"]).ends_with(0);
    let body = |text: &str| text.lines().skip(1).collect::<Vec<_>>().join("\n");
    assert_eq!(body(&found.out), body(&folders.out));
    diff("old", "HEAD~1")
        .ends_with(0)
        .prints("No public item has changed");
    diff("HEAD~1", "HEAD")
        .ends_with(2)
        .says("`HEAD`: no listing in api/");
    diff("HEAD~9", "HEAD")
        .ends_with(2)
        .says("`HEAD~9`: neither a folder, nor a commit");
    diff("HEAD", "HEAD:deep/crate/api/models.txt").ends_with(2);
    run(path, ["api-diff", "HEAD", "old", "--repo", "nowhere"])
        .ends_with(2)
        .says("nowhere");
}

#[test]
fn what_is_no_crate_is_wrong_usage() {
    let folder = two_crates();
    let path = folder.path();
    std::fs::create_dir(path.join("empty")).unwrap();
    run(path, ["api-diff", "empty", "new"])
        .ends_with(2)
        .says("`empty`: no listing in api/");
    run(path, ["api-diff", "nowhere", "new"])
        .ends_with(2)
        .says("`nowhere`: neither a folder");
    run(path, ["api-diff", "old"]).ends_with(2).says("<NEW>");
    run(path, ["api-diff", "old", "new", "--fail-on", "much"])
        .ends_with(2)
        .says("much");
    let listing = path.join("old/api/models.txt");
    let mut text = std::fs::read_to_string(&listing).unwrap();
    let line = text.lines().count() + 1;
    text.push_str("<<<<<<< HEAD\n");
    std::fs::write(&listing, text).unwrap();
    let ran = run(path, ["api-diff", "old", "new"])
        .ends_with(2)
        .says(&format!(
            "api/models.txt:{line}: expected the path of an item"
        ));
    assert_eq!(ran.out, "");
    std::fs::write(&listing, b"# @generated by graph-codegen\n\xff\n").unwrap();
    run(path, ["api-diff", "old", "new"])
        .ends_with(2)
        .says("models.txt");
}

#[test]
fn pages_and_saved_models_are_compared_as_the_crates_that_they_give() {
    let folder = two_crates();
    let folder = folder.path();
    let saved = ["model", "--docs", "docs", "--complete", "-o", "new.json"];
    run(folder, saved).ends_with(0);
    for same in ["docs", "new.json"] {
        run(folder, ["api-diff", "new", same, "--fail-on", "any"]).ends_with(0);
        run(folder, ["api-diff", "old", same, "--fail-on", "breaking"])
            .ends_with(1)
            .prints("**1 breaking**, 1 additive, 0 documentation-only.");
    }
    put(folder, "empty.json", "{}");
    run(folder, ["api-diff", "old", "empty.json"])
        .ends_with(2)
        .says("not a saved model");
}
