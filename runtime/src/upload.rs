//! Upload sessions: content of any size, in slices.

mod session;
mod source;

pub use source::{UploadSource, seekable, sequential};

use std::fmt;
use std::marker::PhantomData;

use bytes::Bytes;
use http::header::{CONTENT_RANGE, HeaderValue, LOCATION};
use http::{Method, StatusCode};
use url::Url;

use self::session::{Expected, Says};
use crate::client::Client;
use crate::error::{Error, ErrorKind};
use crate::response::FromResponse;

/// What slices are a multiple of, except for the last one.
const UNIT: usize = 320 * 1024;
/// The size of slices, unless told otherwise: 5 MiB.
const SLICE: usize = 16 * UNIT;
/// The service takes less than 60 MiB at once.
const LARGEST: usize = 191 * UNIT;
/// How often in a row the service may go on expecting what it was sent.
const STALLS: u32 = 3;

/// Content on its way into an upload session, the address of which is `uploadUrl` in the answer of a function such as
/// `create_upload_session`.
///
/// Slices are sent one after the other, and one that did not get through is sent again as
/// [`Retry`](crate::Retry) says. After an error, [`finish`](Upload::finish) can be called again: it asks the
/// service what it has, and goes on from there. A session that is gone then (status 404) may have been finished, by a last
/// slice whose answer was lost. The address is a secret of its own: nothing is sent to it but the
/// content, not the token either.
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), graph_runtime::Error> {
/// use graph_runtime::serde_json::{Value, json};
/// # use graph_runtime::testing::TransportDouble;
/// use graph_runtime::{Client, StaticToken, Upload, upload};
///
/// # let file = std::io::Cursor::new(vec![1; 700_000]);
/// # let upload_url = "https://contoso.sharepoint.com/session";
/// # let service = TransportDouble::new()
/// #     .json(202, &json!({"nextExpectedRanges": ["327680-"]}))
/// #     .json(202, &json!({"nextExpectedRanges": ["655360-"]}))
/// #     .json(201, &json!({"id": "01NKDM7HMOJTVYMDOSXFDK2QJDXCDI3WUK"}));
/// # let client = Client::builder().transport(service.clone()).token_provider(StaticToken::new("eyJ0…")).build()?;
/// // The file is a `std::fs::File`, the address the `uploadUrl` of the session.
/// let mut upload = Upload::<Value>::new(&client, upload_url, upload::seekable(file)?)?
///     .slice_size(320 * 1024)
///     .on_progress(|progress| println!("{} of {} bytes", progress.sent, progress.total));
/// let uploaded = match upload.finish().await {
///     // The connection was gone for longer than a client waits by itself.
///     Err(error) if error.status().is_none() => upload.finish().await?,
///     other => other?,
/// };
/// assert_eq!(uploaded.value.unwrap()["id"], "01NKDM7HMOJTVYMDOSXFDK2QJDXCDI3WUK");
/// # assert_eq!(service.requests()[2].headers()["content-range"], "bytes 655360-699999/700000");
/// # Ok(())
/// # }
/// ```
#[must_use = "nothing is sent until the upload is to finish"]
pub struct Upload<T> {
    client: Client,
    address: String,
    source: Box<dyn UploadSource>,
    slice: usize,
    progress: Option<Box<dyn FnMut(UploadProgress) + Send>>,
    /// What comes next; `None` if only the service knows.
    next: Option<Expected>,
    answer: PhantomData<fn() -> T>,
}

/// How much of an upload the service has, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UploadProgress {
    /// What the service has.
    pub sent: u64,
    /// What it will have.
    pub total: u64,
}

/// What a finished upload has become.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Uploaded<T> {
    /// The item that was made, if the service shows it: drives do, Outlook does not.
    pub value: Option<T>,
    /// The header `Location`: where the item is, if the service says so.
    pub location: Option<String>,
}

impl<T> Upload<T> {
    /// Takes the address of a session and the content: [`Bytes`], a [file or another reader that can go
    /// back](seekable), a [reader that cannot](sequential), or a source of your own.
    ///
    /// # Errors
    ///
    /// One of the kind [`Request`](ErrorKind::Request) if the address is none or not HTTPS (HTTP on this machine is
    /// accepted), or if there is no content: a session takes at least one byte.
    pub fn new(
        client: &Client,
        upload_url: &str,
        source: impl UploadSource + 'static,
    ) -> Result<Self, Error> {
        let refused = |reason| Error::new(ErrorKind::Request, reason);
        // The address is not shown, because whoever has it may write to it.
        let url = Url::parse(upload_url)
            .map_err(|_| refused("the address of the upload session is not an address"))?;
        if !client.base().allows(&url) {
            return Err(refused("the address of the upload session is not HTTPS"));
        }
        if source.length() == 0 {
            return Err(refused("an upload session takes no empty content"));
        }
        Ok(Self {
            client: client.clone(),
            address: url.into(),
            source: Box::new(source),
            slice: SLICE,
            progress: None,
            next: Some(Expected::from(0)),
            answer: PhantomData,
        })
    }

    /// How many bytes a slice has, rounded down to a multiple of 320 KiB, which drives want: from 320 KiB to 59.7 MiB.
    /// Without this, 5 MiB.
    pub fn slice_size(mut self, bytes: usize) -> Self {
        self.slice = (bytes / UNIT * UNIT).clamp(UNIT, LARGEST);
        self
    }

    /// Calls a function after each slice.
    pub fn on_progress(mut self, progress: impl FnMut(UploadProgress) + Send + 'static) -> Self {
        self.progress = Some(Box::new(progress));
        self
    }

    /// Begins where an earlier upload to the same session ended, perhaps of another process: where the service says.
    pub fn resumed(mut self) -> Self {
        self.next = None;
        self
    }

