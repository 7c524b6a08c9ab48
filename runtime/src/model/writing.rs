//! Writes every object: its type, its declared properties, then the others.

use std::fmt::{self, Write};

use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::Value;

use super::{Model, ODATA_TYPE};
use crate::additional::AdditionalProperties;

/// Writes an object: `@odata.type` first where it is needed, the declared properties that have a
/// value, then the additional ones. No name is written twice; a declared property that has a value
/// wins over an additional one.
///
/// # Errors
///
/// Fails if the serializer does.
pub fn serialize<T: Model, S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
    let additional = value.additional();
    let mut map = Shadowing {
        map: serializer.serialize_map(None)?,
        additional,
        name: String::new(),
        shadowed: Vec::new(),
    };
    // First, because a service that reads a stream needs the type before the properties (OData JSON
    // Format 4.01, payload ordering constraints).
    if let Some(given) = additional.get(ODATA_TYPE) {
        map.map.serialize_entry(ODATA_TYPE, given)?;
    } else if T::DERIVED {
        map.map
            .serialize_entry(ODATA_TYPE, &format_args!("#{}", T::NAME))?;
    }
    value.write(&mut map)?;
    map.finish()
}

/// Writes one property if it has a value, and nothing if it has none.
///
/// # Errors
///
/// Fails if the map cannot be written to, or the value cannot be serialised.
pub fn entry<M: SerializeMap, V: Serialize>(
    map: &mut M,
    name: &'static str,
    value: &Option<V>,
) -> Result<(), M::Error> {
    match value {
        Some(value) => map.serialize_entry(name, value),
        None => Ok(()),
    }
}

/// A map that notes which additional properties a declared one has taken the place of.
struct Shadowing<'a, M> {
    map: M,
    additional: &'a AdditionalProperties,
    // Used for one name after the other, so that noting costs no allocation for each property.
    name: String,
    shadowed: Vec<String>,
}

impl<M: SerializeMap> Shadowing<'_, M> {
    fn note<K: Serialize + ?Sized>(&mut self, key: &K) {
        if self.additional.is_empty() {
            return;
        }
        self.name.clear();
        // A key that is no text cannot be the name of a property: then there is nothing to note.
        if write!(self.name, "{}", Shown(key)).is_ok() && self.additional.contains(&self.name) {
            self.shadowed.push(self.name.clone());
        }
    }

    fn finish(mut self) -> Result<M::Ok, M::Error> {
        for (name, value) in self.additional.iter() {
            if name != ODATA_TYPE && !self.shadowed.iter().any(|shadowed| shadowed == name) {
                write_additional(&mut self.map, name, value)?;
            }
        }
        self.map.end()
    }
}

// Not inlined: shared by all types that are written to the same serializer.
#[inline(never)]
fn write_additional<M: SerializeMap>(
    map: &mut M,
    name: &str,
    value: &Value,
) -> Result<(), M::Error> {
    map.serialize_entry(name, value)
}

impl<M: SerializeMap> SerializeMap for Shadowing<'_, M> {
    type Ok = M::Ok;
    type Error = M::Error;

    fn serialize_key<K: Serialize + ?Sized>(&mut self, key: &K) -> Result<(), M::Error> {
        self.note(key);
        self.map.serialize_key(key)
    }

    fn serialize_value<V: Serialize + ?Sized>(&mut self, value: &V) -> Result<(), M::Error> {
        self.map.serialize_value(value)
    }

    fn serialize_entry<K: Serialize + ?Sized, V: Serialize + ?Sized>(
        &mut self,
        key: &K,
        value: &V,
    ) -> Result<(), M::Error> {
        self.note(key);
        self.map.serialize_entry(key, value)
    }

    fn end(self) -> Result<M::Ok, M::Error> {
        self.map.end()
    }
}

/// A key as text: serde writes scalars to a formatter as they are.
struct Shown<'a, K: ?Sized>(&'a K);

impl<K: Serialize + ?Sized> fmt::Display for Shown<'_, K> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.serialize(formatter)
    }
}
