//! What holds for any two crates, tried on the cases, on `generated/`, and on the crates of real documentation of 2018 and
//! 2021.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::time::Instant;

use graph_codegen::api_diff::{Change, Extent, Impact, Surface, compare, json, markdown};
use graph_codegen::pipeline::{Input, Source, generate};
use graph_codegen::plan::nodes::Form;
use graph_codegen::plan::{Descriptions, PlanOptions};
use graph_codegen::profile::Profile;
use graph_codegen::select::Selection;
use graph_codegen::tree::OutputTree;

use crate::{cases, surfaces, tree};

/// The lines of a surface.
fn lines(surface: &Surface) -> BTreeSet<&str> {
    surface
        .items
        .values()
        .map(|item| item.line.as_str())
        .collect()
}

/// The lines of changes, each with how often it is there.
fn counted<'a>(
    changes: &'a [Change],
    side: impl Fn(&'a Change) -> &'a [String],
) -> BTreeMap<&'a str, usize> {
    let mut counts = BTreeMap::new();
    for line in changes.iter().flat_map(side) {
        *counts.entry(line.as_str()).or_default() += 1;
    }
    counts
}

/// The lines of `one` that are not in `other`, once each.
fn alone<'a>(one: &'a Surface, other: &'a Surface) -> BTreeMap<&'a str, usize> {
    lines(one)
        .difference(&lines(other))
        .map(|line| (*line, 1))
        .collect()
}

fn hold(name: &str, old: &Surface, new: &Surface) {
    for surface in [old, new] {
        assert!(
            compare(surface, surface).changes.is_empty(),
            "{name}: {surface:?} differs from itself"
        );
    }
    let [there, back] = [compare(old, new), compare(new, old)];
    for (one, other, diff) in [(old, new, &there), (new, old, &back)] {
        let before = counted(&diff.changes, |change| &change.before);
        assert_eq!(before, alone(one, other), "{name}: lines that went");
        let after = counted(&diff.changes, |change| &change.after);
        assert_eq!(after, alone(other, one), "{name}: lines that came");
        let mut items = BTreeSet::new();
        for change in &diff.changes {
            assert!(
                !change.reasons.is_empty(),
                "{name}: {} without a reason",
                change.path
            );
            assert!(items.insert(change.key()), "{name}: {} twice", change.path);
        }
    }
    // What went there comes back, and what is another one is another one both ways.
    let with = |changes: &[Change], suffix: &str| -> BTreeSet<String> {
        let changes = changes.iter().filter(|change| {
            change
                .reasons
                .iter()
                .any(|reason| reason.rule.code().ends_with(suffix))
        });
        changes
            .map(|change| format!("{:?} {}", change.space, change.path))
            .collect()
    };
    for (one, other) in [("-removed", "-added"), ("-added", "-removed")] {
        let [one, other] = [with(&there.changes, one), with(&back.changes, other)];
        let differing: Vec<&String> = one.symmetric_difference(&other).collect();
        assert!(differing.is_empty(), "{name}: one way only: {differing:#?}");
    }
    let renamed = |changes: &[Change], turned: bool| -> BTreeSet<(String, String)> {
        let renamed = changes.iter().filter_map(|change| {
            let from = change.renamed_from()?.to_owned();
            Some(if turned {
                (change.path.clone(), from)
            } else {
                (from, change.path.clone())
            })
        });
        renamed.collect()
    };
    assert_eq!(
        renamed(&there.changes, false),
        renamed(&back.changes, true),
        "{name}: new names"
    );
    let impacts: Vec<Impact> = there.changes.iter().map(Change::impact).collect();
    assert!(impacts.is_sorted(), "{name}");
}

#[test]
fn the_cases_keep_the_laws() {
    for case in cases() {
        let [old, new] = surfaces(&case);
        hold(&case, &old, &new);
    }
}

/// Documentation is found for all that has some: a path that leads past its source would lose it in silence.
#[test]
fn the_committed_crate_is_read_whole() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../generated");
    let surface = Surface::read(&tree(&folder)).unwrap();
    read_whole(&surface);
    hold("generated", &surface, &surface);
}

fn read_whole(surface: &Surface) {
    let bare: Vec<&str> = surface
        .items
        .iter()
        .filter(|(_, item)| item.doc.is_empty())
        .map(|(key, _)| key.path.as_str())
        .collect();
    assert!(bare.is_empty(), "without documentation: {bare:?}");
    let statics = surface.items.values().filter(|item| match &item.kind {
        graph_codegen::api_diff::Kind::Function(function) => function
            .description
            .as_ref()
            .is_none_or(|found| found.page.is_empty() || found.permissions.len() != 3),
        _ => false,
    });
    assert_eq!(
        statics.count(),
        0,
        "functions without what their static says"
    );
}

fn crate_of(docs: &Path) -> OutputTree {
    let input = Input {
        source: Source::pages(docs),
        profile: Profile::embedded().unwrap(),
        selection: Selection::default(),
        denied: Vec::new(),
    };
    let options = PlanOptions {
        package: "sdk".to_owned(),
        runtime: "\"0.1\"".to_owned(),
        form: Form::Package,
        descriptions: Descriptions::Full,
    };
    generate(&input, &options).unwrap().tree
}

#[test]
fn real_crates_keep_the_laws() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/corpus");
    if !corpus.is_dir() {
        println!("skipped: {} is not there", corpus.display());
        return;
    }
    let [old, new] = ["graph-2018-01", "graph-2021-07"]
        .map(|tree| crate_of(&corpus.join(tree).join("api-reference/v1.0")));
    let start = Instant::now();
    let [old, new] = [old, new].map(|tree| Surface::read(&tree).unwrap());
    let read = start.elapsed();
    let diff = compare(&old, &new);
    let compared = start.elapsed();
    let report = markdown(&diff, "2018-01", "2021-07", Extent::Full);
    println!(
        "read in {read:.1?}, compared in {:.1?}; {} changes, {} lines, {} bytes of markdown",
        compared - read,
        diff.changes.len(),
        report.lines().count(),
        report.len()
    );
    if let Some(file) = option_env!("CARGO_TARGET_TMPDIR") {
        std::fs::write(Path::new(file).join("api-diff.md"), &report).unwrap();
        std::fs::write(Path::new(file).join("api-diff.json"), json(&diff).unwrap()).unwrap();
    }
    read_whole(&old);
    read_whole(&new);
    hold("2018-01 and 2021-07", &old, &new);
    assert!(
        report.contains("## Breaking"),
        "three years without a break"
    );
}
