//! What is sent, and how answers are read.

use std::io::Write;
use std::sync::{Arc, Mutex};

use graph_runtime::http::{self, StatusCode};
use graph_runtime::serde_json::{Value, json};
use graph_runtime::{
    AccessToken, Body, BoxFuture, Client, Error, ErrorKind, Request, Scalar, StaticToken,
    TokenProvider, TokenRequest, Transport, bytes::Bytes,
};

use crate::server::{self, Server, answer};
use crate::{CREATE, GET, LIST, TOKEN, client, within};

#[tokio::test]
async fn a_request_with_a_body() {
    let server = Server::start([answer(
        "201 Created",
        &["ETag: W/1", "request-id: r1"],
        r#"{"id":"1"}"#,
    )])
    .await;
    let client = client(&server);
    let request = Request::<Value>::new(&CREATE, &[])
        .json(&json!({"name": "é"}))
        .header("Prefer", "return=representation");
    let response = within(request.query("$expand", "a b").send_response(&client))
        .await
        .unwrap();
    assert_eq!(response.status(), StatusCode::CREATED);
    assert_eq!(response.headers()["etag"], "W/1");
    assert_eq!(response.request_id(), Some("r1"));
    assert_eq!(response.into_value(), json!({"id": "1"}));

    let received = &server.received().await[0];
    assert_eq!(received.line(), "POST /v1.0/things?$expand=a%20b HTTP/1.1");
    assert_eq!(received.body, r#"{"name":"é"}"#.as_bytes());
    assert_eq!(received.header("content-type"), Some("application/json"));
    assert_eq!(received.header("prefer"), Some("return=representation"));
    assert_eq!(
        received.header("authorization"),
        Some("Bearer token-that-must-not-leak")
    );
    assert_eq!(
        received.header("user-agent"),
        Some(concat!("graph-rust/", env!("CARGO_PKG_VERSION")))
    );
    let id = uuid::Uuid::parse_str(received.header("client-request-id").unwrap()).unwrap();
    assert_eq!(id.get_version_num(), 4);
}

#[tokio::test]
async fn the_path_arrives_as_it_was_built() {
    let server = Server::start([answer("204 No Content", &[], "")]).await;
    let request =
        Request::<()>::new(&GET, &["a/b'c@d:e+f%2F\\ü*~"]).filter("n eq 'O''Neil' and (m gt 1)");
    within(request.send(&client(&server))).await.unwrap();
    let received = &server.received().await[0];
    let sent = request
        .to_http("http://x")
        .unwrap()
        .uri()
        .path_and_query()
        .unwrap()
        .to_string();
    // The quote in a query is encoded on the way, which means the same.
    assert_eq!(
        received.line().replace("%27", "'"),
        format!("GET {sent} HTTP/1.1").replace("%27", "'")
    );
}

#[tokio::test]
async fn a_post_without_a_body_has_a_length() {
    // Some services answer 411 otherwise.
    let server = Server::start([answer("204 No Content", &[], "")]).await;
    within(Request::<()>::new(&CREATE, &[]).send(&client(&server)))
        .await
        .unwrap();
    assert_eq!(
        server.received().await[0].header("content-length"),
        Some("0")
    );
}

#[tokio::test]
async fn kinds_of_answers() {
    let answers = [
        server::json("\u{FEFF}{\"value\":true}"),
        answer("200 OK", &["Content-Type: text/plain"], "\u{FEFF}42"),
        answer("200 OK", &[], "\u{FEFF}text"),
        answer("200 OK", &[], "raw"),
        answer("202 Accepted", &[], ""),
        server::json("not json, and not looked at"),
    ];
    let server = Server::start(answers).await;
    let client = client(&server);
    let request = Request::<()>::new(&LIST, &[]);
    within(async {
        let scalar = request
            .clone()
            .returning::<Scalar<bool>>()
            .send(&client)
            .await
            .unwrap();
        assert!(scalar.value);
        assert_eq!(
            request
                .clone()
                .returning::<i64>()
                .send(&client)
                .await
                .unwrap(),
            42
        );
        assert_eq!(
            request
                .clone()
                .returning::<String>()
                .send(&client)
                .await
                .unwrap(),
            "text"
        );
        assert_eq!(
            request
                .clone()
                .returning::<Bytes>()
                .send(&client)
                .await
                .unwrap(),
            "raw"
        );
        assert_eq!(
            request
                .clone()
                .returning::<Value>()
                .send(&client)
                .await
                .unwrap(),
            Value::Null
        );
        request.send(&client).await.unwrap();
    })
    .await;
    assert_eq!(server.received().await.len(), 6);
}

#[tokio::test]
async fn headers_of_the_caller_stay_except_for_the_token() {
    let server = Server::start([answer("204 No Content", &[], "")]).await;
    let request = Request::<()>::new(&LIST, &[])
        .header("client-request-id", "mine")
        .header("User-Agent", "mine/1")
        .header("Authorization", "Basic mine");
    within(request.send(&client(&server))).await.unwrap();
    let received = &server.received().await[0];
    assert_eq!(received.header("client-request-id"), Some("mine"));
    assert_eq!(received.header("user-agent"), Some("mine/1"));
    assert_eq!(
        received.header("authorization"),
        Some("Bearer token-that-must-not-leak")
    );
}

#[tokio::test]
async fn any_request_can_be_sent_and_any_status_comes_back() {
    let server = Server::start([answer("418 I'm a teapot", &[], "tea")]).await;
    let request = http::Request::get(format!("{}/any?thing", server.address()))
        .body(Bytes::new())
        .unwrap();
    let response = within(client(&server).send_http(request)).await.unwrap();
    assert_eq!(
        (response.status().as_u16(), response.into_body()),
        (418, Bytes::from_static(b"tea"))
    );
    assert_eq!(server.received().await[0].line(), "GET /any?thing HTTP/1.1");
}

#[tokio::test]
async fn the_token_goes_to_the_base_only() {
    let server = Server::start([""]).await;
    let client = client(&server);
    let port = server.address().rsplit_once(':').unwrap().1.to_owned();
    let others = [
        "https://graph.microsoft.com/v1.0/me".to_owned(),
        "http://127.0.0.1:1/v1.0/me".to_owned(),
        format!("https://127.0.0.1:{port}/v1.0/me"),
        format!("http://localhost:{port}/v1.0/me"),
        format!("http://127.0.0.1:{port}@evil.example/me"),
        format!("http://user:password@127.0.0.1:{port}/me"),
        "/v1.0/me".to_owned(),
    ];
    for other in others {
        let request = http::Request::get(&other).body(Bytes::new()).unwrap();
        let error = within(client.send_http(request)).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Request, "{other}");
        assert!(
            error.to_string().starts_with("the address of the request "),
            "{error}"
        );
    }
    server.stop();
}

