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
