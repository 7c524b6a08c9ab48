//! Several requests in one.

use graph_runtime::http::{Method, StatusCode};
use graph_runtime::serde_json::{Value, json};
use graph_runtime::{Batch, Request, Retry};

use crate::{get, mock, operation, request, start, within};

const OPERATIONS: &str = r#"
  { "function": "users::get", "method": "GET", "path": "/v1.0/users/{id}", "success": [200],
    "exchanges": [{ "page": "api/user-get.md", "responses": [{ "json": { "id": "1" } }] }] },
  { "function": "users::create", "method": "POST", "path": "/v1.0/users", "success": [201],
    "exchanges": [{ "page": "api/user-post.md", "request": { "json": { "a": 1 } },
      "responses": [{ "status": 201, "json": { "id": "2" } }] }] },
  { "function": "users::photo", "method": "GET", "path": "/v1.0/users/{id}/photo/$value", "success": [200],
    "exchanges": [{ "page": "api/photo-get.md",
      "responses": [{ "headers": [["Content-Type", "image/jpeg"]], "text": "picture" }] }] }"#;

#[tokio::test]
async fn each_part_is_answered_as_a_request_of_its_own() {
    let service = start(OPERATIONS).await;
    let mut batch = Batch::new();
    let user = batch.add(get("/users/{id}", &["7"]).query("$select", "id"));
    let made = batch.add(request(Method::POST, "/users", &[]).json(&json!({"a": 1})));
    let photo = batch.add(Request::<String>::new(
        operation(Method::GET, "/users/{id}/photo/$value"),
        &["7"],
    ));
    let none = batch.add(get("/groups", &[]));
    let after = batch.add_after(get("/users/{id}", &["8"]), [none]);
    let answers = within(batch.send(&service.client().unwrap()))
        .await
        .unwrap();
    assert_eq!(answers.get(user).unwrap(), json!({"id": "1"}));
    assert_eq!(
        answers.get_response(made).unwrap().status(),
        StatusCode::CREATED
    );
    assert_eq!(answers.get(photo).unwrap(), "picture");
    assert_eq!(
        answers.get(none).unwrap_err().code(),
        Some("ResourceNotFound")
    );
    assert_eq!(
        answers.get(after).unwrap_err().status(),
        Some(StatusCode::FAILED_DEPENDENCY)
    );
    let received = service.requests();
    let functions: Vec<Option<&str>> = received.iter().map(|one| one.function.as_deref()).collect();
    assert_eq!(
        functions,
        [
            Some("users::get"),
            Some("users::create"),
            Some("users::photo"),
            None
        ]
    );
    assert_eq!(received[0].arguments, ["7"]);
    assert_eq!(received[0].query, [("$select".to_owned(), "id".to_owned())]);
    assert_eq!(received[1].body, r#"{"a":1}"#);
}

#[tokio::test]
async fn parts_are_throttled_and_come_again() {
    let service = mock(OPERATIONS).throttle(3).start().await.unwrap();
    let mut batch = Batch::new();
    let parts: Vec<_> = (0..30)
        .map(|number| batch.add(get("/users/{id}", &[&number.to_string()])))
        .collect();
    let client = service
        .client_builder()
        .unwrap()
        .retry(Retry::default().limit(9).delay(std::time::Duration::ZERO));
    let answers = within(batch.send(&client.build().unwrap())).await.unwrap();
    for part in parts {
        answers.get(part).unwrap();
    }
    assert!(service.requests().len() > 30);
}

#[tokio::test]
async fn what_is_no_batch_is_refused() {
    let service = start(OPERATIONS).await;
    let client = service.client().unwrap();
    let part = |id: &str| json!({"id": id, "method": "GET", "url": "/users/1"});
    let many: Vec<Value> = (0..21).map(|number| part(&number.to_string())).collect();
    for (body, reason) in [
        (json!([]), "the body is no batch"),
        (
            json!({"requests": many}),
            "the batch has 21 requests; 20 are the most",
        ),
        (
            json!({"requests": [part("1"), part("1")]}),
            "request \"1\" is there twice",
        ),
        (
            json!({"requests": [{"id": "1", "method": "GET", "url": "/", "dependsOn": ["2"]}, part("2")]}),
            "request \"1\" depends on \"2\", which does not stand before it",
        ),
        (
            json!({"requests": [{"id": "1", "method": "a b", "url": "/"}]}),
            "request \"1\" has a wrong method",
        ),
        (
            json!({"requests": [{"id": "1", "method": "PUT", "url": "/", "body": "?"}]}),
            "request \"1\" has a body that is neither JSON nor base64",
        ),
    ] {
        let request = request(Method::POST, "/$batch", &[]).json(&body);
        let error = within(request.send(&client)).await.unwrap_err();
        assert_eq!(error.code(), Some("BadRequest"), "{body}");
        assert!(error.message().starts_with(reason), "{error}");
    }
}
