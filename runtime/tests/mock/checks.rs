//! Query options and bodies that the pages do not allow.

use graph_runtime::http::{Method, StatusCode};
use graph_runtime::serde_json::json;

use crate::{get, request, start, within};

const LISTS: &str = r#"
  { "function": "users::list", "method": "GET", "path": "/v1.0/users", "success": [200],
    "query_options": ["$select", "$Top"],
    "exchanges": [{ "responses": [{ "json": { "value": [] } }] }] },
  { "function": "others::list", "method": "GET", "path": "/v1.0/others?$filter=a", "success": [200],
    "query_options": ["$top"],
    "exchanges": [{ "responses": [{ "json": { "value": [] } }] }] },
  { "function": "things::list", "method": "GET", "path": "/v1.0/things?$filter=a eq '{a}'", "success": [200],
    "exchanges": [{ "responses": [{ "json": { "value": [] } }] }] }"#;

#[tokio::test]
async fn query_options() {
    let service = start(LISTS).await;
    let client = service.client().unwrap();
    let cases: &[(&str, Option<&str>)] = &[
        ("$select", None),
        ("$top", None),
        ("$TOP", None),
        ("custom", None),
        ("$skiptoken", None),
        ("$deltatoken", None),
        (
            "$filter",
            Some(
                "the query option $filter is not documented for users::list, which has $select, $Top",
            ),
        ),
        ("$foo", Some("$foo is not a system query option of OData")),
    ];
    for (option, refused) in cases {
        let answer = within(get("/users", &[]).query(option, "x").send(&client)).await;
        match refused {
            None => assert!(answer.is_ok(), "{option}: {answer:?}"),
            Some(message) => {
                let error = answer.unwrap_err();
                assert_eq!(error.status(), Some(StatusCode::BAD_REQUEST), "{option}");
                assert_eq!(error.code(), Some("BadRequest"), "{option}");
                assert_eq!(error.message(), *message, "{option}");
            }
        }
    }
}

#[tokio::test]
async fn a_page_that_lists_no_options_allows_all_of_odata() {
    let service = start(LISTS).await;
    let client = service.client().unwrap();
    let things = || get("/things?$filter=a eq '{a}'", &["it's"]);
    let answer = within(things().top(1).query("$orderby", "a").send(&client)).await;
    assert!(answer.is_ok(), "{answer:?}");
    // Nor has a page to list what is part of the path.
    let answer = within(get("/others?$filter=a", &[]).top(1).send(&client)).await;
    assert!(answer.is_ok(), "{answer:?}");
    let error = within(things().query("$tpo", "1").send(&client))
        .await
        .unwrap_err();
    assert_eq!(
        error.message(),
        "$tpo is not a system query option of OData"
    );
    // The option that is part of the path is missing.
    let error = within(get("/things", &[]).send(&client)).await.unwrap_err();
    assert_eq!(error.status(), Some(StatusCode::BAD_REQUEST));
    assert!(error.message().contains("$filter"), "{error}");
}

#[tokio::test]
async fn bodies() {
    let service = start(
        r#"{ "function": "users::create", "method": "POST", "path": "/v1.0/users", "success": [201],
             "exchanges": [{ "request": { "json": { "a": 1 } }, "responses": [{ "json": {} }] }] },
           { "function": "users::ping", "method": "POST", "path": "/v1.0/ping", "success": [200],
             "exchanges": [{ "request": { "json": {} }, "responses": [{ "json": {} }] }] },
           { "function": "photo::put", "method": "PUT", "path": "/v1.0/photo", "success": [200],
             "exchanges": [{ "request": { "text": "Binary data" }, "responses": [{ "json": {} }] }] }"#,
    )
    .await;
    let client = service.client().unwrap();
    let create = || request(Method::POST, "/users", &[]);
    let created = within(create().json(&json!({ "b": 2 })).send(&client)).await;
    assert!(created.is_ok(), "{created:?}");
    let typed = create().content("Application/JSON; charset=utf-8", "{}");
    assert!(within(typed.send(&client)).await.is_ok());

    let refused = [
        (
            create(),
            400,
            "BadRequest",
            "with a JSON body, and there is none",
        ),
        (
            create().content("application/json", "{"),
            400,
            "BadRequest",
            "is no JSON: EOF",
        ),
        (
            create().content("text/plain", "{}"),
            415,
            "UnsupportedMediaType",
            "not of text/plain",
        ),
    ];
    for (request, status, code, message) in refused {
        let error = within(request.send(&client)).await.unwrap_err();
        assert_eq!(
            error.status().map(|status| status.as_u16()),
            Some(status),
            "{error}"
        );
        assert_eq!(error.code(), Some(code), "{error}");
        assert!(error.message().contains("users::create"), "{error}");
        assert!(error.message().contains(message), "{error}");
    }
    // An example of an empty object wants no body, and one of text no JSON.
    let ping = within(request(Method::POST, "/ping", &[]).send(&client)).await;
    assert!(ping.is_ok(), "{ping:?}");
    let photo = request(Method::PUT, "/photo", &[]).content("image/png", vec![1, 2]);
    assert!(within(photo.send(&client)).await.is_ok());
    assert_eq!(service.requests().pop().unwrap().body.as_ref(), [1, 2]);
}
