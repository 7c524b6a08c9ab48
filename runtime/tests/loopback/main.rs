//! The client over real sockets, against a server that answers what it is told to.

#![expect(clippy::unwrap_used, reason = "a test that fails there says where")]

#[cfg(feature = "azure_core")]
mod azure;
mod batch;
mod calls;
mod clouds;
mod delta;
mod errors;
mod faults;
mod live;
mod many;
mod multiplexed;
mod operations;
mod paging;
mod proxies;
mod redirects;
mod retries;
mod sending;
mod server;
mod spans;
mod streams;
mod tokens;
mod uploads;

use graph_runtime::http::Method;
use graph_runtime::{Client, Operation, Retry, StaticToken};

use calls::{operation, operation_of, within};
use server::Server;

const TOKEN: &str = "token-that-must-not-leak";

static LIST: Operation = operation(Method::GET, "/things");
static GET: Operation = operation(Method::GET, "/things/{id}");
static CREATE: Operation = operation(Method::POST, "/things");

/// A client that sends nothing again.
fn client(server: &Server) -> Client {
    Client::builder()
        .token_provider(StaticToken::new(TOKEN))
        .base_url(server.address())
        .retry(Retry::never())
        .build()
        .unwrap()
}