#[test]
fn bases() {
    let build = |base: &str| {
        Client::builder()
            .token_provider(StaticToken::new("t"))
            .base_url(base)
            .build()
    };
    for good in [
        "https://graph.microsoft.us",
        "https://a.b/path/",
        "http://localhost:1",
        "http://127.1.2.3",
        "http://[::1]:8",
    ] {
        assert!(build(good).is_ok(), "{good}");
    }
    let bad = [
        "",
        "graph.microsoft.com",
        "http://graph.microsoft.com",
        "http://localhost.example",
        "http://127.0.0.1.example",
        "ftp://localhost",
        "https://secret@a.b",
        "https://a.b?c",
        "https://a.b#c",
        "https://",
    ];
    for bad in bad {
        let error = build(bad).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Request, "{bad}");
        assert!(!error.to_string().contains("secret"), "{error}");
    }
    assert!(
        Client::builder()
            .build()
            .unwrap_err()
            .to_string()
            .contains("no token provider")
    );
    assert!(
        Client::builder()
            .token_provider(StaticToken::new("t"))
            .user_agent("a\n")
            .build()
            .is_err()
    );
}

#[test]
fn debug_shows_no_token() {
    let client = Client::new(StaticToken::new(TOKEN));
    let builder = Client::builder().token_provider(StaticToken::new(TOKEN));
    let shown = format!(
        "{client:?} {builder:?} {:?} {:?}",
        StaticToken::new(TOKEN),
        AccessToken::new(TOKEN)
    );
    assert!(shown.contains("https://graph.microsoft.com"), "{shown}");
    assert!(!shown.contains(TOKEN), "{shown}");
}

