//! Settings for a client.

use std::fmt;
use std::sync::Arc;

use http::HeaderValue;

use super::{Client, Shared};
use crate::auth::{Credentials, TokenProvider, TokenRequest};
use crate::base::Base;
use crate::cloud::Cloud;
use crate::error::{Error, ErrorKind};
use crate::pipeline::Pipeline;
use crate::retry::Retry;
use crate::timer::Timer;
#[cfg(feature = "reqwest")]
use crate::transport;
use crate::transport::Transport;

/// As other Graph SDKs have it.
const REDIRECTS: u32 = 5;
pub(crate) const DEFAULT_USER_AGENT: &str = concat!("graph-rust/", env!("CARGO_PKG_VERSION"));

/// Settings for a [`Client`], from [`Client::builder`].
#[must_use = "settings do nothing until a client is built"]
#[derive(Default)]
pub struct ClientBuilder {
    token_provider: Option<Box<dyn TokenProvider>>,
    transport: Option<Box<dyn Transport>>,
    cloud: Cloud,
    base: Option<String>,
    user_agent: Option<String>,
    scopes: Option<Vec<String>>,
    retry: Retry,
    timer: Option<Box<dyn Timer>>,
    redirects: Option<u32>,
}

impl ClientBuilder {
    /// Where tokens come from. It must be set.
    pub fn token_provider(mut self, provider: impl TokenProvider + 'static) -> Self {
        self.token_provider = Some(Box::new(provider));
        self
    }

    /// How requests are sent. Without one, over `reqwest`, if the feature of that name is on.
    pub fn transport(mut self, transport: impl Transport + 'static) -> Self {
        self.transport = Some(Box::new(transport));
        self
    }

    /// The cloud of the tenant: the address of the service and the scopes, where they are not set on their own. Without
    /// one, the worldwide cloud.
    ///
    /// The [token provider](ClientBuilder::token_provider) has to be told as well.
    pub fn cloud(mut self, cloud: Cloud) -> Self {
        self.cloud = cloud;
        self
    }

    /// The address of the service, without the version. Without one, that of the [cloud](ClientBuilder::cloud).
    ///
    /// It must be HTTPS; plain HTTP is accepted for this machine only (`localhost` and loopback
    /// addresses). The [`scopes`](ClientBuilder::scopes) stay those of the cloud.
    pub fn base_url(mut self, address: impl Into<String>) -> Self {
        self.base = Some(address.into());
        self
    }

    /// The header `User-Agent`. Without one, `graph-rust/` and the version of this crate.
    pub fn user_agent(mut self, user_agent: impl Into<String>) -> Self {
        self.user_agent = Some(user_agent.into());
        self
    }

    /// The scopes to ask the token provider for. Without this, that of the [cloud](ClientBuilder::cloud), such as
    /// `https://graph.microsoft.com/.default`: all that the application was granted.
    pub fn scopes<S: Into<String>>(mut self, scopes: impl IntoIterator<Item = S>) -> Self {
        self.scopes = Some(scopes.into_iter().map(Into::into).collect());
        self
    }

    /// How often a request is sent again, and after how long. Without this, as [`Retry::default`] says.
    pub fn retry(mut self, retry: Retry) -> Self {
        self.retry = retry;
        self
    }

    /// What waits before a request is sent again. Without one, tokio, if the feature of that name is on, as it is with
    /// `reqwest`; otherwise no request is sent again.
    pub fn timer(mut self, timer: impl Timer + 'static) -> Self {
        self.timer = Some(Box::new(timer));
        self
    }

    /// How many redirects are followed for one request; with 0, the answer is the redirect itself. Without this, 5.
    ///
    /// A redirect to another scheme, host or port goes without the token, and without the headers that are for the
    /// service alone; one to plain HTTP is an error.
    pub fn redirects(mut self, most: u32) -> Self {
        self.redirects = Some(most);
        self
    }

    /// Makes the client.
    ///
    /// # Errors
    ///
    /// An error of the kind [`Request`](ErrorKind::Request) if there is no token provider or no
    /// transport, if the base address or the user agent is not acceptable, or if TLS cannot be set up.
    pub fn build(self) -> Result<Client, Error> {
        let Some(token_provider) = self.token_provider else {
            return Err(Error::new(
                ErrorKind::Request,
                "the client has no token provider",
            ));
        };
        let redirects = self.redirects.unwrap_or(REDIRECTS);
        let pipeline = Pipeline::new(self.transport, self.retry, self.timer, redirects)?;
        let user_agent = self.user_agent.as_deref().unwrap_or(DEFAULT_USER_AGENT);
        let user_agent = HeaderValue::try_from(user_agent).map_err(|error| {
            Error::with_source(
                ErrorKind::Request,
                "the user agent cannot be a header",
                error,
            )
        })?;
        let scopes = self
            .scopes
            .unwrap_or_else(|| vec![self.cloud.scope().to_owned()]);
        Ok(Client {
            shared: Arc::new(Shared {
                pipeline,
                credentials: Credentials {
                    provider: token_provider,
                    request: TokenRequest::new(scopes),
                },
                base: Base::parse(
                    self.base
                        .as_deref()
                        .unwrap_or_else(|| self.cloud.base_url()),
                )?,
                user_agent,
            }),
        })
    }
}

/// The transport of [`Client::new`], which cannot fail: one that cannot be set up says so for each request.
#[cfg(feature = "reqwest")]
pub(super) fn any_transport() -> Box<dyn Transport> {
    transport::default().unwrap_or_else(|error| Box::new(transport::Unavailable(error)))
}

impl fmt::Debug for ClientBuilder {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("ClientBuilder")
            .field("cloud", &self.cloud)
            .field("base_url", &self.base)
            .field("user_agent", &self.user_agent)
            .field("scopes", &self.scopes)
            .finish_non_exhaustive()
    }
}
