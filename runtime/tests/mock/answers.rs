//! Which example answers, and what of it is sent.

use graph_runtime::http::{Method, StatusCode};
use graph_runtime::serde_json::{Value, json};
use graph_runtime::{Page, Request};

use crate::{get, operation, request, start, within};

const USER: &str = r#"{
  "function": "users::get", "method": "GET", "path": "/v1.0/users/{id}", "success": [200],
  "exchanges": [
    { "page": "api/first.md",
      "request": { "arguments": ["a"] },
      "responses": [{ "status": 200, "json": { "is": "first" } }] },
    { "page": "api/select.md",
      "request": { "arguments": ["a"], "query": [["$select", "displayName"]] },
      "responses": [{ "status": 200, "json": { "is": "select" } }] },
    { "page": "api/expand.md",
      "request": { "arguments": ["x"], "query": [["$expand", "manager"]] },
      "responses": [{ "status": 200, "json": { "is": "expand" } }] },
    { "page": "api/second.md",
      "request": { "arguments": ["b"] },
      "responses": [{ "status": 200, "json": { "is": "second" } }] },
    { "page": "api/missing.md",
      "request": { "arguments": ["gone"] },
      "responses": [{ "status": 404, "json": { "error": { "code": "Request_ResourceNotFound", "message": "gone" } } }] }
  ] }"#;

#[tokio::test]
async fn the_example_that_fits_best_answers() {
    let service = start(USER).await;
    let client = service.client().unwrap();
    type Case<'a> = (&'a str, &'a [(&'a str, &'a str)], &'a str);
    let cases: &[Case<'_>] = &[
        ("a", &[], "first"),
        ("b", &[], "second"),
        // Arguments before query.
        ("b", &[("$select", "displayName")], "second"),
        ("a", &[("$select", "displayName")], "select"),
        // The same options with other values come next.
        ("a", &[("$select", "id,mail")], "select"),
        ("anyone", &[("$expand", "manager")], "expand"),
        ("anyone", &[("$select", "displayName")], "select"),
        ("anyone", &[], "first"),
        // An example of an error answers its own request only.
        ("gone", &[("$select", "displayName")], "select"),
    ];
    for (id, options, expected) in cases {
        let mut request = get("/users/{id}", &[id]);
        for (name, value) in *options {
            request = request.query(name, value);
        }
        let user = within(request.send(&client)).await.unwrap();
        assert_eq!(user["is"], *expected, "{id} {options:?}");
        let page = service.requests().pop().unwrap().page.unwrap();
        assert_eq!(page, format!("api/{expected}.md"));
    }
    let error = within(get("/users/{id}", &["gone"]).send(&client))
        .await
        .unwrap_err();
    assert_eq!(error.code(), Some("Request_ResourceNotFound"));
    assert_eq!(error.status(), Some(StatusCode::NOT_FOUND));
}

#[tokio::test]
async fn the_type_in_the_body_tells_functions_of_one_path_apart() {
    let of = |name: &str, type_name: &str| {
        format!(
            r##"{{ "function": "{name}", "method": "POST", "path": "/v1.0/configurations", "success": [201],
              "exchanges": [{{ "request": {{ "json": {{ "@odata.type": "#{type_name}", "a": 1 }} }},
                "responses": [{{ "json": {{ "is": "{name}" }} }}] }}] }}"##
        )
    };
    let service =
        start(&[of("create_ios", "ios"), of("create_windows", "windows")].join(",")).await;
    let client = service.client().unwrap();
    for name in ["windows", "ios"] {
        let body = json!({ "@odata.type": format!("#{name}"), "a": 2 });
        let request = request(Method::POST, "/configurations", &[]).json(&body);
        let created = within(request.send_response(&client)).await.unwrap();
        assert_eq!(created.status(), 201);
        assert_eq!(created.value()["is"], format!("create_{name}"));
        let received = service.requests().pop().unwrap();
        assert_eq!(received.function, Some(format!("create_{name}")));
        assert_eq!(received.json::<Value>().unwrap(), body);
    }
}

