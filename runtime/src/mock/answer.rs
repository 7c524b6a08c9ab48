//! From a request to its answer. No I/O, no clock, no chance: the same requests in the same order
//! have the same answers.

use bytes::Bytes;
use http::header::{
    CONNECTION, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, DATE, HeaderName, HeaderValue,
    RETRY_AFTER, TE, TRAILER, TRANSFER_ENCODING, UPGRADE,
};
use http::{HeaderMap, StatusCode};
use uuid::Uuid;

use super::fault::Fault;
use super::fit::{self, Example};
use super::router::{Miss, Route};
use super::target::Target;
use super::{Mock, check, links};

/// Documented headers that are not sent: those of one connection (RFC 9110, section 7.6.1), those
/// that the server writes, and when to come again, which an answer that is no error does not mean.
const UNSENT: [HeaderName; 10] = [
    CONNECTION,
    CONTENT_ENCODING,
    CONTENT_LENGTH,
    DATE,
    HeaderName::from_static("keep-alive"),
    RETRY_AFTER,
    TE,
    TRAILER,
    TRANSFER_ENCODING,
    UPGRADE,
];

const REQUEST_ID: HeaderName = HeaderName::from_static("request-id");

/// An answer, and whose it is.
pub(super) struct Answer {
    pub(super) response: http::Response<Bytes>,
    pub(super) function: Option<String>,
    pub(super) arguments: Vec<String>,
    pub(super) page: Option<String>,
}

/// Answers one request. `number` counts them from one, and `own` is the address of the mock.
pub(super) fn answer(
    mock: &Mock,
    number: u64,
    own: &str,
    request: &http::Request<Bytes>,
) -> Answer {
    let path = request.uri().path();
    let (target, found) = find(mock, request);
    let outcome = if mock.throttles(number) {
        Err(Fault::throttled(
            number,
            mock.every,
            mock.retry_after.as_secs(),
        ))
    } else if path.starts_with(links::REDIRECTED) {
        Ok((http::Response::default(), None))
    } else {
        match &found {
            Ok(route) => exchange(mock, own, request, &target, route),
            Err(miss) => Err(Fault::missed(miss, request.method(), path)),
        }
    };
    let request_id = Uuid::from_u128(number.into()).to_string();
    let (mut response, example) =
        outcome.unwrap_or_else(|fault| (fault.into_response(&request_id), None));
    if let Ok(id) = HeaderValue::try_from(request_id) {
        response.headers_mut().entry(REQUEST_ID).or_insert(id);
    }
    let (operations, arguments) = match found {
        Ok(route) => (route.operations, route.arguments),
        Err(_) => (Vec::new(), Vec::new()),
    };
    let operation = example.map(|example| example.operation);
    Answer {
        response,
        function: operation
            .or_else(|| operations.first().copied())
            .map(|operation| operation.function.clone()),
        arguments,
        page: example.map(|example| example.exchange.page.clone()),
    }
}

/// Finds the operation of a request. A slash at the end says nothing where no argument ends with it.
fn find<'a>(
    mock: &'a Mock,
    request: &http::Request<Bytes>,
) -> (Target, Result<Route<'a>, Miss<'a>>) {
    let (path, query) = (request.uri().path(), request.uri().query());
    let target = Target::new(path, query);
    let found = mock.router.find(request.method(), &target);
    match (&found, path.strip_suffix('/')) {
        (Err(Miss::Path), Some(path)) => {
            let target = Target::new(path, query);
            let found = mock.router.find(request.method(), &target);
            (target, found)
        }
        _ => (target, found),
    }
}

type Outcome<'a> = Result<(http::Response<Bytes>, Option<Example<'a>>), Fault>;

fn exchange<'a>(
    mock: &'a Mock,
    own: &str,
    request: &http::Request<Bytes>,
    target: &Target,
    route: &Route<'a>,
) -> Outcome<'a> {
    if !mock.links.contains(target) {
        check::query(route, target)?;
    }
    let body = check::body(route, request.method(), request.headers(), request.body())?;
    match fit::choose(route, target, body.as_ref()) {
        Some(example) => Ok((documented(mock, own, target, example), Some(example))),
        None => Ok((without_example(route)?, None)),
    }
}

/// The answer of an operation of which there is no example: its status, if that says all.
fn without_example(route: &Route<'_>) -> Result<http::Response<Bytes>, Fault> {
    let success = route
        .operations
        .iter()
        .find_map(|operation| operation.success());
    match success {
        Some(status @ (StatusCode::ACCEPTED | StatusCode::NO_CONTENT)) => {
            let mut response = http::Response::default();
            *response.status_mut() = status;
            Ok(response)
        }
        _ => Err(Fault::without_example(route)),
    }
}

/// The answer as the page has it.
fn documented(
    mock: &Mock,
    own: &str,
    requested: &Target,
    example: Example<'_>,
) -> http::Response<Bytes> {
    let mut response = http::Response::<Bytes>::default();
    let Some(shown) = example.exchange.response() else {
        return response;
    };
    let (body, media_type) = match (&shown.json, &shown.text) {
        (Some(json), _) => {
            let mut json = json.clone();
            let leads_on = links::next_link(&json)
                .is_some_and(|link| links::leads_on(&mock.router, requested, link));
            links::rewrite(&mut json, own, leads_on);
            (Bytes::from(json.to_string()), Some("application/json"))
        }
        (None, Some(text)) => (Bytes::from(text.clone()), Some("text/plain; charset=utf-8")),
        (None, None) => (Bytes::new(), None),
    };
    let status = shown
        .status()
        .or_else(|| example.operation.success())
        .unwrap_or(match body.is_empty() {
            true => StatusCode::NO_CONTENT,
            false => StatusCode::OK,
        });
    let mut headers = shown.headers();
    for name in UNSENT {
        headers.remove(name);
    }
    links::rewrite_headers(&mut headers, status, own);
    *response.status_mut() = status;
    if matches!(status, StatusCode::NO_CONTENT | StatusCode::NOT_MODIFIED) {
        // They have no body (RFC 9110, section 6.4.1), though a page may show one.
        headers.remove(CONTENT_TYPE);
    } else {
        describe(&mut headers, media_type);
        *response.body_mut() = body;
    }
    *response.headers_mut() = headers;
    response
}

/// Says what the body is, if the page does not.
fn describe(headers: &mut HeaderMap, media_type: Option<&'static str>) {
    if let Some(media_type) = media_type {
        headers
            .entry(CONTENT_TYPE)
            .or_insert(HeaderValue::from_static(media_type));
    }
}
