//! A transport for the tests of programs: answers that are told beforehand, without a network.
//!
//! ```
//! use graph_runtime::serde_json::{Value, json};
//! use graph_runtime::testing::TransportDouble;
//! # use graph_runtime::{Operation, Permissions, http::Method};
//! use graph_runtime::{Client, Error, Request, StaticToken};
//! # static GET: Operation = Operation {
//! #     method: Method::GET, version: "v1.0", path: "/me", success: &[200],
//! #     permissions: Permissions { delegated_work: &[], delegated_personal: &[], application: &[] },
//! #     documentation: "", page: "",
//! # };
//!
//! # fn block_on<F: Future>(future: F) -> F::Output {
//! #     let mut context = std::task::Context::from_waker(std::task::Waker::noop());
//! #     let mut future = std::pin::pin!(future);
//! #     loop {
//! #         if let std::task::Poll::Ready(output) = future.as_mut().poll(&mut context) { return output; }
//! #     }
//! # }
//! # fn main() -> Result<(), Error> { block_on(async {
//! let double = TransportDouble::new()
//!     .json(429, &json!({"error": {"code": "TooManyRequests", "message": "Later."}}))
//!     .json(200, &json!({"displayName": "Adele Vance"}));
//! let client = Client::builder()
//!     .transport(double.clone())
//!     .timer(double.clone())
//!     .token_provider(StaticToken::new("eyJ0…"))
//!     .build()?;
//!
//! let me = Request::<Value>::new(&GET, &[]).send(&client).await?;
//! assert_eq!(me["displayName"], "Adele Vance");
//! assert_eq!(double.requests()[1].uri().path(), "/v1.0/me");
//! # Ok(()) }) }
//! ```
//!
//! For a service that answers with documented examples, see the feature `mock`.

use std::collections::VecDeque;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use http::header::{CONTENT_TYPE, HeaderValue};
use serde::Serialize;

use crate::auth::BoxFuture;
use crate::body::Body;
use crate::decode;
use crate::error::{Error, ErrorKind};
use crate::timer::Timer;
use crate::transport::Transport;

/// A [`Transport`] that gives the answers it was told, in order, and keeps the requests. As a [`Timer`] it waits for
/// nothing, and keeps how long it should have.
///
/// Cloning is cheap, and clones share answers and requests: one is given to the client, one kept.
#[derive(Clone, Default)]
pub struct TransportDouble {
    shared: Arc<Mutex<Shared>>,
}

#[derive(Default)]
struct Shared {
    answers: VecDeque<Result<http::Response<Bytes>, Error>>,
    requests: Vec<http::Request<Bytes>>,
    waits: Vec<Duration>,
}

impl TransportDouble {
    /// Without answers. A request for which none is left is an error of the kind [`Request`](ErrorKind::Request).
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds an answer.
    #[must_use]
    pub fn answer(self, response: http::Response<Bytes>) -> Self {
        self.lock().answers.push_back(Ok(response));
        self
    }

    /// Adds an answer of JSON with a status. One that cannot be, because the status is none or the value no JSON, is an
    /// error when its turn comes.
    #[must_use]
    pub fn json<B: Serialize + ?Sized>(self, status: u16, body: &B) -> Self {
        let answer = http::StatusCode::from_u16(status)
            .map_err(|error| Error::with_source(ErrorKind::Request, "the status is none", error))
            .and_then(|status| {
                let body = serde_json::to_vec(body).map_err(decode::unserialisable)?;
                let mut response = http::Response::new(body.into());
                *response.status_mut() = status;
                let json = HeaderValue::from_static("application/json");
                response.headers_mut().insert(CONTENT_TYPE, json);
                Ok(response)
            });
        self.lock().answers.push_back(answer);
        self
    }

    /// Adds a failure, such as [`Error::unsent`].
    #[must_use]
    pub fn fail(self, error: Error) -> Self {
        self.lock().answers.push_back(Err(error));
        self
    }

    /// The requests so far, with all their headers.
    #[must_use]
    pub fn requests(&self) -> Vec<http::Request<Bytes>> {
        self.lock().requests.clone()
    }

    /// The waits so far.
    #[must_use]
    pub fn waits(&self) -> Vec<Duration> {
        self.lock().waits.clone()
    }

    /// A test that failed elsewhere has not made this unusable.
    fn lock(&self) -> MutexGuard<'_, Shared> {
        self.shared.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Transport for TransportDouble {
    fn send(
        &self,
        request: http::Request<Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, Error>> {
        let mut shared = self.lock();
        shared.requests.push(request);
        let answer = shared.answers.pop_front().unwrap_or_else(|| {
            let message = format!("no answer was told for request {}", shared.requests.len());
            // Not as a failure of a transport, which would be tried again.
            Err(Error::new(ErrorKind::Request, message))
        });
        Box::pin(async move { Ok(answer?.map(Body::from)) })
    }
}

impl Timer for TransportDouble {
    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        self.lock().waits.push(duration);
        Box::pin(std::future::ready(()))
    }
}

impl fmt::Debug for TransportDouble {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shared = self.lock();
        formatter
            .debug_struct("TransportDouble")
            .field("answers", &shared.answers.len())
            .field("requests", &shared.requests.len())
            .finish_non_exhaustive()
    }
}
