//! One example on its way through a function.

use std::any::TypeId;
use std::cell::{Cell, RefCell};
use std::str::FromStr;

use bytes::Bytes;
use http::header::{AUTHORIZATION, CONTENT_LENGTH, CONTENT_TYPE, HOST};
use http::response::Parts;
use http::{HeaderMap, HeaderName, Response};
use percent_encoding::percent_decode_str;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use url::form_urlencoded;

use super::equal::differences;
use super::{Judged, Outcome, Verdict, observed, written};
use crate::decode::from_body;
use crate::error::Error;
use crate::mock::documented::{DocumentedOperation, ExampleRequest, ExampleResponse, Exchange};
use crate::model::Model;
use crate::page::{Page, Scalar};
use crate::request::Request;
use crate::response::FromResponse;

/// The address below which requests are built; what stands before the path is not compared.
const BASE: &str = "https://service.example";

/// What an argument is that an example lacks, so that its bodies can be read all the same.
const LACKING: &str = "x";

/// An example: what it has for the arguments of a function, and what becomes of it.
#[derive(Debug)]
pub struct Trial<'a> {
    operation: &'a DocumentedOperation,
    exchange: &'a Exchange,
    /// Whether an argument is not of its type.
    misses: Cell<bool>,
    outcome: RefCell<Outcome>,
}

impl<'a> Trial<'a> {
    pub(super) fn new(operation: &'a DocumentedOperation, exchange: &'a Exchange) -> Self {
        Self {
            operation,
            exchange,
            misses: Cell::default(),
            outcome: RefCell::default(),
        }
    }

    pub(super) fn into_outcome(self) -> Outcome {
        self.outcome.into_inner()
    }

    fn request(&self) -> Option<&'a ExampleRequest> {
        self.exchange.request()
    }

    /// An argument that is text.
    #[must_use]
    pub fn text(&self, index: usize) -> &'a str {
        let arguments = self
            .request()
            .and_then(|request| request.arguments.as_ref());
        let argument = arguments.and_then(|arguments| arguments.get(index));
        argument.map_or(LACKING, String::as_str)
    }

    /// An argument that is a number or a truth value. What is neither contradicts the page, which says that it is.
    #[must_use]
    pub fn value<T: FromStr + Default>(&self, index: usize) -> T {
        self.text(index).parse().unwrap_or_else(|_| {
            self.misses.set(true);
            T::default()
        })
    }

    /// The JSON that is sent, read as the function takes it.
    #[must_use]
    pub fn json<B: DeserializeOwned + Default + 'static>(&self) -> B {
        let request = self.request();
        let Some(shown) = request.and_then(|request| request.json.as_ref()) else {
            return B::default();
        };
        let mark = observed::mark();
        let read = written(shown).and_then(|json| from_body(&parts(), &json.into()));
        let (body, verdict) = match read {
            Ok(body) => (body, typed::<B>()),
            Err(error) => {
                observed::forget(mark);
                (B::default(), Verdict::Refused(error.to_string()))
            }
        };
        if !verdict.is_failure() {
            observed::total(shown, mark);
        }
        self.sent(verdict);
        body
    }

    /// The address of the entity that the JSON refers to.
    #[must_use]
    pub fn reference(&self) -> &'a str {
        let request = self.request();
        let Some(shown) = request.and_then(|request| request.json.as_ref()) else {
            return LACKING;
        };
        let address = shown.get("@odata.id").and_then(Value::as_str);
        self.sent(match address {
            Some(_) => Verdict::Passed,
            None => Verdict::Refused("the body has no @odata.id".to_owned()),
        });
        address.unwrap_or(LACKING)
    }

    /// The media type of what is sent.
    #[must_use]
    pub fn content_type(&self) -> &'a str {
        let request = self.request();
        let header = request.and_then(|request| request.header(CONTENT_TYPE.as_str()));
        header.unwrap_or("application/octet-stream")
    }

    /// Bytes that are sent: those of the text or of the JSON that the page shows.
    #[must_use]
    pub fn bytes(&self) -> Bytes {
        let Some(request) = self.request() else {
            return Bytes::new();
        };
        if let Some(json) = &request.json {
            self.sent(Verdict::Untyped);
            return json.to_string().into();
        }
        request.text.clone().unwrap_or_default().into()
    }

    fn sent(&self, verdict: Verdict) {
        let contradicts = self.request().is_some_and(ExampleRequest::contradicts);
        self.outcome.borrow_mut().sent = Some(Judged {
            verdict,
            contradicts,
        });
    }

    /// Holds what the function returned to what the page shows: the request, the body in it, and the answers, read as
    /// those to the request would be.
    pub fn check<T: Answer>(&self, request: Request<T>) {
        self.check_body(&request);
        let shown = self.request();
        if let Some(shown) = shown.filter(|request| request.arguments.is_some()) {
            let verdict = self.rebuilt(shown, request);
            self.outcome.borrow_mut().request = Some(Judged {
                verdict,
                contradicts: self.misses.get(),
            });
        }
        let answers = self.exchange.responses.iter().map(answered::<T>);
        self.outcome.borrow_mut().answers = answers.collect();
    }

    /// Holds the body of a request to the one that was read for it.
    fn check_body<T: Answer>(&self, request: &Request<T>) {
        let json = self.request().and_then(|request| request.json.as_ref());
        let Some(shown) = json else {
            return;
        };
        let verdict = self.outcome.borrow().sent.clone().map(|sent| sent.verdict);
        let verdict = match verdict {
            // An empty object says as much as no body.
            None if shown.as_object().is_some_and(|object| object.is_empty()) => Verdict::Passed,
            None => Verdict::Untaken,
            Some(Verdict::Passed) => match request.to_http(BASE) {
                Ok(built) => compared(shown, built.body()),
                Err(error) => Verdict::Refused(error.to_string()),
            },
            Some(verdict) => verdict,
        };
        self.sent(verdict);
    }

    /// Method, path, query and headers, against those that the page shows. Options and headers that the function does
    /// not have, and a body of another media type, are set beside it, as a program would.
    fn rebuilt<T: Answer>(&self, shown: &ExampleRequest, mut request: Request<T>) -> Verdict {
        let own = match request.to_http(BASE) {
            Ok(own) => own,
            Err(error) => return Verdict::Refused(error.to_string()),
        };
        let set = query(own.uri().query().unwrap_or_default());
        for (name, value) in &shown.query {
            if !set
                .iter()
                .any(|(known, _)| known.eq_ignore_ascii_case(name))
            {
                request = request.query(name, value);
            }
        }
        if let Some(text) = &shown.text {
            let own = own.headers().get(CONTENT_TYPE);
            let own = own.and_then(|own| own.to_str().ok()).unwrap_or_default();
            if !same_text(essence(own), essence(self.content_type())) {
                self.sent(Verdict::Untaken);
                request = request.content(self.content_type(), text.clone());
            }
        }
        let headers = shown_headers(shown);
        for (name, value) in &headers {
            if !own.headers().contains_key(name) {
                request = request.header(name.as_str(), value);
            }
        }
        let built = match request.to_http(BASE) {
            Ok(built) => built,
            Err(error) => return Verdict::Refused(error.to_string()),
        };
        let mut places = Vec::new();
        if built.method() != self.operation.method {
            let method = &self.operation.method;
            places.push(format!("the method {method} is {}", built.method()));
        }
        let path = built.uri().path();
        let below = path
            .strip_prefix('/')
            .and_then(|path| path.strip_prefix(request.operation().version))
            .unwrap_or(path);
        if !same_path(&shown.path, below) {
            places.push(format!("the path {} is {below}", shown.path));
        }
        let found = query(built.uri().query().unwrap_or_default());
        let (wanted, found) = (ordered(&shown.query), ordered(&found));
        if wanted != found {
            places.push(format!("the query {wanted:?} is {found:?}"));
        }
        places.extend(other_headers(&headers, built.headers()));
        match places.is_empty() {
            true => Verdict::Passed,
            false => Verdict::Differs(places),
        }
    }
}

