//! Tokens from a credential of the Azure SDK.

use std::error::Error as _;
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use graph_runtime::azure_core::credentials::{AccessToken, TokenCredential, TokenRequestOptions};
use graph_runtime::azure_core::error::{Error, ErrorKind as AzureErrorKind};
use graph_runtime::{
    AzureCredential, BoxFuture, Client, Cloud, ErrorKind, Request, TokenProvider, TokenRequest,
};

use crate::server::{Server, answer};
use crate::{LIST, TOKEN, within};

/// A credential that notes the scopes, and has a token until then or none.
#[derive(Debug)]
struct Fake {
    until: Option<SystemTime>,
    scopes: Mutex<Vec<String>>,
}

impl Fake {
    fn new(until: Option<SystemTime>) -> Arc<Self> {
        let scopes = Mutex::default();
        Arc::new(Self { until, scopes })
    }
}

// As `async_trait` writes it, which would be a dependency for this alone.
impl TokenCredential for Fake {
    fn get_token<'a, 'b, 'c, 'd, 'f>(
        &'a self,
        scopes: &'b [&'c str],
        _: Option<TokenRequestOptions<'d>>,
    ) -> BoxFuture<'f, Result<AccessToken, Error>>
    where
        'a: 'f,
        'b: 'f,
        'c: 'f,
        'd: 'f,
    {
        let scopes = scopes.iter().copied().map(str::to_owned);
        self.scopes.lock().unwrap().extend(scopes);
        Box::pin(async move {
            match self.until {
                Some(until) => Ok(AccessToken::new(TOKEN, until.into())),
                None => Err(Error::with_error(
                    AzureErrorKind::Credential,
                    std::io::Error::other("no endpoint"),
                    "nobody is signed in",
                )),
            }
        })
    }
}

#[tokio::test]
async fn a_credential_is_asked_for_the_scopes() {
    let server = Server::start([answer("204 No Content", &[], "")]).await;
    let credential = Fake::new(Some(SystemTime::now()));
    let client = Client::builder()
        .cloud(Cloud::China)
        .base_url(server.address())
        .token_provider(AzureCredential::new(credential.clone()))
        .build()
        .unwrap();
    within(Request::<()>::new(&LIST, &[]).send(&client))
        .await
        .unwrap();
    assert_eq!(*credential.scopes.lock().unwrap(), [Cloud::China.scope()]);
    let received = &server.received().await[0];
    assert_eq!(
        received.header("authorization"),
        Some("Bearer token-that-must-not-leak")
    );
}

#[tokio::test]
async fn the_expiry_is_that_of_the_credential() {
    let until = SystemTime::UNIX_EPOCH + Duration::from_millis(1_800_000_000_123);
    let provider = AzureCredential::new(Fake::new(Some(until)));
    let token = provider.token(&TokenRequest::new(["a"])).await.unwrap();
    assert_eq!((token.secret(), token.expires_at()), (TOKEN, Some(until)));
    assert!(!format!("{provider:?} {token:?}").contains(TOKEN));
}

#[tokio::test]
async fn a_failure_is_an_error_with_its_cause() {
    let provider = AzureCredential::new(Fake::new(None));
    let error = provider.token(&TokenRequest::new(["a"])).await;
    let error = error.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Token);
    assert_eq!(error.to_string(), "nobody is signed in");
    let cause = error.source().unwrap();
    assert!(cause.is::<Error>());
    assert_eq!(cause.source().unwrap().to_string(), "no endpoint");
}

#[tokio::test]
async fn a_token_that_cannot_be_replaced_leaves_the_refusal() {
    let refused = answer("401 Unauthorized", &[], "");
    let server = Server::start([refused]).await;
    let client = Client::builder()
        .base_url(server.address())
        .token_provider(AzureCredential::new(Fake::new(Some(SystemTime::now()))))
        .build()
        .unwrap();
    let error = within(Request::<()>::new(&LIST, &[]).send(&client)).await;
    assert_eq!(error.unwrap_err().status().unwrap().as_u16(), 401);
    assert_eq!(server.received().await.len(), 1);
}
