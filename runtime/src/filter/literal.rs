//! Values as literals.

use time::OffsetDateTime;
use uuid::Uuid;

use crate::enumeration::OpenEnum;
use crate::flags::Flags;
use crate::values::{Date, DateTimeOffset, Duration, Guid, TimeOfDay};

/// A value that can be written in a filter (OData URL Conventions 4.01, section 5.1.1.14.1).
///
/// | type | literal |
/// |---|---|
/// | text | `'O''Neil'` |
/// | `bool` and numbers | `true`, `-1`, `1.5`, `INF` |
/// | [`DateTimeOffset`], [`Date`], [`TimeOfDay`], [`Guid`] and what they convert to | `2017-01-01T00:00:00Z`, without quotes |
/// | [`Duration`] | `duration'PT8H'` |
/// | an enumeration and [`Flags`] | `'compliant'`, `'read,write'`: without the name of the type, as Graph takes it |
///
/// A [`DateTimeOffset`] and its like are written anew from what they say. If the text is none of the
/// type it is written as text, which a service refuses: whatever it is, it remains one literal.
///
/// An implementation for a type of your own returns one whole literal.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be written in a filter",
    note = "a reference to a member of an enumeration is to be cloned"
)]
pub trait Literal {
    /// The literal, not percent-encoded.
    fn to_literal(&self) -> String;
}

impl Literal for str {
    fn to_literal(&self) -> String {
        format!("'{}'", self.replace('\'', "''"))
    }
}

impl Literal for String {
    fn to_literal(&self) -> String {
        self.as_str().to_literal()
    }
}

impl<T: OpenEnum> Literal for T {
    fn to_literal(&self) -> String {
        self.as_str().to_literal()
    }
}

impl<T: OpenEnum> Literal for Flags<T> {
    fn to_literal(&self) -> String {
        self.to_string().to_literal()
    }
}

impl<T: OpenEnum> Literal for &Flags<T> {
    fn to_literal(&self) -> String {
        (**self).to_literal()
    }
}

macro_rules! displayed {
    ($($type:ty)+) => {$(
        impl Literal for $type {
            fn to_literal(&self) -> String {
                self.to_string()
            }
        }
    )+};
}

displayed!(bool i8 i16 i32 i64 u8 u16 u32 u64 usize);

macro_rules! floating {
    ($($type:ty)+) => {$(
        impl Literal for $type {
            fn to_literal(&self) -> String {
                match *self {
                    <$type>::INFINITY => "INF".to_owned(),
                    <$type>::NEG_INFINITY => "-INF".to_owned(),
                    // Unlike `Display`, with an exponent rather than hundreds of digits.
                    value => format!("{value:?}"),
                }
            }
        }
    )+};
}

floating!(f32 f64);

/// Values that keep their text, with what they are written anew from.
macro_rules! rewritten {
    ($($value:ident, $converted:ty, $convert:ident, $form:literal;)+) => {$(
        impl Literal for $value {
            fn to_literal(&self) -> String {
                match self.$convert() {
                    Ok(value) => value.to_literal(),
                    Err(_) => self.as_str().to_literal(),
                }
            }
        }

        impl Literal for $converted {
            fn to_literal(&self) -> String {
                format!($form, $value::from(*self))
            }
        }
    )+};
}

rewritten! {
    DateTimeOffset, OffsetDateTime, to_offset_date_time, "{}";
    Date, time::Date, to_date, "{}";
    TimeOfDay, time::Time, to_time, "{}";
    Duration, time::Duration, to_duration, "duration'{}'";
    Guid, Uuid, to_uuid, "{}";
}

// One impl for all references would contradict the one for enumerations: other crates may make an
// enumeration of a reference.
macro_rules! references {
    ($($type:ty),+) => {$(
        impl Literal for &$type {
            fn to_literal(&self) -> String {
                (**self).to_literal()
            }
        }
    )+};
}

references!(
    str, &str, String, bool, i8, i16, i32, i64, u8, u16, u32, u64, usize, f32, f64
);
references!(DateTimeOffset, Date, TimeOfDay, Duration, Guid);
references!(OffsetDateTime, time::Date, time::Time, time::Duration, Uuid);
