//! The client: who asks, and how requests are sent.

mod builder;

pub use builder::ClientBuilder;
pub(crate) use builder::DEFAULT_USER_AGENT;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::Method;
use http::header::{CONTENT_LENGTH, HeaderName, HeaderValue, USER_AGENT};
use tracing::Instrument;
use tracing::field::Empty;
use url::Url;
use uuid::Uuid;

use crate::auth::Credentials;
#[cfg(feature = "reqwest")]
use crate::auth::TokenProvider;
use crate::base::Base;
use crate::body::Body;
use crate::error::{Error, ErrorKind};
use crate::monitor::Monitor;
use crate::operation::Operation;
use crate::pipeline::{Pipeline, Sending};

/// An identifier that the caller gives a request, so that it can be found in the logs of the
/// service.
const CLIENT_REQUEST_ID: HeaderName = HeaderName::from_static("client-request-id");

/// Sends requests to one service in the name of one caller.
///
/// Cloning is cheap, and clones share their connections. `Debug` shows no token.
///
/// ```no_run
/// # #[cfg(feature = "reqwest")]
/// # fn example() -> Result<(), graph_runtime::Error> {
/// use graph_runtime::{Client, Cloud, StaticToken};
///
/// let client = Client::new(StaticToken::new("eyJ0…"));
///
/// let government = Client::builder()
///     .cloud(Cloud::UsGovernment)
///     .token_provider(StaticToken::new("eyJ0…"))
///     .build()?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Client {
    shared: Arc<Shared>,
}

struct Shared {
    pipeline: Pipeline,
    credentials: Credentials,
    base: Base,
    user_agent: HeaderValue,
}

impl Client {
    /// A client for Microsoft's worldwide cloud, `https://graph.microsoft.com`, with the settings
    /// of [`ClientBuilder`].
    ///
    /// If TLS cannot be set up, each request fails with that error, of the kind
    /// [`Request`](ErrorKind::Request). To know at once, use [`builder`](Client::builder).
    #[cfg(feature = "reqwest")]
    #[must_use]
    pub fn new(token_provider: impl TokenProvider + 'static) -> Self {
        let builder = Self::builder().token_provider(token_provider);
        // All that is left to fail are constants, which every test that makes a client checks.
        let client = builder.transport(builder::any_transport()).build();
        client.expect("the defaults are valid")
    }

    /// Settings for a client.
    pub fn builder() -> ClientBuilder {
        ClientBuilder::default()
    }

    /// Sends any request to the service, for what there is no operation for, and returns the answer
    /// whatever its status.
    ///
    /// The client adds the headers `Authorization`, and, unless they are there, `User-Agent` and a
    /// random `client-request-id`.
    ///
    /// # Errors
    ///
    /// An error of the kind [`Request`](ErrorKind::Request) if the request goes to another scheme,
    /// host or port than that of the base address: the token is for that one only. Otherwise one of
    /// the kind [`Token`](ErrorKind::Token) or [`Transport`](ErrorKind::Transport).
    pub async fn send_http(
        &self,
        request: http::Request<Bytes>,
    ) -> Result<http::Response<Bytes>, Error> {
        let request = self.identified(request)?;
        let response = self.exchange(request, "", self.sending()).await?;
        Self::whole(response).await
    }

    /// A long-running operation that was begun earlier, by its [`location`](Monitor::location).
    #[must_use]
    pub fn monitor(&self, location: &str) -> Monitor {
        Monitor::at(self, location)
    }

    pub(crate) fn base(&self) -> &Base {
        &self.shared.base
    }

    pub(crate) fn pipeline(&self) -> &Pipeline {
        &self.shared.pipeline
    }

    /// Sends a request for an operation and tells success from failure by the status.
    pub(crate) async fn execute(
        &self,
        operation: &'static Operation,
        request: http::Request<Bytes>,
    ) -> Result<http::Response<Bytes>, Error> {
        Self::whole(self.succeed(operation, request, false).await?).await
    }

    /// As [`execute`](Client::execute), with a body that is still to come.
    pub(crate) async fn stream(
        &self,
        operation: &'static Operation,
        request: http::Request<Bytes>,
    ) -> Result<http::Response<Body>, Error> {
        self.succeed(operation, request, true).await
    }

    /// Sends a batch, which may be sent twice if that does no harm for any of its parts, whatever its own method.
    pub(crate) async fn send_batch(
        &self,
        request: http::Request<Bytes>,
        repeatable: bool,
    ) -> Result<http::Response<Bytes>, Error> {
        let request = self.identified(request)?;
        let sending = Sending {
            repeatable,
            ..self.sending()
        };
        let response = self.exchange(request, "/$batch", sending).await?;
        let (parts, body) = Self::whole(response).await?.into_parts();
        match parts.status.is_success() {
            true => Ok(http::Response::from_parts(parts, body)),
            false => Err(Error::from_answer(parts, &body)),
        }
    }

    async fn succeed(
        &self,
        operation: &'static Operation,
        request: http::Request<Bytes>,
        streamed: bool,
    ) -> Result<http::Response<Body>, Error> {
        let request = self.identified(request)?;
        let sending = Sending {
            streamed,
            ..self.sending()
        };
        let response = self.exchange(request, operation.path, sending).await?;
        if operation.succeeds(response.status()) {
            return Ok(response);
        }
        let (parts, body) = response.into_parts();
        Err(Error::from_answer(parts, &body.collect().await?))
    }

    /// Sends a request to an address that is its own credentials: without the token, and without headers that it does
    /// not expect. The answer is returned whatever its status.
    pub(crate) async fn send_unsigned(
        &self,
        request: http::Request<Bytes>,
    ) -> Result<http::Response<Bytes>, Error> {
        let response = self.exchange(request, "", Sending::by(None)).await?;
        Self::whole(response).await
    }

