//! Requests as values.

use std::fmt;
use std::marker::PhantomData;

use bytes::Bytes;
use serde::Serialize;

use crate::body::Body;
use crate::client::Client;
use crate::decode;
use crate::delta::Changes;
use crate::draft::Draft;
use crate::error::Error;
use crate::field::{Field, Order, Selectable};
use crate::filter::IntoFilter;
use crate::model::Model;
use crate::monitor::Monitor;
use crate::operation::Operation;
use crate::page::Page;
use crate::paging::{Items, Pages};
use crate::response::{FromResponse, Response};

/// A request whose answer is a `T`.
///
/// It is a value: building one does no I/O and cannot fail. What is wrong with it, such as a
/// missing argument, is returned when it is sent or made into an [`http::Request`]. It can be sent
/// more than once.
///
/// Of a header or a system query option (`$top`) that is set twice, the last one stays; `Prefer`
/// headers and other query options add up. `Debug` shows the size of the body, not its content.
#[must_use = "a request does nothing until it is sent"]
pub struct Request<T> {
    draft: Draft,
    // A function pointer keeps the request `Send` and `Sync` whatever `T` is: no `T` is held.
    answer: PhantomData<fn() -> T>,
}

impl<T> Request<T> {
    /// Fills the path of an operation. See [`Operation`] for how arguments are encoded.
    ///
    /// Too few or too many arguments, or an empty one where the path needs text, is an error when
    /// the request is sent.
    pub fn new(operation: &'static Operation, arguments: &[&str]) -> Self {
        Self {
            draft: Draft::new(operation, arguments),
            answer: PhantomData,
        }
    }

    /// Sets a JSON body. A value that cannot be serialised is an error when the request is sent.
    pub fn json<B: Serialize + ?Sized>(mut self, body: &B) -> Self {
        match serde_json::to_vec(body) {
            Ok(text) => self.draft.content("application/json", text.into()),
            Err(error) => self.draft.fail(decode::unserialisable(error)),
        }
        self
    }

    /// Sets a body that refers to an entity by its address: `{"@odata.id": "…"}` (OData JSON 4.01, section 14).
    pub fn reference(self, entity: &str) -> Self {
        self.json(&serde_json::json!({ "@odata.id": entity }))
    }

    /// Sets a body of any type, and the header `Content-Type`.
    pub fn content(mut self, content_type: &str, body: impl Into<Bytes>) -> Self {
        self.draft.content(content_type, body.into());
        self
    }

