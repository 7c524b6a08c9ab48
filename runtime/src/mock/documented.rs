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
#[derive(Deserialize)]
pub(super) struct DocumentedOperation {
    /// The path of the Rust function.
    pub(super) function: String,
    #[serde(deserialize_with = "method")]
    pub(super) method: Method,
    #[serde(rename = "path")]
    pub(super) template: Template,
    #[serde(default)]
    success: Vec<u16>,
    /// The system query options that are supported; empty if the pages do not say.
    #[serde(default)]
    pub(super) query_options: Vec<String>,
    #[serde(default)]
    pub(super) exchanges: Vec<Exchange>,
}

impl DocumentedOperation {
    /// The first documented status of success that can be sent.
    pub(super) fn success(&self) -> Option<StatusCode> {
        self.success.iter().copied().find_map(sendable)
    }
}

/// An example: a request, and what was answered.
#[derive(Deserialize)]
pub(super) struct Exchange {
    #[serde(default)]
    pub(super) page: String,
    #[serde(default)]
    request: Option<ExampleRequest>,
    #[serde(default)]
    pub(super) responses: Vec<ExampleResponse>,
}

impl Exchange {
    /// The request, if the example has one.
    pub(super) const fn request(&self) -> Option<&ExampleRequest> {
        self.request.as_ref()
    }

    /// The answer that is given: the first success, or the first at all.
    pub(super) fn response(&self) -> Option<&ExampleResponse> {
        let success = self.responses.iter().find(|response| response.succeeds());
        success.or_else(|| self.responses.first())
    }
}

#[derive(Deserialize)]
pub(super) struct ExampleRequest {
    #[serde(default)]
    pub(super) arguments: Vec<String>,
    #[serde(default)]
    pub(super) query: Vec<(String, String)>,
    #[serde(default, deserialize_with = "present")]
    pub(super) json: Option<Value>,
    #[serde(default)]
    pub(super) text: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct ExampleResponse {
    #[serde(default)]
    status: Option<u16>,
    #[serde(default)]
    headers: Vec<(String, String)>,
    #[serde(default, deserialize_with = "present")]
    pub(super) json: Option<Value>,
    #[serde(default)]
    pub(super) text: Option<String>,
}

impl ExampleResponse {
    /// The status, if the example has one that can be sent.
    pub(super) fn status(&self) -> Option<StatusCode> {
        self.status.and_then(sendable)
    }

    /// A status that is missing is taken for success: pages leave it out where all went well.
    pub(super) fn succeeds(&self) -> bool {
        self.status()
            .is_none_or(|status| status.is_success() || status.is_redirection())
    }

    /// The headers that can be sent. Pages also have placeholders and remarks in their place.
    pub(super) fn headers(&self) -> HeaderMap {
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
pub(super) fn read<T: AsRef<str>>(
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
