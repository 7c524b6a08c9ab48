//! Tokens for a program that acts in its own name: the client credentials grant.

mod answer;

use std::fmt;
use std::time::SystemTime;

use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_TYPE, HeaderValue, USER_AGENT};
use http::{Method, Request, Uri};
use url::{Url, form_urlencoded};

use super::{AccessToken, BoxFuture, TokenCache, TokenProvider, TokenRequest};
use crate::base;
use crate::client;
use crate::cloud::Cloud;
use crate::error::{Error, ErrorKind};
use crate::pipeline::{Pipeline, Sending};
use crate::retry::Retry;
use crate::timer::Timer;
use crate::transport::Transport;

/// Tokens for a program that acts in its own name, by a secret of its registration: the client credentials grant of OAuth
/// 2.0 (RFC 6749, section 4.4), as the Microsoft identity platform v2.0 has it.
///
/// It keeps its tokens as a [`TokenCache`] does. A request that was throttled or did not get through is sent again; what
/// comes after a redirect is nobody's business, and is an error. Neither `Debug` nor an error shows the secret.
///
/// An error of Entra ID is of the kind [`Token`](ErrorKind::Token), with its code, such as `invalid_client`, as
/// [`code`](Error::code), and its description as [`message`](Error::message).
///
/// ```no_run
/// # #[cfg(feature = "reqwest")]
/// # fn example() -> Result<(), graph_runtime::Error> {
/// use graph_runtime::{Client, ClientCredentials};
///
/// let secret = std::env::var("CLIENT_SECRET").unwrap_or_default();
/// let id = "11111111-2222-3333-4444-555555555555";
/// let client = Client::new(ClientCredentials::new("contoso.onmicrosoft.com", id, secret)?);
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct ClientCredentials {
    tokens: TokenCache<Grant>,
}

impl ClientCredentials {
    /// Tokens of the worldwide cloud, with the settings of [`builder`](ClientCredentials::builder).
    ///
    /// # Errors
    ///
    /// As [`build`](ClientCredentialsBuilder::build).
    #[cfg(feature = "reqwest")]
    pub fn new(
        tenant: impl Into<String>,
        client_id: impl Into<String>,
        client_secret: impl Into<String>,
    ) -> Result<Self, Error> {
        Self::builder(tenant, client_id, client_secret).build()
    }

    /// Settings, with the tenant by its identifier or one of its domains, the identifier of the application, and the value
    /// of a secret of it.
    pub fn builder(
        tenant: impl Into<String>,
        client_id: impl Into<String>,
        client_secret: impl Into<String>,
    ) -> ClientCredentialsBuilder {
        ClientCredentialsBuilder {
            tenant: tenant.into(),
            client_id: client_id.into(),
            client_secret: client_secret.into(),
            cloud: Cloud::default(),
            authority: None,
            transport: None,
            retry: Retry::default(),
            timer: None,
        }
    }
}

impl TokenProvider for ClientCredentials {
    fn token<'a>(&'a self, request: &'a TokenRequest) -> BoxFuture<'a, Result<AccessToken, Error>> {
        self.tokens.token(request)
    }
}

impl fmt::Debug for ClientCredentials {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let grant = self.tokens.provider();
        formatter
            .debug_struct("ClientCredentials")
            .field("address", &grant.address)
            .field("client_id", &grant.client_id)
            .finish_non_exhaustive()
    }
}

/// Settings for [`ClientCredentials`], from [`ClientCredentials::builder`].
#[must_use = "settings do nothing until they are built"]
pub struct ClientCredentialsBuilder {
    tenant: String,
    client_id: String,
    client_secret: String,
    cloud: Cloud,
    authority: Option<String>,
    transport: Option<Box<dyn Transport>>,
    retry: Retry,
    timer: Option<Box<dyn Timer>>,
}

impl ClientCredentialsBuilder {
    /// The cloud of the tenant. Without one, the worldwide cloud.
    pub fn cloud(mut self, cloud: Cloud) -> Self {
        self.cloud = cloud;
        self
    }

    /// The address of the token service, without the tenant. Without one, that of the [cloud](Self::cloud).
    ///
    /// It must be HTTPS; plain HTTP is accepted for this machine only.
    pub fn authority(mut self, address: impl Into<String>) -> Self {
        self.authority = Some(address.into());
        self
    }

    /// How token requests are sent. Without one, over `reqwest`, if the feature of that name is on. A `ReqwestTransport`
    /// can be cloned and given to the client as well.
    pub fn transport(mut self, transport: impl Transport + 'static) -> Self {
        self.transport = Some(Box::new(transport));
        self
    }

    /// How often a token request is sent again, and after how long. Without this, as [`Retry::default`] says. Getting a
    /// token twice does no harm.
    pub fn retry(mut self, retry: Retry) -> Self {
        self.retry = retry;
        self
    }

