//! Pages that are not as pages are: a finding that names the file, and all or nothing is written.

use std::fs;
use std::path::Path;

use crate::running::{PAGE, Ran, docs_input, put, run, small_docs, snapshot};

/// Runs `codegen` on `docs` over what an earlier run wrote to `out`.
fn codegen(folder: &Path, more: &[&str]) -> Ran {
    let arguments = ["codegen", "--docs", "docs", "--out", "out"];
    run(folder, arguments.iter().chain(more))
}

/// Holds a run to exit code 1, to these texts, and to leaving the crate of an earlier run as it is.
#[track_caller]
fn stops(spoil: impl FnOnce(&Path), texts: &[&str]) {
    let folder = small_docs();
    codegen(folder.path(), &[]).ends_with(0);
    let before = snapshot(&folder.path().join("out"));
    assert!(before.len() > 3);
    spoil(folder.path());
    let mut ran = codegen(folder.path(), &[])
        .ends_with(1)
        .says("nothing was written");
    for text in texts {
        ran = ran.says(text);
    }
    assert_eq!(snapshot(&folder.path().join("out")), before);
    codegen(folder.path(), &["--check"])
        .ends_with(1)
        .says("nothing was compared");
    run(folder.path(), ["lint", "--docs", "docs"])
        .ends_with(1)
        .prints(texts[0]);
    let arguments = ["model", "--docs", "docs", "-o", "model.json"];
    run(folder.path(), arguments).ends_with(1).says(texts[0]);
    assert!(!folder.path().join("model.json").exists());
}

#[test]
fn a_page_that_is_not_utf8() {
    stops(
        |folder| {
            put(folder, "docs/api/bad.md", b"# Caf\xe9\n");
        },
        &["docs/api/bad.md", "error[not-utf8]", "byte 5"],
    );
}

