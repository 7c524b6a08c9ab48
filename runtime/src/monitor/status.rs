//! What a service says of a long-running operation.

use bytes::Bytes;
use http::StatusCode;
use http::response::Parts;
use serde_json::{Map, Value};

use crate::error::Error;

/// The words of `status` for an operation that is done. The objects that drives, Teams and workbooks answer with have
/// different words and one form; a word that is not known is taken for one that goes on, since the asking ends anyway.
const DONE: [&str; 5] = ["completed", "done", "skipped", "succeeded", "success"];
/// Those for one that came to nothing.
const FAILED: [&str; 6] = [
    "canceled",
    "cancelled",
    "deleteFailed",
    "failed",
    "failure",
    "invalid",
];

/// An answer to the question how an operation is going.
pub(super) struct Status {
    code: StatusCode,
    object: Map<String, Value>,
}

impl Status {
    pub(super) fn read(parts: &Parts, body: &Bytes) -> Self {
        Self {
            code: parts.status,
            object: serde_json::from_slice(body).unwrap_or_default(),
        }
    }

    fn text(&self, names: &[&str]) -> Option<&str> {
        let mut values = names.iter().filter_map(|name| self.object.get(*name));
        values.find_map(Value::as_str)
    }

    fn is(&self, words: &[&str]) -> bool {
        let status = self.text(&["status"]);
        status.is_some_and(|status| words.iter().any(|word| word.eq_ignore_ascii_case(status)))
    }

    /// A status of 202 says so whatever the body is; in a 200, a word says so. An object without one is the result.
    pub(super) fn is_running(&self) -> bool {
        self.code == StatusCode::ACCEPTED
            || (self.code.is_success() && self.text(&["status"]).is_some() && !self.is(&DONE))
    }

    /// An error status is a failure of the operation or of the question.
    pub(super) fn is_failed(&self) -> bool {
        self.code.is_client_error()
            || self.code.is_server_error()
            || (self.code.is_success() && self.is(&FAILED))
    }

    pub(super) fn progress(&self) -> Option<f64> {
        let names = ["percentageComplete", "percentComplete", "progress"];
        let mut values = names.iter().filter_map(|name| self.object.get(*name));
        values.find_map(Value::as_f64)
    }

    pub(super) fn resource_id(&self) -> Option<&str> {
        self.text(&["resourceId", "targetResourceId"])
    }

    pub(super) fn resource_location(&self) -> Option<&str> {
        self.text(&["resourceLocation", "targetResourceLocation"])
    }

    /// The error of an operation that failed: in `error`, as in an answer.
    pub(super) fn into_error(self, parts: Parts, body: &Bytes) -> Error {
        if self.code.is_success() {
            return Error::from_failed(parts, self.object, body);
        }
        Error::from_answer(parts, body)
    }
}
