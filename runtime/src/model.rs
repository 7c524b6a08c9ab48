//! Entity and complex types: the trait that generated structs implement, and the serde code that
//! they share.
//!
//! Generated structs carry no serde derive. They say how one property is read and how all are
//! written; the loop over an object is here, once. That keeps a crate with thousands of types quick
//! to compile.
//!
//! ```
//! use graph_runtime::serde::{de::{Deserialize, Deserializer, MapAccess}, ser::{Serialize, SerializeMap, Serializer}};
//! use graph_runtime::{AdditionalProperties, Field, Model, model};
//!
//! #[derive(Clone, Debug, Default, PartialEq)]
//! pub struct Message {
//!     pub subject: Option<String>,
//!     pub additional: AdditionalProperties,
//! }
//!
//! impl Message {
//!     pub const SUBJECT: Field<Self> = Field::new("subject");
//! }
//!
//! impl Model for Message {
//!     const NAME: &'static str = "microsoft.graph.message";
//!     const DERIVED: bool = false;
//!
//!     fn read<'de, A: MapAccess<'de>>(&mut self, name: &str, map: &mut A) -> Result<bool, A::Error> {
//!         match name {
//!             "subject" => model::value(map, &mut self.subject),
//!             _ => Ok(false),
//!         }
//!     }
//!
//!     fn write<M: SerializeMap>(&self, entries: &mut model::Entries<'_, M>) {
//!         entries.value("subject", &self.subject);
//!     }
//!
//!     fn additional(&self) -> &AdditionalProperties {
//!         &self.additional
//!     }
//!
//!     fn additional_mut(&mut self) -> &mut AdditionalProperties {
//!         &mut self.additional
//!     }
//! }
//!
//! impl Serialize for Message {
//!     fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
//!         model::serialize(self, serializer)
//!     }
//! }
//!
//! impl<'de> Deserialize<'de> for Message {
//!     fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
//!         model::deserialize(deserializer)
//!     }
//! }
//!
//! let text = r#"{"subject":"Hello","importance":"low"}"#;
//! let mut message: Message = graph_runtime::serde_json::from_str(text).unwrap();
//! assert_eq!(message.additional.get("importance").unwrap(), "low");
//!
//! // Three states of a property in an update: absent, null and a value.
//! message.subject = None;
//! message.set_null(Message::SUBJECT);
//! let sent = graph_runtime::serde_json::to_value(&message).unwrap();
//! assert!(sent["subject"].is_null());
//! ```

mod collection;
mod number;
mod reading;
mod writing;

pub(crate) use collection::Present;
pub use collection::collection;
pub use number::{Number, number, numbers};
pub(crate) use reading::keep;
pub use reading::{deserialize, value};
pub use writing::{Entries, serialize};

use serde::de::{DeserializeOwned, MapAccess};
use serde::ser::{Serialize, SerializeMap};
use serde_json::Value;

use crate::additional::AdditionalProperties;
use crate::decode;
use crate::error::{Error, ErrorKind};
use crate::field::Field;

/// The annotation that names the type of an object (OData JSON Format 4.01, control information
/// `type`).
pub(crate) const ODATA_TYPE: &str = "@odata.type";

/// An entity or complex type: an object with declared properties, which keeps the ones it does not
/// know.
///
/// An implementation also implements [`Serialize`] and `Deserialize` through [`serialize`] and
/// [`deserialize`]; see [the module](self) for a complete one.
///
/// A property that the service sends as null is read as absent, so that writing an object back does
/// not set properties that the caller never looked at. To send null, use
/// [`set_null`](Model::set_null).
pub trait Model: Default + Serialize + DeserializeOwned {
    /// The qualified name of the type, such as `microsoft.graph.user`.
    const NAME: &'static str;

    /// Whether the type is derived from another one. If so, `@odata.type` is written, because the
    /// service cannot know the type otherwise (OData JSON Format 4.01, control information `type`).
    const DERIVED: bool;

    /// Reads the value of the property `name` by [`value`], [`number`], [`numbers`] or
    /// [`collection`], or returns `false` and leaves the value unread if it
    /// is not declared. A property that appears twice is read twice, and the last one stays. A type
    /// without declared properties leaves this as it is.
    ///
    /// # Errors
    ///
    /// Fails if the value is not of the property's type.
    fn read<'de, A: MapAccess<'de>>(&mut self, name: &str, map: &mut A) -> Result<bool, A::Error> {
        let _ = (name, map);
        Ok(false)
    }

    /// Writes the declared properties that have a value. A type without declared properties leaves
    /// this as it is.
    fn write<M: SerializeMap>(&self, entries: &mut Entries<'_, M>) {
        let _ = entries;
    }

    /// The properties that are not declared.
    fn additional(&self) -> &AdditionalProperties;

    /// The properties that are not declared, to be changed.
    fn additional_mut(&mut self) -> &mut AdditionalProperties;

    /// The qualified name of the type that the service says this object has: the text of
    /// `@odata.type` without a leading `#`. It is absent where the service found it needless, which
    /// means the declared type.
    fn odata_type(&self) -> Option<&str> {
        let text = self.additional().get(ODATA_TYPE)?.as_str()?;
        Some(text.strip_prefix('#').unwrap_or(text))
    }

    /// Reads this object as another type, usually a base as the derived type that the service says
    /// it is.
    ///
    /// # Errors
    ///
    /// An error of the kind [`Decode`](ErrorKind::Decode), if [`odata_type`](Model::odata_type) is
    /// there and is not `T::NAME` (names are case-sensitive), or if a property has not the type
    /// that `T` declares.
    fn downcast<T: Model>(&self) -> Result<T, Error> {
        let named = self.odata_type();
        if let Some(found) = named
            && found != T::NAME
        {
            return Err(Error::new(
                ErrorKind::Decode,
                format!("the object is a {found}, not a {}", T::NAME),
            ));
        }
        let mut value = decode::to_value(self)?;
        if named.is_none()
            && let Value::Object(map) = &mut value
        {
            // Written for `Self` because it is derived; kept, it would follow the object as the
            // type of `T`.
            map.remove(ODATA_TYPE);
        }
        decode::from_value(&value)
    }

    /// This object as one of its base type `T`, for a property or a body that is declared with the
    /// base: what `T` does not declare is kept in [`additional`](Model::additional), the name of the
    /// derived type with it, so that nothing is lost and [`downcast`](Model::downcast) leads back.
    ///
    /// # Errors
    ///
    /// An error of the kind [`Decode`](ErrorKind::Decode), if `T` declares a property of another
    /// type under the same name, as a base never does.
    fn upcast<T: Model>(&self) -> Result<T, Error> {
        decode::from_value(&decode::to_value(self)?)
    }

    /// Makes null be sent for a property: the third state beside absent (not sent) and a value.
    ///
    /// The null is kept in [`additional`](Model::additional) and is sent while the field of the
    /// struct is `None`. A field that has a value, set before or after, wins over the null: clear
    /// the field to send null.
    fn set_null(&mut self, field: Field<Self>) {
        self.additional_mut().insert(field.name(), Value::Null);
    }
}
