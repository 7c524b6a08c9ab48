//! One `$batch` on the wire: what is sent, and what comes back.

use std::collections::BTreeMap;

use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_TYPE};
use http::response::Parts;
use http::{HeaderMap, HeaderName, HeaderValue, Method, Request, Response, StatusCode, Uri};
use serde::de::Deserialize;
use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::Value;
use serde_json::value::RawValue;

use super::part::{Content, is_json};
use crate::decode;
use crate::error::{Error, ErrorKind, excerpt};
use crate::retry::RETRY_ATTEMPT;
use crate::text::Text;
use crate::values::Binary;

const JSON: HeaderValue = HeaderValue::from_static("application/json");

/// One part of what is sent.
pub(super) struct Sent<'a> {
    pub(super) id: String,
    pub(super) content: &'a Content,
    /// The identifiers of parts in the same batch.
    pub(super) after: Vec<String>,
    /// How often it was sent again before.
    pub(super) retries: u32,
}

impl Serialize for Sent<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let content = self.content;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("id", &self.id)?;
        map.serialize_entry("method", content.method.as_str())?;
        map.serialize_entry("url", &content.url)?;
        if self.retries > 0 {
            let mut headers = content.headers.clone();
            headers.insert(RETRY_ATTEMPT.to_string(), self.retries.to_string());
            map.serialize_entry("headers", &headers)?;
        } else if !content.headers.is_empty() {
            map.serialize_entry("headers", &content.headers)?;
        }
        if let Some(body) = &content.body {
            map.serialize_entry("body", body)?;
        }
        if !self.after.is_empty() {
            map.serialize_entry("dependsOn", &self.after)?;
        }
        map.end()
    }
}

/// The request for some parts.
pub(super) fn write(address: &str, parts: &[Sent<'_>]) -> Result<Request<Bytes>, Error> {
    let body = serde_json::to_vec(&BTreeMap::from([("requests", parts)]));
    let uri: Uri = address.parse().map_err(|error: http::uri::InvalidUri| {
        let message = format!("the address is malformed: {error}");
        Error::with_source(ErrorKind::Request, message, error)
    })?;
    let mut request = Request::new(body.map_err(decode::unserialisable)?.into());
    *request.method_mut() = Method::POST;
    *request.uri_mut() = uri;
    request.headers_mut().insert(CONTENT_TYPE, JSON);
    request.headers_mut().insert(ACCEPT, JSON);
    Ok(request)
}

/// What the service says of a part.
pub(super) type Answer = Result<Response<Bytes>, Error>;

/// Parts of an object that are looked at later, or not at all.
type Object<'a> = BTreeMap<String, &'a RawValue>;

/// The answers by identifier. What has none, or the same one again, is nobody's.
pub(super) fn read(response: Response<Bytes>) -> Result<BTreeMap<String, Answer>, Error> {
    let (parts, body) = response.into_parts();
    let refused = |error| unreadable(&parts, &body, error);
    let text = str::from_utf8(&body).map_err(|error| refused(serde::de::Error::custom(error)))?;
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let envelope: Object<'_> = serde_json::from_str(text).map_err(refused)?;
    let responses = envelope
        .get("responses")
        .ok_or_else(|| refused(serde::de::Error::missing_field("responses")))?;
    let responses: Vec<&RawValue> = serde_json::from_str(responses.get()).map_err(refused)?;
    let mut answers = BTreeMap::new();
    for response in responses {
        let Ok(mut object) = serde_json::from_str::<Object<'_>>(response.get()) else {
            continue;
        };
        let Some(Text(id)) = object.remove("id").and_then(read_as) else {
            continue;
        };
        answers
            .entry(id.into_owned())
            .or_insert_with(|| read_answer(&object, &body));
    }
    Ok(answers)
}

fn unreadable(parts: &Parts, body: &Bytes, error: serde_json::Error) -> Error {
    let message = format!("the answer to the batch is not as expected: {error}");
    Error::undecodable(parts, message, Some(excerpt(body, 0)), Some(error))
}

fn read_as<'a, T: Deserialize<'a>>(raw: &'a RawValue) -> Option<T> {
    serde_json::from_str(raw.get()).ok()
}

