//! Long-running operations.

use std::time::Duration;

use graph_runtime::http::Method;
use graph_runtime::serde_json::{Value, json};
use graph_runtime::{ErrorKind, Finished, Monitor, Operation, Request, Retry};

use crate::faults::{Waits, client};
use crate::live::{Answer, Live};
use crate::{operation, within};

static COPY: Operation = operation(Method::POST, "/things/copy");

const HOUR: Duration = Duration::from_secs(3_600);

/// An answer that the service has taken the operation on.
fn accepted(location: &str) -> Answer {
    Answer::status("202 Accepted", &[&format!("Location: {location}")], "")
}

fn status(word: &str) -> Answer {
    Answer::json(&json!({"status": word, "percentageComplete": 12.5}).to_string())
}

async fn monitor(answers: impl IntoIterator<Item = Answer>) -> (Live, Monitor, Waits) {
    let answers: Vec<Answer> = answers.into_iter().collect();
    let mut answers = answers.into_iter();
    let live = Live::start(move |_, request| {
        let own = format!("http://{}", request.header("host").unwrap_or_default());
        answers.next().unwrap().with("{address}", &own)
    })
    .await;
    let (client, waits) = client(&live.address(), Retry::never());
    let copy = Request::<()>::new(&COPY, &[]);
    let monitor = within(copy.monitor(&client)).await.unwrap();
    (live, monitor, waits)
}

