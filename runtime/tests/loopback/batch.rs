//! Several requests in one: what is sent, and what each part gets.

mod again;
mod broken;
mod law;

use graph_runtime::bytes::Bytes;
use graph_runtime::http::{Method, StatusCode};
use graph_runtime::serde_json::{Value, from_slice, json};
use graph_runtime::{Batch, ErrorKind, Operation, Page, PartId, Request};

use crate::server::{self, Received, Server, answer};
use crate::{CREATE, GET, LIST, TOKEN, client, operation, operation_of, within};

static REPLACE: Operation = operation(Method::PUT, "/things/{id}");
static DOWNLOAD: Operation = operation(Method::GET, "/things/{id}/content");
static BETA: Operation = operation_of("beta", Method::GET, "/things/{id}");

fn get(id: &str) -> Request<Value> {
    Request::new(&GET, &[id])
}

fn create(body: &Value) -> Request<Value> {
    Request::new(&CREATE, &[]).json(body)
}

/// An answer to a part: the number, the status, and JSON members that follow it.
fn part(id: usize, status: u16, members: &str) -> String {
    format!(r#"{{"id":"{id}","status":{status}{members}}}"#)
}

/// A part that succeeded with its own number.
fn ok(id: usize) -> String {
    part(id, 200, &format!(r#","body":{{"id":"{id}"}}"#))
}

fn answers(parts: impl IntoIterator<Item = String>) -> String {
    let parts: Vec<_> = parts.into_iter().collect();
    server::json(&format!(r#"{{"responses":[{}]}}"#, parts.join(",")))
}

/// The parts of a batch that came.
fn sent(received: &Received) -> Vec<Value> {
    let mut body: Value = from_slice(&received.body).unwrap();
    let Value::Array(parts) = body["requests"].take() else {
        panic!("there are no requests in {body}");
    };
    parts
}

/// The numbers of the parts of a batch that came, each with those that it comes after.
fn ids(received: &Received) -> Vec<String> {
    let parts = sent(received).into_iter();
    let shown = parts.map(|part| match part["dependsOn"].as_array() {
        None => part["id"].as_str().unwrap().to_owned(),
        Some(after) => {
            let after: Vec<_> = after.iter().map(|id| id.as_str().unwrap()).collect();
            format!("{}<{}", part["id"].as_str().unwrap(), after.join(","))
        }
    });
    shown.collect()
}

#[tokio::test]
async fn parts_are_sent_as_they_are_and_answers_find_theirs() {
    let server = Server::start([answers([
        part(
            3,
            201,
            r#","headers":{"Location":"/things/n","request-id":"own"},"body":{"id":"n","size":1.10}"#,
        ),
        part(4, 204, r#","headers":{},"body":null"#),
        part(9, 200, ""),
        part(1, 200, r#","body":{"value":[1,2],"@odata.nextLink":"{address}/v1.0/things?$skiptoken=x"}"#),
        part(2, 200, r#","headers":{"Content-Type":"image/png"},"body":"iVBO/w==""#),
        part(1, 500, ""),
        r#"{"status":200},null,7"#.to_owned(),
    ])])
    .await;

    let mut batch = Batch::new();
    let list = Request::<Page<u8>>::new(&LIST, &[])
        .filter("name eq 'a b'")
        .top(2)
        .header("Prefer", "a")
        .header("Prefer", "b")
        .header("Authorization", "mine");
    let list = batch.add(&list);
    let photo = batch.add(Request::<Bytes>::new(&DOWNLOAD, &["é"]));
    let exact = r#"{ "size": 1.10, "big": 123456789012345678901234567890 }"#;
    let created = batch.add(Request::<Value>::new(&CREATE, &[]).content("application/json", exact));
    let upload = Request::<()>::new(&REPLACE, &["7"]).content("image/png", &b"\x89PN\xff"[..]);
    let uploaded = batch.add_after(upload, [created.id(), photo.id(), created.id()]);
    assert_eq!(
        format!("{batch:?}"),
        r#"Batch ["GET /things", "GET /things/{id}/content", "POST /things", "PUT /things/{id}"]"#
    );

    let answers = within(batch.send(&client(&server))).await.unwrap();
    let page = answers.get(list).unwrap();
    assert_eq!(page.value, [1, 2]);
    assert!(page.next_link.unwrap().starts_with("http://127.0.0.1:"));
    assert_eq!(answers.get(photo).unwrap(), &b"\x89PN\xff"[..]);
    let response = answers.get_response(created).unwrap();
    assert_eq!(response.status(), StatusCode::CREATED);
    assert_eq!(response.headers()["location"], "/things/n");
    assert_eq!(response.request_id(), Some("own"));
    answers.get(uploaded).unwrap();
    // Again, since nothing is taken out.
    answers.get(uploaded).unwrap();
    assert_eq!(answers.errors().count(), 0);
    assert_eq!(
        format!("{answers:?}"),
        "BatchAnswers [Ok(200), Ok(200), Ok(201), Ok(204)]"
    );

    let received = server.received().await;
    let [received] = &*received else {
        panic!("more than one batch");
    };
    assert_eq!(received.line(), "POST /v1.0/$batch HTTP/1.1");
    assert_eq!(received.header("content-type"), Some("application/json"));
    assert_eq!(
        received.header("authorization"),
        Some(&*format!("Bearer {TOKEN}"))
    );
    let body = str::from_utf8(&received.body).unwrap();
    assert!(body.contains(exact) && !body.contains("mine"), "{body}");
    let expected = json!([
        {
            "id": "1",
            "method": "GET",
            "url": "/things?$filter=name%20eq%20'a%20b'&$top=2",
            "headers": {"accept": "application/json", "prefer": "a, b"},
        },
        {"id": "2", "method": "GET", "url": "/things/%C3%A9/content"},
        {
            "id": "3",
            "method": "POST",
            "url": "/things",
            "headers": {"accept": "application/json", "content-type": "application/json"},
            "body": from_slice::<Value>(exact.as_bytes()).unwrap(),
        },
        {
            "id": "4",
            "method": "PUT",
            "url": "/things/7",
            "headers": {"content-type": "image/png"},
            "body": "iVBO/w==",
            "dependsOn": ["2", "3"],
        },
    ]);
    assert_eq!(Value::from(sent(received)), expected);
}

#[tokio::test]
async fn an_empty_batch_sends_nothing() {
    let server = Server::start([""]).await;
    let answers = within(Batch::new().send(&client(&server))).await.unwrap();
    assert_eq!(answers.errors().count(), 0);
    server.stop();
}

#[tokio::test]
async fn more_than_twenty_are_several_batches() {
    let server = Server::start([
        answers((1..=20).rev().map(ok)),
        answers((21..=40).map(ok)),
        answers((41..=45).map(ok)),
    ])
    .await;
    let mut batch = Batch::new();
    let parts: Vec<_> = (1..=45)
        .map(|number| batch.add(get(&number.to_string())))
        .collect();
    let answers = within(batch.send(&client(&server))).await.unwrap();
    for (index, part) in parts.into_iter().enumerate() {
        assert_eq!(answers.get(part).unwrap()["id"], (index + 1).to_string());
    }
    let received = server.received().await;
    let counts: Vec<_> = received.iter().map(|batch| sent(batch).len()).collect();
    assert_eq!(counts, [20, 20, 5]);
    assert_eq!(sent(&received[2])[4]["url"], "/things/45");
}

#[tokio::test]
async fn dependencies_hold_across_batches() {
    // Part 2 is done before what comes after it in the second batch, part 3 fails. Part 5 is no success here, and no
    // failure for the service.
    let first = (1..=20).map(|id| match id {
        3 => part(3, 404, ""),
        5 => part(5, 304, ""),
        _ => ok(id),
    });
    let server = Server::start([answers(first), answers([ok(21), ok(22)])]).await;
    let mut batch = Batch::new();
    let first: Vec<_> = (1..=20)
        .map(|number| batch.add(get(&number.to_string())))
        .collect();
    let after = batch.add_after(get("21"), [first[1]]);
    let last = batch.add_after(get("22"), [after, first[0], first[4]]);
    let lost = batch.add_after(create(&json!({})), [first[2], first[3]]);
    let lost_too = batch.add_after(get("24"), [lost.id(), last.id()]);
    let answers = within(batch.send(&client(&server))).await.unwrap();
    let received = server.received().await;
    assert_eq!(ids(&received[1]), ["21", "22<21"]);

    answers.get(after).unwrap();
    answers.get(last).unwrap();
    let error = answers.get(lost).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Service);
    assert_eq!(error.status(), Some(StatusCode::FAILED_DEPENDENCY));
    assert_eq!(error.code(), Some("FailedDependency"));
    assert_eq!((error.attempts(), error.was_sent()), (0, false));
    assert_eq!(
        error.to_string(),
        "424 Failed Dependency: FailedDependency: not sent, because part 3 failed, which it depends on"
    );
    let source = std::error::Error::source(&error).unwrap();
    assert_eq!(source.to_string(), "404 Not Found");
    let error = answers.get(lost_too).unwrap_err();
    assert_eq!(error.status(), Some(StatusCode::FAILED_DEPENDENCY));
    let failed: Vec<PartId> = answers.errors().map(|(part, _)| part).collect();
    assert_eq!(
        failed,
        [first[2].id(), first[4].id(), lost.id(), lost_too.id()]
    );
}

#[tokio::test]
async fn each_version_has_its_own_batches() {
    let server = Server::start([
        answers([ok(1), ok(4)]),
        answers([ok(2), ok(3)]),
        answers([ok(5)]),
    ])
    .await;
    let mut batch = Batch::new();
    let beta = |id: &str| Request::<Value>::new(&BETA, &[id]);
    let first = batch.add(get("1"));
    let second = batch.add(beta("2"));
    let third = batch.add_after(beta("3"), [first]);
    let fourth = batch.add(get("4"));
    let fifth = batch.add_after(get("5"), [second, fourth]);
    let answers = within(batch.send(&client(&server))).await.unwrap();
    for (part, id) in [
        (first, "1"),
        (second, "2"),
        (third, "3"),
        (fourth, "4"),
        (fifth, "5"),
    ] {
        assert_eq!(answers.get(part).unwrap()["id"], id);
    }
    let received = server.received().await;
    let lines: Vec<_> = received.iter().map(Received::line).collect();
    assert_eq!(
        lines,
        [
            "POST /v1.0/$batch HTTP/1.1",
            "POST /beta/$batch HTTP/1.1",
            "POST /v1.0/$batch HTTP/1.1"
        ]
    );
    assert_eq!(sent(&received[1])[0]["url"], "/things/2");
    assert_eq!(ids(&received[1]), ["2", "3"]);
}

#[tokio::test]
async fn errors_of_parts_are_those_of_requests() {
    let body = r#"{"error":{"code":"Gone","message":"It went.","innerError":{"request-id":"r","date":"d"}}}"#;
    let json = format!(r#","headers":{{"Content-Type":"application/json","X":"y"}},"body":{body}"#);
    let html = r#","headers":{"Content-Type":"text/html"},"body":"<p>no</p>""#;
    let redirect = r#","headers":{"Location":"https://elsewhere.example/"}"#;
    let server = Server::start([answer(
        "200 OK",
        &["request-id: whole"],
        &format!(
            r#"{{"responses":[{},{},{},{},{},{}]}}"#,
            part(1, 410, &json),
            part(2, 403, html),
            part(3, 302, redirect),
            part(4, 304, ""),
            part(5, 200, r#","body":{"value":"x"}"#),
            r#"{"id":6,"status":"fine"}"#
        ),
    )])
    .await;
    let mut batch = Batch::new();
    let gone = batch.add(get("1"));
    let forbidden = batch.add(get("2"));
    let download = batch.add(Request::<Bytes>::new(&DOWNLOAD, &["3"]));
    let unmodified = batch.add(get("4"));
    let wrong = batch.add(Request::<Page<u8>>::new(&LIST, &[]));
    let odd = batch.add(get("6"));
    let answers = within(batch.send(&client(&server))).await.unwrap();
    server.received().await;

    let error = answers.get(gone).unwrap_err();
    assert_eq!(error.to_string(), "410 Gone: Gone: It went. (request-id r)");
    assert_eq!(error.inner_error().unwrap()["date"], "d");
    assert_eq!(error.headers().unwrap()["x"], "y");
    assert_eq!(error.attempts(), 1);
    let error = answers.get(forbidden).unwrap_err();
    assert_eq!(
        error.to_string(),
        "403 Forbidden: <p>no</p> (request-id whole)"
    );
    let found = answers.get_response(download).unwrap();
    assert_eq!(found.headers()["location"], "https://elsewhere.example/");
    assert_eq!(found.request_id(), Some("whole"));
    let error = answers.get(unmodified).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::UnexpectedStatus);
    assert_eq!(answers.get(wrong).unwrap_err().kind(), ErrorKind::Decode);
    let error = answers.get(odd).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert!(error.was_sent());
}

#[tokio::test]
async fn what_is_wrong_with_a_part_is_its_own_error() {
    let server = Server::start([answers([ok(2)])]).await;
    let mut other = Batch::new();
    let foreign = other.add(get("1"));
    let mut batch = Batch::new();
    let incomplete = batch.add(Request::<Value>::new(&GET, &[]));
    let fine = batch.add(get("2"));
    let dependent = batch.add_after(get("3"), [incomplete]);
    let confused = batch.add_after(get("4"), [foreign]);
    let text = Request::<Value>::new(&CREATE, &[]).content("application/json", "{");
    let text = batch.add(text);
    let answers = within(batch.send(&client(&server))).await.unwrap();
    let late = batch.add(get("5"));
    assert_eq!(ids(&server.received().await[0]), ["2"]);

    answers.get(fine).unwrap();
    for (part, message) in [
        (
            incomplete,
            "the path /things/{id} was given 0 arguments, too few",
        ),
        (confused, "the part belongs to another batch"),
        (foreign, "the part belongs to another batch"),
        (late, "the part was added after the batch was sent"),
    ] {
        let error = answers.get(part).unwrap_err();
        assert_eq!(
            (error.kind(), error.to_string()),
            (ErrorKind::Request, message.to_owned())
        );
    }
    let error = answers.get(text).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Request);
    assert!(
        error
            .to_string()
            .starts_with("the body is called JSON and is none: ")
    );
    let error = answers.get(dependent).unwrap_err();
    assert_eq!(error.status(), Some(StatusCode::FAILED_DEPENDENCY));
}
