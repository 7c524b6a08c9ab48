//! Identifiers.

use uuid::Uuid;

use super::{not_a_because, text_value};
use crate::error::Error;

text_value! {
    /// An identifier of 128 bits, Edm.Guid (OData CSDL 4.01, section 3.3), such as
    /// `0a6c2d1e-5f3b-4c8d-9e7f-1a2b3c4d5e6f`.
    Guid
}

impl Guid {
    /// Converts to a UUID; letters of any case, with or without hyphens and braces.
    ///
    /// # Errors
    ///
    /// An error of the kind [`Decode`](crate::ErrorKind::Decode) if the text is not a UUID.
    pub fn to_uuid(&self) -> Result<Uuid, Error> {
        Uuid::parse_str(&self.0).map_err(|error| not_a_because("a GUID", &self.0, error))
    }
}

/// The text in lower case with hyphens.
impl From<Uuid> for Guid {
    fn from(value: Uuid) -> Self {
        Self::new(value.to_string())
    }
}
