//! Clouds, and the settings of those who ask for tokens.

use std::sync::{Arc, Mutex};

use graph_runtime::{
    AccessToken, Body, BoxFuture, Client, ClientCredentials, Cloud, Error, ErrorKind, Request,
    StaticToken, Transport, bytes::Bytes, http, token_fn,
};

use crate::{LIST, TOKEN, within};

/// Cloud, service and token service.
const CLOUDS: [(Cloud, &str, &str); 4] = [
    (
        Cloud::Global,
        "https://graph.microsoft.com",
        "https://login.microsoftonline.com",
    ),
    (
        Cloud::UsGovernment,
        "https://graph.microsoft.us",
        "https://login.microsoftonline.us",
    ),
    (
        Cloud::UsGovernmentDod,
        "https://dod-graph.microsoft.us",
        "https://login.microsoftonline.us",
    ),
    (
        Cloud::China,
        "https://microsoftgraph.chinacloudapi.cn",
        "https://login.partner.microsoftonline.cn",
    ),
];

/// Notes what is sent, and answers with a token that is also an empty object.
#[derive(Clone, Default)]
struct Notes(Arc<Mutex<Vec<http::Request<Bytes>>>>);

impl Transport for Notes {
    fn send(
        &self,
        request: http::Request<Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, Error>> {
        self.0.lock().unwrap().push(request);
        let body = Bytes::from_static(br#"{"access_token":"t"}"#);
        Box::pin(async move { Ok(http::Response::new(body.into())) })
    }
}

#[tokio::test]
async fn clouds_have_their_own_addresses_and_scopes() {
    assert_eq!(Cloud::default(), Cloud::Global);
    for (cloud, service, authority) in CLOUDS {
        assert_eq!(cloud.base_url(), service);
        assert_eq!(cloud.scope(), format!("{service}/.default"));
        assert_eq!(cloud.authority(), authority);
        let notes = Notes::default();
        let credentials = ClientCredentials::builder("contoso.com", "app", "secret")
            .cloud(cloud)
            .transport(notes.clone())
            .build()
            .unwrap();
        let client = Client::builder()
            .cloud(cloud)
            .token_provider(credentials)
            .transport(notes.clone())
            .build()
            .unwrap();
        within(Request::<()>::new(&LIST, &[]).send(&client))
            .await
            .unwrap();
        let sent = notes.0.lock().unwrap();
        let addresses: Vec<_> = sent.iter().map(|sent| sent.uri().to_string()).collect();
        assert_eq!(
            addresses,
            [
                format!("{authority}/contoso.com/oauth2/v2.0/token"),
                format!("{service}/v1.0/things")
            ]
        );
        let host = service.strip_prefix("https://").unwrap();
        let scope = format!("&scope=https%3A%2F%2F{host}%2F.default");
        assert!(sent[0].body().ends_with(scope.as_bytes()), "{cloud:?}");
    }
}

#[tokio::test]
async fn settings_of_the_caller_go_before_those_of_the_cloud() {
    let scopes = Arc::new(Mutex::new(Vec::new()));
    let asked = scopes.clone();
    let notes = Notes::default();
    let client = Client::builder()
        .base_url("https://gateway.example/graph")
        .scopes(["User.Read"])
        .cloud(Cloud::China)
        .token_provider(token_fn(move |request| {
            asked.lock().unwrap().extend_from_slice(request.scopes());
            async { Ok(AccessToken::new("t")) }
        }))
        .transport(notes.clone())
        .build()
        .unwrap();
    within(Request::<()>::new(&LIST, &[]).send(&client))
        .await
        .unwrap();
    assert_eq!(*scopes.lock().unwrap(), ["User.Read"]);
    let sent = notes.0.lock().unwrap();
    assert_eq!(sent[0].uri(), "https://gateway.example/graph/v1.0/things");

    let builder = ClientCredentials::builder("contoso.com", "app", "secret")
        .authority("https://contoso.ciamlogin.com/")
        .cloud(Cloud::China);
    let shown = format!("{:?}", builder.build().unwrap());
    let address = "https://contoso.ciamlogin.com/contoso.com/oauth2/v2.0/token";
    assert!(shown.contains(address), "{shown}");
}

#[test]
fn credentials_are_checked_before_they_are_used() {
    let id = "72f988bf-86f1-41af-91ab-2d7cd011db47";
    let global = Cloud::Global.authority();
    for (tenant, authority) in [
        (id, global),
        ("contoso.onmicrosoft.com", global),
        ("contoso.com", "http://localhost:8080"),
        ("contoso.com", "https://[::1]/adfs/"),
    ] {
        let builder = ClientCredentials::builder(tenant, "app", TOKEN).authority(authority);
        assert!(builder.build().is_ok(), "{tenant} {authority}");
    }
    for (tenant, app, secret, authority, message) in [
        ("", "app", TOKEN, global, "the tenant \"\" is neither"),
        (
            id,
            "",
            TOKEN,
            global,
            "the identifier of the application is",
        ),
        (id, "app", "", global, "the client secret is empty"),
        (id, "app", TOKEN, "", "the authority is not an address"),
        (id, "app", TOKEN, "http://a.b", "the authority is not HTTPS"),
        (id, "app", TOKEN, "ftp://a.b", "the authority is not HTTPS"),
        (
            id,
            "app",
            TOKEN,
            "https://user:password@a.b",
            "the authority holds a user name or password",
        ),
        (
            id,
            "app",
            TOKEN,
            "https://a.b?c",
            "the authority has a query",
        ),
        (
            id,
            "app",
            TOKEN,
            "https://a.b#c",
            "the authority has a query",
        ),
    ] {
        let builder = ClientCredentials::builder(tenant, app, secret).authority(authority);
        let error = builder.build().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Request);
        assert!(error.to_string().starts_with(message), "{error}");
        assert!(!error.to_string().contains("password@"), "{error}");
    }
    for tenant in [
        "a/b", "a?b", "a#b", "..", "a..b", "a%2Fb", "a b", "a@b", "ü", "a\\b", "a:1",
    ] {
        let error = ClientCredentials::builder(tenant, "app", TOKEN)
            .build()
            .unwrap_err();
        assert!(error.to_string().starts_with("the tenant "), "{error}");
    }
}

#[test]
fn debug_shows_no_secret() {
    let builder = ClientCredentials::builder("contoso.com", "app-id", TOKEN);
    let shown = format!("{builder:?}");
    let credentials = builder.build().unwrap();
    let client = Client::new(credentials.clone());
    let settings = Client::builder().token_provider(StaticToken::new(TOKEN));
    let shown = format!(
        "{shown} {credentials:?} {client:?} {:?}",
        settings.cloud(Cloud::China)
    );
    for part in ["app-id", "contoso.com/oauth2", "China"] {
        assert!(shown.contains(part), "{shown}");
    }
    assert!(!shown.contains(TOKEN), "{shown}");
}
