//! A long collection from a service that is overloaded.

use graph_runtime::http::Method;
use graph_runtime::{Client, Error, Operation, Page, Request, Retry};

use crate::faults::client;
use crate::live::{Answer, Live};

pub(crate) const PAGES: usize = 100;
pub(crate) const ITEMS: usize = 10_000;
/// Each so many answers is a fault.
const EVERY: usize = 5;

static LIST: Operation = crate::operation(Method::GET, "/things");

/// What became of reading them all.
pub(crate) struct Reading {
    /// Whether each item came once, and in order.
    pub(crate) complete: bool,
    pub(crate) items: usize,
    pub(crate) requests: usize,
    pub(crate) faults: usize,
}

/// Reads [`ITEMS`] items over [`PAGES`] pages, where one answer in five is throttled or breaks off.
pub(crate) async fn read() -> Reading {
    let live = Live::start(|number, request| match number % EVERY {
        0 => fault(number / EVERY),
        _ => page(request.line()),
    })
    .await;
    let (client, _) = client(&live.address(), Retry::default());
    let items = collect(&client).await.unwrap();
    let received = live.received();
    Reading {
        complete: items.iter().copied().eq(0..ITEMS),
        items: items.len(),
        requests: received.len(),
        faults: received.len().div_ceil(EVERY),
    }
}

async fn collect(client: &Client) -> Result<Vec<usize>, Error> {
    let mut items = Request::<Page<usize>>::new(&LIST, &[]).items(client);
    let mut all = Vec::new();
    while let Some(item) = items.try_next().await? {
        all.push(item);
    }
    Ok(all)
}

fn fault(number: usize) -> Answer {
    match number % 5 {
        0 => Answer::status("429 Too Many Requests", &["Retry-After: 3"], ""),
        1 => Answer::bytes("").reset(),
        2 => Answer::status("503 Service Unavailable", &["Retry-After: 0.5"], ""),
        3 => Answer::bytes("HTTP/1.1 200 OK\r\nContent-Length: 9000\r\n\r\n{\"value\":[0,").reset(),
        _ => Answer::status("429 Too Many Requests", &[], ""),
    }
}

/// The page that a request line asks for, by `?page=`.
fn page(line: &str) -> Answer {
    let number = line
        .split_once("?page=")
        .and_then(|(_, rest)| rest.split(' ').next());
    let number: usize = number.map_or(0, |number| number.parse().unwrap());
    let size = ITEMS / PAGES;
    let items: Vec<String> = (number * size..(number + 1) * size)
        .map(|item| item.to_string())
        .collect();
    let link = match number + 1 {
        PAGES => String::new(),
        next => format!(r#","@odata.nextLink":"/v1.0/things?page={next}""#),
    };
    Answer::json(&format!(r#"{{"value":[{}]{link}}}"#, items.join(",")))
}
