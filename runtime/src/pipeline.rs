//! How a request gets its answer: with a token, by way of redirects, and again where it did not get through.

use std::time::{Duration, Instant, SystemTime};

use bytes::Bytes;
use http::header::AUTHORIZATION;
use http::{Request, Response, StatusCode};
use uuid::Uuid;

use crate::auth::Credentials;
use crate::body::Body;
use crate::error::Error;
use crate::redirect::{self, Redirect};
use crate::retry::{Attempt, Attempts, RETRY_ATTEMPT, Retry};
use crate::timer::{self, Timer};
use crate::transport::{self, Transport};

/// What requests are sent with, whoever asks.
pub(crate) struct Pipeline {
    pub(crate) transport: Box<dyn Transport>,
    pub(crate) retry: Retry,
    /// How many redirects are followed for one request.
    pub(crate) redirects: u32,
    /// Without one, no request is sent again.
    pub(crate) timer: Option<Box<dyn Timer>>,
}

/// What is wanted of a request besides its answer.
#[derive(Clone, Copy)]
pub(crate) struct Sending<'a> {
    /// Who asks; nobody at addresses that are their own credentials, such as that of an upload session.
    pub(crate) credentials: Option<&'a Credentials>,
    /// Whether the body of a success is wanted piece by piece. If it is, one that breaks off is the reader's to see.
    pub(crate) streamed: bool,
    /// Whether doing it twice does no harm, where the method does not say so.
    pub(crate) repeatable: bool,
    /// Whether a redirect is followed, and not the answer.
    pub(crate) redirected: bool,
    /// How long all may take with all waits, where that is less than the settings say.
    pub(crate) budget: Duration,
}

impl<'a> Sending<'a> {
    /// With these credentials, for the whole answer, as the method says.
    pub(crate) const fn by(credentials: Option<&'a Credentials>) -> Self {
        Self {
            credentials,
            streamed: false,
            repeatable: false,
            redirected: true,
            budget: Duration::MAX,
        }
    }
}

impl Pipeline {
    /// With these settings, and what the features give where there are none.
    ///
    /// # Errors
    ///
    /// There is no transport, or TLS cannot be set up.
    pub(crate) fn new(
        transport: Option<Box<dyn Transport>>,
        retry: Retry,
        timer: Option<Box<dyn Timer>>,
        redirects: u32,
    ) -> Result<Self, Error> {
        Ok(Self {
            transport: match transport {
                Some(transport) => transport,
                None => transport::default()?,
            },
            retry,
            redirects,
            timer: timer.or_else(timer::default),
        })
    }

