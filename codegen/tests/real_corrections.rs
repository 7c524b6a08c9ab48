//! The corrections of the real pages of July 2021, on these pages: each applies, none is stale, and none is in vain.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test may panic, and prints its figures"
)]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use graph_codegen::diagnostics::{Diagnostics, Rule, Severity};
use graph_codegen::model::interchange;
use graph_codegen::pipeline::{Input, Model, Source, model};
use graph_codegen::profile::Profile;
use graph_codegen::select::Selection;
use serde_json::Value;

fn below_manifest(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn read(corrections: Option<PathBuf>) -> Option<Model> {
    let docs = below_manifest("../../shared/corpus/graph-2021-07/api-reference/v1.0");
    if !docs.is_dir() {
        println!("skipped: no real documentation beside the checkout");
        return None;
    }
    let input = Input {
        source: Source::Pages { docs, corrections },
        profile: Profile::embedded().unwrap(),
        selection: Selection::default(),
        denied: Vec::new(),
    };
    Some(model(&input).unwrap())
}

/// The findings of some rules, by rule, path and message.
fn findings(diagnostics: &Diagnostics, rules: &[Rule]) -> BTreeSet<String> {
    let found = diagnostics.iter();
    found
        .filter(|found| rules.contains(&found.rule))
        .map(|found| format!("{} {}", found.rule.code(), found.message))
        .collect()
}

#[test]
fn the_corrections_of_july_2021_apply() {
    let file = below_manifest("../corrections/graph-2021-07-v1.0.toml");
    let (Some(plain), Some(corrected)) = (read(None), read(Some(file.clone()))) else {
        return;
    };
    assert!(plain.facts.corrections.is_empty());
    let errors: Vec<&str> = corrected
        .diagnostics
        .iter()
        .filter(|found| found.severity == Severity::Error)
        .map(|found| found.message.as_str())
        .collect();
    assert!(errors.is_empty(), "{}", errors.join("\n"));
    let text = std::fs::read_to_string(&file).unwrap();
    let written = text.matches("\n[[correction]]\n").count();
    let applied = &corrected.facts.corrections;
    assert_eq!(applied.len(), written);

    // A corrected page says nothing that no page knows, and contradicts no other.
    let rules = [
        Rule::UnknownType,
        Rule::UnknownBase,
        Rule::ConflictingType,
        Rule::ConflictingProperty,
        Rule::ConflictingValues,
        Rule::ConflictingBody,
    ];
    let before = findings(&plain.diagnostics, &rules);
    let after = findings(&corrected.diagnostics, &rules);
    let new: Vec<&String> = after.difference(&before).collect();
    assert!(new.is_empty(), "{new:#?}");
    println!(
        "{written} corrections; {} contradictions without them, {} with them",
        before.len(),
        after.len()
    );

    // The model has what the corrections say.
    let api = interchange(&corrected.api);
    for (name, key, value) in [
        (
            "changeType",
            "members",
            r#"["created","updated","deleted"]"#,
        ),
        (
            "administrativeUnit",
            "base",
            "\"microsoft.graph.directoryObject\"",
        ),
        (
            "b2xIdentityUserFlow",
            "base",
            "\"microsoft.graph.identityUserFlow\"",
        ),
        ("accessReviewReviewerScope", "base", "null"),
    ] {
        let found = entry(&api["types"], name);
        assert_eq!(found[key].to_string(), value, "{name}");
    }
    for (name, property, says) in [
        (
            "schedule",
            "offerShiftRequests",
            "microsoft.graph.offerShiftRequest collection relationship",
        ),
        (
            "timeConstraint",
            "timeSlots",
            "microsoft.graph.timeSlot collection",
        ),
        ("presence", "activity", "Edm.String"),
        (
            "chatMessage",
            "replies",
            "microsoft.graph.chatMessage collection relationship",
        ),
        ("call", "mediaConfig", "microsoft.graph.mediaConfig"),
        (
            "workbookOperation",
            "status",
            "microsoft.graph.workbookOperationStatus",
        ),
    ] {
        let found = entry(&entry(&api["types"], name)["properties"], property);
        let mut said = found["type"].as_str().unwrap().to_owned();
        for (key, word) in [("collection", " collection"), ("nav", " relationship")] {
            if found[key] == Value::Bool(true) {
                said.push_str(word);
            }
        }
        assert_eq!(said, says, "{name}.{property}");
    }

    let mut lines: Vec<String> = applied
        .iter()
        .map(|made| format!("{}: {}", made.page, made.what))
        .collect();
    lines.sort();
    let mut settings = insta::Settings::clone_current();
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!("applied", lines.join("\n")));
}

/// The entry of a list with a name.
fn entry<'j>(list: &'j Value, name: &str) -> &'j Value {
    let mut entries = list.as_array().unwrap().iter();
    entries.find(|entry| entry["name"] == name).unwrap()
}
