//! Output that cannot be written, or where something else stands.

use std::fs;

use crate::running::{docs_input, put, run, small_docs, snapshot};

#[test]
fn a_folder_below_a_file_cannot_be_written() {
    let folder = small_docs();
    put(folder.path(), "file", "text");
    let arguments = ["codegen", "--docs", "docs", "--out", "file/sdk"];
    run(folder.path(), arguments).ends_with(2).says("file/sdk");
    let arguments = ["codegen", "--docs", "docs", "--out", "file"];
    run(folder.path(), arguments)
        .ends_with(2)
        .says("`file` is not a folder");
    assert_eq!(fs::read(folder.path().join("file")).unwrap(), b"text");
}

#[test]
fn a_foreign_file_in_the_way_is_refused() {
    let folder = small_docs();
    put(folder.path(), "out/src/lib.rs", "fn mine() {}\n");
    put(folder.path(), "out/notes.txt", "mine too\n");
    let before = snapshot(&folder.path().join("out"));
    for mode in [&[][..], &["--check"], &["--dry-run"]] {
        let arguments = ["codegen", "--docs", "docs", "--out", "out"];
        run(folder.path(), arguments.iter().chain(mode))
            .ends_with(2)
            .says("out/src/lib.rs")
            .says("not written by graph-codegen");
        assert_eq!(snapshot(&folder.path().join("out")), before);
    }
}

#[test]
fn foreign_files_elsewhere_stay() {
    let folder = small_docs();
    let foreign = [
        "out/README.md",
        "out/src/extra.rs",
        "out/tests/mine.rs",
        "out/.git/config",
    ];
    for path in foreign {
        put(folder.path(), path, "// mine\n");
    }
    let arguments = ["codegen", "--docs", "docs", "--out", "out"];
    run(folder.path(), arguments).ends_with(0);
    fs::remove_file(folder.path().join("docs/api/thing-list.md")).unwrap();
    run(folder.path(), arguments).ends_with(0).prints("- ");
    for path in foreign {
        assert_eq!(
            fs::read(folder.path().join(path)).unwrap(),
            b"// mine\n",
            "{path}"
        );
    }
}

#[test]
fn a_file_of_findings_that_cannot_be_written_stops_the_writing() {
    let folder = small_docs();
    put(folder.path(), "file", "text");
    for path in ["file/findings.json", "no/such/folder/findings.json", "docs"] {
        let arguments = [
            "codegen",
            "--docs",
            "docs",
            "--out",
            "out",
            "--diagnostics",
            path,
        ];
        run(folder.path(), arguments)
            .ends_with(2)
            .says(&format!("cannot write `{path}`"));
        assert!(!folder.path().join("out").exists());
    }
    assert_eq!(snapshot(folder.path()).len(), 3);
}

#[test]
fn a_model_that_cannot_be_written() {
    let folder = small_docs();
    let arguments = ["model", "--docs", "docs", "-o", "no/such/folder/model.json"];
    run(folder.path(), arguments)
        .ends_with(2)
        .says("cannot write `no/such/folder/model.json`");
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_reported_and_a_closed_pipe_is_not() {
    use std::process::{Command, Stdio};
    let full = fs::File::options().write(true).open("/dev/full").unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_xtask"))
        .arg("rules")
        .stdout(full)
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("standard output"));

    let mut child = Command::new(env!("CARGO_BIN_EXE_xtask"))
        .args(["model", "--docs"])
        .arg(docs_input())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert!(!String::from_utf8_lossy(&output.stderr).contains("error"));
}

/// A device cannot be replaced by a file, and a link stays one.
#[cfg(unix)]
#[test]
fn devices_and_links_are_written_to() {
    use std::os::unix::fs::{FileTypeExt, symlink};
    let folder = small_docs();
    run(
        folder.path(),
        ["model", "--docs", "docs", "-o", "/dev/null"],
    )
    .ends_with(0);
    let null = fs::metadata("/dev/null").unwrap().file_type();
    assert!(null.is_char_device());

    put(folder.path(), "real.json", "old");
    let link = folder.path().join("link.json");
    symlink("real.json", &link).unwrap();
    run(
        folder.path(),
        ["model", "--docs", "docs", "-o", "link.json"],
    )
    .ends_with(0);
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    let text = fs::read_to_string(folder.path().join("real.json")).unwrap();
    assert!(text.contains("/things"));
}
