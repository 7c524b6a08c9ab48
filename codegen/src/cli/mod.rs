//! The commands of `graph-codegen`, for it and for other programs that have them among their own.

mod api_diff;
mod args;
mod baseline;
mod changes;
mod docs;
mod explain;
mod failure;
mod file;
mod findings;
mod generate;
mod git;
mod init;
mod lint;
mod metadata_diff;
mod model;
mod output;
mod package;
mod program;
mod record;
mod report;
mod scopes;

pub use api_diff::ApiDiffArgs;
pub use args::{EXIT_CODES, Findings, Source, Wanted};
pub use docs::{Docs, Fetch};
pub use explain::Explain;
pub use failure::{End, Failure};
pub use file::write_whole;
pub use generate::{Generate, PATTERNS, run as generate};
pub use init::Init;
pub use lint::Lint;
pub use metadata_diff::MetadataDiff;
pub use model::Model;
pub use output::{Stream, end_progress, print, progress};
pub use program::{Program, finished};
pub use report::Report;
pub use scopes::Scopes;

use clap::Subcommand;

/// The commands that every program has under the same name.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Print the types and operations that the documentation describes, as JSON
    #[command(after_help = EXIT_CODES)]
    Model(Model),
    /// Check the documentation, and write nothing
    #[command(after_help = EXIT_CODES)]
    Lint(Lint),
    /// Print what each stage makes of one type, enum, property, operation or page, with the places on the pages
    #[command(after_help = explain::NAMES)]
    Explain(Explain),
    /// Write a crate to begin with, which generates what it needs from its build script
    #[command(after_help = init::STARTER)]
    Init(Init),
    /// Get the documentation
    #[command(subcommand)]
    Docs(Docs),
    /// Print a smallest set of permissions with which the operations may be sent
    #[command(after_help = scopes::RULE)]
    Scopes(Scopes),
    /// Compare the documentation with the metadata of the service
    #[command(after_help = metadata_diff::COMPARED)]
    MetadataDiff(MetadataDiff),
    /// Write one page of HTML: what was read, how much of it the crate has, what was lost and why
    #[command(after_help = EXIT_CODES)]
    Report(Report),
    /// Print what has changed in the public API between two crates, breaking changes first
    #[command(after_help = api_diff::SIDES)]
    ApiDiff(ApiDiffArgs),
    /// Print the rules that findings fall under, each with an example, as markdown
    Rules,
}

impl Command {
    /// Does what the arguments say.
    ///
    /// # Errors
    ///
    /// Wrong usage, such as a folder without pages, or something that cannot be read or written.
    pub fn run(&self, program: &Program) -> Result<End, Failure> {
        match self {
            Self::Model(args) => model::run(args, program),
            Self::Lint(args) => lint::run(args, program),
            Self::Explain(args) => explain::run(args, program),
            Self::Init(args) => init::run(args, program),
            Self::Docs(docs) => docs::run(docs),
            Self::Scopes(args) => scopes::run(args, program),
            Self::MetadataDiff(args) => metadata_diff::run(args, program),
            Self::Report(args) => report::run(args, program),
            Self::ApiDiff(args) => api_diff::run(args, program),
            Self::Rules => rules(),
        }
    }
}

/// Prints the catalogue of rules: the page that a test writes from rules and fixtures.
fn rules() -> Result<End, Failure> {
    print(Stream::Out, include_str!("../../RULES.md"))?;
    Ok(End::Success)
}
