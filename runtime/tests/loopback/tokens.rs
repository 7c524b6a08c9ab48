//! Tokens: asked for over the wire, kept, replaced and not leaked.

use std::error::Error as _;
use std::time::{Duration, Instant};

use futures_util::future::join_all;
use graph_runtime::http::StatusCode;
use graph_runtime::serde_json::json;
use graph_runtime::{
    BoxFuture, Client, ClientCredentials, ClientCredentialsBuilder, Error, ErrorKind, Request,
    Retry, Timer, TokenProvider, TokenRequest, bytes::Bytes,
};

use crate::live::{Answer, Live};
use crate::server::{self, Server, answer};
use crate::{CREATE, GET, LIST, within};

const TENANT: &str = "contoso.onmicrosoft.com";
pub(crate) const SECRET: &str = "s3cret+&=% ü~";
/// As a form has it.
const ENCODED: &str = "s3cret%2B%26%3D%25+%C3%BC%7E";
const CLAIMS: &str = r#"{"access_token":{"nbf":{"essential":true,"value":"1"}}}"#;
pub(crate) const CHALLENGE: &str = "WWW-Authenticate: Bearer error=\"insufficient_claims\", \
    claims=\"eyJhY2Nlc3NfdG9rZW4iOnsibmJmIjp7ImVzc2VudGlhbCI6dHJ1ZSwidmFsdWUiOiIxIn19fQ==\"";

fn settings(tokens: &Server) -> ClientCredentialsBuilder {
    ClientCredentials::builder(TENANT, "app-id", SECRET)
        .authority(tokens.address())
        .timer(Immediately)
}

pub(crate) fn client(service: &Server, tokens: &Server) -> Client {
    client_at(service.address(), tokens)
}

fn client_at(service: String, tokens: &Server) -> Client {
    Client::builder()
        .token_provider(settings(tokens).build().unwrap())
        .base_url(service)
        .retry(Retry::never())
        .build()
        .unwrap()
}

/// An answer with a token.
pub(crate) fn token(token: &str, expires_in: &str) -> String {
    server::json(&format!(
        r#"{{"token_type":"Bearer","expires_in":{expires_in},"ext_expires_in":3599,"access_token":"{token}"}}"#
    ))
}

fn no_content() -> String {
    answer("204 No Content", &[], "")
}

struct Immediately;

impl Timer for Immediately {
    fn sleep(&self, _: Duration) -> BoxFuture<'_, ()> {
        Box::pin(std::future::ready(()))
    }
}

#[tokio::test]
async fn a_token_is_asked_for_once_by_a_form() {
    let tokens = Server::start([token("first", "3599")]).await;
    let service = Server::start(vec![no_content(); 20]).await;
    let client = client(&service, &tokens);
    for _ in 0..10 {
        let request = Request::<()>::new(&LIST, &[]);
        let (one, other) = (request.send(&client), request.send(&client));
        let (one, other) = within(futures_util::future::join(one, other)).await;
        one.and(other).unwrap();
    }
    for received in service.received().await {
        assert_eq!(received.header("authorization"), Some("Bearer first"));
    }
    let received = &tokens.received().await[0];
    assert_eq!(
        received.line(),
        "POST /contoso.onmicrosoft.com/oauth2/v2.0/token HTTP/1.1"
    );
    let expected = format!(
        "grant_type=client_credentials&client_id=app-id&client_secret={ENCODED}\
         &scope=https%3A%2F%2Fgraph.microsoft.com%2F.default"
    );
    assert_eq!(String::from_utf8_lossy(&received.body), expected);
    for (name, value) in [
        ("content-type", Some("application/x-www-form-urlencoded")),
        ("accept", Some("application/json")),
        ("authorization", None),
        ("retry-attempt", None),
    ] {
        assert_eq!(received.header(name), value, "{name}");
    }
}

#[tokio::test]
async fn a_thousand_who_wait_send_one_request() {
    let tokens = Server::start([token("first", "3599")]).await;
    let credentials = settings(&tokens).build().unwrap();
    let request = TokenRequest::new(["a", "b"]);
    let all = join_all((0..1000).map(|_| credentials.token(&request)));
    for token in within(all).await {
        assert_eq!(token.unwrap().secret(), "first");
    }
    let received = tokens.received().await;
    assert_eq!(received.len(), 1);
    assert!(received[0].body.ends_with(b"&scope=a+b"));
}

