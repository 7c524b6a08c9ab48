//! The error type of the crate.

mod answer;
mod detail;

pub(crate) use answer::excerpt;
pub use detail::ErrorDetail;

use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use http::{HeaderMap, StatusCode};
use serde_json::Value;

use crate::retry;

/// Why a request did not give a value.
///
/// [`kind`](Error::kind) says which step failed. For an answer of the service there are its status,
/// its headers, and what its body says. Neither `Display` nor `Debug` shows a token, a request body
/// or a header.
///
/// An error is one pointer wide and cheap to clone.
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), graph_runtime::Error> {
/// # use graph_runtime::http::Method;
/// # use graph_runtime::serde_json::{Value, json};
/// # use graph_runtime::testing::TransportDouble;
/// # use graph_runtime::{Client, Operation, Permissions, Request, StaticToken};
/// use graph_runtime::ErrorKind;
///
/// # static GET: Operation = Operation {
/// #     method: Method::GET, version: "v1.0", path: "/users/{id}", success: &[200],
/// #     permissions: Permissions { delegated_work: &[], delegated_personal: &[], application: &[] },
/// #     documentation: "", page: "",
/// # };
/// # let service = TransportDouble::new().json(404, &json!({"error": {
/// #     "code": "Request_ResourceNotFound", "message": "Resource '9' does not exist.",
/// #     "innerError": {"request-id": "7b3c"}}}));
/// # let client = Client::builder().transport(service).token_provider(StaticToken::new("eyJ0…")).build()?;
/// # let request = Request::<Value>::new(&GET, &["9"]);
/// let error = request.send(&client).await.unwrap_err();
/// assert_eq!(error.kind(), ErrorKind::Service);
/// assert_eq!(error.code(), Some("Request_ResourceNotFound"));
/// assert_eq!(
///     error.to_string(),
///     "404 Not Found: Request_ResourceNotFound: Resource '9' does not exist. (request-id 7b3c)"
/// );
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Error(Arc<Details>);

/// The step that failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The service answered with an error status, 4xx or 5xx.
    Service,
    /// The service answered with a status that is neither success nor error, such as a 304, or a
    /// redirect that was not followed.
    UnexpectedStatus,
    /// JSON is not what the type says.
    Decode,
    /// The request could not be built, or must not be sent. Nothing was sent.
    Request,
    /// There is no token. Nothing was sent with it; [`was_sent`](Error::was_sent) is true if a token was there before,
    /// and the service wants another one.
    Token,
    /// The request did not get through, or its answer did not. The service may have acted on it.
    Transport,
    /// A link of the service, to a further page or by a redirect, leads where it must not be
    /// followed, or back. It was not followed. What it answers may have been sent:
    /// [`was_sent`](Error::was_sent) says so.
    Link,
    /// A long-running operation did not end in the time that was given to it. It goes on.
    Timeout,
}

#[derive(Clone)]
pub(crate) struct Details {
    pub(crate) kind: ErrorKind,
    pub(crate) message: String,
    pub(crate) status: Option<StatusCode>,
    pub(crate) code: Option<String>,
    pub(crate) request_id: Option<String>,
    pub(crate) target: Option<String>,
    pub(crate) details: Vec<ErrorDetail>,
    pub(crate) inner_error: Option<Value>,
    pub(crate) headers: Option<HeaderMap>,
    pub(crate) excerpt: Option<String>,
    pub(crate) source: Option<Arc<dyn StdError + Send + Sync>>,
    /// How often the request was sent; 0 where that is not known.
    pub(crate) attempts: u32,
    /// Whether the service may have received the request.
    pub(crate) sent: bool,
}

impl Details {
    pub(crate) fn new(kind: ErrorKind, message: String) -> Self {
        Self {
            kind,
            message,
            status: None,
            code: None,
            request_id: None,
            target: None,
            details: Vec::new(),
            inner_error: None,
            headers: None,
            excerpt: None,
            source: None,
            attempts: 0,
            sent: !matches!(
                kind,
                ErrorKind::Request | ErrorKind::Token | ErrorKind::Link
            ),
        }
    }
}

impl From<Details> for Error {
    fn from(details: Details) -> Self {
        Self(Arc::new(details))
    }
}

