//! The `write` stage: one test for each of its promises.

#![expect(
    clippy::unwrap_used,
    reason = "a test may panic, and so may the functions that it calls"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::{Duration, SystemTime};

use graph_codegen::tree::{GENERATED_HEADER, OutputTree};
use graph_codegen::write::{Mode, write};
use tempfile::TempDir;

#[path = "write/refusals.rs"]
mod refusals;

fn tree(files: &[(&str, &str)]) -> OutputTree {
    let files = files
        .iter()
        .map(|(path, text)| ((*path).to_owned(), generated(text)))
        .collect();
    OutputTree { files }
}

fn generated(text: &str) -> String {
    format!("// {GENERATED_HEADER} from x.md: do not edit.\n{text}")
}

fn put(root: &Path, path: &str, content: &str) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, content).unwrap();
}

/// Everything below `root`: files with their content, folders with a slash.
fn listing(root: &Path) -> BTreeMap<String, String> {
    walkdir::WalkDir::new(root)
        .min_depth(1)
        .into_iter()
        .map(|entry| {
            let entry = entry.unwrap();
            let path = entry
                .path()
                .strip_prefix(root)
                .unwrap()
                .to_str()
                .unwrap()
                .to_owned();
            match entry.file_type().is_dir() {
                true => (format!("{path}/"), String::new()),
                false => (path, fs::read_to_string(entry.path()).unwrap_or_default()),
            }
        })
        .collect()
}

#[test]
fn a_new_folder_is_filled() {
    let root = TempDir::new().unwrap();
    let out = root.path().join("deep/er");
    let tree = tree(&[("src/lib.rs", "a\n"), ("src/x/y.rs", "b\n")]);
    let changes = write(&tree, &out, Mode::Write).unwrap();
    assert_eq!(changes.added, ["src/lib.rs", "src/x/y.rs"]);
    assert!(!changes.is_empty());
    let expected = ["src/", "src/lib.rs", "src/x/", "src/x/y.rs"];
    assert_eq!(listing(&out).into_keys().collect::<Vec<_>>(), expected);
    assert_eq!(
        fs::read_to_string(out.join("src/x/y.rs")).unwrap(),
        generated("b\n")
    );
}

#[test]
fn a_second_run_touches_nothing() {
    let root = TempDir::new().unwrap();
    let tree = tree(&[("src/lib.rs", "a\n"), ("src/x.rs", "b\n")]);
    write(&tree, root.path(), Mode::Write).unwrap();
    let past = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
    for path in ["src/lib.rs", "src/x.rs"] {
        fs::File::options()
            .write(true)
            .open(root.path().join(path))
            .unwrap()
            .set_modified(past)
            .unwrap();
    }
    let changes = write(&tree, root.path(), Mode::Write).unwrap();
    assert!(changes.is_empty());
    assert_eq!(changes.unchanged, 2);
    for path in ["src/lib.rs", "src/x.rs"] {
        assert_eq!(
            fs::metadata(root.path().join(path))
                .unwrap()
                .modified()
                .unwrap(),
            past
        );
    }
}

#[test]
fn generated_files_are_replaced_and_removed() {
    let root = TempDir::new().unwrap();
    let before = tree(&[
        ("src/a.rs", "1\n"),
        ("src/b.rs", "1\n"),
        ("src/old/deep/c.rs", "1\n"),
        ("NOTICE", "1\n"),
        ("api/d.txt", "1\n"),
    ]);
    write(&before, root.path(), Mode::Write).unwrap();
    let after = tree(&[
        ("src/a.rs", "1\n"),
        ("src/b.rs", "2\n"),
        ("src/e.rs", "1\n"),
    ]);
    let changes = write(&after, root.path(), Mode::Write).unwrap();
    assert_eq!(changes.added, ["src/e.rs"]);
    assert_eq!(changes.changed, ["src/b.rs"]);
    assert_eq!(
        changes.removed,
        ["NOTICE", "api/d.txt", "src/old/deep/c.rs"]
    );
    assert_eq!(changes.unchanged, 1);
    let expected = ["src/", "src/a.rs", "src/b.rs", "src/e.rs"];
    assert_eq!(
        listing(root.path()).into_keys().collect::<Vec<_>>(),
        expected
    );
    assert_eq!(
        fs::read_to_string(root.path().join("src/b.rs")).unwrap(),
        generated("2\n")
    );
}

#[test]
fn files_of_other_origin_are_left_alone() {
    let root = TempDir::new().unwrap();
    let tree = tree(&[("src/lib.rs", "a\n")]);
    let kept = [
        ("Cargo.lock", generated("")),
        ("README.md", "mine".to_owned()),
        ("src/mine.rs", "fn mine() {}".to_owned()),
        ("src/short.rs", String::new()),
        ("src/late.rs", format!("\n// {GENERATED_HEADER}")),
        ("target/out.rs", generated("")),
        (".git/x.txt", generated("")),
        ("other/Cargo.toml", generated("")),
        ("other/src/lib.rs", generated("")),
    ];
    for (path, content) in &kept {
        put(root.path(), path, content);
    }
    put(root.path(), "src/target/gone.rs", &generated(""));
    let changes = write(&tree, root.path(), Mode::Write).unwrap();
    assert_eq!(changes.removed, ["src/target/gone.rs"]);
    for (path, content) in &kept {
        assert_eq!(
            &fs::read_to_string(root.path().join(path)).unwrap(),
            content,
            "{path}"
        );
    }
    assert!(!root.path().join("src/target").exists());
}

