//! What has changed in a collection since the last time.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;
use serde_json::Value;

use crate::error::Error;
use crate::model::Model;
use crate::paging::Items;

/// The mark of an item that is gone (OData JSON 4.01, section 15.2, deleted entity).
const REMOVED: &str = "@removed";
/// The same in OData 4.0: a context that ends so, and the reason beside it.
const CONTEXT: &str = "@odata.context";
const DELETED_ENTITY: &str = "/$deletedEntity";
const REASON: &str = "reason";

/// One item of a delta answer.
#[derive(Clone, Debug, PartialEq)]
pub enum Change<T> {
    /// The item was added or changed, or is reported for the first time. Services send the properties that changed, or
    /// all; one that became null is absent, as in every [`Model`].
    Current(T),
    /// The item is no longer there.
    Removed {
        /// What the service says of it, mostly its identifier alone.
        item: T,
        /// Why.
        reason: RemovedReason,
    },
}

/// Why an item is no longer in a collection (OData JSON 4.01, section 15.2).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RemovedReason {
    /// `changed`: it may come back, because it was only moved out of the collection, or can be restored.
    Changed,
    /// `deleted`: it is gone for good.
    Deleted,
    /// Another word; empty where there is none.
    Other(String),
}

impl<T: Model> From<T> for Change<T> {
    fn from(item: T) -> Self {
        let additional = item.additional();
        let context = additional.get(CONTEXT).and_then(Value::as_str);
        let reason = match additional.get(REMOVED) {
            Some(removed) => removed.get(REASON),
            None if context.is_some_and(|context| context.ends_with(DELETED_ENTITY)) => {
                additional.get(REASON)
            }
            None => return Self::Current(item),
        };
        let reason = match reason.and_then(Value::as_str).unwrap_or_default() {
            "changed" => RemovedReason::Changed,
            "deleted" => RemovedReason::Deleted,
            other => RemovedReason::Other(other.to_owned()),
        };
        Self::Removed { item, reason }
    }
}

/// What a delta function reports, from [`Request::changes`](crate::Request::changes): a [`Stream`] that ends after the
/// last change or the first error. Pages are requested as in [`Pages`](crate::Pages).
///
/// The same item can be reported more than once; the last one counts.
pub struct Changes<T>(Items<T>);

impl<T: Model> Changes<T> {
    pub(crate) const fn new(items: Items<T>) -> Self {
        Self(items)
    }

    /// The next change, or `None` after the last one. Dropping the future loses nothing.
    ///
    /// # Errors
    ///
    /// One of any kind. Nothing comes after it.
    pub async fn try_next(&mut self) -> Result<Option<Change<T>>, Error> {
        poll_fn(|context| self.poll_change(context))
            .await
            .transpose()
    }

    fn poll_change(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Change<T>, Error>>> {
        let item = ready!(self.0.poll_item(context));
        Poll::Ready(item.map(|item| item.map(Change::from)))
    }
}

impl<T> Changes<T> {
    /// Where the changes after these are: to be stored, for [`changes_since`](crate::Request::changes_since). It is
    /// there when all changes were read, and not before: one that is lost would never be reported again.
    #[must_use]
    pub fn delta_link(&self) -> Option<&str> {
        match self.0.held() {
            [] => self.0.delta_link(),
            _ => None,
        }
    }

    /// Where the next page of these changes is; see [`Pages::next_link`](crate::Pages::next_link). It is there between two
    /// pages, when all changes of the one were read, and after an error.
    #[must_use]
    pub fn next_link(&self) -> Option<&str> {
        match self.0.held() {
            [] => self.0.next_link(),
            _ => None,
        }
    }
}

impl<T: Model> Stream for Changes<T> {
    type Item = Result<Change<T>, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_change(context)
    }
}

impl<T> fmt::Debug for Changes<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_tuple("Changes").field(&self.0).finish()
    }
}
