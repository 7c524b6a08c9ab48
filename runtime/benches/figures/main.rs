//! The figures of the runtime, against servers on loopback: `cargo bench -p graph-runtime`.
//!
//! Exits with 1 if one of them misses its bar. With arguments, `faults` and `items` for instance, only those.

#![expect(clippy::print_stdout, reason = "it prints figures")]
#![expect(clippy::unwrap_used, reason = "a failure there says where")]

#[path = "../../tests/loopback/calls.rs"]
mod calls;
mod concurrent;
mod cost;
#[path = "../../tests/loopback/faults/mod.rs"]
mod faults;
#[path = "../../tests/loopback/live.rs"]
mod live;
#[path = "../../tests/loopback/many.rs"]
mod many;
#[expect(dead_code, reason = "the tests use more of it")]
#[path = "../../tests/loopback/server.rs"]
mod server;
mod service;

use std::process::ExitCode;

use calls::{operation, within};

/// A figure beside its bar.
struct Figure {
    what: &'static str,
    bar: String,
    found: String,
    met: bool,
}

fn main() -> ExitCode {
    let wanted: Vec<String> = std::env::args()
        .skip(1)
        .filter(|name| !name.starts_with('-'))
        .collect();
    let is_wanted = |name: &str| wanted.is_empty() || wanted.iter().any(|wanted| wanted == name);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let mut figures = Vec::new();
    if is_wanted("faults") {
        figures.push(runtime.block_on(faults()));
    }
    if is_wanted("items") {
        figures.push(runtime.block_on(items()));
    }
    if is_wanted("cost") {
        figures.push(runtime.block_on(cost::figure()));
    }
    if is_wanted("concurrent") {
        figures.push(runtime.block_on(concurrent::figure()));
    }
    println!("| what | bar | found | |\n|---|---|---|---|");
    for Figure {
        what,
        bar,
        found,
        met,
    } in &figures
    {
        println!(
            "| {what} | {bar} | {found} | {} |",
            if *met { "met" } else { "missed" }
        );
    }
    match figures.iter().all(|figure| figure.met) {
        true => ExitCode::SUCCESS,
        false => ExitCode::FAILURE,
    }
}

/// Prints the matrix, a line for each fault.
async fn faults() -> Figure {
    let cells = faults::outcomes().await;
    let width = cells
        .iter()
        .map(|cell| cell.fault.len())
        .max()
        .unwrap_or_default();
    for row in cells.chunk_by(|one, other| one.fault == other.fault) {
        print!("{:width$}", row[0].fault);
        for cell in row {
            let mark = if cell.is_as_expected() { "" } else { " (!)" };
            print!("  {} {:?}{mark}", cell.method, cell.found);
        }
        println!();
    }
    let right = cells.iter().filter(|cell| cell.is_as_expected()).count();
    Figure {
        what: "faults (kind × method), each with its expected outcome",
        bar: "≥ 60, all as expected".to_owned(),
        found: format!("{right} of {}", cells.len()),
        met: right == cells.len() && right >= 60,
    }
}

async fn items() -> Figure {
    let reading = many::read().await;
    Figure {
        what: "items over 100 pages, one answer in five throttled or broken off",
        bar: format!("{} once each, in order", many::ITEMS),
        found: format!(
            "{} {}, {} requests, {} faults",
            reading.items,
            if reading.complete {
                "once each, in order"
            } else {
                "not in order"
            },
            reading.requests,
            reading.faults
        ),
        met: reading.complete,
    }
}
