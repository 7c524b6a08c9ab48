//! Many calls at once.

use futures_util::future::join_all;
use graph_runtime::http::Method;
use graph_runtime::serde_json::Value;
use graph_runtime::{Client, Operation, Request, StaticToken};

use crate::Figure;

const CALLS: usize = 1_000;
const ROUNDS: usize = 100;
/// How much more memory the last quarter of the rounds may take than the one before. The first half opens the
/// connections, and lets the allocator find its sizes.
const GROWTH: f64 = 1.02;

static READ: Operation = crate::operation(Method::GET, "/users/{id}");

pub(crate) async fn figure() -> Figure {
    let client = Client::builder()
        .token_provider(StaticToken::new("t"))
        .base_url(format!("http://{}", crate::service::start()))
        .build()
        .unwrap();
    let (mut errors, mut memory) = (0, Vec::new());
    for _ in 0..ROUNDS {
        let calls = (0..CALLS).map(|number| {
            let client = client.clone();
            async move {
                let request = Request::<Value>::new(&READ, &[&number.to_string()]);
                request.send(&client).await
            }
        });
        let results = join_all(calls).await;
        errors += results.iter().filter(|result| result.is_err()).count();
        drop(results);
        memory.push(resident());
    }
    let most = |from: usize, to: usize| {
        memory[ROUNDS * from / 4..ROUNDS * to / 4]
            .iter()
            .copied()
            .max()
    };
    let (third, last) = (
        most(2, 3).unwrap_or_default(),
        most(3, 4).unwrap_or_default(),
    );
    Figure {
        what: "1,000 calls at once, 100 times",
        bar: "no error, memory flat".to_owned(),
        found: format!(
            "{errors} errors, at most {:.1} MB in the third quarter and {:.1} MB in the last",
            megabytes(third),
            megabytes(last)
        ),
        met: errors == 0 && last as f64 <= third as f64 * GROWTH,
    }
}

fn megabytes(bytes: u64) -> f64 {
    bytes as f64 / 1e6
}

/// The memory of this process, service and all, in bytes.
fn resident() -> u64 {
    // The second number is in pages, which are of 4 KiB where this is measured.
    let text = std::fs::read_to_string("/proc/self/statm").unwrap();
    text.split(' ').nth(1).unwrap().parse::<u64>().unwrap() * 4_096
}
