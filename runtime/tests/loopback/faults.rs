//! What happens after each fault, for each method: a table, held against a real server.

use std::fmt;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use graph_runtime::http::Method;
use graph_runtime::serde_json::Value;
use graph_runtime::{
    AccessToken, BoxFuture, Client, Error, ErrorKind, Operation, Permissions, Request,
    ReqwestTransport, Retry, Timer, token_fn,
};

use crate::live::{Answer, Live};

/// The token of all clients here; a claims challenge is answered with [`STEPPED_UP`].
const TOKEN: &str = "token-that-must-not-leak";
const STEPPED_UP: &str = "token-with-claims-that-must-not-leak";

/// Waits for nothing, and notes what it was asked for.
#[derive(Clone, Default)]
pub(crate) struct Waits(Arc<Mutex<Vec<Duration>>>);

impl Timer for Waits {
    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        self.0.lock().unwrap().push(duration);
        Box::pin(std::future::ready(()))
    }
}

impl Waits {
    pub(crate) fn millis(&self) -> Vec<u128> {
        let waits = self.0.lock().unwrap();
        waits.iter().map(Duration::as_millis).collect()
    }
}

pub(crate) fn client(address: &str, retry: Retry) -> (Client, Waits) {
    client_over(ReqwestTransport::new().unwrap(), address, retry)
}

/// Setting a transport up reads all certificates of the system.
fn client_over(transport: ReqwestTransport, address: &str, retry: Retry) -> (Client, Waits) {
    let waits = Waits::default();
    let provider = token_fn(|request| async move {
        let secret = request.claims().map_or(TOKEN, |_| STEPPED_UP);
        Ok(AccessToken::new(secret))
    });
    let client = Client::builder()
        .transport(transport)
        .token_provider(provider)
        .base_url(address)
        .retry(retry)
        .timer(waits.clone())
        .build()
        .unwrap();
    (client, waits)
}

/// What is expected of a request, and what was found.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// The request was sent so often to the service, and then there was a value.
    Value { sent: usize },
    /// The request was sent so often to the service, and then there was an error.
    Error { sent: usize, kind: ErrorKind },
}

impl fmt::Debug for Outcome {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Value { sent } => write!(formatter, "value after {sent}"),
            Self::Error { sent, kind } => write!(formatter, "{kind:?} error after {sent}"),
        }
    }
}

/// One fault for one method.
pub(crate) struct Cell {
    pub(crate) fault: &'static str,
    pub(crate) method: &'static Method,
    pub(crate) expected: Outcome,
    pub(crate) found: Outcome,
    /// A law that was broken besides.
    pub(crate) broken: Option<String>,
}

impl Cell {
    pub(crate) fn is_as_expected(&self) -> bool {
        self.expected == self.found && self.broken.is_none()
    }
}

const fn operation(method: Method, path: &'static str) -> Operation {
    Operation {
        method,
        version: "v1.0",
        path,
        success: &[200],
        permissions: Permissions {
            delegated_work: &[],
            delegated_personal: &[],
            application: &[],
        },
        documentation: "",
        page: "",
    }
}

static GET: Operation = operation(Method::GET, "/things/{id}");
static PUT: Operation = operation(Method::PUT, "/things/{id}");
static DELETE: Operation = operation(Method::DELETE, "/things/{id}");
static POST: Operation = operation(Method::POST, "/things/{id}");
static PATCH: Operation = operation(Method::PATCH, "/things/{id}");

/// The idempotent ones first.
static OPERATIONS: [&Operation; 5] = [&GET, &PUT, &DELETE, &POST, &PATCH];

