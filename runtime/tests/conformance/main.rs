//! Functions that are right and functions that are wrong, held to examples as a generated crate holds its own.

#![expect(clippy::unwrap_used, reason = "a test that fails there says where")]

mod keys;
mod outcomes;
mod sdk;

use graph_runtime::ErrorKind;
use graph_runtime::conformance::{Area, Case, Derived, Report, check};
use graph_runtime::serde_json::{self, Value, json};

use sdk::{AREA, Crane, Winch};

/// What becomes of an exchange of a function.
fn held(function: &str, exchange: Value) -> Report {
    let operations = json!([{
        "function": function,
        "method": "PATCH",
        "path": "/v1.0/cranes/{id}/decks/{number}",
        "exchanges": [exchange],
    }]);
    let text = json!({ "operations": operations }).to_string();
    let area = Area {
        documented: Box::leak(text.into_boxed_str()),
        cases: AREA,
    };
    check(&[area], &[Derived::of::<Winch>(), Derived::of::<Crane>()]).unwrap()
}

#[test]
fn a_function_without_a_case_is_an_error() {
    let text = r#"{"operations": [{"function": "cranes::scrap", "method": "POST", "path": "/v1.0/cranes",
        "exchanges": [{"responses": []}]}]}"#;
    let area = Area {
        documented: text,
        cases: AREA,
    };
    let error = check(&[area], &[]).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Request);
    assert!(error.to_string().contains("cranes::scrap"), "{error}");
}

#[test]
fn examples_that_cannot_be_read_are_an_error() {
    let none: &[&[Case]] = &[];
    let area = Area {
        documented: "{}",
        cases: none,
    };
    assert_eq!(check(&[area], &[]).unwrap_err().kind(), ErrorKind::Decode);
}

#[test]
fn an_example_of_another_function_does_not_count() {
    let report = held(
        "cranes::update",
        json!({ "shared": true, "responses": [{ "status": 200, "json": { "id": 1 } }] }),
    );
    assert_eq!(report, Report::default());
}

#[test]
fn the_report_sums_up_and_names_what_is_not_explained() {
    let report = held(
        "cranes::update",
        json!({ "page": "api/crane-update.md", "responses": [
            { "status": 200, "json": { "id": "c1" } },
            { "status": 200, "json": { "id": 1 } },
            { "status": 200, "json": { "id": 1 }, "contradictions": ["at $['id'] stands the number 1"] },
        ] }),
    );
    let text = report.to_string();
    for line in [
        "1 example",
        "bodies received that are read and written back whole: 1 of 3",
        "keys: 1 in fields, 0 undeclared, 0 in JSON that is kept as it is",
        "not explained by the page: 1",
    ] {
        assert!(text.lines().any(|known| known == line), "{line}\n{text}");
    }
    assert!(
        text.contains("api/crane-update.md: cranes::update, example 1: Refused("),
        "{text}"
    );
    let written = serde_json::to_string(&report).unwrap();
    let read: Report = serde_json::from_str(&written).unwrap();
    assert_eq!(read, report);
}
