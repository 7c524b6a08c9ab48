//! The envelopes around values that are not objects: pages of a collection, and single values.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, Visitor};
use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::Value;

use crate::additional::AdditionalProperties;
use crate::model::{Present, keep};
use crate::text::Text;

/// The names in envelopes (OData JSON Format 4.01, sections 4.6 and 11).
const VALUE: &str = "value";
const NEXT_LINK: &str = "@odata.nextLink";
const DELTA_LINK: &str = "@odata.deltaLink";
const COUNT: &str = "@odata.count";

/// One page of a collection (OData JSON Format 4.01, section 13, collection of entities).
///
/// An answer without `value` is an error rather than an empty page: it is most likely not a
/// collection.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Page<T> {
    /// The items of this page, without those that are null. A page in the middle of a collection can
    /// be empty.
    pub value: Vec<T>,
    /// `@odata.nextLink`: where the next page is; absent on the last one. The link is opaque: it is
    /// to be requested as it is (OData Protocol 4.01, section 11.2.6.7).
    pub next_link: Option<String>,
    /// `@odata.deltaLink`: where the changes since this answer are (OData Protocol 4.01, section
    /// 11.3).
    pub delta_link: Option<String>,
    /// `@odata.count`: how many items the whole collection has, if the request asked for it.
    pub count: Option<i64>,
    /// Everything else, such as `@odata.context`.
    pub additional: AdditionalProperties,
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Page<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let visitor = EnvelopeVisitor {
            expected: "a page of a collection",
            value: PhantomData,
        };
        let Envelope {
            value,
            mut additional,
        } = deserializer.deserialize_map(visitor)?;
        let value: Option<Present<T>> = value;
        Ok(Self {
            value: value.map(|Present(items)| items).unwrap_or_default(),
            next_link: take_link(&mut additional, NEXT_LINK)?,
            delta_link: take_link(&mut additional, DELTA_LINK)?,
            count: take_count(&mut additional)?,
            additional,
        })
    }
}

/// A single value: `{"value": …}` (OData JSON Format 4.01, section 11, individual property or
/// operation response). A number is taken as JSON has it; the forms that
/// [`number`](crate::model::number) takes besides are those of properties.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scalar<T> {
    /// The value.
    pub value: T,
    /// Everything else, such as `@odata.context`.
    pub additional: AdditionalProperties,
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Scalar<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let visitor = EnvelopeVisitor {
            expected: "an object with a value",
            value: PhantomData,
        };
        let Envelope { value, additional } = deserializer.deserialize_map(visitor)?;
        Ok(Self { value, additional })
    }
}

impl<T: Serialize> Serialize for Page<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        if let Some(count) = self.count {
            map.serialize_entry(COUNT, &count)?;
        }
        if let Some(link) = &self.next_link {
            map.serialize_entry(NEXT_LINK, link)?;
        }
        if let Some(link) = &self.delta_link {
            map.serialize_entry(DELTA_LINK, link)?;
        }
        for (name, value) in self.additional.iter() {
            map.serialize_entry(name, value)?;
        }
        map.serialize_entry(VALUE, &self.value)?;
        map.end()
    }
}

impl<T: Serialize> Serialize for Scalar<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for (name, value) in self.additional.iter() {
            map.serialize_entry(name, value)?;
        }
        map.serialize_entry(VALUE, &self.value)?;
        map.end()
    }
}

struct Envelope<T> {
    value: T,
    additional: AdditionalProperties,
}

struct EnvelopeVisitor<T> {
    expected: &'static str,
    value: PhantomData<fn() -> T>,
}

impl<'de, T: Deserialize<'de>> Visitor<'de> for EnvelopeVisitor<T> {
    type Value = Envelope<T>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.expected)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Envelope<T>, A::Error> {
        let mut value = None;
        let mut additional = AdditionalProperties::new();
        while let Some(Text(name)) = map.next_key()? {
            if name == VALUE {
                value = Some(map.next_value()?);
            } else {
                keep(&mut additional, name, map.next_value()?);
            }
        }
        let value = value.ok_or_else(|| A::Error::missing_field(VALUE))?;
        Ok(Envelope { value, additional })
    }
}

fn take_link<E: Error>(
    additional: &mut AdditionalProperties,
    name: &'static str,
) -> Result<Option<String>, E> {
    match additional.remove(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(link)) => Ok((!link.is_empty()).then_some(link)),
        Some(_) => Err(E::custom(format_args!("{name} is not a string"))),
    }
}

fn take_count<E: Error>(additional: &mut AdditionalProperties) -> Result<Option<i64>, E> {
    let number = match additional.remove(COUNT) {
        None | Some(Value::Null) => return Ok(None),
        Some(Value::Number(number)) => number.as_i64(),
        // 64-bit integers are text if the format parameter IEEE754Compatible is true (OData JSON
        // Format 4.01, section 3.2).
        Some(Value::String(text)) => text.parse().ok(),
        Some(_) => None,
    };
    number
        .map(Some)
        .ok_or_else(|| E::custom(format_args!("{COUNT} is not a whole number")))
}
