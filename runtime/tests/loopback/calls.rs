//! What all calls here have in common.

use std::time::Duration;

use graph_runtime::http::Method;
use graph_runtime::{Operation, Permissions};

/// An operation as generated code has it.
pub(crate) const fn operation(method: Method, path: &'static str) -> Operation {
    operation_of("v1.0", method, path)
}

/// The same of another version.
pub(crate) const fn operation_of(
    version: &'static str,
    method: Method,
    path: &'static str,
) -> Operation {
    let permissions = Permissions {
        delegated_work: &[],
        delegated_personal: &[],
        application: &[],
    };
    Operation {
        method,
        version,
        path,
        success: &[200, 302, 404],
        permissions,
        documentation: "",
        page: "",
    }
}

/// A future with a deadline, so that no test can hang.
pub(crate) async fn within<T>(future: impl Future<Output = T>) -> T {
    tokio::time::timeout(Duration::from_secs(20), future)
        .await
        .expect("the test took too long")
}
