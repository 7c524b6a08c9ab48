//! What is traced while tokens are asked for: nothing that is secret.

use std::fmt::Debug;
use std::sync::{Arc, Mutex};

use graph_runtime::Request;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

use crate::server::{Server, answer};
use crate::tokens::{CHALLENGE, SECRET, assert_hidden, client, token};
use crate::{LIST, within};

/// Keeps all that is traced, by whatever crate, as text.
#[derive(Clone, Default)]
struct Everything(Arc<Mutex<String>>);

impl Visit for &Everything {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        let mut text = self.0.lock().unwrap();
        text.push_str(&format!("{field}={value:?}\n"));
    }
}

impl Subscriber for Everything {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
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
async fn nothing_secret_is_traced() {
    let everything = Everything::default();
    let _another = tracing::Dispatch::new(Everything::default());
    let _guard = tracing::subscriber::set_default(everything.clone());
    let refused = format!(r#"{{"error":"invalid_client","error_description":"{SECRET}"}}"#);
    let tokens = Server::start([
        answer("429 Too Many Requests", &["Retry-After: 0"], ""),
        token("first", "3599"),
        answer("401 Unauthorized", &[], &refused),
    ])
    .await;
    let service = Server::start([answer("401 Unauthorized", &[CHALLENGE], "")]).await;
    let client = client(&service, &tokens);
    let request = Request::<()>::new(&LIST, &[]);
    within(request.send(&client)).await.unwrap_err();
    service.received().await;
    tokens.received().await;
    let text = everything.0.lock().unwrap();
    assert!(text.contains("the request is sent again"), "{text}");
    assert!(text.contains("the token could not be replaced"), "{text}");
    assert_hidden(&text);
}
