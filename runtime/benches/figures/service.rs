//! A quick service: HTTP/1.1 with connections that are kept, in a thread of its own.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::mpsc;

use graph_runtime::bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;

/// A user as Graph answers it, about 700 bytes.
const USER: &str = r#"{"@odata.context":"https://graph.microsoft.com/v1.0/$metadata#users(displayName,mail)/$entity","businessPhones":["+1 412 555 0109"],"displayName":"Megan Bowen","givenName":"Megan","jobTitle":"Auditor","mail":"MeganB@contoso.com","mobilePhone":null,"officeLocation":"12/1110","preferredLanguage":"en-US","surname":"Bowen","userPrincipalName":"MeganB@contoso.com","id":"48d31887-5fad-4d73-a9f5-3c356e68a038","accountEnabled":true,"ageGroup":null,"city":"Pittsburgh","companyName":"Contoso","country":"United States","createdDateTime":"2021-06-17T01:41:19Z","department":"Finance","employeeId":null,"assignedLicenses":[{"disabledPlans":[],"skuId":"6fd2c87f-b296-42f0-b197-1e91e994b900"}]}"#;

/// Serves until the process ends.
pub(crate) fn start() -> SocketAddr {
    let (tell, told) = mpsc::channel();
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        runtime.block_on(async {
            let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
            tell.send(listener.local_addr().unwrap()).unwrap();
            loop {
                let (connection, _) = listener.accept().await.unwrap();
                connection.set_nodelay(true).unwrap();
                tokio::spawn(async move {
                    let connection = TokioIo::new(connection);
                    // A client that has gone is no failure.
                    let _ = http1::Builder::new()
                        .serve_connection(connection, service_fn(respond))
                        .await;
                });
            }
        });
    });
    told.recv().unwrap()
}

async fn respond(
    request: http::Request<Incoming>,
) -> Result<http::Response<Full<Bytes>>, Infallible> {
    let authorized = request.headers().contains_key("authorization");
    // The body is read to its end, so that the connection can be kept.
    let _ = request.into_body().collect().await;
    let response = http::Response::builder().header("content-type", "application/json");
    let response = response.status(if authorized { 200 } else { 401 });
    Ok(response
        .body(Full::new(Bytes::from_static(USER.as_bytes())))
        .unwrap())
}