#[test]
fn a_page_of_50_megabytes() {
    stops(
        |folder| {
            let page = put(folder, "docs/api/big.md", "# Big\n");
            let file = fs::File::options().write(true).open(page).unwrap();
            file.set_len(50 * 1024 * 1024).unwrap();
        },
        &["docs/api/big.md", "error[page-too-large]", "52428800 bytes"],
    );
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_back() {
    stops(
        |folder| std::os::unix::fs::symlink("..", folder.join("docs/api/again")).unwrap(),
        &["docs/api/again", "error[link-loop]"],
    );
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_nowhere() {
    stops(
        |folder| std::os::unix::fs::symlink("gone.md", folder.join("docs/api/link.md")).unwrap(),
        &["docs/api/link.md", "error[unreadable-file]"],
    );
}

#[test]
fn corrections_that_are_not_toml() {
    stops(
        |folder| {
            put(folder, "docs/corrections.toml", "[[correction]]\npage = \n");
        },
        &["docs/corrections.toml:2:", "error[unused-correction]"],
    );
}

#[cfg(unix)]
#[test]
fn a_link_out_of_the_folder_is_not_followed() {
    let folder = small_docs();
    put(
        folder.path(),
        "secret/api/secret-list.md",
        PAGE.replace("things", "secrets"),
    );
    std::os::unix::fs::symlink("../secret", folder.path().join("docs/secret")).unwrap();
    codegen(folder.path(), &[])
        .ends_with(0)
        .says("docs/secret")
        .says("warning[outside-root]")
        .says("1 warning");
    let written = snapshot(&folder.path().join("out"));
    let mentions = |content: &Vec<u8>| String::from_utf8_lossy(content).contains("secret");
    assert!(!written.values().any(mentions));
}

#[test]
fn an_include_from_outside_is_a_warning_unless_denied() {
    let folder = small_docs();
    put(folder.path(), "secret.md", "secret words");
    let page = PAGE.replace("Reads all", "[!INCLUDE [x](../../secret.md)]\n\nReads all");
    put(folder.path(), "docs/api/thing-list.md", page);
    codegen(folder.path(), &["--deny", "outside-root"])
        .ends_with(1)
        .says("error[outside-root]")
        .says("docs/api/thing-list.md:3:1")
        .says("nothing was written");
    assert!(!folder.path().join("out").exists());
    codegen(folder.path(), &[])
        .ends_with(0)
        .says("warning[outside-root]");
    let written = snapshot(&folder.path().join("out"));
    let mentions = |content: &Vec<u8>| String::from_utf8_lossy(content).contains("secret words");
    assert!(!written.is_empty() && !written.values().any(mentions));
}

#[test]
fn pages_that_include_each_other() {
    let folder = small_docs();
    let including = |page: &str| format!("{PAGE}\n[!INCLUDE [x]({page})]\n");
    put(
        folder.path(),
        "docs/api/thing-list.md",
        including("b-list.md"),
    );
    put(
        folder.path(),
        "docs/api/b-list.md",
        including("thing-list.md").replace("/things", "/bs"),
    );
    put(
        folder.path(),
        "docs/includes/self.md",
        "[!INCLUDE [x](self.md)]\n",
    );
    codegen(folder.path(), &[])
        .ends_with(0)
        .says("warning[missing-include]")
        .says("docs/api/");
    codegen(folder.path(), &["--deny", "missing-include"]).ends_with(1);
}

/// Cuts a page of each generation everywhere where a cut could hurt, and some more places.
#[test]
fn a_page_that_is_cut_off_anywhere() {
    let pages = [
        "api/intune-deviceconfig-windows10generalconfiguration-create.md",
        "api/intune_deviceconfig_devicecompliancepolicy_get.md",
        "resources/intune-deviceconfig-deviceconfiguration.md",
    ];
    let folder = tempfile::tempdir().unwrap();
    let mut texts = Vec::new();
    for page in pages {
        let text = fs::read_to_string(docs_input().join(page)).unwrap();
        let middle = |mark: &str| text.find(mark).map(|at| at + mark.len() + 1);
        let marks = [
            "```", "```http", "\n|", "|:--", "<!--", "\"@odata", "---\n", "](", "## ",
        ];
        let even = (0..8).map(|eighth| text.len() * eighth / 8);
        for cut in marks.into_iter().filter_map(middle).chain(even) {
            let cut = text.floor_char_boundary(cut);
            texts.push(text[..cut].to_owned());
        }
    }
    // All cuts are pages of one tree, for speed; what one of them gives does not depend on the others.
    for (index, text) in texts.iter().enumerate() {
        put(folder.path(), &format!("docs/api/cut{index}.md"), text);
    }
    codegen(folder.path(), &[]).ends_with(0);
    codegen(folder.path(), &["--check"]).ends_with(0);
}

/// The half of a character that is left makes the page one that is not UTF-8; the whole character does not.
#[test]
fn a_page_that_is_cut_off_inside_a_character() {
    let folder = small_docs();
    let text = format!("{PAGE}\nÜ");
    put(folder.path(), "docs/api/thing-list.md", &text);
    codegen(folder.path(), &[]).ends_with(0);
    let before = snapshot(&folder.path().join("out"));
    put(
        folder.path(),
        "docs/api/thing-list.md",
        &text.as_bytes()[..text.len() - 1],
    );
    codegen(folder.path(), &[])
        .ends_with(1)
        .says("error[not-utf8]")
        .says("docs/api/thing-list.md");
    assert_eq!(snapshot(&folder.path().join("out")), before);
}

#[test]
fn pages_of_noise() {
    let folder = tempfile::tempdir().unwrap();
    let long_cell = "x".repeat(10_000);
    for (name, text) in [
        ("empty", String::new()),
        ("newlines", "\n".repeat(1000)),
        (
            "controls",
            "# \u{1b}[31mred\u{7}\0 resource type\n|Property|Type|\n|-|-|\n|\u{1b}[2J|\u{202e}x|\n"
                .to_owned(),
        ),
        ("pipes", "|".repeat(5000)),
        ("nested", "> ".repeat(2000) + "- x"),
        ("fences", "```json\n{".repeat(200)),
        ("comments", "<!-- {".repeat(500)),
        ("front", "---\n---\n---\n".to_owned()),
        (
            "long",
            format!(
                "# long resource type\n\n## Properties\n|Property|Type|Description|\n|-|-|-|\n|a|{long_cell}|ä{long_cell}|\n"
            ),
        ),
    ] {
        put(folder.path(), &format!("docs/resources/{name}.md"), text);
    }
    let ran = codegen(folder.path(), &[])
        .ends_with(0)
        .says("warning[unreadable-type]");
    let longest = ran
        .err
        .lines()
        .map(|line| line.chars().count())
        .max()
        .unwrap();
    assert!(longest < 600, "a line of {longest} characters");
    codegen(folder.path(), &["--check"]).ends_with(0);
}
