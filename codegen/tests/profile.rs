//! What is said about a profile that cannot be used: where, what is wrong, and what was expected.

#![expect(
    clippy::unwrap_used,
    reason = "a test may panic, and so may the functions that it calls"
)]

use std::fmt::Write;
use std::path::Path;

use graph_codegen::profile::Profile;

/// Edits of the embedded profile: what is replaced, and by what.
const EDITS: &[(&str, &str)] = &[
    // No TOML.
    ("[folders]", "[folders"),
    // A key that is not known, at the top, in a table, and as the role of sections and columns.
    ("package = ", "pakage = "),
    ("no_body = ", "no_bodies = "),
    ("headers = [\"request", "header = [\"request"),
    ("number = [", "numbers = ["),
    // A key or a table that is missing.
    ("namespace = \"microsoft.graph\"\n", ""),
    ("[examples]\n", "[tabs]\n"),
    ("content = [\"content\"]\n", ""),
    ("request = [\"http request\", \"http requests\"]\n", ""),
    // Values of another kind.
    ("namespace = \"microsoft.graph\"", "namespace = 7"),
    ("with_base = false", "with_base = \"no\""),
    ("wire = [\"http\"]", "wire = \"http\""),
    (
        "labels = [\"Delegated (work or school account)\", ",
        "labels = [",
    ),
    // Empty entries and lists.
    ("deprecated = [\"deprecated\"]", "deprecated = [\" \"]"),
    ("\"permission type\"", "\"\""),
    ("\"binary\", \"bytes\"]\n", "\"\"]\n"),
    ("\"macOS\"", "\"\""),
    ("name = \"Microsoft Graph\"", "name = \"\""),
    ("versions = [\"v1.0\", \"beta\"]", "versions = []"),
    ("type = [\"type\", \"return type\"]", "type = []"),
    // Words with two meanings.
    (
        "response = [\"response\",",
        "response = [\"Request body\", \"response\",",
    ),
    ("\"Edm.Guid\" = [", "\"Edm.Guid\" = [\"Long\", "),
    ("resources = [\"resources\"]", "resources = [\"api\"]"),
    (
        "application = [\"application\"]",
        "application = [\"delegated\"]",
    ),
    (
        "\"Edm.Duration\" = [\"string (",
        "\"Edm.Duration\" = [\"string (binary)\", \"string (",
    ),
    // Types and versions that there are not.
    ("\"Edm.Guid\"", "\"Edm.Uuid\""),
    ("default_version = \"v1.0\"", "default_version = \"v2.0\""),
    ("{ \"v1.0\" = \"1.0\" }", "{ \"v1\" = \"1.0\" }"),
    // Addresses and names that lead nowhere.
    ("base_url = \"https://", "base_url = \"http://"),
    (
        "base_url = \"https://graph.microsoft.com",
        "base_url = \"https://graph.microsoft.com/",
    ),
    ("{folder}{page}", "{folder}{file}"),
    ("bases = []", "bases = [\"api/\"]"),
    ("package = \"graph-sdk\"", "package = \"Graph SDK\""),
];

fn embedded() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("profiles/graph.toml");
    std::fs::read_to_string(path).unwrap()
}

#[test]
fn every_mistake_is_named_with_its_place() {
    let text = embedded();
    let mut messages = String::new();
    for (from, to) in EDITS {
        assert!(text.contains(from), "the profile no longer has `{from}`");
        let edited = text.replacen(from, to, 1);
        let Err(error) = Profile::parse(&edited) else {
            panic!("`{to}` in place of `{from}` is no mistake");
        };
        let line = edited.lines().nth(error.line - 1).unwrap_or_default();
        let shown = error.message.replace('\n', " ");
        writeln!(
            messages,
            "{} -> {}\n  at: {}\n  {shown}",
            from.trim_end(),
            to.trim_end(),
            line.chars().take(60).collect::<String>(),
        )
        .unwrap();
    }
    let mut settings = insta::Settings::clone_current();
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!("errors", messages));
}

#[test]
fn the_place_is_a_line_and_a_column() {
    let text = embedded().replacen("default_version = \"v1.0\"", "default_version = \"v9\"", 1);
    let error = Profile::parse(&text).unwrap_err();
    let line = text
        .lines()
        .position(|line| line.starts_with("default_version"))
        .unwrap();
    assert_eq!((error.line, error.column), (line + 1, 19));
    assert!(
        error
            .to_string()
            .starts_with(&format!("{}:19: `v9`", line + 1))
    );
}

/// The comment at the head of the embedded profile lists these.
#[test]
fn what_may_be_left_out_may_be_left_out() {
    let text = embedded();
    let mut kept = String::new();
    let mut skip = false;
    for line in text.lines() {
        if line.starts_with('[') {
            let tables = ["[permissions]", "[tabs]", "[names", "[placeholders]"];
            skip = tables.iter().any(|table| line.starts_with(table));
        }
        let optional = [
            "scopes",
            "root_types",
            "documentation_url",
            "version_aliases",
        ]
        .iter()
        .any(|key| line.starts_with(&format!("{key} =")));
        if !skip && !optional {
            writeln!(kept, "{line}").unwrap();
        }
    }
    assert!(kept.len() < text.len());
    let profile = Profile::parse(&kept).unwrap();
    assert!(profile.documentation_url.is_none() && profile.scopes.is_empty());
}
