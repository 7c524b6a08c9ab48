//! SARIF 2.1.0: what every rule raises is held to the schema, and to what the specification asks for beyond it.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;
use std::sync::LazyLock;

use graph_codegen::diagnostics::{Format, Rule, render};
use jsonschema::{Draft, Validator};
use serde_json::{Value, json};

use crate::raised;

/// The schema of the standard, as the package `serde-sarif` carries it among its sources.
fn schema() -> String {
    let rustc = Command::new("rustc").arg("-vV").output().unwrap();
    let about = String::from_utf8(rustc.stdout).unwrap();
    let mut lines = about.lines();
    let host = lines.find_map(|line| line.strip_prefix("host: ")).unwrap();
    // Packages of other platforms are not at hand, and not needed.
    let metadata = Command::new(env!("CARGO"))
        .args([
            "metadata",
            "--format-version",
            "1",
            "--locked",
            "--filter-platform",
            host,
        ])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    let metadata: Value = serde_json::from_slice(&metadata.stdout).unwrap();
    let package = array(&metadata, "packages")
        .iter()
        .find(|package| package["name"] == "serde-sarif")
        .unwrap();
    let manifest = Path::new(package["manifest_path"].as_str().unwrap());
    std::fs::read_to_string(manifest.with_file_name("src").join("schema.json")).unwrap()
}

/// The schema of the standard, with the formats of its texts.
static SCHEMA: LazyLock<Validator> = LazyLock::new(|| {
    let text = schema();
    // A stray bracket in the pattern of `language`, which the log does not have: strict readers refuse it.
    let mended = text.replace("{2}]?$", "{2}$");
    assert_ne!(mended, text, "the schema has been mended");
    let schema: Value = serde_json::from_str(&mended).unwrap();
    jsonschema::options()
        .with_draft(Draft::Draft7)
        .should_validate_formats(true)
        .build(&schema)
        .unwrap()
});

/// What the schema has against a log.
fn violations(log: &Value) -> Vec<String> {
    SCHEMA
        .iter_errors(log)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect()
}

fn array<'a>(value: &'a Value, name: &str) -> &'a [Value] {
    value[name].as_array().map_or(&[], Vec::as_slice)
}

/// Reads a log, and holds it to the schema and to the specification. Gives its results.
#[track_caller]
pub(crate) fn checked(text: &str) -> Vec<Value> {
    let log: Value = serde_json::from_str(text).unwrap();
    assert_eq!(violations(&log), [""; 0], "{text}");
    let [run] = array(&log, "runs") else {
        panic!("not one run");
    };
    // Section 3.14.17: without it columns count UTF-16 code units.
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    let rules = array(&run["tool"]["driver"], "rules");
    let ids: BTreeSet<&str> = rules
        .iter()
        .filter_map(|rule| rule["id"].as_str())
        .collect();
    assert_eq!(ids.len(), Rule::ALL.len(), "ids are not unique");
    for rule in rules {
        // GitHub refuses rules without a help.
        assert!(rule["help"]["text"].is_string(), "{rule}");
        let name = rule["name"].as_str().unwrap();
        assert!(name.chars().all(|c| c.is_ascii_alphanumeric()), "{name}");
    }
    let results = array(run, "results");
    for result in results {
        // Section 3.27.6: the index is that of the rule of the id.
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(rules[index]["id"], result["ruleId"]);
        let print = result["partialFingerprints"]["ruleFileMessage/v1"]
            .as_str()
            .unwrap();
        assert_eq!(print.len(), 16);
        assert_ne!(result["message"]["text"], "");
        let related = array(result, "relatedLocations");
        for (index, location) in related.iter().enumerate() {
            // Section 3.28.2: ids are unique in a result.
            assert_eq!(location["id"], index + 1);
        }
        for location in array(result, "locations").iter().chain(related) {
            place(&location["physicalLocation"]);
        }
    }
    results.to_vec()
}

/// Holds a place to section 3.30: a region begins at one, and does not end before its beginning.
#[track_caller]
fn place(location: &Value) {
    let uri = location["artifactLocation"]["uri"].as_str().unwrap();
    let plain = |c: char| c.is_ascii_graphic() && !"\\\"<>^`{|}".contains(c);
    assert!(uri.chars().all(plain), "{uri}");
    let Some(region) = location.get("region") else {
        return;
    };
    let number = |name: &str| region[name].as_u64().unwrap();
    let start = (number("startLine"), number("startColumn"));
    let end = (number("endLine"), number("endColumn"));
    assert!(start.0 >= 1 && start.1 >= 1 && start <= end, "{region}");
}

#[test]
fn what_every_rule_raises_is_sarif() {
    for rule in Rule::ALL.iter().copied() {
        let mut model = raised(rule).unwrap();
        model.corpus.root = "docs".to_owned();
        let findings = model.diagnostics.iter();
        let results = checked(&render(findings, &model.corpus, Format::Sarif, false));
        assert_eq!(results.len(), model.diagnostics.iter().count());
        let own: Vec<&Value> = results
            .iter()
            .filter(|result| result["ruleId"] == rule.code())
            .collect();
        assert!(!own.is_empty(), "{}", rule.code());
        for result in own {
            assert_eq!(result["level"], rule.severity().as_str());
            for location in array(result, "locations") {
                let uri = &location["physicalLocation"]["artifactLocation"]["uri"];
                let uri = uri.as_str().unwrap();
                let named = rule == Rule::StaleBaselineEntry;
                assert!(named || uri.starts_with("docs/"), "{uri}");
            }
        }
    }
}

/// A check that takes everything proves nothing.
#[test]
fn the_schema_refuses_what_is_no_sarif() {
    let model = raised(Rule::ConflictingProperty).unwrap();
    let findings = model.diagnostics.iter();
    let text = render(findings, &model.corpus, Format::Sarif, false);
    let log: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(violations(&log), [""; 0]);
    let result = "/runs/0/results/0";
    let region = "/runs/0/results/0/locations/0/physicalLocation/region";
    let changes = [
        ("".to_owned(), "version", json!("2.0.0")),
        ("".to_owned(), "$schema", json!("no address")),
        ("/runs/0".to_owned(), "columnKind", json!("characters")),
        ("/runs/0".to_owned(), "findings", json!([])),
        (result.to_owned(), "level", json!("grave")),
        (result.to_owned(), "message", json!({})),
        (region.to_owned(), "startLine", json!(0)),
        (
            region.replace("region", "artifactLocation"),
            "uri",
            json!("a page.md"),
        ),
    ];
    for (path, name, value) in changes {
        let mut changed = log.clone();
        let object = changed.pointer_mut(&path).unwrap().as_object_mut().unwrap();
        object.insert(name.to_owned(), value.clone());
        assert!(!violations(&changed).is_empty(), "{path}/{name} = {value}");
    }
}