#[tokio::test]
async fn a_token_is_replaced_when_its_time_is_nearly_over() {
    let tokens = Server::start([token("first", "\"1\""), token("second", "3599")]).await;
    let service = Server::start(vec![no_content(); 3]).await;
    let client = client(&service, &tokens);
    let request = Request::<()>::new(&LIST, &[]);
    within(request.send(&client)).await.unwrap();
    // Into the last quarter, or beyond it if the machine is slow.
    tokio::time::sleep(Duration::from_millis(800)).await;
    within(request.send(&client)).await.unwrap();
    within(request.send(&client)).await.unwrap();
    let used: Vec<_> = service
        .received()
        .await
        .iter()
        .map(|received| received.header("authorization").unwrap().to_owned())
        .collect();
    assert_eq!(used, ["Bearer first", "Bearer second", "Bearer second"]);
    assert_eq!(tokens.received().await.len(), 2);
}

#[tokio::test]
async fn a_token_that_cannot_be_replaced_is_used_while_it_is_valid() {
    // It is due after 1.5 s and valid for 2 s. A machine that does not come to it in between shows nothing.
    for _ in 0..5 {
        let refused = answer(
            "400 Bad Request",
            &[],
            r#"{"error":"temporarily_unavailable"}"#,
        );
        let tokens = Server::start([token("first", "2"), refused]).await;
        let service = Server::start(vec![no_content(); 2]).await;
        let client = client(&service, &tokens);
        let request = Request::<()>::new(&LIST, &[]);
        let started = Instant::now();
        within(request.send(&client)).await.unwrap();
        tokio::time::sleep(Duration::from_millis(1600)).await;
        let result = within(request.send(&client)).await;
        if started.elapsed() < Duration::from_secs(2) {
            result.unwrap();
            for received in service.received().await {
                assert_eq!(received.header("authorization"), Some("Bearer first"));
            }
            assert_eq!(tokens.received().await.len(), 2);
            return;
        }
        service.stop();
        tokens.stop();
    }
    panic!("the machine is too slow");
}

#[tokio::test]
async fn a_refused_token_is_replaced_and_the_body_sent_again() {
    let tokens = Server::start(["first", "second"].map(|name| token(name, "3599"))).await;
    let refused = answer("401 Unauthorized", &[], "");
    let service = Server::start([refused, answer("201 Created", &[], "{}")]).await;
    let request = Request::<()>::new(&CREATE, &[]).json(&json!({"name": "a"}));
    within(request.send(&client(&service, &tokens)))
        .await
        .unwrap();
    let received = service.received().await;
    for (received, token) in received.iter().zip(["Bearer first", "Bearer second"]) {
        assert_eq!(received.header("authorization"), Some(token));
        assert_eq!(received.line(), "POST /v1.0/things HTTP/1.1");
        assert_eq!(received.body, br#"{"name":"a"}"#);
    }
    assert_eq!((received.len(), tokens.received().await.len()), (2, 2));
}

#[tokio::test]
async fn a_second_refusal_is_the_error() {
    let tokens = Server::start(["first", "second"].map(|name| token(name, "3599"))).await;
    let refused = r#"{"error":{"code":"InvalidAuthenticationToken","message":"no"}}"#;
    let service = Server::start(vec![answer("401 Unauthorized", &[], refused); 2]).await;
    let request = Request::<()>::new(&LIST, &[]);
    let error = within(request.send(&client(&service, &tokens))).await;
    let error = error.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Service);
    assert_eq!(error.status(), Some(StatusCode::UNAUTHORIZED));
    assert_eq!(error.code(), Some("InvalidAuthenticationToken"));
    assert_eq!(error.attempts(), 2);
    assert_eq!(service.received().await.len(), 2);
    assert_eq!(tokens.received().await.len(), 2);
}

#[tokio::test]
async fn many_refusals_of_one_token_replace_it_once() {
    let tokens = Server::start(["first", "second"].map(|name| token(name, "3599"))).await;
    let service =
        Live::start(
            |_, received| match received.header("authorization") == Some("Bearer first") {
                true => Answer::status("401 Unauthorized", &[], ""),
                false => Answer::bytes(no_content()),
            },
        )
        .await;
    let client = client_at(service.address(), &tokens);
    let request = Request::<()>::new(&LIST, &[]);
    for result in within(join_all((0..20).map(|_| request.send(&client)))).await {
        result.unwrap();
    }
    assert_eq!(service.received().len(), 40);
    assert_eq!(tokens.received().await.len(), 2);
}

#[tokio::test]
async fn claims_are_passed_on() {
    let tokens = Server::start(["first", "second"].map(|name| token(name, "3599"))).await;
    let challenge = answer("401 Unauthorized", &[CHALLENGE], "");
    let service = Server::start([challenge, no_content()]).await;
    let request = Request::<()>::new(&LIST, &[]);
    within(request.send(&client(&service, &tokens)))
        .await
        .unwrap();
    let received = tokens.received().await;
    let bodies = received
        .iter()
        .map(|one| str::from_utf8(&one.body).unwrap());
    let claims: Vec<_> = bodies
        .map(|body| body.split_once("&claims=").map(|(_, claims)| claims))
        .collect();
    let encoded = CLAIMS
        .replace('{', "%7B")
        .replace('}', "%7D")
        .replace('"', "%22")
        .replace(':', "%3A")
        .replace(',', "%2C");
    assert_eq!(claims, [None, Some(encoded.as_str())]);
    service.received().await;
}