impl Error {
    /// An error of your own, for a [`TokenProvider`](crate::TokenProvider), a
    /// [`Transport`](crate::Transport) or a [`FromResponse`](crate::FromResponse). The message must
    /// hold no secrets: it is shown.
    #[must_use]
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Details::new(kind, message.into()).into()
    }

    /// As [`new`](Error::new), with the error that caused this one.
    #[must_use]
    pub fn with_source(
        kind: ErrorKind,
        message: impl Into<String>,
        source: impl Into<Box<dyn StdError + Send + Sync>>,
    ) -> Self {
        Details {
            source: Some(Arc::from(source.into())),
            ..Details::new(kind, message.into())
        }
        .into()
    }

    /// The step that failed.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// An error of a [`Transport`](crate::Transport) that could not reach the service: nothing was sent, so that a client
    /// may send the request again, whatever it does.
    #[must_use]
    pub fn unsent(
        message: impl Into<String>,
        source: impl Into<Box<dyn StdError + Send + Sync>>,
    ) -> Self {
        Details {
            source: Some(Arc::from(source.into())),
            sent: false,
            ..Details::new(ErrorKind::Transport, message.into())
        }
        .into()
    }

    /// A redirect that was not followed; what it answers was sent.
    pub(crate) fn misled(message: String) -> Self {
        Details {
            sent: true,
            ..Details::new(ErrorKind::Link, message)
        }
        .into()
    }

    /// The error with the identifier of a request that this one was part of, unless it has its own.
    pub(crate) fn or_request_id(mut self, id: Option<&str>) -> Self {
        if self.0.request_id.is_none() {
            Arc::make_mut(&mut self.0).request_id = id.map(str::to_owned);
        }
        self
    }

    /// This error for a request that was not even sent, because it came first.
    pub(crate) fn before_sending(&self) -> Self {
        Details {
            source: Some(Arc::new(self.clone())),
            attempts: 0,
            sent: false,
            ..(*self.0).clone()
        }
        .into()
    }

    /// A request that was not sent, because one failed that had to be done before: as the service answers it
    /// (OData JSON Format 4.01, section 19.1).
    pub(crate) fn failed_dependency(message: String, cause: Self) -> Self {
        Details {
            status: Some(StatusCode::FAILED_DEPENDENCY),
            code: Some("FailedDependency".to_owned()),
            source: Some(Arc::new(cause)),
            sent: false,
            ..Details::new(ErrorKind::Service, message)
        }
        .into()
    }

    /// Whether the service may have received the request, and acted on it.
    #[must_use]
    pub fn was_sent(&self) -> bool {
        self.0.sent
    }

    /// How often the request was sent; 0 if it was not.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }

    /// When the service wants to be asked again: the header `Retry-After` of the answer, as a wait from now.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        retry::after(self.0.headers.as_ref()?, SystemTime::now())
    }

    /// The error of a request that was sent so often.
    pub(crate) fn after_attempts(mut self, attempts: u32) -> Self {
        Arc::make_mut(&mut self.0).attempts = attempts;
        self
    }

    /// The error of a request of which the service has had something before.
    pub(crate) fn after_sending(mut self) -> Self {
        Arc::make_mut(&mut self.0).sent = true;
        self
    }

    /// The status of the answer, if there was one.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.0.status
    }

    /// The error code of the service, such as `Request_ResourceNotFound`: what a program can
    /// compare.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        self.0.code.as_deref()
    }

    /// What happened, for people: the message of the service, or that of this crate. If the service
    /// sent a body that is not in the form of an OData error, its beginning.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// The identifier that the service gave the request, which its support asks for: the header
    /// `request-id`, or `request-id` in [`inner_error`](Error::inner_error).
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.0.request_id.as_deref()
    }

    /// The object `innerError` of the body (OData JSON Format 4.01, section 21.1, error response),
    /// if there is one.
    #[must_use]
    pub fn inner_error(&self) -> Option<&Value> {
        self.0.inner_error.as_ref()
    }

    /// The headers of the answer, if there was one.
    #[must_use]
    pub fn headers(&self) -> Option<&HeaderMap> {
        self.0.headers.as_ref()
    }

    /// A piece of the body of the answer, at most 2 KiB of it: its beginning, or for an error of
    /// the kind [`Decode`](ErrorKind::Decode) the place that was not understood.
    #[must_use]
    pub fn excerpt(&self) -> Option<&str> {
        self.0.excerpt.as_deref()
    }
}

/// How much of a message of the service is shown in one line, in characters.
const SHOWN: usize = 500;

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let details = &*self.0;
        let about_status = matches!(
            details.kind,
            ErrorKind::Service | ErrorKind::UnexpectedStatus
        );
        let mut separator = "";
        if about_status && let Some(status) = details.status {
            write!(formatter, "{}", status.as_str())?;
            if let Some(reason) = status.canonical_reason() {
                write!(formatter, " {reason}")?;
            }
            separator = ": ";
        }
        if let Some(code) = &details.code {
            write!(formatter, "{separator}{}", OneLine(code))?;
            separator = ": ";
        }
        if !details.message.is_empty() {
            write!(formatter, "{separator}{}", OneLine(&details.message))?;
        }
        if let Some(id) = &details.request_id {
            write!(formatter, " (request-id {})", OneLine(id))?;
        }
        if details.attempts > 1 {
            write!(formatter, " (after {} attempts)", details.attempts)?;
        }
        Ok(())
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let details = &*self.0;
        // Headers are left out: a `Location` can be a signed address, which works without a token.
        formatter
            .debug_struct("Error")
            .field("kind", &details.kind)
            .field("status", &details.status)
            .field("code", &details.code)
            .field("message", &details.message)
            .field("request_id", &details.request_id)
            .field("attempts", &details.attempts)
            .field("target", &details.target)
            .field("details", &details.details)
            .field("inner_error", &details.inner_error)
            .field("excerpt", &details.excerpt)
            .field("source", &details.source)
            .finish()
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source.as_deref().map(|source| source as _)
    }
}

/// Text of the service on one line: runs of blanks and control characters become one blank, and a
/// long text is cut.
struct OneLine<'a>(&'a str);

impl fmt::Display for OneLine<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        use fmt::Write;

        let mut words = self.0.split(|c: char| c.is_whitespace() || c.is_control());
        let mut shown = 0;
        for word in words.by_ref().filter(|word| !word.is_empty()) {
            if shown > 0 {
                formatter.write_char(' ')?;
                shown += 1;
            }
            for character in word.chars() {
                if shown == SHOWN {
                    return formatter.write_char('…');
                }
                formatter.write_char(character)?;
                shown += 1;
            }
        }
        Ok(())
    }
}
