//! The generator never fails on input: pages that were mutated go through all stages, without a panic, within time and
//! memory that their size justifies, and with everything on them accounted for.
//!
//! `GRAPH_MUTANTS` says how many mutants there are, and `GRAPH_MUTANTS_FROM` the seed of the first one: a seed is a mutant,
//! the same one in each run as long as the pages are the same.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test may panic and print its figures, and so may the functions that it calls"
)]

#[path = "mutants/case.rs"]
mod case;
#[path = "mutants/cost.rs"]
mod cost;
#[path = "mutants/growth.rs"]
mod growth;
#[path = "accounting/lost.rs"]
mod lost;
#[path = "mutants/mutation.rs"]
mod mutation;
#[path = "mutants/pages.rs"]
mod pages;
#[path = "mutants/run.rs"]
mod run;
#[path = "mutants/shapes.rs"]
mod shapes;
#[path = "mutants/summary.rs"]
mod summary;
#[path = "mutants/texts.rs"]
mod texts;

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

use cost::{Cost, measured};
use graph_codegen::diagnostics::Format;
use mutation::KINDS;
use pages::Pool;
use run::{File, Generator};
use summary::{Outcome, Summary};

/// How many mutants there are where nobody says how many.
const MUTANTS: u64 = 1_500;

/// What a run over an empty page allocates at one moment, with some to spare.
const LEAST_MEMORY: u64 = 1024 * 1024;

/// The most memory for a byte of the pages.
const MEMORY: u64 = 2048;

/// The most time for a mutant and for each byte of it. Both are a hundred times what they are found to be, and time is that
/// of the processor, so that a busy machine changes nothing.
const LEAST_TIME: Duration = Duration::from_secs(2);
const TIME: Duration = Duration::from_micros(20);

/// How long all threads may go without a single mutant that is done, on a machine that is as busy as can be.
const PATIENCE: Duration = Duration::from_secs(600);

/// Of so many mutants one is looked at more closely: its findings are shown, and its Rust is read.
const CLOSELY: u64 = 16;

fn number(name: &str, otherwise: u64) -> u64 {
    match std::env::var(name) {
        Ok(text) => text
            .parse()
            .unwrap_or_else(|_| panic!("{name} is no number")),
        Err(_) => otherwise,
    }
}

/// Takes a mutant through all stages; a panic is what it fails in.
fn outcome(generator: &Generator, files: Vec<File>, closely: bool) -> Outcome {
    let bytes: usize = files.iter().map(|(_, bytes)| bytes.len()).sum();
    let bytes = bytes as u64;
    let (run, cost) = measured(|| {
        let run = generator.run(files);
        if closely {
            run::shown(&run, Format::Human);
        }
        run
    });
    run::assert_accounted(&run);
    assert_in_proportion(bytes, cost);
    let mut parsed = 0;
    for (path, text) in &run.tree.files {
        if closely && path.ends_with(".rs") {
            let read = syn::parse_file(text);
            assert!(read.is_ok(), "{path}: {:?}", read.err());
            parsed += 1;
        }
    }
    let accounting = &run.model.facts.accounting;
    Outcome {
        bytes,
        read: accounting.rows.facts + accounting.request_lines.facts > 0,
        parsed,
        cost,
        density: cost.peak.saturating_sub(LEAST_MEMORY) as f64 / bytes.max(1) as f64,
    }
}

fn assert_in_proportion(bytes: u64, cost: Cost) {
    let memory = LEAST_MEMORY + MEMORY * bytes;
    assert!(cost.peak <= memory, "{bytes} bytes: {cost:?}");
    let bytes = u32::try_from(bytes).unwrap();
    let time = LEAST_TIME + TIME * bytes;
    assert!(cost.time <= time, "{bytes} bytes: {cost:?}");
}

/// Works on mutants until there are no more, and says of each that it is done, or why it fails.
fn work(
    pool: &Pool,
    next: &AtomicU64,
    end: u64,
    done: impl Fn(u64, Result<(), String>),
) -> Summary {
    let generator = Generator::embedded();
    let mut summary = Summary::default();
    loop {
        let seed = next.fetch_add(1, Ordering::Relaxed);
        if seed >= end {
            return summary;
        }
        let checked = case::with_case(seed, pool.pages.len(), |case, first| {
            let outcome = outcome(&generator, case.files(pool), seed.is_multiple_of(CLOSELY));
            // What is made smaller is another mutant.
            if first {
                summary.add(seed, case, &outcome);
            }
        });
        let checked =
            checked.map_err(|(case, why)| format!("seed {seed}: {}\n{why}", case.named(pool)));
        done(seed, checked);
    }
}

#[test]
fn what_was_found_stays_mended() {
    let generator = Generator::embedded();
    let found = pages::found();
    assert!(!found.is_empty());
    for file in found {
        outcome(&generator, vec![file], true);
    }
}

#[test]
fn mutants_never_fail() {
    case::remember_panics();
    let count = number("GRAPH_MUTANTS", MUTANTS);
    let from = number("GRAPH_MUTANTS_FROM", 0);
    let pool = Arc::new(Pool::load());
    println!("{} pages, {} of them real", pool.pages.len(), pool.real);
    let next = Arc::new(AtomicU64::new(from));
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let (sender, receiver) = channel();
    let workers: Vec<_> = (0..threads)
        .map(|_| {
            let (pool, next, sender) = (Arc::clone(&pool), Arc::clone(&next), sender.clone());
            thread::spawn(move || {
                let done = |seed, checked| sender.send((seed, checked)).unwrap();
                work(&pool, &next, from + count, done)
            })
        })
        .collect();
    drop(sender);
    let mut failed = Vec::new();
    let mut ended = BTreeSet::new();
    loop {
        match receiver.recv_timeout(PATIENCE) {
            Ok((seed, checked)) => {
                ended.insert(seed);
                failed.extend(checked.err());
            }
            Err(RecvTimeoutError::Disconnected) => break,
            // The threads are left behind; they end with the test's process.
            Err(RecvTimeoutError::Timeout) => {
                let begun = from..next.load(Ordering::Relaxed).min(from + count);
                let open: Vec<u64> = begun.filter(|seed| !ended.contains(seed)).collect();
                panic!("mutants that do not end, by their seeds: {open:?}")
            }
        }
    }
    let summaries = workers.into_iter().map(|worker| worker.join().unwrap());
    let summary = summaries.fold(Summary::default(), Summary::with);
    println!("{summary}");
    assert!(
        failed.is_empty(),
        "{} failed:\n{}",
        failed.len(),
        failed.join("\n\n")
    );
    if count >= MUTANTS {
        assert_eq!(summary.kinds(), KINDS.len());
        let share = summary.share_read();
        assert!(
            share > 0.5,
            "{share} of the mutants have facts: too few to show anything"
        );
    }
}
