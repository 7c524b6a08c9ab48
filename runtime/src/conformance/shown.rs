//! What a page shows of a request, and what of it a request that was built has to have.

use http::header::{AUTHORIZATION, CONTENT_LENGTH, CONTENT_TYPE, HOST};
use http::{HeaderMap, HeaderName};
use percent_encoding::percent_decode_str;
use url::form_urlencoded;

use crate::mock::check::essence;
use crate::mock::documented::ExampleRequest;

/// The headers of a request that are part of what is asked for: not those of its transport, and not the token.
pub(super) fn headers(shown: &ExampleRequest) -> Vec<(HeaderName, &str)> {
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
pub(super) fn other_headers(shown: &[(HeaderName, &str)], built: &HeaderMap) -> Vec<String> {
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

pub(super) fn same_text(left: &str, right: &str) -> bool {
    left.eq_ignore_ascii_case(right)
}

pub(super) fn same_path(shown: &str, built: &str) -> bool {
    let decoded = |path: &str| {
        let text = percent_decode_str(path.trim_end_matches('/')).decode_utf8_lossy();
        text.to_lowercase()
    };
    decoded(shown) == decoded(built)
}

/// The options of a query in an order of their own. The case of their names counts as little as that of a path.
pub(super) fn ordered(options: &[(String, String)]) -> Vec<(String, &str)> {
    let mut ordered: Vec<_> = options
        .iter()
        .map(|(name, value)| (name.to_lowercase(), value.as_str()))
        .collect();
    ordered.sort();
    ordered
}

/// The options of a query, decoded.
pub(super) fn query(text: &str) -> Vec<(String, String)> {
    form_urlencoded::parse(text.as_bytes())
        .map(|(name, value)| (name.into_owned(), value.into_owned()))
        .collect()
}
