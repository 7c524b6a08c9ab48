//! The transport over `reqwest`.

use std::error::Error as StdError;
use std::time::Duration;

use bytes::Bytes;

use super::Transport;
use crate::auth::BoxFuture;
use crate::error::{Error, ErrorKind};

/// How long making a connection may take.
const CONNECT: Duration = Duration::from_secs(30);

/// How long the service may send nothing. Graph's own gateway gives up after 100 s.
const READ: Duration = Duration::from_secs(100);

/// How many redirects are followed for one request.
const REDIRECTS: usize = 10;

/// Sends requests with `reqwest`: HTTP/1.1 and HTTP/2, gzip, and with the feature `rustls` TLS with
/// the certificates of the operating system.
///
/// A connection may take 30 s, and then a pause of the service 100 s. Up to 10 redirects are
/// followed; one to another scheme, host or port goes without the token. It sends nothing
/// again by itself: a [`Client`](crate::Client) does.
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
        builder
            .connect_timeout(CONNECT)
            .read_timeout(READ)
            .redirect(reqwest::redirect::Policy::limited(REDIRECTS))
            // Off, because the address of the first request would be told to the host of the
            // second.
            .referer(false)
            // Off, because whether a request may be sent again is for the client to know.
            .retry(reqwest::retry::never())
            .build()
            .map(|client| Self { client })
            .map_err(|error| failed("the HTTP client cannot be set up", error))
    }

    /// Uses a client with settings of your own. Its redirects and retries are yours to answer for;
    /// see [`Transport`].
    #[must_use]
    pub const fn from_client(client: reqwest::Client) -> Self {
        Self { client }
    }
}

impl Transport for ReqwestTransport {
    fn send(
        &self,
        request: http::Request<Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<Bytes>, Error>> {
        Box::pin(async move {
            let request = reqwest::Request::try_from(request).map_err(|error| {
                let error = error.without_url();
                Error::with_source(
                    ErrorKind::Request,
                    format!("the request is malformed: {error}"),
                    error,
                )
            })?;
            let address = request.url().clone();
            let answer = self.client.execute(request).await;
            let mut answer = answer.map_err(|error| unanswered(error, &address))?;
            let mut response = http::Response::new(Bytes::new());
            *response.status_mut() = answer.status();
            *response.version_mut() = answer.version();
            *response.headers_mut() = std::mem::take(answer.headers_mut());
            *response.body_mut() = answer
                .bytes()
                .await
                .map_err(|error| failed("the answer broke off", error))?;
            Ok(response)
        })
    }
}

/// The request failed; without a connection to its own address, nothing was sent. One to the target of a redirect is
/// no such: the service has had the request.
fn unanswered(error: reqwest::Error, address: &reqwest::Url) -> Error {
    if error.is_connect() && error.url() == Some(address) {
        let error = error.without_url();
        return Error::unsent(said("there is no connection", &error), error);
    }
    failed("the request failed", error)
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
