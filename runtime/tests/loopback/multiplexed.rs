//! HTTP/2: many requests on one connection, which can end under all of them.

use std::convert::Infallible;
use std::sync::{Arc, Mutex};

use futures_util::future::join_all;
use graph_runtime::bytes::Bytes;
use graph_runtime::http::{self, Method};
use graph_runtime::serde_json::Value;
use graph_runtime::{Client, Operation, Request, ReqwestTransport, StaticToken, reqwest};
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo};
use tokio::net::TcpListener;
use tokio::sync::Notify;

use crate::faults::Waits;
use crate::{TOKEN, operation, within};

static GET: Operation = operation(Method::GET, "/things/{id}");
static POST: Operation = operation(Method::POST, "/things/{id}");

/// Paths as they came, in order.
type Seen = Arc<Mutex<Vec<String>>>;

/// The first connection ends after some answers; the others stay.
async fn start(answers: usize) -> (String, Seen) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let seen = Seen::default();
    let kept = seen.clone();
    tokio::spawn(async move {
        for connection in 0..10 {
            let (socket, _) = listener.accept().await.unwrap();
            let (seen, end) = (kept.clone(), Arc::new(Notify::new()));
            let ended = end.clone();
            let respond = service_fn(move |request: http::Request<Incoming>| {
                let (seen, end) = (seen.clone(), end.clone());
                async move {
                    let number = {
                        let mut seen = seen.lock().unwrap();
                        seen.push(format!("{} {}", request.method(), request.uri().path()));
                        seen.len()
                    };
                    let _ = request.into_body().collect().await;
                    if connection == 0 && number > answers {
                        end.notify_one();
                        std::future::pending::<()>().await;
                    }
                    Ok::<_, Infallible>(http::Response::new(Full::new(Bytes::from_static(b"{}"))))
                }
            });
            tokio::spawn(async move {
                let builder = hyper::server::conn::http2::Builder::new(TokioExecutor::new());
                let serving = builder.serve_connection(TokioIo::new(socket), respond);
                tokio::select! {
                    _ = serving => {}
                    () = ended.notified() => {}
                }
            });
        }
    });
    (format!("http://{address}"), seen)
}

fn client(address: &str) -> Client {
    let builder = reqwest::Client::builder().http2_prior_knowledge();
    Client::builder()
        .transport(ReqwestTransport::from_builder(builder).unwrap())
        .token_provider(StaticToken::new(TOKEN))
        .base_url(address)
        .timer(Waits::default())
        .build()
        .unwrap()
}

#[tokio::test]
async fn reads_survive_the_end_of_their_connection_and_writes_are_done_once() {
    let (address, seen) = start(5).await;
    let client = client(&address);
    let calls = (0..40).map(|number| {
        let operation = if number % 2 == 0 { &GET } else { &POST };
        let (client, id) = (client.clone(), number.to_string());
        async move {
            let request = Request::<Value>::new(operation, &[&id]);
            (number, request.send(&client).await)
        }
    });
    let results = within(join_all(calls)).await;
    let seen = seen.lock().unwrap();
    let mut broken = 0;
    for (number, result) in results {
        let name = if number % 2 == 0 { "GET" } else { "POST" };
        let line = format!("{name} /v1.0/things/{number}");
        let came = seen.iter().filter(|seen| **seen == line).count();
        match result {
            Ok(_) if name == "POST" => assert_eq!(came, 1, "{line}"),
            Ok(_) => assert!(came >= 1, "{line}"),
            Err(error) => {
                assert_eq!(name, "POST", "{error}");
                assert!(came <= 1, "{line}: {error}");
                assert!(error.was_sent());
                broken += 1;
            }
        }
    }
    assert!(
        broken > 0,
        "no request was under way when the connection ended"
    );
}