#[tokio::test]
async fn a_request_for_a_token_is_sent_again() {
    let failures = [
        answer("429 Too Many Requests", &["Retry-After: 0"], ""),
        answer("503 Service Unavailable", &[], ""),
        String::new(),
    ];
    let tokens = Server::start(failures.into_iter().chain([token("first", "3599")])).await;
    let credentials = settings(&tokens).build().unwrap();
    let got = within(credentials.token(&TokenRequest::new(["a"]))).await;
    assert_eq!(got.unwrap().secret(), "first");
    let received = tokens.received().await;
    assert_eq!(received.len(), 4);
    assert!(received.iter().all(|one| one.body == received[0].body));
}

/// Everything that an error shows, with its causes.
fn shown(error: &Error) -> String {
    let mut text = format!("{error} {error:?} {}", error.message());
    let mut cause = error.source();
    while let Some(deeper) = cause {
        text = format!("{text} {deeper} {deeper:?}");
        cause = deeper.source();
    }
    text
}

pub(crate) fn assert_hidden(text: &str) {
    for secret in [SECRET, ENCODED, "s3cret", "first"] {
        assert!(!text.contains(secret), "{text}");
    }
}

#[tokio::test]
async fn refusals_are_errors_without_the_secret() {
    let refusal = format!(
        r#"{{"error":"invalid_client","error_description":"AADSTS7000215: not {SECRET} nor {ENCODED}.","trace_id":"t1"}}"#
    );
    let elsewhere = Server::start([""]).await;
    let location = format!("Location: {}/", elsewhere.address());
    for (answered, code, message) in [
        (
            answer("401 Unauthorized", &[], &refusal),
            Some("invalid_client"),
            "AADSTS7000215: not … nor ….",
        ),
        (
            // Such as a proxy that repeats what it was sent.
            answer("400 Bad Request", &[], &format!("{SECRET} {ENCODED}")),
            None,
            "the token service answered 400 Bad Request",
        ),
        (
            answer("302 Found", &[&location], ""),
            None,
            "the token service answered 302 Found",
        ),
        (
            answer("503 Service Unavailable", &["Retry-After: 7"], ""),
            None,
            "the token service answered 503 Service Unavailable",
        ),
        (
            server::json(r#"{"access_token":"first","token_type":"mac"}"#),
            None,
            "the answer of the token service holds a token that is not a bearer token",
        ),
        (
            server::json("first"),
            None,
            "the answer of the token service is not a JSON object",
        ),
    ] {
        let tokens = Server::start([answered]).await;
        let service = Server::start([""]).await;
        let credentials = settings(&tokens).retry(Retry::never()).build().unwrap();
        let builder = Client::builder().base_url(service.address());
        let client = builder.token_provider(credentials).build().unwrap();
        let request = Request::<()>::new(&LIST, &[]);
        let error = within(request.send(&client)).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Token, "{message}");
        assert_eq!((error.code(), error.message()), (code, message));
        assert!(!error.was_sent());
        let asked_to_wait = message.contains("503").then_some(Duration::from_secs(7));
        assert_eq!(error.retry_after(), asked_to_wait);
        assert_hidden(&shown(&error));
        tokens.received().await;
        service.stop();
    }
    elsewhere.stop();
}

#[tokio::test]
async fn a_token_service_that_is_not_there_is_an_error() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let builder = ClientCredentials::builder(TENANT, "app-id", SECRET);
    let credentials = builder
        .authority(format!("http://{address}"))
        .timer(Immediately)
        .build()
        .unwrap();
    let error = within(credentials.token(&TokenRequest::default())).await;
    let error = error.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Token);
    assert!(error.message().ends_with("(after 4 attempts)"), "{error}");
    assert_hidden(&shown(&error));
}

#[tokio::test]
async fn another_host_does_not_get_the_token() {
    let other = Server::start([answer("200 OK", &[], "content")]).await;
    let location = format!("Location: {}/signed", other.address());
    let service = Server::start([answer("302 Found", &[&location], "")]).await;
    let tokens = Server::start([token("first", "3599")]).await;
    let request = Request::<Bytes>::new(&GET, &["1"]);
    within(request.send(&client(&service, &tokens)))
        .await
        .unwrap();
    assert_eq!(other.received().await[0].header("authorization"), None);
    service.received().await;
    tokens.received().await;
}
