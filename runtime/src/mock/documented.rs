//! The documented operations and their examples, read from JSON.

use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use serde::{Deserialize, Deserializer};
use serde_json::Value;

use super::template::Template;
use crate::error::{Error, ErrorKind};

/// One text: the operations of an area.
#[derive(Deserialize)]
struct Area {
    operations: Vec<DocumentedOperation>,
}

/// An operation, with what its pages show of it.
#[derive(Debug, Deserialize)]
pub(crate) struct DocumentedOperation {
    /// The path of the Rust function.
    pub(crate) function: String,
    #[serde(deserialize_with = "method")]
    pub(crate) method: Method,
    #[serde(rename = "path")]
    pub(super) template: Template,
    #[serde(default)]
    success: Vec<u16>,
    /// The system query options that are supported; empty if the pages do not say.
    #[serde(default)]
    pub(crate) query_options: Vec<String>,
    #[serde(default)]
    pub(crate) exchanges: Vec<Exchange>,
}

impl DocumentedOperation {
    /// The first documented status of success that can be sent.
    pub(crate) fn success(&self) -> Option<StatusCode> {
        self.success.iter().copied().find_map(sendable)
    }
}

/// An example: a request, and what was answered.
#[derive(Debug, Deserialize)]
pub(crate) struct Exchange {
    #[serde(default)]
    pub(crate) page: String,
    /// Whether it shows the request of another function, whose bodies are the same.
    #[cfg(feature = "conformance")]
    #[serde(default)]
    pub(crate) shared: bool,
    #[serde(default)]
    request: Option<ExampleRequest>,
    #[serde(default)]
    pub(crate) responses: Vec<ExampleResponse>,
}

impl Exchange {
    /// The request, if the example has one.
    pub(crate) const fn request(&self) -> Option<&ExampleRequest> {
        self.request.as_ref()
    }

    /// The answer that is given: the first success, or the first at all.
    pub(crate) fn response(&self) -> Option<&ExampleResponse> {
        let success = self.responses.iter().find(|response| response.succeeds());
        success.or_else(|| self.responses.first())
    }
}

#[derive(Debug, Deserialize)]
pub(crate) struct ExampleRequest {
    /// Below the version, as the page shows it.
    #[cfg(feature = "conformance")]
    #[serde(default)]
    pub(crate) path: String,
    /// Those of the function; absent where the page shows another request than the function's.
    #[serde(default)]
    pub(crate) arguments: Option<Vec<String>>,
    #[serde(default)]
    pub(crate) query: Vec<(String, String)>,
    #[cfg(feature = "conformance")]
    #[serde(default)]
    pub(crate) headers: Vec<(String, String)>,
    #[serde(default, deserialize_with = "present")]
    pub(crate) json: Option<Value>,
    #[serde(default)]
    pub(crate) text: Option<String>,
    /// Where the JSON contradicts the tables, one sentence each.
    #[cfg(feature = "conformance")]
    #[serde(default)]
    contradictions: Vec<String>,
}

#[cfg(feature = "conformance")]
impl ExampleRequest {
    /// The value of a header.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut headers = self.headers.iter();
        let (_, value) = headers.find(|(known, _)| known.trim().eq_ignore_ascii_case(name))?;
        Some(value.trim())
    }

    /// Whether the JSON contradicts the tables.
    pub(crate) const fn contradicts(&self) -> bool {
        !self.contradictions.is_empty()
    }
}

#[derive(Debug, Deserialize)]
pub(crate) struct ExampleResponse {
    #[serde(default)]
    status: Option<u16>,
    #[serde(default)]
    headers: Vec<(String, String)>,
    #[serde(default, deserialize_with = "present")]
    pub(crate) json: Option<Value>,
    #[serde(default)]
    pub(crate) text: Option<String>,
    /// Where the JSON contradicts the tables, one sentence each.
    #[cfg(feature = "conformance")]
    #[serde(default)]
    contradictions: Vec<String>,
}

impl ExampleResponse {
    /// Whether the JSON contradicts the tables.
    #[cfg(feature = "conformance")]
    pub(crate) const fn contradicts(&self) -> bool {
        !self.contradictions.is_empty()
    }

    /// The status, if the example has one that can be sent.
    pub(crate) fn status(&self) -> Option<StatusCode> {
        self.status.and_then(sendable)
    }

    /// A status that is missing is taken for success: pages leave it out where all went well.
    pub(crate) fn succeeds(&self) -> bool {
        self.status()
            .is_none_or(|status| status.is_success() || status.is_redirection())
    }

    /// The headers that can be sent. Pages also have placeholders and remarks in their place.
    pub(crate) fn headers(&self) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for (name, value) in &self.headers {
            if let (Ok(name), Ok(value)) = (
                name.trim().parse::<HeaderName>(),
                HeaderValue::try_from(value.trim()),
            ) {
                headers.append(name, value);
            }
        }
        headers
    }
}

/// Reads all texts.
pub(crate) fn read<T: AsRef<str>>(
    texts: impl IntoIterator<Item = T>,
) -> Result<Vec<DocumentedOperation>, Error> {
    let mut operations = Vec::new();
    for (index, text) in texts.into_iter().enumerate() {
        let mut deserializer = serde_json::Deserializer::from_str(text.as_ref());
        let area: Area = serde_path_to_error::deserialize(&mut deserializer)
            .map_err(|error| {
                let path = error.path().to_string();
                let place = match path.as_str() {
                    // The path of the top level is written as a dot, which says nothing.
                    "." => String::new(),
                    path => format!(" at {path}"),
                };
                unreadable(index, &place, error.into_inner())
            })
            .and_then(|area| match deserializer.end() {
                Ok(()) => Ok(area),
                Err(error) => Err(unreadable(index, "", error)),
            })?;
        operations.extend(area.operations);
    }
    Ok(operations)
}

fn unreadable(index: usize, place: &str, error: serde_json::Error) -> Error {
    let message = format!(
        "text {} of the documented examples is not as expected{place}: {error}",
        index + 1
    );
    Error::with_source(ErrorKind::Decode, message, error)
}

fn method<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Method, D::Error> {
    let text = String::deserialize(deserializer)?;
    text.parse().map_err(|_| {
        serde::de::Error::custom(format_args!("{text:?} is not a method, such as \"GET\""))
    })
}

/// A value that is there, though it may be null.
fn present<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Value>, D::Error> {
    Value::deserialize(deserializer).map(Some)
}

/// A status of a final answer. Pages have others, by mistake.
fn sendable(status: u16) -> Option<StatusCode> {
    let status = StatusCode::from_u16(status).ok()?;
    (200..600).contains(&status.as_u16()).then_some(status)
}
