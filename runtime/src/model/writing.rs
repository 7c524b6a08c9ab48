//! Writes every object: its type, its declared properties, then the others.

use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::Value;

use super::{Model, Number, ODATA_TYPE};
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
    let mut map = serializer.serialize_map(None)?;
    // First, because a service that reads a stream needs the type before the properties (OData JSON
    // Format 4.01, payload ordering constraints).
    if let Some(given) = additional.get(ODATA_TYPE) {
        map.serialize_entry(ODATA_TYPE, given)?;
    } else if T::DERIVED {
        map.serialize_entry(ODATA_TYPE, &format_args!("#{}", T::NAME))?;
    }
    let mut entries = Entries {
        map,
        additional,
        shadowed: Vec::new(),
        failure: None,
    };
    value.write(&mut entries);
    entries.finish()
}

/// Where [`Model::write`] puts the declared properties of an object. What fails is kept for the end,
/// and nothing is written after it: thousands of `?` in generated code would cost more to compile
/// than all else in it.
pub struct Entries<'a, M: SerializeMap> {
    map: M,
    additional: &'a AdditionalProperties,
    // The additional properties that a declared one has taken the place of.
    shadowed: Vec<&'static str>,
    failure: Option<M::Error>,
}

impl<M: SerializeMap> Entries<'_, M> {
    /// Writes a property if it has a value.
    pub fn value<V: Serialize>(&mut self, name: &'static str, value: &Option<V>) {
        if let Some(value) = value {
            self.write(name, value);
        }
    }

    /// Writes a fraction if there is one; `INF`, `-INF` and `NaN` as text, for JSON has no numbers
    /// for them (OData JSON Format 4.01, section 7.1).
    pub fn fraction<V: Number + Serialize>(&mut self, name: &'static str, value: &Option<V>) {
        if let Some(value) = value {
            self.write(name, &Fraction(value));
        }
    }

    /// Writes a collection of fractions if there is one, each as [`fraction`](Self::fraction) does.
    pub fn fractions<V: Number + Serialize>(
        &mut self,
        name: &'static str,
        values: &Option<Vec<V>>,
    ) {
        if let Some(values) = values {
            self.write(name, &Fractions(values));
        }
    }

    fn write<V: Serialize + ?Sized>(&mut self, name: &'static str, value: &V) {
        if self.failure.is_some() {
            return;
        }
        if self.additional.contains(name) {
            self.shadowed.push(name);
        }
        self.failure = self.map.serialize_entry(name, value).err();
    }

    fn finish(mut self) -> Result<M::Ok, M::Error> {
        if let Some(failure) = self.failure {
            return Err(failure);
        }
        for (name, value) in self.additional.iter() {
            if name != ODATA_TYPE && !self.shadowed.contains(&name) {
                write_additional(&mut self.map, name, value)?;
            }
        }
        self.map.end()
    }
}

/// Fractions as JSON has them, the others as text.
struct Fractions<'v, V>(&'v [V]);

impl<V: Number + Serialize> Serialize for Fractions<'_, V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(Fraction))
    }
}

struct Fraction<'v, V>(&'v V);

impl<V: Number + Serialize> Serialize for Fraction<'_, V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0.special() {
            Some(text) => serializer.serialize_str(text),
            None => self.0.serialize(serializer),
        }
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
