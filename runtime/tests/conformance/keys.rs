//! Where keys go.

use graph_runtime::conformance::{Keys, Undeclared};
use graph_runtime::serde_json::{Value, json};

use crate::held;

/// The keys of an answer to a function.
fn keys(function: &str, body: Value) -> Keys {
    let exchange = json!({ "responses": [{ "status": 200, "json": body }] });
    held(function, exchange).keys
}

fn undeclared(model: &str, key: &str, count: u64) -> Undeclared {
    Undeclared {
        model: model.to_owned(),
        key: key.to_owned(),
        count,
    }
}

#[test]
fn fields_others_and_what_is_in_them() {
    let body = json!({ "id": "c", "load": 1, "colour": { "hue": 1 }, "hook": { "id": "h", "worn": true } });
    let found = keys("cranes::update", body);
    // `hue`, and `id` and `worn` of the relationship.
    assert_eq!((found.declared, found.kept), (3, 3));
    assert_eq!(found.undeclared, [undeclared("harbour.crane", "colour", 1)]);
}

#[test]
fn control_information_and_envelopes_do_not_count() {
    let body = json!({
        "@odata.context": "…",
        "value": [{ "id": "a", "hook@odata.count": 1 }, { "id": "b", "age": 1 }, { "age": 2 }],
    });
    let found = keys("cranes::list", body);
    assert_eq!((found.declared, found.kept), (2, 0));
    assert_eq!(found.undeclared, [undeclared("harbour.crane", "age", 2)]);
}

#[test]
fn an_object_that_names_a_derived_type_counts_as_that() {
    let body = json!({ "@odata.type": "#harbour.winch", "id": "w", "rope": 1.5, "load": 2 });
    let found = keys("cranes::update", body);
    assert_eq!((found.declared, found.kept), (2, 0));
    assert_eq!(found.undeclared, [undeclared("harbour.winch", "load", 1)]);
}

#[test]
fn what_cannot_be_read_does_not_count() {
    let found = keys("cranes::update", json!({ "load": 1, "age": 2, "id": 1 }));
    assert_eq!(found, Keys::default());
}

#[test]
fn json_of_no_type_is_kept() {
    let found = keys("cranes::unknown", json!({ "a": { "b": 1 } }));
    assert_eq!((found.declared, found.kept), (0, 2));
}
