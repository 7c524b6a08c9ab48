//! `$batch`: several requests in one, each answered as one of its own (OData JSON Format 4.01, section 19).

use std::collections::BTreeSet;

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::fault::Fault;
use crate::batch::is_json;
use crate::values::Binary;

/// The last segment of the path of a batch.
const PATH: &str = "/$batch";
/// How many requests the service takes at once.
const MOST: usize = 20;

#[derive(Deserialize)]
struct Batch {
    requests: Vec<Part>,
}

/// A part of a batch.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Part {
    id: String,
    method: String,
    url: String,
    #[serde(default)]
    headers: Map<String, Value>,
    body: Option<Value>,
    #[serde(default)]
    depends_on: Vec<String>,
}

/// Answers a batch by answering its parts in their order; `None` if the request is none.
pub(super) fn answer(
    request: &http::Request<Bytes>,
    mut single: impl FnMut(http::Request<Bytes>) -> http::Response<Bytes>,
) -> Option<Result<http::Response<Bytes>, Fault>> {
    let version = request.uri().path().strip_suffix(PATH)?;
    if request.method() != Method::POST {
        return None;
    }
    Some(parts(request, version).map(|parts| {
        let mut failed = BTreeSet::new();
        let mut responses = Vec::with_capacity(parts.len());
        for (part, request) in parts {
            let waits = part.depends_on.iter().any(|id| failed.contains(id));
            let response = match waits {
                true => Fault::failed_dependency().into_response(""),
                false => single(request),
            };
            let status = response.status();
            if status.is_client_error() || status.is_server_error() {
                failed.insert(part.id.clone());
            }
            responses.push(written(&part.id, response));
        }
        let body = json!({ "responses": responses }).to_string();
        let mut response = http::Response::new(Bytes::from(body));
        let json = HeaderValue::from_static("application/json");
        response.headers_mut().insert(CONTENT_TYPE, json);
        response
    }))
}

/// The parts with the requests that they are.
fn parts(
    request: &http::Request<Bytes>,
    version: &str,
) -> Result<Vec<(Part, http::Request<Bytes>)>, Fault> {
    let batch: Batch = serde_json::from_slice(request.body())
        .map_err(|error| Fault::bad_request(format!("the body is no batch: {error}")))?;
    if batch.requests.len() > MOST {
        return Err(Fault::bad_request(format!(
            "the batch has {} requests; {MOST} are the most",
            batch.requests.len()
        )));
    }
    let mut known = BTreeSet::new();
    let mut parts = Vec::with_capacity(batch.requests.len());
    for part in batch.requests {
        let refused = |what: &str| Fault::bad_request(format!("request {:?} {what}", part.id));
        if let Some(unknown) = part.depends_on.iter().find(|id| !known.contains(*id)) {
            return Err(refused(&format!(
                "depends on {unknown:?}, which does not stand before it"
            )));
        }
        if !known.insert(part.id.clone()) {
            return Err(refused("is there twice"));
        }
        let single = single(&part, version, request.headers()).map_err(refused)?;
        parts.push((part, single));
    }
    Ok(parts)
}

fn single(
    part: &Part,
    version: &str,
    of_batch: &HeaderMap,
) -> Result<http::Request<Bytes>, &'static str> {
    let mut headers = HeaderMap::new();
    for (name, value) in &part.headers {
        let name = HeaderName::try_from(name).map_err(|_| "has a header with a wrong name")?;
        let value = value.as_str().and_then(|value| value.parse().ok());
        headers.insert(name, value.ok_or("has a header with a wrong value")?);
    }
    for (name, value) in of_batch {
        // The caller is the same.
        if name == http::header::AUTHORIZATION || name == http::header::USER_AGENT {
            headers.entry(name).or_insert_with(|| value.clone());
        }
    }
    let is_json = headers.get(CONTENT_TYPE).is_some_and(is_json);
    let body = match &part.body {
        None => Bytes::new(),
        Some(Value::String(text)) if !is_json => Binary::from(text.as_str())
            .to_bytes()
            .map_err(|_| "has a body that is neither JSON nor base64")?
            .into(),
        Some(json) => json.to_string().into(),
    };
    let mut request = http::Request::new(body);
    *request.method_mut() = part.method.parse().map_err(|_| "has a wrong method")?;
    let slash = if part.url.starts_with('/') { "" } else { "/" };
    let uri = format!("{version}{slash}{}", part.url);
    *request.uri_mut() = uri.parse().map_err(|_| "has a wrong address")?;
    *request.headers_mut() = headers;
    Ok(request)
}

fn written(id: &str, response: http::Response<Bytes>) -> Value {
    let (parts, body) = response.into_parts();
    let mut headers = Map::new();
    for (name, value) in &parts.headers {
        let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
        headers.insert(name.as_str().to_owned(), value.into());
    }
    let mut answer = json!({ "id": id, "status": parts.status.as_u16(), "headers": headers });
    if !body.is_empty() {
        let json = serde_json::from_slice(&body).ok();
        answer["body"] = match json.filter(|_| parts.headers.get(CONTENT_TYPE).is_some_and(is_json))
        {
            Some(json) => json,
            None => Value::String(Binary::from_bytes(&body).into()),
        };
    }
    answer
}

impl Fault {
    fn failed_dependency() -> Self {
        let message = "a request that this one depends on failed".to_owned();
        Self::new(StatusCode::FAILED_DEPENDENCY, "FailedDependency", message)
    }
}
