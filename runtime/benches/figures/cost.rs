//! What a call costs beside one of bare reqwest.

use std::time::Duration;

use graph_runtime::http::Method;
use graph_runtime::serde_json::{Value, json};
use graph_runtime::{Client, Operation, Request, StaticToken, reqwest};
use nix::time::{ClockId, clock_gettime};

use crate::Figure;

const ROUNDS: usize = 31;
/// Both take turns, so that what else the machine does falls on both.
const BLOCKS: usize = 40;
const CALLS: usize = 10;
const BAR: f64 = 1.1;

static READ: Operation = crate::operation(Method::GET, "/users/{id}");
static WRITE: Operation = crate::operation(Method::POST, "/users");

const TOKEN: &str =
    "eyJ0eXAiOiJKV1QiLCJhbGciOiJSUzI1NiJ9.eyJhdWQiOiJodHRwczovL2dyYXBoIn0.c2lnbmF0dXJl";
const SELECT: &str = "id,displayName,mail,userPrincipalName";

pub(crate) async fn figure() -> Figure {
    let address = format!("http://{}", crate::service::start());
    let client = Client::builder()
        .token_provider(StaticToken::new(TOKEN))
        .base_url(&*address)
        .build()
        .unwrap();
    let bare = reqwest::Client::builder()
        .user_agent("graph-rust/0.1.0")
        // The same as the transport has: each read starts a timer.
        .connect_timeout(Duration::from_secs(30))
        .read_timeout(Duration::from_secs(100))
        .redirect(reqwest::redirect::Policy::none())
        .build()
        .unwrap();
    let (mut ratios, mut spent) = (Vec::new(), Vec::new());
    for round in 0..=ROUNDS {
        let mut used = [Duration::ZERO; 2];
        for _ in 0..BLOCKS {
            let before = cpu();
            for _ in 0..CALLS {
                ours(&client).await;
            }
            let between = cpu();
            for _ in 0..CALLS {
                theirs(&bare, &address).await;
            }
            used[0] += between - before;
            used[1] += cpu() - between;
        }
        // The first round makes the connections.
        if round > 0 {
            let [ours, theirs] = used;
            ratios.push(ours.as_secs_f64() / theirs.as_secs_f64());
            spent.push(ours);
        }
    }
    ratios.sort_by(f64::total_cmp);
    spent.sort();
    let (ratio, spent) = (ratios[ROUNDS / 2], spent[ROUNDS / 2]);
    Figure {
        what: "CPU of a call (one read, one write) beside bare reqwest with query and json",
        bar: format!("≤ {BAR}"),
        found: format!(
            "{ratio:.3} (median of {ROUNDS}, {:.3} to {:.3}), {:.0} µs for both",
            ratios[0],
            ratios[ROUNDS - 1],
            spent.as_secs_f64() * 1e6 / (BLOCKS * CALLS) as f64
        ),
        met: ratio <= BAR,
    }
}

async fn ours(client: &Client) {
    let user = Request::<Value>::new(&READ, &["48d31887-5fad-4d73-a9f5-3c356e68a038"])
        .query("$select", SELECT)
        .filter("accountEnabled eq true")
        .send(client)
        .await
        .unwrap();
    assert!(user["id"].is_string());
    let body = json!({"displayName": "Megan Bowen", "accountEnabled": true});
    let made = Request::<Value>::new(&WRITE, &[])
        .json(&body)
        .send(client)
        .await
        .unwrap();
    assert!(made["id"].is_string());
}

async fn theirs(client: &reqwest::Client, address: &str) {
    let read = client
        .get(format!(
            "{address}/v1.0/users/48d31887-5fad-4d73-a9f5-3c356e68a038"
        ))
        .query(&[("$select", SELECT), ("$filter", "accountEnabled eq true")]);
    assert!(json(read).await["id"].is_string());
    let body = json!({"displayName": "Megan Bowen", "accountEnabled": true});
    let made = client.post(format!("{address}/v1.0/users")).json(&body);
    assert!(json(made).await["id"].is_string());
}

/// The answer to a request with the headers that ours has.
async fn json(request: reqwest::RequestBuilder) -> Value {
    let request = request
        .header("client-request-id", uuid::Uuid::new_v4().to_string())
        .header("accept", "application/json")
        .bearer_auth(TOKEN);
    let response = request.send().await.unwrap();
    response.error_for_status().unwrap().json().await.unwrap()
}

/// What this thread has used, without the thread of the service.
fn cpu() -> Duration {
    clock_gettime(ClockId::CLOCK_THREAD_CPUTIME_ID)
        .unwrap()
        .into()
}
