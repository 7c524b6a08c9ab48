//! Batches that fail as a whole.

use graph_runtime::http::StatusCode;
use graph_runtime::serde_json::json;
use graph_runtime::{Batch, Error, ErrorKind, Retry};

use super::{answers, create, get, ids, ok};
use crate::faults::client;
use crate::server::{self, Server, answer};
use crate::within;

/// The connection ends before the answer, and within it.
const NOTHING: &str = "";
const HALF: &str = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"responses\":[";

fn refused(status: &str) -> String {
    answer(status, &["Retry-After: 1"], "")
}

#[tokio::test]
async fn a_batch_goes_again_as_its_parts_allow() {
    // Whether a batch of reading alone, and one that creates something, is sent again.
    for (fault, again) in [
        (refused("429 Too Many Requests"), [true, true]),
        (refused("503 Service Unavailable"), [true, true]),
        (answer("503 Service Unavailable", &[], ""), [true, false]),
        (answer("502 Bad Gateway", &[], ""), [true, false]),
        (NOTHING.to_owned(), [true, false]),
        (HALF.to_owned(), [true, false]),
        (refused("500 Internal Server Error"), [false, false]),
        (server::json(r#"{"responses":["#), [false, false]),
        (server::json(r#"{"value":[]}"#), [false, false]),
        (server::json("[1]"), [false, false]),
        (answer("302 Found", &[], ""), [false, false]),
    ] {
        for (creates, again) in [false, true].into_iter().zip(again) {
            let mut answers_given = vec![fault.clone()];
            answers_given.extend(again.then(|| answers([ok(1), ok(2)])));
            let server = Server::start(answers_given).await;
            let (client, waits) = client(&server.address(), Retry::default());
            let mut batch = Batch::new();
            let first = batch.add(get("1"));
            let second = match creates {
                true => batch.add(create(&json!(1))),
                false => batch.add(get("2")),
            };
            let result = within(batch.send(&client)).await;
            assert_eq!(result.is_ok(), again, "{fault}: {result:?}");
            if let Ok(answers) = result {
                answers.get(first).unwrap();
                answers.get(second).unwrap();
            }
            assert_eq!(waits.millis().len(), usize::from(again), "{fault}");
            let received = server.received().await;
            assert_eq!(received.len(), 1 + usize::from(again), "{fault}");
            if let [first, second] = &*received {
                assert_eq!(second.header("retry-attempt"), Some("1"), "{fault}");
                assert_eq!(second.body, first.body, "{fault}");
            }
        }
    }
}

/// The errors of 45 parts that create something, where the second of their batches fails.
async fn errors_of(fault: &str, third: bool) -> Vec<Option<Error>> {
    let mut rounds = vec![answers((1..=20).map(ok)), fault.to_owned()];
    rounds.extend(third.then(|| answers((42..=45).map(ok))));
    let server = Server::start(rounds).await;
    let (client, _) = client(&server.address(), Retry::never());
    let mut batch = Batch::new();
    let mut parts: Vec<_> = (1..=40)
        .map(|number| batch.add(create(&json!(number))))
        .collect();
    parts.push(batch.add_after(create(&json!(41)), [parts[39]]));
    parts.extend((42..=45).map(|number| batch.add(create(&json!(number)))));
    let answers = within(batch.send(&client)).await.unwrap();
    if let [_, _, last] = &*server.received().await {
        assert_eq!(ids(last), ["42", "43", "44", "45"]);
    }
    parts
        .into_iter()
        .map(|part| answers.get(part).err())
        .collect()
}

#[tokio::test]
async fn a_batch_that_fails_costs_no_answers_of_others() {
    let errors = errors_of(
        &answer("500 Internal Server Error", &["request-id: r"], ""),
        true,
    )
    .await;
    assert!(errors[..20].iter().all(Option::is_none));
    for error in errors[20..40].iter().flatten() {
        assert_eq!(
            error.to_string(),
            "500 Internal Server Error (request-id r)"
        );
    }
    assert_eq!(errors[20..40].iter().flatten().count(), 20);
    let dependent = errors[40].as_ref().unwrap();
    assert_eq!(dependent.status(), Some(StatusCode::FAILED_DEPENDENCY));
    assert!(!dependent.was_sent());
    assert!(errors[41..].iter().all(Option::is_none));
}

#[tokio::test]
async fn where_nobody_answers_nothing_more_is_sent() {
    for (fault, status) in [
        (NOTHING.to_owned(), None),
        (
            refused("429 Too Many Requests"),
            Some(StatusCode::TOO_MANY_REQUESTS),
        ),
        (refused("401 Unauthorized"), Some(StatusCode::UNAUTHORIZED)),
    ] {
        let errors = errors_of(&fault, false).await;
        assert!(errors[..20].iter().all(Option::is_none));
        assert_eq!(errors.iter().flatten().count(), 25);
        for (index, error) in errors[20..].iter().flatten().enumerate() {
            assert_eq!(error.status(), status, "{fault}");
            // The service cannot have seen what was never sent.
            assert_eq!(error.was_sent(), index < 20, "{fault}");
            assert_eq!(error.attempts(), u32::from(index < 20), "{fault}");
        }
    }
}

#[tokio::test]
async fn a_part_that_waits_keeps_its_own_error() {
    // Part 1 is throttled, and its second batch gets no answer.
    let round = answers([super::part(1, 429, ""), ok(2)]);
    let server = Server::start([round, NOTHING.to_owned()]).await;
    let (client, _) = client(&server.address(), Retry::default());
    let mut batch = Batch::new();
    let first = batch.add(create(&json!(1)));
    let second = batch.add(create(&json!(2)));
    let answers = within(batch.send(&client)).await.unwrap();
    server.received().await;
    answers.get(second).unwrap();
    let error = answers.get(first).unwrap_err();
    // It may have been carried out the second time.
    assert_eq!(error.kind(), ErrorKind::Transport);
    assert!(error.was_sent());
}

#[tokio::test]
async fn a_batch_can_be_sent_from_any_thread() {
    fn is_send<T: Send>(_: &T) {}
    let server = Server::start([""]).await;
    let batch = Batch::new();
    let client = crate::client(&server);
    is_send(&batch.send(&client));
    server.stop();
}

#[tokio::test]
async fn attempts_count_the_batches_that_a_part_was_in() {
    // Twice because of the batch, and once more because of the part itself.
    let rounds = [
        refused("429 Too Many Requests"),
        answers([super::part(1, 429, "")]),
        answers([super::part(1, 409, "")]),
    ];
    let server = Server::start(rounds).await;
    let (client, _) = client(&server.address(), Retry::default());
    let mut batch = Batch::new();
    let part = batch.add(create(&json!(1)));
    let answers = within(batch.send(&client)).await.unwrap();
    server.received().await;
    let error = answers.get(part).unwrap_err();
    assert_eq!(error.to_string(), "409 Conflict (after 3 attempts)");
}
