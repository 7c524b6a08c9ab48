//! Requests as values: bodies, headers, what is kept until they are sent, and what is not shown.

use std::collections::BTreeMap;

use graph_runtime::serde_json::{Value, json};
use graph_runtime::{Client, Error, ErrorKind, Field, Items, Page, Pages, Request};

use crate::models::Message;
use crate::operation;

const BASE: &str = "https://graph.microsoft.com";

#[test]
fn json_bodies() {
    let request = Request::<()>::new(operation("/x"), &[])
        .json(&json!({"a": 1}))
        .to_http(BASE)
        .unwrap();
    assert_eq!(request.headers()["content-type"], "application/json");
    assert_eq!(request.body().as_ref(), br#"{"a":1}"#);
}

#[test]
fn other_bodies() {
    let request = Request::<()>::new(operation("/x"), &[])
        .content("image/png", vec![1, 2])
        .to_http(BASE)
        .unwrap();
    assert_eq!(request.headers()["content-type"], "image/png");
    assert_eq!(request.body().as_ref(), [1, 2]);
}

#[test]
fn a_second_header_replaces_the_first_except_for_preferences() {
    let request = Request::<()>::new(operation("/x"), &[])
        .header("If-Match", "a")
        .header("if-match", "b")
        .header("Prefer", "return=minimal")
        .header("Prefer", "odata.maxpagesize=5")
        .to_http(BASE)
        .unwrap();
    let all = |name| {
        request
            .headers()
            .get_all(name)
            .iter()
            .map(|value| value.to_str().unwrap())
            .collect::<Vec<_>>()
    };
    assert_eq!(all("if-match"), ["b"]);
    assert_eq!(all("prefer"), ["return=minimal", "odata.maxpagesize=5"]);
}

#[track_caller]
fn assert_kept(request: &Request<()>, reason: &str) {
    let error = request.to_http(BASE).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Request);
    assert!(error.to_string().contains(reason), "{error}");
}

#[test]
fn what_is_wrong_is_kept_until_the_request_is_sent() {
    let request = || Request::<()>::new(operation("/x"), &[]);
    let unserialisable = BTreeMap::from([(vec![1], 1)]);
    assert_kept(
        &request().json(&unserialisable),
        "cannot be written as JSON: key must be a string",
    );
    assert_kept(
        &request().header("a b", "c"),
        r#""a b" cannot be the name of a header"#,
    );
    assert_kept(
        &request().header("a", "secret\n"),
        "the value of the header a holds control characters",
    );
    assert_kept(&request().query("", "a"), "a query option has no name");
    // The first one is kept.
    assert_kept(
        &request().query("", "a").header("a b", "c"),
        "a query option has no name",
    );
    assert!(request().to_http("not an address").is_err());
}

#[test]
fn debug_shows_no_body_and_no_secret_header() {
    let request = Request::<()>::new(operation("/x"), &[])
        .json(&json!({"password": "hunter2"}))
        .header("Authorization", "Bearer hunter3");
    let shown = format!("{request:?}");
    assert!(shown.contains("22 bytes"), "{shown}");
    assert!(!shown.contains("hunter"), "{shown}");
}

#[test]
fn typed_names() {
    let request = Request::<Page<Message>>::new(operation("/messages"), &[])
        .select([Message::SUBJECT, Message::IMPORTANCE])
        .order_by([Message::SUBJECT])
        .expand([Field::new("attachments")]);
    let address = request.to_http(BASE).unwrap().uri().to_string();
    let expected = "/messages?$select=subject,importance&$orderby=subject&$expand=attachments";
    assert!(address.ends_with(expected), "{address}");
    let request = Request::<Page<Message>>::new(operation("/messages"), &[])
        .order_by([Message::IMPORTANCE.descending(), Message::SUBJECT.into()]);
    assert_eq!(
        request.to_http(BASE).unwrap().uri().query(),
        Some("$orderby=importance%20desc,subject")
    );
    let none = Request::<Message>::new(operation("/messages/{id}"), &["1"]).select([]);
    assert_eq!(
        none.to_http(BASE).unwrap().uri().path_and_query().unwrap(),
        "/v1.0/messages/1"
    );
}

#[test]
fn the_same_request_can_be_read_as_another_type() {
    let request = Request::<()>::new(operation("/x"), &[])
        .top(1)
        .returning::<Value>();
    assert_eq!(request.operation().path, "/x");
    assert_eq!(request.to_http(BASE).unwrap().uri().query(), Some("$top=1"));
}

#[test]
fn public_types_can_be_shared_between_threads() {
    fn shared<T: Send + Sync>() {}
    fn sent<T: Send>(_: &T) {}

    // Not `Send`, to show that the type of the answer does not matter.
    type Local = std::rc::Rc<()>;
    shared::<Request<Local>>();
    shared::<Field<Local>>();
    shared::<Client>();
    shared::<Error>();
    fn streams(pages: &Pages<Local>, items: &Items<u8>) {
        sent(pages);
        sent(items);
    }
    let _ = streams;
    fn futures(request: &Request<Message>, client: &Client) {
        sent(&request.send(client));
        sent(&request.send_response(client));
    }
    let _ = futures;
}
