//! The programs: what each sends, and what it makes of the answer that the documentation shows.

use graph_sdk::models::FileAttachment;
use graph_sdk::runtime::serde_json::json;
use graph_sdk::{ErrorKind, Model};

use crate::server::{Server, answer, json as answer_json};
use crate::{assert_headers, client, sent, within};

programs! {
    call_function = "../../call_function.rs";
    create_configuration = "../../create_configuration.rs";
    list_users = "../../list_users.rs";
    page_through_messages = "../../page_through_messages.rs";
    update_with_null = "../../update_with_null.rs";
}

#[tokio::test]
async fn users_are_listed_with_the_properties_that_are_asked_for() {
    let server = Server::start([answer_json(
        r#"{"value": [
            {"id": "a4d7290e", "displayName": "Ines Halvorsen", "mail": "ines@harborline.example"},
            {"id": "5e81bc3a", "displayName": "Tomas Reyes", "mail": null}
        ]}"#,
    )])
    .await;

    let users = within(list_users::list_users(&client(&server)))
        .await
        .unwrap();

    let received = server.received().await;
    assert_eq!(
        received[0].line(),
        "GET /v1.0/users?$select=id,displayName,mail&$filter=accountEnabled%20eq%20true&$orderby=displayName&$top=25 HTTP/1.1"
    );
    assert_headers(&received[0]);
    assert!(received[0].body.is_empty());
    let names: Vec<_> = users
        .iter()
        .map(|user| (user.display_name.as_deref(), user.mail.as_deref()))
        .collect();
    assert_eq!(
        names,
        [
            (Some("Ines Halvorsen"), Some("ines@harborline.example")),
            (Some("Tomas Reyes"), None)
        ]
    );
}

#[tokio::test]
async fn an_error_of_the_service_is_one_readable_line() {
    let server = Server::start([answer(
        "403 Forbidden",
        &["Content-Type: application/json", "request-id: 5f8c"],
        r#"{"error": {"code": "Authorization_RequestDenied", "message": "Insufficient privileges."}}"#,
    )])
    .await;

    let error = within(list_users::list_users(&client(&server)))
        .await
        .unwrap_err();

    server.received().await;
    assert_eq!(error.kind(), ErrorKind::Service);
    assert_eq!(
        error.to_string(),
        "403 Forbidden: Authorization_RequestDenied: Insufficient privileges. (request-id 5f8c)"
    );
}

/// Two pages of messages, the second at the link of the first.
fn mailbox() -> [String; 2] {
    let first = json!({
        "@odata.nextLink": "{address}/v1.0/me/messages?$skip=2",
        "value": [
            {
                "id": "1", "subject": "Berth 7 is closed", "importance": "high",
                "attachments": [
                    {"@odata.type": "#microsoft.graph.fileAttachment", "id": "1a", "name": "berths.txt",
                     "contentBytes": "QmVydGggNzogY2xvc2VkLg=="},
                    {"@odata.type": "#microsoft.graph.itemAttachment", "id": "1b", "name": "an event"}
                ]
            },
            {"id": "2", "subject": "Minutes", "importance": "normal", "attachments": []}
        ]
    });
    let second = json!({
        "value": [
            {"id": "3", "importance": "whenThereIsTime"},
            {"id": "4", "subject": "Tides", "importance": "low"}
        ]
    });
    [
        answer_json(&first.to_string()),
        answer_json(&second.to_string()),
    ]
}

#[tokio::test]
async fn messages_come_in_order_over_two_pages() {
    let server = Server::start(mailbox()).await;

    let lines = within(page_through_messages::subjects(&client(&server), 100))
        .await
        .unwrap();

    let received = server.received().await;
    assert_eq!(
        received[0].line(),
        "GET /v1.0/me/messages?$select=subject,importance&$expand=attachments&$orderby=receivedDateTime%20desc&$top=50 HTTP/1.1"
    );
    assert_eq!(received[1].line(), "GET /v1.0/me/messages?$skip=2 HTTP/1.1");
    for request in &received {
        assert_headers(request);
    }
    assert_eq!(
        lines,
        [
            "! Berth 7 is closed [berths.txt]",
            "Minutes",
            "whenThereIsTime: (no subject)",
            "Tides",
        ]
    );
}

#[tokio::test]
async fn a_page_that_nobody_needs_is_not_requested() {
    let [first, _] = mailbox();
    let server = Server::start([first]).await;
    let lines = within(page_through_messages::subjects(&client(&server), 2))
        .await
        .unwrap();
    assert_eq!(lines.len(), 2);
    assert_eq!(server.received().await.len(), 1);
}

