//! What a request has to be like: the query options and the body that the pages allow.

use http::header::CONTENT_TYPE;
use http::{HeaderMap, Method};
use serde_json::Value;

use super::documented::ExampleRequest;
use super::fault::{Fault, functions};
use super::router::Route;
use super::target::Target;

/// The system query options of OData (URL Conventions 4.01, section 5.1, and Protocol 4.01, sections
/// 11.2.6.7 and 11.3 for the tokens, which Graph writes as options).
const SYSTEM: &[&str] = &[
    "$apply",
    "$compute",
    "$count",
    "$deltatoken",
    "$expand",
    "$filter",
    "$format",
    "$id",
    "$index",
    "$orderby",
    "$schemaversion",
    "$search",
    "$select",
    "$skip",
    "$skiptoken",
    "$top",
];

/// The tokens in links to further pages and changes, which no page lists.
const TOKENS: &[&str] = &["$skiptoken", "$deltatoken"];

/// Refuses system query options that are none, or that the pages do not name.
pub(super) fn query(route: &Route<'_>, target: &Target) -> Result<(), Fault> {
    let lists = |option: &str| {
        let named = |listed: &String| listed.eq_ignore_ascii_case(option);
        route
            .operations
            .iter()
            .any(|operation| operation.query_options.iter().any(named))
    };
    // An operation whose page says nothing allows all.
    let restricted = route
        .operations
        .iter()
        .all(|operation| !operation.query_options.is_empty());
    for (name, _) in &target.query {
        let option = name.to_ascii_lowercase();
        let fixed = route
            .operations
            .iter()
            .any(|operation| operation.template.fixes(&option));
        if !option.starts_with('$') || fixed || lists(&option) || TOKENS.contains(&option.as_str())
        {
            continue;
        }
        if !SYSTEM.contains(&option.as_str()) {
            return Err(Fault::bad_request(format!(
                "{name} is not a system query option of OData"
            )));
        }
        if restricted {
            let mut allowed: Vec<&str> = Vec::new();
            for option in route
                .operations
                .iter()
                .flat_map(|operation| &operation.query_options)
            {
                if !allowed.contains(&option.as_str()) {
                    allowed.push(option);
                }
            }
            return Err(Fault::bad_request(format!(
                "the query option {name} is not documented for {}, which has {}",
                functions(route),
                allowed.join(", ")
            )));
        }
    }
    Ok(())
}

/// Reads a JSON body. Refuses what is none where the examples have one.
pub(super) fn body(
    route: &Route<'_>,
    method: &Method,
    headers: &HeaderMap,
    body: &[u8],
) -> Result<Option<Value>, Fault> {
    let content_type = headers.get(CONTENT_TYPE);
    let content_type = content_type.map(|value| String::from_utf8_lossy(value.as_bytes()));
    let is_json = content_type.as_deref().is_some_and(is_json);
    if !wants_json(route, method) {
        return Ok(serde_json::from_slice(body)
            .ok()
            .filter(|_: &Value| is_json));
    }
    let functions = functions(route);
    if body.is_empty() {
        return Err(Fault::bad_request(format!(
            "{functions} is documented with a JSON body, and there is none"
        )));
    }
    if !is_json {
        return Err(Fault::unsupported_media_type(format!(
            "{functions} is documented with a body of application/json, not of {}",
            content_type.as_deref().unwrap_or("no type")
        )));
    }
    serde_json::from_slice(body).map(Some).map_err(|error| {
        Fault::bad_request(format!("the body for {functions} is no JSON: {error}"))
    })
}

/// Whether all examples with a body have one of JSON that says something.
fn wants_json(route: &Route<'_>, method: &Method) -> bool {
    if !matches!(*method, Method::POST | Method::PUT | Method::PATCH) {
        return false;
    }
    let bodies = route
        .operations
        .iter()
        .flat_map(|operation| &operation.exchanges)
        .filter_map(|exchange| exchange.request())
        .filter(|request| request.json.is_some() || request.text.is_some());
    // An empty object is the same as no body to a service.
    let says = |request: &ExampleRequest| match &request.json {
        Some(Value::Object(members)) => !members.is_empty(),
        Some(_) => true,
        None => false,
    };
    let mut bodies = bodies.peekable();
    bodies.peek().is_some() && bodies.all(says)
}

/// Whether a media type is one of JSON: case and parameters do not count.
fn is_json(content_type: &str) -> bool {
    essence(content_type).eq_ignore_ascii_case("application/json")
}

/// A media type without its parameters (RFC 9110, section 8.3.1).
pub(crate) fn essence(media_type: &str) -> &str {
    media_type.split(';').next().unwrap_or_default().trim()
}
