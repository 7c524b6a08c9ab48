//! A mock service: the documented examples of an SDK, served over HTTP on this machine, for the
//! tests of programs that use the SDK.
//!
//! A program's own code runs unchanged, with a real [`Client`](crate::Client) and real requests; only the
//! service is not the real one. A generated SDK has the examples of its pages, so that a test is
//! three lines:
//!
//! ```ignore
//! let service = graph_sdk::mock()?.start().await?;
//! let client = service.client()?;
//! let user = users::get("87d349ed").send(&client).await?;
//! ```
//!
//! Without a generated SDK the examples are written by hand:
//!
//! ```
//! # #[cfg(feature = "reqwest")]
//! # mod example {
//! use graph_runtime::http::Method;
//! use graph_runtime::mock::Mock;
//! use graph_runtime::serde_json::Value;
//! use graph_runtime::{Error, Operation, Permissions, Request};
//!
//! static GET_USER: Operation = Operation {
//!     method: Method::GET,
//!     version: "v1.0",
//!     path: "/users/{id}",
//!     success: &[200],
//!     permissions: Permissions { delegated_work: &[], delegated_personal: &[], application: &[] },
//!     documentation: "",
//!     page: "",
//! };
//!
//! const EXAMPLES: &str = r#"{
//!   "operations": [
//!     { "function": "users::get",
//!       "method": "GET",
//!       "path": "/v1.0/users/{id}",
//!       "success": [200],
//!       "exchanges": [
//!         { "page": "api/user-get.md",
//!           "request": { "arguments": ["87d349ed"] },
//!           "responses": [ { "status": 200, "json": { "displayName": "Adele" } } ] }
//!       ] }
//!   ]
//! }"#;
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # pub(crate) async fn main() -> Result<(), Error> {
//! let service = Mock::new([EXAMPLES])?.start().await?;
//! let client = service.client()?;
//!
//! let user = Request::<Value>::new(&GET_USER, &["87d349ed"]).send(&client).await?;
//! assert_eq!(user["displayName"], "Adele");
//!
//! let requests = service.requests();
//! assert_eq!(requests[0].function.as_deref(), Some("users::get"));
//! assert_eq!(requests[0].arguments, ["87d349ed"]);
//! # Ok(())
//! # }
//! # }
//! # #[cfg(feature = "reqwest")]
//! # example::main().unwrap();
//! ```
//!
//! # Answers
//!
//! The operation is found by method and path; names in paths are compared without regard to case,
//! and a literal path comes before one with a placeholder. Of the examples of the operation that one
//! answers whose request fits best: the same `@odata.type` in the body, then the same arguments, then
//! the same query, then the same body, then the first. So any identifier is answered, and an example
//! of an error answers only the request that it is an example of. Status, headers and body are those
//! of the page; headers of the connection, `Date` and `Retry-After` are left out, and each answer has
//! a `request-id`, which counts.
//!
//! Links to further pages and changes, and links in headers such as `Location`, lead to the mock,
//! whatever host the example has in them. A link to the next page is left out where following it would
//! come back to the request, so that paging always ends. A redirect ends at the mock with an empty body.
//!
//! A `$batch` is taken apart: its parts are answered, counted and kept as requests of their own.
//!
//! These are errors in OData's form, so that a client has them as an [`Error`] with a code:
//!
//! | status | code | when |
//! |---|---|---|
//! | 400 | `BadRequest` | a system query option is unknown, or not one that the pages list for the operation; a query option that is part of the path template is missing; a documented JSON body is missing or no JSON |
//! | 404 | `ResourceNotFound` | no operation has the path |
//! | 405 | `MethodNotAllowed` | none has it with this method; `Allow` has the methods |
//! | 415 | `UnsupportedMediaType` | a documented JSON body comes as another type |
//! | 429 | `TooManyRequests` | [`Mock::throttle`] says so |
//! | 501 | `NotImplemented` | there is no example, and the documented status is neither 202 nor 204, which need none |
//!
//! # Examples as JSON
//!
//! One text has the operations of an area, with examples or without. Members that are not
//! understood are ignored.
//!
//! | member of an operation | is |
//! |---|---|
//! | `function` | the path of the Rust function, for messages |
//! | `method`, `path` | as in an [`Operation`](crate::Operation#path-templates), except that the path has the version |
//! | `success` | the documented status codes of success |
//! | `query_options` | the system query options that the pages list; empty or absent where they say nothing |
//! | `exchanges` | the examples: `page`, `request` and `responses` |
//!
//! A `request`, which may be absent, has `arguments` of the path, `query` as pairs, and `json` or `text`
//! for a body. A response has `status`, `headers` as pairs, and `json` or `text`; each may be absent. A
//! missing status is the first of `success`. Status codes and headers that cannot be sent are ignored:
//! pages have mistakes.

