//! The client over real sockets, against a server that answers what it is told to.

#![expect(clippy::unwrap_used, reason = "a test that fails there says where")]

mod delta;
mod errors;
mod faults;
mod live;
mod operations;
mod paging;
mod redirects;
mod retries;
mod sending;
mod server;
mod spans;
mod uploads;

use std::time::Duration;

use graph_runtime::http::Method;
use graph_runtime::{Client, Operation, Permissions, Retry, StaticToken};

use server::Server;

const TOKEN: &str = "token-that-must-not-leak";

static LIST: Operation = operation(Method::GET, "/things");
static GET: Operation = operation(Method::GET, "/things/{id}");
static CREATE: Operation = operation(Method::POST, "/things");

const fn operation(method: Method, path: &'static str) -> Operation {
    let permissions = Permissions {
        delegated_work: &[],
        delegated_personal: &[],
        application: &[],
    };
    Operation {
        method,
        version: "v1.0",
        path,
        success: &[200, 302, 404],
        permissions,
        documentation: "",
        page: "",
    }
}

/// A client that sends nothing again.
fn client(server: &Server) -> Client {
    Client::builder()
        .token_provider(StaticToken::new(TOKEN))
        .base_url(server.address())
        .retry(Retry::never())
        .build()
        .unwrap()
}

/// A future with a deadline, so that no test can hang.
async fn within<T>(future: impl Future<Output = T>) -> T {
    tokio::time::timeout(Duration::from_secs(20), future)
        .await
        .expect("the test took too long")
}
