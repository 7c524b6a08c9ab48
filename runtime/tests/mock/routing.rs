//! From method and path to the operation and its arguments.

use std::sync::OnceLock;

use graph_runtime::http::Method;
use graph_runtime::mock::{Mock, Service};
use graph_runtime::serde_json::{Value, json};
use graph_runtime::{Client, Operation, Request};
use proptest::prelude::*;
use tokio::runtime::Runtime;

use crate::{operation, within};

/// Templates that stand in each other's way. The function is the template itself.
const TEMPLATES: &[(Method, &str)] = &[
    (Method::GET, "/users"),
    (Method::POST, "/users"),
    (Method::GET, "/users/{id}"),
    (Method::DELETE, "/users/{id}"),
    (Method::GET, "/users/delta"),
    (Method::GET, "/users/delta(token='{token}')"),
    (Method::GET, "/users/{id}/messages/{id}"),
    (Method::GET, "/users/{id}/messages/$count"),
    (Method::GET, "/users/{id}/photo/$value"),
    (
        Method::GET,
        "/users/{id}/calendarView?startDateTime={start}&endDateTime={end}",
    ),
    (Method::GET, "/users/{id}/calendarView"),
    (Method::GET, "/users?$filter=mail eq '{mail}'"),
    (Method::GET, "/directoryRoles/{id}"),
    (Method::GET, "/directoryRoles/roleTemplateId={id}"),
    (Method::GET, "/drive/root:/{+path}"),
    (Method::GET, "/drive/root:/{+path}:/content"),
    (Method::GET, "/drive/root:/{+path}:/children"),
    (Method::PUT, "/drive/items/{id}:/{+name}:/content"),
    (Method::GET, "/drive/root/search(q='{q}')"),
    (
        Method::GET,
        "/sheets('{name}')/cell(row={row},column={column})",
    ),
    (Method::GET, "/sheets('{name}')/image(width={w})"),
    (Method::GET, "/sheets('{name}')/image(width={w},height={h})"),
    (
        Method::GET,
        "/sheets('{name}')/image(width={w},height={h},fitting='{fitting}')",
    ),
    (Method::GET, "/mailFolders/inbox/messages"),
    (Method::GET, "/mailFolders/{id}/messages"),
    (Method::POST, "/mailFolders/{id}/messages"),
    (Method::GET, "/name with blank/{id}"),
    (Method::GET, "/things/all('{of}')"),
    (Method::GET, "/things/all('')"),
];

/// A mock of all templates, with an answer for each.
fn all() -> Mock {
    let operations: Vec<Value> = TEMPLATES
        .iter()
        .map(|(method, path)| {
            json!({
                "function": path,
                "method": method.as_str(),
                "path": format!("/v1.0{path}"),
                "success": [200],
                "exchanges": [{ "page": "api/x.md", "responses": [{ "json": { "is": path } }] }],
            })
        })
        .collect();
    Mock::new([json!({ "operations": operations }).to_string()]).unwrap()
}

