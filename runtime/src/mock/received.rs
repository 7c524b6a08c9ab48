//! What the mock received, for the asserts of tests and for logs.

use std::fmt;

use bytes::Bytes;
use http::header::AUTHORIZATION;
use http::{HeaderMap, Method, StatusCode, Uri};
use serde::de::DeserializeOwned;
use url::form_urlencoded;

use super::answer::Answer;
use crate::error::{Error, ErrorKind};

/// A request that the mock received, and how it was answered.
///
/// `Display` is a line for a log: method, path and query as they came, status, function and page.
/// `Debug` does not show the token.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ReceivedRequest {
    /// The method.
    pub method: Method,
    /// The path and the query as they were sent, percent-encoded.
    pub uri: Uri,
    /// The query options in their order, decoded.
    pub query: Vec<(String, String)>,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: Bytes,
    /// The function of the SDK that builds such requests; where several do, the one whose example
    /// was the answer. `None` if no operation has this method and path.
    pub function: Option<String>,
    /// What the placeholders of the path template stand for, decoded.
    pub arguments: Vec<String>,
    /// The status of the answer.
    pub status: StatusCode,
    /// The page whose example was the answer; `None` if the mock answered with an error of its own,
    /// or there is no example.
    pub page: Option<String>,
}

impl ReceivedRequest {
    pub(super) fn new(request: http::Request<Bytes>, answer: &Answer) -> Self {
        let (mut parts, body) = request.into_parts();
        if let Some(token) = parts.headers.get_mut(AUTHORIZATION) {
            token.set_sensitive(true);
        }
        let query = parts.uri.query().unwrap_or_default();
        Self {
            query: form_urlencoded::parse(query.as_bytes())
                .into_owned()
                .collect(),
            method: parts.method,
            uri: parts.uri,
            headers: parts.headers,
            body,
            function: answer.function.clone(),
            arguments: answer.arguments.clone(),
            status: answer.response.status(),
            page: answer.page.clone(),
        }
    }

    /// The path as it was sent: percent-encoded, with the version and without the query.
    #[must_use]
    pub fn path(&self) -> &str {
        self.uri.path()
    }

    /// The value of a query option, decoded, by its full name such as `$select`; the first of
    /// several.
    #[must_use]
    pub fn query_option(&self, name: &str) -> Option<&str> {
        let mut options = self.query.iter();
        let found = options.find(|(given, _)| given == name);
        found.map(|(_, value)| value.as_str())
    }

    /// The value of a header, if it is text; the first of several.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// The body, read as JSON.
    ///
    /// # Errors
    ///
    /// An error of the kind [`Decode`](ErrorKind::Decode) if the body is not JSON of this type.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, Error> {
        serde_json::from_slice(&self.body).map_err(|error| {
            let message = format!("the body of the request is not as expected: {error}");
            Error::with_source(ErrorKind::Decode, message, error)
        })
    }
}

impl fmt::Display for ReceivedRequest {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "{} {} {}",
            self.method,
            self.uri,
            self.status.as_str()
        )?;
        for detail in [&self.function, &self.page].into_iter().flatten() {
            write!(formatter, " {detail}")?;
        }
        Ok(())
    }
}
