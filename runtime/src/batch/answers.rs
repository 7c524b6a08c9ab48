//! What came back for each part.

use std::fmt;

use bytes::Bytes;

use super::foreign;
use super::part::{Part, PartId};
use crate::error::{Error, ErrorKind};
use crate::response::{FromResponse, Response};

/// The answers to a [`Batch`](crate::Batch), one for each part.
///
/// They are decoded when they are asked for, and can be asked for again. `Debug` shows statuses and errors alone.
pub struct BatchAnswers {
    batch: u64,
    // Successes, and errors as a request of its own would have them.
    answers: Vec<Result<http::Response<Bytes>, Error>>,
}

impl BatchAnswers {
    pub(super) const fn new(
        batch: u64,
        answers: Vec<Result<http::Response<Bytes>, Error>>,
    ) -> Self {
        Self { batch, answers }
    }

    /// The value of a part.
    ///
    /// # Errors
    ///
    /// The error that the request would have had by itself; besides, one
    ///
    /// - of the kind [`Service`](crate::ErrorKind::Service) and the status 424 if a part that it comes
    ///   [after](crate::Batch::add_after) failed,
    /// - of the kind [`Transport`](crate::ErrorKind::Transport) if the service answered the batch and left the part out,
    /// - of the batch itself, if that failed,
    /// - of the kind [`Request`](crate::ErrorKind::Request) if the part belongs to another batch, or was added after this
    ///   one was sent.
    pub fn get<T: FromResponse>(&self, part: Part<T>) -> Result<T, Error> {
        self.get_response(part).map(Response::into_value)
    }

    /// As [`get`](BatchAnswers::get), with the status and the headers of the part. The `request-id` of a part, where it
    /// has none, is that of its batch.
    ///
    /// # Errors
    ///
    /// Those of [`get`](BatchAnswers::get).
    pub fn get_response<T: FromResponse>(&self, part: Part<T>) -> Result<Response<T>, Error> {
        let index = part.id().index_in(self.batch).ok_or_else(foreign)?;
        let answer = self.answers.get(index).cloned();
        Response::read(answer.unwrap_or_else(|| {
            let message = "the part was added after the batch was sent";
            Err(Error::new(ErrorKind::Request, message))
        })?)
    }

    /// The parts that failed, in the order in which they were added.
    pub fn errors(&self) -> impl Iterator<Item = (PartId, &Error)> {
        let answers = self.answers.iter().enumerate();
        answers.filter_map(|(index, answer)| {
            let error = answer.as_ref().err()?;
            Some((PartId::new(self.batch, index), error))
        })
    }
}

impl fmt::Debug for BatchAnswers {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let answers = self.answers.iter();
        let shown = answers.map(|answer| answer.as_ref().map(http::Response::status));
        formatter.write_str("BatchAnswers ")?;
        formatter.debug_list().entries(shown).finish()
    }
}
