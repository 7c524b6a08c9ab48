//! From parts to answers: which parts go together, and what goes again.

use std::time::{Duration, Instant, SystemTime};

use bytes::Bytes;
use http::{HeaderName, HeaderValue, Response, StatusCode};

use super::Entry;
use super::round::{self, Answer, Sent};
use crate::client::Client;
use crate::error::{Error, ErrorKind};
use crate::pipeline::{Pipeline, random};
use crate::retry::{Attempt, Attempts, is_idempotent};

/// How many requests the service takes in one batch.
const MOST: usize = 20;

const REQUEST_ID: HeaderName = HeaderName::from_static("request-id");

/// Sends all parts: one answer for each.
pub(super) async fn send(entries: &[Entry], client: &Client) -> Result<Vec<Answer>, Error> {
    let mut run = Run::new(entries);
    while let Some(round) = run.next() {
        let wait = std::mem::take(&mut run.wait);
        // Without a timer nothing is sent again, and nothing waits.
        if let Some(timer) = &client.pipeline().timer
            && !wait.is_zero()
        {
            timer.sleep(wait).await;
            run.waited = run.waited.saturating_add(wait);
        }
        let (request, repeatable) = run.request(&round, client);
        let sent = match request {
            Ok(request) => client.send_batch(request, repeatable).await,
            Err(error) => Err(error),
        };
        run.take_in(&round, sent, client.pipeline());
    }
    run.finish()
}

/// Parts that go together, in their order.
struct Round {
    version: &'static str,
    members: Vec<usize>,
}

struct Run<'a> {
    entries: &'a [Entry],
    parts: Vec<Progress>,
    started: Instant,
    waited: Duration,
    /// How long to wait before the next round.
    wait: Duration,
    /// Whether the service has said anything of any part.
    answered: bool,
    /// The error of the first round that failed as a whole.
    failure: Option<Error>,
}

/// How far a part is.
#[derive(Default)]
struct Progress {
    answer: Option<Answer>,
    /// What it failed with, if it is to be sent again.
    last: Option<Error>,
    /// How often it was sent, and how often because it had failed itself.
    attempts: u32,
    retries: u32,
    /// When it was sent first.
    since: Option<Duration>,
}

impl<'a> Run<'a> {
    fn new(entries: &'a [Entry]) -> Self {
        let parts = entries.iter().map(|entry| Progress {
            answer: entry.content.as_ref().err().map(|error| Err(error.clone())),
            ..Progress::default()
        });
        Self {
            entries,
            parts: parts.collect(),
            started: Instant::now(),
            waited: Duration::ZERO,
            wait: Duration::ZERO,
            answered: false,
            failure: None,
        }
    }

    /// The next parts that can go, and nothing when all are done.
    ///
    /// The first part that is not done depends on none that is not done either, so that there is always one to go.
    fn next(&mut self) -> Option<Round> {
        let mut round: Option<Round> = None;
        for (index, entry) in self.entries.iter().enumerate() {
            if self.parts[index].answer.is_some() {
                continue;
            }
            if let Some(error) = self.unmet(entry) {
                let part = &mut self.parts[index];
                // What the service said of it is better than what can be said here.
                part.answer = Some(Err(part.last.take().unwrap_or(error)));
                continue;
            }
            let round = round.get_or_insert_with(|| Round {
                version: entry.operation.version,
                members: Vec::new(),
            });
            let goes = |before: &usize| {
                self.parts[*before].answer.is_some() || round.members.binary_search(before).is_ok()
            };
            if entry.operation.version == round.version && entry.after.iter().all(goes) {
                round.members.push(index);
            }
            if round.members.len() == MOST {
                break;
            }
        }
        round
    }

    /// The error of a part whose dependency failed for good.
    fn unmet(&self, entry: &Entry) -> Option<Error> {
        entry.after.iter().find_map(|&before| {
            let Some(Err(error)) = &self.parts[before].answer else {
                return None;
            };
            // As the service has it: only an error status is a failure.
            if error.status().is_some_and(|status| status.is_redirection()) {
                return None;
            }
            let name = id(before);
            let message = format!("not sent, because part {name} failed, which it depends on");
            Some(Error::failed_dependency(message, error.clone()))
        })
    }

    /// The request for a round, and whether it may be sent twice.
    fn request(
        &mut self,
        round: &Round,
        client: &Client,
    ) -> (Result<http::Request<Bytes>, Error>, bool) {
        let now = self.now();
        let mut sent = Vec::with_capacity(round.members.len());
        for &index in &round.members {
            let (entry, part) = (&self.entries[index], &mut self.parts[index]);
            part.since.get_or_insert(now);
            // A part without content has its error already.
            if let Ok(content) = &entry.content {
                let here = |before: &&usize| round.members.binary_search(before).is_ok();
                sent.push(Sent {
                    id: id(index),
                    content,
                    after: entry
                        .after
                        .iter()
                        .filter(here)
                        .map(|&before| id(before))
                        .collect(),
                    retries: part.retries,
                });
            }
        }
        let repeatable = sent.iter().all(|part| is_idempotent(&part.content.method));
        let address = format!("{}/{}/$batch", client.base().as_str(), round.version);
        (round::write(&address, &sent), repeatable)
    }

