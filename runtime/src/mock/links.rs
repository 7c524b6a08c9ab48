//! Links in documented answers: they lead to the public service, and have to lead to the mock.

use std::collections::HashSet;

use http::header::{CONTENT_LOCATION, LOCATION};
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use serde_json::{Map, Value};
use url::Url;

use super::documented::DocumentedOperation;
use super::fit;
use super::router::Router;
use super::target::Target;

const NEXT: &str = "@odata.nextLink";

/// Where redirects to other hosts lead: to paths below this one, which answer with no content.
/// No service has a segment like it.
pub(super) const REDIRECTED: &str = "/.redirected";

/// The headers with links to what was made or is being made.
const LINKED: [HeaderName; 4] = [
    LOCATION,
    CONTENT_LOCATION,
    HeaderName::from_static("operation-location"),
    HeaderName::from_static("azure-asyncoperation"),
];

/// The targets of all links to further pages and changes. They are opaque to a client, so that it
/// may send them whatever options they have.
pub(super) fn targets(operations: &[DocumentedOperation]) -> HashSet<Target> {
    let mut targets = HashSet::new();
    for response in operations
        .iter()
        .flat_map(|operation| &operation.exchanges)
        .flat_map(|exchange| &exchange.responses)
    {
        if let Some(body) = &response.json {
            each_link(body, &mut |link| targets.extend(Target::of_link(link)));
        }
    }
    targets
}

/// Whether a link in the answer to a request leads on: to an operation, and never back to the
/// request.
///
/// An example answers the request for its own next page as well, so that the second page would have
/// the link to itself. Nothing is remembered between requests: from the request and the examples
/// follows where its links end.
pub(super) fn leads_on(router: &Router, requested: &Target, link: &str) -> bool {
    let mut seen: HashSet<Target> = HashSet::new();
    let mut link = Some(link);
    while let Some(target) = link.and_then(Target::of_link) {
        let Ok(route) = router.find(&Method::GET, &target) else {
            return !seen.is_empty();
        };
        if target == *requested {
            return false;
        }
        let answer = fit::choose(&route, &target, None).and_then(|found| found.exchange.response());
        if !seen.insert(target) {
            return true;
        }
        link = answer
            .and_then(|response| response.json.as_ref())
            .and_then(next_link);
    }
    !seen.is_empty()
}

/// The link to the next page.
pub(super) fn next_link(body: &Value) -> Option<&str> {
    body.get(NEXT)?.as_str()
}

/// Makes the links in a body lead to the mock, and takes out the one to the next page if it is not
/// to be followed.
pub(super) fn rewrite(body: &mut Value, own: &str, leads_on: bool) {
    if let Value::Object(members) = body
        && !leads_on
    {
        members.remove(NEXT);
    }
    rewrite_links(body, own);
}

fn rewrite_links(value: &mut Value, own: &str) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| rewrite_links(item, own)),
        Value::Object(members) => rewrite_members(members, own),
        _ => {}
    }
}

fn rewrite_members(members: &mut Map<String, Value>, own: &str) {
    for (name, value) in members {
        match value {
            Value::String(link) if is_link(name) => {
                if let Some(moved) = moved(link, own) {
                    *link = moved;
                }
            }
            value => rewrite_links(value, own),
        }
    }
}

/// Makes the links in headers lead to the mock.
pub(super) fn rewrite_headers(headers: &mut HeaderMap, status: StatusCode, own: &str) {
    for name in LINKED {
        let Some(link) = headers.get(&name).map(HeaderValue::to_str) else {
            continue;
        };
        let base = match status.is_redirection() {
            true => format!("{own}{REDIRECTED}"),
            false => own.to_owned(),
        };
        let moved = match link.ok().map(|link| moved(link, &base)) {
            Some(Some(moved)) => moved,
            // Relative, or a placeholder: a client would make something of it.
            _ if status.is_redirection() => base,
            _ => continue,
        };
        if let Ok(value) = HeaderValue::try_from(moved) {
            headers.insert(name, value);
        }
    }
}

/// An absolute link with another scheme, host and port.
fn moved(link: &str, own: &str) -> Option<String> {
    let url = Url::parse(link).ok()?;
    if !matches!(url.scheme(), "http" | "https") {
        return None;
    }
    let query = url.query().map(|query| format!("?{query}"));
    Some(format!("{own}{}{}", url.path(), query.unwrap_or_default()))
}

/// Control information that a client follows: `@odata.nextLink`, `members@odata.nextLink`, and the
/// names of OData 4.01 without `odata.`.
fn is_link(name: &str) -> bool {
    name.split_once('@').is_some_and(|(_, annotation)| {
        let annotation = annotation.strip_prefix("odata.").unwrap_or(annotation);
        matches!(annotation, "nextLink" | "deltaLink")
    })
}

fn each_link<'a>(value: &'a Value, found: &mut impl FnMut(&'a str)) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| each_link(item, found)),
        Value::Object(members) => {
            for (name, value) in members {
                match value {
                    Value::String(link) if is_link(name) => found(link),
                    value => each_link(value, found),
                }
            }
        }
        _ => {}
    }
}
