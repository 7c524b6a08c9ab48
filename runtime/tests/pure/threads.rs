//! What can go to another thread, with the futures of all that waits.

use graph_runtime::bytes::Bytes;
use graph_runtime::http;
use graph_runtime::serde_json::Value;
use graph_runtime::{
    Batch, Body, Client, Error, Finished, Items, Monitor, Page, Pages, Request, Response,
    TokenCache, Upload, testing::TransportDouble,
};

fn is_send<T: Send>(_: &T) {}
fn is_sync<T: Send + Sync>() {}

/// Compiled, not run.
#[expect(dead_code, reason = "what it says, it says to the compiler")]
fn futures(client: &Client, request: &Request<Page<Value>>, finished: &Finished, batch: &Batch) {
    is_send(&request.send(client));
    is_send(&request.send_response(client));
    is_send(&request.send_stream(client));
    is_send(&request.monitor(client));
    is_send(&request.pages(client).try_next());
    is_send(&request.items(client).try_next());
    is_send(&client.send_http(http::Request::new(Bytes::new())));
    is_send(&client.monitor("").poll());
    is_send(&client.monitor("").wait(std::time::Duration::ZERO));
    is_send(&finished.resource::<Value>(client));
    is_send(&batch.send(client));
    let upload = || Upload::<Value>::new(client, "", Bytes::new());
    if let (Ok(mut first), Ok(second)) = (upload(), upload()) {
        is_send(&first.finish());
        is_send(&second.cancel());
    }
}

#[test]
fn values_go_to_other_threads() {
    is_sync::<Client>();
    is_sync::<Error>();
    is_sync::<Request<Value>>();
    is_sync::<Response<Value>>();
    is_sync::<Batch>();
    is_sync::<Monitor>();
    is_sync::<Finished>();
    is_sync::<TransportDouble>();
    is_sync::<TokenCache<graph_runtime::StaticToken>>();
    let sent: fn(&Body, &Pages<Value>, &Items<Value>, &Upload<Value>) =
        |body, pages, items, upload| {
            is_send(body);
            is_send(pages);
            is_send(items);
            is_send(upload);
        };
    let _ = sent;
}
