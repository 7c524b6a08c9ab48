//! What becomes of requests and bodies.

use graph_runtime::conformance::{Judged, Outcome, Verdict};
use graph_runtime::serde_json::{Value, json};

use crate::held;

fn outcome(function: &str, exchange: Value) -> Outcome {
    let report = held(function, exchange);
    let [checked] = &*report.checked else {
        panic!("one example was given");
    };
    checked.outcome.clone()
}

/// The verdict on a request of a function.
fn request(function: &str, request: Value) -> Judged {
    let outcome = outcome(function, json!({ "request": request }));
    outcome.request.unwrap()
}

/// The verdict on a body that is sent.
fn sent(function: &str, body: Value) -> Verdict {
    let request = json!({ "arguments": ["c", "1"], "path": "/cranes/c/decks/1", "json": body });
    let outcome = outcome(function, json!({ "request": request }));
    assert_eq!(outcome.request.unwrap().verdict, Verdict::Passed);
    outcome.sent.unwrap().verdict
}

/// The verdict on a body that is received.
fn received(function: &str, body: Value) -> Verdict {
    let exchange = json!({ "responses": [{ "status": 200, "json": body }] });
    let outcome = outcome(function, exchange);
    outcome.answers[0].clone().unwrap().verdict
}

#[test]
fn requests_are_built_as_they_are_shown() {
    let shown = json!({
        "path": "/Cranes/north%20quay/decks/2/",
        "arguments": ["north quay", "2"],
        "query": [["$Select", "id,load"], ["$filter", "load eq 'a & b'"]],
        "headers": [
            ["Authorization", "Bearer {token}"],
            ["content-type", "application/json; charset=utf-8"],
            ["Prefer", "return=minimal"],
            ["Content-Length", "12"],
        ],
    });
    let built = request("cranes::update", shown);
    assert_eq!(built.verdict, Verdict::Passed);
}

#[test]
fn another_path_is_found() {
    let shown = json!({ "path": "/cranes/c/decks/2", "arguments": ["c", "2"] });
    let built = request("cranes::swapped", shown);
    let expected = "the path /cranes/c/decks/2 is /cranes/2/decks/c";
    assert_eq!(built.verdict, Verdict::Differs(vec![expected.to_owned()]));
    assert!(built.is_unexplained());
}

#[test]
fn another_query_and_another_header_are_found() {
    let shown = json!({
        "path": "/cranes/c/decks/2",
        "arguments": ["c", "2"],
        // A system query option stands once.
        "query": [["$top", "1"], ["$top", "2"]],
        "headers": [["Content-Type", "text/plain"]],
    });
    let Verdict::Differs(places) = request("cranes::update", shown).verdict else {
        panic!("both differ");
    };
    assert_eq!(places.len(), 2, "{places:?}");
    assert!(places[0].starts_with("the query "), "{places:?}");
    assert!(
        places[1].starts_with("the header content-type: text/plain"),
        "{places:?}"
    );
}

#[test]
fn an_argument_that_is_no_number_is_the_fault_of_the_page() {
    let shown = json!({ "path": "/cranes/c/decks/<number>", "arguments": ["c", "<number>"] });
    let built = request("cranes::update", shown);
    assert!(built.verdict.is_failure() && built.contradicts && !built.is_unexplained());
}

#[test]
fn another_request_than_the_documented_one_is_not_compared() {
    let shown = json!({ "path": "/quays/q", "json": { "id": "c" } });
    let outcome = outcome("cranes::update", json!({ "request": shown }));
    assert_eq!(outcome.request, None);
    assert_eq!(outcome.sent.unwrap().verdict, Verdict::Passed);
}

#[test]
fn bodies_say_the_same_in_other_forms() {
    for body in [
        json!({ "id": "c", "load": 7, "colour": null, "wheels": [null, 2.0] }),
        json!({ "load": "7" }),
        json!({ "id": null }),
        json!({}),
    ] {
        assert_eq!(
            sent("cranes::update", body.clone()),
            Verdict::Passed,
            "{body}"
        );
        assert_eq!(
            received("cranes::update", body.clone()),
            Verdict::Passed,
            "{body}"
        );
    }
}

#[test]
fn what_is_lost_is_found() {
    let lost = Verdict::Differs(vec!["$['id']: \"c\" is lost".to_owned()]);
    assert_eq!(sent("cranes::sieve", json!({ "id": "c" })), lost);
    assert_eq!(received("cranes::sieve", json!({ "id": "c" })), lost);
}

#[test]
fn what_cannot_be_read_is_refused_with_its_place() {
    let Verdict::Refused(error) = received("cranes::list", json!({ "value": [{ "id": 1 }] }))
    else {
        panic!("a number is no text");
    };
    assert!(error.contains("value[0].id"), "{error}");
    assert!(matches!(
        sent("cranes::update", json!({ "load": "heavy" })),
        Verdict::Refused(_)
    ));
}

#[test]
fn a_derived_object_has_to_be_one() {
    let body = json!({ "@odata.type": "#harbour.winch", "rope": "thick" });
    let Verdict::Differs(places) = received("cranes::update", body) else {
        panic!("a rope is a number");
    };
    assert!(places[0].starts_with("as harbour.winch: "), "{places:?}");
}

#[test]
fn bodies_of_no_type_and_bodies_that_nothing_takes() {
    let body = json!({ "a": 1 });
    assert_eq!(sent("cranes::unknown", body.clone()), Verdict::Untyped);
    assert_eq!(received("cranes::unknown", body.clone()), Verdict::Untyped);
    assert_eq!(sent("cranes::list", body.clone()), Verdict::Untaken);
    assert_eq!(received("cranes::silent", body), Verdict::Untaken);
    // An empty object says as much as no body.
    assert_eq!(sent("cranes::list", json!({})), Verdict::Passed);
}

#[test]
fn references_are_those_of_the_example() {
    let reference = json!({ "@odata.id": "https://service.example/v1.0/cranes/d" });
    assert_eq!(sent("cranes::refer", reference), Verdict::Passed);
    assert!(matches!(
        sent("cranes::refer", json!({})),
        Verdict::Refused(_)
    ));
}

#[test]
fn text_where_the_function_sends_json_is_not_taken() {
    let shown = json!({
        "path": "/cranes/c/decks/2",
        "arguments": ["c", "2"],
        "headers": [["Content-Type", "text/plain"]],
        "text": "lift",
    });
    let outcome = outcome("cranes::update", json!({ "request": shown }));
    assert_eq!(outcome.request.unwrap().verdict, Verdict::Passed);
    assert_eq!(outcome.sent.unwrap().verdict, Verdict::Untaken);
}

#[test]
fn errors_and_answers_without_json_are_not_read() {
    let exchange = json!({ "responses": [
        { "status": 404, "json": { "error": { "code": "gone" } } },
        { "status": 200, "text": "a,b" },
        { "status": 204 },
    ] });
    let outcome = outcome("cranes::update", exchange);
    assert_eq!(outcome.answers, [None, None, None]);
}
