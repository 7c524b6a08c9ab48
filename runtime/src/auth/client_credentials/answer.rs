//! Answers of a token service (RFC 6749, section 5). They hold tokens, so nothing of them is shown that is not meant to be.

use std::time::{Duration, SystemTime};

use bytes::Bytes;
use http::response::Parts;
use serde_json::{Map, Value};
use url::form_urlencoded;

use crate::auth::AccessToken;
use crate::error::{Details, Error, ErrorKind};

/// Reads a token that was asked for then.
pub(super) fn token(body: &Bytes, asked: SystemTime) -> Result<AccessToken, Error> {
    let unreadable = |what: &str| {
        Error::new(
            ErrorKind::Token,
            format!("the answer of the token service {what}"),
        )
    };
    let Some(answer) = object(body) else {
        return Err(unreadable("is not a JSON object"));
    };
    let text = |name: &str| answer.get(name).and_then(Value::as_str);
    // What is to be done with a token of another type is not known (section 7.1).
    if text("token_type").is_some_and(|kind| !kind.eq_ignore_ascii_case("Bearer")) {
        return Err(unreadable("holds a token that is not a bearer token"));
    }
    let Some(secret) = text("access_token").filter(|secret| !secret.is_empty()) else {
        return Err(unreadable("has no `access_token`"));
    };
    let token = AccessToken::new(secret);
    let lifetime = answer.get("expires_in").and_then(seconds);
    Ok(
        match lifetime.and_then(|lifetime| asked.checked_add(lifetime)) {
            Some(end) => token.valid_until(end),
            None => token,
        },
    )
}

/// How long a token is valid: a number, which some services write in quotes.
fn seconds(value: &Value) -> Option<Duration> {
    let seconds = match value {
        Value::Number(number) => number.as_u64()?,
        Value::String(text) => text.trim().parse().ok()?,
        _ => return None,
    };
    Some(Duration::from_secs(seconds))
}

/// Reads an answer that is not a success: `{"error", "error_description", "trace_id"}` (section 5.2). Of any other body
/// nothing is shown, because it may repeat the request.
pub(super) fn refusal(parts: Parts, body: &Bytes, secret: &str) -> Error {
    let answer = object(body).unwrap_or_default();
    let text = |name: &str| {
        let text = answer.get(name).and_then(Value::as_str);
        text.map(|text| without(text, secret))
    };
    let message = text("error_description").unwrap_or_else(|| {
        let reason = parts.status.canonical_reason().unwrap_or_default();
        let status = parts.status.as_str();
        let said = format!("the token service answered {status} {reason}");
        said.trim_end().to_owned()
    });
    Details {
        code: text("error"),
        request_id: text("trace_id"),
        status: Some(parts.status),
        headers: Some(parts.headers),
        ..Details::new(ErrorKind::Token, message)
    }
    .into()
}

/// A text without the secret, in either form that the service has seen.
fn without(text: &str, secret: &str) -> String {
    let encoded: String = form_urlencoded::byte_serialize(secret.as_bytes()).collect();
    text.replace(secret, "…").replace(&encoded, "…")
}

fn object(body: &Bytes) -> Option<Map<String, Value>> {
    match serde_json::from_slice(body) {
        Ok(Value::Object(object)) => Some(object),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_read() {
        let then = SystemTime::UNIX_EPOCH;
        for (answer, expected) in [
            (r#"{"access_token":"t","expires_in":3599}"#, Ok(Some(3599))),
            (
                r#"{"token_type":"bearer","access_token":"t","expires_in":"3599"}"#,
                Ok(Some(3599)),
            ),
            (r#"{"access_token":"t"}"#, Ok(None)),
            // What cannot be an expiry is none: the service says when it does not take the token any more.
            (r#"{"access_token":"t","expires_in":-1}"#, Ok(None)),
            (r#"{"access_token":"t","expires_in":"soon"}"#, Ok(None)),
            (
                r#"{"access_token":"t","expires_in":18446744073709551615}"#,
                Ok(None),
            ),
            (
                r#"{"token_type":"mac","access_token":"secret"}"#,
                Err("holds a token that is not a bearer token"),
            ),
            (r#"{"access_token":""}"#, Err("has no `access_token`")),
            (r#"{"access_token":1}"#, Err("has no `access_token`")),
            (r#"["secret"]"#, Err("is not a JSON object")),
            ("secret", Err("is not a JSON object")),
        ] {
            let got = token(&Bytes::from(answer), then)
                .map(|token| token.expires_at())
                .map_err(|error| format!("{:?} {error} {error:?}", error.kind()));
            match expected {
                Ok(seconds) => {
                    let end = seconds.map(|seconds| then + Duration::from_secs(seconds));
                    assert_eq!(got, Ok(end), "{answer}");
                }
                Err(message) => {
                    let got = got.unwrap_err();
                    assert!(got.starts_with("Token "), "{answer}: {got}");
                    assert!(got.contains(message), "{answer}: {got}");
                    assert!(!got.contains("secret"), "{answer}: {got}");
                }
            }
        }
    }
}
