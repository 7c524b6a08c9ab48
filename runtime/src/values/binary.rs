//! Bytes as text.

use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

use super::text_value;
use crate::error::{Error, ErrorKind};

/// Padding may be absent, as base64url has it in JSON (OData JSON Format 4.01, section 7.1).
const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

text_value! {
    /// Bytes, Edm.Binary (OData CSDL 4.01, section 3.3), as the base64 text they travel in.
    Binary
}

impl Binary {
    /// Encodes bytes with the standard alphabet and padding (RFC 4648, section 4), which is what
    /// Graph sends and takes.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Self {
        Self::new(LENIENT.encode(bytes))
    }

    /// Decodes the text: the standard or the URL-safe alphabet (RFC 4648, sections 4 and 5), with
    /// or without padding and line breaks.
    ///
    /// # Errors
    ///
    /// An error of the kind [`Decode`](ErrorKind::Decode) if the text is not base64. It does not
    /// show the text.
    pub fn to_bytes(&self) -> Result<Vec<u8>, Error> {
        let standard: String = self
            .0
            .chars()
            .filter(|character| !character.is_ascii_whitespace())
            .map(|character| match character {
                '-' => '+',
                '_' => '/',
                other => other,
            })
            .collect();
        LENIENT.decode(standard).map_err(|error| {
            Error::with_source(
                ErrorKind::Decode,
                format!("the text is not base64: {error}"),
                error,
            )
        })
    }
}
