//! Reports of a made-up test, joined with the pages.

use std::fs;

use graph_codegen::pipeline::{Generated, Input, Source, generate};
use graph_codegen::plan::nodes::Form;
use graph_codegen::plan::{Descriptions, PlanOptions};
use graph_codegen::profile::Profile;
use graph_codegen::select::Selection;
use graph_runtime::conformance::{Checked, Judged, Keys, Outcome, Report, Undeclared, Verdict};

use super::{Cause, Part, Results};
use crate::args::Conformance;
use crate::failure::Failure;
use graph_codegen::cli::{self, Wanted};

const TYPE: &str = "# thing resource type\n\n## Properties\n\n\
    |Property|Type|Description|\n|:---|:---|:---|\n|id|String|The key.|\n|size|Int32|The size.|\n";

const PAGE: &str = r#"# Update thing

## HTTP request

```http
PATCH /things/{id}
```

## Request body

A JSON object with what changes of the [thing](../resources/thing.md).

## Response

A `200 OK` response code and the [thing](../resources/thing.md).

## Examples

```http
PATCH /things/1

{ "size": 2 }
```

```http
HTTP/1.1 200 OK
Content-Type: application/json

{ "value": { "id": "1", "size": 2, "colour": "red" } }
```

```http
HTTP/1.1 404 Not Found
Content-Type: application/json

{ "error": { "code": "none" } }
```

```http
PATCH /others/1

{ "size": "large" }
```

```http
HTTP/1.1 200 OK
Content-Type: application/json

{ "id": }
```

```http
GET /things/1
```
"#;

fn generated() -> Generated {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in [("api/thing-update.md", PAGE), ("resources/thing.md", TYPE)] {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let input = Input {
        source: Source::pages(folder.path().to_owned()),
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
    generate(&input, &options).unwrap()
}

fn judged(verdict: Verdict, contradicts: bool) -> Option<Judged> {
    Some(Judged {
        verdict,
        contradicts,
    })
}

/// A report on the two exchanges that the function is held to.
fn report(first: Verdict) -> Report {
    let checked = |exchange, outcome| Checked {
        function: "things::update".to_owned(),
        page: "api/thing-update.md".to_owned(),
        exchange,
        outcome,
    };
    let shown = Outcome {
        request: judged(first, false),
        sent: judged(Verdict::Passed, false),
        answers: vec![judged(Verdict::Passed, false), None],
    };
    let other = Outcome {
        request: None,
        sent: judged(Verdict::Refused("no number".to_owned()), true),
        answers: vec![None],
    };
    Report {
        checked: vec![checked(0, shown), checked(1, other)],
        keys: Keys {
            declared: 19,
            undeclared: vec![Undeclared {
                model: "harbour.thing".to_owned(),
                key: "colour".to_owned(),
                count: 1,
            }],
            kept: 0,
        },
    }
}

fn rendered(results: &Results, list: bool) -> String {
    results.render(&Conformance {
        source: cli::Source::default(),
        out: None,
        wanted: Wanted::default(),
        strict: false,
        list,
        json: !list,
    })
}

#[test]
fn each_example_has_a_cause_and_a_place() {
    let results = Results::of(&generated(), &report(Verdict::Passed)).unwrap();
    let examples = results.examples.iter();
    let found: Vec<(Part, Cause, &str)> = examples
        .map(|example| (example.part, example.cause, &*example.place))
        .collect();
    assert_eq!(
        found,
        [
            (Part::Request, Cause::Passed, "api/thing-update.md:20"),
            (Part::Sent, Cause::Passed, "api/thing-update.md:20"),
            (Part::Received, Cause::Wrapped, "api/thing-update.md:26"),
            (Part::Received, Cause::Error, "api/thing-update.md:33"),
            (Part::Request, Cause::Unmatched, "api/thing-update.md:40"),
            (Part::Sent, Cause::Contradiction, "api/thing-update.md:40"),
            (Part::Received, Cause::Unreadable, "api/thing-update.md:46"),
            // No function of the page has its method.
            (Part::Request, Cause::Unmatched, "api/thing-update.md:53"),
        ]
    );
    assert!(!results.is_missed(false));
    // Half of the bodies sent are of the documented type.
    assert!(results.is_missed(true));
}

#[test]
fn the_text_has_figures_causes_keys_and_places() {
    let results = Results::of(&generated(), &report(Verdict::Passed)).unwrap();
    let text = rendered(&results, true);
    for line in [
        "requests of documented lines: built as shown 1 of 1 ≥ 97 % holds",
        "bodies sent: readable JSON of the documented type 1 of 2 ≥ 97 % MISSED",
        "keys: fields of their models 19 of 20 ≥ 95 % holds",
        "another request than the page documents 2 0 0 unmatched-example",
        "1 harbour.thing/colour",
        "api/thing-update.md:40: body of the request of things::update: contradicts the tables or the text",
        "at $['size'] stands the text `large`, and documented is Edm.Int32",
        "api/thing-update.md:53: request: another request than the page documents",
    ] {
        let found = text.lines().any(|known| {
            let words: Vec<&str> = known.split_whitespace().collect();
            words.join(" ") == line
        });
        assert!(found, "{line}\n{text}");
    }
    assert!(!text.contains("thing-update.md:20"), "{text}");
    let json = rendered(&results, false);
    assert!(json.contains("\"cause\": \"wrapped\""), "{json}");
}

#[test]
fn a_failure_that_no_finding_explains_is_listed_and_missed() {
    let fault = Verdict::Differs(vec!["the path /a is /b".to_owned()]);
    let results = Results::of(&generated(), &report(fault)).unwrap();
    assert!(results.is_missed(false));
    let text = rendered(&results, false);
    assert!(text.contains("\"the path /a is /b\""), "{text}");
}

#[test]
fn a_report_of_another_crate_is_refused() {
    let failure = Results::of(&generated(), &Report::default()).unwrap_err();
    assert!(matches!(failure, Failure::Form { .. }), "{failure}");
}
