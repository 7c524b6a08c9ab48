//! The metadata of a service against its pages: one disagreement of each kind, what is printed, and text that is no CSDL.
#![cfg(feature = "cli")]
#![expect(
    clippy::unwrap_used,
    reason = "a test may panic, and so may the functions that it calls"
)]

use std::collections::BTreeSet;
use std::fs;

use graph_codegen::metadata::{Kind, Metadata, disagreements, figures, json, text};
use graph_codegen::pipeline::{Input, Model, Source, model};
use graph_codegen::profile::Profile;
use graph_codegen::select::Selection;
use proptest::prelude::*;

/// The metadata of a port. What the pages say otherwise stands beside it.
const PORT: &str = include_str!("metadata/port.xml");

fn resource(name: &str, prose: &str, rows: &str) -> String {
    format!(
        "# {name} resource type\n\nNamespace: microsoft.graph\n\n{prose}\n\n## Properties\n\n\
         |Property|Type|Description|\n|:---|:---|:---|\n{rows}\n"
    )
}

/// An enum's page, with numbers.
fn enumeration(name: &str, rows: &str) -> String {
    format!(
        "# {name} enum type\n\nNamespace: microsoft.graph\n\nStates.\n\n## Members\n\n\
         |Member|Value|Description|\n|:---|:---|:---|\n{rows}\n"
    )
}

fn request(title: &str, line: &str, body: &str) -> String {
    format!(
        "# {title}\n\nNamespace: microsoft.graph\n\nDoes it.\n\n## HTTP request\n\n```http\n{line}\n```\n\n\
         ## Request body\n\n{body}\n\n## Response\n\nIf successful, returns `204 No Content`.\n"
    )
}