#[test]
fn a_folder_with_other_files_in_it_stays() {
    let root = TempDir::new().unwrap();
    put(root.path(), "src/x/gone.rs", &generated(""));
    put(root.path(), "src/x/mine.md", "mine");
    write(&tree(&[("src/lib.rs", "")]), root.path(), Mode::Write).unwrap();
    let expected = ["src/", "src/lib.rs", "src/x/", "src/x/mine.md"];
    assert_eq!(
        listing(root.path()).into_keys().collect::<Vec<_>>(),
        expected
    );
}

#[test]
fn check_and_dry_run_touch_nothing() {
    let root = TempDir::new().unwrap();
    let missing = root.path().join("missing");
    for mode in [Mode::Check, Mode::DryRun] {
        let changes = write(&tree(&[("src/lib.rs", "")]), &missing, mode).unwrap();
        assert_eq!(changes.added, ["src/lib.rs"]);
        assert!(!missing.exists());
    }
    put(root.path(), "src/a.rs", &generated("1\n"));
    put(root.path(), "src/b.rs", &generated("1\n"));
    let before = listing(root.path());
    for mode in [Mode::Check, Mode::DryRun] {
        let changes = write(
            &tree(&[("src/a.rs", "2\n"), ("src/c.rs", "")]),
            root.path(),
            mode,
        )
        .unwrap();
        assert_eq!(
            (
                changes.added.len(),
                changes.changed.len(),
                changes.removed.len()
            ),
            (1, 1, 1)
        );
        assert_eq!(changes.diffs.len(), usize::from(mode == Mode::Check));
        assert_eq!(listing(root.path()), before);
    }
}

#[test]
fn check_shows_lines_up_to_a_limit() {
    let root = TempDir::new().unwrap();
    let lines = |text: &str| {
        (0..500)
            .map(|number| format!("{text} {number}\n"))
            .collect::<String>()
    };
    let (before, after) = (lines("a"), lines("b"));
    let paths: Vec<String> = (0..9).map(|number| format!("src/x{number}.rs")).collect();
    let files = |text| {
        tree(
            &paths
                .iter()
                .map(|path| (path.as_str(), text))
                .collect::<Vec<_>>(),
        )
    };
    write(&files(&before), root.path(), Mode::Write).unwrap();
    let changes = write(&files(&after), root.path(), Mode::Check).unwrap();
    assert_eq!(changes.changed.len(), 9);
    assert_eq!(changes.diffs.len() + changes.diffs_left_out, 9);
    assert!(changes.diffs_left_out > 0);
    assert!(
        changes
            .diffs
            .iter()
            .all(|diff| diff.text.lines().count() <= 60 && diff.lines_left_out > 900)
    );

    write(
        &tree(&[("src/x.rs", "one\ntwo\n")]),
        root.path(),
        Mode::Write,
    )
    .unwrap();
    let changes = write(&tree(&[("src/x.rs", "one\n2\n")]), root.path(), Mode::Check).unwrap();
    let text = changes.diffs[0].to_string();
    assert!(
        text.starts_with("--- on disk: src/x.rs\n+++ generated: src/x.rs\n@@"),
        "{text}"
    );
    assert!(text.ends_with(" one\n-two\n+2\n"), "{text}");
}

#[test]
fn what_an_interrupted_run_left_is_replaced() {
    let root = TempDir::new().unwrap();
    put(root.path(), "src/.lib.rs.graph-codegen", "half");
    write(&tree(&[("src/lib.rs", "")]), root.path(), Mode::Write).unwrap();
    assert_eq!(
        listing(root.path()).into_keys().collect::<Vec<_>>(),
        ["src/", "src/lib.rs"]
    );
}

/// Wherever the interrupted run wrote: the next one need not write there. What cannot be such a file stays.
#[test]
fn what_an_interrupted_run_left_elsewhere_is_removed() {
    let root = TempDir::new().unwrap();
    let tree = tree(&[("src/lib.rs", "")]);
    write(&tree, root.path(), Mode::Write).unwrap();
    let begun = generated("x\n");
    for (path, content) in [
        ("src/.lib.rs.graph-codegen", &*begun),
        ("src/gone/.deep.rs.graph-codegen", &begun[..9]),
        ("documented/.users.json.graph-codegen", "{\n  \"@gene"),
        ("api/.empty.txt.graph-codegen", ""),
        (".NOTICE.graph-codegen", "# @generated by graph-codegen"),
    ] {
        put(root.path(), path, content);
    }
    let mine = [
        ("src/.mine.rs.graph-codegen", "fn mine() {}"),
        ("src/.mine.md.graph-codegen", ""),
        ("src/mine.rs.graph-codegen", ""),
        ("target/.x.rs.graph-codegen", ""),
    ];
    for (path, content) in mine {
        put(root.path(), path, content);
    }
    let before = listing(root.path());
    for mode in [Mode::Check, Mode::DryRun] {
        assert!(write(&tree, root.path(), mode).unwrap().is_empty());
        assert_eq!(listing(root.path()), before);
    }
    assert!(write(&tree, root.path(), Mode::Write).unwrap().is_empty());
    let mut expected: Vec<&str> = mine.iter().map(|(path, _)| *path).collect();
    expected.extend(["src/", "src/lib.rs", "target/"]);
    expected.sort_unstable();
    assert_eq!(
        listing(root.path()).into_keys().collect::<Vec<_>>(),
        expected
    );
}

#[test]
fn a_relative_folder_works() {
    // The folder of the package: nothing is written in this mode.
    let changes = write(
        &tree(&[("src/lib.rs", "")]),
        Path::new("no-such-folder"),
        Mode::DryRun,
    )
    .unwrap();
    assert_eq!(changes.added, ["src/lib.rs"]);
}
