//! Holds a generated SDK to the examples of its pages: each request and answer that a page shows goes through the code
//! that a program would call.
//!
//! A generated crate has a test, `conformance`, that gives [`run`] a table of its functions. What is compared, and what
//! may differ:
//!
//! | example | has to | may differ in |
//! |---|---|---|
//! | method, path, query and headers | be those of the request that the function builds from the example's arguments | percent-encoding, letter case of the path, order |
//! | body of a request | be read as the function's argument, and be sent as equal JSON | order of keys; null, which reads as absent; an `@odata.type` that is added; the form of a number |
//! | body of an answer | be read as what the function returns, and be written as equal JSON | the same |
//!
//! An object that names a type derived from the declared one is read as that one as well, and has to come back whole
//! from there.
//!
//! What differs is explained where the generator found the example to contradict the tables of its page, and is a fault
//! of the generator otherwise.

mod answer;
mod equal;
mod observed;
mod outcome;
mod report;
mod shown;
mod trial;

use std::collections::BTreeMap;
use std::io::Write as _;
use std::{env, io};

pub use answer::Answer;
pub(crate) use observed::{mark, note, reread};
/// What [`run`] returns.
pub use std::process::ExitCode;

pub use outcome::{Judged, Outcome, Verdict};
pub use report::{Checked, Keys, Report, Undeclared};
pub use trial::Trial;

use crate::decode;
use crate::error::{Error, ErrorKind};
use crate::mock::documented;
use crate::model::Model;

/// An area of the SDK.
#[derive(Clone, Copy, Debug)]
pub struct Area {
    /// The text of `documented/<area>.json`.
    pub documented: &'static str,
    /// The functions that have examples.
    pub cases: &'static [&'static [Case]],
}

/// A function of the SDK.
#[derive(Clone, Copy, Debug)]
pub struct Case {
    /// Its path, as `documented/<area>.json` has it.
    pub function: &'static str,
    /// Calls it with what an example has for its arguments, and hands the request to [`Trial::check`].
    pub call: fn(&Trial<'_>),
}

/// A model that is derived from another: an object that names it is read as it is.
#[derive(Clone, Copy, Debug)]
pub struct Derived {
    name: &'static str,
    reread: Reread,
}

/// Reads JSON as a model, and writes that.
type Reread = fn(&str) -> Result<String, serde_json::Error>;

impl Derived {
    /// The model `T`.
    #[must_use]
    pub const fn of<T: Model>() -> Self {
        Self {
            name: T::NAME,
            reread: |json| serde_json::to_string(&serde_json::from_str::<T>(json)?),
        }
    }
}

/// Holds functions to the examples of their pages. An example that stands for several functions counts once, for the one
/// whose request it shows.
///
/// # Errors
///
/// An error of the kind [`Decode`](ErrorKind::Decode) if the examples cannot be read, and one of the kind
/// [`Request`](ErrorKind::Request) if a function with examples is not among the cases.
pub fn check(areas: &[Area], derived: &[Derived]) -> Result<Report, Error> {
    let derived: BTreeMap<&'static str, Reread> = derived
        .iter()
        .map(|model| (model.name, model.reread))
        .collect();
    let (checked, keys) = observed::observing(derived, || check_all(areas));
    Ok(Report {
        checked: checked?,
        keys,
    })
}

fn check_all(areas: &[Area]) -> Result<Vec<Checked>, Error> {
    let mut all = Vec::new();
    for area in areas {
        let cases: BTreeMap<&str, &Case> = area
            .cases
            .iter()
            .copied()
            .flatten()
            .map(|case| (case.function, case))
            .collect();
        for operation in documented::read([area.documented])? {
            for (index, exchange) in operation.exchanges.iter().enumerate() {
                if exchange.shared {
                    continue;
                }
                let case = cases.get(&*operation.function).ok_or_else(|| {
                    let name = &operation.function;
                    Error::new(
                        ErrorKind::Request,
                        format!("{name} has examples and no case"),
                    )
                })?;
                let trial = Trial::new(&operation, exchange);
                (case.call)(&trial);
                all.push(Checked {
                    function: operation.function.clone(),
                    page: exchange.page.clone(),
                    exchange: index,
                    outcome: trial.into_outcome(),
                });
            }
        }
    }
    Ok(all)
}

/// The whole of the test `conformance` of a generated crate: [`check`], and the [`Report`] on the standard output, as
/// JSON with the argument `--json`. It fails if there is something that no contradiction on the page explains.
#[must_use]
pub fn run(areas: &[Area], derived: &[Derived]) -> ExitCode {
    let is_json = env::args().any(|argument| argument == "--json");
    let printed = check(areas, derived).and_then(|report| {
        let text = match is_json {
            true => String::from_utf8_lossy(&written(&report)?).into_owned(),
            false => report.to_string(),
        };
        // Where nobody reads it, the exit code says the most of it.
        let _ = writeln!(io::stdout(), "{}", text.trim_end());
        Ok(report.unexplained().next().is_none())
    });
    match printed {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            let _ = writeln!(io::stderr(), "error: {error}");
            ExitCode::FAILURE
        }
    }
}

/// What a model writes, as it is sent.
fn written<T: serde::Serialize + ?Sized>(value: &T) -> Result<Vec<u8>, Error> {
    serde_json::to_vec(value).map_err(decode::unserialisable)
}
