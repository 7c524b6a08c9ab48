//! The client: who asks, and how requests are sent.

mod builder;

pub use builder::ClientBuilder;

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

use bytes::Bytes;
use http::Method;
use http::header::{AUTHORIZATION, CONTENT_LENGTH, HeaderName, HeaderValue, USER_AGENT};
use tracing::Instrument;
use tracing::field::Empty;
use uuid::Uuid;

use crate::auth::TokenProvider;
use crate::base::Base;
use crate::error::{Error, ErrorKind};
use crate::operation::Operation;
use crate::retry::{Attempt, Attempts, RETRY_ATTEMPT, Retry};
use crate::timer::Timer;
use crate::transport::Transport;

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
/// use graph_runtime::{Client, StaticToken};
///
/// let client = Client::new(StaticToken::new("eyJ0…"));
///
/// let government = Client::builder()
///     .token_provider(StaticToken::new("eyJ0…"))
///     .base_url("https://graph.microsoft.us")
///     .scopes(["https://graph.microsoft.us/.default"])
///     .build()?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Client {
    shared: Arc<Shared>,
}

struct Shared {
    token_provider: Box<dyn TokenProvider>,
    transport: Box<dyn Transport>,
    base: Base,
    user_agent: HeaderValue,
    scopes: Vec<String>,
    retry: Retry,
    /// Without one, no request is sent again.
    timer: Option<Box<dyn Timer>>,
}

impl Client {
    /// A client for Microsoft's worldwide cloud, `https://graph.microsoft.com`, with the settings
    /// of [`ClientBuilder`].
    ///
    /// If TLS cannot be set up, each request fails with that error, of the kind
    /// [`Transport`](ErrorKind::Transport). To know at once, use [`builder`](Client::builder).
    #[cfg(feature = "reqwest")]
    #[must_use]
    pub fn new(token_provider: impl TokenProvider + 'static) -> Self {
        builder::default_client(Box::new(token_provider))
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
        self.traced(request, "").await
    }

    pub(crate) fn base(&self) -> &Base {
        &self.shared.base
    }

    /// Sends a request for an operation and tells success from failure by the status.
    pub(crate) async fn execute(
        &self,
        operation: &'static Operation,
        request: http::Request<Bytes>,
    ) -> Result<http::Response<Bytes>, Error> {
        let response = self.traced(request, operation.path).await?;
        let status = response.status();
        if status.is_success()
            || (status.is_redirection() && operation.success.contains(&status.as_u16()))
        {
            return Ok(response);
        }
        let (parts, body) = response.into_parts();
        Err(Error::from_answer(parts, &body))
    }

    /// Sends a request in a span with the template of the path: the filled path and the query tell
    /// who was asked about.
    async fn traced(
        &self,
        request: http::Request<Bytes>,
        template: &'static str,
    ) -> Result<http::Response<Bytes>, Error> {
        let span = tracing::debug_span!(
            "graph.request",
            http.request.method = request.method().as_str(),
            url.template = template,
            http.response.status_code = Empty,
        );
        let response = self.dispatch(request).instrument(span.clone()).await?;
        span.record("http.response.status_code", response.status().as_u16());
        Ok(response)
    }

    /// Sends a request, and sends it again as the settings say.
    async fn dispatch(
        &self,
        request: http::Request<Bytes>,
    ) -> Result<http::Response<Bytes>, Error> {
        let shared = &*self.shared;
        let request = self.identified(request)?;
        let (started, mut waited) = (Instant::now(), Duration::ZERO);
        let mut retries = 0;
        loop {
            let mut copy = request.clone();
            if retries > 0 {
                copy.headers_mut().insert(RETRY_ATTEMPT, retries.into());
            }
            let answer = self.attempt(copy).await;
            let attempts = retries + 1;
            let wait = shared.timer.as_ref().and_then(|timer| {
                let wait = shared.retry.wait(&Attempt {
                    method: request.method(),
                    answer: &answer,
                    retries,
                    // Time may stand still for a timer of a test.
                    spent: started.elapsed().max(waited),
                    now: SystemTime::now(),
                    random: random(),
                })?;
                Some((timer, wait))
            });
            let Some((timer, wait)) = wait else {
                return match answer {
                    Ok(mut response) => {
                        response.extensions_mut().insert(Attempts(attempts));
                        Ok(response)
                    }
                    // Without a token nothing was sent this time.
                    Err(error) if error.kind() == ErrorKind::Token => {
                        Err(error.after_attempts(retries))
                    }
                    Err(error) => Err(error.after_attempts(attempts)),
                };
            };
            let status = answer.map_or(0, |response| response.status().as_u16());
            tracing::debug!(attempts, status, ?wait, "the request is sent again");
            timer.sleep(wait).await;
            waited = waited.saturating_add(wait);
            retries += 1;
        }
    }

    /// The request with the headers that are the same each time it is sent.
    fn identified(&self, mut request: http::Request<Bytes>) -> Result<http::Request<Bytes>, Error> {
        let shared = &*self.shared;
        shared
            .base
            .admits(&request.uri().to_string())
            .map_err(|reason| {
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

    /// Sends a request once, with a token that is asked for each time: it may have been replaced since.
    async fn attempt(
        &self,
        mut request: http::Request<Bytes>,
    ) -> Result<http::Response<Bytes>, Error> {
        let shared = &*self.shared;
        let scopes: Vec<&str> = shared.scopes.iter().map(String::as_str).collect();
        let token = shared.token_provider.token(&scopes).await?;
        // The parse error is dropped, because it is about a secret.
        let mut bearer =
            HeaderValue::try_from(format!("Bearer {}", token.secret())).map_err(|_| {
                Error::new(
                    ErrorKind::Token,
                    "the token holds characters that no token can have",
                )
            })?;
        bearer.set_sensitive(true);
        request.headers_mut().insert(AUTHORIZATION, bearer);
        shared.transport.send(request).await
    }
}

/// From 0 to 1.
fn random() -> f64 {
    let (bits, _) = Uuid::new_v4().as_u64_pair();
    // The upper 32 bits of a random identifier are random; a double holds them.
    f64::from(u32::try_from(bits >> 32).unwrap_or_default()) / f64::from(u32::MAX)
}

impl fmt::Debug for Client {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Client")
            .field("base_url", &self.shared.base)
            .field("user_agent", &self.shared.user_agent)
            .field("scopes", &self.shared.scopes)
            .finish_non_exhaustive()
    }
}
