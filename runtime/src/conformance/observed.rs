//! What reading says about the keys of objects, and the derived types that objects name.

use std::cell::RefCell;
use std::collections::BTreeMap;

use serde_json::Value;

use super::Reread;
use super::equal::differences;
use super::report::{Keys, Undeclared};
use crate::model::Model;

/// A key that was read.
struct Key {
    /// The qualified name of the model.
    model: &'static str,
    name: String,
    /// Whether it is a field.
    declared: bool,
}

/// What was read on this thread.
#[derive(Default)]
struct Observed {
    derived: BTreeMap<&'static str, Reread>,
    keys: Vec<Key>,
    /// The keys of what is kept as JSON.
    kept: u64,
    /// Where an object does not come back whole from the derived type that it names.
    faults: Vec<String>,
}

thread_local! {
    /// There while an example is read: other reading goes by without it.
    static CURRENT: RefCell<Option<Observed>> = const { RefCell::new(None) };
}

/// Whether a key is control information (OData JSON Format 4.01, section 4.6), which is no property.
fn is_control(name: &str) -> bool {
    name.contains('@')
}

fn current<T: Default>(then: impl FnOnce(&mut Observed) -> T) -> T {
    CURRENT.with(|current| current.borrow_mut().as_mut().map(then).unwrap_or_default())
}

/// What `read` returns, and the keys that it reads on this thread.
pub(super) fn observing<T>(
    derived: BTreeMap<&'static str, Reread>,
    read: impl FnOnce() -> T,
) -> (T, Keys) {
    let observed = Observed {
        derived,
        ..Observed::default()
    };
    CURRENT.with(|current| *current.borrow_mut() = Some(observed));
    let value = read();
    let observed = CURRENT.with(|current| current.borrow_mut().take());
    let observed = observed.unwrap_or_default();
    let mut keys = Keys {
        kept: observed.kept,
        ..Keys::default()
    };
    let mut undeclared: BTreeMap<(&str, String), u64> = BTreeMap::new();
    for key in observed.keys {
        match key.declared {
            true => keys.declared += 1,
            false => *undeclared.entry((key.model, key.name)).or_default() += 1,
        }
    }
    keys.undeclared = undeclared
        .into_iter()
        .map(|((model, key), count)| Undeclared {
            model: model.to_owned(),
            key,
            count,
        })
        .collect();
    (value, keys)
}

/// How many keys were read so far: an object that is read next has those after them.
pub(crate) fn mark() -> usize {
    current(|observed| observed.keys.len())
}

/// Notes a key of an object of a model.
pub(crate) fn note(model: &'static str, name: &str, declared: bool) {
    if is_control(name) {
        return;
    }
    current(|observed| {
        observed.keys.push(Key {
            model,
            name: name.to_owned(),
            declared,
        });
    });
}

/// Reads an object as the derived type that it names, whose keys then count in place of those since `mark`.
pub(crate) fn reread<T: Model>(model: &T, mark: usize) {
    let Some(name) = model.odata_type().filter(|name| *name != T::NAME) else {
        return;
    };
    let Some(reread) = current(|observed| observed.derived.get(name).copied()) else {
        return;
    };
    let Ok(own) = serde_json::to_string(model) else {
        // Said where the whole body is written.
        return;
    };
    current(|observed| observed.keys.truncate(mark));
    let places = match reread(&own) {
        Ok(written) => differences(&json(&own), &json(&written)),
        Err(error) => vec![error.to_string()],
    };
    let places = places
        .into_iter()
        .map(|place| format!("as {name}: {place}"));
    current(|observed| observed.faults.extend(places));
}

/// Forgets the keys since `mark`, and the faults: of what could not be read.
pub(super) fn forget(mark: usize) {
    current(|observed| {
        observed.keys.truncate(mark);
        observed.faults.clear();
    });
}

/// Takes out the faults found so far.
pub(super) fn faults() -> Vec<String> {
    current(|observed| std::mem::take(&mut observed.faults))
}

/// Notes how many keys a body has that was read since `mark`: those that no object noted are in what is kept as JSON.
pub(super) fn total(body: &Value, mark: usize) {
    let total = count(body);
    current(|observed| {
        let noted = observed.keys.len().saturating_sub(mark);
        let noted = u64::try_from(noted).unwrap_or(u64::MAX);
        observed.kept += total.saturating_sub(noted);
    });
}

/// The keys of a value and of all that is in it, control information aside.
fn count(value: &Value) -> u64 {
    match value {
        Value::Array(items) => items.iter().map(count).sum(),
        Value::Object(map) => map
            .iter()
            .filter(|(name, _)| !is_control(name))
            .map(|(_, value)| 1 + count(value))
            .sum(),
        _ => 0,
    }
}

/// JSON that was written just before.
fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_default()
}
