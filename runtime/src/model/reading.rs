//! The one visitor that reads every object.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::Value;

use super::Model;
use crate::additional::AdditionalProperties;
#[cfg(feature = "conformance")]
use crate::conformance;
use crate::text::Text;

/// Reads an object as `T`: declared properties by [`Model::read`], all others into
/// [`Model::additional`].
///
/// # Errors
///
/// Fails if the input is not an object, or a property is not of its declared type.
pub fn deserialize<'de, T: Model, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let mut model = T::default();
    deserializer.deserialize_map(ModelVisitor(&mut model))?;
    Ok(model)
}

/// Reads the value of a declared property into its field, null as `None`. Answers `true`, as
/// [`Model::read`] does for what is declared.
///
/// # Errors
///
/// Fails if the value is not of the field's type.
pub fn value<'de, T: Deserialize<'de>, A: MapAccess<'de>>(
    map: &mut A,
    field: &mut Option<T>,
) -> Result<bool, A::Error> {
    *field = map.next_value()?;
    Ok(true)
}

/// Fills an object in its place: an object of many properties is some kilobytes, and what a visitor
/// returns is moved by each layer of the deserializer.
struct ModelVisitor<'a, T>(&'a mut T);

impl<'de, T: Model> Visitor<'de> for ModelVisitor<'_, T> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "an object of the type {}", T::NAME)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        #[cfg(feature = "conformance")]
        let mark = conformance::mark();
        while let Some(Text(name)) = map.next_key()? {
            let declared = self.0.read(&name, &mut map)?;
            #[cfg(feature = "conformance")]
            conformance::note(T::NAME, &name, declared);
            if !declared {
                let value = map.next_value()?;
                keep(self.0.additional_mut(), name, value);
            }
        }
        #[cfg(feature = "conformance")]
        conformance::reread(self.0, mark);
        Ok(())
    }
}

// Not inlined: one copy for all types instead of one in each of their visitors.
#[inline(never)]
pub(crate) fn keep(additional: &mut AdditionalProperties, name: Cow<'_, str>, value: Value) {
    additional.insert(name, value);
}
