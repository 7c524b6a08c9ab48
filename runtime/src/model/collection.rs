//! Collections whose items may be null.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

/// Reads the items of a collection that are not null into its field, as [`value`](super::value()) does.
///
/// OData lets a collection hold null (CSDL 4.01, section 7.2.1), and one such item must not cost the
/// caller a whole page of objects. It is left out, as a property that is null is read as absent: a
/// collection that is written back is without it.
///
/// # Errors
///
/// Fails if the value is neither an array nor null, or an item is of another type.
pub fn collection<'de, T: Deserialize<'de>, A: MapAccess<'de>>(
    map: &mut A,
    field: &mut Option<Vec<T>>,
) -> Result<bool, A::Error> {
    let items: Option<Present<T>> = map.next_value()?;
    *field = items.map(|Present(items)| items);
    Ok(true)
}

/// The items of an array that are not null.
pub(crate) struct Present<T>(pub(crate) Vec<T>);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Present<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer
            .deserialize_seq(PresentVisitor(PhantomData))
            .map(Self)
    }
}

struct PresentVisitor<T>(PhantomData<fn() -> T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for PresentVisitor<T> {
    type Value = Vec<T>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an array")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Vec<T>, A::Error> {
        let mut present = Vec::new();
        while let Some(item) = items.next_element::<Option<T>>()? {
            present.extend(item);
        }
        Ok(present)
    }
}
