//! What `write` refuses, and that a refusal leaves no trace.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use graph_codegen::tree::OutputTree;
use graph_codegen::write::{Mode, WriteError, write};
use tempfile::TempDir;

use crate::{generated, listing, put, tree};

#[test]
fn a_file_of_other_origin_in_the_way_is_refused_before_anything_is_written() {
    let root = TempDir::new().unwrap();
    put(root.path(), "src/b.rs", "mine");
    put(root.path(), "src/c.rs/x", "a folder");
    put(root.path(), "src/old.rs", &generated(""));
    put(root.path(), "src/d", "a file where a folder is needed");
    let before = listing(root.path());
    let tree = tree(&[
        ("src/a.rs", ""),
        ("src/b.rs", ""),
        ("src/c.rs", ""),
        ("src/d/e.rs", ""),
        ("src/d/f.rs", ""),
    ]);
    for mode in [Mode::Write, Mode::Check, Mode::DryRun] {
        let error = write(&tree, root.path(), mode).unwrap_err();
        let WriteError::Foreign(paths) = &error else {
            panic!("{error}")
        };
        assert_eq!(
            *paths,
            ["src/b.rs", "src/c.rs", "src/d"].map(|path| root.path().join(path))
        );
        assert!(error.to_string().contains("src/b.rs"), "{error}");
        assert_eq!(listing(root.path()), before);
    }
}

#[test]
fn many_files_in_the_way_are_counted() {
    let root = TempDir::new().unwrap();
    let paths: Vec<String> = (10..23).map(|number| format!("src/x{number}.rs")).collect();
    for path in &paths {
        put(root.path(), path, "mine");
    }
    let files: Vec<(&str, &str)> = paths.iter().map(|path| (path.as_str(), "")).collect();
    let text = write(&tree(&files), root.path(), Mode::Write)
        .unwrap_err()
        .to_string();
    assert!(
        text.contains("x19.rs` and 3 more;") && !text.contains("x20.rs"),
        "{text}"
    );
}

#[cfg(unix)]
#[test]
fn links_are_neither_followed_nor_replaced() {
    use std::os::unix::fs::symlink;

    let root = TempDir::new().unwrap();
    let elsewhere = TempDir::new().unwrap();
    put(elsewhere.path(), "x.rs", &generated("1"));
    let before = listing(elsewhere.path());
    let out = root.path();

    // A link to a folder, and one to a file, that nothing has to be written to.
    fs::create_dir(out.join("src")).unwrap();
    symlink(elsewhere.path(), out.join("src/linked")).unwrap();
    symlink(elsewhere.path().join("x.rs"), out.join("src/linked.rs")).unwrap();
    let changes = write(&tree(&[("src/a.rs", "")]), out, Mode::Write).unwrap();
    assert!(changes.removed.is_empty());
    assert!(out.join("src/linked.rs").is_symlink() && out.join("src/linked").is_symlink());

    // The same, in the way.
    for path in ["src/linked.rs", "src/linked/x.rs"] {
        let error = write(&tree(&[(path, "2")]), out, Mode::Write).unwrap_err();
        assert!(matches!(&error, WriteError::Foreign(_)), "{error}");
    }
    // And under the name of a temporary file.
    symlink(
        elsewhere.path().join("x.rs"),
        out.join("src/.b.rs.graph-codegen"),
    )
    .unwrap();
    write(&tree(&[("src/b.rs", "2")]), out, Mode::Write).unwrap();
    assert_eq!(listing(elsewhere.path()), before);
    assert!(!out.join("src/b.rs").is_symlink());
}

#[test]
fn an_output_that_is_a_file_is_refused() {
    let root = TempDir::new().unwrap();
    put(root.path(), "out", "mine");
    let out = root.path().join("out");
    let error = write(&tree(&[("src/lib.rs", "")]), &out, Mode::Write).unwrap_err();
    assert!(
        matches!(&error, WriteError::NotAFolder(path) if *path == out),
        "{error}"
    );
    // Below a file, nothing can be created, whoever runs this.
    let error = write(
        &tree(&[("src/lib.rs", "")]),
        &out.join("below/it"),
        Mode::Write,
    )
    .unwrap_err();
    assert!(matches!(&error, WriteError::Io { .. }), "{error}");
    assert!(error.to_string().contains("out/below/it"), "{error}");
    assert_eq!(fs::read_to_string(out).unwrap(), "mine");
}