    /// Sends a request until there is an answer that counts.
    ///
    /// One loop for all three reasons to send once more, so that a request that was redirected is not begun anew: a
    /// `POST` that was answered by 303 is done, and only what it leads to may be asked for again.
    pub(crate) async fn send(
        &self,
        mut request: Request<Bytes>,
        mut sending: Sending<'_>,
    ) -> Result<Response<Body>, Error> {
        let (started, mut waited) = (Instant::now(), Duration::ZERO);
        let (mut attempts, mut retries, mut redirects) = (1, 0, 0);
        let mut challenged = false;
        // Whether the service may have acted on an earlier attempt, which a later one that fails knows nothing of.
        let mut reached = false;
        if let Some(credentials) = sending.credentials {
            credentials.authorize(&mut request).await?;
        }
        loop {
            let answer = self.attempt(&request, sending.streamed, retries).await;
            reached |= match &answer {
                Ok(response) => !is_refusal(response.status()),
                Err(error) => error.was_sent(),
            };
            let failed = |error: Error, attempts| match reached {
                true => error.after_attempts(attempts).after_sending(),
                false => error.after_attempts(attempts),
            };
            if let Ok(response) = &answer {
                if sending.redirected
                    && let Some(redirect) = self.redirect(&request, response, redirects)
                {
                    let redirect = redirect.map_err(|error| failed(error, attempts))?;
                    tracing::debug!(status = response.status().as_u16(), "redirected");
                    redirects += 1;
                    request = redirect.request;
                    if redirect.leaves {
                        // For good: where it leads is no longer the service's to say.
                        sending.credentials = None;
                    }
                    continue;
                }
                if response.status().is_success() {
                    return Ok(counted(answer?, attempts));
                }
            }
            let refused = match &answer {
                // Copied, because the answer cannot be looked at from several threads.
                Ok(response) if response.status() == StatusCode::UNAUTHORIZED && !challenged => {
                    Some(response.headers().clone())
                }
                _ => None,
            };
            if let (Some(challenge), Some(credentials)) = (refused, sending.credentials) {
                challenged = true;
                let answered = credentials.answer(&challenge, &mut request).await;
                if answered.map_err(|error| failed(error, attempts))? {
                    tracing::debug!("sent again with another token");
                    attempts += 1;
                    continue;
                }
            }
            let wait = self.timer.as_ref().and_then(|timer| {
                let wait = self.retry.wait(&Attempt {
                    method: request.method(),
                    repeatable: sending.repeatable,
                    answer: &answer,
                    retries,
                    // Time may stand still for a timer of a test.
                    spent: started.elapsed().max(waited),
                    now: SystemTime::now(),
                    random: random(),
                    budget: sending.budget,
                })?;
                Some((timer, wait))
            });
            let Some((timer, wait)) = wait else {
                return match answer {
                    Ok(response) => Ok(counted(response, attempts)),
                    Err(error) => Err(failed(error, attempts)),
                };
            };
            let status = answer.map_or(0, |response| response.status().as_u16());
            tracing::debug!(attempts, status, ?wait, "the request is sent again");
            timer.sleep(wait).await;
            waited = waited.saturating_add(wait);
            (attempts, retries) = (attempts + 1, retries + 1);
            if let Some(credentials) = sending.credentials
                && !challenged
            {
                // Asked for each time: it may have been replaced since. One that the service asked for is kept: a
                // provider need not know the claims any more.
                let authorized = credentials.authorize(&mut request).await;
                authorized.map_err(|error| failed(error, attempts - 1))?;
            }
        }
    }

    /// Sends a request once, and takes in the answer as far as it has to be known.
    async fn attempt(
        &self,
        request: &Request<Bytes>,
        streamed: bool,
        retries: u32,
    ) -> Result<Response<Body>, Error> {
        let mut request = request.clone();
        if retries > 0 && request.headers().contains_key(AUTHORIZATION) {
            request.headers_mut().insert(RETRY_ATTEMPT, retries.into());
        }
        let response = self.transport.send(request).await?;
        if streamed && response.status().is_success() {
            return Ok(response);
        }
        let (parts, body) = response.into_parts();
        Ok(Response::from_parts(parts, body.collect().await?.into()))
    }

    fn redirect(
        &self,
        request: &Request<Bytes>,
        response: &Response<Body>,
        redirects: u32,
    ) -> Option<Result<Redirect, Error>> {
        // No redirects at all are a setting: the answer itself is wanted.
        if self.redirects == 0 {
            return None;
        }
        let redirect = redirect::read(request, response.status(), response.headers())?;
        Some(match redirect {
            Ok(_) if redirects == self.redirects => Err(Error::misled(format!(
                "there are more than {redirects} redirects"
            ))),
            redirect => redirect.map_err(|reason| {
                Error::misled(format!(
                    "the address that the request is redirected to {reason}"
                ))
            }),
        })
    }
}

/// Whether a status says that the service has done nothing.
fn is_refusal(status: StatusCode) -> bool {
    matches!(
        status,
        StatusCode::UNAUTHORIZED | StatusCode::TOO_MANY_REQUESTS
    )
}

fn counted(mut response: Response<Body>, attempts: u32) -> Response<Body> {
    response.extensions_mut().insert(Attempts(attempts));
    response
}

/// From 0 to 1.
pub(crate) fn random() -> f64 {
    let (bits, _) = Uuid::new_v4().as_u64_pair();
    // The upper 32 bits of a random identifier are random; a double holds them.
    f64::from(u32::try_from(bits >> 32).unwrap_or_default()) / f64::from(u32::MAX)
}
