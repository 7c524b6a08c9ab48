//! Checks the documentation.

use std::path::PathBuf;

use clap::Args;

use super::args::{Findings, Source, Wanted};
use super::baseline;
use super::failure::{End, Failure};
use super::findings::report;
use super::output::{self, Stream, print};
use super::program::Program;
use crate::{pipeline, plan};

/// `lint`.
#[derive(Debug, Args)]
pub struct Lint {
    #[command(flatten)]
    pub(super) source: Source,
    #[command(flatten)]
    pub(super) wanted: Wanted,
    #[command(flatten)]
    pub(super) findings: Findings,
    /// Write the findings to this file, as `--baseline` reads it; errors of their own stay out
    #[arg(long, value_name = "FILE", conflicts_with = "baseline")]
    pub(super) write_baseline: Option<PathBuf>,
}

/// Reports findings.
pub(super) fn run(args: &Lint, program: &Program) -> Result<End, Failure> {
    let input = program.input(&args.source, &args.wanted, &args.findings.deny)?;
    let baseline = baseline::read(&args.findings)?;
    let model = pipeline::model_with(&input, &mut output::progress);
    output::end_progress();
    let mut model = model?;
    let options = program.plan_options(&program.out, None, &input.profile);
    plan::plan(&model.api, &options, &input.profile, &mut model.diagnostics);
    model.diagnostics.sort();
    let written = match &args.write_baseline {
        Some(path) => Some(baseline::write(path, &mut model)?),
        None => None,
    };
    baseline::apply(baseline.as_ref(), &mut model, &input.selection);
    report(
        &model.diagnostics,
        &model.corpus,
        &args.findings,
        Stream::Out,
    )?;
    if let Some(written) = written {
        // A machine reads the findings on the standard output.
        print(Stream::Err, &written)?;
    }
    Ok(if model.diagnostics.has_errors() {
        End::Findings
    } else {
        End::Success
    })
}