#[tokio::test]
async fn literal_paths_come_first_and_case_does_not_count() {
    let service = all().start().await.unwrap();
    let client = service.client().unwrap();
    let cases: &[(&str, &str, &str, &[&str])] = &[
        ("GET", "/users", "/users", &[]),
        ("GET", "/USERS/", "/users", &[]),
        ("GET", "/users/Delta", "/users/delta", &[]),
        (
            "GET",
            "/users/jane@contoso.com",
            "/users/{id}",
            &["jane@contoso.com"],
        ),
        // There is no other operation of the method.
        ("DELETE", "/users/delta", "/users/{id}", &["delta"]),
        (
            "POST",
            "/mailFolders/inbox/messages",
            "/mailFolders/{id}/messages",
            &["inbox"],
        ),
        (
            "GET",
            "/mailFolders/inbox/messages",
            "/mailFolders/inbox/messages",
            &[],
        ),
        (
            "GET",
            "/users/a/messages/%24count",
            "/users/{id}/messages/{id}",
            &["a", "$count"],
        ),
        (
            "GET",
            "/users/a/messages/$count",
            "/users/{id}/messages/$count",
            &["a"],
        ),
        (
            "GET",
            "/directoryRoles/roletemplateid=7",
            "/directoryRoles/roleTemplateId={id}",
            &["7"],
        ),
        (
            "GET",
            "/drive/root:/a/b.txt",
            "/drive/root:/{+path}",
            &["a/b.txt"],
        ),
        // The slash at the end is part of the argument.
        ("GET", "/drive/root:/a/", "/drive/root:/{+path}", &["a/"]),
        (
            "GET",
            "/drive/root:/a/b.txt:/content",
            "/drive/root:/{+path}:/content",
            &["a/b.txt"],
        ),
        (
            "GET",
            "/drive/root/search(q='it''s')",
            "/drive/root/search(q='{q}')",
            &["it's"],
        ),
        (
            "GET",
            "/sheets('')/image(WIDTH=1)",
            "/sheets('{name}')/image(width={w})",
            &["", "1"],
        ),
        // Alone, it is no end where it is percent-encoded.
        (
            "GET",
            "/drive/root/search(q='it%27s')",
            "/drive/root/search(q='{q}')",
            &["it's"],
        ),
        ("GET", "/things/all('')", "/things/all('')", &[]),
        // What is in the query text of a template is more exact than nothing.
        (
            "GET",
            "/users?$filter=mail%20eq%20'a''b'&$top=1",
            "/users?$filter=mail eq '{mail}'",
            &["a'b"],
        ),
        ("GET", "/users?$filter=mail%20ne%20'a'", "/users", &[]),
        (
            "GET",
            "/users/a/calendarView?enddatetime=2&startDateTime=1",
            "/users/{id}/calendarView?startDateTime={start}&endDateTime={end}",
            &["a", "1", "2"],
        ),
        (
            "GET",
            "/users/a/calendarView?startDateTime=1",
            "/users/{id}/calendarView",
            &["a"],
        ),
    ];
    for (method, address, function, arguments) in cases {
        let request = http::Request::builder()
            .method(*method)
            .uri(format!("{}/V1.0{address}", service.address()))
            .body(bytes::Bytes::new())
            .unwrap();
        let answer = within(client.send_http(request)).await.unwrap();
        assert_eq!(answer.status(), 200, "{method} {address}");
        let received = service.requests().pop().unwrap();
        assert_eq!(
            received.function.as_deref(),
            Some(*function),
            "{method} {address}"
        );
        assert_eq!(received.arguments, *arguments, "{method} {address}");
    }
}

#[tokio::test]
async fn what_a_placeholder_does_not_hold() {
    let service = all().start().await.unwrap();
    let client = service.client().unwrap();
    let addresses = [
        // A colon ends the path of an item.
        "/drive/root:/a:/undocumented",
        "/directoryRoles/a/b",
        "/directoryRoles/",
        "/drive/root/search(q='a'b')",
        // Reserved characters mean something only as they are.
        "/drive%2Froot:/a",
    ];
    for address in addresses {
        let request = http::Request::get(format!("{}/v1.0{address}", service.address()));
        let request = request.body(bytes::Bytes::new()).unwrap();
        let answer = within(client.send_http(request)).await.unwrap();
        assert_eq!(answer.status(), 404, "{address}");
    }
}

/// One service and one runtime for all cases of a property.
fn shared() -> &'static (Runtime, Service, Client) {
    static SHARED: OnceLock<(Runtime, Service, Client)> = OnceLock::new();
    SHARED.get_or_init(|| {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        let service = runtime.block_on(all().start()).unwrap();
        let client = service.client().unwrap();
        (runtime, service, client)
    })
}

fn operations() -> &'static [&'static Operation] {
    static OPERATIONS: OnceLock<Vec<&'static Operation>> = OnceLock::new();
    OPERATIONS.get_or_init(|| {
        let all = TEMPLATES.iter();
        all.map(|(method, path)| operation(method.clone(), path))
            .collect()
    })
}

proptest! {
    /// Whatever the runtime fills into a template is found again, at its operation.
    #[test]
    fn what_is_filled_in_is_found_again(
        index in 0..TEMPLATES.len(),
        arguments in prop::collection::vec(prop_oneof![".{1,10}", "[-a-z0-9.'/:(),=+%@$ ]{1,10}"], 4),
    ) {
        let operation = operations()[index];
        let placeholders = operation.path.matches('{').count();
        let arguments: Vec<&str> = arguments.iter().take(placeholders).map(String::as_str).collect();
        let (runtime, service, client) = shared();
        let request = Request::<Value>::new(operation, &arguments);
        // The runtime refuses what no path can hold, such as a segment of dots.
        let built = request.to_http(service.address());
        prop_assume!(built.is_ok());
        let answer = runtime.block_on(within(client.send_http(built.unwrap()))).unwrap();
        prop_assert_eq!(answer.status(), 200);
        let received = service.requests().pop().unwrap();
        prop_assert_eq!(received.function.as_deref(), Some(operation.path));
        prop_assert_eq!(received.arguments, arguments);
    }
}
