//! Long-running operations: accepted with 202, and asked after until they are done.

mod status;

use std::fmt;
use std::time::{Duration, Instant, SystemTime};

use bytes::Bytes;
use http::header::{ACCEPT, HeaderValue, LOCATION};
use http::response::Parts;
use http::{Method, StatusCode};
use url::Url;

use self::status::Status;
use crate::client::Client;
use crate::error::{Error, ErrorKind};
use crate::response::FromResponse;
use crate::retry;

/// The first wait between two questions, where the service does not say how long; each is twice as long as the one
/// before, up to [`LONGEST`].
const SHORTEST: Duration = Duration::from_secs(1);
const LONGEST: Duration = Duration::from_secs(30);

/// An operation that the service carries out after it has answered, from
/// [`Request::monitor`](crate::Request::monitor).
///
/// ```no_run
/// # use graph_runtime::{Client, Error, Request, serde_json::Value};
/// # use std::time::Duration;
/// # async fn example(copy: Request<()>, client: &Client) -> Result<(), Error> {
/// let mut monitor = copy.monitor(client).await?;
/// let copied = monitor.wait(Duration::from_secs(600)).await?;
/// println!("{:?}", copied.resource_id());
/// # Ok(())
/// # }
/// ```
///
/// Dropping it ends the asking, not the operation; [`location`](Monitor::location) is what to store to ask later, by
/// [`Client::monitor`].
#[derive(Clone)]
pub struct Monitor {
    client: Client,
    location: Option<String>,
    progress: Option<f64>,
    /// What the service wants waited before the next question.
    retry_after: Option<Duration>,
    finished: Option<Finished>,
}

impl Monitor {
    /// Reads the answer to the request that began the operation. One that is not 202 with a `Location` is its end.
    pub(crate) fn begun(
        client: &Client,
        version: &str,
        response: http::Response<Bytes>,
    ) -> Result<Self, Error> {
        let (parts, body) = response.into_parts();
        let mut monitor = Self {
            client: client.clone(),
            location: None,
            progress: None,
            retry_after: None,
            finished: None,
        };
        match location(&parts) {
            Some(location) if parts.status == StatusCode::ACCEPTED => {
                monitor.location = Some(client.below_version(version, location)?);
                monitor.retry_after = retry::after(&parts.headers, SystemTime::now());
            }
            location => {
                monitor.finished = Some(Finished {
                    resource_id: None,
                    resource_location: location.map(str::to_owned),
                    parts,
                    body,
                });
            }
        }
        Ok(monitor)
    }

    /// An operation that was begun earlier.
    pub(crate) fn at(client: &Client, location: &str) -> Self {
        Self {
            client: client.clone(),
            location: Some(location.to_owned()),
            progress: None,
            retry_after: None,
            finished: None,
        }
    }

    /// Where the operation is asked after: to be stored, for [`Client::monitor`]. `None` if the first answer was the end.
    /// It can be a signed address, which works without a token.
    #[must_use]
    pub fn location(&self) -> Option<&str> {
        self.location.as_deref()
    }

    /// How much is done, in percent, if the service has said so.
    #[must_use]
    pub const fn progress(&self) -> Option<f64> {
        self.progress
    }

    /// Asks once. `None` if the operation goes on.
    ///
    /// # Errors
    ///
    /// One of the kind [`Service`](ErrorKind::Service) if the operation failed, with its code and message, or if the
    /// service does not know it; and those of any request.
    pub async fn poll(&mut self) -> Result<Option<&Finished>, Error> {
        if let (None, Some(location)) = (&self.finished, &self.location) {
            let mut request = http::Request::new(Bytes::new());
            *request.method_mut() = Method::GET;
            *request.uri_mut() = self.client.address(location)?;
            let asked = request.uri().to_string();
            let headers = request.headers_mut();
            headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
            let (parts, body) = self.client.fetch(request, false).await?.into_parts();
            self.retry_after = retry::after(&parts.headers, SystemTime::now());
            let status = Status::read(&parts, &body);
            self.progress = status.progress().or(self.progress);
            if status.is_failed() {
                return Err(status.into_error(parts, &body));
            }
            if !status.is_running() {
                self.finished = Some(Finished {
                    resource_id: status.resource_id().map(str::to_owned),
                    resource_location: match status.resource_location() {
                        Some(location) => Some(location.to_owned()),
                        None => location_of_result(&parts, &asked),
                    },
                    parts,
                    body,
                });
            }
        }
        Ok(self.finished.as_ref())
    }

