//! Whether JSON that was read and written again says the same.

use serde_json::{Map, Value};

/// The most differences that are listed.
const LISTED: usize = 5;

/// Where two values differ, by path; none where they say the same.
pub(super) fn differences(shown: &Value, written: &Value) -> Vec<String> {
    let mut found = Vec::new();
    compare("$", shown, written, &mut found);
    found.truncate(LISTED);
    found
}

fn compare(at: &str, shown: &Value, written: &Value, found: &mut Vec<String>) {
    match (shown, written) {
        (Value::Object(shown), Value::Object(written)) => objects(at, shown, written, found),
        (Value::Array(shown), Value::Array(written)) => {
            // A collection leaves null out; a list in JSON that is kept as it is has it.
            let all: Vec<&Value> = shown.iter().collect();
            let present: Vec<&Value> = shown.iter().filter(|item| !item.is_null()).collect();
            let mut lists = [all, present].into_iter();
            let Some(shown) = lists.find(|list| list.len() == written.len()) else {
                found.push(format!(
                    "{at}: {} items are {} items",
                    shown.len(),
                    written.len()
                ));
                return;
            };
            for (index, (shown, written)) in shown.into_iter().zip(written).enumerate() {
                compare(&format!("{at}[{index}]"), shown, written, found);
            }
        }
        _ if shown == written || same_number(shown, written) => {}
        _ => found.push(format!("{at}: {shown} is {written}")),
    }
}

fn objects(
    at: &str,
    shown: &Map<String, Value>,
    written: &Map<String, Value>,
    found: &mut Vec<String>,
) {
    for (key, value) in shown {
        match written.get(key) {
            Some(other) => compare(&format!("{at}['{key}']"), value, other, found),
            // Null is read as absent.
            None if value.is_null() => {}
            None => found.push(format!("{at}['{key}']: {value} is lost")),
        }
    }
    for (key, value) in written {
        // The type of a derived object is added, as the service asks for it.
        if !shown.contains_key(key) && key != "@odata.type" {
            found.push(format!("{at}['{key}']: {value} is added"));
        }
    }
}

/// Whether both are one number, in whatever form: `1.0`, `1`, `"1"` (OData JSON Format 4.01, section 3.2).
fn same_number(shown: &Value, written: &Value) -> bool {
    let number = |value: &Value| match value {
        Value::Number(number) => number.as_f64(),
        Value::String(text) => text.parse().ok(),
        _ => None,
    };
    written.is_number() && number(shown).is_some_and(|shown| Some(shown) == number(written))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Map, Value, json};

    use super::differences;

    /// Any JSON whose texts are no numbers.
    fn value() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            "[a-z ]{0,6}".prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 32, 4, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
                prop::collection::btree_map("[a-z]{1,3}", inner, 0..4)
                    .prop_map(|map| Value::from(Map::from_iter(map))),
            ]
        })
    }

    /// The value without what may be left out.
    fn present(value: &Value) -> Value {
        match value {
            Value::Array(items) => items
                .iter()
                .filter(|item| !item.is_null())
                .map(present)
                .collect(),
            Value::Object(map) => {
                let present = map.iter().filter(|(_, value)| !value.is_null());
                Value::Object(
                    present
                        .map(|(key, value)| (key.clone(), self::present(value)))
                        .collect(),
                )
            }
            other => other.clone(),
        }
    }

    proptest! {
        #[test]
        fn a_value_says_the_same_as_itself_without_null(value in value()) {
            prop_assert_eq!(differences(&value, &value), Vec::<String>::new());
            prop_assert_eq!(differences(&value, &present(&value)), Vec::<String>::new());
        }

        #[test]
        fn values_that_differ_are_found(left in value(), right in value()) {
            let same = present(&left) == present(&right);
            prop_assert_eq!(differences(&left, &present(&right)).is_empty(), same);
        }
    }

    #[test]
    fn numbers_have_several_forms_and_texts_one() {
        let same = |shown: Value, written: Value| differences(&shown, &written).is_empty();
        assert!(same(json!(1.0), json!(1)));
        assert!(same(json!("2.5"), json!(2.5)));
        assert!(!same(json!(1), json!("1")));
        assert!(!same(json!(1), json!(2)));
        assert!(!same(
            json!("2017-01-01T00:00:00.10Z"),
            json!("2017-01-01T00:00:00.1Z")
        ));
        assert!(same(json!({}), json!({"@odata.type": "#a.b"})));
        assert!(!same(json!({}), json!({"id": null})));
    }
}
