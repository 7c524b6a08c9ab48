//! Bodies that come piece by piece.

use futures_util::TryStreamExt;
use graph_runtime::bytes::Bytes;
use graph_runtime::http::StatusCode;
use graph_runtime::{ErrorKind, Request, Retry};

use crate::faults::client;
use crate::live::{Answer, Live};
use crate::{GET, within};

#[tokio::test]
async fn content_of_any_size_comes_in_pieces() {
    let content: Vec<u8> = (0..3_000_000_u32).map(|number| number as u8).collect();
    let answer =
        Answer::bytes([b"HTTP/1.1 200 OK\r\nETag: 1\r\n\r\n".as_slice(), &content].concat());
    let live = Live::start(move |_, _| answer.clone()).await;
    let (client, _) = client(&live.address(), Retry::default());
    let request = Request::<()>::new(&GET, &["1"]);

    let response = within(request.send_stream(&client)).await.unwrap();
    assert_eq!(
        (response.status(), &response.headers()["etag"]),
        (StatusCode::OK, &"1".parse().unwrap())
    );
    let mut body = response.into_value();
    let mut pieces = Vec::new();
    while let Some(piece) = within(body.try_next()).await.unwrap() {
        pieces.push(piece);
    }
    assert!(pieces.len() > 1);
    assert_eq!(pieces.concat(), content);
    assert_eq!(within(body.try_next()).await.unwrap(), None);

    // As a `Stream`, and whole.
    let response = within(request.send_stream(&client)).await.unwrap();
    let pieces: Vec<Bytes> = within(response.into_value().try_collect()).await.unwrap();
    assert_eq!(pieces.concat(), content);
    let response = within(request.send_stream(&client)).await.unwrap();
    assert_eq!(
        within(response.into_value().collect()).await.unwrap(),
        content
    );
    assert_eq!(live.received().len(), 3);
}

#[tokio::test]
async fn what_fails_before_the_body_is_sent_again_and_what_breaks_off_is_told() {
    let live = Live::start(|number, _| match number {
        0 => Answer::status("429 Too Many Requests", &["Retry-After: 2"], "{}"),
        1 => Answer::bytes("").reset(),
        _ => Answer::bytes("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf").reset(),
    })
    .await;
    let (client, waits) = client(&live.address(), Retry::default());
    let request = Request::<()>::new(&GET, &["1"]);
    let response = within(request.send_stream(&client)).await.unwrap();
    assert_eq!(waits.millis()[0], 2_000);
    let mut body = response.into_value();
    let error = within(async {
        loop {
            match body.try_next().await {
                Ok(piece) => assert!(piece.is_some(), "a body that broke off came to an end"),
                Err(error) => break error,
            }
        }
    })
    .await;
    assert_eq!(error.kind(), ErrorKind::Transport);
    assert_eq!(within(body.try_next()).await.unwrap(), None);
    assert_eq!(live.received().len(), 3);
}

#[tokio::test]
async fn an_error_is_an_error_with_its_body() {
    let body = r#"{"error":{"code":"itemNotFound","message":"There is none."}}"#;
    let live = Live::start(move |_, _| Answer::status("404 Not Found", &[], body)).await;
    let (client, _) = client(&live.address(), Retry::default());
    let error = within(Request::<()>::new(&GET, &["1"]).send_stream(&client)).await;
    assert_eq!(error.unwrap_err().code(), Some("itemNotFound"));
}
