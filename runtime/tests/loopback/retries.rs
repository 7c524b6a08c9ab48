//! Requests that are sent again, and those that are not.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use graph_runtime::http::Method;
use graph_runtime::serde_json::Value;
use graph_runtime::{
    BoxFuture, Client, ErrorKind, Operation, Page, Request, Retry, StaticToken, Timer,
};

use crate::server::{Server, answer, json};
use crate::{CREATE, GET, LIST, TOKEN, operation, within};

static REPLACE: Operation = operation(Method::PUT, "/things/{id}");
static UPDATE: Operation = operation(Method::PATCH, "/things/{id}");
static DELETE: Operation = operation(Method::DELETE, "/things/{id}");

/// Waits for nothing, and notes what it was asked for.
#[derive(Clone, Default)]
struct Waits(Arc<Mutex<Vec<Duration>>>);

impl Timer for Waits {
    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        self.0.lock().unwrap().push(duration);
        Box::pin(std::future::ready(()))
    }
}

impl Waits {
    fn millis(&self) -> Vec<u128> {
        let waits = self.0.lock().unwrap();
        waits.iter().map(Duration::as_millis).collect()
    }
}

fn client(server: &Server, retry: Retry) -> (Client, Waits) {
    let waits = Waits::default();
    let client = Client::builder()
        .token_provider(StaticToken::new(TOKEN))
        .base_url(server.address())
        .retry(retry)
        .timer(waits.clone())
        .build()
        .unwrap();
    (client, waits)
}

/// What a server answers first.
#[derive(Clone, Copy, Debug)]
enum Fault {
    /// A status, with `Retry-After` or without.
    Status(&'static str, Option<&'static str>),
    /// The connection ends before the answer.
    Nothing,
    /// The connection ends within the body.
    Half,
}

impl Fault {
    fn answer(self) -> String {
        match self {
            Self::Status(status, None) => answer(status, &[], ""),
            Self::Status(status, Some(after)) => {
                answer(status, &[&format!("Retry-After: {after}")], "")
            }
            Self::Nothing => String::new(),
            Self::Half => "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"id\":".to_owned(),
        }
    }
}

fn request(operation: &'static Operation) -> Request<Value> {
    let keys: &[&str] = if operation.path.contains('{') {
        &["1"]
    } else {
        &[]
    };
    let request = Request::new(operation, keys);
    match operation.method {
        Method::GET | Method::DELETE => request,
        _ => request.json(&Value::from(1)),
    }
}

#[tokio::test]
async fn every_fault_and_method_has_its_outcome() {
    use Fault::{Half, Nothing, Status};
    let all = [&GET, &REPLACE, &DELETE, &CREATE, &UPDATE];
    // The faults, and how many of the methods above are sent again after them: those that are idempotent, or all.
    let matrix = [
        (Status("429 Too Many Requests", None), 5),
        (Status("429 Too Many Requests", Some("0")), 5),
        (Status("429 Too Many Requests", Some("0.249")), 5),
        (Status("503 Service Unavailable", Some("0")), 5),
        (Status("504 Gateway Timeout", Some("0")), 5),
        (Status("503 Service Unavailable", None), 3),
        (Status("504 Gateway Timeout", None), 3),
        (Status("502 Bad Gateway", None), 3),
        (Status("502 Bad Gateway", Some("0")), 3),
        (Nothing, 3),
        (Half, 3),
        (Status("500 Internal Server Error", None), 0),
        (Status("500 Internal Server Error", Some("0")), 0),
        (Status("408 Request Timeout", None), 0),
        (Status("400 Bad Request", Some("0")), 0),
    ];
    for (fault, again) in matrix {
        for (index, operation) in all.into_iter().enumerate() {
            let repeats = index < again;
            let mut answers = vec![fault.answer()];
            answers.extend(repeats.then(|| json("{}")));
            let server = Server::start(answers).await;
            let (client, waits) = client(&server, Retry::default());
            let result = within(request(operation).send(&client)).await;
            let said = format!("{fault:?} {}", operation.method);
            assert_eq!(result.is_ok(), repeats, "{said}: {result:?}");
            assert_eq!(waits.millis().len(), usize::from(repeats), "{said}");
            let received = server.received().await;
            assert_eq!(received.len(), 1 + usize::from(repeats), "{said}");
            assert_eq!(received[0].header("retry-attempt"), None, "{said}");
            if let [first, second] = &*received {
                assert_eq!(second.header("retry-attempt"), Some("1"), "{said}");
                assert_eq!(second.line(), first.line(), "{said}");
                assert_eq!(second.body, first.body, "{said}");
                for same in ["authorization", "client-request-id", "content-type"] {
                    assert_eq!(second.header(same), first.header(same), "{said} {same}");
                }
            }
        }
    }
}

