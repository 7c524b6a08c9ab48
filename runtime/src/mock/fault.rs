//! Answers that the mock gives in the place of an example: errors in OData's form.

use bytes::Bytes;
use http::header::{ALLOW, CONTENT_TYPE, RETRY_AFTER};
use http::{HeaderName, HeaderValue, Method, StatusCode};
use serde_json::json;

use super::router::{Miss, Route};

/// An error that the mock answers.
#[derive(Debug)]
pub(super) struct Fault {
    status: StatusCode,
    code: &'static str,
    message: String,
    header: Option<(HeaderName, String)>,
}

impl Fault {
    pub(super) const fn new(status: StatusCode, code: &'static str, message: String) -> Self {
        Self {
            status,
            code,
            message,
            header: None,
        }
    }

    pub(super) fn bad_request(message: String) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "BadRequest", message)
    }

    pub(super) fn unsupported_media_type(message: String) -> Self {
        let status = StatusCode::UNSUPPORTED_MEDIA_TYPE;
        Self::new(status, "UnsupportedMediaType", message)
    }

    pub(super) fn without_example(route: &Route<'_>) -> Self {
        let message = format!(
            "the documentation has no example of an answer to {}",
            functions(route)
        );
        Self::new(StatusCode::NOT_IMPLEMENTED, "NotImplemented", message)
    }

    pub(super) fn throttled(number: u64, every: u64, seconds: u64) -> Self {
        let message = format!(
            "the mock throttles each request whose number is a multiple of {every}; this is {number}"
        );
        Self::new(StatusCode::TOO_MANY_REQUESTS, "TooManyRequests", message)
            .header(RETRY_AFTER, seconds.to_string())
    }

    /// An operation that is not there.
    pub(super) fn missed(miss: &Miss<'_>, method: &Method, path: &str) -> Self {
        match miss {
            Miss::Path => {
                let message = format!("no documented operation has the path {path}");
                Self::new(StatusCode::NOT_FOUND, "ResourceNotFound", message)
            }
            Miss::Method(methods) => {
                let methods: Vec<&str> = methods.iter().map(|method| method.as_str()).collect();
                let allowed = methods.join(", ");
                let message =
                    format!("the path {path} is documented with {allowed}, not with {method}");
                Self::new(StatusCode::METHOD_NOT_ALLOWED, "MethodNotAllowed", message)
                    .header(ALLOW, allowed)
            }
            Miss::Query(option) => Self::bad_request(format!(
                "the path {path} is documented with the query option {option}, which is missing or of another form"
            )),
        }
    }

    fn header(self, name: HeaderName, value: String) -> Self {
        Self {
            header: Some((name, value)),
            ..self
        }
    }

    /// The answer (OData JSON Format 4.01, section 21.1, error response).
    pub(super) fn into_response(self, request_id: &str) -> http::Response<Bytes> {
        let body = json!({
            "error": {
                "code": self.code,
                "message": self.message,
                "innerError": { "request-id": request_id },
            }
        });
        let mut response = http::Response::new(Bytes::from(body.to_string()));
        *response.status_mut() = self.status;
        let headers = response.headers_mut();
        let json = HeaderValue::from_static("application/json");
        headers.insert(CONTENT_TYPE, json);
        if let Some((name, value)) = self.header
            && let Ok(value) = HeaderValue::try_from(value)
        {
            headers.insert(name, value);
        }
        response
    }
}

/// The functions that a route may be called by.
pub(super) fn functions(route: &Route<'_>) -> String {
    let functions: Vec<&str> = route
        .operations
        .iter()
        .map(|operation| operation.function.as_str())
        .collect();
    functions.join(" or ")
}
