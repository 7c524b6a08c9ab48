//! Errors: what they say, and what they do not.

use std::error::Error as _;

use graph_runtime::serde_json::{Value, json};
use graph_runtime::{Client, Error, ErrorKind, Page, Request, Retry, Scalar, StaticToken};

use crate::server::{self, Server, answer};
use crate::{GET, LIST, TOKEN, client, within};

/// The error of a request that was given an answer.
async fn error_of<T: graph_runtime::FromResponse + std::fmt::Debug>(
    answer: impl Into<Vec<u8>>,
) -> Error {
    let server = Server::start([answer]).await;
    let request = Request::<T>::new(&GET, &["id-of-someone"]).json(&json!({"password": "hunter2"}));
    let error = within(request.send(&client(&server))).await.unwrap_err();
    server.received().await;
    let shown = format!("{error} {error:?}");
    for secret in [TOKEN, "hunter2", "id-of-someone"] {
        assert!(!shown.contains(secret), "{shown}");
    }
    assert!(!error.to_string().contains('\n'), "{error}");
    error
}

#[tokio::test]
async fn what_the_service_says() {
    let body = r#"{"error":{"code":"Authorization_RequestDenied","message":"Insufficient privileges\r\n to \"x\".",
        "innerError":{"date":"2020","request-id":"from-body"}}}"#;
    let error = error_of::<Value>(answer(
        "403 Forbidden",
        &["request-id: 7e32", "Retry-After: 5"],
        body,
    ))
    .await;
    assert_eq!(error.kind(), ErrorKind::Service);
    assert_eq!(error.status().unwrap().as_u16(), 403);
    assert_eq!(error.code(), Some("Authorization_RequestDenied"));
    assert_eq!(error.message(), "Insufficient privileges\r\n to \"x\".");
    assert_eq!(error.request_id(), Some("7e32"));
    assert_eq!(error.inner_error().unwrap()["date"], "2020");
    assert_eq!(error.headers().unwrap()["retry-after"], "5");
    assert_eq!(error.excerpt(), Some(body));
    let shown = "403 Forbidden: Authorization_RequestDenied: Insufficient privileges to \"x\". (request-id 7e32)";
    assert_eq!(error.to_string(), shown);
}

#[tokio::test]
async fn details_and_the_chain_of_codes() {
    let body = r#"{"error":{"code":"badRequest","message":"No.","target":"query","details":[
        {"code":"tooLong","message":"Too long.","target":"$filter","more":1}, {"message":""}, "text"],
        "innerError":{"code":"invalidFilter","innererror":{"message":"no code","innerError":{"code":"quote"}}}}}"#;
    let error = error_of::<Value>(answer("400 Bad Request", &[], body)).await;
    assert_eq!(error.target(), Some("query"));
    let [first, second] = error.details() else {
        panic!("{:?}", error.details());
    };
    assert_eq!(first.code.as_deref(), Some("tooLong"));
    assert_eq!(first.message.as_deref(), Some("Too long."));
    assert_eq!(first.target.as_deref(), Some("$filter"));
    assert_eq!((&second.code, &second.message), (&None, &None));
    let codes: Vec<&str> = error.codes().collect();
    assert_eq!(codes, ["badRequest", "invalidFilter", "quote"]);
    assert!(
        error_of::<Value>(answer("400 Bad Request", &[], ""))
            .await
            .details()
            .is_empty()
    );
}

