//! Media that stand in an object.

use serde::de::{Deserialize, Deserializer};
use serde::ser::{Serialize, Serializer};
use serde_json::Value;

use super::Binary;
use crate::error::{Error, ErrorKind};

/// The value of a stream property, Edm.Stream (OData CSDL 4.01, section 3.3), as the JSON that was
/// read or will be sent.
///
/// A service leaves streams out unless it is asked for them, and sends where they can be read
/// instead: `photo@odata.mediaReadLink` and the like are control information, and so kept with the
/// additional properties of the object. A stream that is sent in place is base64 text, or, by its
/// media type, text or JSON (OData JSON Format 4.01, section 9): nothing but the media type tells
/// which, so that the JSON is kept as it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Stream(Value);

impl Stream {
    /// Takes JSON as it is.
    #[must_use]
    pub const fn from_value(value: Value) -> Self {
        Self(value)
    }

    /// Encodes bytes as base64 text.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Self {
        Self(Value::String(Binary::from_bytes(bytes).into()))
    }

    /// The text, be it base64 or not; `None` if it is other JSON.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        self.0.as_str()
    }

    /// Decodes the text as base64, which it is unless the media type is one of text or of JSON.
    ///
    /// # Errors
    ///
    /// An error of the kind [`Decode`](ErrorKind::Decode) if it is no text, or no base64.
    pub fn to_bytes(&self) -> Result<Vec<u8>, Error> {
        let text = self.as_str().ok_or_else(|| {
            Error::new(
                ErrorKind::Decode,
                "the stream is JSON and not base64 text".to_owned(),
            )
        })?;
        Binary::from(text).to_bytes()
    }

    /// The JSON.
    #[must_use]
    pub const fn as_value(&self) -> &Value {
        &self.0
    }

    /// The JSON, taken out.
    #[must_use]
    pub fn into_value(self) -> Value {
        self.0
    }
}

impl From<Value> for Stream {
    fn from(value: Value) -> Self {
        Self(value)
    }
}

impl Serialize for Stream {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Stream {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Value::deserialize(deserializer).map(Self)
    }
}