    /// Time may stand still for a timer of a test.
    fn now(&self) -> Duration {
        self.started.elapsed().max(self.waited)
    }

    fn take_in(
        &mut self,
        round: &Round,
        sent: Result<Response<Bytes>, Error>,
        pipeline: &Pipeline,
    ) {
        let answered = sent.and_then(|response| {
            let attempts = response
                .extensions()
                .get()
                .map_or(1, |Attempts(count)| *count);
            let request_id = response.headers().get(REQUEST_ID).cloned();
            Ok((attempts, request_id, round::read(response)?))
        });
        let (attempts, request_id, mut answers) = match answered {
            Ok(answered) => answered,
            Err(error) => return self.fail(round, &error),
        };
        self.answered = true;
        for &index in &round.members {
            let answer = answers.remove(&id(index)).unwrap_or_else(|| {
                let message = "the service answered the batch without this part";
                Err(Error::new(ErrorKind::Transport, message))
            });
            let part = &mut self.parts[index];
            part.attempts += attempts;
            let attempts = part.attempts;
            let answer = answer.map(|mut response| {
                response.extensions_mut().insert(Attempts(attempts));
                response
            });
            self.settle(index, answer, request_id.as_ref(), pipeline);
        }
    }

    /// Decides what becomes of a part that was sent.
    ///
    /// Many parts have no identifier of their own; that of the batch is one that support can look for.
    fn settle(
        &mut self,
        index: usize,
        mut answer: Answer,
        request_id: Option<&HeaderValue>,
        pipeline: &Pipeline,
    ) {
        let entry = &self.entries[index];
        let status = answer.as_ref().ok().map(Response::status);
        if let Ok(response) = &mut answer
            && entry.operation.succeeds(response.status())
        {
            if let Some(id) = request_id {
                let headers = response.headers_mut();
                headers.entry(REQUEST_ID).or_insert_with(|| id.clone());
            }
            self.parts[index].answer = Some(answer);
            return;
        }
        // Nothing was done, and what has to be done before goes again.
        let postponed = status == Some(StatusCode::FAILED_DEPENDENCY)
            && entry
                .after
                .iter()
                .any(|&before| self.parts[before].answer.is_none());
        let wait = match postponed {
            true => Some(Duration::ZERO),
            false => self.wait_for(index, &answer, pipeline),
        };
        let part = &mut self.parts[index];
        let attempts = part.attempts;
        let error = match answer {
            Ok(response) => {
                let (parts, body) = response.into_parts();
                Error::from_answer(parts, &body)
            }
            Err(error) => error.after_attempts(attempts),
        };
        let error = error.or_request_id(request_id.and_then(|id| id.to_str().ok()));
        let Some(wait) = wait else {
            part.answer = Some(Err(error));
            return;
        };
        if !postponed {
            part.retries += 1;
            let status = status.map_or(0, |status| status.as_u16());
            tracing::debug!(attempts, status, ?wait, "a part of the batch is sent again");
        }
        part.last = Some(error);
        self.wait = self.wait.max(wait);
    }

    fn wait_for(&self, index: usize, answer: &Answer, pipeline: &Pipeline) -> Option<Duration> {
        pipeline.timer.as_ref()?;
        let (now, part) = (self.now(), &self.parts[index]);
        pipeline.retry.wait(&Attempt {
            method: &self.entries[index].operation.method,
            repeatable: false,
            answer,
            retries: part.retries,
            spent: now.saturating_sub(part.since.unwrap_or(now)),
            now: SystemTime::now(),
            random: random(),
            budget: Duration::MAX,
        })
    }

    /// Takes in that a round failed as a whole, which may end the others as well.
    fn fail(&mut self, round: &Round, error: &Error) {
        self.failure.get_or_insert_with(|| error.clone());
        for &index in &round.members {
            self.parts[index].answer = Some(Err(error.clone()));
        }
        if !concerns_all(error) {
            return;
        }
        let pending = self.parts.iter_mut().filter(|part| part.answer.is_none());
        for part in pending {
            let last = part.last.take();
            part.answer = Some(Err(last.unwrap_or_else(|| error.before_sending())));
        }
    }

    fn finish(self) -> Result<Vec<Answer>, Error> {
        match self.failure {
            Some(error) if !self.answered => Err(error),
            // None is missing at the end.
            _ => Ok(self
                .parts
                .into_iter()
                .filter_map(|part| part.answer)
                .collect()),
        }
    }
}

/// The identifier of a part: its number, from 1.
fn id(index: usize) -> String {
    (index + 1).to_string()
}

/// Whether an error of one round says as much of the next ones: that nobody is there, or wants to be asked.
fn concerns_all(error: &Error) -> bool {
    error.status().is_none_or(|status| {
        matches!(
            status,
            StatusCode::UNAUTHORIZED
                | StatusCode::TOO_MANY_REQUESTS
                | StatusCode::SERVICE_UNAVAILABLE
                | StatusCode::GATEWAY_TIMEOUT
        )
    })
}
