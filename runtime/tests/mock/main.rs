//! The mock service, asked by a real client over real sockets.

#![expect(clippy::unwrap_used, reason = "a test that fails there says where")]

mod answers;
mod batches;
mod checks;
mod faults;
mod links;
mod malformed;
mod routing;
mod settings;

use std::time::Duration;

use graph_runtime::http::Method;
use graph_runtime::mock::{Mock, Service};
use graph_runtime::serde_json::Value;
use graph_runtime::{Operation, Permissions, Request};

/// An operation that lives as long as the tests, which generated code has as a `static`.
fn operation(method: Method, path: &'static str) -> &'static Operation {
    Box::leak(Box::new(Operation {
        method,
        version: "v1.0",
        path,
        success: &[200],
        permissions: Permissions::default(),
        documentation: "",
        page: "",
    }))
}

fn request(method: Method, path: &'static str, arguments: &[&str]) -> Request<Value> {
    Request::new(operation(method, path), arguments)
}

fn get(path: &'static str, arguments: &[&str]) -> Request<Value> {
    request(Method::GET, path, arguments)
}

/// A mock of operations that are written as JSON, without the brackets around them.
fn mock(operations: &str) -> Mock {
    Mock::new([format!(r#"{{"operations": [{operations}]}}"#)]).unwrap()
}

async fn start(operations: &str) -> Service {
    mock(operations).start().await.unwrap()
}

/// A future with a deadline, so that no test can hang.
async fn within<T>(future: impl Future<Output = T>) -> T {
    tokio::time::timeout(Duration::from_secs(20), future)
        .await
        .expect("the test took too long")
}
