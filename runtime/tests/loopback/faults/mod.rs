//! What happens after each fault, for each method: a table, held against a real server.

mod table;

use std::fmt;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use graph_runtime::http::Method;
use graph_runtime::serde_json::Value;
use graph_runtime::{
    AccessToken, BoxFuture, Client, Error, ErrorKind, Operation, Request, ReqwestTransport, Retry,
    Timer, token_fn,
};

use crate::live::{Answer, Live};
use crate::operation;

/// The token of all clients here; a claims challenge is answered with [`STEPPED_UP`].
const TOKEN: &str = "token-that-must-not-leak";
const STEPPED_UP: &str = "token-with-claims-that-must-not-leak";

/// A claims challenge; the claims are `{}`.
const CHALLENGE: &str = "WWW-Authenticate: Bearer error=\"insufficient_claims\", claims=\"e30=\"";

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

static GET: Operation = operation(Method::GET, "/things/{id}");
static PUT: Operation = operation(Method::PUT, "/things/{id}");
static DELETE: Operation = operation(Method::DELETE, "/things/{id}");
static POST: Operation = operation(Method::POST, "/things/{id}");
static PATCH: Operation = operation(Method::PATCH, "/things/{id}");

/// The idempotent ones first.
static OPERATIONS: [&Operation; 5] = [&GET, &PUT, &DELETE, &POST, &PATCH];

/// Tries all faults for all methods.
pub(crate) async fn outcomes() -> Vec<Cell> {
    let mut cells = Vec::new();
    let transport = ReqwestTransport::new().unwrap();
    for (fault, answer, expected) in table::faults() {
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
    let elsewhere = Live::start(|number, request| {
        let busy = number == 0 && request.line().contains("/busy");
        match (busy, request.line().contains("/refuse")) {
            (true, _) => Answer::status("429 Too Many Requests", &[], ""),
            (_, true) => Answer::status("401 Unauthorized", &[CHALLENGE], ""),
            _ => Answer::json("{}"),
        }
    })
    .await;
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