#[tokio::test]
async fn one_that_takes_a_while() {
    let (live, mut monitor, waits) = monitor([
        accepted("{address}/monitor/1"),
        status("notStarted"),
        status("somethingNew"),
        Answer::status("202 Accepted", &["Retry-After: 7"], ""),
        status("inProgress"),
        Answer::json(r#"{"status":"Completed","resourceId":"9"}"#),
    ])
    .await;
    let stored = monitor.location().unwrap().to_owned();
    assert!(stored.ends_with("/monitor/1"));
    let finished = within(monitor.wait(HOUR)).await.unwrap();
    assert_eq!(finished.resource_id(), Some("9"));
    assert_eq!(finished.answer::<Value>().unwrap()["status"], "Completed");
    assert_eq!(monitor.progress(), Some(12.5));
    assert_eq!(waits.millis(), [1_000, 2_000, 7_000, 4_000]);
    let received = live.received();
    assert_eq!(received.len(), 6);
    for asked in &received[1..] {
        assert_eq!(asked.line(), "GET /monitor/1 HTTP/1.1");
        assert!(asked.header("authorization").is_some());
    }
}

#[tokio::test]
async fn a_location_below_the_version_and_the_result_at_another() {
    let (live, mut monitor, _) = monitor([
        accepted("/teams('1')/operations('2')"),
        Answer::json(r#"{"status":"succeeded","targetResourceLocation":"/teams('1')"}"#),
        Answer::json(r#"{"id":"1"}"#),
    ])
    .await;
    let finished = within(monitor.wait(HOUR)).await.unwrap();
    let (client, _) = client(&live.address(), Retry::never());
    let team: Value = within(finished.resource(&client)).await.unwrap();
    assert_eq!(team, json!({"id": "1"}));
    let lines: Vec<String> = live
        .received()
        .iter()
        .map(|asked| asked.line().to_owned())
        .collect();
    assert_eq!(lines[1], "GET /v1.0/teams('1')/operations('2') HTTP/1.1");
    assert_eq!(lines[2], "GET /v1.0/teams('1') HTTP/1.1");
}

#[tokio::test]
async fn the_monitor_of_another_host_gets_no_token() {
    let elsewhere = Live::start(|number, _| match number {
        0 => Answer::status("303 See Other", &["Location: /item"], ""),
        _ => Answer::json(r#"{"id":"3"}"#),
    })
    .await;
    let location = format!("{}/monitor", elsewhere.address());
    let (live, mut monitor, _) = monitor([accepted(&location)]).await;
    let finished = within(monitor.wait(HOUR)).await.unwrap();
    let (client, _) = client(&live.address(), Retry::never());
    let item: Value = within(finished.resource(&client)).await.unwrap();
    assert_eq!(item, json!({"id": "3"}));
    for asked in elsewhere.received() {
        assert_eq!(asked.header("authorization"), None);
        assert_eq!(asked.header("client-request-id"), None);
    }
}

#[tokio::test]
async fn one_that_fails_and_one_that_is_unknown() {
    let failed =
        r#"{"status":"failed","error":{"code":"nameAlreadyExists","message":"There is one."}}"#;
    for (answer, expected) in [
        (
            Answer::json(failed),
            "200 OK: nameAlreadyExists: There is one.",
        ),
        (
            Answer::json(r#"{"status":"cancelled"}"#),
            "200 OK: the operation failed",
        ),
        (Answer::status("404 Not Found", &[], ""), "404 Not Found"),
    ] {
        let (_live, mut monitor, _) = monitor([accepted("/v1.0/x"), answer]).await;
        let error = within(monitor.wait(HOUR)).await.unwrap_err();
        assert_eq!(
            (error.kind(), &*error.to_string()),
            (ErrorKind::Service, expected)
        );
    }
}

#[tokio::test]
async fn one_that_does_not_end() {
    let answers = std::iter::once(accepted("/v1.0/x")).chain(vec![status("running"); 9]);
    let (live, mut monitor, waits) = monitor(answers).await;
    let error = within(monitor.wait(Duration::from_secs(60)))
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout);
    assert_eq!(error.to_string(), "the operation did not end within 60s");
    assert_eq!(waits.millis(), [1_000, 2_000, 4_000, 8_000, 16_000]);
    assert_eq!(live.received().len(), 7);
    assert!(within(monitor.poll()).await.unwrap().is_none());
}

#[tokio::test]
async fn a_service_in_haste_is_not_asked_without_end() {
    let hasty = |after| Answer::status("202 Accepted", &[after], "");
    let (live, mut monitor, waits) = monitor([
        accepted("/v1.0/x"),
        hasty("Retry-After: 0"),
        hasty("Retry-After: 0.001"),
        hasty("Retry-After: 99999999999"),
    ])
    .await;
    let error = within(monitor.wait(HOUR)).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout);
    assert!(error.was_sent());
    assert_eq!(waits.millis(), [1_000, 1_000]);
    assert_eq!(live.received().len(), 4);
}

#[tokio::test]
async fn a_question_that_gets_no_answer_is_asked_again_within_the_time() {
    let busy = Answer::status("429 Too Many Requests", &["Retry-After: 40"], "");
    let answers = [
        accepted("/v1.0/x"),
        Answer::bytes("").reset(),
        busy.clone(),
        status("succeeded"),
    ];
    let (_live, mut first, waits) = monitor(answers).await;
    within(first.wait(Duration::from_secs(60))).await.unwrap();
    assert_eq!(waits.millis(), [1_000, 40_000]);

    let (live, mut second, waits) = monitor([accepted("/v1.0/x"), busy]).await;
    let error = within(second.wait(Duration::from_secs(30)))
        .await
        .unwrap_err();
    assert_eq!((error.kind(), waits.millis()), (ErrorKind::Timeout, vec![]));
    assert_eq!(live.received().len(), 2);
}

#[tokio::test]
async fn a_monitor_can_move_and_a_status_that_leads_nowhere_is_an_error() {
    let to = |code: &str| Answer::status(code, &["Location: /v1.0/moved"], "");
    for code in [
        "301 Moved Permanently",
        "307 Temporary Redirect",
        "308 Permanent Redirect",
    ] {
        let (live, mut monitor, _) = monitor([
            accepted("/v1.0/x"),
            to(code),
            status("running"),
            status("succeeded"),
        ])
        .await;
        within(monitor.wait(HOUR)).await.unwrap();
        assert!(monitor.location().unwrap().ends_with("/v1.0/moved"));
        assert_eq!(live.received()[3].line(), "GET /v1.0/moved HTTP/1.1");
    }
    for code in ["302 Found", "303 See Other"] {
        let (_live, mut monitor, _) = monitor([accepted("/v1.0/x"), to(code)]).await;
        let finished = within(monitor.wait(HOUR)).await.unwrap();
        assert!(
            finished
                .resource_location()
                .unwrap()
                .ends_with("/v1.0/moved")
        );
        assert!(!format!("{finished:?} {monitor:?}").contains("moved"));
    }
    for code in ["302 Found", "304 Not Modified"] {
        let (_live, mut monitor, _) =
            monitor([accepted("/v1.0/x"), Answer::status(code, &[], "")]).await;
        let error = within(monitor.wait(HOUR)).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::UnexpectedStatus);
    }
}

#[tokio::test]
async fn an_operation_that_was_begun_was_sent_whatever_its_location() {
    let live = Live::start(|_, _| accepted("http://example.com/x")).await;
    let (client, _) = client(&live.address(), Retry::never());
    let error = within(Request::<()>::new(&COPY, &[]).monitor(&client))
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Link);
    assert!(error.was_sent());
}

#[tokio::test]
async fn one_that_is_done_at_once() {
    let created = Answer::status(
        "201 Created",
        &["Location: /v1.0/things/1"],
        r#"{"id":"1"}"#,
    );
    let (live, mut monitor, _) = monitor([created]).await;
    assert_eq!(monitor.location(), None);
    let finished: Finished = within(monitor.wait(Duration::ZERO)).await.unwrap();
    assert_eq!(finished.answer::<Value>().unwrap(), json!({"id": "1"}));
    assert!(
        finished
            .resource_location()
            .unwrap()
            .ends_with("/v1.0/things/1")
    );
    assert_eq!(live.received().len(), 1);
}

#[tokio::test]
async fn one_that_was_begun_earlier() {
    let live = Live::start(|_, _| status("succeeded")).await;
    let (client, _) = client(&live.address(), Retry::never());
    for location in ["/v1.0/x".to_owned(), format!("{}/v1.0/x", live.address())] {
        let finished = within(client.monitor(&location).wait(HOUR)).await.unwrap();
        assert_eq!(finished.resource_location(), None);
        let error = within(finished.resource::<Value>(&client))
            .await
            .unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Link);
    }
    for location in ["http://example.com/x", "file:///x"] {
        let error = within(client.monitor(location).poll()).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Link, "{location}");
    }
}