    /// Asks until the operation is done: as often as the service wants, and otherwise after 1 s, 2 s, 4 s and so on, up
    /// to 30 s. A wait that would end after the timeout is not begun.
    ///
    /// # Errors
    ///
    /// Those of [`poll`](Monitor::poll), and one of the kind [`Timeout`](ErrorKind::Timeout): the operation goes on, and
    /// so may this, if it is called again.
    pub async fn wait(&mut self, timeout: Duration) -> Result<Finished, Error> {
        let (started, mut waited) = (Instant::now(), Duration::ZERO);
        let mut pause = SHORTEST;
        // Asked at once, unless the answer that began the operation says when.
        let mut wait = self.asked_wait().unwrap_or_default();
        loop {
            if !wait.is_zero() {
                // Time may stand still for a timer of a test.
                if started.elapsed().max(waited).saturating_add(wait) > timeout {
                    return Err(Error::new(
                        ErrorKind::Timeout,
                        format!("the operation did not end within {timeout:?}"),
                    ));
                }
                self.client.sleep(wait).await?;
                waited = waited.saturating_add(wait);
            }
            if let Some(finished) = self.poll().await? {
                return Ok(finished.clone());
            }
            wait = self.asked_wait().unwrap_or_else(|| {
                let wait = pause;
                pause = LONGEST.min(pause.saturating_mul(2));
                wait
            });
        }
    }

    /// How long the service wants waited. Not at all is no answer: the question would be asked without end.
    fn asked_wait(&self) -> Option<Duration> {
        self.retry_after.filter(|wait| !wait.is_zero())
    }
}

fn location(parts: &Parts) -> Option<&str> {
    parts.headers.get(LOCATION)?.to_str().ok()
}

/// A redirect leads to what has become of the operation, relative to where it was asked after (RFC 9110, section
/// 10.2.2); the `Location` of another answer, to the operation.
fn location_of_result(parts: &Parts, asked: &str) -> Option<String> {
    let location = location(parts).filter(|_| parts.status.is_redirection())?;
    let address = Url::parse(asked).ok()?.join(location).ok()?;
    Some(address.into())
}

/// Shows no address: it can be a signed one, which works without a token.
impl fmt::Debug for Monitor {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Monitor")
            .field("progress", &self.progress)
            .field("finished", &self.finished.is_some())
            .finish_non_exhaustive()
    }
}

/// The end of a long-running operation.
#[derive(Clone, Debug)]
pub struct Finished {
    resource_id: Option<String>,
    resource_location: Option<String>,
    parts: Parts,
    body: Bytes,
}

impl Finished {
    /// The identifier of what the operation has made, if the service says so: `resourceId`.
    #[must_use]
    pub fn resource_id(&self) -> Option<&str> {
        self.resource_id.as_deref()
    }

    /// Where that is, if the service says so: `resourceLocation`, `targetResourceLocation`, or where the last answer
    /// redirects to.
    #[must_use]
    pub fn resource_location(&self) -> Option<&str> {
        self.resource_location.as_deref()
    }

    /// The last answer, read as a value: the status of the operation, or what it has made.
    ///
    /// # Errors
    ///
    /// One of the kind [`Decode`](ErrorKind::Decode).
    pub fn answer<T: FromResponse>(&self) -> Result<T, Error> {
        T::from_response(&self.parts, self.body.clone())
    }

    /// Requests what the operation has made from its [location](Finished::resource_location). The token goes only to the
    /// service itself.
    ///
    /// # Errors
    ///
    /// One of the kind [`Link`](ErrorKind::Link) if there is no location, and those of any request.
    pub async fn resource<T: FromResponse>(&self, client: &Client) -> Result<T, Error> {
        let location = self.resource_location().ok_or_else(|| {
            Error::new(
                ErrorKind::Link,
                "the operation does not say where its result is",
            )
        })?;
        let mut request = http::Request::new(Bytes::new());
        *request.uri_mut() = client.address(location)?;
        if let Some(accept) = T::ACCEPT {
            let headers = request.headers_mut();
            headers.insert(ACCEPT, HeaderValue::from_static(accept));
        }
        let (parts, body) = client.fetch(request, true).await?.into_parts();
        if !parts.status.is_success() {
            return Err(Error::from_answer(parts, &body));
        }
        T::from_response(&parts, body)
    }
}
