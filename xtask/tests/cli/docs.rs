//! `docs fetch`, from a repository on this machine.

use std::fs;
use std::path::Path;

use crate::running::{PAGE, Ran, TYPE, git, put, run, snapshot};

/// A folder with a bare repository `docs.git` of two commits, tagged `one` and `two`; their pages differ.
fn repository() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let work = folder.path().join("work");
    put(&work, "api-reference/v1.0/api/thing-list.md", PAGE);
    put(&work, "api-reference/v1.0/resources/thing.md", TYPE);
    put(&work, "api-reference/beta/api/other.md", PAGE);
    put(&work, "concepts/overview.md", "# Not asked for\n");
    git(&work, &["init", "--quiet"]);
    git(&work, &["add", "."]);
    git(&work, &["commit", "--quiet", "-m", "one"]);
    git(&work, &["tag", "one"]);
    let longer = TYPE.replace("The size.", "How large it is.");
    put(&work, "api-reference/v1.0/resources/thing.md", longer);
    git(&work, &["commit", "--quiet", "-am", "two"]);
    git(&work, &["tag", "two"]);
    git(
        folder.path(),
        &["clone", "--quiet", "--bare", "work", "docs.git"],
    );
    folder
}

fn fetch(folder: &Path, rev: &str, more: &[&str]) -> Ran {
    let url = folder.join("docs.git");
    let url = url.to_str().unwrap();
    let arguments = ["docs", "fetch", "--repo", url, "--rev", rev];
    let rest = ["--path", "api-reference/v1.0", "-o", "docs"];
    run(folder, arguments.iter().chain(&rest).chain(more))
}

#[test]
fn a_folder_at_a_commit_is_fetched_and_pinned() {
    let folder = repository();
    let folder = folder.path();
    let commit = git(&folder.join("work"), &["rev-parse", "one"]);
    fetch(folder, "one", &[])
        .ends_with(0)
        .prints("fetched api-reference/v1.0 of")
        .prints(&commit)
        .prints("recorded in graph-codegen.lock");
    let files: Vec<String> = snapshot(&folder.join("docs"))
        .into_keys()
        .map(|path| path.display().to_string())
        .collect();
    assert_eq!(
        files,
        [".fetched.toml", "api/thing-list.md", "resources/thing.md"]
    );
    let lock = fs::read_to_string(folder.join("graph-codegen.lock")).unwrap();
    for line in [
        format!("commit = \"{commit}\""),
        "path = \"api-reference/v1.0\"".to_owned(),
    ] {
        assert!(lock.contains(&line), "{line}\n{lock}");
    }

    // A later commit, by its name in full; then what the lock says, into another folder.
    let second = git(&folder.join("work"), &["rev-parse", "two"]);
    fetch(folder, &second, &[]).ends_with(0);
    let docs = snapshot(&folder.join("docs"));
    assert!(
        docs.values()
            .any(|text| { String::from_utf8_lossy(text).contains("How large it is.") })
    );
    run(folder, ["docs", "fetch", "--locked", "-o", "again"]).ends_with(0);
    assert_eq!(snapshot(&folder.join("again")), docs);
}

#[test]
fn the_version_is_that_of_the_fetched_folder_and_a_path_is_one_from_here() {
    let folder = repository();
    let folder = folder.path();
    let arguments = ["docs", "fetch", "--repo", "docs.git", "--rev", "one"];
    let beta = ["--path", "api-reference/beta", "-o", "pages"];
    run(folder, arguments.iter().chain(&beta)).ends_with(0);
    run(folder, ["model", "--docs", "pages"])
        .ends_with(0)
        .prints("\"version\": \"beta\"");
}