#[tokio::test]
async fn the_request_identifier_may_be_in_the_body() {
    for name in ["innerError", "innererror"] {
        let body =
            format!(r#"{{"error":{{"code":"c","message":"","{name}":{{"request-id":"b1"}}}}}}"#);
        let error = error_of::<()>(answer("404 Not Found", &[], &body)).await;
        assert_eq!(error.to_string(), "404 Not Found: c (request-id b1)");
    }
}

#[tokio::test]
async fn other_bodies_are_kept_in_part() {
    let html = format!("<html>\n<p>é{}", "é".repeat(5000));
    let error = error_of::<Value>(answer("502 Bad Gateway", &[], &html)).await;
    assert_eq!(error.kind(), ErrorKind::Service);
    assert_eq!(error.code(), None);
    assert!(
        error
            .to_string()
            .starts_with("502 Bad Gateway: <html> <p>éé"),
        "{error}"
    );
    assert!(error.to_string().len() < 1100);
    let excerpt = error.excerpt().unwrap();
    assert!(html.starts_with(excerpt));
    assert!((2045..=2048).contains(&excerpt.len()), "{}", excerpt.len());
    assert_eq!(error.message(), excerpt);
}

#[tokio::test]
async fn bodies_that_lie() {
    let answers = [
        ("", "500 Internal Server Error"),
        ("{}", "500 Internal Server Error: {}"),
        ("[1]", "500 Internal Server Error: [1]"),
        (
            r#"{"error":{}}"#,
            r#"500 Internal Server Error: {"error":{}}"#,
        ),
        (
            r#"{"error":{"code":5,"message":null}}"#,
            r#"500 Internal Server Error: {"error":{"code":5,"message":null}}"#,
        ),
        (r#"{"error":{"code":"c"}}"#, "500 Internal Server Error: c"),
        (
            r#"{"error":"invalid_grant","error_description":"d"}"#,
            "500 Internal Server Error: invalid_grant: d",
        ),
    ];
    for (body, shown) in answers {
        let error = error_of::<Value>(answer("500 Internal Server Error", &[], body)).await;
        assert_eq!(error.to_string(), shown);
    }
    let error =
        error_of::<Value>([answer("599 Odd", &[], "").into_bytes(), vec![0xFF; 3000]].concat())
            .await;
    assert!(error.excerpt().unwrap().len() <= 2048);
    assert!(error.to_string().starts_with("599: \u{FFFD}"), "{error}");
}

#[tokio::test]
async fn json_that_is_not_as_expected() {
    let error = error_of::<Page<Vec<u8>>>(answer(
        "200 OK",
        &["request-id: r"],
        r#"{"value":[[1],[2,"x"]]}"#,
    ))
    .await;
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert_eq!(error.status().unwrap().as_u16(), 200);
    let shown = "the JSON is not as expected at value[1][1]: invalid type: string \"x\", expected u8 at line 1 column 20";
    assert_eq!(error.to_string(), format!("{shown} (request-id r)"));
    assert!(error.source().is_some());

    let error = error_of::<Value>(server::json("<html>Sign in</html>")).await;
    assert_eq!(
        error.to_string(),
        "the JSON is not as expected: expected value at line 1 column 1"
    );
    assert_eq!(error.excerpt(), Some("<html>Sign in</html>"));

    let error = error_of::<Scalar<bool>>(answer("204 No Content", &[], "")).await;
    assert_eq!(
        error.to_string(),
        "the answer 204 has no body, but a value was expected"
    );

    let error = error_of::<String>([answer("200 OK", &[], "").as_bytes(), b"\xFF"].concat()).await;
    assert_eq!(error.kind(), ErrorKind::Decode);
}

#[tokio::test]
async fn the_excerpt_is_around_the_place() {
    let body = format!(
        "{{\"a\":\"{}\",\n\n\"value\":[\"here\"]}}",
        "é".repeat(5000)
    );
    let error = error_of::<Page<u8>>(server::json(&body)).await;
    let excerpt = error.excerpt().unwrap();
    assert!(
        excerpt.ends_with("é\",\n\n\"value\":[\"here\"]}"),
        "{excerpt}"
    );
    assert!(
        excerpt.len() < 600 && !excerpt.contains('\u{FFFD}'),
        "{excerpt}"
    );
}

#[tokio::test]
async fn answers_that_break_off() {
    let error = error_of::<Value>("").await;
    assert_eq!(error.kind(), ErrorKind::Transport);
    assert_eq!(error.status(), None);
    assert!(
        error.to_string().starts_with("the request failed: "),
        "{error}"
    );

    let error = error_of::<Value>("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"a\":").await;
    assert_eq!(error.kind(), ErrorKind::Transport);
    assert!(
        error.to_string().starts_with("the answer broke off: "),
        "{error}"
    );

    let error = error_of::<Value>("220 mail.example ESMTP\r\n").await;
    assert_eq!(error.kind(), ErrorKind::Transport);
    assert!(error.source().is_some());
}

#[tokio::test]
async fn nobody_there() {
    let server = Server::start([""]).await;
    let address = server.address();
    server.stop();
    // The task is stopped at its next turn.
    tokio::task::yield_now().await;
    let client = Client::builder()
        .token_provider(StaticToken::new(TOKEN))
        .base_url(address)
        .retry(Retry::never())
        .build()
        .unwrap();
    let error = within(Request::<()>::new(&LIST, &[]).send(&client))
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Transport);
    assert!(error.to_string().contains("refused"), "{error}");
}

#[tokio::test]
async fn nothing_is_sent_twice() {
    // Two answers are ready, but only one request may come.
    let server = Server::start([
        answer("503 Service Unavailable", &[], ""),
        server::json("{}"),
    ])
    .await;
    let error = within(Request::<()>::new(&LIST, &[]).send(&client(&server)))
        .await
        .unwrap_err();
    assert_eq!(error.to_string(), "503 Service Unavailable");
    server.stop();
}
