//! What functions return, held to the answers that pages show.

use std::any::TypeId;

use bytes::Bytes;
use http::Response;
use http::response::Parts;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::equal::differences;
use super::{Judged, Verdict, observed, written};
use crate::error::Error;
use crate::mock::documented::ExampleResponse;
use crate::model::Model;
use crate::page::{Page, Scalar};
use crate::response::FromResponse;

/// What a function returns, and can be held to JSON.
pub trait Answer: FromResponse {
    /// Whether it is an object around what is meant, with the key `value`.
    const ENVELOPE: bool = false;

    /// What it says of JSON that it was read from: passed, unless it takes any.
    fn verdict() -> Verdict {
        Verdict::Passed
    }

    /// Writes what was read.
    ///
    /// # Errors
    ///
    /// An error of the kind [`Request`](crate::ErrorKind::Request) if it cannot be written.
    fn written(&self) -> Result<Vec<u8>, Error>;
}

impl<T: Model> Answer for T {
    fn written(&self) -> Result<Vec<u8>, Error> {
        written(self)
    }
}

impl<T: Serialize + DeserializeOwned + 'static> Answer for Page<T> {
    const ENVELOPE: bool = true;

    fn verdict() -> Verdict {
        typed::<T>()
    }

    fn written(&self) -> Result<Vec<u8>, Error> {
        written(self)
    }
}

impl<T: Serialize + DeserializeOwned + 'static> Answer for Scalar<T> {
    const ENVELOPE: bool = true;

    fn verdict() -> Verdict {
        typed::<T>()
    }

    fn written(&self) -> Result<Vec<u8>, Error> {
        written(self)
    }
}

impl Answer for i64 {
    fn written(&self) -> Result<Vec<u8>, Error> {
        written(self)
    }
}

impl Answer for () {
    fn verdict() -> Verdict {
        Verdict::Untaken
    }

    fn written(&self) -> Result<Vec<u8>, Error> {
        Ok(Vec::new())
    }
}

impl Answer for Bytes {
    fn verdict() -> Verdict {
        Verdict::Untyped
    }

    fn written(&self) -> Result<Vec<u8>, Error> {
        Ok(self.to_vec())
    }
}

impl Answer for String {
    fn verdict() -> Verdict {
        Verdict::Untyped
    }

    fn written(&self) -> Result<Vec<u8>, Error> {
        Ok(self.clone().into_bytes())
    }
}

impl Answer for Value {
    fn verdict() -> Verdict {
        Verdict::Untyped
    }

    fn written(&self) -> Result<Vec<u8>, Error> {
        written(self)
    }
}

/// What is said of JSON that was read as `T`, if it is otherwise as it has to be.
pub(super) fn typed<T: 'static>() -> Verdict {
    let untyped = [TypeId::of::<Value>(), TypeId::of::<Vec<Value>>()];
    match untyped.contains(&TypeId::of::<T>()) {
        true => Verdict::Untyped,
        false => Verdict::Passed,
    }
}

/// Holds an answer to what is read from it; nothing for that of an error, and for one without JSON.
pub(super) fn answered<T: Answer>(shown: &ExampleResponse) -> Option<Judged> {
    let json = shown.json.as_ref().filter(|_| shown.succeeds())?;
    let expected = T::verdict();
    let mark = observed::mark();
    let verdict = match written(json).and_then(|body| read::<T>(body)) {
        _ if expected == Verdict::Untaken => expected,
        Err(error) => {
            observed::forget(mark);
            Verdict::Refused(error.to_string())
        }
        Ok(written) => match compared(json, &written) {
            Verdict::Passed => expected,
            other => other,
        },
    };
    if !verdict.is_failure() && verdict != Verdict::Untaken {
        let inner = json.get("value").filter(|_| T::ENVELOPE);
        observed::total(inner.unwrap_or(json), mark);
    }
    Some(Judged {
        verdict,
        contradicts: shown.contradicts(),
    })
}

/// Reads a body as the one of a successful answer, and writes that.
fn read<T: Answer>(body: Vec<u8>) -> Result<Vec<u8>, Error> {
    T::from_response(&parts(), body.into())?.written()
}

/// The head of a successful answer.
pub(super) fn parts() -> Parts {
    let (parts, ()) = Response::new(()).into_parts();
    parts
}

/// Compares what is shown with what was written for it.
pub(super) fn compared(shown: &Value, written: &[u8]) -> Verdict {
    let mut places = observed::faults();
    match serde_json::from_slice::<Value>(written) {
        Ok(written) => places.extend(differences(shown, &written)),
        Err(error) => places.push(format!("what is written is no JSON: {error}")),
    }
    match places.is_empty() {
        true => Verdict::Passed,
        false => Verdict::Differs(places),
    }
}
