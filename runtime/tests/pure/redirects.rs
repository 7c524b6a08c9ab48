//! Redirects, without a network: addresses that no test can have on loopback.

use graph_runtime::bytes::Bytes;
use graph_runtime::http::header::{AUTHORIZATION, LOCATION, WWW_AUTHENTICATE};
use graph_runtime::http::{self, Method, StatusCode};
use graph_runtime::serde_json::{Value, json};
use graph_runtime::testing::TransportDouble;
use graph_runtime::{
    AccessToken, Client, Error, ErrorKind, Operation, Request, StaticToken, token_fn,
};

use crate::block_on;

const fn operation(method: Method) -> Operation {
    Operation {
        method,
        version: "v1.0",
        path: "/things",
        success: &[200],
        permissions: graph_runtime::Permissions {
            delegated_work: &[],
            delegated_personal: &[],
            application: &[],
        },
        documentation: "",
        page: "",
    }
}

static GET: Operation = operation(Method::GET);
static POST: Operation = operation(Method::POST);
static PUT: Operation = operation(Method::PUT);

fn redirect(status: u16, location: &[u8]) -> http::Response<Bytes> {
    let mut response = http::Response::new(Bytes::new());
    *response.status_mut() = StatusCode::from_u16(status).unwrap();
    response
        .headers_mut()
        .insert(LOCATION, location.try_into().unwrap());
    response
}

fn send(
    double: &TransportDouble,
    operation: &'static Operation,
    redirects: u32,
) -> Result<Value, Error> {
    let client = Client::builder()
        .transport(double.clone())
        .timer(double.clone())
        .redirects(redirects)
        .token_provider(StaticToken::new("t"))
        .base_url("https://graph.test")
        .build()
        .unwrap();
    let request = Request::<Value>::new(operation, &[]).header("Prefer", "p");
    let request = match operation.method {
        Method::GET => request,
        _ => request.json(&json!({"a": 1})),
    };
    block_on(request.send(&client))
}

/// The method, the address and whether there was a token, a body and a header of the service's own.
fn seen(request: &http::Request<Bytes>) -> (String, [bool; 3]) {
    let has = |name| request.headers().contains_key(name);
    let is_own = has("prefer") && has("client-request-id");
    (
        format!("{} {}", request.method(), request.uri()),
        [
            has("authorization"),
            is_own,
            has("content-type") && !request.body().is_empty(),
        ],
    )
}

#[test]
fn methods_hosts_and_headers() {
    const OWN: [bool; 3] = [true, true, false];
    const OWN_BODY: [bool; 3] = [true, true, true];
    const OTHER: [bool; 3] = [false, false, false];
    const OTHER_BODY: [bool; 3] = [false, false, true];
    for (operation, status, location, expected, marks) in [
        (&GET, 302, "/a#part", "GET https://graph.test/a", OWN),
        (
            &GET,
            301,
            "https://GRAPH.test:443/a",
            "GET https://graph.test/a",
            OWN,
        ),
        (
            &GET,
            307,
            "https://graph.test:8443/a",
            "GET https://graph.test:8443/a",
            OTHER,
        ),
        (
            &GET,
            302,
            "//other.test/a?sig=%2B",
            "GET https://other.test/a?sig=%2B",
            OTHER,
        ),
        (
            &GET,
            302,
            "https://[2001:db8::1]/a",
            "GET https://[2001:db8::1]/a",
            OTHER,
        ),
        (
            &GET,
            302,
            "https://other.test/Übersicht.pdf",
            "GET https://other.test/%C3%9Cbersicht.pdf",
            OTHER,
        ),
        (&POST, 301, "/a", "GET https://graph.test/a", OWN),
        (&POST, 302, "/a", "GET https://graph.test/a", OWN),
        (&POST, 303, "/a", "GET https://graph.test/a", OWN),
        (&POST, 307, "/a", "POST https://graph.test/a", OWN_BODY),
        (
            &POST,
            308,
            "https://other.test/a",
            "POST https://other.test/a",
            OTHER_BODY,
        ),
        (&PUT, 301, "/a", "PUT https://graph.test/a", OWN_BODY),
        (&PUT, 303, "/a", "GET https://graph.test/a", OWN),
    ] {
        let double = TransportDouble::new()
            .answer(redirect(status, location.as_bytes()))
            .json(200, &json!({}));
        send(&double, operation, 5).unwrap();
        let requests = double.requests();
        assert_eq!(
            seen(&requests[1]),
            (expected.to_owned(), marks),
            "{status} {location}"
        );
    }
}

#[test]
fn addresses_that_are_not_followed() {
    for (location, reason) in [
        ("http://graph.test/a", "is not HTTPS"),
        ("http://127.0.0.1:2375/a", "is not HTTPS"),
        ("http://localhost/a", "is not HTTPS"),
        ("ftp://graph.test/a", "is not HTTPS"),
        ("https://u:p@graph.test/a", "holds a user name or password"),
        ("https://u@graph.test/a", "holds a user name or password"),
        ("https://", "is not an address"),
    ] {
        let double = TransportDouble::new().answer(redirect(307, location.as_bytes()));
        let error = send(&double, &POST, 5).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Link, "{location}");
        assert_eq!(
            error.to_string(),
            format!("the address that the request is redirected to {reason}")
        );
        assert!(error.was_sent());
        assert_eq!((double.requests().len(), error.attempts()), (1, 1));
    }
}

