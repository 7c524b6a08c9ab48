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
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), graph_runtime::Error> {
/// # use graph_runtime::bytes::Bytes;
/// # use graph_runtime::http::{self, Method};
/// # use graph_runtime::serde_json::json;
/// # use graph_runtime::testing::TransportDouble;
/// # use graph_runtime::{Operation, Permissions, StaticToken};
/// use std::time::Duration;
///
/// use graph_runtime::{Client, Request};
///
/// # static COPY: Operation = Operation {
/// #     method: Method::POST, version: "v1.0", path: "/me/drive/items/{item-id}/copy", success: &[202],
/// #     permissions: Permissions { delegated_work: &[], delegated_personal: &[], application: &[] },
/// #     documentation: "", page: "",
/// # };
/// # let mut accepted = http::Response::new(Bytes::new());
/// # *accepted.status_mut() = http::StatusCode::ACCEPTED;
/// # accepted.headers_mut().insert("location", "https://contoso.sharepoint.com/monitor".parse().unwrap());
/// # let service = TransportDouble::new()
/// #     .answer(accepted)
/// #     .json(202, &json!({"status": "inProgress", "percentageComplete": 12.5}))
/// #     .json(200, &json!({"status": "completed", "resourceId": "01MOWKYVJML57KN2ANMBA3JZJS2MBGC7KM"}));
/// # let client = Client::builder().transport(service.clone()).timer(service.clone())
/// #     .token_provider(StaticToken::new("eyJ0…")).build()?;
/// # let copy = Request::<()>::new(&COPY, &["01NKDM7H"]).json(&json!({"name": "contoso plan (copy).txt"}));
/// // `copy` is the request for `POST /me/drive/items/{item-id}/copy`.
/// let mut monitor = copy.monitor(&client).await?;
/// let copied = monitor.wait(Duration::from_secs(600)).await?;
/// assert_eq!(copied.resource_id(), Some("01MOWKYVJML57KN2ANMBA3JZJS2MBGC7KM"));
/// # assert_eq!(monitor.progress(), Some(12.5));
/// # Ok(())
/// # }
/// ```
///
/// Dropping it ends the asking, not the operation; [`location`](Monitor::location) is what to store to ask later, by
/// [`Client::monitor`].
///
/// # What counts as the end
///
/// An answer of 200 without a `status`, or with `completed`, `succeeded` and the like; `failed` and `cancelled` are errors
/// of the kind [`Service`](ErrorKind::Service) whose [`status`](Error::status) is 200. A redirect by 302 or 303 leads to
/// what has been made; one by 301, 307 or 308 leads to where the operation is asked after from then on.
#[derive(Clone)]
pub struct Monitor {
    client: Client,
    /// The version of the service that was asked.
    version: String,
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
        let mut monitor = Self::new(client, version.to_owned(), None);
        let location = location(&parts)
            .map(|location| client.below_version(version, location))
            .transpose()
            // The operation was begun all the same.
            .map_err(Error::after_sending)?;
        if parts.status == StatusCode::ACCEPTED && location.is_some() {
            monitor.location = location;
            monitor.retry_after = retry::after(&parts.headers, SystemTime::now());
        } else {
            monitor.finished = Some(Finished {
                resource_id: None,
                resource_location: location,
                parts,
                body,
            });
        }
        Ok(monitor)
    }

    /// An operation that was begun earlier.
    pub(crate) fn at(client: &Client, location: &str) -> Self {
        let version = client.version_of(location).unwrap_or_default();
        Self::new(client, version, Some(location.to_owned()))
    }

    fn new(client: &Client, version: String, location: Option<String>) -> Self {
        Self {
            client: client.clone(),
            version,
            location,
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
        self.ask(Duration::MAX).await
    }

    async fn ask(&mut self, budget: Duration) -> Result<Option<&Finished>, Error> {
        if let (None, Some(location)) = (&self.finished, &self.location) {
            let mut request = http::Request::new(Bytes::new());
            *request.method_mut() = Method::GET;
            *request.uri_mut() = self.client.address(location)?;
            let asked = request.uri().to_string();
            let headers = request.headers_mut();
            headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
            let answer = self.client.inquire(request, budget).await?;
            let (parts, body) = answer.into_parts();
            self.retry_after = retry::after(&parts.headers, SystemTime::now());
            self.take_in(&asked, parts, body)?;
        }
        Ok(self.finished.as_ref())
    }

    fn take_in(&mut self, asked: &str, parts: Parts, body: Bytes) -> Result<(), Error> {
        let status = Status::read(&parts, &body);
        self.progress = status.progress().or(self.progress);
        let leads = parts
            .status
            .is_redirection()
            .then(|| location_from(&parts, asked));
        let resource_location = match (parts.status, leads) {
            (StatusCode::FOUND | StatusCode::SEE_OTHER, Some(Some(to))) => Some(to),
            // The operation is asked after elsewhere.
            (
                StatusCode::MOVED_PERMANENTLY
                | StatusCode::TEMPORARY_REDIRECT
                | StatusCode::PERMANENT_REDIRECT,
                Some(Some(to)),
            ) => {
                self.location = Some(to);
                return Ok(());
            }
            (_, Some(_)) => return Err(Error::from_answer(parts, &body)),
            (_, None) if status.is_failed() => return Err(status.into_error(parts, &body)),
            (_, None) if status.is_running() => return Ok(()),
            (_, None) => status
                .resource_location()
                .map(|location| self.client.below_version(&self.version, location))
                .transpose()?,
        };
        self.finished = Some(Finished {
            resource_id: status.resource_id().map(str::to_owned),
            resource_location,
            parts,
            body,
        });
        Ok(())
    }

    /// Asks until the operation is done: as often as the service wants, but not more than once a second, and otherwise
    /// after 1 s, 2 s, 4 s and so on, up to 30 s. A wait that would end after the timeout is not begun. A question that did
    /// not get through, or that the service has no time for, is asked again.
    ///
    /// # Errors
    ///
    /// Those of [`poll`](Monitor::poll), and one of the kind [`Timeout`](ErrorKind::Timeout): the operation goes on, and
    /// so may this, if it is called again.
    pub async fn wait(&mut self, timeout: Duration) -> Result<Finished, Error> {
        let (started, mut waited) = (Instant::now(), Duration::ZERO);
        let mut pause = SHORTEST;
        // Asked at once, unless the answer that began the operation says when.
        let mut wait = self.retry_after.unwrap_or_default();
        loop {
            // Time may stand still for a timer of a test.
            let spent = started.elapsed().max(waited);
            if !wait.is_zero() {
                if spent.saturating_add(wait) > timeout {
                    return Err(Error::new(
                        ErrorKind::Timeout,
                        format!("the operation did not end within {timeout:?}"),
                    )
                    .after_sending());
                }
                self.client.sleep(wait).await?;
                waited = waited.saturating_add(wait);
            }
            let left = timeout.saturating_sub(started.elapsed().max(waited));
            let asked = match self.ask(left).await {
                Ok(Some(finished)) => return Ok(finished.clone()),
                Ok(None) => self.retry_after,
                Err(error) if is_passing(&error) => error.retry_after(),
                Err(error) => return Err(error),
            };
            wait = match asked {
                Some(wait) => wait.max(SHORTEST),
                None => {
                    let wait = pause;
                    pause = LONGEST.min(pause.saturating_mul(2));
                    wait
                }
            };
        }
    }
}

/// Whether a question may have its answer later: it says nothing of the operation.
fn is_passing(error: &Error) -> bool {
    match error.status() {
        Some(status) => matches!(
            status,
            StatusCode::TOO_MANY_REQUESTS
                | StatusCode::BAD_GATEWAY
                | StatusCode::SERVICE_UNAVAILABLE
                | StatusCode::GATEWAY_TIMEOUT
        ),
        None => error.kind() == ErrorKind::Transport,
    }
}

fn location(parts: &Parts) -> Option<&str> {
    str::from_utf8(parts.headers.get(LOCATION)?.as_bytes()).ok()
}

/// Where an answer leads, relative to where it came from (RFC 9110, section 10.2.2).
fn location_from(parts: &Parts, asked: &str) -> Option<String> {
    let address = Url::parse(asked).ok()?.join(location(parts)?).ok()?;
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
///
/// `Debug` shows no address: it can be a signed one.
#[derive(Clone)]
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
        let (parts, body) = client.fetch(request).await?.into_parts();
        if !parts.status.is_success() {
            return Err(Error::from_answer(parts, &body));
        }
        T::from_response(&parts, body)
    }
}

impl fmt::Debug for Finished {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Finished")
            .field("status", &self.parts.status)
            .field("resource_id", &self.resource_id)
            .field("body", &format_args!("{} bytes", self.body.len()))
            .finish_non_exhaustive()
    }
}
