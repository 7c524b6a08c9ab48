//! Related objects, decoded on demand.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, DeserializeOwned, Deserializer};
use serde::ser::{Serialize, Serializer};
use serde_json::Value;

use crate::decode;
use crate::error::Error;

/// The content of a relationship, `T` or `Vec<T>`, as the JSON that was read or will be sent.
///
/// It is decoded when asked for. That keeps types small and independent of the types they are
/// related to, and lets a request create related objects together with the object (a deep insert,
/// OData Protocol 4.01, section 11.4.2.2).
pub struct Related<T> {
    // Types have many relationships, and nearly all are absent. Boxed, each takes the place of a
    // pointer in its object, which is moved several times while a page is read.
    value: Box<Value>,
    // A function pointer: nothing of type `T` is held, so none of its traits are needed.
    target: PhantomData<fn() -> T>,
}

impl<T> Related<T> {
    /// Takes JSON as it is.
    #[must_use]
    pub fn from_value(value: Value) -> Self {
        Self {
            value: Box::new(value),
            target: PhantomData,
        }
    }

    /// Keeps the JSON of an object, to be sent.
    ///
    /// # Errors
    ///
    /// An error of the kind [`Request`](crate::ErrorKind::Request) if the object cannot be
    /// serialised.
    pub fn new(object: &T) -> Result<Self, Error>
    where
        T: Serialize,
    {
        decode::to_value(object).map(Self::from_value)
    }

    /// Decodes the content; of a `Vec<T>` the items that are not null, as of a collection in a
    /// property.
    ///
    /// # Errors
    ///
    /// An error of the kind [`Decode`](crate::ErrorKind::Decode), naming the JSON path, if the
    /// content is not a `T`.
    pub fn get(&self) -> Result<T, Error>
    where
        T: DeserializeOwned,
    {
        decode::present_from_value(&self.value)
    }

    /// The JSON.
    #[must_use]
    pub fn as_value(&self) -> &Value {
        &self.value
    }

    /// The JSON, taken out.
    #[must_use]
    pub fn into_value(self) -> Value {
        *self.value
    }
}

// Written by hand: derives would demand the same of `T`.
impl<T> Clone for Related<T> {
    fn clone(&self) -> Self {
        Self::from_value((*self.value).clone())
    }
}

impl<T> fmt::Debug for Related<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_tuple("Related").field(&self.value).finish()
    }
}

impl<T> PartialEq for Related<T> {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

impl<T> Serialize for Related<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.value.serialize(serializer)
    }
}

impl<'de, T> Deserialize<'de> for Related<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Value::deserialize(deserializer).map(Self::from_value)
    }
}
