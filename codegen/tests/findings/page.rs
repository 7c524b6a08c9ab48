//! `RULES.md`: all rules by stage, each with what its fixture raises.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use graph_codegen::diagnostics::{Format, Rule, Stage, render};

use crate::raised;

/// What begins the page.
const INTRODUCTION: &str = "\
# Rules

What `cargo xtask lint` and `cargo xtask codegen` may say about pages. A finding falls under one rule; the code of a
rule does not change. `--deny RULE` makes the findings of a rule errors, and a baseline silences those that are known.

An *error* stops a run: no crate is written, and the exit code is 1. A *warning* says that a fact is lost, or that two
contradict each other. A *note* says that something was mended or left aside on purpose.

This page is written by `INSTA_UPDATE=always cargo test -p graph-codegen --test rules`, from the documentation of the
rules and from the fixtures in `codegen/tests/rules`.
";

fn committed() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("RULES.md")
}

/// The first finding of a rule in its fixture, as a terminal shows it.
fn example(rule: Rule) -> String {
    let mut model = raised(rule).unwrap_or_else(|| panic!("{} has no fixture", rule.code()));
    model.corpus.root.clear();
    let first = model
        .diagnostics
        .iter()
        .find(|diagnostic| diagnostic.rule == rule);
    let text = render(first, &model.corpus, Format::Human, false);
    let lines: Vec<&str> = text.trim_end().lines().map(str::trim_end).collect();
    lines.join("\n")
}

/// Lines of at most 120 columns, as the other pages here have them.
fn wrapped(text: &str) -> String {
    let mut lines = String::new();
    let mut width = 0;
    for word in text.split(' ') {
        let length = word.chars().count();
        if width > 0 && width + 1 + length > 120 {
            lines.push('\n');
            width = 0;
        } else if width > 0 {
            lines.push(' ');
            width += 1;
        }
        lines.push_str(word);
        width += length;
    }
    lines
}

fn page() -> String {
    let mut text = INTRODUCTION.to_owned();
    for stage in Stage::ALL {
        let rules: Vec<Rule> = Rule::ALL
            .iter()
            .copied()
            .filter(|rule| rule.stage() == *stage)
            .collect();
        if rules.is_empty() {
            continue;
        }
        write!(
            text,
            "\n## `{}`\n\nThe stage that {}.\n",
            stage.as_str(),
            stage.summary()
        )
        .unwrap();
        text.push_str("\n| rule | severity | what is found |\n|:---|:---|:---|\n");
        for rule in &rules {
            let (code, severity) = (rule.code(), rule.severity().as_str());
            let found = rule.summary().replace('|', r"\|");
            writeln!(text, "| [`{code}`](#{code}) | {severity} | {found} |").unwrap();
        }
        for rule in rules {
            let paragraphs = rule.paragraphs();
            write!(
                text,
                "\n### {}\n\n{}\n\n{}\n\n{}\n\n```text\n{}\n```\n",
                rule.code(),
                wrapped(&format!(
                    "*{}.* {}",
                    rule.severity().as_str(),
                    paragraphs[0]
                )),
                wrapped(&format!("*What is made of it:* {}", paragraphs[1])),
                wrapped(&format!("*What to do:* {}", paragraphs[2])),
                example(rule)
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
        "RULES.md is not what the rules and their fixtures give:\n{}\nto write it: \
         INSTA_UPDATE=always cargo test -p graph-codegen --test rules",
        difference.unified_diff()
    );
}