mod answer;
mod batch;
pub(crate) mod check;
pub(crate) mod documented;
mod fault;
mod fit;
mod links;
mod received;
mod router;
mod service;
mod target;
mod template;

pub use received::ReceivedRequest;
pub use service::Service;

use std::collections::HashSet;
use std::convert::Infallible;
use std::fmt;
use std::net::TcpListener;
use std::sync::Arc;
use std::time::Duration;

use router::Router;
use target::Target;

use crate::error::Error;

/// A mock service that is not running yet; see [the module](self).
///
/// Cloning is cheap: clones share the examples, and have settings of their own.
#[derive(Clone)]
#[must_use = "a mock does nothing until it is started"]
pub struct Mock {
    router: Arc<Router>,
    links: Arc<HashSet<Target>>,
    port: u16,
    latency: Duration,
    every: u64,
    retry_after: Duration,
}

impl Mock {
    /// Reads the documented examples, one text for each area of the service; see [the
    /// module](self#examples-as-json).
    ///
    /// # Errors
    ///
    /// An error of the kind [`Decode`](crate::ErrorKind::Decode) for a text that is not as expected,
    /// with its number, the place in it, line and column, and what was expected.
    pub fn new<T: AsRef<str>>(texts: impl IntoIterator<Item = T>) -> Result<Self, Error> {
        let router = Router::new(documented::read(texts)?);
        let links = links::targets(router.operations());
        Ok(Self {
            router: Arc::new(router),
            links: Arc::new(links),
            port: 0,
            latency: Duration::ZERO,
            every: 0,
            retry_after: Duration::ZERO,
        })
    }

    /// The port to listen on. Without one, or with 0, any that is free.
    pub fn port(mut self, port: u16) -> Self {
        self.port = port;
        self
    }

    /// How long each answer takes. Without it, no longer than it must.
    pub fn latency(mut self, latency: Duration) -> Self {
        self.latency = latency;
        self
    }

    /// Answers every n-th request with 429, whatever it is: 1 is all of them, 0 none. A request that is sent
    /// again counts again.
    pub fn throttle(mut self, every: u64) -> Self {
        self.every = every;
        self
    }

    /// What [throttled](Mock::throttle) answers have as `Retry-After`, in whole seconds. Without it, 0.
    pub fn retry_after(mut self, retry_after: Duration) -> Self {
        self.retry_after = retry_after;
        self
    }

    /// Starts the service on the loopback interface, in a thread of its own, until the [`Service`] is dropped.
    ///
    /// # Errors
    ///
    /// An error of the kind [`Transport`](crate::ErrorKind::Transport) if the port is in use, or the
    /// system has no thread or socket left.
    pub async fn start(self) -> Result<Service, Error> {
        Service::start(self).await
    }

    /// Serves in the foreground, for a program that is a mock and nothing else: until the future is
    /// dropped. Each request is shown to `observe` before it is answered; nothing is kept.
    ///
    /// [`port`](Mock::port) does not count: the listener has one. It is for the caller to bind, so that the
    /// address can be told before it is used.
    ///
    /// # Errors
    ///
    /// An error of the kind [`Transport`](crate::ErrorKind::Transport) if the listener cannot be used.
    /// There is no other end.
    ///
    /// # Panics
    ///
    /// Outside of a tokio runtime with I/O and time.
    pub async fn serve(
        self,
        listener: TcpListener,
        observe: impl FnMut(&ReceivedRequest) + Send + 'static,
    ) -> Result<Infallible, Error> {
        service::serve(self, listener, observe).await
    }

    const fn throttles(&self, number: u64) -> bool {
        self.every > 0 && number.is_multiple_of(self.every)
    }
}

impl fmt::Debug for Mock {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Mock")
            .field("operations", &self.router.operations().len())
            .field("port", &self.port)
            .field("latency", &self.latency)
            .field("throttle", &self.every)
            .field("retry_after", &self.retry_after)
            .finish_non_exhaustive()
    }
}
