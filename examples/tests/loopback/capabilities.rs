//! The programs for what the runtime can do beside single calls.

use graph_sdk::runtime::serde_json::json;

use crate::server::{Server, answer, json as answer_json};
use crate::{assert_headers, client, sent, within};

programs! {
    batch = "../../batch.rs";
    client_credentials = "../../client_credentials.rs";
    filter_users = "../../filter_users.rs";
    follow_changes = "../../follow_changes.rs";
}

#[tokio::test]
async fn people_are_read_in_one_batch() {
    let server = Server::start([answer_json(
        r#"{"responses": [
            {"id": "4", "status": 404, "body": {"error": {"code": "ImageNotFound", "message": "None."}}},
            {"id": "1", "status": 200, "body": {"displayName": "Ines Halvorsen"}},
            {"id": "2", "status": 200, "headers": {"Content-Type": "image/jpeg"}, "body": "/9j/4A=="},
            {"id": "3", "status": 200, "body": {"displayName": "Tomas Reyes"}}
        ]}"#,
    )])
    .await;

    let people = within(batch::people(&client(&server), &["a4d7290e", "5e81bc3a"]))
        .await
        .unwrap();

    let received = server.received().await;
    assert_eq!(received[0].line(), "POST /v1.0/$batch HTTP/1.1");
    assert_headers(&received[0]);
    assert_eq!(
        sent(&received[0])["requests"][3],
        json!({
            "id": "4",
            "method": "GET",
            "url": "/users/5e81bc3a/photo/$value",
            "dependsOn": ["3"]
        })
    );
    let shown: Vec<_> = people
        .iter()
        .map(|person| (&*person.name, person.photo.as_deref()))
        .collect();
    assert_eq!(
        shown,
        [
            ("Ines Halvorsen", Some(&b"\xff\xd8\xff\xe0"[..])),
            ("Tomas Reyes", None)
        ]
    );
}

#[tokio::test]
async fn names_are_read_from_all_pages() {
    let next = r#"{"@odata.nextLink": "{address}/v1.0/users?$skiptoken=2", "value": [{"displayName": "Ines"}]}"#;
    let server = Server::start([
        answer_json(next),
        answer_json(r#"{"value": [{"displayName": "Tomas"}, {"displayName": null}]}"#),
    ])
    .await;

    let names = within(client_credentials::names(&client(&server)))
        .await
        .unwrap();

    assert_eq!(names, ["Ines", "Tomas"]);
    let received = server.received().await;
    assert_eq!(
        received[0].line(),
        "GET /v1.0/users?$select=displayName HTTP/1.1"
    );
    assert_headers(&received[0]);
}

#[tokio::test]
async fn a_quote_in_a_name_is_part_of_the_name() {
    let server = Server::start([answer_json(
        r#"{"value": [{"displayName": "Siobhan O'Neil"}]}"#,
    )])
    .await;

    let users = within(filter_users::filter_users(&client(&server), "O'Ne"))
        .await
        .unwrap();

    assert_eq!(users.len(), 1);
    let received = server.received().await;
    assert_eq!(
        received[0].line(),
        "GET /v1.0/users?$select=id,displayName\
         &$filter=accountEnabled%20eq%20true%20and%20(startswith(displayName,%27O%27%27Ne%27)%20or%20startswith(surname,%27O%27%27Ne%27))\
         %20and%20assignedLicenses/any(x:x/skuId%20eq%200a6c2d1e-5f3b-4c8d-9e7f-1a2b3c4d5e6f)&$top=25 HTTP/1.1"
    );
    assert_headers(&received[0]);
}

#[tokio::test]
async fn changes_are_followed_from_a_link_or_from_the_beginning() {
    let server = Server::start([
        answer(
            "410 Gone",
            &[],
            r#"{"error": {"code": "syncStateNotFound", "message": "Too old."}}"#,
        ),
        answer_json(r#"{"value": [{"id": "1", "displayName": "Ines"}], "@odata.nextLink": "{address}/v1.0/users/delta?$skiptoken=2"}"#),
        answer_json(
            r#"{"value": [{"id": "2", "@removed": {"reason": "deleted"}}], "@odata.deltaLink": "{address}/v1.0/users/delta?$deltatoken=3"}"#,
        ),
    ])
    .await;
    let old = format!("{}/v1.0/users/delta?$deltatoken=1", server.address());

    let told = within(follow_changes::follow(&client(&server), Some(&old)))
        .await
        .unwrap();

    assert_eq!(told.current[0].display_name.as_deref(), Some("Ines"));
    assert_eq!(told.removed[0].id.as_deref(), Some("2"));
    assert!(told.delta_link.unwrap().ends_with("$deltatoken=3"));
    let received = server.received().await;
    let lines: Vec<&str> = received.iter().map(|one| one.line()).collect();
    assert_eq!(
        lines,
        [
            "GET /v1.0/users/delta?$deltatoken=1 HTTP/1.1",
            "GET /v1.0/users/delta?$select=id,displayName HTTP/1.1",
            "GET /v1.0/users/delta?$skiptoken=2 HTTP/1.1"
        ]
    );
}
