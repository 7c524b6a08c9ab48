//! Redirects (RFC 9110, section 15.4).

use bytes::Bytes;
use http::header::{
    ACCEPT, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_RANGE, CONTENT_TYPE, HeaderMap, HeaderName,
    IF_RANGE, LOCATION, RANGE,
};
use http::{Method, Request, StatusCode};
use url::Url;

use crate::base;

/// What describes a body, and goes where it goes.
const OF_BODY: [HeaderName; 4] = [
    CONTENT_TYPE,
    CONTENT_ENCODING,
    CONTENT_LENGTH,
    CONTENT_RANGE,
];
/// What else other hosts may have. Signed addresses refuse requests with headers that they do not expect.
const OF_ANSWER: [HeaderName; 3] = [ACCEPT, RANGE, IF_RANGE];

/// The request that an answer leads to.
pub(crate) struct Redirect {
    pub(crate) request: Request<Bytes>,
    /// Whether it goes to another scheme, host or port, where no token may go, nor anything else that is the service's.
    pub(crate) leaves: bool,
}

/// Reads a redirect. `None` if the answer is none, or says not where to.
///
/// After 303 the method is `GET`, and so it is for a `POST` after 301 and 302, as clients have always done (RFC 9110,
/// sections 15.4.2 and 15.4.3); 307 and 308 keep method and body.
///
/// # Errors
///
/// What is wrong with the address it leads to.
pub(crate) fn read(
    request: &Request<Bytes>,
    status: StatusCode,
    headers: &HeaderMap,
) -> Option<Result<Redirect, &'static str>> {
    let method = match status {
        StatusCode::SEE_OTHER if request.method() == Method::HEAD => Method::HEAD,
        StatusCode::SEE_OTHER => Method::GET,
        StatusCode::MOVED_PERMANENTLY | StatusCode::FOUND if request.method() == Method::POST => {
            Method::GET
        }
        StatusCode::MOVED_PERMANENTLY
        | StatusCode::FOUND
        | StatusCode::TEMPORARY_REDIRECT
        | StatusCode::PERMANENT_REDIRECT => request.method().clone(),
        _ => return None,
    };
    let location = headers.get(LOCATION)?;
    // Not every service encodes the names of files.
    Some(to(
        request,
        method,
        str::from_utf8(location.as_bytes()).ok(),
    ))
}

fn to(
    request: &Request<Bytes>,
    method: Method,
    location: Option<&str>,
) -> Result<Redirect, &'static str> {
    const MALFORMED: &str = "is not an address";
    let from = Url::parse(&request.uri().to_string()).map_err(|_| MALFORMED)?;
    let mut to = from
        .join(location.ok_or(MALFORMED)?)
        .map_err(|_| MALFORMED)?;
    to.set_fragment(None);
    if !base::is_as_safe(&from, &to) {
        return Err("is not HTTPS");
    }
    if base::names_user(&to) {
        return Err("holds a user name or password");
    }
    let leaves = from.origin() != to.origin();
    let keeps = method == *request.method();
    let mut next = Request::new(match keeps {
        true => request.body().clone(),
        false => Bytes::new(),
    });
    *next.uri_mut() = to.as_str().parse().map_err(|_| MALFORMED)?;
    *next.headers_mut() = match leaves {
        true => (OF_ANSWER.into_iter().chain(OF_BODY))
            .filter_map(|name| Some((name.clone(), request.headers().get(name)?.clone())))
            .collect(),
        false => request.headers().clone(),
    };
    if !keeps {
        for name in OF_BODY {
            next.headers_mut().remove(name);
        }
    }
    *next.method_mut() = method;
    Ok(Redirect {
        request: next,
        leaves,
    })
}
