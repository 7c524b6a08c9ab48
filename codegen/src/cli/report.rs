//! Writes the report on a run.

use std::path::PathBuf;

use clap::Args;

use super::args::{Source, Wanted};
use super::failure::{End, Failure};
use super::file::write_or_print;
use super::findings::report_errors;
use super::output;
use super::program::Program;
use crate::pipeline;
use crate::report::{LinkBase, ReportOptions, report};

/// `report`.
#[derive(Debug, Args)]
pub struct Report {
    #[command(flatten)]
    pub(super) source: Source,
    #[command(flatten)]
    pub(super) wanted: Wanted,
    /// Where the files of DIR can be seen, such as `https://example.org/docs/blob/main/api-reference/v1.0`: places lead
    /// to the file there and to its line [default: to the published page, where the profile has its address]
    #[arg(long, value_name = "URL")]
    pub(super) link_base: Option<LinkBase>,
    /// Write to this file instead of the standard output
    #[arg(short, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
}

/// Writes the page. Errors are in it as other findings are, so that it is written all the same.
pub(super) fn run(args: &Report, program: &Program) -> Result<End, Failure> {
    let input = program.input(&args.source, &args.wanted, &[])?;
    let options = program.plan_options(&program.out, None, &input.profile);
    let generated = pipeline::documented_with(&input, &options, &mut output::progress);
    output::end_progress();
    let generated = generated?;
    let options = ReportOptions {
        link_base: args.link_base.clone(),
    };
    let text = report(&generated, &input.profile, &options);
    write_or_print(args.output.as_deref(), &text)?;
    let model = &generated.model;
    if model.diagnostics.has_errors() {
        report_errors(&model.diagnostics, &model.corpus, program)?;
        return Ok(End::Findings);
    }
    Ok(End::Success)
}