#[cfg(target_os = "linux")]
#[test]
fn a_folder_that_cannot_be_created_is_named() {
    // Not even root can create a folder there.
    let out = Path::new("/proc/graph-codegen-test");
    let error = write(&tree(&[("src/lib.rs", "")]), out, Mode::Write).unwrap_err();
    assert!(
        matches!(
            &error,
            WriteError::Io {
                action: "create",
                ..
            }
        ),
        "{error}"
    );
    assert!(
        error.to_string().contains("/proc/graph-codegen-test"),
        "{error}"
    );
}

#[test]
fn an_error_leaves_the_folder_as_it_was() {
    let root = TempDir::new().unwrap();
    let before = tree(&[("src/a.rs", "1\n"), ("src/old.rs", "1\n")]);
    write(&before, root.path(), Mode::Write).unwrap();
    // The name of its temporary file is taken by a folder, so the second file cannot be staged, whoever runs this.
    put(root.path(), "src/.z.rs.graph-codegen/x", "");
    let listed = listing(root.path());
    let after = tree(&[
        ("src/a.rs", "2\n"),
        ("src/new/b.rs", "2\n"),
        ("src/z.rs", "2\n"),
    ]);
    let error = write(&after, root.path(), Mode::Write).unwrap_err();
    assert!(matches!(&error, WriteError::Io { .. }), "{error}");
    assert_eq!(listing(root.path()), listed);
}

#[test]
fn paths_out_of_the_folder_are_refused() {
    let root = TempDir::new().unwrap();
    let out = root.path().join("out");
    for path in [
        "/etc/x.rs",
        "../x.rs",
        "src/../../x.rs",
        "src\\x.rs",
        "C:/x.rs",
        "",
        "src//x.rs",
        "./x.rs",
        "a\0.rs",
    ] {
        let error = write(&tree(&[("src/lib.rs", ""), (path, "")]), &out, Mode::Write).unwrap_err();
        assert!(matches!(&error, WriteError::Path { .. }), "{path}: {error}");
    }
    let error = write(&tree(&[("src", ""), ("src/lib.rs", "")]), &out, Mode::Write).unwrap_err();
    assert!(matches!(&error, WriteError::Path { .. }), "{error}");
    assert!(!out.exists());
}

/// Each is a file on one system, and another file, none, or a device on the next.
#[test]
fn paths_that_are_not_one_file_everywhere_are_refused() {
    let root = TempDir::new().unwrap();
    let out = root.path().join("out");
    let (long, deep) = (format!("src/{}.rs", "x".repeat(260)), "x/".repeat(600));
    for (path, reason) in [
        ("src/con.rs", "device"),
        ("nul", "device"),
        ("src/AUX/x.rs", "device"),
        ("src/com1.tar.rs", "device"),
        ("api/Lpt9 .txt", "device"),
        ("src/CONOUT$", "device"),
        ("src/x.", "dot or a blank"),
        ("src /x.rs", "dot or a blank"),
        ("src/.../x.rs", "dot or a blank"),
        (&long, "a part of it is longer"),
        (&format!("{deep}x.rs"), "longer than paths"),
        ("src/na\u{ef}ve.rs", "character"),
        ("src/nai\u{308}ve.rs", "character"),
        ("src/\u{202e}sr.x", "character"),
        ("src/x\u{7}.rs", "character"),
        ("src/x?.rs", "character"),
        ("src/x:y.rs", "absolute"),
        ("SRC/x.rs", "letter case"),
        ("src/Lib.rs", "letter case"),
        ("src/lib/x.rs", ""),
        ("src/console.rs", ""),
        ("src/com10.rs", ""),
    ] {
        let written = write(&tree(&[("src/lib.rs", ""), (path, "")]), &out, Mode::Write);
        match (reason, written) {
            ("", written) => drop(written.unwrap()),
            (reason, Err(error @ WriteError::Path { .. })) => {
                assert!(error.to_string().contains(reason), "{path}: {error}");
            }
            (_, other) => panic!("{path}: {other:?}"),
        }
    }
}

#[test]
fn a_file_that_the_next_run_would_not_know_is_refused() {
    let root = TempDir::new().unwrap();
    let files = BTreeMap::from([("src/lib.rs".to_owned(), "fn main() {}".to_owned())]);
    let error = write(&OutputTree { files }, root.path(), Mode::Write).unwrap_err();
    assert!(matches!(&error, WriteError::Path { .. }), "{error}");
}