#[tokio::test]
async fn status_headers_and_body_are_those_of_the_page() {
    let service = start(
        r#"{ "function": "things::get", "method": "GET", "path": "/v1.0/things/{id}", "success": [203, 200],
             "exchanges": [
               { "request": { "arguments": ["json"] },
                 "responses": [{ "status": 206, "json": { "a": [1.5], "b": null },
                   "headers": [["ETag", "\"7\""], ["Content-type", "application/json;odata.metadata=full"],
                     ["Content-Length", "9999"], ["Transfer-Encoding", "chunked"], ["Connection", "close"],
                     ["Content-Encoding", "gzip"], ["Retry-After", "30"], ["Date", "never"], ["not a name", "x"]] }] },
               { "request": { "arguments": ["text"] }, "responses": [{ "text": "42" }] },
               { "request": { "arguments": ["none"] }, "responses": [{ "status": 204, "json": { "a": 1 } }] },
               { "request": { "arguments": ["strange"] }, "responses": [{ "status": 2000, "json": {} }] },
               { "request": { "arguments": ["interim"] }, "responses": [{ "status": 103, "json": {} }] },
               { "request": { "arguments": ["second"] },
                 "responses": [{ "status": 400, "json": {} }, { "status": 200, "json": { "is": 2 } }] }
             ] },
           { "function": "things::list", "method": "GET", "path": "/v1.0/things",
             "exchanges": [{ "responses": [{ "json": { "value": [] } }] }] }"#,
    )
    .await;
    let client = service.client().unwrap();
    let answer = |id: &'static str| {
        let request = Request::<String>::new(operation(Method::GET, "/things/{id}"), &[id]);
        let client = client.clone();
        async move { within(request.send_response(&client)).await.unwrap() }
    };

    let json = answer("json").await;
    assert_eq!(
        (json.status().as_u16(), json.value().as_str()),
        (206, r#"{"a":[1.5],"b":null}"#)
    );
    assert_eq!(json.headers()["etag"], "\"7\"");
    assert_eq!(
        json.headers()["content-type"],
        "application/json;odata.metadata=full"
    );
    assert_eq!(json.headers()["content-length"], "20");
    assert_ne!(json.headers()["date"], "never");
    for name in [
        "transfer-encoding",
        "connection",
        "content-encoding",
        "retry-after",
    ] {
        assert!(!json.headers().contains_key(name), "{name}");
    }
    assert_eq!(
        json.request_id(),
        Some("00000000-0000-0000-0000-000000000001")
    );

    let text = answer("text").await;
    assert_eq!((text.status().as_u16(), text.value().as_str()), (203, "42"));
    assert_eq!(text.headers()["content-type"], "text/plain; charset=utf-8");
    // A 204 has no body, 103 is no final status, and 2000 is none.
    let none = answer("none").await;
    assert_eq!((none.status().as_u16(), none.value().as_str()), (204, ""));
    assert_eq!(answer("interim").await.status(), 203);
    assert_eq!(answer("strange").await.status(), 203);
    assert_eq!(answer("second").await.value(), r#"{"is":2}"#);

    let list = Request::<Page<Value>>::new(operation(Method::GET, "/things"), &[]);
    assert_eq!(
        within(list.send_response(&client)).await.unwrap().status(),
        200
    );
}

#[tokio::test]
async fn without_an_example_a_status_that_says_all_is_enough() {
    let service = start(
        r#"{ "function": "things::delete", "method": "DELETE", "path": "/v1.0/things/{id}", "success": [204] },
           { "function": "things::restart", "method": "POST", "path": "/v1.0/things/{id}/restart", "success": [202],
             "exchanges": [{ "page": "api/x.md", "request": {} }] },
           { "function": "things::get", "method": "GET", "path": "/v1.0/things/{id}", "success": [200], "later": 1 }"#,
    )
    .await;
    let client = service.client().unwrap();
    let deleted =
        within(request(Method::DELETE, "/things/{id}", &["1"]).send_response(&client)).await;
    assert_eq!(deleted.unwrap().status(), 204);
    let restarted =
        within(request(Method::POST, "/things/{id}/restart", &["1"]).send_response(&client)).await;
    assert_eq!(restarted.unwrap().status(), 202);
    let error = within(get("/things/{id}", &["1"]).send(&client))
        .await
        .unwrap_err();
    assert_eq!(error.status(), Some(StatusCode::NOT_IMPLEMENTED));
    assert_eq!(error.code(), Some("NotImplemented"));
    assert!(error.message().contains("things::get"), "{error}");
}
