//! Redirects: followed, and without the token to other hosts.

use graph_runtime::serde_json::{Value, json};
use graph_runtime::{ErrorKind, Request, bytes::Bytes};

use crate::server::{self, Server, answer};
use crate::{CREATE, GET, LIST, client, within};

#[tokio::test]
async fn to_the_same_host_with_the_token() {
    let first = answer("302 Found", &["Location: {address}/there"], "");
    let server = Server::start([first, server::json("{}")]).await;
    let value = within(Request::<Value>::new(&LIST, &[]).send(&client(&server)))
        .await
        .unwrap();
    assert_eq!(value, json!({}));
    let received = server.received().await;
    assert_eq!(received[1].line(), "GET /there HTTP/1.1");
    assert!(received[1].header("authorization").is_some());
}

#[tokio::test]
async fn to_another_port_without_the_token() {
    let other = Server::start([answer("200 OK", &[], "content")]).await;
    let location = format!("Location: {}/signed?sig=1", other.address());
    let server = Server::start([answer("302 Found", &[&location], "")]).await;
    let request = Request::<Bytes>::new(&GET, &["secret-id"]);
    let content = within(request.send(&client(&server))).await.unwrap();
    assert_eq!(content, "content");
    assert!(server.received().await[0].header("authorization").is_some());
    let received = other.received().await;
    assert_eq!(received[0].line(), "GET /signed?sig=1 HTTP/1.1");
    assert_eq!(received[0].header("authorization"), None);
    // Nor the address that was asked for first.
    assert!(
        !received[0].head.contains("secret-id"),
        "{}",
        received[0].head
    );
}

#[tokio::test]
async fn a_307_keeps_method_and_body() {
    let first = answer("307 Temporary Redirect", &["Location: /there"], "");
    let server = Server::start([first, answer("201 Created", &[], "")]).await;
    within(
        Request::<()>::new(&CREATE, &[])
            .json(&json!([1]))
            .send(&client(&server)),
    )
    .await
    .unwrap();
    let received = server.received().await;
    assert_eq!(
        (received[1].line(), received[1].body.as_slice()),
        ("POST /there HTTP/1.1", b"[1]".as_slice())
    );
}

#[tokio::test]
async fn not_without_end() {
    let server = Server::start(vec![answer("302 Found", &["Location: /again"], ""); 6]).await;
    let error = within(Request::<()>::new(&LIST, &[]).send(&client(&server)))
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Link);
    assert_eq!(error.to_string(), "there are more than 5 redirects");
    assert!(error.was_sent());
    assert_eq!(server.received().await.len(), 6);
}

#[tokio::test]
async fn one_without_a_location_is_a_success_only_if_documented() {
    let server = Server::start([
        answer("302 Found", &[], "a"),
        answer("304 Not Modified", &["request-id: r"], ""),
    ])
    .await;
    let client = client(&server);
    let content = within(Request::<String>::new(&LIST, &[]).send(&client))
        .await
        .unwrap();
    assert_eq!(content, "a");
    let error = within(Request::<()>::new(&LIST, &[]).send(&client))
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::UnexpectedStatus);
    assert_eq!(error.to_string(), "304 Not Modified (request-id r)");
    assert_eq!(server.received().await.len(), 2);
}

#[tokio::test]
async fn a_documented_error_status_is_an_error() {
    let server = Server::start([answer("404 Not Found", &[], "")]).await;
    let error = within(Request::<()>::new(&CREATE, &[]).send(&client(&server)))
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Service);
    server.received().await;
}
