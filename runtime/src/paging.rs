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
///
/// After an error, and after the [limit](Pages::limit), [`next_link`](Pages::next_link) is where
/// [`pages_from`](crate::Request::pages_from) goes on.
pub struct Pages<T> {
    client: Client,
    draft: Draft,
    state: State,
    // Kept while its page is on the way, so that it is there if the page does not come.
    next_link: Option<String>,
    delta_link: Option<String>,
    left: usize,
    // Hashes instead of links: a link can be kilobytes long, and a collection thousands of pages.
    requested: HashSet<u64>,
    hasher: RandomState,
    item: PhantomData<fn() -> T>,
}

/// What every page is (OData JSON 4.01, section 3).
const JSON: Option<&'static str> = Some("application/json");

enum State {
    Ready,
    Waiting(BoxFuture<'static, Result<http::Response<Bytes>, Error>>),
    Ended,
}

impl<T> Pages<T> {
    /// From the beginning, or from a link.
    pub(crate) fn new(client: Client, draft: Draft, next_link: Option<String>) -> Self {
        let (requested, hasher) = (HashSet::new(), RandomState::new());
        Self {
            client,
            draft,
            state: State::Ready,
            next_link,
            delta_link: None,
            left: usize::MAX,
            requested,
            hasher,
            item: PhantomData,
        }
    }

    /// Ends the stream after so many pages, however many there are.
    pub const fn limit(mut self, pages: usize) -> Self {
        self.left = pages;
        self
    }

    /// Where the page is that comes next: to be stored, and gone on from later by
    /// [`pages_from`](crate::Request::pages_from). `None` before the first page, and after the last one. After an error,
    /// the page that did not come.
    ///
    /// A link can hold what the request asked for, and is valid for a time that the service decides.
    #[must_use]
    pub fn next_link(&self) -> Option<&str> {
        self.next_link.as_deref()
    }

    fn next_request(&mut self) -> Result<State, Error> {
        let request = match &self.next_link {
            None => self.draft.to_http(self.client.base().as_str(), JSON)?,
            Some(link) => {
                let base = self.client.base();
                let address = base.resolve(link).and_then(|address| {
                    base.admits(&address)?;
                    Ok(address)
                });
                self.draft.to_link(&address.map_err(refused)?, JSON)?
            }
        };
        if !self.remember(&request.uri().to_string()) {
            return Err(refused("leads back to a page that was read already"));
        }
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

fn refused(reason: &str) -> Error {
    Error::new(
        ErrorKind::Link,
        format!("the link to the next page {reason}"),
    )
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
                State::Ready if self.left == 0 => return Poll::Ready(None),
                State::Ready => self.next_request(),
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
        self.next_link.clone_from(&page.next_link);
        // Only on the last page: what follows is not read yet.
        self.delta_link = match page.next_link {
            None => page.delta_link.clone(),
            Some(_) => None,
        };
        self.left = self.left.saturating_sub(1);
        if page.next_link.is_some() {
            self.state = State::Ready;
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
    left: usize,
}

// Items are only moved, never pinned, so the stream may move whatever `T` is.
impl<T> Unpin for Items<T> {}

impl<T> Items<T> {
    pub(crate) fn new(pages: Pages<T>) -> Self {
        Self {
            pages,
            page: Vec::new().into_iter(),
            left: usize::MAX,
        }
    }

    /// Ends the stream after so many items, however many there are. No page is requested after that.
    pub const fn limit(mut self, items: usize) -> Self {
        self.left = items;
        self
    }

    /// Where the items of the next page are; see [`Pages::next_link`]. Items of this page may still be
    /// [held](Items::held).
    #[must_use]
    pub fn next_link(&self) -> Option<&str> {
        self.pages.next_link()
    }

    /// `@odata.deltaLink` of the page that came last.
    pub(crate) fn delta_link(&self) -> Option<&str> {
        self.pages.delta_link.as_deref()
    }

    /// The items of this page that were not asked for yet.
    #[must_use]
    pub fn held(&self) -> &[T] {
        self.page.as_slice()
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

    pub(crate) fn poll_item(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<T, Error>>> {
        loop {
            if self.left == 0 {
                return Poll::Ready(None);
            }
            if let Some(item) = self.page.next() {
                self.left -= 1;
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
        let held = self.held().len();
        formatter
            .debug_struct("Items")
            .field("request", &self.pages.draft)
            .field("held", &held)
            .finish_non_exhaustive()
    }
}
