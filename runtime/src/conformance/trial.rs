//! One example on its way through a function.

use std::cell::{Cell, RefCell};
use std::str::FromStr;

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::answer::{Answer, answered, compared, parts, typed};
use super::shown::{headers, ordered, other_headers, query, same_path, same_text};
use super::{Judged, Outcome, Verdict, observed, written};
use crate::decode::from_body;
use crate::mock::check::essence;
use crate::mock::documented::{DocumentedOperation, ExampleRequest, Exchange};
use crate::request::Request;

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
        let headers = headers(shown);
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
