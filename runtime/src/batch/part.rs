//! One request of a batch: its handle, and what is sent of it.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use bytes::Bytes;
use http::header::{AUTHORIZATION, CONTENT_TYPE};
use http::{HeaderMap, Method, Request};
use serde_json::value::{RawValue, to_raw_value};

use crate::decode;
use crate::error::{Error, ErrorKind};
use crate::operation::Operation;
use crate::values::Binary;

/// A request in a [`Batch`](crate::Batch) whose answer is a `T`: what [`BatchAnswers::get`](crate::BatchAnswers::get)
/// finds the answer by.
pub struct Part<T> {
    id: PartId,
    answer: PhantomData<fn() -> T>,
}

impl<T> Part<T> {
    pub(super) const fn new(batch: u64, index: usize) -> Self {
        Self {
            id: PartId { batch, index },
            answer: PhantomData,
        }
    }

    /// The same part without its type.
    #[must_use]
    pub const fn id(self) -> PartId {
        self.id
    }
}

// Written by hand: derives would demand the same of `T`.
impl<T> Clone for Part<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Part<T> {}

impl<T> fmt::Debug for Part<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_tuple("Part").field(&self.id.index).finish()
    }
}

/// A [`Part`] of any type, so that parts of several types can be in one list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PartId {
    batch: u64,
    index: usize,
}

impl PartId {
    pub(super) const fn new(batch: u64, index: usize) -> Self {
        Self { batch, index }
    }

    /// The place in a batch, if the part is of this one.
    pub(super) fn index_in(self, batch: u64) -> Option<usize> {
        (self.batch == batch).then_some(self.index)
    }
}

impl<T> From<Part<T>> for PartId {
    fn from(part: Part<T>) -> Self {
        part.id
    }
}

/// A request as it stands in a batch (OData JSON Format 4.01, section 19.1).
pub(super) struct Content {
    pub(super) method: Method,
    /// The path below the version, with its query.
    pub(super) url: String,
    pub(super) headers: BTreeMap<String, String>,
    pub(super) body: Option<Box<RawValue>>,
}

impl Content {
    /// Takes over a request that was made without a base address.
    pub(super) fn new(operation: &Operation, request: Request<Bytes>) -> Result<Self, Error> {
        let (parts, body) = request.into_parts();
        let address = parts.uri.to_string();
        let version = address.strip_prefix('/').unwrap_or(&address);
        let url = version.strip_prefix(operation.version).unwrap_or(version);
        Ok(Self {
            method: parts.method,
            url: url.to_owned(),
            body: read_body(&parts.headers, &body)?,
            headers: texts(&parts.headers)?,
        })
    }
}

/// JSON as it is, so that numbers keep their digits; anything else as base64.
fn read_body(headers: &HeaderMap, body: &Bytes) -> Result<Option<Box<RawValue>>, Error> {
    if body.is_empty() {
        return Ok(None);
    }
    let json = headers.get(CONTENT_TYPE).is_some_and(is_json);
    let raw = match json {
        // Checked, because one body that is no JSON would make the whole batch none.
        true => serde_json::from_slice(body).map_err(|error| {
            let message = format!("the body is called JSON and is none: {error}");
            Error::with_source(ErrorKind::Request, message, error)
        })?,
        false => to_raw_value(Binary::from_bytes(body).as_str()).map_err(decode::unserialisable)?,
    };
    Ok(Some(raw))
}

/// Whether a media type is JSON, or a kind of it (RFC 6839, section 3.1).
pub(crate) fn is_json(content_type: &http::HeaderValue) -> bool {
    let text = content_type.to_str().unwrap_or_default();
    let essence = text.split(';').next().unwrap_or_default().trim();
    let essence = essence.to_ascii_lowercase();
    essence.ends_with("/json") || essence.ends_with("+json")
}

fn texts(headers: &HeaderMap) -> Result<BTreeMap<String, String>, Error> {
    let mut texts = BTreeMap::<String, String>::new();
    for (name, value) in headers {
        // The token is that of the batch.
        if name == AUTHORIZATION {
            continue;
        }
        let Ok(value) = str::from_utf8(value.as_bytes()) else {
            let message = format!("the value of the header {name} is not text");
            return Err(Error::new(ErrorKind::Request, message));
        };
        match texts.get_mut(name.as_str()) {
            // A list of values in one (RFC 9110, section 5.3).
            Some(values) => *values = format!("{values}, {value}"),
            None => {
                texts.insert(name.as_str().to_owned(), value.to_owned());
            }
        }
    }
    Ok(texts)
}
