//! Enumerations that grow: reading one never fails on a member that is not known yet.

use serde::de::{Deserialize, Deserializer};
use serde::ser::Serializer;

use crate::text::Text;

/// An enumeration whose members are text on the wire, with a variant that keeps the text of an
/// unknown member.
///
/// An implementation also implements `Serialize` and `Deserialize` through [`serialize`] and
/// [`deserialize`]. For all texts, `from_wire(text).as_str() == text`.
pub trait OpenEnum: Sized {
    /// The member with this name, or the variant that keeps the text. Names are case-sensitive.
    fn from_wire(text: &str) -> Self;

    /// The name on the wire.
    fn as_str(&self) -> &str;
}

/// Writes the name of a member.
///
/// # Errors
///
/// Fails if the serializer does.
pub fn serialize<T: OpenEnum, S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(value.as_str())
}

/// Reads a member. A number or a boolean is taken by its JSON text, which makes an unknown member
/// rather than an error.
///
/// # Errors
///
/// Fails if the input is null, an array or an object.
pub fn deserialize<'de, T: OpenEnum, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    Text::deserialize(deserializer).map(|Text(text)| T::from_wire(&text))
}