/// The pages of the port.
fn pages() -> (tempfile::TempDir, Model) {
    let folder = tempfile::tempdir().unwrap();
    let parameters = "Supply the parameters in the request body.\n\n|Parameter|Type|Description|\n|:---|:---|:---|\n\
        |ship|String|The ship.|\n|hours|String|For how long.|\n|colour|String|Of the flag.|\n";
    let nothing = "Do not supply a request body.";
    let berth = "|id|String|The key.|\n|length|Int32|Its length.|\n|state|String|Its state.|\n\
        |other|[berthMood](berthmood.md)|Its mood.|\n|moorings|String|Where ships are tied up.|\n\
        |master|[harbourmaster](harbourmaster.md)|Who decides.|\n|colour|String|Its colour.|\n";
    for (path, text) in [
        ("resources/berth.md", resource("berth", "A berth.", berth)),
        (
            "resources/crane.md",
            resource(
                "crane",
                "A crane.\n\n```json\n{}\n```",
                "|id|String|The key.|\n|reach|Int32|How far.|\n",
            ),
        ),
        (
            "resources/harbourmaster.md",
            resource("harbourmaster", "Decides.", "|name|String|The name.|\n"),
        ),
        (
            "resources/depth.md",
            resource("depth", "A depth.", "|metres|Int32|How deep.|\n"),
        ),
        (
            "resources/buoy.md",
            resource("buoy", "A buoy.", "|colour|String|Its colour.|\n"),
        ),
        (
            "resources/berthstate.md",
            enumeration(
                "berthState",
                "|free|0|Free.|\n|taken|1|Taken.|\n|lost|3|Lost.|\n",
            ),
        ),
        (
            "resources/berthmood.md",
            enumeration("berthMood", "|good|0|Good.|\n|bad|1|Bad.|\n"),
        ),
        (
            "resources/lightcolour.md",
            enumeration("lightColour", "|red|0|Red.|\n"),
        ),
        (
            "api/berth-moor.md",
            request("berth: moor", "POST /berths/{id}/moor", parameters),
        ),
        (
            "api/berth-free.md",
            request("berth: free", "GET /berths/{id}/free", nothing),
        ),
    ] {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let input = Input {
        source: Source::pages(folder.path()),
        profile: Profile::embedded().unwrap(),
        selection: Selection::default(),
        denied: Vec::new(),
    };
    let read = model(&input).unwrap();
    (folder, read)
}

#[test]
fn disagreements_of_all_kinds_are_found_and_shown() {
    let profile = Profile::embedded().unwrap();
    let metadata = Metadata::parse(PORT).unwrap();
    let (_folder, port) = pages();
    let found = disagreements(&metadata, &port.api, &profile);
    let figures = figures(&metadata, &port.api, &profile);
    insta::assert_snapshot!(
        "metadata_text",
        text(&found, &figures, &port.corpus, "port.xml", true)
    );
    let json = json(&found[..1], &figures[..2], &port.corpus, "port.xml");
    insta::assert_snapshot!("metadata_json", format!("{json:#}"));
    let kinds: BTreeSet<Kind> = found.iter().map(|one| one.kind).collect();
    let lacking: Vec<&str> = Kind::ALL
        .iter()
        .filter(|kind| !kinds.contains(kind))
        .map(|kind| kind.as_str())
        .collect();
    assert!(lacking.is_empty(), "no case of {lacking:?}");
}

#[test]
fn metadata_agrees_with_pages_that_say_the_same() {
    let profile = Profile::embedded().unwrap();
    let metadata = Metadata::parse(
        r#"<Schema Namespace="microsoft.graph"><EntityType Name="berth"><Property Name="id" Type="Edm.String"/></EntityType></Schema>"#,
    )
    .unwrap();
    let folder = tempfile::tempdir().unwrap();
    let page = resource("berth", "A berth.", "|id|String|The key.|\n");
    fs::write(folder.path().join("berth.md"), page).unwrap();
    let input = Input {
        source: Source::pages(folder.path()),
        profile: profile.clone(),
        selection: Selection::default(),
        denied: Vec::new(),
    };
    let port = model(&input).unwrap();
    let found = disagreements(&metadata, &port.api, &profile);
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn text_that_is_no_metadata_says_where_and_what_was_expected() {
    let deep = format!("<Edmx>{}", "<a>".repeat(100));
    for (text, expected) in [
        (
            "",
            "1: there is no `Schema`; expected the metadata of a service",
        ),
        ("\n\n{\"value\": []}", "3: there is no `Schema`"),
        (
            "<html>\n</html>",
            "1: a `html`; expected an `Edmx` or a `Schema`",
        ),
        ("<Edmx>\n<Schema Namespace='a'>\n</Edmx>", "3: not XML: "),
        (
            "<Edmx>\n<Schema Namespace='a'>\n",
            "3: the file ends inside of an element",
        ),
        (
            "<Edmx>\n<Schema/></Edmx>",
            "2: `Schema` has no `Namespace`; expected one",
        ),
        (
            "<Schema Namespace='a'>\n\n<EntityType/></Schema>",
            "3: `EntityType` has no `Name`; expected one",
        ),
        (
            "<Schema Namespace='a'><EnumType Name='b'>\n<Member Name='c' Value='d'/></EnumType></Schema>",
            "2: `Value` is `d`; expected a whole number",
        ),
        (
            "<Schema Namespace='a'><ComplexType Name='&b;'/></Schema>",
            "1: `Name` of `ComplexType` cannot be read: ",
        ),
        (
            "<Schema Namespace='a'>\n<ComplexType Name=b/></Schema>",
            "2: `ComplexType` has malformed attributes: ",
        ),
        (
            deep.as_str(),
            "1: elements are nested deeper than 64; expected CSDL",
        ),
    ] {
        let message = Metadata::parse(text).unwrap_err().to_string();
        assert!(
            message.starts_with(expected),
            "{message:?}, not {expected:?}"
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    /// Whatever becomes of a file, reading it ends with metadata or with a message that has a line of it.
    #[test]
    fn broken_metadata_is_an_error_at_the_most(
        edits in prop::collection::vec((any::<prop::sample::Index>(), 0..20_usize, "[<>&;'\"/= a-zA-Z!\\[\\]\\-\n0-9]{0,12}"), 1..6),
    ) {
        let mut text = PORT.to_owned();
        for (at, length, other) in edits {
            let at = at.index(text.len() + 1);
            let end = (at + length).min(text.len());
            if text.is_char_boundary(at) && text.is_char_boundary(end) {
                text.replace_range(at..end, &other);
            }
        }
        if let Err(error) = Metadata::parse(&text) {
            prop_assert!(error.line >= 1 && error.line <= text.lines().count() + 1, "{}", error);
        }
    }
}
