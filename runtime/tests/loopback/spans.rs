//! What is traced: the template of the path and the status, and nothing about people or secrets.

use std::fmt::Debug;
use std::sync::{Arc, Mutex};

use graph_runtime::serde_json::json;
use graph_runtime::{Batch, Request};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

use crate::server::{self, Server, answer};
use crate::tokens;
use crate::{GET, LIST, TOKEN, client, within};

/// Keeps what is traced, as text: by this crate, or by all.
#[derive(Clone)]
struct Recorder {
    recorded: Arc<Mutex<Vec<String>>>,
    target: &'static str,
}

impl Recorder {
    fn new(target: &'static str) -> Self {
        Self {
            recorded: Arc::default(),
            target,
        }
    }
}

impl Visit for &Recorder {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.recorded
            .lock()
            .unwrap()
            .push(format!("{field}={value:?}"));
    }
}

impl Subscriber for Recorder {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target().starts_with(self.target)
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        self.recorded
            .lock()
            .unwrap()
            .push(span.metadata().name().to_owned());
        span.record(&mut &*self);
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, values: &Record<'_>) {
        values.record(&mut &*self);
    }

    fn event(&self, event: &Event<'_>) {
        event.record(&mut &*self);
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}

#[tokio::test]
async fn one_span_for_each_request() {
    let recorder = Recorder::new("graph_runtime");
    // With one subscriber alone, tracing asks the thread that comes first whether a span is wanted, and other tests have
    // threads without any.
    let _another = tracing::Dispatch::new(Recorder::new("graph_runtime"));
    let _guard = tracing::subscriber::set_default(recorder.clone());
    let server = Server::start([answer("404 Not Found", &[], "secret-answer")]).await;
    let request = Request::<()>::new(&GET, &["secret-id"])
        .filter("secret-filter")
        .json(&json!("secret-body"));
    within(request.send(&client(&server))).await.unwrap_err();
    server.received().await;
    let recorded = recorder.recorded.lock().unwrap();
    let expected = [
        "graph.request",
        "http.request.method=\"GET\"",
        "url.template=\"/things/{id}\"",
        "http.response.status_code=404",
    ];
    assert_eq!(*recorded, expected);
    assert!(!recorded.concat().contains(TOKEN));
}

#[tokio::test]
async fn one_span_for_each_batch() {
    let recorder = Recorder::new("graph_runtime");
    let _another = tracing::Dispatch::new(Recorder::new("graph_runtime"));
    let _guard = tracing::subscriber::set_default(recorder.clone());
    let server = Server::start([server::json(r#"{"responses":[{"id":"1","status":403}]}"#)]).await;
    let mut batch = Batch::new();
    let request = Request::<()>::new(&GET, &["secret-id"]).json(&json!("secret-body"));
    let part = batch.add(request);
    let answers = within(batch.send(&client(&server))).await.unwrap();
    answers.get(part).unwrap_err();
    server.received().await;
    let recorded = recorder.recorded.lock().unwrap();
    let expected = [
        "graph.request",
        "http.request.method=\"POST\"",
        "url.template=\"/$batch\"",
        "http.response.status_code=200",
    ];
    assert_eq!(*recorded, expected);
}

#[tokio::test]
async fn nothing_secret_is_traced() {
    let recorder = Recorder::new("");
    let _another = tracing::Dispatch::new(Recorder::new(""));
    let _guard = tracing::subscriber::set_default(recorder.clone());
    let secret = tokens::SECRET;
    let refused = format!(r#"{{"error":"invalid_client","error_description":"{secret}"}}"#);
    let issuer = Server::start([
        answer("429 Too Many Requests", &["Retry-After: 0"], ""),
        tokens::token("first", "3599"),
        answer("401 Unauthorized", &[], &refused),
    ])
    .await;
    let service = Server::start([answer("401 Unauthorized", &[tokens::CHALLENGE], "")]).await;
    let client = tokens::client(&service, &issuer);
    let request = Request::<()>::new(&LIST, &[]);
    within(request.send(&client)).await.unwrap_err();
    service.received().await;
    issuer.received().await;
    let text = recorder.recorded.lock().unwrap().join("\n");
    assert!(text.contains("the request is sent again"), "{text}");
    assert!(text.contains("the token could not be replaced"), "{text}");
    tokens::assert_hidden(&text);
}
