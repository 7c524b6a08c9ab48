//! One small documentation folder for each rule, in `rules/<code>`, that raises this rule. What cannot lie in a
//! repository, such as a link that leads out of its folder, is made by the test.

#![expect(
    clippy::unwrap_used,
    reason = "a test may panic, and so may the functions that it calls"
)]

#[path = "findings/page.rs"]
mod page;
#[path = "findings/places.rs"]
mod places;
#[path = "findings/sarif.rs"]
mod sarif;

use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::{Path, PathBuf};

use graph_codegen::diagnostics::{Baseline, Rule};
use graph_codegen::pipeline::{Input, Model, Source, generate};
use graph_codegen::plan::nodes::Form;
use graph_codegen::plan::{Descriptions, PlanOptions};
use graph_codegen::profile::Profile;
use graph_codegen::read::MAX_PAGE_BYTES;
use graph_codegen::select::Selection;

/// A page that no rule is about.
const PAGE: &str = "# berth resource type\n\nA place.\n\n## Properties\n\n|Property|Type|Description|\n|:---|:---|:---|\n|id|String|Key.|\n";

/// Rules that come with another one of necessity.
const COMPANIONS: &[(Rule, &[Rule])] = &[
    // A page of operations without a line has no facts.
    (Rule::NoRequestLine, &[Rule::PageWithoutFacts]),
];

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rules")
}

/// Makes the folder of a rule whose fixture cannot lie in a repository; false for all other rules.
fn make(rule: Rule, docs: &Path) -> bool {
    let resources = docs.join("resources");
    std::fs::create_dir(&resources).unwrap();
    std::fs::write(resources.join("berth.md"), PAGE).unwrap();
    match rule {
        Rule::NotUtf8 => std::fs::write(resources.join("latin.md"), b"# Stra\xdfe\n").unwrap(),
        Rule::PageTooLarge => {
            let file = std::fs::File::create(resources.join("large.md")).unwrap();
            file.set_len(MAX_PAGE_BYTES + 1).unwrap();
        }
        #[cfg(unix)]
        Rule::UnreadableFile => {
            std::os::unix::fs::symlink("nowhere.md", resources.join("gone.md")).unwrap()
        }
        #[cfg(unix)]
        Rule::LinkLoop => std::os::unix::fs::symlink("..", resources.join("up")).unwrap(),
        _ => return false,
    }
    true
}

/// The file of known findings in a fixture that has one.
const BASELINE: &str = "baseline.txt";

/// What a run over a folder says, with the pages that it is about.
fn run(docs: &Path, rule: Rule) -> Model {
    let select = match rule {
        Rule::UnmatchedSelection => vec!["/ships/*".to_owned(), "/berths/*".to_owned()],
        _ => Vec::new(),
    };
    let input = Input {
        source: Source::pages(docs),
        profile: Profile::embedded().unwrap(),
        selection: Selection {
            select,
            exclude: Vec::new(),
        },
        denied: Vec::new(),
    };
    let options = PlanOptions {
        package: "sdk".to_owned(),
        runtime: "\"0.1\"".to_owned(),
        form: Form::Package,
        descriptions: Descriptions::Full,
    };
    let mut model = generate(&input, &options).unwrap().model;
    if let Ok(text) = std::fs::read_to_string(docs.join(BASELINE)) {
        let baseline = Baseline::parse(BASELINE, &text).unwrap();
        baseline.apply(&mut model.diagnostics, &model.corpus, false);
    }
    model
}

/// What the fixture of a rule raises; `None` where there is no fixture.
fn raised(rule: Rule) -> Option<Model> {
    let committed = fixtures().join(rule.code());
    let made = tempfile::tempdir().unwrap();
    match (committed.is_dir(), make(rule, made.path())) {
        (true, false) => Some(run(&committed, rule)),
        (false, true) => Some(run(made.path(), rule)),
        (false, false) => None,
        (true, true) => panic!("two fixtures of {}", rule.code()),
    }
}

#[test]
fn every_rule_is_raised_by_its_fixture_and_no_other_is() {
    let mut problems = Vec::new();
    for rule in Rule::ALL.iter().copied() {
        let Some(model) = raised(rule) else {
            problems.push(format!("{} has no fixture", rule.code()));
            continue;
        };
        let mut expected = BTreeSet::from([rule]);
        for (_, companions) in COMPANIONS.iter().filter(|(known, _)| *known == rule) {
            expected.extend(*companions);
        }
        let found: BTreeSet<Rule> = model
            .diagnostics
            .iter()
            .map(|diagnostic| diagnostic.rule)
            .collect();
        if found != expected {
            let codes = |rules: &BTreeSet<Rule>| {
                rules
                    .iter()
                    .map(|rule| rule.code())
                    .collect::<Vec<_>>()
                    .join(", ")
            };
            problems.push(format!("{} raises [{}]", rule.code(), codes(&found)));
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn every_fixture_has_a_rule() {
    let stale: Vec<String> = std::fs::read_dir(fixtures())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| Rule::from_code(name).is_none())
        .collect();
    assert!(
        stale.is_empty(),
        "fixtures of no rule: {}",
        stale.join(", ")
    );
}

/// An include leads out of the folder in the committed fixture; a link may do so as well.
#[test]
#[cfg(unix)]
fn a_link_out_of_the_folder_is_reported_and_not_followed() {
    let elsewhere = tempfile::tempdir().unwrap();
    std::fs::write(
        elsewhere.path().join("ship.md"),
        PAGE.replace("berth", "ship"),
    )
    .unwrap();
    let docs = tempfile::tempdir().unwrap();
    std::fs::write(docs.path().join("berth.md"), PAGE).unwrap();
    std::os::unix::fs::symlink(elsewhere.path(), docs.path().join("resources")).unwrap();
    std::os::unix::fs::symlink(
        elsewhere.path().join("ship.md"),
        docs.path().join("ship.md"),
    )
    .unwrap();
    let model = run(docs.path(), Rule::OutsideRoot);
    let found: Vec<_> = model
        .diagnostics
        .iter()
        .map(|found| (found.rule, found.path.as_deref()))
        .collect();
    let expected = [
        (Rule::OutsideRoot, Some("resources")),
        (Rule::OutsideRoot, Some("ship.md")),
    ];
    assert_eq!(found, expected);
}

#[test]
fn what_is_said_is_reviewed() {
    let mut text = String::new();
    for rule in Rule::ALL.iter().copied() {
        let model = raised(rule);
        for diagnostic in model.iter().flat_map(|model| model.diagnostics.iter()) {
            let severity = diagnostic.severity.as_str();
            writeln!(
                text,
                "{severity}[{}]: {}",
                diagnostic.rule.code(),
                diagnostic.message
            )
            .unwrap();
            for label in diagnostic
                .labels
                .iter()
                .filter(|label| !label.text.is_empty())
            {
                writeln!(text, "  note: {}", label.text).unwrap();
            }
            if let Some(help) = &diagnostic.help {
                writeln!(text, "  help: {help}").unwrap();
            }
        }
    }
    let mut settings = insta::Settings::clone_current();
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!("messages", text));
}
