//! The one visitor that reads every object.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::Value;

use super::Model;
use crate::additional::AdditionalProperties;
use crate::text::Text;

/// Reads an object as `T`: declared properties by [`Model::read`], all others into
/// [`Model::additional`].
///
/// # Errors
///
/// Fails if the input is not an object, or a property is not of its declared type.
pub fn deserialize<'de, T: Model, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    deserializer.deserialize_map(ModelVisitor(PhantomData))
}

struct ModelVisitor<T>(PhantomData<fn() -> T>);

impl<'de, T: Model> Visitor<'de> for ModelVisitor<T> {
    type Value = T;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "an object of the type {}", T::NAME)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<T, A::Error> {
        let mut model = T::default();
        while let Some(Text(name)) = map.next_key()? {
            if !model.read(&name, &mut map)? {
                let value = map.next_value()?;
                keep(model.additional_mut(), name, value);
            }
        }
        Ok(model)
    }
}

// Not inlined: one copy for all types instead of one in each of their visitors.
#[inline(never)]
pub(crate) fn keep(additional: &mut AdditionalProperties, name: Cow<'_, str>, value: Value) {
    additional.insert(name, value);
}
