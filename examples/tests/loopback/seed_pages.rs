//! The requests of the two oldest pages: method, path, headers and body on the way out, the decoded answer on the way
//! back.

use graph_sdk::device_management::{device_compliance_policies, device_configurations};
use graph_sdk::models::{
    ComplianceStatus, DeviceComplianceUserStatus, DeviceConfigurationUserStatus,
};
use graph_sdk::runtime::serde_json::json;
use graph_sdk::{ErrorKind, Model, OpenEnum};

use crate::server::{Server, answer, json as answer_json};
use crate::{assert_headers, client, sent, within};

#[tokio::test]
async fn an_update_goes_out_as_documented_and_its_answer_is_typed() {
    let server = Server::start([answer_json(
        r##"{
            "@odata.type": "#microsoft.graph.deviceConfigurationUserStatus",
            "id": "7e323db2-3db2-7e32-b23d-327eb23d327e",
            "devicesCount": 12,
            "status": "notApplicable",
            "lastReportedDateTime": "2017-01-01T00:00:17.7769392-08:00",
            "notYetDocumented": [1]
        }"##,
    )])
    .await;
    let change = DeviceConfigurationUserStatus {
        devices_count: Some(12),
        status: Some(ComplianceStatus::NotApplicable),
        last_reported_date_time: Some("2017-01-01T00:00:17.7769392-08:00".into()),
        ..Default::default()
    };
    let request = device_configurations::user_statuses::update("a configuration/1", "b#2", &change);
    assert_eq!(
        request.operation().permissions.delegated_work,
        ["DeviceManagementConfiguration.ReadWrite.All"]
    );

    let updated = within(request.send(&client(&server))).await.unwrap();

    let received = server.received().await;
    assert_eq!(
        received[0].line(),
        "PATCH /v1.0/deviceManagement/deviceConfigurations/a%20configuration%2F1/userStatuses/b%232 HTTP/1.1"
    );
    assert_headers(&received[0]);
    assert_eq!(
        sent(&received[0]),
        json!({
            "devicesCount": 12,
            "status": "notApplicable",
            "lastReportedDateTime": "2017-01-01T00:00:17.7769392-08:00"
        })
    );
    assert_eq!(updated.status, Some(ComplianceStatus::NotApplicable));
    assert_eq!(updated.devices_count, Some(12));
    assert_eq!(
        updated.last_reported_date_time.unwrap(),
        "2017-01-01T00:00:17.7769392-08:00"
    );
    assert_eq!(
        updated.additional.get("notYetDocumented"),
        Some(&json!([1]))
    );
}

#[tokio::test]
async fn the_older_page_gives_the_same_in_its_own_version() {
    let server = Server::start([answer_json(
        r#"{"id": "a0b5", "status": "neverSeenBefore"}"#,
    )])
    .await;
    let mut change = DeviceComplianceUserStatus::default();
    change.set_null(DeviceComplianceUserStatus::LAST_REPORTED_DATE_TIME);
    let request = device_compliance_policies::user_statuses::update("policy", "status", &change);
    let updated = within(request.send(&client(&server))).await.unwrap();
    let received = server.received().await;
    assert_eq!(
        received[0].line(),
        "PATCH /beta/deviceManagement/deviceCompliancePolicies/policy/userStatuses/status HTTP/1.1"
    );
    assert_eq!(sent(&received[0]), json!({"lastReportedDateTime": null}));
    assert_eq!(
        updated.status.as_ref().map(OpenEnum::as_str),
        Some("neverSeenBefore"),
        "a value that no page lists is kept"
    );
}

#[tokio::test]
async fn an_error_of_the_service_is_typed() {
    let server = Server::start([answer(
        "403 Forbidden",
        &["Content-Type: application/json"],
        r#"{"error": {"code": "Forbidden", "message": "Not allowed \"here\".", "innerError": {"request-id": "5f8c"}}}"#,
    )])
    .await;
    let request = device_configurations::get("x");
    let error = within(request.send(&client(&server))).await.unwrap_err();
    server.received().await;
    assert_eq!(error.kind(), ErrorKind::Service);
    assert_eq!(error.code(), Some("Forbidden"));
    assert_eq!(error.request_id(), Some("5f8c"));
    assert!(error.to_string().contains("403"), "{error}");
    assert!(!format!("{error:?}").contains("secret-token"));
}