/// The headers of a request that are part of what is asked for: not those of its transport, and not the token.
fn shown_headers(shown: &ExampleRequest) -> Vec<(HeaderName, &str)> {
    let headers = shown.headers.iter();
    let headers =
        headers.filter_map(|(name, value)| Some((name.trim().parse().ok()?, value.trim())));
    headers
        .filter(|(name, value): &(HeaderName, &str)| {
            !value.is_empty() && ![AUTHORIZATION, CONTENT_LENGTH, HOST].contains(name)
        })
        .collect()
}

/// Where the headers of a request are not those that the page shows.
fn other_headers(shown: &[(HeaderName, &str)], built: &HeaderMap) -> Vec<String> {
    let differing = shown.iter().filter(|(name, value)| {
        let mut found = built.get_all(name).iter();
        !found.any(|found| match found.to_str() {
            // Parameters such as the charset say nothing of JSON (RFC 8259, section 11).
            Ok(found) if *name == CONTENT_TYPE => same_text(essence(found), essence(value)),
            Ok(found) => same_text(found, value),
            Err(_) => false,
        })
    });
    differing
        .map(|(name, value)| format!("the header {name}: {value} is {:?}", built.get(name)))
        .collect()
}

/// A media type without its parameters (RFC 9110, section 8.3.1).
fn essence(media_type: &str) -> &str {
    media_type.split(';').next().unwrap_or_default().trim()
}

fn same_text(left: &str, right: &str) -> bool {
    left.eq_ignore_ascii_case(right)
}

fn same_path(shown: &str, built: &str) -> bool {
    let decoded = |path: &str| {
        let text = percent_decode_str(path.trim_end_matches('/')).decode_utf8_lossy();
        text.to_lowercase()
    };
    decoded(shown) == decoded(built)
}