#[test]
fn generating_says_which_commit_is_locked() {
    let folder = repository();
    let folder = folder.path();
    fetch(folder, "one", &[]).ends_with(0);
    let generate = |more: &[&str]| {
        let arguments = ["codegen", "--docs", "docs", "--out", "sdk"];
        run(folder, arguments.iter().chain(more))
    };
    generate(&["--lock", "graph-codegen.lock"]).ends_with(0);
    generate(&["--locked"]).ends_with(0);
    fetch(folder, "two", &["--lock", "other.lock"]).ends_with(0);
    let first = git(&folder.join("work"), &["rev-parse", "one"]);
    let second = git(&folder.join("work"), &["rev-parse", "two"]);
    generate(&["--locked"])
        .ends_with(1)
        .says("the inputs are not those of graph-codegen.lock")
        .says(&first)
        .says(&second)
        .says("nothing was written");
}

#[test]
fn other_pages_under_the_name_of_the_commit_are_refused() {
    let folder = repository();
    let folder = folder.path();
    fetch(folder, "one", &[]).ends_with(0);
    let before = snapshot(&folder.join("docs"));
    let lock = folder.join("graph-codegen.lock");
    let text = fs::read_to_string(&lock).unwrap();
    let other: Vec<String> = text
        .lines()
        .map(|line| match line.starts_with("content") {
            true => "content = \"sha256:00\"".to_owned(),
            false => line.to_owned(),
        })
        .collect();
    fs::write(&lock, other.join("\n")).unwrap();
    run(folder, ["docs", "fetch", "--locked", "-o", "docs"])
        .ends_with(1)
        .says("the documentation: locked sha256:00")
        .says("nothing was replaced");
    assert_eq!(snapshot(&folder.join("docs")), before);
}

#[test]
fn what_cannot_be_fetched_leaves_all_as_it_was() {
    let folder = repository();
    let folder = folder.path();
    put(folder, "docs/mine.md", "# Mine\n");
    fetch(folder, "one", &[])
        .ends_with(2)
        .says("docs holds files that were not fetched");
    fs::remove_file(folder.join("docs/mine.md")).unwrap();
    fetch(folder, "three", &[]).ends_with(2).says("failed:");
    let url = folder.join("docs.git");
    let url = url.to_str().unwrap();
    let with = |repo: &str, rev: &str, path: &str| {
        let arguments = ["docs", "fetch", "--repo", repo, "--rev", rev];
        run(
            folder,
            arguments.iter().chain(&["--path", path, "-o", "docs"]),
        )
    };
    with(url, "one", "no/such")
        .ends_with(2)
        .says("there is no folder no/such");
    for path in ["../x", "/etc", "a//b", ".git"] {
        with(url, "one", path)
            .ends_with(2)
            .says("is not a folder in the repository");
    }
    with("no-such-repository", "one", "api")
        .ends_with(2)
        .says("git fetch");
    let refused = with("https://me:secret@localhost/x", "one", "api")
        .ends_with(2)
        .says("holds credentials");
    assert!(!refused.err.contains("secret"));
    run(folder, ["docs", "fetch", "--locked", "-o", "docs"])
        .ends_with(2)
        .says("does not say where the documentation is from");
    let left: Vec<_> = snapshot(folder)
        .into_keys()
        .filter(|path| !path.starts_with("work") && !path.starts_with("docs.git"))
        .collect();
    assert!(left.is_empty(), "{left:?}");
}

/// A run that fetches into a folder has the folder beside it for itself; what a run left there that was killed goes.
#[cfg(unix)]
#[test]
fn two_runs_do_not_fetch_into_one_folder() {
    let folder = repository();
    let folder = folder.path();
    put(folder, ".docs.part/.git/config", "half");
    put(folder, ".docs.old/api/old.md", "# Old\n");
    let other = fs::File::open(folder.join(".docs.part")).unwrap();
    other.try_lock().unwrap();
    fetch(folder, "one", &[])
        .ends_with(2)
        .says("another run is at work in `.docs.part`");
    assert!(!folder.join("docs").exists());
    assert!(folder.join(".docs.part/.git/config").exists());
    other.unlock().unwrap();
    fetch(folder, "one", &[]).ends_with(0);
    fetch(folder, "two", &[]).ends_with(0);
    assert!(!folder.join(".docs.part").exists() && !folder.join(".docs.old").exists());
}