/// How a fault is answered by the methods above.
#[derive(Clone, Copy)]
enum Expected {
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
    fn of(self, idempotent: bool) -> Outcome {
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
fn faults() -> Vec<(&'static str, Answer, Expected)> {
    use ErrorKind::{Decode, Link, Service, Transport, UnexpectedStatus};
    use Expected::{Again, IfIdempotent, Never, Value};
    let status = |status: &str, headers: &[&str]| Answer::status(status, headers, "");
    let after = |code: &str, wait: &str| status(code, &[&format!("Retry-After: {wait}")]);
    let to = |code: &str, location: &str| status(code, &[&format!("Location: {location}")]);
    let challenge = "WWW-Authenticate: Bearer error=\"insufficient_claims\", claims=\"e30=\"";
    let gzip = "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nnope";
    let html = Answer::status("200 OK", &["Content-Type: text/html"], "<p>Sign in</p>");
    vec![
        ("429", status("429 Too Many Requests", &[]), Again),
        ("429, seconds", after("429 Too Many Requests", "7"), Again),
        (
            "429, decimals",
            after("429 Too Many Requests", "0.249"),
            Again,
        ),
        (
            "429, date",
            after("429 Too Many Requests", "Sun, 06 Nov 1994 08:49:37 GMT"),
            Again,
        ),
        (
            "429, nonsense",
            after("429 Too Many Requests", "soon"),
            Again,
        ),
        ("429, negative", after("429 Too Many Requests", "-1"), Again),
        (
            "429, past the budget",
            after("429 Too Many Requests", "3600"),
            Never(Service),
        ),
        ("503, seconds", after("503 Service Unavailable", "1"), Again),
        ("504, seconds", after("504 Gateway Timeout", "1"), Again),
        (
            "503",
            status("503 Service Unavailable", &[]),
            IfIdempotent(Service),
        ),
        (
            "504",
            status("504 Gateway Timeout", &[]),
            IfIdempotent(Service),
        ),
        ("502", status("502 Bad Gateway", &[]), IfIdempotent(Service)),
        (
            "502, seconds",
            after("502 Bad Gateway", "1"),
            IfIdempotent(Service),
        ),
        (
            "500",
            status("500 Internal Server Error", &[]),
            Never(Service),
        ),
        (
            "500, seconds",
            after("500 Internal Server Error", "1"),
            Never(Service),
        ),
        ("408", status("408 Request Timeout", &[]), Never(Service)),
        (
            "400, seconds",
            after("400 Bad Request", "1"),
            Never(Service),
        ),
        ("409", status("409 Conflict", &[]), Never(Service)),
        (
            "412",
            status("412 Precondition Failed", &[]),
            Never(Service),
        ),
        (
            "304",
            status("304 Not Modified", &[]),
            Never(UnexpectedStatus),
        ),
        ("401", status("401 Unauthorized", &[]), Never(Service)),
        (
            "401, claims",
            status("401 Unauthorized", &[challenge]),
            Again,
        ),
        (
            "403, claims",
            status("403 Forbidden", &[challenge]),
            Never(Service),
        ),
        (
            "end before the answer",
            Answer::bytes(""),
            IfIdempotent(Transport),
        ),
        (
            "reset before the answer",
            Answer::bytes("").reset(),
            IfIdempotent(Transport),
        ),
        (
            "end within the headers",
            Answer::bytes("HTTP/1.1 200 OK\r\nContent-"),
            IfIdempotent(Transport),
        ),
        (
            "reset after the headers",
            Answer::bytes("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n").reset(),
            IfIdempotent(Transport),
        ),
        (
            "end within the body",
            Answer::bytes("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{\"id\""),
            IfIdempotent(Transport),
        ),
        (
            "end within a chunk",
            Answer::bytes("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\n{\"id"),
            IfIdempotent(Transport),
        ),
        (
            "end within an error",
            Answer::bytes("HTTP/1.1 400 Bad Request\r\nContent-Length: 9\r\n\r\n{\"e"),
            IfIdempotent(Transport),
        ),
        (
            "not HTTP",
            Answer::bytes("SSH-2.0-OpenSSH_9.2\r\n\r\n"),
            IfIdempotent(Transport),
        ),
        ("broken gzip", Answer::bytes(gzip), IfIdempotent(Transport)),
        ("a page instead of JSON", html, Never(Decode)),
        ("half of the JSON", Answer::json("{\"id\":"), Never(Decode)),
        (
            "JSON as another type",
            Answer::status("200 OK", &["Content-Type: text/plain"], "{}"),
            Value,
        ),
        (
            "redirect, same host",
            to("307 Temporary Redirect", "{address}/v1.0/things/2"),
            Again,
        ),
        (
            "redirect, relative",
            to("308 Permanent Redirect", "2?a=b"),
            Again,
        ),
        (
            "redirect, other host",
            to("307 Temporary Redirect", "{elsewhere}/2"),
            Value,
        ),
        (
            "redirect, see other",
            to("303 See Other", "{elsewhere}/2"),
            Value,
        ),
        (
            "redirect to plain HTTP",
            to("307 Temporary Redirect", "http://example.com/"),
            Never(Link),
        ),
        (
            "redirect to a file",
            to("302 Found", "file:///etc/hosts"),
            Never(Link),
        ),
        (
            "redirect to nowhere",
            status("307 Temporary Redirect", &[]),
            Never(UnexpectedStatus),
        ),
    ]
}

/// Tries all faults for all methods.
pub(crate) async fn outcomes() -> Vec<Cell> {
    let mut cells = Vec::new();
    let transport = ReqwestTransport::new().unwrap();
    for (fault, answer, expected) in faults() {
        for (index, operation) in OPERATIONS.into_iter().enumerate() {
            let (found, broken) = outcome(transport.clone(), operation, &answer).await;
            cells.push(Cell {
                fault,
                method: &operation.method,
                expected: expected.of(index < 3),
                found,
                broken,
            });
        }
    }
    cells
}

async fn outcome(
    transport: ReqwestTransport,
    operation: &'static Operation,
    answer: &Answer,
) -> (Outcome, Option<String>) {
    let elsewhere = Live::start(|_, _| Answer::json("{}")).await;
    let (first, other) = (answer.clone(), elsewhere.address());
    let service = Live::start(move |number, request| match number {
        0 => {
            let own = format!("http://{}", request.header("host").unwrap_or_default());
            first.with("{elsewhere}", &other).with("{address}", &own)
        }
        _ => Answer::json("{}"),
    })
    .await;
    let (client, waits) = client_over(transport, &service.address(), Retry::default());
    let request = Request::<Value>::new(operation, &["1"]);
    let request = match operation.method {
        Method::GET | Method::DELETE => request,
        _ => request.json(&Value::from(1)),
    };
    let result = crate::within(request.send(&client)).await;
    let received = service.received();
    let sent = received.len();
    let found = match &result {
        Ok(_) => Outcome::Value { sent },
        Err(error) => Outcome::Error {
            sent,
            kind: error.kind(),
        },
    };
    let broken = laws(&result, &waits, &received, &elsewhere.received());
    (found, broken)
}

/// What holds whatever the fault is.
fn laws(
    result: &Result<Value, Error>,
    waits: &Waits,
    received: &[crate::server::Received],
    elsewhere: &[crate::server::Received],
) -> Option<String> {
    for request in elsewhere {
        for name in [
            "authorization",
            "client-request-id",
            "retry-attempt",
            "user-agent",
        ] {
            if request.header(name).is_some() {
                return Some(format!("{name} was sent to another host"));
            }
        }
    }
    if let [first, second] = received {
        let same_place = first.line() == second.line();
        let waited = waits.millis().len();
        if same_place && second.body != first.body {
            return Some("the body is another one when it is sent again".to_owned());
        }
        let numbered = second.header("retry-attempt").is_some();
        if numbered != (waited == 1) {
            return Some(format!(
                "retry-attempt is there: {numbered}, after {waited} waits"
            ));
        }
        for name in ["client-request-id", "content-type"] {
            if second.header(name) != first.header(name) {
                return Some(format!("{name} is another one when it is sent again"));
            }
        }
    }
    let shown = format!("{result:?}");
    let leaks = shown.contains(TOKEN) || shown.contains(STEPPED_UP);
    leaks.then(|| format!("the token is shown: {shown}"))
}