#[test]
fn who_has_left_gets_no_token_on_the_way_back() {
    let double = TransportDouble::new()
        .answer(redirect(302, b"https://other.test/a"))
        .answer(redirect(302, b"https://graph.test/b"))
        .json(401, &json!({}))
        .json(200, &json!({}));
    let error = send(&double, &GET, 5).unwrap_err();
    assert_eq!(error.status(), Some(StatusCode::UNAUTHORIZED));
    let requests = double.requests();
    let marks: Vec<bool> = requests.iter().map(|request| seen(request).1[0]).collect();
    assert_eq!(marks, [true, false, false]);
}

#[test]
fn none_are_followed_where_none_are_wanted() {
    let double = TransportDouble::new().answer(redirect(302, b"https://graph.test/a"));
    let error = send(&double, &GET, 0).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::UnexpectedStatus);
    assert_eq!(error.headers().unwrap()[LOCATION], "https://graph.test/a");
    assert_eq!(double.requests().len(), 1);
}

#[test]
fn what_was_done_is_not_done_again_after_a_redirect() {
    let unsent = || Error::unsent("no connection", "refused");
    let double = TransportDouble::new()
        .answer(redirect(303, b"/done"))
        .fail(unsent())
        .json(429, &json!({}))
        .json(200, &json!({}));
    send(&double, &POST, 5).unwrap();
    let requests = double.requests();
    let lines: Vec<String> = requests.iter().map(|request| seen(request).0).collect();
    let done = "GET https://graph.test/done";
    assert_eq!(
        lines,
        ["POST https://graph.test/v1.0/things", done, done, done]
    );
}

#[test]
fn an_error_says_whether_anything_was_sent_before() {
    let unsent = || Error::unsent("no connection", "refused");
    let broken = || Error::new(ErrorKind::Transport, "the answer broke off");
    let done = TransportDouble::new().answer(redirect(303, b"/done"));
    let done = (0..4).fold(done, |double, _| double.fail(unsent()));
    assert!(send(&done, &POST, 5).unwrap_err().was_sent());
    let half = (0..3).fold(TransportDouble::new().fail(broken()), |double, _| {
        double.fail(unsent())
    });
    let error = send(&half, &PUT, 5).unwrap_err();
    assert!(error.was_sent());
    assert_eq!(error.attempts(), 4);
    let refused = TransportDouble::new().json(429, &json!({}));
    let refused = (0..3).fold(refused, |double, _| double.fail(unsent()));
    assert!(!send(&refused, &POST, 5).unwrap_err().was_sent());
    // An answer that is not understood was sent as well.
    let decoded = TransportDouble::new().answer(http::Response::new(Bytes::from_static(b"<p>")));
    assert_eq!(send(&decoded, &GET, 5).unwrap_err().attempts(), 1);
}

#[test]
fn a_token_with_claims_is_kept_while_the_request_is_sent_again() {
    let provider = token_fn(|request| async move {
        let secret = request.claims().map_or("plain", |_| "with claims");
        Ok(AccessToken::new(secret))
    });
    let mut refused = redirect(401, b"");
    let challenge = "Bearer error=\"insufficient_claims\", claims=\"e30=\"";
    refused
        .headers_mut()
        .insert(WWW_AUTHENTICATE, challenge.parse().unwrap());
    let double = TransportDouble::new()
        .answer(refused)
        .json(429, &json!({}))
        .json(200, &json!({}));
    let client = Client::builder()
        .transport(double.clone())
        .timer(double.clone())
        .token_provider(provider)
        .base_url("https://graph.test")
        .build()
        .unwrap();
    block_on(Request::<Value>::new(&GET, &[]).send(&client)).unwrap();
    let requests = double.requests();
    let tokens: Vec<_> = requests
        .iter()
        .map(|request| &request.headers()[AUTHORIZATION])
        .collect();
    assert_eq!(
        tokens,
        ["Bearer plain", "Bearer with claims", "Bearer with claims"]
    );
    assert_eq!(double.waits().len(), 1);
}

#[test]
fn the_result_of_an_operation_is_at_the_service() {
    let done = json!({"status": "succeeded", "resourceLocation": "/items/1"});
    let double = TransportDouble::new().json(200, &done);
    let client = Client::builder()
        .transport(double.clone())
        .token_provider(StaticToken::new("t"))
        .base_url("https://graph.test")
        .build()
        .unwrap();
    let mut monitor = client.monitor("https://other.test/monitor");
    let finished = block_on(monitor.poll()).unwrap().unwrap();
    assert_eq!(
        finished.resource_location(),
        Some("https://graph.test/items/1")
    );
    assert!(!double.requests()[0].headers().contains_key(AUTHORIZATION));
}
