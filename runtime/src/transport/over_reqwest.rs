//! The transport over `reqwest`.

use std::error::Error as StdError;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;
use http_body::Body as _;
use tokio::time::{Sleep, sleep, timeout};

use super::Transport;
use crate::auth::BoxFuture;
use crate::body::Body;
use crate::error::{Error, ErrorKind};

/// How long making a connection may take.
const CONNECT: Duration = Duration::from_secs(30);

/// How long the service may send nothing. Graph's own gateway gives up after 100 s.
const SILENCE: Duration = Duration::from_secs(100);

/// What a slow line takes up in a second, in bytes: reqwest does not tell when all of a body is sent, so that a large one
/// gets more time.
const SLOWEST: u64 = 32 * 1024;

/// Sends requests with `reqwest`: HTTP/1.1 and HTTP/2, gzip, and with the feature `rustls` TLS with
/// the certificates of the operating system.
///
/// A connection may take 30 s, and then a pause of the service 100 s, and a second for each 32 KiB that are sent. It
/// follows no redirects and sends nothing again: a [`Client`](crate::Client) does.
#[derive(Clone, Debug)]
pub struct ReqwestTransport {
    client: reqwest::Client,
}

impl ReqwestTransport {
    /// Sets the transport up.
    ///
    /// # Errors
    ///
    /// An error of the kind [`Request`](ErrorKind::Request) if TLS cannot be set up, for example because there are no
    /// certificates.
    pub fn new() -> Result<Self, Error> {
        Self::from_builder(reqwest::Client::builder().connect_timeout(CONNECT))
    }

    /// As [`new`](ReqwestTransport::new), past any proxy of the environment: a proxy would look for
    /// this machine's service on its own.
    #[cfg(feature = "mock")]
    pub(crate) fn direct() -> Result<Self, Error> {
        Self::from_builder(
            reqwest::Client::builder()
                .connect_timeout(CONNECT)
                .no_proxy(),
        )
    }

    /// Sets the transport up with settings of your own: a proxy, certificates, shorter timeouts. What the client has to
    /// know of, redirects, retries and the header `Referer`, is switched off.
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
            .map_err(|error| {
                // Not one of a transport, which a client would try again.
                let message = said("the HTTP client cannot be set up", &error);
                Error::with_source(ErrorKind::Request, message, error)
            })
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
            let size = request
                .body()
                .and_then(|body| body.as_bytes())
                .map_or(0, <[u8]>::len);
            let patience = SILENCE + Duration::from_secs(size as u64 / SLOWEST);
            let answer = timeout(patience, self.client.execute(request)).await;
            let answer = answer.map_err(|_| silent())?.map_err(unanswered)?;
            Ok(http::Response::from(answer).map(|body| {
                Body::from_stream(Frames {
                    body,
                    silence: None,
                })
            }))
        })
    }
}

/// The body of an answer, less its trailers.
struct Frames {
    body: reqwest::Body,
    /// Since the last frame, and only while the next one is waited for: a reader may take its time.
    silence: Option<Pin<Box<Sleep>>>,
}

impl Stream for Frames {
    type Item = Result<Bytes, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            let Poll::Ready(frame) = Pin::new(&mut self.body).poll_frame(context) else {
                let silence = self.silence.get_or_insert_with(|| Box::pin(sleep(SILENCE)));
                return silence.as_mut().poll(context).map(|()| Some(Err(silent())));
            };
            self.silence = None;
            match frame {
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

fn silent() -> Error {
    Error::new(
        ErrorKind::Transport,
        format!("the service was silent for {} s", SILENCE.as_secs()),
    )
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
