//! Prints what the pages and the metadata of a service disagree about.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::args::{Source, Wanted};
use super::failure::{End, Failure};
use super::file;
use super::output::{self, Stream, print};
use super::program::{Program, finished};
use crate::metadata::{self, Metadata, disagreements, figures};
use crate::pipeline;

/// What is said about how things are compared.
pub(super) const COMPARED: &str = "\
A type of the pages is the one of the metadata that has its qualified name, in any letter case, else its name in another
namespace. Properties belong together by their names, inherited ones included. Types of properties are the same where their
names are, whatever their namespaces. Whether a value may be null is not compared: pages do not say it. The figures
at the end say how much of each side is in the other.

Exit codes: 0 done, whatever was found; 1 findings of error severity; 2 wrong usage, such as a file that is no CSDL.";

/// `metadata-diff`.
#[derive(Debug, Args)]
pub struct MetadataDiff {
    /// The metadata of the service: CSDL in XML, as it answers to `$metadata`
    #[arg(long, value_name = "FILE")]
    metadata: PathBuf,
    #[command(flatten)]
    source: Source,
    /// How it is printed
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// List each disagreement, with the page and the line on both sides; JSON has them all
    #[arg(long)]
    list: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
}

/// Compares the model of the pages with the metadata.
pub(super) fn run(args: &MetadataDiff, program: &Program) -> Result<End, Failure> {
    let text = file::read(&args.metadata, "read the metadata in")?;
    let metadata = Metadata::parse(&text).map_err(|reason| Failure::Malformed {
        path: args.metadata.clone(),
        reason: reason.to_string(),
    })?;
    let input = program.input(&args.source, &Wanted::default(), &[])?;
    let run = pipeline::model_with(&input, &mut output::progress);
    let Some(model) = finished(run, program, |model| model, "nothing was compared")? else {
        return Ok(End::Findings);
    };
    let found = disagreements(&metadata, &model.api, &input.profile);
    let figures = figures(&metadata, &model.api, &input.profile);
    let file = args.metadata.display().to_string();
    let text = match args.format {
        Format::Text => metadata::text(&found, &figures, &model.corpus, &file, args.list),
        Format::Json => {
            let json = metadata::json(&found, &figures, &model.corpus, &file);
            format!("{json:#}\n")
        }
    };
    print(Stream::Out, &text)?;
    Ok(End::Success)
}