    /// Sets a header, such as `If-Match`, `Prefer` or `ConsistencyLevel`. A name or value that no
    /// header can have is an error when the request is sent. `Authorization` is set by the client,
    /// whatever is given here.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.draft.header(name, value);
        self
    }

    /// Sets a query option by its full name: `$` is part of the name of a system query option. The
    /// value is percent-encoded, so it is given as it is meant.
    ///
    /// A system query option that the path of the operation fixes already is an error when the
    /// request is sent.
    pub fn query(mut self, name: &str, value: &str) -> Self {
        self.draft.query(name, value);
        self
    }

    /// Sets `$filter` (OData URL Conventions 4.01, section 5.1.2) to a [`Filter`](crate::Filter) of
    /// the entity that is answered, or to an expression as text. In text, a `'` inside a string
    /// literal is to be doubled.
    pub fn filter(self, expression: impl IntoFilter<T>) -> Self {
        self.query("$filter", &expression.into_expression())
    }

    /// Sets `$search` to an expression (OData URL Conventions 4.01, section 5.1.8). Graph wants it
    /// in double quotes, and for directory objects the header `ConsistencyLevel: eventual`.
    pub fn search(self, expression: &str) -> Self {
        self.query("$search", expression)
    }

    /// Sets `$top`: how many items are wanted. Most of Graph takes it as the size of a page.
    pub fn top(self, items: u32) -> Self {
        self.query("$top", &items.to_string())
    }

    /// Sets `$skip`: how many items are left out at the beginning.
    pub fn skip(self, items: u32) -> Self {
        self.query("$skip", &items.to_string())
    }

    /// Sets `$count`: whether [`Page::count`] is wanted.
    pub fn count(self, wanted: bool) -> Self {
        self.query("$count", if wanted { "true" } else { "false" })
    }

    /// Sets `$select`: the properties that are wanted. No fields leave the request as it is. For a
    /// name that has no [`Field`], use [`query`](Request::query).
    pub fn select(self, fields: impl IntoIterator<Item = Field<T::Entity>>) -> Self
    where
        T: Selectable,
    {
        let names = fields.into_iter().map(|field| field.name().to_owned());
        self.names("$select", names.collect())
    }

    /// Sets `$expand`: the relationships whose content is wanted. No fields leave the request as it
    /// is. For nested options, use [`query`](Request::query).
    pub fn expand(self, fields: impl IntoIterator<Item = Field<T::Entity>>) -> Self
    where
        T: Selectable,
    {
        let names = fields.into_iter().map(|field| field.name().to_owned());
        self.names("$expand", names.collect())
    }

    /// Sets `$orderby`: the properties to sort by, ascending unless [`Field::descending`] says
    /// otherwise. Nothing to sort by leaves the request as it is. To sort by another expression, use
    /// [`query`](Request::query).
    pub fn order_by(self, fields: impl IntoIterator<Item: Into<Order<T::Entity>>>) -> Self
    where
        T: Selectable,
    {
        let orders = fields.into_iter().map(Into::into);
        self.names("$orderby", orders.map(|order| order.to_string()).collect())
    }

    fn names(self, option: &str, names: Vec<String>) -> Self {
        match names.is_empty() {
            true => self,
            false => self.query(option, &names.join(",")),
        }
    }

    /// Reads the answer as another type, where the service answers otherwise than documented.
    pub fn returning<U>(self) -> Request<U> {
        Request {
            draft: self.draft,
            answer: PhantomData,
        }
    }

    /// The operation that is requested.
    #[must_use]
    pub const fn operation(&self) -> &'static Operation {
        self.draft.operation
    }

    pub(crate) const fn draft(&self) -> &Draft {
        &self.draft
    }

    /// The request as it is sent, below a base address such as `https://graph.microsoft.com`,
    /// without the headers that a client adds: no token, user agent or request identifier.
    ///
    /// # Errors
    ///
    /// An error of the kind [`Request`](crate::ErrorKind::Request) for whatever is wrong with the
    /// request.
    pub fn to_http(&self, base: &str) -> Result<http::Request<Bytes>, Error>
    where
        T: FromResponse,
    {
        self.draft.to_http(base, T::ACCEPT)
    }

    /// Sends the request and reads the answer. Dropping the future gives the request up.
    ///
    /// # Errors
    ///
    /// One of any kind except [`Link`](crate::ErrorKind::Link).
    pub async fn send(&self, client: &Client) -> Result<T, Error>
    where
        T: FromResponse,
    {
        self.send_response(client).await.map(Response::into_value)
    }

    /// As [`send`](Request::send), with the status and the headers of the answer.
    ///
    /// # Errors
    ///
    /// Those of [`send`](Request::send).
    pub async fn send_response(&self, client: &Client) -> Result<Response<T>, Error>
    where
        T: FromResponse,
    {
        let request = self.draft.to_http(client.base().as_str(), T::ACCEPT)?;
        Response::read(client.execute(self.draft.operation, request).await?)
    }

    /// Sends a request that begins a long-running operation: one that answers 202 with a `Location`. Any other answer of
    /// success is the end of the operation at once.
    ///
    /// # Errors
    ///
    /// Those of [`send`](Request::send), except that nothing is decoded.
    pub async fn monitor(&self, client: &Client) -> Result<Monitor, Error>
    where
        T: FromResponse,
    {
        let request = self.draft.to_http(client.base().as_str(), T::ACCEPT)?;
        let operation = self.draft.operation;
        let response = client.execute(operation, request).await?;
        Monitor::begun(client, operation.version, response)
    }

    /// Sends the request, and has the body of the answer as a stream of pieces, whatever `T` is: for content that need
    /// not be held at once.
    ///
    /// A request that fails before the body is sent again as any other; a body that breaks off is an error of the
    /// stream.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), graph_runtime::Error> {
    /// # use graph_runtime::http::Method;
    /// # use graph_runtime::serde_json::json;
    /// # use graph_runtime::testing::TransportDouble;
    /// # use graph_runtime::{Client, Operation, Permissions, StaticToken};
    /// use graph_runtime::Request;
    ///
    /// # static CONTENT: Operation = Operation {
    /// #     method: Method::GET, version: "v1.0", path: "/me/drive/items/{item-id}/content", success: &[302],
    /// #     permissions: Permissions { delegated_work: &[], delegated_personal: &[], application: &[] },
    /// #     documentation: "", page: "",
    /// # };
    /// # let service = TransportDouble::new().json(200, &json!("content"));
    /// # let client = Client::builder().transport(service).token_provider(StaticToken::new("eyJ0…")).build()?;
    /// # let content = Request::<()>::new(&CONTENT, &["01NKDM7H"]);
    /// // `content` is the request for `GET /me/drive/items/{item-id}/content`.
    /// let mut body = content.send_stream(&client).await?.into_value();
    /// let mut size = 0;
    /// while let Some(piece) = body.try_next().await? {
    ///     size += piece.len();
    /// }
    /// # assert_eq!(size, 9);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Those of [`send`](Request::send), except that nothing is decoded.
    pub async fn send_stream(&self, client: &Client) -> Result<Response<Body>, Error> {
        let request = self.draft.to_http(client.base().as_str(), None)?;
        client
            .stream(self.draft.operation, request)
            .await
            .map(Response::from)
    }
}