/// The options of a query in an order of their own. The case of their names counts as little as that of a path.
fn ordered(options: &[(String, String)]) -> Vec<(String, &str)> {
    let mut ordered: Vec<_> = options
        .iter()
        .map(|(name, value)| (name.to_lowercase(), value.as_str()))
        .collect();
    ordered.sort();
    ordered
}

/// The options of a query, decoded.
fn query(text: &str) -> Vec<(String, String)> {
    form_urlencoded::parse(text.as_bytes())
        .map(|(name, value)| (name.into_owned(), value.into_owned()))
        .collect()
}

/// What a function returns, and can be held to JSON.
pub trait Answer: FromResponse {
    /// Whether it is an object around what is meant, with the key `value`.
    const ENVELOPE: bool = false;

    /// What it says of JSON that it was read from: passed, unless it takes any.
    fn verdict() -> Verdict {
        Verdict::Passed
    }

    /// Writes what was read.
    ///
    /// # Errors
    ///
    /// An error of the kind [`Request`](crate::ErrorKind::Request) if it cannot be written.
    fn written(&self) -> Result<Vec<u8>, Error>;
}

impl<T: Model> Answer for T {
    fn written(&self) -> Result<Vec<u8>, Error> {
        written(self)
    }
}

impl<T: Serialize + DeserializeOwned + 'static> Answer for Page<T> {
    const ENVELOPE: bool = true;

    fn verdict() -> Verdict {
        typed::<T>()
    }

    fn written(&self) -> Result<Vec<u8>, Error> {
        written(self)
    }
}

impl<T: Serialize + DeserializeOwned + 'static> Answer for Scalar<T> {
    const ENVELOPE: bool = true;

    fn verdict() -> Verdict {
        typed::<T>()
    }

    fn written(&self) -> Result<Vec<u8>, Error> {
        written(self)
    }
}

impl Answer for i64 {
    fn written(&self) -> Result<Vec<u8>, Error> {
        written(self)
    }
}

impl Answer for () {
    fn verdict() -> Verdict {
        Verdict::Untaken
    }

    fn written(&self) -> Result<Vec<u8>, Error> {
        Ok(Vec::new())
    }
}

impl Answer for Bytes {
    fn verdict() -> Verdict {
        Verdict::Untyped
    }

    fn written(&self) -> Result<Vec<u8>, Error> {
        Ok(self.to_vec())
    }
}

impl Answer for String {
    fn verdict() -> Verdict {
        Verdict::Untyped
    }

    fn written(&self) -> Result<Vec<u8>, Error> {
        Ok(self.clone().into_bytes())
    }
}

impl Answer for Value {
    fn verdict() -> Verdict {
        Verdict::Untyped
    }

    fn written(&self) -> Result<Vec<u8>, Error> {
        written(self)
    }
}

/// What is said of JSON that was read as `T`, if it is otherwise as it has to be.
fn typed<T: 'static>() -> Verdict {
    let untyped = [TypeId::of::<Value>(), TypeId::of::<Vec<Value>>()];
    match untyped.contains(&TypeId::of::<T>()) {
        true => Verdict::Untyped,
        false => Verdict::Passed,
    }
}

/// Holds an answer to what is read from it; nothing for that of an error, and for one without JSON.
fn answered<T: Answer>(shown: &ExampleResponse) -> Option<Judged> {
    let json = shown.json.as_ref().filter(|_| shown.succeeds())?;
    let expected = T::verdict();
    let mark = observed::mark();
    let verdict = match written(json).and_then(|body| read::<T>(body)) {
        _ if expected == Verdict::Untaken => expected,
        Err(error) => {
            observed::forget(mark);
            Verdict::Refused(error.to_string())
        }
        Ok(written) => match compared(json, &written) {
            Verdict::Passed => expected,
            other => other,
        },
    };
    if !verdict.is_failure() && verdict != Verdict::Untaken {
        let inner = json.get("value").filter(|_| T::ENVELOPE);
        observed::total(inner.unwrap_or(json), mark);
    }
    Some(Judged {
        verdict,
        contradicts: shown.contradicts(),
    })
}

/// Reads a body as the one of a successful answer, and writes that.
fn read<T: Answer>(body: Vec<u8>) -> Result<Vec<u8>, Error> {
    T::from_response(&parts(), body.into())?.written()
}

/// The head of a successful answer.
fn parts() -> Parts {
    let (parts, ()) = Response::new(()).into_parts();
    parts
}

fn compared(shown: &Value, written: &[u8]) -> Verdict {
    let mut places = observed::faults();
    match serde_json::from_slice::<Value>(written) {
        Ok(written) => places.extend(differences(shown, &written)),
        Err(error) => places.push(format!("what is written is no JSON: {error}")),
    }
    match places.is_empty() {
        true => Verdict::Passed,
        false => Verdict::Differs(places),
    }
}
