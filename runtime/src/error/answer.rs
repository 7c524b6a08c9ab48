//! Errors from answers of the service.

use std::sync::Arc;

use bytes::Bytes;
use http::response::Parts;
use serde_json::{Map, Value};

use super::detail::{ErrorDetail, INNER, text};
use super::{Details, Error, ErrorKind};
use crate::retry::Attempts;

/// How much of a body an error keeps, in bytes.
const KEPT: usize = 2048;

impl Error {
    /// Reads an answer whose status is no success.
    ///
    /// The body of an error is `{"error": {"code", "message", "innerError"}}` (OData JSON Format
    /// 4.01, section 21.1, error response). Any other body is kept in part: gateways answer with
    /// HTML, and an empty message helps nobody.
    pub(crate) fn from_answer(parts: Parts, body: &Bytes) -> Self {
        let kind = match parts.status.is_client_error() || parts.status.is_server_error() {
            true => ErrorKind::Service,
            false => ErrorKind::UnexpectedStatus,
        };
        let mut details = Details::new(kind, String::new());
        details.request_id = request_id(&parts);
        if !body.is_empty() {
            details.excerpt = Some(excerpt(body, 0));
        }
        let described = match serde_json::from_slice(body) {
            Ok(Value::Object(mut answer)) => describe(&mut details, &mut answer),
            _ => false,
        };
        if !described {
            details.message = details.excerpt.clone().unwrap_or_default();
        }
        details.status = Some(parts.status);
        details.attempts = attempts(&parts);
        details.headers = Some(parts.headers);
        details.into()
    }

    /// An answer of success which says that an operation failed, in `error`.
    pub(crate) fn from_failed(parts: Parts, mut answer: Map<String, Value>, body: &Bytes) -> Self {
        let mut details = Details::new(ErrorKind::Service, String::new());
        details.request_id = request_id(&parts);
        details.excerpt = Some(excerpt(body, 0));
        if !describe(&mut details, &mut answer) {
            details.message = "the operation failed".to_owned();
        }
        details.status = Some(parts.status);
        details.attempts = attempts(&parts);
        details.headers = Some(parts.headers);
        details.into()
    }

    /// An answer of success whose body is not what the type says.
    pub(crate) fn undecodable(
        parts: &Parts,
        message: String,
        excerpt: Option<String>,
        source: Option<serde_json::Error>,
    ) -> Self {
        Details {
            status: Some(parts.status),
            request_id: request_id(parts),
            attempts: attempts(parts),
            headers: Some(parts.headers.clone()),
            excerpt,
            source: source.map(|source| Arc::new(source) as _),
            ..Details::new(ErrorKind::Decode, message)
        }
        .into()
    }
}

/// Takes over what the body says; `false` if it says nothing that an error is known to say.
fn describe(details: &mut Details, answer: &mut Map<String, Value>) -> bool {
    match answer.remove("error") {
        Some(Value::Object(error)) => describe_error(details, error),
        // The form of OAuth 2.0 (RFC 6749, section 5.2), which gateways before the service use.
        Some(Value::String(code)) => {
            details.code = Some(code);
            details.message = text(answer, "error_description").unwrap_or_default();
            true
        }
        _ => false,
    }
}

/// Takes over the object of an error; `false` if it has neither code nor message.
fn describe_error(details: &mut Details, mut error: Map<String, Value>) -> bool {
    details.code = text(&mut error, "code");
    details.target = text(&mut error, "target");
    let message = text(&mut error, "message");
    details.inner_error = INNER.iter().find_map(|name| error.remove(*name));
    if let Some(Value::Array(list)) = error.remove("details") {
        details.details = list.into_iter().filter_map(ErrorDetail::read).collect();
    }
    if details.request_id.is_none() {
        let inner = details.inner_error.as_ref();
        let id = inner.and_then(|inner| inner.get("request-id"));
        details.request_id = id.and_then(Value::as_str).map(str::to_owned);
    }
    let said = details.code.is_some() || message.is_some();
    details.message = message.unwrap_or_default();
    said
}

/// How often the request of an answer was sent.
fn attempts(parts: &Parts) -> u32 {
    let attempts = parts.extensions.get::<Attempts>();
    attempts.map_or(0, |Attempts(count)| *count)
}

fn request_id(parts: &Parts) -> Option<String> {
    let value = parts.headers.get("request-id")?;
    value.to_str().ok().map(str::to_owned)
}

/// At most 2 KiB of a body, from shortly before an offset. What is not UTF-8 is replaced.
pub(crate) fn excerpt(body: &[u8], offset: usize) -> String {
    // A quarter of it before the place, so that the properties around it can be seen.
    let start = offset.min(body.len()).saturating_sub(KEPT / 4);
    let end = body.len().min(start + KEPT);
    let slice = &body[boundary(body, start)..boundary(body, end)];
    let mut text = String::from_utf8_lossy(slice).into_owned();
    // A replacement character is longer than the byte it stands for.
    if text.len() > KEPT {
        text.truncate(text.floor_char_boundary(KEPT));
    }
    text
}

/// The last place at or before `at` where a UTF-8 character may begin, looking back no further than
/// one can be long.
fn boundary(body: &[u8], at: usize) -> usize {
    let inside = |position: usize| {
        body.get(position)
            .is_some_and(|byte| byte & 0b1100_0000 == 0b1000_0000)
    };
    (at.saturating_sub(3)..=at)
        .rev()
        .find(|&position| !inside(position))
        .unwrap_or(at)
}
