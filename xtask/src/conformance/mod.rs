//! Holds the emitted code to the examples of the pages: runs the test of the crate, and finds the cause of each result.

mod cause;
mod examples;
mod figures;
mod render;
mod run;
#[cfg(test)]
mod tests;

use graph_codegen::pipeline::Generated;
use graph_runtime::conformance::{Keys, Report};

use crate::failure::Failure;
use crate::table::Table;
use cause::Cause;
pub(crate) use run::run;

/// What became of the examples of a tree.
#[derive(Debug)]
pub(crate) struct Results {
    examples: Vec<Example>,
    keys: Keys,
    figures: Table,
}

/// A request line or a body that a page shows.
#[derive(Debug)]
struct Example {
    part: Part,
    cause: Cause,
    /// The page and the line.
    place: String,
    /// The function that was held to it; none where no function has its request.
    function: Option<String>,
    /// What is wrong.
    details: Vec<String>,
}

/// What of an example was compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    /// Method, path, query and headers.
    Request,
    /// The body of a request.
    Sent,
    /// The body of an answer.
    Received,
}

/// How many examples of a part have one of the causes.
fn count(examples: &[Example], part: Part, causes: &[Cause]) -> usize {
    let of_part = examples.iter().filter(|example| example.part == part);
    of_part
        .filter(|example| causes.contains(&example.cause))
        .count()
}

impl Results {
    /// The results in a report of the crate's test.
    ///
    /// # Errors
    ///
    /// The report is not that of this crate.
    pub(crate) fn of(generated: &Generated, report: &Report) -> Result<Self, Failure> {
        let examples = examples::examples(generated, report)?;
        Ok(Self {
            figures: figures::figures(&examples, &report.keys),
            keys: report.keys.clone(),
            examples,
        })
    }

    /// Whether there is a failure that the pages do not explain; or if `strict`, whether a figure misses its bar.
    pub(crate) fn is_missed(&self, strict: bool) -> bool {
        let fault = |example: &Example| example.cause == Cause::Fault;
        self.examples.iter().any(fault) || strict && self.figures.is_missed(true)
    }
}
