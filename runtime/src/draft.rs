//! A request before it has an address: all of [`Request`](crate::Request) that does not depend on
//! the type of the answer.
//!
//! It is apart so that its code exists once, not once for each type.

use bytes::Bytes;
use http::header::{
    ACCEPT, AUTHORIZATION, CONTENT_TYPE, COOKIE, HeaderMap, HeaderName, HeaderValue,
};
use http::{Method, Uri};

use crate::address;
use crate::error::{Error, ErrorKind};
use crate::operation::Operation;

#[derive(Clone)]
pub(crate) struct Draft {
    pub(crate) operation: &'static Operation,
    address: String,
    query: Vec<(String, String)>,
    headers: HeaderMap,
    body: Bytes,
    // The first thing that was wrong. Kept until the request is sent, so that building needs no
    // error handling.
    failure: Option<Error>,
}

impl Draft {
    pub(crate) fn new(operation: &'static Operation, arguments: &[&str]) -> Self {
        let (address, failure) = match address::fill(operation.path, arguments) {
            Ok(address) => (address, None),
            Err(error) => (String::new(), Some(error)),
        };
        Self {
            operation,
            address,
            query: Vec::new(),
            headers: HeaderMap::new(),
            body: Bytes::new(),
            failure,
        }
    }

    pub(crate) fn fail(&mut self, error: Error) {
        self.failure.get_or_insert(error);
    }

    pub(crate) fn content(&mut self, content_type: &str, body: Bytes) {
        self.header(CONTENT_TYPE.as_str(), content_type);
        self.body = body;
    }

    pub(crate) fn header(&mut self, name: &str, value: &str) {
        let Ok(name) = name.parse::<HeaderName>() else {
            return self.fail(Error::new(
                ErrorKind::Request,
                format!("{name:?} cannot be the name of a header"),
            ));
        };
        let Ok(mut value) = value.parse::<HeaderValue>() else {
            // The value is not shown: it may be a secret.
            return self.fail(Error::new(
                ErrorKind::Request,
                format!("the value of the header {name} holds control characters"),
            ));
        };
        value.set_sensitive(name == AUTHORIZATION || name == COOKIE);
        // Preferences add up (RFC 7240, section 2); of everything else a second value would be a
        // contradiction.
        if name == "prefer" {
            self.headers.append(name, value);
        } else {
            self.headers.insert(name, value);
        }
    }

    pub(crate) fn query(&mut self, name: &str, value: &str) {
        if name.is_empty() {
            return self.fail(Error::new(ErrorKind::Request, "a query option has no name"));
        }
        // System query options must not be repeated (OData Protocol 4.01, section 11.2.1); others
        // may be.
        if name.starts_with('$') {
            if address::has_query(&self.address, name) {
                let path = self.operation.path;
                return self.fail(Error::new(
                    ErrorKind::Request,
                    format!("the path {path} has a {name} already"),
                ));
            }
            self.query.retain(|(present, _)| present != name);
        }
        self.query.push((name.to_owned(), value.to_owned()));
    }

    pub(crate) fn to_http(
        &self,
        base: &str,
        accept: Option<&'static str>,
    ) -> Result<http::Request<Bytes>, Error> {
        if let Some(failure) = &self.failure {
            return Err(failure.clone());
        }
        let mut address = format!("{}/{}", base.trim_end_matches('/'), self.operation.version);
        if !self.address.starts_with('/') {
            address.push('/');
        }
        address.push_str(&self.address);
        for (name, value) in &self.query {
            address::push_query(&mut address, name, value);
        }
        let mut request = request(
            self.operation.method.clone(),
            Uri::try_from(address).map_err(malformed)?,
            self.body.clone(),
        );
        request.headers_mut().clone_from(&self.headers);
        accepting(&mut request, accept);
        Ok(request)
    }

    /// The request for a link to a further page: the same headers, less those that describe a body.
    pub(crate) fn to_link(
        &self,
        link: &str,
        accept: Option<&'static str>,
    ) -> Result<http::Request<Bytes>, Error> {
        if let Some(failure) = &self.failure {
            return Err(failure.clone());
        }
        let uri = link.parse().map_err(malformed)?;
        let mut request = request(Method::GET, uri, Bytes::new());
        request.headers_mut().clone_from(&self.headers);
        request.headers_mut().remove(CONTENT_TYPE);
        accepting(&mut request, accept);
        Ok(request)
    }
}

fn request(method: Method, uri: Uri, body: Bytes) -> http::Request<Bytes> {
    let mut request = http::Request::new(body);
    *request.method_mut() = method;
    *request.uri_mut() = uri;
    request
}

fn accepting(request: &mut http::Request<Bytes>, accept: Option<&'static str>) {
    if let Some(accept) = accept {
        request
            .headers_mut()
            .entry(ACCEPT)
            .or_insert(HeaderValue::from_static(accept));
    }
}

fn malformed(error: http::uri::InvalidUri) -> Error {
    Error::with_source(
        ErrorKind::Request,
        format!("the address is malformed: {error}"),
        error,
    )
}

impl std::fmt::Debug for Draft {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Request")
            .field("method", &self.operation.method)
            .field("version", &self.operation.version)
            .field("address", &self.address)
            .field("query", &self.query)
            .field("headers", &self.headers)
            .field("body", &format_args!("{} bytes", self.body.len()))
            .field("failure", &self.failure)
            .finish()
    }
}
