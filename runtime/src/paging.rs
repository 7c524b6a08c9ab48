//! Streams over the pages and the items of a collection.

use std::collections::HashSet;
use std::fmt;
use std::future::poll_fn;
use std::hash::{BuildHasher, RandomState};
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;
use serde::de::DeserializeOwned;

use crate::auth::BoxFuture;
use crate::client::Client;
use crate::draft::Draft;
use crate::error::{Error, ErrorKind};
use crate::page::Page;
use crate::response::FromResponse;

/// The pages of a collection, from [`Request::pages`](crate::Request::pages): a [`Stream`] that
/// ends after the last page or the first error.
///
/// Each further page is requested by the link in the one before, as it is, with the headers of the
/// first request. A link is refused with an error of the kind [`Link`](ErrorKind::Link) if it leads
/// to another scheme, host or port, which must not get the token, or if it was requested before,
/// which would never end.
pub struct Pages<T> {
    client: Client,
    draft: Draft,
    state: State,
    // Hashes instead of links: a link can be kilobytes long, and a collection thousands of pages.
    requested: HashSet<u64>,
    hasher: RandomState,
    item: PhantomData<fn() -> T>,
}

/// What every page is (OData JSON 4.01, section 3).
const JSON: Option<&'static str> = Some("application/json");

enum State {
    First,
    Linked(String),
    Waiting(BoxFuture<'static, Result<http::Response<Bytes>, Error>>),
    Ended,
}

impl<T> Pages<T> {
    pub(crate) fn new(client: Client, draft: Draft) -> Self {
        let (requested, hasher) = (HashSet::new(), RandomState::new());
        Self {
            client,
            draft,
            state: State::First,
            requested,
            hasher,
            item: PhantomData,
        }
    }

    fn first(&mut self) -> Result<State, Error> {
        let request = self.draft.to_http(self.client.base().as_str(), JSON)?;
        self.remember(&request.uri().to_string());
        Ok(self.request(request))
    }

    fn linked(&mut self, link: &str) -> Result<State, Error> {
        let refused = |reason: &str| {
            Error::new(
                ErrorKind::Link,
                format!("the link to the next page {reason}"),
            )
        };
        let address = self.client.base().resolve(link).map_err(refused)?;
        self.client.base().admits(&address).map_err(refused)?;
        if !self.remember(&address) {
            return Err(refused("leads back to a page that was read already"));
        }
        let request = self.draft.to_link(&address, JSON)?;
        Ok(self.request(request))
    }

    fn remember(&mut self, address: &str) -> bool {
        self.requested.insert(self.hasher.hash_one(address))
    }

    fn request(&self, request: http::Request<Bytes>) -> State {
        let (client, operation) = (self.client.clone(), self.draft.operation);
        State::Waiting(Box::pin(
            async move { client.execute(operation, request).await },
        ))
    }
}

impl<T: DeserializeOwned> Pages<T> {
    /// The next page, or `None` after the last one. Dropping the future loses nothing: the next
    /// call goes on waiting for the same page.
    ///
    /// # Errors
    ///
    /// One of any kind. Nothing comes after it.
    pub async fn try_next(&mut self) -> Result<Option<Page<T>>, Error> {
        poll_fn(|context| self.poll_page(context)).await.transpose()
    }

    fn poll_page(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Page<T>, Error>>> {
        loop {
            // Taken, so that every way out by an error leaves the stream ended.
            let started = match std::mem::replace(&mut self.state, State::Ended) {
                State::First => self.first(),
                State::Linked(link) => self.linked(&link),
                State::Waiting(mut answer) => {
                    let Poll::Ready(answer) = answer.as_mut().poll(context) else {
                        self.state = State::Waiting(answer);
                        return Poll::Pending;
                    };
                    return Poll::Ready(Some(self.read(answer)));
                }
                State::Ended => return Poll::Ready(None),
            };
            match started {
                Ok(state) => self.state = state,
                Err(error) => return Poll::Ready(Some(Err(error))),
            }
        }
    }

    fn read(&mut self, answer: Result<http::Response<Bytes>, Error>) -> Result<Page<T>, Error> {
        let (parts, body) = answer?.into_parts();
        let page = Page::from_response(&parts, body)?;
        if let Some(link) = &page.next_link {
            self.state = State::Linked(link.clone());
        }
        Ok(page)
    }
}

impl<T: DeserializeOwned> Stream for Pages<T> {
    type Item = Result<Page<T>, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_page(context)
    }
}

impl<T> fmt::Debug for Pages<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Pages")
            .field("request", &self.draft)
            .finish_non_exhaustive()
    }
}

/// The items of a collection, from [`Request::items`](crate::Request::items): a [`Stream`] that
/// ends after the last item or the first error. Pages are requested as in [`Pages`], and one page
/// is held at a time.
pub struct Items<T> {
    pages: Pages<T>,
    page: std::vec::IntoIter<T>,
}

// Items are only moved, never pinned, so the stream may move whatever `T` is.
impl<T> Unpin for Items<T> {}

impl<T> Items<T> {
    pub(crate) fn new(pages: Pages<T>) -> Self {
        Self {
            pages,
            page: Vec::new().into_iter(),
        }
    }
}

impl<T: DeserializeOwned> Items<T> {
    /// The next item, or `None` after the last one. Dropping the future loses nothing.
    ///
    /// # Errors
    ///
    /// One of any kind. Nothing comes after it.
    pub async fn try_next(&mut self) -> Result<Option<T>, Error> {
        poll_fn(|context| self.poll_item(context)).await.transpose()
    }

    fn poll_item(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<T, Error>>> {
        loop {
            if let Some(item) = self.page.next() {
                return Poll::Ready(Some(Ok(item)));
            }
            // A loop, because a page in the middle can be empty.
            match ready!(self.pages.poll_page(context)) {
                Some(Ok(page)) => self.page = page.value.into_iter(),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}

impl<T: DeserializeOwned> Stream for Items<T> {
    type Item = Result<T, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_item(context)
    }
}

impl<T> fmt::Debug for Items<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let held = self.page.as_slice().len();
        formatter
            .debug_struct("Items")
            .field("request", &self.pages.draft)
            .field("held", &held)
            .finish_non_exhaustive()
    }
}
