//! Tokens and where they come from.

#[cfg(feature = "azure_core")]
mod azure;
mod cache;
mod challenge;
mod client_credentials;

#[cfg(feature = "azure_core")]
pub use azure::AzureCredential;
pub use cache::TokenCache;
pub use client_credentials::{ClientCredentials, ClientCredentialsBuilder};

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::SystemTime;

use bytes::Bytes;
use http::Request;
use http::header::{AUTHORIZATION, HeaderMap, HeaderValue};

use crate::error::{Error, ErrorKind};

/// A future on the heap, so that traits whose methods return one can be used as `dyn`.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Something that has a token for a client, usually from Microsoft Entra ID.
///
/// The client asks before each request: a provider keeps its token, and gets a new one shortly
/// before it expires, or a [`TokenCache`] around it does. [`token_fn`] makes one of a closure.
/// [`ClientCredentials`] is one for programs that act in their own name.
///
/// ```
/// use graph_runtime::{AccessToken, BoxFuture, Error, ErrorKind, TokenProvider, TokenRequest};
///
/// struct Environment;
///
/// impl TokenProvider for Environment {
///     fn token<'a>(&'a self, _: &'a TokenRequest) -> BoxFuture<'a, Result<AccessToken, Error>> {
///         Box::pin(async {
///             std::env::var("GRAPH_TOKEN")
///                 .map(AccessToken::new)
///                 .map_err(|error| Error::with_source(ErrorKind::Token, "no token", error))
///         })
///     }
/// }
/// ```
pub trait TokenProvider: Send + Sync {
    /// A token that is valid now, as it is asked for.
    ///
    /// # Errors
    ///
    /// An error of the kind [`Token`](crate::ErrorKind::Token) if there is none.
    fn token<'a>(&'a self, request: &'a TokenRequest) -> BoxFuture<'a, Result<AccessToken, Error>>;
}

impl<P: TokenProvider + ?Sized> TokenProvider for Arc<P> {
    fn token<'a>(&'a self, request: &'a TokenRequest) -> BoxFuture<'a, Result<AccessToken, Error>> {
        (**self).token(request)
    }
}

/// What a token is wanted for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TokenRequest {
    scopes: Vec<String>,
    claims: Option<String>,
    rejected: Option<AccessToken>,
}

impl TokenRequest {
    /// Asks for a token for these scopes.
    pub fn new<S: Into<String>>(scopes: impl IntoIterator<Item = S>) -> Self {
        Self {
            scopes: scopes.into_iter().map(Into::into).collect(),
            ..Self::default()
        }
    }

    /// The scopes of the client.
    #[must_use]
    pub fn scopes(&self) -> &[String] {
        &self.scopes
    }

    /// The claims that the service wants in the token, as JSON, after it answered 401 with a claims challenge (OpenID
    /// Connect Core 1.0, section 5.5): what `claims` of a token request takes.
    #[must_use]
    pub fn claims(&self) -> Option<&str> {
        self.claims.as_deref()
    }

    /// A token that the service has just refused: one that is kept is to be replaced, if it is this one. When it expires
    /// is not known here.
    #[must_use]
    pub const fn rejected(&self) -> Option<&AccessToken> {
        self.rejected.as_ref()
    }
}

/// Makes a provider of a closure.
///
/// ```
/// use graph_runtime::{AccessToken, token_fn};
///
/// let provider = token_fn(|request| async move {
///     println!("a token for {:?}", request.scopes());
///     Ok(AccessToken::new("eyJ0…"))
/// });
/// ```
pub fn token_fn<F, T>(token: F) -> impl TokenProvider
where
    F: Fn(TokenRequest) -> T + Send + Sync,
    T: Future<Output = Result<AccessToken, Error>> + Send + 'static,
{
    TokenFn(token)
}

struct TokenFn<F>(F);

impl<F, T> TokenProvider for TokenFn<F>
where
    F: Fn(TokenRequest) -> T + Send + Sync,
    T: Future<Output = Result<AccessToken, Error>> + Send + 'static,
{
    fn token<'a>(&'a self, request: &'a TokenRequest) -> BoxFuture<'a, Result<AccessToken, Error>> {
        Box::pin((self.0)(request.clone()))
    }
}

/// A bearer token (RFC 6750). `Debug` does not show it. Tokens are equal if their texts are, whatever is known of when they
/// expire.
#[derive(Clone)]
pub struct AccessToken {
    secret: Arc<str>,
    /// Made once, because a token is sent many times; none if its text can be no header.
    header: Option<HeaderValue>,
    expires_at: Option<SystemTime>,
}

impl PartialEq for AccessToken {
    fn eq(&self, other: &Self) -> bool {
        self.secret == other.secret
    }
}

impl Eq for AccessToken {}

impl AccessToken {
    /// Takes the text of a token, without `Bearer`.
    #[must_use]
    pub fn new(secret: impl Into<String>) -> Self {
        let secret = secret.into();
        let mut header = HeaderValue::try_from(format!("{BEARER}{secret}")).ok();
        if let Some(header) = &mut header {
            header.set_sensitive(true);
        }
        Self {
            secret: secret.into(),
            header,
            expires_at: None,
        }
    }

    /// The token with the time until which it is valid.
    #[must_use]
    pub const fn valid_until(mut self, time: SystemTime) -> Self {
        self.expires_at = Some(time);
        self
    }

    /// The text of the token.
    #[must_use]
    pub fn secret(&self) -> &str {
        &self.secret
    }

    /// Until when the token is valid, if that is known.
    #[must_use]
    pub const fn expires_at(&self) -> Option<SystemTime> {
        self.expires_at
    }
}

impl fmt::Debug for AccessToken {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("AccessToken(…)")
    }
}

/// Who a client is: the tokens for its requests.
pub(crate) struct Credentials {
    pub(crate) provider: Box<dyn TokenProvider>,
    pub(crate) request: TokenRequest,
}

impl Credentials {
    /// Gives a request its token.
    pub(crate) async fn authorize(&self, request: &mut Request<Bytes>) -> Result<(), Error> {
        let token = self.provider.token(&self.request).await?;
        request.headers_mut().insert(AUTHORIZATION, bearer(token)?);
        Ok(())
    }

    /// Gives a request another token after an answer of 401; `false` if there is no other.
    pub(crate) async fn answer(
        &self,
        challenge: &HeaderMap,
        request: &mut Request<Bytes>,
    ) -> Result<bool, Error> {
        let refused = request.headers().get(AUTHORIZATION).cloned();
        let secret = refused.as_ref().and_then(|value| {
            let text = value.to_str().ok()?;
            text.strip_prefix(BEARER)
        });
        let asked = TokenRequest {
            scopes: self.request.scopes.clone(),
            claims: challenge::claims(challenge),
            rejected: secret.map(AccessToken::new),
        };
        let token = self.provider.token(&asked).await?;
        if secret == Some(token.secret()) {
            return Ok(false);
        }
        request.headers_mut().insert(AUTHORIZATION, bearer(token)?);
        Ok(true)
    }
}

/// The scheme of a bearer token (RFC 6750, section 2.1).
const BEARER: &str = "Bearer ";

fn bearer(token: AccessToken) -> Result<HeaderValue, Error> {
    token.header.ok_or_else(|| {
        Error::new(
            ErrorKind::Token,
            "the token holds characters that no token can have",
        )
    })
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
    fn token<'a>(&'a self, _: &'a TokenRequest) -> BoxFuture<'a, Result<AccessToken, Error>> {
        let token = self.0.clone();
        Box::pin(async move { Ok(token) })
    }
}
