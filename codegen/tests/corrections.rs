//! The format of corrections: each changes the facts that it names, or is an error that says what was expected.

#![expect(
    clippy::unwrap_used,
    reason = "a test may panic, and so may the functions that it calls"
)]

#[path = "corrections/cases.rs"]
mod cases;

use cases::{BAD, BERTH, BERTH_PAGE, CLOSE, GOOD, TASKS};
use graph_codegen::corpus::CorrectionsFile;
use graph_codegen::correct::correct;
use graph_codegen::diagnostics::{Diagnostics, Rule};
use graph_codegen::extract::extract;
use graph_codegen::facts::{Facts, text_form};
use graph_codegen::parse::parse;
use graph_codegen::profile::Profile;
use graph_codegen::read::read;

/// What is said of a correction: line and column, and the message.
type Said = (Option<(usize, usize)>, String);

/// The facts of the pages after the corrections, and what is said of these.
fn applied(corrections: &str) -> (Facts, Vec<Said>) {
    let docs = tempfile::tempdir().unwrap();
    for (name, text) in [
        ("resources/berth.md", BERTH),
        ("api/close.md", CLOSE),
        ("api/move.md", TASKS),
    ] {
        let path = docs.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    let profile = Profile::embedded().unwrap();
    let mut unread = Diagnostics::default();
    let corpus = read(docs.path(), &profile, &mut unread).unwrap();
    let documents = parse(&corpus, &profile, &mut unread);
    let facts = extract(&documents, None, &profile, &mut unread);
    let file = CorrectionsFile {
        path: "corrections.toml".to_owned(),
        named: false,
        text: corrections.to_owned(),
    };
    let mut diagnostics = Diagnostics::default();
    let facts = correct(facts, Some(&file), &mut diagnostics);
    let said = diagnostics.iter().map(|found| {
        assert_eq!(found.rule, Rule::UnusedCorrection, "{}", found.message);
        assert_eq!(found.path.as_deref(), Some("corrections.toml"));
        (found.position, found.message.clone())
    });
    (facts, said.collect())
}

/// The facts as text, one a line.
fn lines(facts: &Facts) -> Vec<String> {
    let text: String = facts.pages.iter().map(text_form).collect();
    text.lines().map(str::to_owned).collect()
}

/// A correction of `page` with its reason.
fn correction(page: &str, keys: &str) -> String {
    format!(
        "[[correction]]\npage = \"{page}\"\n{keys}\nbecause = \"The service has it so.\"\nlink = \"https://example.org/1\"\n"
    )
}

#[test]
fn each_correction_changes_the_facts_that_it_names_and_no_other() {
    let before = lines(&applied("").0);
    let mut text = String::new();
    for (page, keys) in GOOD {
        let (facts, said) = applied(&correction(page, keys));
        assert!(said.is_empty(), "{keys}\n{said:?}");
        let [applied] = facts.corrections.as_slice() else {
            panic!("{keys}: {:?}", facts.corrections)
        };
        assert_eq!((applied.page.as_str(), applied.line), (*page, 1));
        text.push_str(&format!("{}\n", applied.what));
        let after = lines(&facts);
        let changes = similar::TextDiff::from_slices(
            &before.iter().map(String::as_str).collect::<Vec<_>>(),
            &after.iter().map(String::as_str).collect::<Vec<_>>(),
        )
        .iter_all_changes()
        .filter(|change| change.tag() != similar::ChangeTag::Equal)
        .map(|change| format!("    {}{}\n", change.tag(), change.value()))
        .collect::<String>();
        text.push_str(&changes);
    }
    snapshot("corrected_facts", &text);
}

#[test]
fn a_correction_that_does_not_fit_is_an_error_and_changes_nothing() {
    let before = lines(&applied("").0);
    let mut text = String::new();
    for (page, keys) in BAD {
        let (facts, said) = applied(&correction(page, keys));
        let [(Some((1, 1)), message)] = said.as_slice() else {
            panic!("{keys}\n{said:?}")
        };
        assert_eq!(lines(&facts), before, "{keys}");
        assert!(facts.corrections.is_empty(), "{keys}");
        text.push_str(&format!("{}\n    {message}\n", keys.replace('\n', ", ")));
    }
    snapshot("refused_corrections", &text);
}

#[test]
fn a_malformed_file_is_an_error_with_its_place() {
    let berth = |keys| correction(BERTH_PAGE, keys);
    for (text, place, message) in [
        (
            berth("property = \"id\"\nremoved = true"),
            (4, 1),
            "unknown field `removed`",
        ),
        (berth("property = "), (3, 12), "expected"),
        (
            berth("property = \"id\"\nremove = \"id\""),
            (4, 10),
            "expected `true` for a property",
        ),
        (
            berth("permission = \"GET /x\"\nkind = \"app\""),
            (4, 8),
            "unknown variant `app`",
        ),
        (
            "\n[[correction]]\npage = \"x\"\nproperty = \"id\"\nremove = true\nlink = \"y\"\n"
                .to_owned(),
            (2, 1),
            "missing field `because`",
        ),
        (
            "\n[[correction]]\npage = \"x\"\nproperty = \"id\"\nremove = true\nbecause = \"y\"\n"
                .to_owned(),
            (2, 1),
            "missing field `link`",
        ),
        (
            berth("property = \"id\"\nremove = true").replace("https://example.org/1", " "),
            (1, 1),
            "does not say why",
        ),
    ] {
        let (facts, said) = applied(&text);
        let [(position, found)] = said.as_slice() else {
            panic!("{text}\n{said:?}")
        };
        assert_eq!(*position, Some(place), "{text}\n{found}");
        assert!(found.contains(message), "{text}\n{found}");
        assert!(facts.corrections.is_empty());
    }
}

#[test]
fn a_fact_is_corrected_once() {
    let first = correction(BERTH_PAGE, "property = \"lenght\"\ntype = \"Int32\"");
    let renamed = correction(BERTH_PAGE, "property = \"lenght\"\nname = \"length\"");
    let second = correction(BERTH_PAGE, "property = \"length\"\ntype = \"Int64\"");
    let (facts, said) = applied(&format!("{first}\n{renamed}\n{second}"));
    let [(Some((15, 1)), message)] = said.as_slice() else {
        panic!("{said:?}")
    };
    assert!(message.contains("the first is on line 1"), "{message}");
    assert_eq!(facts.corrections.len(), 2);
    let lines = lines(&facts);
    let length = lines.iter().find(|line| line.contains("length")).unwrap();
    assert!(length.contains("property length Int32"), "{length}");
}

#[test]
fn one_wrong_correction_does_not_stop_the_others() {
    let wrong = correction(BERTH_PAGE, "property = \"depth\"\nremove = true");
    let right = correction(BERTH_PAGE, "property = \"lenght\"\nname = \"length\"");
    let (facts, said) = applied(&format!("{wrong}\n{right}"));
    assert_eq!(said.len(), 1, "{said:?}");
    let lines: Vec<usize> = facts.corrections.iter().map(|made| made.line).collect();
    assert_eq!(lines, [8]);
}

#[test]
fn a_corrected_row_keeps_its_place() {
    let span = |facts: &Facts, name: &str| {
        let rows = facts.pages.iter().flat_map(|page| &page.resources);
        let mut rows = rows.flat_map(|resource| &resource.properties);
        let row = rows.find(|row| row.name.value == name).unwrap();
        (row.name.span, row.type_text.span)
    };
    let keys = "property = \"lenght\"\nname = \"length\"\ntype = \"Int32\"";
    let (before, (after, _)) = (applied("").0, applied(&correction(BERTH_PAGE, keys)));
    assert_eq!(span(&before, "lenght"), span(&after, "length"));
    assert_eq!(after.corrections[0].span, span(&after, "length").0);
}

fn snapshot(name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text));
}
