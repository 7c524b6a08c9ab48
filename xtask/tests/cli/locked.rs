//! `--lock`, `--locked`, and saved models.

use std::fs;

use crate::running::{copy, docs_input, put, run, small_docs, snapshot};

#[test]
fn each_input_that_differs_is_named() {
    let folder = small_docs();
    let folder = folder.path();
    put(
        folder,
        "profile.toml",
        include_str!("../../../codegen/profiles/graph.toml"),
    );
    let generate = |more: &[&str]| {
        let arguments = ["codegen", "--docs", "docs", "--out", "sdk"];
        run(folder, arguments.iter().chain(more))
    };
    generate(&["--locked"])
        .ends_with(2)
        .says("cannot read the lock graph-codegen.lock");
    generate(&["--lock", "graph-codegen.lock", "--select", "things"]).ends_with(0);
    let locked = |more: &[&str]| generate(&[&["--locked"], more].concat());
    locked(&["--select", "things"]).ends_with(0);
    locked(&["--select", "GET /things"])
        .ends_with(1)
        .says("select: `things` is locked and not asked for")
        .says("select: `GET /things` is asked for and not locked");
    locked(&["--select", "things", "--prose", "link"])
        .ends_with(1)
        .says("prose: locked none, found link");
    let profile = folder.join("profile.toml");
    let text = fs::read_to_string(&profile).unwrap();
    fs::write(&profile, format!("# Mine\n{text}")).unwrap();
    locked(&["--select", "things", "--profile", "profile.toml"])
        .ends_with(1)
        .says("the profile: locked sha256:");
    put(folder, "docs/corrections.toml", "");
    locked(&["--select", "things"])
        .ends_with(1)
        .says("the corrections: locked none, found sha256:");
    fs::remove_file(folder.join("docs/corrections.toml")).unwrap();
    let page = folder.join("docs/api/thing-list.md");
    let text = fs::read_to_string(&page).unwrap();
    // Line ends do not count: git has them as the machine likes.
    fs::write(&page, text.replace('\n', "\r\n")).unwrap();
    locked(&["--select", "things"]).ends_with(0);
    fs::write(&page, text.replace("all things", "all of the things")).unwrap();
    let before = snapshot(&folder.join("sdk"));
    locked(&["--select", "things"])
        .ends_with(1)
        .says("the documentation: locked sha256:")
        .says("nothing was written");
    assert_eq!(snapshot(&folder.join("sdk")), before);
}

#[test]
fn a_file_that_is_no_lock_is_named() {
    let folder = small_docs();
    let folder = folder.path();
    for (text, says) in [
        ("version = 2\n", "a lock of version 2; expected version 1"),
        ("version = 1\n", "not a lock"),
        ("{", "not a lock"),
    ] {
        put(folder, "my.lock", text);
        let arguments = [
            "codegen", "--docs", "docs", "--out", "sdk", "--locked", "--lock",
        ];
        run(folder, arguments.iter().chain(&["my.lock"]))
            .ends_with(2)
            .says("my.lock: ")
            .says(says);
    }
    assert!(!folder.join("sdk").exists());
}

#[test]
fn a_saved_model_gives_the_crate_that_its_pages_give() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    copy(&docs_input(), &folder.join("docs"));
    run(
        folder,
        ["model", "--docs", "docs", "--complete", "-o", "model.json"],
    )
    .ends_with(0);
    for more in [&[][..], &["--select", "users", "--exclude", "DELETE *"]] {
        run(
            folder,
            ["codegen", "--docs", "docs", "--out", "sdk"]
                .iter()
                .chain(more),
        )
        .ends_with(0);
        let pages = snapshot(&folder.join("sdk"));
        run(
            folder,
            [
                "codegen",
                "--model",
                "model.json",
                "--out",
                "sdk",
                "--check",
            ]
            .iter()
            .chain(more),
        )
        .ends_with(0);
        assert_eq!(snapshot(&folder.join("sdk")), pages);
    }
    run(
        folder,
        ["lint", "--model", "model.json", "--format", "sarif"],
    )
    .ends_with(0);
    run(folder, ["lint", "--model", "model.json", "--docs", "docs"]).ends_with(2);
}

#[test]
fn a_file_that_is_no_saved_model_is_named() {
    let folder = small_docs();
    let folder = folder.path();
    run(
        folder,
        ["model", "--docs", "docs", "--complete", "-o", "model.json"],
    )
    .ends_with(0);
    let good = fs::read_to_string(folder.join("model.json")).unwrap();
    let plain = run(folder, ["model", "--docs", "docs"]).ends_with(0).out;
    for (text, says) in [
        ("".to_owned(), "not a saved model: EOF"),
        (plain, "not a saved model: missing field `kind`"),
        (
            good.replace("graph-codegen model", "a poem"),
            "its kind is `a poem`",
        ),
        (
            good.replace("\"version\":1,", "\"version\":7,"),
            "has version 7",
        ),
        (
            good.replace("\"Structured\":0", "\"Structured\":99"),
            "it refers to a type 99",
        ),
        (
            good.replace("{\"page\":1,", "{\"page\":9,"),
            "it refers to a page 9",
        ),
    ] {
        assert_ne!(text, good, "{says}");
        put(folder, "model.json", &text);
        run(folder, ["lint", "--model", "model.json"])
            .ends_with(2)
            .says("model.json`: ")
            .says(says);
    }
}
