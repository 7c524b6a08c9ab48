//! What became of the mutants of a run, as a line.

use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

use crate::case::Case;
use crate::cost::Cost;
use crate::mutation::Kind;

/// What is known of some mutants.
#[derive(Default)]
pub(crate) struct Summary {
    mutants: u64,
    bytes: u64,
    /// How many had a mutation of a kind.
    kinds: BTreeMap<Kind, u64>,
    /// How many had more than one page.
    several: u64,
    /// How many gave rows or request lines that became facts.
    read: u64,
    /// How many emitted files were read as Rust.
    parsed: u64,
    /// The most memory for a byte of the pages, beyond what every run takes, and the seed.
    densest: (f64, u64),
    /// The longest time, and the seed.
    slowest: (Duration, u64),
    time: Duration,
}

/// What one mutant came to.
pub(crate) struct Outcome {
    pub(crate) bytes: u64,
    pub(crate) read: bool,
    pub(crate) parsed: u64,
    pub(crate) cost: Cost,
    /// Memory for a byte, beyond what every run takes.
    pub(crate) density: f64,
}

impl Summary {
    pub(crate) fn add(&mut self, seed: u64, case: &Case, outcome: &Outcome) {
        self.mutants += 1;
        self.bytes += outcome.bytes;
        for step in &case.steps {
            *self.kinds.entry(step.kind).or_default() += 1;
        }
        self.several += u64::from(case.pages.len() > 1);
        self.read += u64::from(outcome.read);
        self.parsed += outcome.parsed;
        self.time += outcome.cost.time;
        if outcome.density > self.densest.0 {
            self.densest = (outcome.density, seed);
        }
        self.slowest = self.slowest.max((outcome.cost.time, seed));
    }

    /// The summary of these mutants and others.
    pub(crate) fn with(mut self, other: Self) -> Self {
        self.mutants += other.mutants;
        self.bytes += other.bytes;
        for (kind, count) in other.kinds {
            *self.kinds.entry(kind).or_default() += count;
        }
        self.several += other.several;
        self.read += other.read;
        self.parsed += other.parsed;
        self.time += other.time;
        if other.densest.0 > self.densest.0 {
            self.densest = other.densest;
        }
        self.slowest = self.slowest.max(other.slowest);
        self
    }

    /// How many of all mutants gave facts.
    pub(crate) fn share_read(&self) -> f64 {
        self.read as f64 / self.mutants.max(1) as f64
    }

    /// The kinds of mutation that there were.
    pub(crate) fn kinds(&self) -> usize {
        self.kinds.len()
    }
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kinds: Vec<String> = (self.kinds.iter())
            .map(|(kind, count)| format!("{kind:?} {count}"))
            .collect();
        write!(
            f,
            "{} mutants of {} bytes, {} of several pages, {} with facts; {} files read as Rust; \
             at most {:.0} bytes of memory for one of a page (seed {}); the slowest {:?} (seed {}), {:?} for all: {}",
            self.mutants,
            self.bytes,
            self.several,
            self.read,
            self.parsed,
            self.densest.0,
            self.densest.1,
            self.slowest.0,
            self.slowest.1,
            self.time,
            kinds.join(", ")
        )
    }
}
