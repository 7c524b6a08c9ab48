//! Links in answers: they stay on the mock, and paging ends.

use graph_runtime::http::Method;
use graph_runtime::serde_json::{Value, json};
use graph_runtime::{Page, Request};

use crate::{get, operation, request, start, within};

/// An operation that lists, with an answer for each query: its `$skiptoken`, if any, and its link.
fn list(answers: &[(Option<&str>, &str)]) -> String {
    let exchanges: Vec<Value> = answers
        .iter()
        .enumerate()
        .map(|(index, (token, link))| {
            let query: Vec<(&str, &str)> = token.map(|token| ("$skiptoken", token)).into_iter().collect();
            json!({
                "request": { "query": query },
                "responses": [{ "status": 200, "json": { "@odata.nextLink": link, "value": [index] } }],
            })
        })
        .collect();
    json!({
        "function": "users::list", "method": "GET", "path": "/v1.0/users", "success": [200],
        "query_options": ["$top"], "exchanges": exchanges,
    })
    .to_string()
}

/// All items of `/users`, page after page.
async fn items(answers: &[(Option<&str>, &str)]) -> Vec<i64> {
    let service = start(&list(answers)).await;
    let client = service.client().unwrap();
    let request = Request::<Page<i64>>::new(operation(Method::GET, "/users"), &[]).top(2);
    let mut items = request.items(&client);
    let mut all = Vec::new();
    while let Some(item) = within(items.try_next()).await.unwrap() {
        all.push(item);
    }
    assert!(
        service
            .requests()
            .iter()
            .all(|request| request.status == 200)
    );
    all
}

#[tokio::test]
async fn paging_ends() {
    const PUBLIC: &str = "https://graph.microsoft.com/v1.0/users";
    let link = |token: &str| format!("{PUBLIC}?$skiptoken={token}&$filter=a eq 'b'&$top=2");
    let bare = |token: &str| format!("{PUBLIC}?$skiptoken={token}");
    // The one example answers for its own next page as well, once.
    assert_eq!(items(&[(None, &link("x"))]).await, [0, 0]);
    // Pages that are documented come one after the other. The last one links to itself.
    let pages = [
        (None, bare("x")),
        (Some("x"), bare("y")),
        (Some("y"), bare("y")),
    ];
    assert_eq!(
        items(
            &pages
                .each_ref()
                .map(|(token, link)| (*token, link.as_str()))
        )
        .await,
        [0, 1, 2]
    );
    // In a circle, the link that closes it is left out.
    let circle = [
        (None, bare("x")),
        (Some("x"), bare("y")),
        (Some("y"), bare("x")),
    ];
    assert_eq!(
        items(
            &circle
                .each_ref()
                .map(|(token, link)| (*token, link.as_str()))
        )
        .await,
        [0, 1]
    );
    // Back to the beginning, with the same query.
    assert_eq!(
        items(&[(None, "https://graph.microsoft.com/v1.0/users?$top=2")]).await,
        [0]
    );
    // Links that lead nowhere, or are no links.
    for link in [
        "https://graph.microsoft.com/v1.0/undocumented",
        "{link}",
        "",
        "mailto:a@b.c",
    ] {
        assert_eq!(items(&[(None, link)]).await, [0], "{link}");
    }
    // A relative link is one to the same service.
    assert_eq!(items(&[(None, "/v1.0/users?$skiptoken=x")]).await, [0, 0]);
}

#[tokio::test]
async fn links_lead_to_the_mock() {
    let service = start(
        r#"{ "function": "users::delta", "method": "GET", "path": "/v1.0/users/delta", "success": [200],
             "query_options": ["$select"],
             "exchanges": [{ "responses": [{ "json": {
               "@odata.context": "https://graph.microsoft.com/v1.0/$metadata#users",
               "@odata.deltaLink": "https://graph.microsoft.com/v1.0/users/delta?$deltatoken=x&$filter=y",
               "value": [{ "members@odata.nextLink": "https://graph.microsoft.com/v1.0/users/1/members?$skip=2" }]
             } }] }] }"#,
    )
    .await;
    let client = service.client().unwrap();
    let request = Request::<Page<Value>>::new(operation(Method::GET, "/users/delta"), &[]);
    let page = within(request.send(&client)).await.unwrap();
    let own = service.address();
    let delta = page.delta_link.unwrap();
    assert_eq!(
        delta,
        format!("{own}/v1.0/users/delta?$deltatoken=x&$filter=y")
    );
    assert_eq!(
        page.value[0]["members@odata.nextLink"],
        format!("{own}/v1.0/users/1/members?$skip=2")
    );
    assert_eq!(
        page.additional.get("@odata.context").unwrap(),
        "https://graph.microsoft.com/v1.0/$metadata#users"
    );
    // A link is opaque: it may have options that the page does not list.
    let followed = http::Request::get(delta).body(bytes::Bytes::new());
    assert_eq!(
        within(client.send_http(followed.unwrap()))
            .await
            .unwrap()
            .status(),
        200
    );
    let own = get("/users/delta", &[]).filter("y");
    assert_eq!(
        within(own.send(&client)).await.unwrap_err().code(),
        Some("BadRequest")
    );
}

#[tokio::test]
async fn headers_and_redirects_lead_to_the_mock() {
    let service = start(
        r#"{ "function": "content::get", "method": "GET", "path": "/v1.0/items/{id}/content", "success": [302],
             "exchanges": [
               { "responses": [{ "status": 302, "headers": [["Location", "https://files.example.com/y4m?sig=1"]] }] },
               { "request": { "arguments": ["b"] }, "responses": [{ "status": 302, "headers": [["Location", "{address}"]] }] }
             ] },
           { "function": "items::copy", "method": "POST", "path": "/v1.0/items/{id}/copy", "success": [202],
             "exchanges": [{ "responses": [{ "headers": [["Location", "https://graph.microsoft.com/v1.0/monitor/4"]] }] }] }"#,
    )
    .await;
    let client = service.client().unwrap();
    for (id, target) in [("a", "/.redirected/y4m?sig=1"), ("b", "/.redirected")] {
        let request = Request::<String>::new(operation(Method::GET, "/items/{id}/content"), &[id]);
        assert_eq!(within(request.send(&client)).await.unwrap(), "");
        assert_eq!(service.requests().pop().unwrap().uri, target);
    }
    let copied =
        within(request(Method::POST, "/items/{id}/copy", &["a"]).send_response(&client)).await;
    let copied = copied.unwrap();
    assert_eq!(copied.status(), 202);
    assert_eq!(
        copied.headers()["location"],
        format!("{}/v1.0/monitor/4", service.address())
    );
}
