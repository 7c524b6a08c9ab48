//! The transport over `reqwest`.

use std::error::Error as StdError;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;
use http_body::Body as _;

use super::Transport;
use crate::auth::BoxFuture;
use crate::body::Body;
use crate::error::{Error, ErrorKind};

/// How long making a connection may take.
const CONNECT: Duration = Duration::from_secs(30);

/// How long the service may send nothing. Graph's own gateway gives up after 100 s.
const READ: Duration = Duration::from_secs(100);

/// Sends requests with `reqwest`: HTTP/1.1 and HTTP/2, gzip, and with the feature `rustls` TLS with
/// the certificates of the operating system.
///
/// A connection may take 30 s, and then a pause of the service 100 s. It follows no redirects and
/// sends nothing again: a [`Client`](crate::Client) does.
#[derive(Clone, Debug)]
pub struct ReqwestTransport {
    client: reqwest::Client,
}

impl ReqwestTransport {
    /// Sets the transport up.
    ///
    /// # Errors
    ///
    /// An error of the kind [`Transport`](ErrorKind::Transport) if TLS cannot be set up, for
    /// example because there are no certificates.
    pub fn new() -> Result<Self, Error> {
        Self::built(reqwest::Client::builder())
    }

    /// As [`new`](ReqwestTransport::new), past any proxy of the environment: a proxy would look for
    /// this machine's service on its own.
    #[cfg(feature = "mock")]
    pub(crate) fn direct() -> Result<Self, Error> {
        Self::built(reqwest::Client::builder().no_proxy())
    }

    fn built(builder: reqwest::ClientBuilder) -> Result<Self, Error> {
        Self::from_builder(builder.connect_timeout(CONNECT).read_timeout(READ))
    }

    /// Sets the transport up with settings of your own: a proxy, certificates, timeouts. What the client has to know of,
    /// redirects, retries and the header `Referer`, is switched off.
    ///
    /// # Errors
    ///
    /// As [`new`](ReqwestTransport::new).
    pub fn from_builder(builder: reqwest::ClientBuilder) -> Result<Self, Error> {
        builder
            .redirect(reqwest::redirect::Policy::none())
            .referer(false)
            .retry(reqwest::retry::never())
            .build()
            .map(|client| Self { client })
            .map_err(|error| failed("the HTTP client cannot be set up", error))
    }
}

impl Transport for ReqwestTransport {
    fn send(
        &self,
        request: http::Request<Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, Error>> {
        Box::pin(async move {
            let request = reqwest::Request::try_from(request).map_err(|error| {
                let error = error.without_url();
                Error::with_source(
                    ErrorKind::Request,
                    format!("the request is malformed: {error}"),
                    error,
                )
            })?;
            let answer = self.client.execute(request).await.map_err(unanswered)?;
            Ok(http::Response::from(answer).map(|body| Body::from_stream(Frames(body))))
        })
    }
}

/// The body of an answer, less its trailers.
struct Frames(reqwest::Body);

impl Stream for Frames {
    type Item = Result<Bytes, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            match ready!(Pin::new(&mut self.0).poll_frame(context)) {
                Some(Ok(frame)) => {
                    if let Ok(data) = frame.into_data() {
                        return Poll::Ready(Some(Ok(data)));
                    }
                }
                Some(Err(error)) => {
                    return Poll::Ready(Some(Err(failed("the answer broke off", error))));
                }
                None => return Poll::Ready(None),
            }
        }
    }
}

/// The request failed; without a connection, nothing was sent.
fn unanswered(error: reqwest::Error) -> Error {
    let connected = !error.is_connect();
    let error = error.without_url();
    match connected {
        true => failed("the request failed", error),
        false => Error::unsent(said("there is no connection", &error), error),
    }
}

fn failed(what: &str, error: reqwest::Error) -> Error {
    // The address holds identifiers and search terms, and after a redirect perhaps a signature.
    let error = error.without_url();
    Error::with_source(ErrorKind::Transport, said(what, &error), error)
}

fn said(what: &str, error: &reqwest::Error) -> String {
    let mut cause: &dyn StdError = error;
    while let Some(deeper) = cause.source() {
        cause = deeper;
    }
    // The last cause is the one that says something: the others say that sending failed.
    format!("{what}: {cause}")
}
