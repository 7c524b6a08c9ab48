//! `init`, and the crate that it writes: what it sends, and when it is built anew.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::running::{copy, docs_input, put, run, snapshot};

/// A folder with our own pages in `docs` and a crate in `app`.
fn started() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    copy(&docs_input(), &folder.path().join("docs"));
    run(
        folder.path(),
        ["init", "app", "--docs", "docs", "--select", "users"],
    )
    .ends_with(0)
    .prints("17 operations")
    .prints("cargo test");
    folder
}

fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .unwrap()
        .to_owned()
}

/// Runs cargo on the crate, in a folder for what is built that outlives the test, and gives what it says.
fn cargo(folder: &Path, arguments: &[&str], wish: Option<&str>) -> (bool, String) {
    let mut command = Command::new(env!("CARGO"));
    command
        .args(arguments)
        .args(["--offline", "--verbose", "--color=never"])
        .current_dir(folder.join("app"))
        .env("CARGO_TARGET_DIR", workspace().join("target/init"))
        .env("RUSTFLAGS", "-D warnings")
        .env_remove("GRAPH_CODEGEN_LOCK");
    if let Some(wish) = wish {
        command.env("GRAPH_CODEGEN_LOCK", wish);
    }
    let output = command.output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    (output.status.success(), said)
}

/// How often the build script of the crate ran, and how many packages were compiled.
#[track_caller]
fn built(folder: &Path) -> (usize, usize) {
    let (success, said) = cargo(folder, &["build"], None);
    assert!(success, "{said}");
    let count = |holds: &dyn Fn(&str) -> bool| said.lines().filter(|line| holds(line)).count();
    let is_script = |line: &str| {
        line.trim_start().starts_with("Running")
            && line.contains("/app-")
            && line.contains("build-script-build")
    };
    (
        count(&is_script),
        count(&|line| line.trim_start().starts_with("Compiling")),
    )
}

#[test]
fn nothing_is_written_over() {
    let folder = started();
    let before = snapshot(folder.path());
    run(folder.path(), ["init", "app", "--docs", "docs"])
        .ends_with(2)
        .says("app/Cargo.toml is there already; expected a folder without it");
    assert_eq!(snapshot(folder.path()), before);
}

#[test]
fn the_crate_sends_a_request_and_is_built_anew_only_when_an_input_changed() {
    let folder = started();
    let folder = folder.path();
    fs::copy(
        workspace().join("Cargo.lock"),
        folder.join("app/Cargo.lock"),
    )
    .unwrap();
    let (success, said) = cargo(folder, &["test"], None);
    assert!(success, "{said}");

    let (scripts, _) = built(folder);
    assert!(scripts <= 1);
    assert_eq!(built(folder), (0, 0), "nothing changed");
    put(folder, "app/README.md", "No input.");
    put(folder, "readme.md", "No input either.");
    assert_eq!(built(folder), (0, 0), "no input changed");

    // Without a lock, as in a crate that follows its documentation.
    let script = folder.join("app/build.rs");
    let text = fs::read_to_string(&script).unwrap();
    let locked = "        .lock(\"graph-codegen.lock\")\n";
    assert!(text.contains(locked));

    let page = folder.join("docs/api/user-list.md");
    let before = fs::read_to_string(&page).unwrap();
    fs::write(
        &page,
        before.replace("## Response", "One word more.\n\n## Response"),
    )
    .unwrap();
    let (success, said) = cargo(folder, &["build"], None);
    assert!(!success);
    for line in [
        "the inputs are not those of graph-codegen.lock:",
        "the documentation: locked sha256:",
        "to take the inputs as they are, build with GRAPH_CODEGEN_LOCK=update",
    ] {
        assert!(said.contains(line), "{line}\n{said}");
    }
    assert!(!said.contains("panicked"), "{said}");

    let (success, said) = cargo(folder, &["build"], Some("update"));
    assert!(success, "{said}");
    built(folder);
    assert_eq!(built(folder), (0, 0), "the new lock holds");

    fs::write(&script, text.replace(locked, "")).unwrap();
    assert_eq!(built(folder), (1, 1), "the script itself changed");
    put(folder, "docs/api/new-page.md", "# Nothing\n");
    assert_eq!(built(folder), (1, 1), "there is a new page");
    fs::remove_file(folder.join("docs/api/new-page.md")).unwrap();
    assert_eq!(built(folder), (1, 1), "a page is gone");
    assert_eq!(built(folder), (0, 0), "nothing changed");
}
