//! `COMPATIBILITY.md`: all rules by their impact.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use graph_codegen::api_diff::{ChangeRule, Impact};

/// What begins the page.
const INTRODUCTION: &str = "\
# Compatibility

What a change of the documentation may do to programs that use the generated crate, and how `cargo xtask api-diff OLD NEW`
tells it. A change falls under one or more rules; the worst of them says what it is.

The rules go by what rustc says of a program that uses the crate as its documentation shows, and by what such a program
does. There are two promises in that: structs are built with `..Default::default()` and taken apart with `..`, and models
are named from `models`, each with the features that bring it.

Which item has got which new name is a guess, and marked as one: names in JSON, requests, members and spelling are what it
is based on. A guess that is wrong is a removed and an added item, so that the change is breaking either way.

What `#[non_exhaustive]`, `#[deprecated]`, permissions, status codes, links and documentation are is read from the sources.
Where one of the two crates has only listings, these are not compared.

This page is written by `INSTA_UPDATE=always cargo test -p graph-codegen --test api_diff`, from the documentation of the
rules in `codegen/src/api_diff/rule.rs`. Each has a pair of small crates in `codegen/tests/api_diff`.
";

fn committed() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../COMPATIBILITY.md")
}

/// What a change with the impact means.
fn heading(impact: Impact) -> (&'static str, &'static str) {
    match impact {
        Impact::Breaking => (
            "Breaking",
            "A program may no longer compile, or does something else than before.",
        ),
        Impact::Additive => (
            "Additive",
            "There is more than before, and a program that compiled does as it did.",
        ),
        Impact::Documentation => (
            "Documentation",
            "What people read has changed, and nothing else.",
        ),
    }
}

fn page() -> String {
    let mut text = INTRODUCTION.to_owned();
    for impact in Impact::ALL {
        let (title, meaning) = heading(*impact);
        write!(
            text,
            "\n## {title}\n\n{meaning}\n\n| rule | what has changed | why that is {} |\n|:---|:---|:---|\n",
            title.to_lowercase()
        )
        .unwrap();
        for rule in ChangeRule::ALL
            .iter()
            .filter(|rule| rule.impact() == *impact)
        {
            let paragraphs = rule.paragraphs();
            let [what, why] = paragraphs.as_slice() else {
                panic!("{} has {} paragraphs", rule.code(), paragraphs.len());
            };
            let cell = |text: &str| text.replace('|', r"\|");
            writeln!(
                text,
                "| `{}` | {} | {} |",
                rule.code(),
                cell(what),
                cell(why)
            )
            .unwrap();
        }
    }
    text
}

#[test]
fn the_page_of_rules_is_that_of_the_rules() {
    let page = page();
    if std::env::var_os("INSTA_UPDATE").is_some_and(|value| value == "always") {
        std::fs::write(committed(), page).unwrap();
        return;
    }
    let found = std::fs::read_to_string(committed()).unwrap_or_default();
    let difference = similar::TextDiff::from_lines(&found, &page);
    assert!(
        found == page,
        "COMPATIBILITY.md is not what the rules give:\n{}\nto write it: INSTA_UPDATE=always cargo test -p graph-codegen \
         --test api_diff",
        difference.unified_diff()
    );
}
