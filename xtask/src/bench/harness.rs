//! Decodes a page of objects, as the emitted type or as `serde_json::Value`; prints what that gave and what it took.
//!
//! It is no part of `xtask`: it is written beside an emitted crate and built there.

mod item;

use std::error::Error;
use std::hint::black_box;
use std::time::{Duration, Instant};

use graph_runtime::serde::de::DeserializeOwned;
use graph_runtime::serde_json::{self, Value, json};
use graph_runtime::{Model, Page};
use item::Item;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [file, what, rounds] = &*arguments else {
        return Err("a file, what to do and how often are expected".into());
    };
    let bytes = std::fs::read(file)?;
    let rounds: u32 = rounds.parse()?;
    let printed = match what.as_str() {
        "compare" => compare(&bytes)?,
        "typed" => decode::<Page<Item>>(&bytes, rounds)?,
        "value" => decode::<Value>(&bytes, rounds)?,
        _ => return Err(format!("{what} is not known").into()),
    };
    println!("{printed}");
    Ok(())
}

/// How many objects are the same JSON when written again, and how many properties no type declares.
fn compare(bytes: &[u8]) -> Result<Value, Box<dyn Error>> {
    let typed: Page<Item> = serde_json::from_slice(bytes)?;
    let value: Value = serde_json::from_slice(bytes)?;
    let read = value["value"].as_array().ok_or("no array `value`")?;
    let mut same = 0;
    let mut undeclared = 0;
    for (item, read) in typed.value.iter().zip(read) {
        let mut written = serde_json::to_value(item)?;
        without_added_types(&mut written, read);
        same += usize::from(written == *read);
        undeclared += item.additional().len();
    }
    Ok(json!({ "items": read.len(), "same": same, "undeclared": undeclared }))
}

/// Takes away the names of types that were not there when the object was read: derived types always say which they are.
fn without_added_types(written: &mut Value, read: &Value) {
    match (written, read) {
        (Value::Object(written), Value::Object(read)) => {
            if !read.contains_key("@odata.type") {
                written.remove("@odata.type");
            }
            for (name, value) in written {
                if let Some(read) = read.get(name) {
                    without_added_types(value, read);
                }
            }
        }
        (Value::Array(written), Value::Array(read)) => {
            for (written, read) in written.iter_mut().zip(read) {
                without_added_types(written, read);
            }
        }
        _ => {}
    }
}

/// The shortest time that decoding took, without what dropping takes.
fn decode<T: DeserializeOwned>(bytes: &[u8], rounds: u32) -> Result<Value, Box<dyn Error>> {
    let mut best = Duration::MAX;
    for _ in 0..rounds {
        let start = Instant::now();
        // As the runtime reads a body, be it to be typed or not.
        let page: T = serde_json::from_str(std::str::from_utf8(black_box(bytes))?)?;
        best = best.min(start.elapsed());
        drop(black_box(page));
    }
    Ok(json!({ "best": best.as_secs_f64() }))
}
