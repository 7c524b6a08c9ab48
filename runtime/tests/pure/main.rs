//! What needs no server: addresses, requests as values, models and value types.

#![expect(clippy::unwrap_used, reason = "a test that fails there says where")]

mod addresses;
mod durations;
mod enumerations;
mod filters;
mod models;
mod requests;
mod scalars;
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