    /// What waits before a token request is sent again. Without one, tokio, if the feature of that name is on; otherwise
    /// none is sent again.
    pub fn timer(mut self, timer: impl Timer + 'static) -> Self {
        self.timer = Some(Box::new(timer));
        self
    }

    /// Checks the settings. Nothing is sent.
    ///
    /// # Errors
    ///
    /// An error of the kind [`Request`](ErrorKind::Request) if the tenant is neither an identifier nor a domain, if the
    /// identifier of the application or the secret is empty, if the authority is not acceptable, or if there is no
    /// transport, or TLS cannot be set up.
    pub fn build(self) -> Result<ClientCredentials, Error> {
        for (value, what) in [
            (&self.client_id, "identifier of the application"),
            (&self.client_secret, "client secret"),
        ] {
            if value.is_empty() {
                return Err(Error::new(
                    ErrorKind::Request,
                    format!("the {what} is empty"),
                ));
            }
        }
        if !is_tenant(&self.tenant) {
            let message = format!(
                "the tenant {:?} is neither an identifier nor a domain",
                self.tenant
            );
            return Err(Error::new(ErrorKind::Request, message));
        }
        let authority = self.authority.as_deref();
        let authority = authority.unwrap_or_else(|| self.cloud.authority());
        let address = address(authority, &self.tenant)
            .map_err(|reason| Error::new(ErrorKind::Request, format!("the authority {reason}")))?;
        let pipeline = Pipeline::new(self.transport, self.retry, self.timer, 0)?;
        Ok(ClientCredentials {
            tokens: TokenCache::new(Grant {
                pipeline,
                address,
                client_id: self.client_id,
                client_secret: self.client_secret,
            }),
        })
    }
}

impl fmt::Debug for ClientCredentialsBuilder {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("ClientCredentialsBuilder")
            .field("tenant", &self.tenant)
            .field("client_id", &self.client_id)
            .field("cloud", &self.cloud)
            .field("authority", &self.authority)
            .finish_non_exhaustive()
    }
}

/// An identifier or a domain: nothing that could change the path.
fn is_tenant(text: &str) -> bool {
    let is_label = |label: &str| {
        !label.is_empty()
            && label
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    text.split('.').all(is_label)
}

/// Where tokens are requested. The authority is not shown where it is wrong: it may hold a password.
fn address(authority: &str, tenant: &str) -> Result<Uri, &'static str> {
    let url = Url::parse(authority).map_err(|_| "is not an address")?;
    if base::names_user(&url) {
        return Err("holds a user name or password");
    }
    if !base::is_safe(&url) {
        return Err("is not HTTPS: the secret could be read on the way");
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err("has a query or a fragment");
    }
    let authority = url.as_str().trim_end_matches('/');
    Uri::try_from(format!("{authority}/{tenant}/oauth2/v2.0/token"))
        .map_err(|_| "is not an address")
}

/// The grant at one token service.
struct Grant {
    pipeline: Pipeline,
    address: Uri,
    client_id: String,
    client_secret: String,
}

impl TokenProvider for Grant {
    fn token<'a>(&'a self, request: &'a TokenRequest) -> BoxFuture<'a, Result<AccessToken, Error>> {
        Box::pin(async move {
            // From before it was issued: the way back takes time.
            let asked = SystemTime::now();
            let sending = Sending {
                repeatable: true,
                redirected: false,
                ..Sending::by(None)
            };
            let sent = self.pipeline.send(self.request(request), sending).await;
            let response = sent.map_err(unanswered)?;
            let (parts, body) = response.into_parts();
            let body = body.collect().await.map_err(unanswered)?;
            match parts.status.is_success() {
                true => answer::token(&body, asked),
                false => Err(answer::refusal(parts, &body, &self.client_secret)),
            }
        })
    }
}

impl Grant {
    fn request(&self, request: &TokenRequest) -> Request<Bytes> {
        let mut form = form_urlencoded::Serializer::new(String::new());
        form.append_pair("grant_type", "client_credentials")
            .append_pair("client_id", &self.client_id)
            .append_pair("client_secret", &self.client_secret)
            .append_pair("scope", &request.scopes().join(" "));
        if let Some(claims) = request.claims() {
            form.append_pair("claims", claims);
        }
        let mut sent = Request::new(Bytes::from(form.finish()));
        *sent.method_mut() = Method::POST;
        *sent.uri_mut() = self.address.clone();
        let headers = sent.headers_mut();
        for (name, value) in [
            (CONTENT_TYPE, "application/x-www-form-urlencoded"),
            (ACCEPT, "application/json"),
            (USER_AGENT, client::DEFAULT_USER_AGENT),
        ] {
            headers.insert(name, HeaderValue::from_static(value));
        }
        sent
    }
}

/// The token service was not reached, or its answer broke off.
fn unanswered(error: Error) -> Error {
    Error::with_source(
        ErrorKind::Token,
        format!("the token service did not answer: {error}"),
        error,
    )
}
