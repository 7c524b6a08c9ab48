//! `corrections.toml` beside the pages: each correction changes the facts that it names, or is an error.

#![expect(
    clippy::unwrap_used,
    reason = "a test may panic, and so may the functions that it calls"
)]

use graph_codegen::corpus::CorrectionsFile;
use graph_codegen::correct::correct;
use graph_codegen::diagnostics::{Diagnostics, Rule};
use graph_codegen::extract::extract;
use graph_codegen::facts::text_form;
use graph_codegen::parse::parse;
use graph_codegen::profile::Profile;
use graph_codegen::read::read;

const RESOURCE: &str = "# berth resource type\n\n## Properties\n\n|Property|Type|Description|\n|:---|:---|:---|\n\
    |id|String|Key.|\n|lenght|String|Length.|\n|ships|ship|Ships.|\n\n\
    ### state values\n\n|Member|Description|\n|:---|:---|\n|free|Free.|\n|takn|Taken.|\n";

const OPERATION: &str =
    "# Close berth\n\n## HTTP request\n\n```http\nPOST /berth/{id}/close\n```\n";

/// What is said of a correction: line and column, and the message.
type Said = (Option<(usize, usize)>, String);

/// The facts of the pages after the corrections, and what is said of these.
fn corrected(corrections: &str) -> (String, Vec<Said>) {
    let docs = tempfile::tempdir().unwrap();
    for (folder, name, text) in [
        ("resources", "berth.md", RESOURCE),
        ("api", "close.md", OPERATION),
    ] {
        std::fs::create_dir(docs.path().join(folder)).unwrap();
        std::fs::write(docs.path().join(folder).join(name), text).unwrap();
    }
    let profile = Profile::embedded().unwrap();
    let mut diagnostics = Diagnostics::default();
    let corpus = read(docs.path(), &profile, &mut diagnostics).unwrap();
    let documents = parse(&corpus, &profile, &mut diagnostics);
    let facts = extract(&documents, None, &profile, &mut diagnostics);
    let file = CorrectionsFile {
        path: "corrections.toml".to_owned(),
        text: corrections.to_owned(),
    };
    let facts = correct(facts, Some(&file), &mut diagnostics);
    let said = diagnostics.iter().map(|found| {
        assert_eq!(found.rule, Rule::UnusedCorrection, "{}", found.message);
        assert_eq!(found.path.as_deref(), Some("corrections.toml"));
        (found.position, found.message.clone())
    });
    (facts.pages.iter().map(text_form).collect(), said.collect())
}

/// A correction of `page` with its reason.
fn correction(page: &str, keys: &str) -> String {
    format!(
        "[[correction]]\npage = \"{page}\"\n{keys}\nbecause = \"The service has it so.\"\nlink = \"https://example.org/1\"\n"
    )
}

#[test]
fn facts_are_corrected() {
    for (page, keys, wrong, right) in [
        (
            "resources/berth.md",
            "property = \"lenght\"\nname = \"length\"",
            "property lenght String",
            "property length String",
        ),
        (
            "resources/berth.md",
            "property = \"lenght\"\ntype = \"Int32\"",
            "property lenght String \"Length.\"",
            "property lenght Int32 written \"String\" \"Length.\"",
        ),
        (
            "resources/berth.md",
            "property = \"ships\"\ncollection = true",
            "property ships ship \"Ships.\"",
            "property ships ship collection written \"ship\" \"Ships.\"",
        ),
        (
            "resources/berth.md",
            "property = \"lenght\"\nremove = true",
            "property lenght",
            "",
        ),
        (
            "resources/berth.md",
            "enum = \"state\"\nadd = [\"taken\"]\nremove = [\"takn\"]",
            "member takn",
            "member taken",
        ),
        (
            "api/close.md",
            "request = \"POST /berth/{id}/close\"\npath = \"/berths/{id}/close\"",
            "request POST /berth/{id}/close",
            "request POST /berths/{id}/close",
        ),
    ] {
        let (before, _) = corrected("");
        let (after, said) = corrected(&correction(page, keys));
        assert!(
            before.contains(wrong) && !after.contains(wrong) && after.contains(right),
            "{keys}\n{after}"
        );
        assert!(said.is_empty(), "{keys}\n{said:?}");
    }
}

#[test]
fn a_correction_that_changes_nothing_is_an_error() {
    let berth = "resources/berth.md";
    for (text, place, message) in [
        (
            correction(berth, "property = \"id\"\ntype = \"String\""),
            (1, 1),
            "changes nothing on",
        ),
        (
            correction(berth, "property = \"depth\"\nremove = true"),
            (1, 1),
            "changes nothing on",
        ),
        (
            correction(berth, "enum = \"state\"\nadd = [\"free\"]"),
            (1, 1),
            "changes nothing on",
        ),
        (
            correction("resources/ship.md", "property = \"id\"\nremove = true"),
            (1, 1),
            "which is not there",
        ),
        (
            correction(berth, "property = \"id\"\npath = \"/x\""),
            (1, 1),
            "has not the keys of",
        ),
        (
            correction(berth, "property = \"id\"\nenum = \"state\""),
            (1, 1),
            "has not the keys of",
        ),
        (
            correction(berth, "enum = \"state\"\nremove = true"),
            (1, 1),
            "has not the keys of",
        ),
        (
            correction(berth, "property = \"id\"\nremoved = true"),
            (4, 1),
            "unknown field `removed`",
        ),
        (
            correction(berth, "property = "),
            (3, 12),
            "no correction was applied",
        ),
        (
            correction(berth, "property = \"id\"\nremove = true")
                .replace("https://example.org/1", " "),
            (1, 1),
            "does not say why",
        ),
    ] {
        let (facts, said) = corrected(&text);
        assert_eq!(facts, corrected("").0, "{text}");
        let [(position, found)] = said.as_slice() else {
            panic!("{text}\n{said:?}")
        };
        assert_eq!(*position, Some(place), "{text}\n{found}");
        assert!(found.contains(message), "{text}\n{found}");
    }
}

#[test]
fn one_wrong_correction_does_not_stop_the_others() {
    let text = correction("resources/berth.md", "property = \"depth\"\nremove = true")
        + "\n"
        + &correction(
            "resources/berth.md",
            "property = \"lenght\"\nname = \"length\"",
        );
    let (facts, said) = corrected(&text);
    assert!(facts.contains("property length String"), "{facts}");
    assert_eq!(said.len(), 1, "{said:?}");
}
