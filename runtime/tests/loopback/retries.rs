//! Requests that are sent again, and those that are not.

use std::time::Duration;

use graph_runtime::http::Method;
use graph_runtime::serde_json::Value;
use graph_runtime::{
    Client, ErrorKind, Operation, Page, Request, ReqwestTransport, Retry, StaticToken, reqwest,
};

use crate::faults::{Waits, client, outcomes};
use crate::many;
use crate::server::{Server, answer, json};
use crate::{CREATE, GET, LIST, TOKEN, within};

fn throttled(after: Option<&str>) -> String {
    let header = after.map(|after| format!("Retry-After: {after}"));
    let headers: Vec<&str> = header.iter().map(String::as_str).collect();
    answer("429 Too Many Requests", &headers, "")
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
    let cells = outcomes().await;
    let wrong: Vec<String> = cells
        .iter()
        .filter(|cell| !cell.is_as_expected())
        .map(|cell| {
            format!(
                "{} {}: expected {:?}, found {:?} {}",
                cell.fault,
                cell.method,
                cell.expected,
                cell.found,
                cell.broken.as_deref().unwrap_or_default()
            )
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(cells.len() >= 60);
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
    let server = Server::start([
        throttled(Some("7")),
        throttled(Some("0.5")),
        throttled(Some("Sun, 06 Nov 1994 08:49:37 GMT")),
        json("{}"),
    ])
    .await;
    let (asked, waits) = client(&server.address(), Retry::default());
    within(request(&CREATE).send(&asked)).await.unwrap();
    assert_eq!(waits.millis(), [7_000, 500, 0]);

    let server = Server::start([
        throttled(None),
        throttled(None),
        throttled(None),
        json("{}"),
    ])
    .await;
    let (own, waits) = client(
        &server.address(),
        Retry::default().delay(Duration::from_millis(100)),
    );
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
    let throttled = throttled(Some("60"));
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
        let (client, _) = client(&server.address(), retry.clone());
        let error = within(request(&GET).send(&client)).await.unwrap_err();
        assert_eq!(error.attempts() as usize, sent, "{retry:?}");
        assert_eq!(error.retry_after(), Some(Duration::from_secs(60)));
        assert_eq!(server.received().await.len(), sent);
    }
}

#[tokio::test]
async fn no_item_is_lost_or_read_twice() {
    let reading = within(many::read()).await;
    assert!(reading.complete);
    assert_eq!((reading.items, reading.requests), (many::ITEMS, 125));
    assert_eq!(reading.faults * 5, reading.requests);
}

/// A service that takes a request and says nothing.
#[tokio::test]
async fn silence_ends() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let builder = reqwest::Client::builder().read_timeout(Duration::from_millis(100));
    let client = Client::builder()
        .transport(ReqwestTransport::from_builder(builder).unwrap())
        .token_provider(StaticToken::new(TOKEN))
        .base_url(format!("http://{}", listener.local_addr().unwrap()))
        .timer(Waits::default())
        .build()
        .unwrap();
    for (operation, attempts) in [(&GET, 4), (&CREATE, 1)] {
        let error = within(request(operation).send(&client)).await.unwrap_err();
        assert_eq!(
            (error.kind(), error.attempts()),
            (ErrorKind::Transport, attempts)
        );
        assert!(error.was_sent());
    }
}

#[tokio::test]
async fn pages_are_sent_again_each() {
    let mut answers = Vec::new();
    for page in 0..10 {
        answers.push(throttled(Some("1")));
        let link = match page {
            9 => String::new(),
            _ => format!(r#","@odata.nextLink":"{{address}}/v1.0/things?$skiptoken={page}""#),
        };
        answers.push(json(&format!(r#"{{"value":[{page}]{link}}}"#)));
    }
    let server = Server::start(answers).await;
    let (client, waits) = client(&server.address(), Retry::default());
    let mut items = Request::<Page<i32>>::new(&LIST, &[]).items(&client);
    let mut found = Vec::new();
    while let Some(item) = within(items.try_next()).await.unwrap() {
        found.push(item);
    }
    assert_eq!(found, (0..10).collect::<Vec<_>>());
    assert_eq!(waits.millis(), [1_000; 10]);
}
