//! Sends the generated requests of the two oldest pages to a server on loopback: method, path, headers and body on the
//! way out, the decoded answer on the way back.

use std::error::Error;

use graph_sdk::device_management::{device_compliance_policies, device_configurations};
use graph_sdk::models::{
    ComplianceStatus, DeviceComplianceUserStatus, DeviceConfigurationUserStatus,
};
use graph_sdk::runtime::StaticToken;
use graph_sdk::{Client, ErrorKind, Model, OpenEnum};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

/// A request as it came over the wire.
struct Received {
    head: String,
    body: String,
}

/// Serves one request with one answer, on a port of its own; the client for it, and what it will have received.
async fn serve(
    status: &str,
    answer: &str,
) -> Result<(Client, tokio::task::JoinHandle<std::io::Result<Received>>), Box<dyn Error>> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let client = Client::builder()
        .token_provider(StaticToken::new("secret-token"))
        .base_url(format!("http://{}", listener.local_addr()?))
        .build()?;
    let answer = format!(
        "HTTP/1.1 {status}\r\ncontent-type: application/json\r\ncontent-length: {}\r\nrequest-id: 5f8c\r\nconnection: close\r\n\r\n{answer}",
        answer.len()
    );
    let received = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await?;
        let mut bytes = Vec::new();
        let mut buffer = [0; 4096];
        loop {
            let count = stream.read(&mut buffer).await?;
            bytes.extend_from_slice(&buffer[..count]);
            let text = String::from_utf8_lossy(&bytes).into_owned();
            if let Some((head, body)) = text.split_once("\r\n\r\n") {
                let length = head
                    .lines()
                    .find_map(|line| {
                        line.to_ascii_lowercase()
                            .strip_prefix("content-length:")?
                            .trim()
                            .parse()
                            .ok()
                    })
                    .unwrap_or(0);
                if body.len() >= length {
                    stream.write_all(answer.as_bytes()).await?;
                    stream.shutdown().await?;
                    return Ok(Received {
                        head: head.to_owned(),
                        body: body.to_owned(),
                    });
                }
            }
            if count == 0 {
                return Err(std::io::ErrorKind::UnexpectedEof.into());
            }
        }
    });
    Ok((client, received))
}

#[tokio::test]
async fn an_update_goes_out_as_documented_and_its_answer_is_typed() -> Result<(), Box<dyn Error>> {
    let (client, received) = serve(
        "200 OK",
        r##"{
            "@odata.type": "#microsoft.graph.deviceConfigurationUserStatus",
            "id": "7e323db2-3db2-7e32-b23d-327eb23d327e",
            "devicesCount": 12,
            "status": "notApplicable",
            "lastReportedDateTime": "2017-01-01T00:00:17.7769392-08:00",
            "notYetDocumented": [1]
        }"##,
    )
    .await?;
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

    let updated = request.send(&client).await?;

    let received = received.await??;
    let mut lines = received.head.lines();
    assert_eq!(
        lines.next(),
        Some(
            "PATCH /v1.0/deviceManagement/deviceConfigurations/a%20configuration%2F1/userStatuses/b%232 HTTP/1.1"
        )
    );
    let headers: Vec<String> = lines.map(str::to_ascii_lowercase).collect();
    for header in [
        "authorization: bearer secret-token",
        "content-type: application/json",
        "accept: application/json",
    ] {
        assert!(
            headers.iter().any(|line| line.starts_with(header)),
            "{header} in {headers:?}"
        );
    }
    let body: graph_sdk::runtime::Json = graph_sdk::runtime::serde_json::from_str(&received.body)?;
    assert_eq!(
        body,
        graph_sdk::runtime::serde_json::json!({
            "devicesCount": 12,
            "status": "notApplicable",
            "lastReportedDateTime": "2017-01-01T00:00:17.7769392-08:00"
        })
    );
    assert_eq!(updated.status, Some(ComplianceStatus::NotApplicable));
    assert_eq!(updated.devices_count, Some(12));
    assert_eq!(
        updated
            .last_reported_date_time
            .map(|time| time.to_string())
            .as_deref(),
        Some("2017-01-01T00:00:17.7769392-08:00")
    );
    assert_eq!(
        updated
            .additional
            .get("notYetDocumented")
            .map(ToString::to_string)
            .as_deref(),
        Some("[1]")
    );
    Ok(())
}

#[tokio::test]
async fn the_older_page_gives_the_same_in_its_own_version() -> Result<(), Box<dyn Error>> {
    let (client, received) =
        serve("200 OK", r#"{"id": "a0b5", "status": "neverSeenBefore"}"#).await?;
    let mut change = DeviceComplianceUserStatus::default();
    change.set_null(DeviceComplianceUserStatus::LAST_REPORTED_DATE_TIME);
    let updated = device_compliance_policies::user_statuses::update("policy", "status", &change)
        .send(&client)
        .await?;
    let received = received.await??;
    assert!(
        received.head.starts_with(
            "PATCH /beta/deviceManagement/deviceCompliancePolicies/policy/userStatuses/status HTTP/1.1"
        ),
        "{}",
        received.head
    );
    assert_eq!(received.body, r#"{"lastReportedDateTime":null}"#);
    assert_eq!(
        updated.status.as_ref().map(OpenEnum::as_str),
        Some("neverSeenBefore"),
        "a value that no page lists is kept"
    );
    Ok(())
}

#[tokio::test]
async fn an_error_of_the_service_is_typed() -> Result<(), Box<dyn Error>> {
    let (client, received) = serve(
        "403 Forbidden",
        r#"{"error": {"code": "Forbidden", "message": "Not allowed \"here\".", "innerError": {"request-id": "5f8c"}}}"#,
    )
    .await?;
    let Err(error) = device_configurations::get("x").send(&client).await else {
        return Err("expected an error".into());
    };
    received.await??;
    assert_eq!(error.kind(), ErrorKind::Service);
    assert_eq!(error.code(), Some("Forbidden"));
    assert_eq!(error.request_id(), Some("5f8c"));
    assert!(error.to_string().contains("403"), "{error}");
    assert!(!format!("{error:?}").contains("secret-token"));
    Ok(())
}