impl<T> Request<Page<T>> {
    /// All items of the collection, page after page, each page requested when its first item is
    /// asked for.
    ///
    /// ```no_run
    /// # use graph_runtime::{Client, Error, Page, Request, serde_json::Value};
    /// # async fn example(request: Request<Page<Value>>, client: &Client) -> Result<(), Error> {
    /// let mut users = request.top(100).items(client);
    /// while let Some(user) = users.try_next().await? {
    ///     println!("{}", user["displayName"]);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    #[must_use = "nothing is requested until items are asked for"]
    pub fn items(&self, client: &Client) -> Items<T> {
        Items::new(self.pages(client))
    }

    /// The pages of the collection, each requested when it is asked for.
    #[must_use = "nothing is requested until pages are asked for"]
    pub fn pages(&self, client: &Client) -> Pages<T> {
        Pages::new(client.clone(), self.draft.clone(), None)
    }

    /// As [`items`](Request::items), from a link that was kept: the items of its page, and what follows. The path and
    /// the query are those of the link, the headers those of this request.
    #[must_use = "nothing is requested until items are asked for"]
    pub fn items_from(&self, client: &Client, link: &str) -> Items<T> {
        Items::new(self.pages_from(client, link))
    }

    /// As [`pages`](Request::pages), from a link that was kept; see [`items_from`](Request::items_from).
    #[must_use = "nothing is requested until pages are asked for"]
    pub fn pages_from(&self, client: &Client, link: &str) -> Pages<T> {
        Pages::new(client.clone(), self.draft.clone(), Some(link.to_owned()))
    }
}

impl<T: Model> Request<Page<T>> {
    /// All that a delta function reports, page after page, and the link to store for the next time (OData Protocol
    /// 4.01, section 11.3).
    ///
    /// A program with generated models has `Change::Current(user)` with a `User`:
    ///
    /// ```no_run
    /// # use graph_runtime::{Change, Client, Error, Model, Page, Request};
    /// # async fn example<User: Model + std::fmt::Debug>(delta: Request<Page<User>>, client: &Client) -> Result<(), Error> {
    /// let mut changes = delta.changes(client);
    /// while let Some(change) = changes.try_next().await? {
    ///     match change {
    ///         Change::Current(user) => println!("is now {user:?}"),
    ///         Change::Removed { item, .. } => println!("is gone: {item:?}"),
    ///     }
    /// }
    /// let stored = changes.delta_link().unwrap_or_default().to_owned();
    ///
    /// // The next day:
    /// let mut changes = delta.changes_since(client, &stored);
    /// # let _ = changes.try_next().await?;
    /// # Ok(())
    /// # }
    /// ```
    #[must_use = "nothing is requested until changes are asked for"]
    pub fn changes(&self, client: &Client) -> Changes<T> {
        Changes::new(self.items(client))
    }

    /// As [`changes`](Request::changes), from the link that was stored the last time. If the service cannot go on from
    /// it, the error [says so](crate::Error::is_resync_required).
    #[must_use = "nothing is requested until changes are asked for"]
    pub fn changes_since(&self, client: &Client, delta_link: &str) -> Changes<T> {
        Changes::new(self.items_from(client, delta_link))
    }
}

// Written by hand: derives would demand the same of `T`.
impl<T> Clone for Request<T> {
    fn clone(&self) -> Self {
        Self {
            draft: self.draft.clone(),
            answer: PhantomData,
        }
    }
}

impl<T> fmt::Debug for Request<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.draft.fmt(formatter)
    }
}
