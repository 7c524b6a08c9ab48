//! Runs the command and looks at what it leaves behind.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A page of one operation.
pub(crate) const PAGE: &str = "# List things\n\nReads all things.\n\n## HTTP request\n\n```http\nGET /things\n```\n\n\
    ## Response\n\nA `200 OK` response code and a collection of [thing](../resources/thing.md) objects.\n";

/// The type of that operation.
pub(crate) const TYPE: &str = "# thing resource type\n\nNamespace: microsoft.graph\n\nA thing.\n\n## Properties\n\n\
    |Property|Type|Description|\n|:---|:---|:---|\n|id|String|The key.|\n|size|Int32|The size.|\n";

/// What a run of the command came to.
#[derive(Debug)]
pub(crate) struct Ran {
    /// The exit code.
    pub(crate) code: i32,
    /// What it wrote to stdout.
    pub(crate) out: String,
    /// What it wrote to stderr.
    pub(crate) err: String,
}

impl Ran {
    /// Holds the run to an exit code.
    #[track_caller]
    pub(crate) fn ends_with(self, code: i32) -> Self {
        assert_eq!(
            self.code, code,
            "stdout:\n{}\nstderr:\n{}",
            self.out, self.err
        );
        self
    }

    /// Holds the messages to a text.
    #[track_caller]
    pub(crate) fn says(self, text: &str) -> Self {
        assert!(
            self.err.contains(text),
            "no {text:?} in stderr:\n{}",
            self.err
        );
        self
    }

    /// Holds the results to a text.
    #[track_caller]
    pub(crate) fn prints(self, text: &str) -> Self {
        assert!(
            self.out.contains(text),
            "no {text:?} in stdout:\n{}",
            self.out
        );
        self
    }
}

/// Runs the command in `folder`.
#[track_caller]
pub(crate) fn run<I: AsRef<OsStr>>(folder: &Path, arguments: impl IntoIterator<Item = I>) -> Ran {
    let output = Command::new(env!("CARGO_BIN_EXE_xtask"))
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap();
    let ran = Ran {
        code: output.status.code().expect("ended by a signal"),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    };
    assert!(!ran.err.contains("panicked at"), "{}", ran.err);
    assert!(
        !ran.err.contains('\u{1b}') && !ran.out.contains('\u{1b}'),
        "colours without a terminal"
    );
    ran
}

/// Writes a file and the folders above it.
pub(crate) fn put(folder: &Path, path: &str, content: impl AsRef<[u8]>) -> PathBuf {
    let path = folder.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(&path, content).unwrap();
    path
}

/// A folder with `docs`: one operation and its type.
pub(crate) fn small_docs() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), "docs/api/thing-list.md", PAGE);
    put(folder.path(), "docs/resources/thing.md", TYPE);
    folder
}

/// The pages of this repository.
pub(crate) fn docs_input() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .unwrap()
        .join("docs-input")
}

/// Copies a folder.
pub(crate) fn copy(from: &Path, to: &Path) {
    for (path, content) in snapshot(from) {
        put(to, path.to_str().unwrap(), content);
    }
}

/// What a run keeps below the crate for the next one, which is no part of it.
pub(crate) const RECORD: &str = "target/graph-codegen";

/// All files below a folder with their content, but no records of runs; links are named, not followed.
pub(crate) fn snapshot(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut files = BTreeMap::new();
    collect(folder, folder, &mut files);
    files
}

fn collect(root: &Path, folder: &Path, files: &mut BTreeMap<PathBuf, Vec<u8>>) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for entry in entries {
        let entry = entry.unwrap();
        let path = entry.path();
        let below = path.strip_prefix(root).unwrap().to_owned();
        let kind = entry.file_type().unwrap();
        if kind.is_dir() {
            if !below.ends_with(RECORD) {
                collect(root, &path, files);
            }
        } else if kind.is_symlink() {
            let target = fs::read_link(&path).unwrap();
            files.insert(below, target.into_os_string().into_encoded_bytes());
        } else {
            files.insert(below, fs::read(&path).unwrap());
        }
    }
}

/// Runs git in a folder, whatever the settings of the machine are, and gives what it prints.
#[track_caller]
pub(crate) fn git(folder: &Path, arguments: &[&str]) -> String {
    let output = Command::new("git")
        .args(["-c", "user.name=A", "-c", "user.email=a@example.com"])
        .args(["-c", "init.defaultBranch=main"])
        .args(arguments)
        .current_dir(folder)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env_remove("GIT_DIR")
        .env_remove("GIT_INDEX_FILE")
        .env_remove("GIT_WORK_TREE")
        .output()
        .unwrap();
    assert!(output.status.success(), "{arguments:?}: {output:?}");
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}
