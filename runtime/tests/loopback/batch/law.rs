//! What holds for any parts, dependencies and answers.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use graph_runtime::bytes::Bytes;
use graph_runtime::http::{Request, Response};
use graph_runtime::serde_json::{Value, from_slice, json};
use graph_runtime::{
    Batch, Body, BoxFuture, Client, Error, ErrorKind, PartId, StaticToken, Transport,
};
use proptest::prelude::*;

use super::{create, get};
use crate::faults::Waits;

/// What becomes of a part each time it is sent; after these, it succeeds.
#[derive(Clone, Copy, Debug)]
enum Fate {
    Done,
    Refused,
    Throttled,
    /// The gateway gives up, and the service has done it.
    Lost,
    /// It is done and left out of the answer.
    Omitted,
}

#[derive(Clone, Debug)]
struct Wanted {
    creates: bool,
    /// How far before it those are that it depends on.
    after: Vec<usize>,
    fates: Vec<Fate>,
}

/// A service that does what its parts' fates say, and sometimes breaks off when it has done it.
#[derive(Clone)]
struct Service(Arc<Mutex<State>>);

struct State {
    wanted: Vec<Wanted>,
    breaks: Vec<bool>,
    done: Vec<usize>,
    succeeded: Vec<bool>,
    faults: Vec<String>,
}

impl State {
    fn answer(&mut self, request: &Request<Bytes>) -> Result<Response<Body>, Error> {
        let body: Value = from_slice(request.body()).unwrap();
        let parts = body["requests"].as_array().unwrap();
        if parts.is_empty() || parts.len() > 20 {
            self.faults.push(format!("{} parts", parts.len()));
        }
        let mut statuses = BTreeMap::new();
        let mut responses = Vec::new();
        for part in parts {
            let id = part["id"].as_str().unwrap();
            let index = id.parse::<usize>().unwrap() - 1;
            let before = part["dependsOn"].as_array().map_or(&[][..], Vec::as_slice);
            // Dependencies come before in this batch, and those that are not named have succeeded.
            let mut met = true;
            for before in before {
                match statuses.get(before.as_str().unwrap()) {
                    Some(status) => met &= *status == 200,
                    None => self
                        .faults
                        .push(format!("{id} names {before}, which is not here")),
                }
            }
            for before in &self.wanted[index].after {
                let name = (before + 1).to_string();
                if !before_names(part, &name) && !self.succeeded[*before] {
                    self.faults.push(format!("{id} is sent without {name}"));
                }
            }
            let fate = match (met, self.wanted[index].fates.pop()) {
                (false, fate) => {
                    self.wanted[index].fates.extend(fate);
                    None
                }
                (true, fate) => Some(fate.unwrap_or(Fate::Done)),
            };
            let status = match fate {
                None => 424,
                Some(Fate::Done | Fate::Omitted) => 200,
                Some(Fate::Refused) => 400,
                Some(Fate::Throttled) => 429,
                Some(Fate::Lost) => 503,
            };
            if matches!(fate, Some(Fate::Done | Fate::Omitted | Fate::Lost)) {
                self.done[index] += 1;
            }
            statuses.insert(id, status);
            if !matches!(fate, Some(Fate::Omitted)) {
                self.succeeded[index] |= status == 200;
                responses.push(json!({"id": id, "status": status, "body": {"id": id}}));
            }
        }
        if self.breaks.pop().unwrap_or(false) {
            return Err(Error::new(ErrorKind::Transport, "broken off"));
        }
        responses.reverse();
        let body = json!({"responses": responses}).to_string();
        Ok(Response::new(Body::from(Bytes::from(body))))
    }
}

fn before_names(part: &Value, name: &str) -> bool {
    let before = part["dependsOn"].as_array();
    before.is_some_and(|before| before.iter().any(|before| before == name))
}

impl Transport for Service {
    fn send(&self, request: Request<Bytes>) -> BoxFuture<'_, Result<Response<Body>, Error>> {
        let answer = self.0.lock().unwrap().answer(&request);
        Box::pin(std::future::ready(answer))
    }
}

fn wanted() -> impl Strategy<Value = Wanted> {
    let fate = prop_oneof![
        4 => Just(Fate::Done),
        1 => Just(Fate::Refused),
        3 => Just(Fate::Throttled),
        2 => Just(Fate::Lost),
        1 => Just(Fate::Omitted),
    ];
    (
        any::<bool>(),
        prop::collection::vec(1..30_usize, 0..3),
        prop::collection::vec(fate, 0..5),
    )
        .prop_map(|(creates, after, fates)| Wanted {
            creates,
            after,
            fates,
        })
}

proptest! {
    #[test]
    fn each_part_has_one_answer_and_nothing_is_done_twice(
        mut wanted in prop::collection::vec(wanted(), 0..60),
        breaks in prop::collection::vec(prop::bool::weighted(0.1), 0..6),
    ) {
        for (index, part) in wanted.iter_mut().enumerate() {
            part.after = part.after.iter().filter_map(|back| index.checked_sub(*back)).collect();
        }
        let count = wanted.len();
        let service = Service(Arc::new(Mutex::new(State {
            wanted: wanted.clone(),
            breaks,
            done: vec![0; count],
            succeeded: vec![false; count],
            faults: Vec::new(),
        })));
        let waits = Waits::default();
        let client = Client::builder()
            .token_provider(StaticToken::new("t"))
            .transport(service.clone())
            .timer(waits)
            .build()
            .unwrap();
        let mut batch = Batch::new();
        let mut parts = Vec::new();
        for (index, part) in wanted.iter().enumerate() {
            let after: Vec<PartId> = part.after.iter().map(|&before| parts[before]).collect::<Vec<_>>()
                .into_iter().map(PartId::from).collect();
            parts.push(match part.creates {
                true => batch.add_after(create(&json!(index)), after),
                false => batch.add_after(get(&index.to_string()), after),
            });
        }
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let answers = runtime.block_on(batch.send(&client));
        let state = service.0.lock().unwrap();
        prop_assert!(state.faults.is_empty(), "{:?}", state.faults);
        for (index, part) in wanted.iter().enumerate() {
            prop_assert!(!part.creates || state.done[index] <= 1, "part {} was done twice", index + 1);
        }
        let Ok(answers) = answers else { return Ok(()) };
        for (index, part) in parts.into_iter().enumerate() {
            match answers.get(part) {
                Ok(value) => {
                    prop_assert_eq!(&value["id"], &(index + 1).to_string());
                    prop_assert!(state.succeeded[index]);
                }
                Err(error) => {
                    prop_assert!(error.kind() != ErrorKind::Request, "{}", error);
                    // What was not sent was not done.
                    prop_assert!(error.was_sent() || state.done[index] == 0, "{}", error);
                }
            }
        }
    }
}