#[tokio::test]
async fn without_a_connection_anything_is_sent_again() {
    // Nobody listens on the port of a listener that is gone.
    let address = std::net::TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    let waits = Waits::default();
    let client = Client::builder()
        .token_provider(StaticToken::new(TOKEN))
        .base_url(format!("http://{address}"))
        .timer(waits.clone())
        .build()
        .unwrap();
    let error = within(request(&CREATE).send(&client)).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Transport);
    assert!(!error.was_sent());
    assert_eq!((error.attempts(), waits.millis().len()), (4, 3));
    assert!(error.to_string().ends_with("(after 4 attempts)"), "{error}");
}

#[tokio::test]
async fn waits_are_those_of_the_service_or_grow() {
    let throttled =
        |after: Option<&'static str>| Fault::Status("429 Too Many Requests", after).answer();
    let server = Server::start([
        throttled(Some("7")),
        throttled(Some("0.5")),
        throttled(Some("Sun, 06 Nov 1994 08:49:37 GMT")),
        json("{}"),
    ])
    .await;
    let (asked, waits) = client(&server, Retry::default());
    within(request(&CREATE).send(&asked)).await.unwrap();
    assert_eq!(waits.millis(), [7_000, 500, 0]);

    let server = Server::start([
        throttled(None),
        throttled(None),
        throttled(None),
        json("{}"),
    ])
    .await;
    let (own, waits) = client(&server, Retry::default().delay(Duration::from_millis(100)));
    within(request(&CREATE).send(&own)).await.unwrap();
    for (wait, least) in waits.millis().into_iter().zip([100, 200, 400]) {
        assert!(
            (least..=least + least / 4).contains(&wait),
            "{wait} for {least}"
        );
    }
}

#[tokio::test]
async fn limits_hold() {
    let throttled = Fault::Status("429 Too Many Requests", Some("60")).answer();
    for (retry, sent) in [
        (Retry::never(), 1),
        (Retry::default().limit(1), 2),
        (Retry::default().limit(9), 4),
        (
            Retry::default().limit(9).budget(Duration::from_secs(600)),
            10,
        ),
        (Retry::default().limit(99).budget(Duration::MAX), 11),
        (Retry::default().budget(Duration::from_secs(59)), 1),
    ] {
        let server = Server::start(vec![throttled.clone(); sent]).await;
        let (client, _) = client(&server, retry.clone());
        let error = within(request(&GET).send(&client)).await.unwrap_err();
        assert_eq!(error.attempts() as usize, sent, "{retry:?}");
        assert_eq!(error.retry_after(), Some(Duration::from_secs(60)));
        assert_eq!(server.received().await.len(), sent);
    }
}

#[tokio::test]
async fn pages_are_sent_again_each() {
    let mut answers = Vec::new();
    for page in 0..10 {
        answers.push(Fault::Status("429 Too Many Requests", Some("1")).answer());
        let link = match page {
            9 => String::new(),
            _ => format!(r#","@odata.nextLink":"{{address}}/v1.0/things?$skiptoken={page}""#),
        };
        answers.push(json(&format!(r#"{{"value":[{page}]{link}}}"#)));
    }
    let server = Server::start(answers).await;
    let (client, waits) = client(&server, Retry::default());
    let mut items = Request::<Page<i32>>::new(&LIST, &[]).items(&client);
    let mut found = Vec::new();
    while let Some(item) = within(items.try_next()).await.unwrap() {
        found.push(item);
    }
    assert_eq!(found, (0..10).collect::<Vec<_>>());
    assert_eq!(waits.millis(), [1_000; 10]);
}
