//! Sending one HTTP request.

#[cfg(feature = "reqwest")]
mod over_reqwest;

#[cfg(feature = "reqwest")]
pub use over_reqwest::ReqwestTransport;

use bytes::Bytes;

use crate::auth::BoxFuture;
use crate::body::Body;
use crate::error::Error;

/// Sends a request once and receives the answer.
///
/// It is used as `dyn`, so a client can be given another HTTP stack, a recorder or a test double. A
/// transport must not send a request again by itself, nor follow redirects: the client does both, and
/// knows what may be done twice and which host may have the token.
pub trait Transport: Send + Sync {
    /// Sends a request. Dropping the future gives the request up.
    ///
    /// # Errors
    ///
    /// An error of the kind [`Transport`](crate::ErrorKind::Transport) if no answer came, and
    /// [`unsent`](Error::unsent) if the request did not even go out. An answer with an error status is no
    /// error here.
    fn send(
        &self,
        request: http::Request<Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, Error>>;
}

impl<T: Transport + ?Sized> Transport for std::sync::Arc<T> {
    fn send(
        &self,
        request: http::Request<Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, Error>> {
        (**self).send(request)
    }
}

impl<T: Transport + ?Sized> Transport for Box<T> {
    fn send(
        &self,
        request: http::Request<Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, Error>> {
        (**self).send(request)
    }
}

/// The transport where none is given.
#[cfg(feature = "reqwest")]
pub(crate) fn default() -> Result<Box<dyn Transport>, Error> {
    Ok(Box::new(ReqwestTransport::new()?))
}

/// The transport where none is given: there is none.
#[cfg(not(feature = "reqwest"))]
pub(crate) fn default() -> Result<Box<dyn Transport>, Error> {
    Err(Error::new(
        crate::error::ErrorKind::Request,
        "there is no transport, and the feature `reqwest` is off",
    ))
}

/// A transport that could not be set up: says so for each request, because
/// [`Client::new`](crate::Client::new) cannot.
#[cfg(feature = "reqwest")]
pub(crate) struct Unavailable(pub(crate) Error);

#[cfg(feature = "reqwest")]
impl Transport for Unavailable {
    fn send(&self, _: http::Request<Bytes>) -> BoxFuture<'_, Result<http::Response<Body>, Error>> {
        let error = self.0.clone();
        Box::pin(async move { Err(error) })
    }
}
