//! Several requests in one: JSON batching (OData JSON Format 4.01, section 19).

mod answers;
mod part;
mod round;
mod run;

pub use answers::BatchAnswers;
pub use part::{Part, PartId};

use std::borrow::Borrow;
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::client::Client;
use crate::error::{Error, ErrorKind};
use crate::operation::Operation;
use crate::request::Request;
use crate::response::FromResponse;
use part::Content;
#[cfg(feature = "mock")]
pub(crate) use part::is_json;

/// Requests that are sent together: each [`add`](Batch::add) gives a [`Part`], by which its answer is found.
///
/// ```no_run
/// # use graph_runtime::{Batch, Client, Error, Page, Request, serde_json::Value};
/// # async fn example(client: &Client, user: Request<Value>, messages: Request<Page<Value>>, send: Request<()>)
/// # -> Result<(), Error> {
/// let mut batch = Batch::new();
/// let user = batch.add(user);
/// let messages = batch.add(messages.top(5));
/// // Only if the user is found.
/// let sent = batch.add_after(send, [user]);
///
/// let answers = batch.send(client).await?;
/// println!("{}", answers.get(user)?["displayName"]);
/// println!("{} messages", answers.get(messages)?.value.len());
/// answers.get(sent)?;
/// # Ok(())
/// # }
/// ```
///
/// # How it is sent
///
/// - The service takes 20 requests at once, and those of one version. More become several batches, one after the other
///   and filled in the order in which the parts were added. Without [`add_after`](Batch::add_after) there is no order
///   among the parts of one batch.
/// - A part is sent after all that it depends on, in the same batch or a later one. If one of these fails, it is not
///   carried out, and its error has the status 424.
/// - The service answers a batch with 200 whatever became of its parts. Those that were throttled or did not get through
///   are sent again as the client's [`Retry`](crate::Retry) says of each of them, together, after the longest of their
///   waits and before what was not sent yet. Those that have an answer are never sent again.
/// - The batch itself is sent again as any `POST`, and as a `GET` would be if all its parts are idempotent.
/// - Redirects of parts are not followed: where a 302 is a success, as that of a download, the value is empty, and
///   [`get_response`](BatchAnswers::get_response) has the header `Location`.
///
/// A batch is a value and can be sent more than once; what comes back is not kept in it. Dropping the future of
/// [`send`](Batch::send) gives up what is not done. `Debug` shows methods and path templates alone.
#[must_use = "a batch does nothing until it is sent"]
pub struct Batch {
    // Tells the parts of one batch from those of others.
    number: u64,
    entries: Vec<Entry>,
}

struct Entry {
    operation: &'static Operation,
    /// The parts that have to succeed before, all of them added before.
    after: Vec<usize>,
    content: Result<Content, Error>,
}

impl Batch {
    /// A batch without any part, which sends nothing.
    pub fn new() -> Self {
        static COUNT: AtomicU64 = AtomicU64::new(0);
        Self {
            number: COUNT.fetch_add(1, Ordering::Relaxed),
            entries: Vec::new(),
        }
    }

    /// Adds a request, by value or by reference. What is wrong with it is the error of this part alone: the others are
    /// sent.
    pub fn add<T: FromResponse>(&mut self, request: impl Borrow<Request<T>>) -> Part<T> {
        self.add_after(request, [] as [PartId; 0])
    }

    /// Adds a request that is carried out only when others have succeeded: `[part]`, or `[part.id(), other.id()]` where
    /// they are of several types.
    ///
    /// As a request can only come after parts that are there, none waits for itself. The part of another batch is an
    /// error of this part.
    pub fn add_after<T: FromResponse>(
        &mut self,
        request: impl Borrow<Request<T>>,
        dependencies: impl IntoIterator<Item: Into<PartId>>,
    ) -> Part<T> {
        let draft = request.borrow().draft();
        let mut content = draft
            .to_http("", T::ACCEPT)
            .and_then(|request| Content::new(draft.operation, request));
        let mut after = Vec::new();
        for dependency in dependencies {
            match self.index(dependency.into()) {
                Ok(index) => after.push(index),
                // What is wrong with the request itself was wrong before.
                Err(error) => content = content.and(Err(error)),
            }
        }
        after.sort_unstable();
        after.dedup();
        self.entries.push(Entry {
            operation: draft.operation,
            after,
            content,
        });
        Part::new(self.number, self.entries.len() - 1)
    }

    /// Sends the parts, and waits until each has its answer or its error.
    ///
    /// If one of several batches fails for good, that is the error of its parts. Those that came before keep their
    /// answers. Those that come after it are sent, unless it got no answer at all, or one of 401, 429, 503 or 504: then
    /// they would fare no better, and have the same error, of which [`Error::was_sent`] says that they were not sent.
    ///
    /// # Errors
    ///
    /// The error of the first batch that failed, if the service has answered no part at all.
    pub async fn send(&self, client: &Client) -> Result<BatchAnswers, Error> {
        let answers = run::send(&self.entries, client).await?;
        Ok(BatchAnswers::new(self.number, answers))
    }

    fn index(&self, part: PartId) -> Result<usize, Error> {
        part.index_in(self.number).ok_or_else(foreign)
    }
}

fn foreign() -> Error {
    Error::new(ErrorKind::Request, "the part belongs to another batch")
}

impl Default for Batch {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for Batch {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts = self.entries.iter().map(|entry| entry.operation);
        let shown = parts.map(|operation| format!("{} {}", operation.method, operation.path));
        formatter.write_str("Batch ")?;
        formatter.debug_list().entries(shown).finish()
    }
}
