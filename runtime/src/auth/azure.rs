//! Tokens from a credential of the Azure SDK.

use std::fmt;
use std::sync::Arc;

use azure_core::credentials::TokenCredential;

use super::{AccessToken, BoxFuture, TokenProvider, TokenRequest};
use crate::error::{Error, ErrorKind};

/// Tokens from a credential of the Azure SDK, such as those of `azure_identity`: managed identities, workload identities,
/// certificates, or whoever is signed in to the Azure CLI.
///
/// The credential is asked for the scopes. It can be told neither of the claims that the service wants nor of a token that
/// was refused: version 1 of `azure_core` has nothing to say that with. So a token that the service refuses before it
/// expires is replaced only if the credential does so by itself, and the answer 401 is the error otherwise.
///
/// Those of `azure_identity` keep their tokens. One that does not belongs into a [`TokenCache`](super::TokenCache).
///
/// ```
/// use std::sync::Arc;
///
/// use graph_runtime::azure_core::credentials::TokenCredential;
/// use graph_runtime::{AzureCredential, Client, Error};
///
/// fn client(credential: Arc<dyn TokenCredential>) -> Result<Client, Error> {
///     Client::builder().token_provider(AzureCredential::new(credential)).build()
/// }
/// ```
#[derive(Clone)]
pub struct AzureCredential(Arc<dyn TokenCredential>);

impl AzureCredential {
    /// Takes a credential.
    #[must_use]
    pub fn new(credential: Arc<dyn TokenCredential>) -> Self {
        Self(credential)
    }
}

impl TokenProvider for AzureCredential {
    /// # Errors
    ///
    /// One of the kind [`Token`](ErrorKind::Token) with the message of the credential, and its error as the source.
    fn token<'a>(&'a self, request: &'a TokenRequest) -> BoxFuture<'a, Result<AccessToken, Error>> {
        Box::pin(async move {
            let scopes: Vec<&str> = request.scopes().iter().map(String::as_str).collect();
            let token =
                self.0.get_token(&scopes, None).await.map_err(|error| {
                    Error::with_source(ErrorKind::Token, error.to_string(), error)
                })?;
            Ok(AccessToken::new(token.token.secret()).valid_until(token.expires_on.into()))
        })
    }
}

/// Shows nothing of the credential, whose own `Debug` may.
impl fmt::Debug for AzureCredential {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("AzureCredential(…)")
    }
}
