//! Sends what the programs send, and the requests of the two oldest pages, to a server on loopback.

#![expect(clippy::unwrap_used, reason = "a test that fails there says where")]

/// The programs as modules: a program's `main` is not called here.
macro_rules! programs {
    ($($name:ident = $path:literal;)+) => {
        $(
            #[expect(dead_code, reason = "the program's own main")]
            #[path = $path]
            mod $name;
        )+
    };
}

mod capabilities;
mod programs;
mod seed_pages;
// The server of the runtime's own tests.
#[expect(dead_code, reason = "not all of it is used here")]
#[path = "../../../runtime/tests/loopback/server.rs"]
mod server;

use std::time::Duration;

use graph_sdk::runtime::serde_json::{Value, from_slice};
use graph_sdk::{Client, StaticToken};

use server::{Received, Server};

fn client(server: &Server) -> Client {
    Client::builder()
        .token_provider(StaticToken::new("secret-token"))
        .base_url(server.address())
        .build()
        .unwrap()
}

/// What is the same in all requests: the token, and what the answer shall be.
fn assert_headers(received: &Received) {
    assert_eq!(
        received.header("authorization"),
        Some("Bearer secret-token"),
        "{}",
        received.head
    );
    assert_eq!(
        received.header("accept"),
        Some("application/json"),
        "{}",
        received.head
    );
}

/// The body as JSON.
fn sent(received: &Received) -> Value {
    assert_eq!(
        received.header("content-type"),
        Some("application/json"),
        "{}",
        received.head
    );
    from_slice(&received.body).unwrap()
}

/// A future with a deadline, so that no test can hang.
async fn within<T>(future: impl Future<Output = T>) -> T {
    tokio::time::timeout(Duration::from_secs(20), future)
        .await
        .expect("the test took too long")
}
