//! What needs no server: addresses, requests as values, models and value types.

#![expect(clippy::unwrap_used, reason = "a test that fails there says where")]

mod addresses;
mod durations;
mod enumerations;
mod filters;
mod models;
mod redirects;
mod requests;
mod scalars;
mod threads;
mod times;

use graph_runtime::http::Method;
use graph_runtime::{Operation, Permissions};

/// An operation that lives as long as the tests, which generated code has as a `static`.
fn operation(path: &'static str) -> &'static Operation {
    Box::leak(Box::new(Operation {
        method: Method::GET,
        version: "v1.0",
        path,
        success: &[200],
        permissions: Permissions::default(),
        documentation: "",
        page: "",
    }))
}

/// Runs a future that waits for nothing but itself.
fn block_on<F: Future>(future: F) -> F::Output {
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    let mut future = std::pin::pin!(future);
    for _ in 0..1_000 {
        if let std::task::Poll::Ready(output) = future.as_mut().poll(&mut context) {
            return output;
        }
    }
    panic!("the future waits for something else");
}
