//! From JSON to types, with errors that say where.

mod present;

use bytes::Bytes;
use http::response::Parts;
use serde::de::{DeserializeOwned, Deserializer};
use serde::ser::Serialize;
use serde_json::Value;

use self::present::Present;
use crate::error::{Error, ErrorKind, excerpt};

/// Decodes the body of an answer.
pub(crate) fn from_body<T: DeserializeOwned>(parts: &Parts, body: &Bytes) -> Result<T, Error> {
    // A byte order mark may be ignored by a reader (RFC 8259, section 8.1).
    let text = body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body);
    // Checked as a whole, which is a good deal faster than string by string.
    let error = match std::str::from_utf8(text) {
        Ok(text) => match serde_json::from_str(text) {
            Ok(value) => return Ok(value),
            Err(error) => error,
        },
        // Says which line it is.
        Err(error) => match serde_json::from_slice::<Value>(text) {
            Ok(_) => serde::de::Error::custom(error),
            Err(error) => error,
        },
    };
    // Tracking the path slows decoding down, so it is done for failures only, by decoding once
    // more.
    Err(body_error(parts, text, error, path_in_text::<T>(text)))
}

/// Decodes JSON that was read before.
pub(crate) fn from_value<T: DeserializeOwned>(value: &Value) -> Result<T, Error> {
    from_json(value)
}

/// As [`from_value`]; a collection is decoded without the items that are null.
pub(crate) fn present_from_value<T: DeserializeOwned>(value: &Value) -> Result<T, Error> {
    from_json(Present(value))
}

fn from_json<'de, T, D>(json: D) -> Result<T, Error>
where
    T: DeserializeOwned,
    D: Deserializer<'de, Error = serde_json::Error> + Copy,
{
    T::deserialize(json).map_err(|error| {
        let path = serde_path_to_error::deserialize::<_, T>(json)
            .err()
            .map(|error| error.path().to_string());
        let message = message(path.as_deref(), &error);
        Error::with_source(ErrorKind::Decode, message, error)
    })
}

/// Encodes a value as JSON that is kept.
pub(crate) fn to_value<T: Serialize + ?Sized>(value: &T) -> Result<Value, Error> {
    serde_json::to_value(value).map_err(unserialisable)
}

/// What cannot be written as JSON, such as a map whose keys are no text.
pub(crate) fn unserialisable(error: serde_json::Error) -> Error {
    Error::with_source(
        ErrorKind::Request,
        format!("a value cannot be written as JSON: {error}"),
        error,
    )
}

fn path_in_text<T: DeserializeOwned>(text: &[u8]) -> Option<String> {
    let mut deserializer = serde_json::Deserializer::from_slice(text);
    serde_path_to_error::deserialize::<_, T>(&mut deserializer)
        .err()
        .map(|error| error.path().to_string())
}

// Not generic: one copy for all types.
fn body_error(parts: &Parts, text: &[u8], error: serde_json::Error, path: Option<String>) -> Error {
    let message = match text.is_empty() {
        true => format!(
            "the answer {} has no body, but a value was expected",
            parts.status.as_str()
        ),
        false => message(path.as_deref(), &error),
    };
    let excerpt =
        (!text.is_empty()).then(|| excerpt(text, offset(text, error.line(), error.column())));
    Error::undecodable(parts, message, excerpt, Some(error))
}

fn message(path: Option<&str>, error: &serde_json::Error) -> String {
    match path {
        // The path of the top level is written as a dot, which says nothing.
        None | Some(".") => format!("the JSON is not as expected: {error}"),
        Some(path) => format!("the JSON is not as expected at {path}: {error}"),
    }
}

/// The offset of a line and a column, which count from one.
fn offset(text: &[u8], line: usize, column: usize) -> usize {
    let lines_before = text
        .split_inclusive(|&byte| byte == b'\n')
        .take(line.saturating_sub(1));
    lines_before.map(<[u8]>::len).sum::<usize>() + column
}
