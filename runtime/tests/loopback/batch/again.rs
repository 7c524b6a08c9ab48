//! Parts that are sent again, and those that are not.

use std::time::Duration;

use graph_runtime::http::{Method, StatusCode};
use graph_runtime::serde_json::{Value, json};
use graph_runtime::{Batch, ErrorKind, Operation, Request, Retry};

use super::{answers, create, get, ids, ok, part, sent};
use crate::faults::client;
use crate::operation;
use crate::server::Server;
use crate::within;

static DELETE: Operation = operation(Method::DELETE, "/things/{id}");

fn throttled(id: usize, after: &str) -> String {
    part(
        id,
        429,
        &format!(r#","headers":{{"Retry-After":"{after}"}}"#),
    )
}

#[tokio::test]
async fn throttled_parts_alone_go_again_before_the_others() {
    let first = (1..=20).map(|id| match id {
        2 => throttled(2, "7"),
        5 => throttled(5, "0.5"),
        _ => ok(id),
    });
    let second = [throttled(2, "3"), ok(5)]
        .into_iter()
        .chain((21..=22).map(ok));
    let server = Server::start([answers(first), answers(second), answers([ok(2)])]).await;
    let (client, waits) = client(&server.address(), Retry::default());
    let mut batch = Batch::new();
    let parts: Vec<_> = (1..=22)
        .map(|number| batch.add(create(&json!(number))))
        .collect();
    let answers = within(batch.send(&client)).await.unwrap();
    for (index, part) in parts.into_iter().enumerate() {
        assert_eq!(answers.get(part).unwrap()["id"], (index + 1).to_string());
    }
    assert_eq!(waits.millis(), [7_000, 3_000]);
    let received = server.received().await;
    assert_eq!(ids(&received[1]), ["2", "5", "21", "22"]);
    assert_eq!(ids(&received[2]), ["2"]);
    let again: Vec<_> = received
        .iter()
        .map(|batch| {
            sent(batch)
                .into_iter()
                .find(|part| part["id"] == "2")
                .unwrap()
        })
        .collect();
    assert_eq!(again[0]["headers"]["retry-attempt"], Value::Null);
    assert_eq!(again[2]["headers"]["retry-attempt"], "2");
    assert_eq!(again[2]["body"], 2);
    // The batches themselves are new ones.
    assert_eq!(received[2].header("retry-attempt"), None);
}

#[tokio::test]
async fn every_status_and_method_has_its_outcome() {
    // Whether a GET, a DELETE and a POST are sent again.
    let after = r#","headers":{"Retry-After":"1"}"#;
    for (status, members, again) in [
        (429, "", [true; 3]),
        (503, after, [true; 3]),
        (504, after, [true; 3]),
        (503, "", [true, true, false]),
        (504, "", [true, true, false]),
        (502, after, [true, true, false]),
        (500, after, [false; 3]),
        (409, after, [false; 3]),
    ] {
        let said = format!("{status} {members}");
        let repeated: Vec<_> = (1..=3).filter(|id| again[id - 1]).collect();
        let mut rounds = vec![answers((1..=3).map(|id| part(id, status, members)))];
        rounds.extend((!repeated.is_empty()).then(|| answers(repeated.iter().map(|&id| ok(id)))));
        let server = Server::start(rounds).await;
        let (client, waits) = client(&server.address(), Retry::default());
        let mut batch = Batch::new();
        let delete = Request::<Value>::new(&DELETE, &["1"]);
        let parts = [
            batch.add(get("1")),
            batch.add(delete),
            batch.add(create(&json!(1))),
        ];
        let answers = within(batch.send(&client)).await.unwrap();
        for (part, again) in parts.into_iter().zip(again) {
            match answers.get(part) {
                Ok(_) => assert!(again, "{said}"),
                Err(error) => {
                    assert!(!again, "{said}");
                    assert_eq!(error.status().unwrap().as_u16(), status);
                }
            }
        }
        assert_eq!(
            waits.millis().len(),
            usize::from(!repeated.is_empty()),
            "{said}"
        );
        let received = server.received().await;
        let ids = received.get(1).map(ids).unwrap_or_default();
        assert_eq!(
            ids,
            repeated.iter().map(usize::to_string).collect::<Vec<_>>(),
            "{said}"
        );
    }
}

#[tokio::test]
async fn what_depends_on_a_throttled_part_goes_again_with_it() {
    let failed = |id| part(id, 424, "");
    let server = Server::start([
        answers([ok(1), throttled(2, "1"), failed(3), failed(4), failed(5)]),
        answers([ok(2), throttled(3, "2"), failed(4)]),
        answers([ok(3), throttled(4, "4")]),
        answers([ok(4)]),
    ])
    .await;
    let (client, waits) = client(&server.address(), Retry::default().limit(1));
    let mut batch = Batch::new();
    let first = batch.add(create(&json!(1)));
    let second = batch.add(create(&json!(2)));
    let third = batch.add_after(create(&json!(3)), [first, second]);
    let fourth = batch.add_after(create(&json!(4)), [third]);
    // All that it depends on is done: this failure is its own.
    let fifth = batch.add_after(create(&json!(5)), [first]);
    let answers = within(batch.send(&client)).await.unwrap();
    let received = server.received().await;
    assert_eq!(ids(&received[0]), ["1", "2", "3<1,2", "4<3", "5<1"]);
    assert_eq!(ids(&received[1]), ["2", "3<2", "4<3"]);
    assert_eq!(ids(&received[2]), ["3", "4<3"]);
    // Its waits for others were no retries of its own.
    assert_eq!(ids(&received[3]), ["4"]);
    assert_eq!(sent(&received[3])[0]["headers"]["retry-attempt"], "1");
    assert_eq!(waits.millis(), [1_000, 2_000, 4_000]);
    for part in [first, second, third, fourth] {
        answers.get(part).unwrap();
    }
    let error = answers.get(fifth).unwrap_err();
    assert_eq!(error.status(), Some(StatusCode::FAILED_DEPENDENCY));
    assert!(error.was_sent());
}

#[tokio::test]
async fn limit_and_budget_are_those_of_each_part() {
    for (retry, rounds) in [
        (Retry::never(), 1),
        (Retry::default().limit(2), 3),
        (Retry::default().budget(Duration::from_secs(59)), 1),
        (Retry::default().budget(Duration::from_secs(119)), 2),
    ] {
        let round = answers([ok(1), throttled(2, "60"), part(3, 424, "")]);
        let server = Server::start(vec![round; rounds]).await;
        let (client, waits) = client(&server.address(), retry.clone());
        let mut batch = Batch::new();
        let first = batch.add(get("1"));
        let second = batch.add(get("2"));
        let third = batch.add_after(get("3"), [second]);
        let answers = within(batch.send(&client)).await.unwrap();
        answers.get(first).unwrap();
        let error = answers.get(second).unwrap_err();
        assert_eq!(error.attempts() as usize, rounds, "{retry:?}");
        assert_eq!(error.retry_after(), Some(Duration::from_secs(60)));
        let error = answers.get(third).unwrap_err();
        assert_eq!(error.status(), Some(StatusCode::FAILED_DEPENDENCY));
        assert_eq!(error.attempts() as usize, rounds, "{retry:?}");
        assert_eq!(waits.millis().len(), rounds - 1);
        assert_eq!(server.received().await.len(), rounds);
    }
}

#[tokio::test]
async fn a_part_that_is_left_out_goes_again_if_that_does_no_harm() {
    let server = Server::start([answers([ok(2)]), answers([ok(1)])]).await;
    let (client, _) = client(&server.address(), Retry::default());
    let mut batch = Batch::new();
    let read = batch.add(get("1"));
    let other = batch.add(get("2"));
    let created = batch.add(create(&json!(3)));
    let answers = within(batch.send(&client)).await.unwrap();
    assert_eq!(ids(&server.received().await[1]), ["1"]);
    answers.get(read).unwrap();
    answers.get(other).unwrap();
    let error = answers.get(created).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Transport);
    assert!(error.was_sent());
    assert_eq!(
        error.to_string(),
        "the service answered the batch without this part"
    );
}
