//! The faults, and what becomes of a request after each.

use graph_runtime::ErrorKind;

use super::{CHALLENGE, Outcome};
use crate::live::Answer;

/// How a fault is answered by the methods above.
#[derive(Clone, Copy)]
pub(super) enum Expected {
    /// All are sent again, and get a value.
    Again,
    /// The idempotent ones are; the others are an error of this kind.
    IfIdempotent(ErrorKind),
    /// None is.
    Never(ErrorKind),
    /// Nothing is wrong with it.
    Value,
}

impl Expected {
    pub(super) fn of(self, idempotent: bool) -> Outcome {
        match self {
            Self::Value => Outcome::Value { sent: 1 },
            Self::Again => Outcome::Value { sent: 2 },
            Self::IfIdempotent(_) if idempotent => Outcome::Value { sent: 2 },
            Self::IfIdempotent(kind) | Self::Never(kind) => Outcome::Error { sent: 1, kind },
        }
    }
}

/// The faults: what the first request is answered with, and what becomes of it. Each further request is answered with
/// `{}`. `{elsewhere}` is the address of another host, `{address}` that of the service.
// A table is read by its columns.
#[rustfmt::skip]
pub(super) fn faults() -> Vec<(&'static str, Answer, Expected)> {
    use ErrorKind::{Decode, Link, Service, Transport, UnexpectedStatus};
    use Expected::{Again, IfIdempotent, Never, Value};
    let status = |status: &str, headers: &[&str]| Answer::status(status, headers, "");
    let after = |code: &str, wait: &str| status(code, &[&format!("Retry-After: {wait}")]);
    let to = |code: &str, location: &str| status(code, &[&format!("Location: {location}")]);
    let gzip = "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nnope";
    let html = Answer::status("200 OK", &["Content-Type: text/html"], "<p>Sign in</p>");
    vec![
        ("429", status("429 Too Many Requests", &[]), Again),
        ("429, seconds", after("429 Too Many Requests", "7"), Again),
        ("429, decimals", after("429 Too Many Requests", "0.249"), Again),
        ("429, date", after("429 Too Many Requests", "Sun, 06 Nov 1994 08:49:37 GMT"), Again),
        ("429, nonsense", after("429 Too Many Requests", "soon"), Again),
        ("429, negative", after("429 Too Many Requests", "-1"), Again),
        ("429, past the budget", after("429 Too Many Requests", "3600"), Never(Service)),
        ("503, seconds", after("503 Service Unavailable", "1"), Again),
        ("504, seconds", after("504 Gateway Timeout", "1"), Again),
        ("503", status("503 Service Unavailable", &[]), IfIdempotent(Service)),
        ("504", status("504 Gateway Timeout", &[]), IfIdempotent(Service)),
        ("502", status("502 Bad Gateway", &[]), IfIdempotent(Service)),
        ("502, seconds", after("502 Bad Gateway", "1"), IfIdempotent(Service)),
        ("500", status("500 Internal Server Error", &[]), Never(Service)),
        ("500, seconds", after("500 Internal Server Error", "1"), Never(Service)),
        ("408", status("408 Request Timeout", &[]), Never(Service)),
        ("400, seconds", after("400 Bad Request", "1"), Never(Service)),
        ("409", status("409 Conflict", &[]), Never(Service)),
        ("412", status("412 Precondition Failed", &[]), Never(Service)),
        ("304", status("304 Not Modified", &[]), Never(UnexpectedStatus)),
        ("401", status("401 Unauthorized", &[]), Never(Service)),
        ("401, claims", status("401 Unauthorized", &[CHALLENGE]), Again),
        ("403, claims", status("403 Forbidden", &[CHALLENGE]), Never(Service)),
        ("end before the answer", Answer::bytes(""), IfIdempotent(Transport)),
        ("reset before the answer", Answer::bytes("").reset(), IfIdempotent(Transport)),
        ("end within the headers", Answer::bytes("HTTP/1.1 200 OK\r\nContent-"), IfIdempotent(Transport)),
        ("reset after the headers", Answer::bytes("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n").reset(), IfIdempotent(Transport)),
        ("end within the body", Answer::bytes("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{\"id\""), IfIdempotent(Transport)),
        ("end within a chunk", Answer::bytes("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\n{\"id"), IfIdempotent(Transport)),
        ("end within an error", Answer::bytes("HTTP/1.1 400 Bad Request\r\nContent-Length: 9\r\n\r\n{\"e"), IfIdempotent(Transport)),
        ("not HTTP", Answer::bytes("SSH-2.0-OpenSSH_9.2\r\n\r\n"), IfIdempotent(Transport)),
        ("broken gzip", Answer::bytes(gzip), IfIdempotent(Transport)),
        ("a page instead of JSON", html, Never(Decode)),
        ("half of the JSON", Answer::json("{\"id\":"), Never(Decode)),
        ("JSON as another type", Answer::status("200 OK", &["Content-Type: text/plain"], "{}"), Value),
        ("redirect, same host", to("307 Temporary Redirect", "{address}/v1.0/things/2"), Again),
        ("redirect, relative", to("308 Permanent Redirect", "2?a=b"), Again),
        ("redirect, other host", to("307 Temporary Redirect", "{elsewhere}/2"), Value),
        ("redirect, other host throttles", to("307 Temporary Redirect", "{elsewhere}/busy"), Value),
        ("redirect, other host refuses", to("307 Temporary Redirect", "{elsewhere}/refuse"), Never(Service)),
        ("redirect, see other", to("303 See Other", "{elsewhere}/2"), Value),
        ("redirect to plain HTTP", to("307 Temporary Redirect", "http://example.com/"), Never(Link)),
        ("redirect to a file", to("302 Found", "file:///etc/hosts"), Never(Link)),
        ("redirect to nowhere", status("307 Temporary Redirect", &[]), Never(UnexpectedStatus)),
    ]
}
