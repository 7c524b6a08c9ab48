//! Numbers in all forms that JSON has for them.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, Visitor};

use super::collection::Present;

/// A number type of generated fields: the integers of Edm.Byte to Edm.Int64, Edm.Single and
/// Edm.Double.
pub trait Number: Sized {
    /// The number, if it is one of this type: an integer takes a number without a fraction.
    fn from_i64(value: i64) -> Option<Self>;

    /// The number, if it is one of this type.
    fn from_f64(value: f64) -> Option<Self>;

    /// The number that a text says: digits, and `INF`, `-INF` and `NaN` where the type has them
    /// (OData ABNF, `doubleValue`).
    fn from_text(text: &str) -> Option<Self>;

    /// `INF`, `-INF` or `NaN`, for what JSON has no number for.
    fn special(&self) -> Option<&'static str>;
}

/// Reads a number into its field, as [`value`](super::value()) does.
///
/// JSON has no numbers for infinity and "not a number", which OData writes as the texts `INF`,
/// `-INF` and `NaN`; and a service that was asked to be `IEEE754Compatible` writes numbers of 64
/// bits as text (OData JSON Format 4.01, sections 3.2 and 7.1). Text is read in all types, and is
/// written back as a number. So is `1.0` in integers.
///
/// # Errors
///
/// Fails if the value is no number, or out of the type's range.
pub fn number<'de, T: Number, A: MapAccess<'de>>(
    map: &mut A,
    field: &mut Option<T>,
) -> Result<bool, A::Error> {
    let value: Option<Read<T>> = map.next_value()?;
    *field = value.map(|Read(value)| value);
    Ok(true)
}

/// Reads a collection of numbers into its field: each as [`number`] does, and without null, as
/// [`collection`](super::collection()) does.
///
/// # Errors
///
/// Fails if the value is neither an array nor null, or an item is no number, or out of the type's
/// range.
pub fn numbers<'de, T: Number, A: MapAccess<'de>>(
    map: &mut A,
    field: &mut Option<Vec<T>>,
) -> Result<bool, A::Error> {
    let items: Option<Present<Read<T>>> = map.next_value()?;
    *field = items.map(|Present(items)| items.into_iter().map(|Read(item)| item).collect());
    Ok(true)
}

struct Read<T>(T);

impl<'de, T: Number> Deserialize<'de> for Read<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer
            .deserialize_any(NumberVisitor(PhantomData))
            .map(Self)
    }
}

struct NumberVisitor<T>(PhantomData<fn() -> T>);

impl<T: Number> Visitor<'_> for NumberVisitor<T> {
    type Value = T;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a number in the range of its type")
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<T, E> {
        T::from_i64(value).ok_or_else(|| unexpected(serde::de::Unexpected::Signed(value), &self))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<T, E> {
        let number = match i64::try_from(value) {
            Ok(value) => T::from_i64(value),
            #[expect(
                clippy::cast_precision_loss,
                reason = "no integer type goes so far, and to a fraction the loss belongs"
            )]
            Err(_) => T::from_f64(value as f64),
        };
        number.ok_or_else(|| unexpected(serde::de::Unexpected::Unsigned(value), &self))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<T, E> {
        T::from_f64(value).ok_or_else(|| unexpected(serde::de::Unexpected::Float(value), &self))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        T::from_text(text).ok_or_else(|| unexpected(serde::de::Unexpected::Str(text), &self))
    }
}

fn unexpected<E: Error>(found: serde::de::Unexpected<'_>, expected: &dyn serde::de::Expected) -> E {
    E::invalid_value(found, expected)
}

macro_rules! integers {
    ($($type:ty)*) => {$(
        impl Number for $type {
            fn from_i64(value: i64) -> Option<Self> {
                value.try_into().ok()
            }

            #[expect(clippy::cast_possible_truncation, reason = "checked: there is no fraction")]
            #[expect(clippy::cast_precision_loss, reason = "2^63 is a power of two")]
            fn from_f64(value: f64) -> Option<Self> {
                // From 2^63 on, a cast would give the largest integer instead.
                let whole = value.fract() == 0.0 && value < i64::MAX as f64;
                whole.then_some(value as i64).filter(|_| value >= i64::MIN as f64).and_then(Self::from_i64)
            }

            fn from_text(text: &str) -> Option<Self> {
                text.parse().ok()
            }

            fn special(&self) -> Option<&'static str> {
                None
            }
        }
    )*};
}

integers!(u8 i8 i16 i32 i64);

macro_rules! fractions {
    ($($type:ty)*) => {$(
        impl Number for $type {
            #[expect(clippy::cast_precision_loss, reason = "the nearest one, as reading a fraction gives")]
            fn from_i64(value: i64) -> Option<Self> {
                Some(value as $type)
            }

            #[expect(
                clippy::allow_attributes,
                reason = "one of the two types loses nothing"
            )]
            #[allow(clippy::cast_possible_truncation, reason = "the nearest one")]
            fn from_f64(value: f64) -> Option<Self> {
                let nearest = value as $type;
                // What is too large for the type is out of its range, and not infinite.
                (nearest.is_finite() || !value.is_finite()).then_some(nearest)
            }

            fn from_text(text: &str) -> Option<Self> {
                match text {
                    "INF" => Some(Self::INFINITY),
                    "-INF" => Some(Self::NEG_INFINITY),
                    "NaN" => Some(Self::NAN),
                    // `parse` alone would take `inf`, `infinity` and `nan` in any letter case.
                    _ => text.parse().ok().filter(|value: &Self| value.is_finite()),
                }
            }

            fn special(&self) -> Option<&'static str> {
                if self.is_finite() {
                    None
                } else if self.is_nan() {
                    Some("NaN")
                } else if *self > 0.0 {
                    Some("INF")
                } else {
                    Some("-INF")
                }
            }
        }
    )*};
}

fractions!(f32 f64);
