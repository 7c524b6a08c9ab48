//! What a mock can be told, what it remembers, and how it ends.

use std::net::{TcpListener, TcpStream};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use graph_runtime::http::StatusCode;
use graph_runtime::mock::Service;
use graph_runtime::{Client, ErrorKind, Retry};

use crate::{get, mock, start, within};

const USER: &str = r#"{ "function": "users::get", "method": "GET", "path": "/v1.0/users/{id}", "success": [200],
  "exchanges": [{ "page": "api/user-get.md", "responses": [{ "json": { "id": "1" } }] }] }"#;

#[tokio::test]
async fn every_nth_request_is_throttled() {
    let service = mock(USER)
        .throttle(3)
        .retry_after(Duration::from_secs(7))
        .start()
        .await
        .unwrap();
    let client = impatient(&service);
    for number in 1..=7 {
        let answer = within(get("/users/{id}", &["1"]).send(&client)).await;
        if number % 3 == 0 {
            let error = answer.unwrap_err();
            assert_eq!(error.status(), Some(StatusCode::TOO_MANY_REQUESTS));
            assert_eq!(error.code(), Some("TooManyRequests"));
            assert_eq!(error.headers().unwrap()["retry-after"], "7");
        } else {
            assert!(answer.is_ok(), "{number}: {answer:?}");
        }
    }
    let all = mock(USER).throttle(1).start().await.unwrap();
    let error = within(get("/users/{id}", &["1"]).send(&impatient(&all)))
        .await
        .unwrap_err();
    assert_eq!(error.headers().unwrap()["retry-after"], "0");
    assert_eq!(all.requests()[0].function.as_deref(), Some("users::get"));
}

/// A client that sends nothing again.
fn impatient(service: &Service) -> Client {
    let builder = service.client_builder().unwrap();
    builder.retry(Retry::never()).build().unwrap()
}

#[tokio::test]
async fn a_client_gets_through_where_not_all_is_throttled() {
    let service = mock(USER).throttle(2).start().await.unwrap();
    let client = service.client().unwrap();
    for _ in 0..3 {
        within(get("/users/{id}", &["1"]).send(&client))
            .await
            .unwrap();
    }
    // The second and the fourth were throttled.
    assert_eq!(service.requests().len(), 5);
}

#[tokio::test]
async fn latency() {
    let service = mock(USER)
        .latency(Duration::from_millis(150))
        .start()
        .await
        .unwrap();
    let client = service.client().unwrap();
    let started = Instant::now();
    within(get("/users/{id}", &["1"]).send(&client))
        .await
        .unwrap();
    assert!(
        started.elapsed() >= Duration::from_millis(150),
        "{:?}",
        started.elapsed()
    );
}

#[tokio::test]
async fn requests_are_kept() {
    let service = start(USER).await;
    let client = service.client().unwrap();
    let request = get("/users/{id}", &["a b"])
        .query("$select", "a,b")
        .header("Prefer", "x");
    within(request.send(&client)).await.unwrap();
    let requests = service.requests();
    let [received] = requests.as_slice() else {
        panic!("{requests:?}");
    };
    assert_eq!(received.path(), "/v1.0/users/a%20b");
    assert_eq!(received.query_option("$select"), Some("a,b"));
    assert_eq!(received.query_option("$top"), None);
    assert_eq!(received.header("prefer"), Some("x"));
    assert_eq!(received.arguments, ["a b"]);
    assert_eq!(
        received.to_string(),
        "GET /v1.0/users/a%20b?$select=a,b 200 users::get api/user-get.md"
    );
    assert_eq!(received.header("authorization"), Some("Bearer mock"));
    assert!(!format!("{received:?}").contains("Bearer"), "{received:?}");
}

#[tokio::test]
async fn dropping_stops_the_service() {
    let service = mock(USER)
        .latency(Duration::from_secs(600))
        .start()
        .await
        .unwrap();
    let client = service.client().unwrap();
    let address = service
        .address()
        .strip_prefix("http://")
        .unwrap()
        .to_owned();
    let waiting = tokio::spawn(async move { get("/users/{id}", &["1"]).send(&client).await });
    while service.requests().is_empty() {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    let started = Instant::now();
    drop(service);
    assert!(
        started.elapsed() < Duration::from_secs(5),
        "{:?}",
        started.elapsed()
    );
    assert!(TcpStream::connect(&address).is_err());
    // The connection broke off, though its answer had ten minutes.
    let error = within(waiting).await.unwrap().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Transport);
    // The port is free again.
    let port = address.rsplit(':').next().unwrap().parse().unwrap();
    let again = mock(USER).port(port).start().await.unwrap();
    assert_eq!(again.address(), format!("http://{address}"));
}

#[tokio::test]
async fn a_port_that_is_taken_is_an_error() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port();
    let error = mock(USER).port(port).start().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Transport);
    assert!(
        error.message().contains("cannot listen on a port"),
        "{error}"
    );
}

#[test]
fn a_service_outlives_the_runtime_it_was_started_in() {
    let runtime = || {
        tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap()
    };
    let service = runtime().block_on(start(USER));
    for _ in 0..2 {
        let client = service.client().unwrap();
        runtime()
            .block_on(within(get("/users/{id}", &["1"]).send(&client)))
            .unwrap();
    }
    assert_eq!(service.requests().len(), 2);
}

#[tokio::test]
async fn serving_in_the_foreground_shows_each_request() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let (lines, shown) = mpsc::channel();
    let serving = tokio::spawn(mock(USER).serve(listener, move |request| {
        lines.send(request.to_string()).unwrap();
    }));
    let client = Client::builder()
        .token_provider(graph_runtime::StaticToken::new("t"))
        .base_url(&address)
        .build()
        .unwrap();
    within(get("/users/{id}", &["1"]).send(&client))
        .await
        .unwrap();
    within(get("/nothing", &[]).send(&client))
        .await
        .unwrap_err();
    serving.abort();
    assert!(within(serving).await.unwrap_err().is_cancelled());
    assert_eq!(
        shown.iter().collect::<Vec<_>>(),
        [
            "GET /v1.0/users/1 200 users::get api/user-get.md",
            "GET /v1.0/nothing 404"
        ]
    );
}
