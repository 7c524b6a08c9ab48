//! Prints the model.

use std::path::PathBuf;

use clap::Args;

use super::args::{Source, Wanted};
use super::failure::{End, Failure};
use super::file::write_or_print;
use super::output;
use super::program::{Program, finished};
use crate::model::{interchange, save};
use crate::pipeline;

/// `model`.
#[derive(Debug, Args)]
pub struct Model {
    #[command(flatten)]
    pub(super) source: Source,
    /// Write to this file instead of the standard output
    #[arg(short, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
    /// All that a crate is generated from, as `generate --model` reads it; without it, the form that other tools compare
    #[arg(long)]
    pub(super) complete: bool,
}

/// Prints the model as JSON.
pub(super) fn run(args: &Model, program: &Program) -> Result<End, Failure> {
    let input = program.input(&args.source, &Wanted::default(), &[])?;
    let run = pipeline::model_with(&input, &mut output::progress);
    let Some(model) = finished(run, program, |model| model, "nothing was written")? else {
        return Ok(End::Findings);
    };
    let text = if args.complete {
        save(&model.api).map_err(Failure::Save)?
    } else {
        format!("{:#}\n", interchange(&model.api))
    };
    write_or_print(args.output.as_deref(), &text)?;
    Ok(End::Success)
}
