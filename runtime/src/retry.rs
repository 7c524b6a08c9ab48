//! When a request is sent again, and after how long.

mod after;

use std::time::{Duration, SystemTime};

use http::header::RETRY_AFTER;
use http::{HeaderMap, HeaderName, Method, Response, StatusCode};

use crate::body::Body;
use crate::error::{Error, ErrorKind};

/// The most times that any setting sends a request again.
const MOST: u32 = 10;

/// How often a client sends a request again that was throttled or did not get through, and how long it waits before.
///
/// | what came | sent again |
/// |---|---|
/// | 429 | always: nothing was done |
/// | 503 or 504 with `Retry-After` | always: the service asks for it |
/// | 502, 503 or 504 without it | if the method is idempotent (RFC 9110, section 9.2.2): `GET`, `HEAD`, `OPTIONS`, `PUT`, `DELETE` |
/// | no connection | always: nothing was sent |
/// | no answer, or one that broke off | if the method is idempotent: the service may have acted on it |
///
/// So a `POST` or a `PATCH` that may have been carried out is never sent again. The wait is that of `Retry-After`, and
/// otherwise the [delay](Retry::delay), twice as long each time, and up to a quarter longer at random, so that clients
/// that failed together do not come back together. A wait that would end after the [budget](Retry::budget) is not begun:
/// the error is returned at once, and [`Error::retry_after`] has what the service asked for.
///
/// Each request after the first has the header `retry-attempt` with its number, as other Graph SDKs send it.
///
/// ```
/// # use std::time::Duration;
/// # use graph_runtime::serde_json::json;
/// # use graph_runtime::testing::TransportDouble;
/// # use graph_runtime::{Error, StaticToken};
/// use graph_runtime::{Client, Retry};
///
/// # fn example(double: TransportDouble) -> Result<(), Error> {
/// // A program that runs at night has time.
/// let patient = Retry::default().limit(8).budget(Duration::from_secs(1_800));
/// let client = Client::builder()
///     .retry(patient)
///     .token_provider(StaticToken::new("eyJ0…"))
/// #   .transport(double)
///     .build()?;
/// # Ok(())
/// # }
/// # example(TransportDouble::new()).unwrap();
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Retry {
    limit: u32,
    delay: Duration,
    budget: Duration,
}

impl Default for Retry {
    /// Three times, with waits from 3 s, within 180 s.
    fn default() -> Self {
        Self {
            limit: 3,
            delay: Duration::from_secs(3),
            budget: Duration::from_secs(180),
        }
    }
}

impl Retry {
    /// No request is sent again.
    #[must_use]
    pub fn never() -> Self {
        Self::default().limit(0)
    }

    /// How often a request is sent again at most; 10 at most. Without it, 3 times.
    #[must_use]
    pub fn limit(mut self, times: u32) -> Self {
        self.limit = times.min(MOST);
        self
    }

    /// The first wait where the service does not say how long. Without it, 3 s.
    #[must_use]
    pub const fn delay(mut self, delay: Duration) -> Self {
        self.delay = delay;
        self
    }

    /// How long a request may take with all waits. Without it, 180 s.
    #[must_use]
    pub const fn budget(mut self, budget: Duration) -> Self {
        self.budget = budget;
        self
    }

    /// How long to wait before a request is sent again; `None` if it is not.
    pub(crate) fn wait<B>(&self, attempt: &Attempt<'_, B>) -> Option<Duration> {
        if attempt.retries >= self.limit {
            return None;
        }
        let asked = match attempt.answer {
            Ok(response) => after(response.headers(), attempt.now),
            Err(_) => None,
        };
        if !may_repeat(attempt, asked.is_some()) {
            return None;
        }
        let wait = asked.unwrap_or_else(|| {
            let delay = self.delay.saturating_mul(1 << attempt.retries.min(MOST));
            delay.saturating_add(delay.mul_f64(attempt.random.clamp(0.0, 1.0) / 4.0))
        });
        (attempt.spent.saturating_add(wait) <= self.budget.min(attempt.budget)).then_some(wait)
    }
}

/// The number of a request that is sent again, from 1.
pub(crate) const RETRY_ATTEMPT: HeaderName = HeaderName::from_static("retry-attempt");

/// How often a request was sent, as an extension of its answer.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Attempts(pub(crate) u32);

/// What is known of a request that was sent; the body of the answer says nothing here.
pub(crate) struct Attempt<'a, B = Body> {
    pub(crate) method: &'a Method,
    /// Whether doing it twice does no harm, where the method does not say so.
    pub(crate) repeatable: bool,
    pub(crate) answer: &'a Result<Response<B>, Error>,
    /// How often it was sent again before.
    pub(crate) retries: u32,
    /// How long it has taken so far.
    pub(crate) spent: Duration,
    pub(crate) now: SystemTime,
    /// From 0 to 1.
    pub(crate) random: f64,
    /// How long all may take, where that is less than the settings say.
    pub(crate) budget: Duration,
}

/// Whether a request may be sent again without anything being done twice.
fn may_repeat<B>(attempt: &Attempt<'_, B>, asked: bool) -> bool {
    let idempotent = attempt.repeatable || is_idempotent(attempt.method);
    match attempt.answer {
        Ok(response) => match response.status() {
            StatusCode::TOO_MANY_REQUESTS => true,
            StatusCode::SERVICE_UNAVAILABLE | StatusCode::GATEWAY_TIMEOUT => idempotent || asked,
            StatusCode::BAD_GATEWAY => idempotent,
            _ => false,
        },
        Err(error) => error.kind() == ErrorKind::Transport && (idempotent || !error.was_sent()),
    }
}

/// Whether doing a request twice is doing it once (RFC 9110, section 9.2.2).
pub(crate) const fn is_idempotent(method: &Method) -> bool {
    matches!(
        *method,
        Method::GET | Method::HEAD | Method::OPTIONS | Method::PUT | Method::DELETE
    )
}

/// What an answer says about when to come back.
pub(crate) fn after(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    after::parse(headers.get(RETRY_AFTER)?.to_str().ok()?, now)
}