#[tokio::test]
async fn a_configuration_goes_out_with_its_type_and_comes_back_as_it() {
    let stored = r##"{
        "@odata.type": "#microsoft.graph.windows10CustomConfiguration",
        "id": "9c2e",
        "displayName": "Clocks of the pilots' office",
        "version": 1,
        "omaSettings": [{
            "@odata.type": "#microsoft.graph.omaSettingString",
            "displayName": "Time zone",
            "omaUri": "./Device/Vendor/MSFT/Policy/Config/TimeLanguageSettings/ConfigureTimeZone",
            "value": "Europe/Oslo"
        }]
    }"##;
    let created = answer(
        "201 Created",
        &["Content-Type: application/json"],
        r##"{"@odata.type": "#microsoft.graph.windows10CustomConfiguration", "id": "9c2e"}"##,
    );
    let server = Server::start([created, answer_json(stored)]).await;

    let configuration = within(create_configuration::create(&client(&server)))
        .await
        .unwrap();

    let received = server.received().await;
    assert_eq!(
        received[0].line(),
        "POST /v1.0/deviceManagement/deviceConfigurations HTTP/1.1"
    );
    assert_eq!(
        sent(&received[0]),
        json!({
            "@odata.type": "#microsoft.graph.windows10CustomConfiguration",
            "displayName": "Clocks of the pilots' office",
            "omaSettings": [{
                "@odata.type": "#microsoft.graph.omaSettingString",
                "displayName": "Time zone",
                "omaUri": "./Device/Vendor/MSFT/Policy/Config/TimeLanguageSettings/ConfigureTimeZone",
                "value": "Europe/Oslo"
            }]
        })
    );
    assert_eq!(
        received[1].line(),
        "GET /v1.0/deviceManagement/deviceConfigurations/9c2e HTTP/1.1"
    );
    for request in &received {
        assert_headers(request);
    }
    assert_eq!(configuration.version, Some(1));
    let settings = configuration.oma_settings.unwrap();
    assert_eq!(
        settings[0].odata_type(),
        Some("microsoft.graph.omaSettingString")
    );
}

#[tokio::test]
async fn a_configuration_of_another_type_is_not_taken_for_it() {
    let other = r##"{"@odata.type": "#microsoft.graph.iosCustomConfiguration", "id": "9c2e"}"##;
    let server = Server::start([answer_json(r#"{"id": "9c2e"}"#), answer_json(other)]).await;
    let error = within(create_configuration::create(&client(&server)))
        .await
        .unwrap_err();
    server.received().await;
    assert_eq!(
        error.to_string(),
        "the object is a microsoft.graph.iosCustomConfiguration, not a microsoft.graph.windows10CustomConfiguration"
    );
}

#[tokio::test]
async fn an_update_sends_what_changes_and_null() {
    let server = Server::start([answer("204 No Content", &[], "")]).await;

    within(update_with_null::promote(
        &client(&server),
        "ines@harborline.example",
        "Harbour master",
    ))
    .await
    .unwrap();

    let received = server.received().await;
    assert_eq!(
        received[0].line(),
        "PATCH /v1.0/users/ines@harborline.example HTTP/1.1"
    );
    assert_eq!(
        received[0].header("authorization"),
        Some("Bearer secret-token")
    );
    assert_eq!(
        sent(&received[0]),
        json!({
            "@odata.type": "#microsoft.graph.user",
            "jobTitle": "Harbour master",
            "officeLocation": null
        })
    );
}

#[tokio::test]
async fn a_function_gets_its_arguments_quoted_and_encoded() {
    let server = Server::start([answer_json(
        r#"{"value": [{
            "eventId": "AAMkAGE0",
            "eventSubject": "Tide briefing",
            "reminderFireTime": {"dateTime": "2026-01-06T07:45:00.0000000", "timeZone": "UTC"}
        }]}"#,
    )])
    .await;

    let reminders = within(call_function::reminders(
        &client(&server),
        "o'neil@harborline.example",
        "2026-01-05T00:00:00+01:00",
        "it's late",
    ))
    .await
    .unwrap();

    let received = server.received().await;
    assert_eq!(
        received[0].line(),
        "GET /v1.0/users/o%27neil@harborline.example/reminderView(startDateTime='2026-01-05T00:00:00%2B01:00',endDateTime='it%27%27s%20late') HTTP/1.1"
    );
    assert_headers(&received[0]);
    assert_eq!(
        received[0].header("prefer"),
        Some("outlook.timezone=\"W. Europe Standard Time\"")
    );
    assert_eq!(reminders[0].event_subject.as_deref(), Some("Tide briefing"));
}

#[test]
fn a_file_is_sent_with_a_message() {
    // Related objects are sent together with the object, each with its own type.
    let file = FileAttachment {
        name: Some("berths.txt".to_owned()),
        content_bytes: Some(graph_sdk::runtime::Binary::from_bytes(b"Berth 7: closed.")),
        ..Default::default()
    };
    let message = graph_sdk::models::Message {
        subject: Some("Berths of this week".to_owned()),
        attachments: Some(graph_sdk::Related::new(&vec![file.upcast().unwrap()]).unwrap()),
        ..Default::default()
    };
    let request = graph_sdk::me::send_mail(&graph_sdk::me::SendMailBody {
        message: Some(message),
        save_to_sent_items: Some(false),
        ..Default::default()
    });
    let request = request.to_http("https://graph.microsoft.com").unwrap();
    assert_eq!(request.uri().path(), "/v1.0/me/sendMail");
    let body: graph_sdk::runtime::Json =
        graph_sdk::runtime::serde_json::from_slice(request.body()).unwrap();
    assert_eq!(
        body,
        json!({
            "message": {
                "@odata.type": "#microsoft.graph.message",
                "subject": "Berths of this week",
                "attachments": [{
                    "@odata.type": "#microsoft.graph.fileAttachment",
                    "name": "berths.txt",
                    "contentBytes": "QmVydGggNzogY2xvc2VkLg=="
                }]
            },
            "saveToSentItems": false
        })
    );
}