    /// Requests an address that the service gave, with the token if it is the service's own. The answer is returned
    /// whatever its status.
    pub(crate) async fn fetch(
        &self,
        request: http::Request<Bytes>,
    ) -> Result<http::Response<Bytes>, Error> {
        let (request, sending) = self.as_own(request)?;
        Self::whole(self.exchange(request, "", sending).await?).await
    }

    /// As [`fetch`](Client::fetch), for the answer itself where it is a redirect, and within a time.
    pub(crate) async fn inquire(
        &self,
        request: http::Request<Bytes>,
        budget: Duration,
    ) -> Result<http::Response<Bytes>, Error> {
        let (request, sending) = self.as_own(request)?;
        let sending = Sending {
            redirected: false,
            budget,
            ..sending
        };
        Self::whole(self.exchange(request, "", sending).await?).await
    }

    fn as_own(
        &self,
        request: http::Request<Bytes>,
    ) -> Result<(http::Request<Bytes>, Sending<'_>), Error> {
        match self.base().admits_uri(request.uri()).is_ok() {
            true => Ok((self.identified(request)?, self.sending())),
            false => Ok((request, Sending::by(None))),
        }
    }

    /// The address that a link stands for; see [`Base::resolve`].
    pub(crate) fn address(&self, link: &str) -> Result<http::Uri, Error> {
        // The link is not shown: it can be a signed address.
        let refused = |reason| Error::new(ErrorKind::Link, format!("the address {reason}"));
        let address = self.base().resolve(link).map_err(refused)?;
        match Url::parse(&address) {
            Ok(url) if self.base().allows(&url) => {}
            _ => return Err(refused("is not HTTPS")),
        }
        address.parse().map_err(|_| refused("is not an address"))
    }

    /// The address of a `Location` whose path may be one below the version: Teams answers `/teams('…')/operations('…')`.
    pub(crate) fn below_version(&self, version: &str, location: &str) -> Result<String, Error> {
        let first = first_segment(location);
        let location = match first {
            Some(first) if !version.is_empty() && first != version && !is_version(first) => {
                format!("/{version}{location}")
            }
            _ => location.to_owned(),
        };
        self.address(&location).map(|address| address.to_string())
    }

    /// The version in an address of the service.
    pub(crate) fn version_of(&self, address: &str) -> Option<String> {
        let path = address
            .strip_prefix(self.base().as_str())
            .unwrap_or(address);
        let first = first_segment(path).filter(|first| is_version(first));
        first.map(str::to_owned)
    }

    /// Waits.
    pub(crate) async fn sleep(&self, duration: Duration) -> Result<(), Error> {
        match &self.shared.pipeline.timer {
            Some(timer) => {
                timer.sleep(duration).await;
                Ok(())
            }
            None => Err(Error::new(
                ErrorKind::Request,
                "the client has no timer, and the feature `tokio` is off",
            )),
        }
    }

    fn sending(&self) -> Sending<'_> {
        Sending::by(Some(&self.shared.credentials))
    }

    /// Sends a request in a span with the template of the path: the filled path and the query tell
    /// who was asked about.
    async fn exchange(
        &self,
        request: http::Request<Bytes>,
        template: &'static str,
        sending: Sending<'_>,
    ) -> Result<http::Response<Body>, Error> {
        let span = tracing::debug_span!(
            "graph.request",
            http.request.method = request.method().as_str(),
            url.template = template,
            http.response.status_code = Empty,
        );
        let sent = self.shared.pipeline.send(request, sending);
        let response = sent.instrument(span.clone()).await?;
        span.record("http.response.status_code", response.status().as_u16());
        Ok(response)
    }

    /// The answer with its body.
    async fn whole(response: http::Response<Body>) -> Result<http::Response<Bytes>, Error> {
        let (parts, body) = response.into_parts();
        Ok(http::Response::from_parts(parts, body.collect().await?))
    }

    /// The request with the headers that the service is to know it by.
    fn identified(&self, mut request: http::Request<Bytes>) -> Result<http::Request<Bytes>, Error> {
        let shared = &*self.shared;
        shared.base.admits_uri(request.uri()).map_err(|reason| {
            Error::new(
                ErrorKind::Request,
                format!("the address of the request {reason}"),
            )
        })?;
        let empty = request.body().is_empty();
        let carries = matches!(
            *request.method(),
            Method::POST | Method::PUT | Method::PATCH
        );
        let headers = request.headers_mut();
        if empty && carries {
            // Not every HTTP stack says so by itself, and services may answer 411 (RFC 9110,
            // section 8.6).
            headers.insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
        }
        headers
            .entry(USER_AGENT)
            .or_insert_with(|| shared.user_agent.clone());
        if !headers.contains_key(&CLIENT_REQUEST_ID)
            && let Ok(id) = HeaderValue::try_from(Uuid::new_v4().to_string())
        {
            headers.insert(CLIENT_REQUEST_ID, id);
        }
        Ok(request)
    }
}

/// The first segment of an absolute path.
fn first_segment(path: &str) -> Option<&str> {
    let segment = path.strip_prefix('/')?.split(['/', '?']).next()?;
    (!segment.is_empty()).then_some(segment)
}

/// `v1.0` and the like, and `beta`.
fn is_version(segment: &str) -> bool {
    let number = segment.strip_prefix('v').unwrap_or_default();
    segment == "beta" || (number.starts_with(|c: char| c.is_ascii_digit()))
}

impl fmt::Debug for Client {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Client")
            .field("base_url", &self.shared.base)
            .field("user_agent", &self.shared.user_agent)
            .field("scopes", &self.shared.credentials.request.scopes())
            .finish_non_exhaustive()
    }
}
