//! A session that keeps what it is sent, and fails as it is told.

use graph_runtime::serde_json::json;

use super::UNIT;
use crate::live::Answer;
use crate::server::Received;

/// A session as a drive has it: it keeps what it is sent, and says what it expects.
#[derive(Default)]
pub(super) struct Session {
    pub(super) stored: Vec<u8>,
    /// How the answers to the first slices are spoiled, after they are stored or before.
    pub(super) faults: Vec<Fault>,
}

#[derive(Clone, Copy)]
pub(super) enum Fault {
    /// The slice is lost, and its answer.
    Lost,
    /// The slice is stored, but its answer is lost.
    Unanswered,
    /// Half of the slice is stored, and its answer is lost.
    Half,
    /// The slice is stored, and the answer says nothing of it.
    Silent,
    Throttled,
    None,
}

impl Session {
    pub(super) fn respond(&mut self, request: &Received) -> Answer {
        assert_eq!(request.header("authorization"), None);
        assert_eq!(request.header("client-request-id"), None);
        let line = request.line();
        if line.starts_with("GET") {
            return self.expects("200 OK");
        }
        if line.starts_with("DELETE") {
            return Answer::status("204 No Content", &[], "");
        }
        let range = request.header("content-range").unwrap();
        let (range, total) = range
            .strip_prefix("bytes ")
            .unwrap()
            .split_once('/')
            .unwrap();
        let (start, last) = range.split_once('-').unwrap();
        let [start, last, total] = [start, last, total].map(|text| text.parse::<usize>().unwrap());
        assert_eq!(request.body.len(), last + 1 - start);
        assert!(request.body.len().is_multiple_of(UNIT) || last + 1 == total);
        if start != self.stored.len() {
            return Answer::status("416 Range Not Satisfiable", &[], "");
        }
        let fault = match self.faults.is_empty() {
            true => Fault::None,
            false => self.faults.remove(0),
        };
        let stored = match fault {
            Fault::Lost | Fault::Throttled => 0,
            Fault::Half => UNIT,
            Fault::Unanswered | Fault::Silent | Fault::None => request.body.len(),
        };
        self.stored.extend_from_slice(&request.body[..stored]);
        match fault {
            Fault::Throttled => Answer::status("429 Too Many Requests", &["Retry-After: 1"], ""),
            Fault::Silent => Answer::status("202 Accepted", &[], ""),
            Fault::None if self.stored.len() == total => Answer::status(
                "201 Created",
                &["Location: https://example.com/1"],
                r#"{"id":"1"}"#,
            ),
            Fault::None => self.expects("202 Accepted"),
            _ => Answer::bytes("").reset(),
        }
    }

    fn expects(&self, status: &str) -> Answer {
        let body = json!({"nextExpectedRanges": [format!("{}-", self.stored.len())]});
        Answer::status(status, &[], &body.to_string())
    }
}