    /// Sends what is left, to the end.
    ///
    /// # Errors
    ///
    /// One of any kind: after one, this can be called again, unless the session is gone (status 404). One of the kind
    /// [`Request`](ErrorKind::Request) if the source fails.
    pub async fn finish(&mut self) -> Result<Uploaded<T>, Error>
    where
        T: FromResponse,
    {
        let total = self.source.length();
        let (mut furthest, mut stalls) = (0, 0);
        loop {
            let next = match self.next.take() {
                Some(next) => next,
                None => match ask(&self.client, &self.address).await? {
                    Some(next) if next.start != total => next,
                    // The session has it all, and has said what it made of it in an answer that was lost.
                    _ => {
                        self.report(total);
                        return Ok(Uploaded {
                            value: None,
                            location: None,
                        });
                    }
                },
            };
            if next.start > total {
                return Err(unexpected(format!(
                    "the upload session expects byte {} of {total}",
                    next.start
                )));
            }
            let end = total.min(next.end.unwrap_or(total));
            let left = usize::try_from(end - next.start);
            let length = left.map_or(self.slice, |left| left.min(self.slice));
            let content = self.source.read(next.start, length).await?;
            if content.len() != length {
                return Err(Error::new(
                    ErrorKind::Request,
                    format!("the content to upload ends before byte {total}"),
                ));
            }
            let after = next.start + length as u64;
            let range = format!("bytes {}-{}/{total}", next.start, after - 1);
            let request = request(Method::PUT, &self.address, content, Some(&range))?;
            let response = self.client.send_unsigned(request).await?;
            let following = match (response.status(), session::says(&response)) {
                (StatusCode::OK | StatusCode::ACCEPTED, Says::Expects(expected)) => Some(expected),
                (status, _) if status.is_success() && after == total => {
                    self.report(total);
                    return uploaded(response);
                }
                // The session has the slice already, from a request whose answer was lost, or says nothing of it.
                (status, _)
                    if status.is_success() || status == StatusCode::RANGE_NOT_SATISFIABLE =>
                {
                    None
                }
                _ => {
                    let (parts, body) = response.into_parts();
                    return Err(Error::from_answer(parts, &body));
                }
            };
            // Progress is what goes further than ever before, so that a session that goes back and forth ends as well.
            stalls = match following {
                Some(following) if following.start > furthest => {
                    furthest = following.start;
                    0
                }
                _ => stalls + 1,
            };
            if stalls > STALLS {
                return Err(unexpected(format!(
                    "the upload session does not get past byte {furthest}"
                )));
            }
            if let Some(following) = following {
                self.report(following.start);
            }
            self.next = following;
        }
    }

    /// Ends the session, and so takes back what was sent. One that is gone already is no error.
    ///
    /// # Errors
    ///
    /// One of any kind except [`Decode`](ErrorKind::Decode).
    pub async fn cancel(self) -> Result<(), Error> {
        let Self {
            client, address, ..
        } = self;
        let request = request(Method::DELETE, &address, Bytes::new(), None)?;
        let (parts, body) = client.send_unsigned(request).await?.into_parts();
        if parts.status.is_success() || parts.status == StatusCode::NOT_FOUND {
            return Ok(());
        }
        Err(Error::from_answer(parts, &body))
    }

    fn report(&mut self, sent: u64) {
        let total = self.source.length();
        if let Some(progress) = &mut self.progress {
            progress(UploadProgress { sent, total });
        }
    }
}

// Not methods: a future that holds the source by reference could not go to another thread.

/// What the service wants next; `None` if it wants nothing more.
async fn ask(client: &Client, address: &str) -> Result<Option<Expected>, Error> {
    let request = request(Method::GET, address, Bytes::new(), None)?;
    let response = client.send_unsigned(request).await?;
    let success = response.status().is_success();
    match session::says(&response) {
        Says::Expects(expected) if success => Ok(Some(expected)),
        Says::ExpectsNothing if success => Ok(None),
        _ if success => Err(unexpected(
            "the upload session does not say what it expects".to_owned(),
        )),
        _ => {
            let (parts, body) = response.into_parts();
            Err(Error::from_answer(parts, &body))
        }
    }
}

fn request(
    method: Method,
    address: &str,
    content: Bytes,
    range: Option<&str>,
) -> Result<http::Request<Bytes>, Error> {
    let mut request = http::Request::new(content);
    *request.method_mut() = method;
    *request.uri_mut() = address.parse().map_err(|_| {
        // The parse error would show the address.
        Error::new(
            ErrorKind::Request,
            "the address of the upload session is malformed",
        )
    })?;
    if let Some(range) = range.and_then(|range| HeaderValue::try_from(range).ok()) {
        request.headers_mut().insert(CONTENT_RANGE, range);
    }
    Ok(request)
}

/// A session that behaves as none should: what was sent was sent.
fn unexpected(message: String) -> Error {
    Error::new(ErrorKind::Transport, message)
}

fn uploaded<T: FromResponse>(response: http::Response<Bytes>) -> Result<Uploaded<T>, Error> {
    let (parts, body) = response.into_parts();
    let location = parts.headers.get(LOCATION);
    Ok(Uploaded {
        location: location
            .and_then(|location| location.to_str().ok())
            .map(str::to_owned),
        value: match body.is_empty() {
            true => None,
            false => Some(T::from_response(&parts, body)?),
        },
    })
}

/// Shows no address: whoever has it may write to it.
impl<T> fmt::Debug for Upload<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Upload")
            .field("length", &self.source.length())
            .field("slice", &self.slice)
            .field("next", &self.next)
            .finish_non_exhaustive()
    }
}