fn read_answer(object: &Object<'_>, whole: &Bytes) -> Answer {
    let status = object.get("status").copied().and_then(read_as::<Text<'_>>);
    let status = status.and_then(|Text(text)| text.parse::<StatusCode>().ok());
    let Some(status) = status else {
        let message = "the answer to the part has no status";
        return Err(Error::new(ErrorKind::Decode, message));
    };
    let headers = object.get("headers").copied().and_then(read_as);
    let headers = read_headers(headers.unwrap_or_default());
    let body = object.get("body").map(|raw| raw.get());
    let mut response = Response::new(match body {
        None | Some("null") => Bytes::new(),
        Some(body) => read_body(headers.get(CONTENT_TYPE), body, whole),
    });
    *response.status_mut() = status;
    *response.headers_mut() = headers;
    Ok(response)
}

/// The headers that can be some; a service that writes one wrongly is not to cost the answer.
fn read_headers(texts: BTreeMap<String, Value>) -> HeaderMap {
    let mut headers = HeaderMap::new();
    for (name, value) in texts {
        let value = match value {
            Value::String(text) => text,
            other => other.to_string(),
        };
        if let (Ok(name), Ok(value)) = (name.parse::<HeaderName>(), value.parse()) {
            headers.append(name, value);
        }
    }
    headers
}

/// JSON as it stands, without a copy. Of another media type, text holds the body: in base64 as Graph has it, or, if it
/// is text, perhaps as it is, which OData prescribes.
fn read_body(content_type: Option<&HeaderValue>, body: &str, whole: &Bytes) -> Bytes {
    let raw = || whole.slice_ref(body.as_bytes());
    let Some(content_type) = content_type.filter(|content_type| !is_json(content_type)) else {
        return raw();
    };
    let Ok(text) = serde_json::from_str::<String>(body) else {
        return raw();
    };
    match Binary::from(&*text).to_bytes() {
        Ok(bytes) if !is_text(content_type) || is_meant(&text, &bytes) => bytes.into(),
        _ => text.into(),
    }
}

fn is_text(content_type: &HeaderValue) -> bool {
    let start = content_type.as_bytes().get(..5);
    start.is_some_and(|start| start.eq_ignore_ascii_case(b"text/"))
}

/// Whether text is meant as base64, and is not just such that it could be, as most words of four letters and the
/// numbers that `$count` answers are.
fn is_meant(text: &str, decoded: &[u8]) -> bool {
    let number = text.bytes().all(|byte| byte.is_ascii_digit());
    let spaced = text.contains(char::is_whitespace);
    let plain = |text: &str| text.chars().all(|c| !c.is_control() || c.is_whitespace());
    !number && !spaced && str::from_utf8(decoded).is_ok_and(plain)
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use http::HeaderValue;

    use super::read_body;

    #[test]
    fn bodies_by_media_type() {
        let cases: [(Option<&'static str>, &str, &[u8]); 14] = [
            (None, r#"{"n":1.10}"#, br#"{"n":1.10}"#),
            (None, r#""QUJD""#, br#""QUJD""#),
            (Some("application/json"), r#""QUJD""#, br#""QUJD""#),
            (Some("Application/Problem+JSON; v=1"), "[1]", b"[1]"),
            (
                Some("image/png"),
                r#""iVBO/w==""#,
                &[0x89, 0x50, 0x4e, 0xff],
            ),
            (Some("image/png"), r#""iVBO_w""#, &[0x89, 0x50, 0x4e, 0xff]),
            (Some("image/png"), r#""no base64!""#, b"no base64!"),
            (Some("application/zip"), r#""1234""#, &[0xd7, 0x6d, 0xf8]),
            (Some("text/plain"), "1234", b"1234"),
            (Some("text/plain"), r#""1400""#, b"1400"),
            (Some("text/plain"), r#""done""#, b"done"),
            (Some("text/plain"), r#""MTA1""#, b"105"),
            (
                Some("text/html"),
                r#""PGI+w6Q8L2I+""#,
                "<b>ä</b>".as_bytes(),
            ),
            (Some("TEXT/html"), r#""\u003cb>ä""#, "<b>ä".as_bytes()),
        ];
        for (content_type, body, expected) in cases {
            let whole = Bytes::from(body.to_owned());
            let inner = str::from_utf8(&whole).unwrap();
            let content_type = content_type.map(HeaderValue::from_static);
            let read = read_body(content_type.as_ref(), inner, &whole);
            assert_eq!(read, expected, "{content_type:?} {body}");
        }
    }
}
