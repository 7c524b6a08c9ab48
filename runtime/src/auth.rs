//! Tokens and where they come from.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use crate::error::{Error, ErrorKind};

/// A future on the heap, so that traits whose methods return one can be used as `dyn`.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Something that has a token for a client, usually from Microsoft Entra ID.
///
/// The client asks before each request: a provider keeps its token, and gets a new one shortly
/// before it expires.
///
/// ```
/// use graph_runtime::{AccessToken, BoxFuture, Error, TokenProvider};
///
/// struct Environment;
///
/// impl TokenProvider for Environment {
///     fn token<'a>(&'a self, _scopes: &'a [&'a str]) -> BoxFuture<'a, Result<AccessToken, Error>> {
///         Box::pin(async {
///             std::env::var("GRAPH_TOKEN")
///                 .map(AccessToken::new)
///                 .map_err(|error| Error::with_source(graph_runtime::ErrorKind::Token, "no token", error))
///         })
///     }
/// }
/// ```
pub trait TokenProvider: Send + Sync {
    /// A token that is valid now, for the scopes of the client.
    ///
    /// # Errors
    ///
    /// An error of the kind [`Token`](crate::ErrorKind::Token) if there is none.
    fn token<'a>(&'a self, scopes: &'a [&'a str]) -> BoxFuture<'a, Result<AccessToken, Error>>;
}

impl<P: TokenProvider + ?Sized> TokenProvider for Arc<P> {
    fn token<'a>(&'a self, scopes: &'a [&'a str]) -> BoxFuture<'a, Result<AccessToken, Error>> {
        (**self).token(scopes)
    }
}

/// A bearer token (RFC 6750). `Debug` does not show it.
#[derive(Clone, PartialEq, Eq)]
pub struct AccessToken(Box<str>);

impl AccessToken {
    /// Takes the text of a token, without `Bearer`.
    #[must_use]
    pub fn new(secret: impl Into<String>) -> Self {
        Self(secret.into().into_boxed_str())
    }

    /// The text of the token.
    #[must_use]
    pub fn secret(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for AccessToken {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("AccessToken(…)")
    }
}

/// A provider with one token, for programs that run no longer than the token is valid (about an
/// hour), and for tests.
#[derive(Clone, Debug)]
pub struct StaticToken(AccessToken);

impl StaticToken {
    /// Takes the text of a token, without `Bearer`.
    #[must_use]
    pub fn new(secret: impl Into<String>) -> Self {
        Self(AccessToken::new(secret))
    }

    /// Takes the text of a token from an environment variable.
    ///
    /// # Errors
    ///
    /// An error of the kind [`Token`](ErrorKind::Token) if there is no variable of this name, or if
    /// it is empty or not Unicode.
    pub fn from_env(variable: &str) -> Result<Self, Error> {
        match std::env::var(variable) {
            Ok(secret) if !secret.trim().is_empty() => Ok(Self::new(secret.trim())),
            _ => Err(Error::new(
                ErrorKind::Token,
                format!("the environment variable {variable} holds no token"),
            )),
        }
    }
}

impl TokenProvider for StaticToken {
    fn token<'a>(&'a self, _: &'a [&'a str]) -> BoxFuture<'a, Result<AccessToken, Error>> {
        let token = self.0.clone();
        Box::pin(async move { Ok(token) })
    }
}
