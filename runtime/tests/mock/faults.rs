//! Requests for which there is no operation.

use graph_runtime::ErrorKind;
use graph_runtime::http::{Method, StatusCode};

use crate::{get, request, start, within};

const USERS: &str = r#"
  { "function": "users::get", "method": "GET", "path": "/v1.0/users/{id}", "success": [200] },
  { "function": "users::get_other", "method": "GET", "path": "/v1.0/users/{other}", "success": [200] },
  { "function": "users::update", "method": "PATCH", "path": "/v1.0/Users/{user}", "success": [204] }"#;

#[tokio::test]
async fn an_unknown_path_is_a_404() {
    let service = start(USERS).await;
    let client = service.client().unwrap();
    let paths: &[(&str, &str)] = &[
        ("/groups", "/v1.0/groups"),
        ("/users", "/v1.0/users"),
        ("/users/{id}/x", "/v1.0/users/1/x"),
        ("/users//{id}", "/v1.0/users//1"),
    ];
    for (path, shown) in paths {
        let arguments: &[&str] = if path.contains('{') { &["1"] } else { &[] };
        let error = within(get(path, arguments).send(&client))
            .await
            .unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Service);
        assert_eq!(error.status(), Some(StatusCode::NOT_FOUND));
        assert_eq!(error.code(), Some("ResourceNotFound"));
        assert_eq!(
            error.message(),
            format!("no documented operation has the path {shown}")
        );
        let id = error.inner_error().unwrap()["request-id"].clone();
        assert_eq!(id.as_str(), error.request_id());
    }
    assert!(
        service
            .requests()
            .iter()
            .all(|request| request.function.is_none())
    );
}

#[tokio::test]
async fn another_method_is_a_405() {
    let service = start(USERS).await;
    let client = service.client().unwrap();
    let error = within(request(Method::DELETE, "/users/{id}", &["1"]).send(&client))
        .await
        .unwrap_err();
    assert_eq!(error.status(), Some(StatusCode::METHOD_NOT_ALLOWED));
    assert_eq!(error.code(), Some("MethodNotAllowed"));
    assert_eq!(error.headers().unwrap()["allow"], "GET, PATCH");
    assert_eq!(
        error.message(),
        "the path /v1.0/users/1 is documented with GET, PATCH, not with DELETE"
    );
}
