//! Primitive values that keep the exact text they were read from.

mod binary;
mod date_time;
mod duration;
mod guid;
mod stream;

pub use binary::Binary;
pub use date_time::{Date, DateTimeOffset, TimeOfDay};
pub use duration::Duration;
pub use guid::Guid;
pub use stream::Stream;

use crate::error::{Error, ErrorKind};

/// JSON of no known type, and the type of properties that are Edm.Untyped.
pub type Json = serde_json::Value;

/// Defines a value that is its text: converting is left to the caller, so that reading never fails
/// and writing back gives the same bytes. Two are equal if their texts are.
macro_rules! text_value {
    ($(#[$meta:meta])* $name:ident) => {
        $(#[$meta])*
        #[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
        pub struct $name(Box<str>);

        impl $name {
            /// Takes the text as it is; nothing is checked.
            #[must_use]
            pub fn new(text: impl Into<String>) -> Self {
                Self(text.into().into_boxed_str())
            }

            /// The text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.into())
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                Self::new(text)
            }
        }

        impl From<$name> for String {
            fn from(value: $name) -> Self {
                value.0.into()
            }
        }

        impl std::str::FromStr for $name {
            type Err = std::convert::Infallible;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Ok(text.into())
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl PartialEq<str> for $name {
            fn eq(&self, text: &str) -> bool {
                &*self.0 == text
            }
        }

        impl PartialEq<&str> for $name {
            fn eq(&self, text: &&str) -> bool {
                &*self.0 == *text
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                // Through `pad`, so that width and alignment work.
                formatter.pad(&self.0)
            }
        }

        impl serde::ser::Serialize for $name {
            fn serialize<S: serde::ser::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }

        impl<'de> serde::de::Deserialize<'de> for $name {
            fn deserialize<D: serde::de::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = <$crate::text::Text<'de> as serde::de::Deserialize>::deserialize(deserializer)?;
                Ok(Self(text.0.into()))
            }
        }
    };
}
pub(crate) use text_value;

fn not_a(what: &str, text: &str) -> Error {
    Error::new(ErrorKind::Decode, format!("{text:?} is not {what}"))
}

fn not_a_because(
    what: &str,
    text: &str,
    source: impl std::error::Error + Send + Sync + 'static,
) -> Error {
    Error::with_source(
        ErrorKind::Decode,
        format!("{text:?} is not {what}: {source}"),
        source,
    )
}

/// A fraction of a second in nanoseconds; digits beyond the ninth are dropped. `None` if it is not
/// all digits.
fn nanoseconds(digits: &str) -> Option<u32> {
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let kept = &digits[..digits.len().min(9)];
    let value: u32 = kept.parse().ok()?;
    Some(value * 10_u32.pow(9 - u32::try_from(kept.len()).ok()?))
}

/// A number of nanoseconds as the shortest fraction, with its point: `.5`, or nothing for zero.
fn fraction(nanoseconds: u32) -> String {
    match nanoseconds {
        0 => String::new(),
        _ => format!(".{nanoseconds:09}")
            .trim_end_matches('0')
            .to_owned(),
    }
}
