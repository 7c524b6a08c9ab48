//! Settings for a client.

use std::fmt;
use std::sync::Arc;

use http::HeaderValue;

use super::{Client, Shared};
use crate::auth::TokenProvider;
use crate::base::Base;
use crate::error::{Error, ErrorKind};
use crate::retry::Retry;
use crate::timer::Timer;
use crate::transport::Transport;

const BASE: &str = "https://graph.microsoft.com";
const SCOPE: &str = "https://graph.microsoft.com/.default";
const USER_AGENT: &str = concat!("graph-rust/", env!("CARGO_PKG_VERSION"));

/// Settings for a [`Client`], from [`Client::builder`].
#[must_use = "settings do nothing until a client is built"]
#[derive(Default)]
pub struct ClientBuilder {
    token_provider: Option<Box<dyn TokenProvider>>,
    transport: Option<Box<dyn Transport>>,
    base: Option<String>,
    user_agent: Option<String>,
    scopes: Option<Vec<String>>,
    retry: Retry,
    timer: Option<Box<dyn Timer>>,
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

    /// The address of the service, without the version. Without one, `https://graph.microsoft.com`.
    ///
    /// It must be HTTPS; plain HTTP is accepted for this machine only (`localhost` and loopback
    /// addresses). A national cloud also wants its own [`scopes`](ClientBuilder::scopes).
    pub fn base_url(mut self, address: impl Into<String>) -> Self {
        self.base = Some(address.into());
        self
    }

    /// The header `User-Agent`. Without one, `graph-rust/` and the version of this crate.
    pub fn user_agent(mut self, user_agent: impl Into<String>) -> Self {
        self.user_agent = Some(user_agent.into());
        self
    }

    /// The scopes to ask the token provider for. Without any,
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

    /// Makes the client.
    ///
    /// # Errors
    ///
    /// An error of the kind [`Request`](ErrorKind::Request) if there is no token provider or no
    /// transport, or if the base address or the user agent is not acceptable; one of the kind
    /// [`Transport`](ErrorKind::Transport) if TLS cannot be set up.
    pub fn build(self) -> Result<Client, Error> {
        let Some(token_provider) = self.token_provider else {
            return Err(Error::new(
                ErrorKind::Request,
                "the client has no token provider",
            ));
        };
        let transport = match self.transport {
            Some(transport) => transport,
            None => default_transport()?,
        };
        let user_agent = self.user_agent.as_deref().unwrap_or(USER_AGENT);
        let user_agent = HeaderValue::try_from(user_agent).map_err(|error| {
            Error::with_source(
                ErrorKind::Request,
                "the user agent cannot be a header",
                error,
            )
        })?;
        Ok(Client {
            shared: Arc::new(Shared {
                token_provider,
                transport,
                base: Base::parse(self.base.as_deref().unwrap_or(BASE))?,
                user_agent,
                scopes: self.scopes.unwrap_or_else(|| vec![SCOPE.to_owned()]),
                retry: self.retry,
                timer: self.timer.or_else(default_timer),
            }),
        })
    }
}

#[cfg(feature = "reqwest")]
fn default_transport() -> Result<Box<dyn Transport>, Error> {
    Ok(Box::new(crate::transport::ReqwestTransport::new()?))
}

#[cfg(not(feature = "reqwest"))]
fn default_transport() -> Result<Box<dyn Transport>, Error> {
    Err(Error::new(
        ErrorKind::Request,
        "the client has no transport, and the feature `reqwest` is off",
    ))
}

#[cfg(feature = "tokio")]
fn default_timer() -> Option<Box<dyn Timer>> {
    Some(Box::new(crate::timer::TokioTimer))
}

#[cfg(not(feature = "tokio"))]
fn default_timer() -> Option<Box<dyn Timer>> {
    None
}

/// The client of [`Client::new`], which cannot fail.
#[cfg(feature = "reqwest")]
pub(super) fn default_client(token_provider: Box<dyn TokenProvider>) -> Client {
    let transport =
        default_transport().unwrap_or_else(|error| Box::new(crate::transport::Unavailable(error)));
    Client {
        shared: Arc::new(Shared {
            token_provider,
            transport,
            // A constant: every test that makes a client checks it.
            base: Base::parse(BASE).expect("the default address is valid"),
            user_agent: HeaderValue::from_static(USER_AGENT),
            scopes: vec![SCOPE.to_owned()],
            retry: Retry::default(),
            timer: default_timer(),
        }),
    }
}

impl fmt::Debug for ClientBuilder {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("ClientBuilder")
            .field("base_url", &self.base)
            .field("user_agent", &self.user_agent)
            .field("scopes", &self.scopes)
            .finish_non_exhaustive()
    }
}
