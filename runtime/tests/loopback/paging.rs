//! Collections of more than one page.

use std::time::Duration;

use futures_util::{StreamExt, TryStreamExt};
use graph_runtime::serde_json::json;
use graph_runtime::{Error, ErrorKind, Page, Request};

use crate::server::{self, Server, answer};
use crate::{LIST, client, within};

fn page(items: &str, link: &str) -> String {
    server::json(&format!(
        r#"{{"value":[{items}],"@odata.nextLink":"{link}"}}"#
    ))
}

fn request() -> Request<Page<u8>> {
    Request::new(&LIST, &[])
}

#[tokio::test]
async fn all_items() {
    let answers = [
        page("1,2", "{address}/v1.0/things?$skiptoken=a%2Bb+c'd"),
        // A page in the middle may be empty.
        page("", "/v1.0/things?relative"),
        server::json(r#"{"value":[3]}"#),
    ];
    let server = Server::start(answers).await;
    let request = request()
        .top(2)
        .header("ConsistencyLevel", "eventual")
        .json(&json!({}));
    let items: Vec<u8> = within(request.items(&client(&server)).try_collect())
        .await
        .unwrap();
    assert_eq!(items, [1, 2, 3]);
    let received = server.received().await;
    let lines: Vec<&str> = received.iter().map(server::Received::line).collect();
    assert_eq!(lines[0], "GET /v1.0/things?$top=2 HTTP/1.1");
    // The link as it is: nothing is added, and nothing is encoded again but the quote.
    assert_eq!(
        lines[1].replace('\'', "%27"),
        "GET /v1.0/things?$skiptoken=a%2Bb+c%27d HTTP/1.1"
    );
    assert_eq!(lines[2], "GET /v1.0/things?relative HTTP/1.1");
    for further in &received[1..] {
        assert_eq!(further.header("consistencylevel"), Some("eventual"));
        assert!(further.header("authorization").is_some());
        assert_eq!(further.header("content-type"), None);
        assert!(further.body.is_empty());
    }
    assert_ne!(
        received[0].header("client-request-id"),
        received[1].header("client-request-id")
    );
}

#[tokio::test]
async fn pages_with_what_they_carry() {
    let second = server::json(r#"{"value":[2],"@odata.deltaLink":"d"}"#);
    let server = Server::start([page("1", "{address}/2"), second]).await;
    let mut pages = request().pages(&client(&server));
    within(async {
        let first = pages.try_next().await.unwrap().unwrap();
        assert!(first.next_link.unwrap().ends_with("/2"));
        assert_eq!(
            pages
                .try_next()
                .await
                .unwrap()
                .unwrap()
                .delta_link
                .as_deref(),
            Some("d")
        );
        assert!(pages.try_next().await.unwrap().is_none());
        assert!(pages.next().await.is_none());
    })
    .await;
    server.received().await;
}

#[tokio::test]
async fn no_page_is_requested_before_it_is_needed() {
    let server = Server::start([page("1,2", "{address}/2"), page("", "")]).await;
    let mut items = request().items(&client(&server));
    within(async {
        assert_eq!(items.try_next().await.unwrap(), Some(1));
        assert_eq!(items.try_next().await.unwrap(), Some(2));
    })
    .await;
    // The second answer is never asked for.
    server.stop();
}

/// The first item and then the error, after which there is nothing.
async fn error_after_one(answers: Vec<String>) -> Error {
    let server = Server::start(answers).await;
    let mut items = request().items(&client(&server));
    let error = within(async {
        assert_eq!(items.try_next().await.unwrap(), Some(1));
        let error = items.try_next().await.unwrap_err();
        assert_eq!(items.try_next().await.unwrap(), None);
        error
    })
    .await;
    server.received().await;
    error
}

#[tokio::test]
async fn links_elsewhere_are_refused() {
    let elsewhere = [
        "https://graph.microsoft.com/v1.0/things",
        "http://localhost:1/v1.0/things",
        "http://127.0.0.1:1/v1.0/things",
        "//evil.example/v1.0/things",
        "\\\\\\\\evil.example/v1.0/things",
        "file:///etc/passwd",
        "data:,x",
    ];
    for link in elsewhere {
        let error = error_after_one(vec![page("1", link)]).await;
        assert_eq!(error.kind(), ErrorKind::Link, "{link}");
        assert_eq!(
            error.to_string(),
            "the link to the next page leads to another scheme, host or port",
            "{link}"
        );
    }
    let error = error_after_one(vec![page("1", "{address}@evil.example/")]).await;
    assert_eq!(
        error.to_string(),
        "the link to the next page holds a user name or password"
    );
    let error = error_after_one(vec![page("1", "http://")]).await;
    assert_eq!(
        error.to_string(),
        "the link to the next page is not an address"
    );
}

#[tokio::test]
async fn links_back_are_refused() {
    // To the page itself.
    let error = error_after_one(vec![page("1", "{address}/v1.0/things")]).await;
    assert_eq!(error.kind(), ErrorKind::Link);
    assert_eq!(
        error.to_string(),
        "the link to the next page leads back to a page that was read already"
    );
    // In a circle.
    let answers = vec![
        page("1", "{address}/a"),
        page("", "{address}/b"),
        page("", "{address}/a"),
    ];
    assert_eq!(error_after_one(answers).await.kind(), ErrorKind::Link);
}

#[tokio::test]
async fn an_error_in_the_middle_ends_the_stream() {
    let error = error_after_one(vec![
        page("1", "{address}/2"),
        answer("429 Too Many Requests", &["Retry-After: 1"], ""),
    ])
    .await;
    assert_eq!(error.to_string(), "429 Too Many Requests");
    let error = error_after_one(vec![
        page("1", "{address}/2"),
        server::json(r#"{"value":["x"]}"#),
    ])
    .await;
    assert_eq!(error.kind(), ErrorKind::Decode);
    let error = error_after_one(vec![page("1", "{address}/2"), String::new()]).await;
    assert_eq!(error.kind(), ErrorKind::Transport);
}

#[tokio::test]
async fn a_wrong_request_is_the_first_error() {
    let server = Server::start([""]).await;
    let mut pages = Request::<Page<u8>>::new(&LIST, &["too many"]).pages(&client(&server));
    assert_eq!(
        pages.try_next().await.unwrap_err().kind(),
        ErrorKind::Request
    );
    assert!(pages.try_next().await.unwrap().is_none());
    server.stop();
}

#[tokio::test]
async fn dropping_the_future_of_an_item_loses_nothing() {
    let server = Server::start([page("1", "{address}/2"), server::json(r#"{"value":[2]}"#)]).await;
    let mut items = request().items(&client(&server));
    let mut read = Vec::new();
    let mut given_up = 0;
    within(async {
        loop {
            // Given up at the first wait, again and again; what is waited for goes on in between.
            tokio::select! {
                biased;
                item = items.try_next() => match item.unwrap() {
                    Some(item) => read.push(item),
                    None => break,
                },
                () = std::future::ready(()) => {
                    given_up += 1;
                    tokio::time::sleep(Duration::from_micros(100)).await;
                }
            }
        }
    })
    .await;
    assert_eq!(read, [1, 2]);
    assert!(given_up > 0);
    // Two connections, so no request was made twice.
    assert_eq!(server.received().await.len(), 2);
}

#[tokio::test]
async fn reading_goes_on_from_a_link() {
    let server = Server::start([
        page("1,2", "{address}/2"),
        answer("500 Internal Server Error", &[], ""),
        page("3", "{address}/3"),
        server::json(r#"{"value":[4]}"#),
    ])
    .await;
    let client = client(&server);
    let mut items = request().items(&client);
    assert_eq!(items.next_link(), None);
    for expected in [1, 2] {
        assert_eq!(within(items.try_next()).await.unwrap(), Some(expected));
    }
    within(items.try_next()).await.unwrap_err();
    let link = items.next_link().unwrap().to_owned();
    assert!(link.ends_with("/2"), "{link}");
    let request = request().header("Prefer", "a");
    let mut rest = request.items_from(&client, &link);
    for expected in [Some(3), Some(4), None] {
        assert_eq!(within(rest.try_next()).await.unwrap(), expected);
    }
    assert_eq!(rest.next_link(), None);
    let received = server.received().await;
    assert_eq!(received[2].line(), "GET /2 HTTP/1.1");
    assert_eq!(received[3].header("prefer"), Some("a"));
}

#[tokio::test]
async fn limits_end_a_stream_without_a_request() {
    let server = Server::start([page("1,2", "{address}/2"), page("3,4", "{address}/3")]).await;
    let client = client(&server);
    let items: Vec<u8> = within(request().items(&client).limit(3).try_collect())
        .await
        .unwrap();
    assert_eq!(items, [1, 2, 3]);
    assert_eq!(server.received().await.len(), 2);

    let server = Server::start([page("1,2", "{address}/2")]).await;
    let client = crate::client(&server);
    let mut items = request().items(&client).limit(2);
    let mut pages = request().pages(&client).limit(0);
    assert!(within(pages.try_next()).await.unwrap().is_none());
    for expected in [Some(1), Some(2), None] {
        assert_eq!(within(items.try_next()).await.unwrap(), expected);
    }
    assert!(items.next_link().unwrap().ends_with("/2"));
    assert!(items.held().is_empty());
    server.received().await;

    let server = Server::start([page("1", "{address}/2")]).await;
    let client = crate::client(&server);
    let mut pages = request().pages(&client).limit(1);
    assert!(within(pages.try_next()).await.unwrap().is_some());
    assert!(within(pages.try_next()).await.unwrap().is_none());
    assert!(pages.next_link().unwrap().ends_with("/2"));
    server.received().await;
}

#[tokio::test]
async fn what_is_wrong_with_a_request_is_wrong_from_a_link_as_well() {
    let server = Server::start([""]).await;
    let request = request().header("Prefer", "a\nb");
    let mut items = request.items_from(&client(&server), "/v1.0/things");
    let error = within(items.try_next()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Request);
    server.stop();
}

#[tokio::test]
async fn a_stored_link_is_held_to_the_service_as_well() {
    let server = Server::start([""]).await;
    let client = client(&server);
    for link in [
        "https://example.com/v1.0/things",
        "http://",
        "ftp://127.0.0.1/",
    ] {
        let mut pages = request().pages_from(&client, link);
        let error = within(pages.try_next()).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Link, "{link}: {error}");
    }
    server.stop();
}
