//! Answers: how a value is read from one.

use std::fmt;

use bytes::Bytes;
use http::response::Parts;
use http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::decode;
use crate::error::Error;
use crate::model::Model;
use crate::page::{Page, Scalar};

/// A value that is read from a successful answer.
///
/// Implemented for every [`Model`], for [`Page`] and [`Scalar`], and for what needs no model:
///
/// | type | content |
/// |---|---|
/// | `()` | none: the body is ignored |
/// | [`Bytes`] | the body as it is |
/// | [`String`] | the body as UTF-8 text |
/// | [`i64`] | a number, as `/$count` answers (OData Protocol 4.01, section 11.2.10) |
/// | [`Value`] | any JSON; null if the body is empty |
pub trait FromResponse: Sized {
    /// The media type that is asked for with `Accept`, unless the request has that header already (RFC 9110, section
    /// 12.5.1); `None` where any will do.
    const ACCEPT: Option<&'static str> = Some("application/json");

    /// Reads the value.
    ///
    /// # Errors
    ///
    /// An error of the kind [`Decode`](crate::ErrorKind::Decode) if the body is not one of the
    /// type.
    fn from_response(parts: &Parts, body: Bytes) -> Result<Self, Error>;
}

impl<T: Model> FromResponse for T {
    fn from_response(parts: &Parts, body: Bytes) -> Result<Self, Error> {
        decode::from_body(parts, &body)
    }
}

impl<T: DeserializeOwned> FromResponse for Page<T> {
    fn from_response(parts: &Parts, body: Bytes) -> Result<Self, Error> {
        decode::from_body(parts, &body)
    }
}

impl<T: DeserializeOwned> FromResponse for Scalar<T> {
    fn from_response(parts: &Parts, body: Bytes) -> Result<Self, Error> {
        decode::from_body(parts, &body)
    }
}

impl FromResponse for () {
    const ACCEPT: Option<&'static str> = None;

    fn from_response(_: &Parts, _: Bytes) -> Result<Self, Error> {
        Ok(())
    }
}

impl FromResponse for Bytes {
    const ACCEPT: Option<&'static str> = None;

    fn from_response(_: &Parts, body: Bytes) -> Result<Self, Error> {
        Ok(body)
    }
}

impl FromResponse for Value {
    fn from_response(parts: &Parts, body: Bytes) -> Result<Self, Error> {
        match body.is_empty() {
            true => Ok(Self::Null),
            false => decode::from_body(parts, &body),
        }
    }
}

impl FromResponse for String {
    const ACCEPT: Option<&'static str> = None;

    fn from_response(parts: &Parts, body: Bytes) -> Result<Self, Error> {
        match str::from_utf8(&body) {
            Ok(text) => Ok(text.strip_prefix('\u{FEFF}').unwrap_or(text).to_owned()),
            Err(error) => Err(Error::undecodable(
                parts,
                format!("the text of the answer is broken: {error}"),
                None,
                None,
            )),
        }
    }
}

impl FromResponse for i64 {
    // A count is text of its own, not JSON.
    const ACCEPT: Option<&'static str> = None;

    fn from_response(parts: &Parts, body: Bytes) -> Result<Self, Error> {
        decode::from_body(parts, &body)
    }
}

impl<T> From<http::Response<T>> for Response<T> {
    fn from(response: http::Response<T>) -> Self {
        let (parts, value) = response.into_parts();
        Self {
            status: parts.status,
            headers: parts.headers,
            value,
        }
    }
}

/// A value with the status and the headers of the answer it came in.
///
/// `Debug` shows no headers: a `Location` can be a signed address, which works without a token.
#[derive(Clone)]
pub struct Response<T> {
    status: StatusCode,
    headers: HeaderMap,
    value: T,
}

impl<T> Response<T> {
    pub(crate) fn read(response: http::Response<Bytes>) -> Result<Self, Error>
    where
        T: FromResponse,
    {
        let (parts, body) = response.into_parts();
        let value = T::from_response(&parts, body)?;
        Ok(http::Response::from_parts(parts, value).into())
    }

    /// The status, which was a success.
    #[must_use]
    pub const fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers, such as `ETag` or `Location`.
    #[must_use]
    pub const fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The identifier that the service gave the request, which its support asks for: the header
    /// `request-id`.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.headers.get("request-id")?.to_str().ok()
    }

    /// The value.
    #[must_use]
    pub const fn value(&self) -> &T {
        &self.value
    }

    /// The value, taken out.
    #[must_use]
    pub fn into_value(self) -> T {
        self.value
    }
}

impl<T: fmt::Debug> fmt::Debug for Response<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Response")
            .field("status", &self.status)
            .field("request_id", &self.request_id())
            .field("value", &self.value)
            .finish_non_exhaustive()
    }
}