/// A provider that notes what it is asked for.
struct Asked(Arc<Mutex<Vec<String>>>, &'static str);

impl TokenProvider for Asked {
    fn token<'a>(&'a self, request: &'a TokenRequest) -> BoxFuture<'a, Result<AccessToken, Error>> {
        self.0.lock().unwrap().extend_from_slice(request.scopes());
        Box::pin(async {
            match self.1 {
                "" => Err(Error::new(ErrorKind::Token, "nobody is signed in")),
                token => Ok(AccessToken::new(token)),
            }
        })
    }
}

#[tokio::test]
async fn the_provider_is_asked_for_the_scopes() {
    let server = Server::start([answer("204 No Content", &[], "")]).await;
    let asked = Arc::new(Mutex::new(Vec::new()));
    let builder = Client::builder().base_url(server.address());
    let client = builder
        .token_provider(Arc::new(Asked(asked.clone(), "t")))
        .scopes(["a", "b"])
        .build()
        .unwrap();
    within(Request::<()>::new(&LIST, &[]).send(&client))
        .await
        .unwrap();
    assert_eq!(*asked.lock().unwrap(), ["a", "b"]);
    assert_eq!(
        server.received().await[0].header("authorization"),
        Some("Bearer t")
    );
}

#[tokio::test]
async fn without_a_token_nothing_is_sent() {
    let server = Server::start([""]).await;
    for (token, message) in [
        ("", "nobody is signed in"),
        ("a\nb", "the token holds characters that no token can have"),
    ] {
        let builder = Client::builder().base_url(server.address());
        let client = builder
            .token_provider(Asked(Arc::default(), token))
            .build()
            .unwrap();
        let error = within(Request::<()>::new(&LIST, &[]).send(&client))
            .await
            .unwrap_err();
        assert_eq!(
            (error.kind(), error.to_string().as_str()),
            (ErrorKind::Token, message)
        );
    }
    server.stop();
}

#[tokio::test]
async fn answers_may_be_compressed() {
    // The header and the only block of a gzip file with stored, that is uncompressed, content.
    let body = br#"{"id":"1"}"#;
    let mut zipped = vec![0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0xFF, 1, 10, 0, 0xF5, 0xFF];
    zipped.write_all(body).unwrap();
    zipped.extend(checksum(body).to_le_bytes());
    zipped.extend(10_u32.to_le_bytes());
    let mut answer = answer("200 OK", &["Content-Encoding: gzip"], "").into_bytes();
    answer.extend(zipped);
    let server = Server::start([answer]).await;
    let value = within(Request::<Value>::new(&LIST, &[]).send(&client(&server)))
        .await
        .unwrap();
    assert_eq!(value, json!({"id": "1"}));
    assert_eq!(
        server.received().await[0].header("accept-encoding"),
        Some("gzip")
    );
}

/// CRC-32 as gzip has it (RFC 1952, section 8).
fn checksum(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0, |crc, &byte| {
        (0..8).fold(crc ^ u32::from(byte), |crc, _| {
            (crc >> 1) ^ (0xEDB8_8320 & 0_u32.wrapping_sub(crc & 1))
        })
    })
}

/// A transport of one's own, around the usual one.
struct Counting(graph_runtime::ReqwestTransport, Arc<Mutex<usize>>);

impl Transport for Counting {
    fn send(
        &self,
        request: http::Request<Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, Error>> {
        *self.1.lock().unwrap() += 1;
        assert!(request.headers()["authorization"].is_sensitive());
        self.0.send(request)
    }
}

#[tokio::test]
async fn a_client_takes_another_transport() {
    let server = Server::start([answer("204 No Content", &[], "")]).await;
    let count = Arc::new(Mutex::new(0));
    let transport = Counting(
        graph_runtime::ReqwestTransport::new().unwrap(),
        count.clone(),
    );
    let builder = Client::builder()
        .token_provider(StaticToken::new(TOKEN))
        .base_url(server.address());
    let client = builder.transport(transport).build().unwrap();
    within(Request::<()>::new(&LIST, &[]).send(&client))
        .await
        .unwrap();
    assert_eq!(server.received().await.len(), 1);
    assert_eq!(*count.lock().unwrap(), 1);
}
