//! A proxy, by the settings of reqwest.

use graph_runtime::{Client, Request, ReqwestTransport, StaticToken, reqwest, serde_json::Value};

use crate::live::{Answer, Live};
use crate::{LIST, TOKEN, within};

#[tokio::test]
async fn requests_go_by_way_of_it() {
    let proxy = Live::start(|_, _| Answer::json("{}")).await;
    let settings = reqwest::Proxy::all(proxy.address()).unwrap();
    let builder = reqwest::Client::builder().proxy(settings);
    let client = Client::builder()
        .transport(ReqwestTransport::from_builder(builder).unwrap())
        .token_provider(StaticToken::new(TOKEN))
        // Nobody listens there.
        .base_url("http://localhost:9")
        .build()
        .unwrap();
    within(Request::<Value>::new(&LIST, &[]).send(&client))
        .await
        .unwrap();
    assert_eq!(
        proxy.received()[0].line(),
        "GET http://localhost:9/v1.0/things HTTP/1.1"
    );
}
