//! The arguments that several commands take.

use std::path::PathBuf;

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};

use crate::diagnostics::{Format, Rule};

/// What is said about exit codes.
pub const EXIT_CODES: &str = "\
Exit codes:
  0  done
  1  findings of error severity, or differences under --check
  2  wrong usage: a folder without pages, an output that cannot be written, a malformed profile";

/// What is read.
#[derive(Debug, Default, Args)]
pub struct Source {
    /// The documentation: a folder with `api/` and `resources/`, or any folder of pages
    #[arg(long, value_name = "DIR")]
    pub(super) docs: Option<PathBuf>,
    /// What the pages have wrong, as TOML [default: corrections.toml in DIR, where there is one]
    #[arg(long, value_name = "FILE")]
    pub(super) corrections: Option<PathBuf>,
    /// A saved model in the place of pages, as `model --complete` writes it
    #[arg(long, value_name = "FILE", conflicts_with_all = ["docs", "corrections"])]
    pub(super) model: Option<PathBuf>,
    /// How the pages are worded, as TOML [default: the embedded profile]
    #[arg(long, value_name = "FILE")]
    pub(super) profile: Option<PathBuf>,
}

/// Which operations are wanted.
#[derive(Debug, Default, Args)]
pub struct Wanted {
    /// Keep only operations that match, and the types that they need: a path (`/users/*`), an operation
    /// (`GET /users/{id}`), a page (`user-list`) or an area (`users`); repeatable
    #[arg(long, value_name = "PATTERN")]
    pub(super) select: Vec<String>,
    /// Leave out operations that match; repeatable
    #[arg(long, value_name = "PATTERN")]
    pub(super) exclude: Vec<String>,
}

/// What is done with findings.
#[derive(Debug, Args)]
pub struct Findings {
    /// How findings are written: to FILE where there is one, else to the terminal
    #[arg(long, default_value = "human", value_parser = formats())]
    pub(super) format: Format,
    /// Write all findings, notes included, to this file
    #[arg(long, value_name = "FILE")]
    pub(super) diagnostics: Option<PathBuf>,
    /// Make the findings of a rule errors; repeatable, `rules` lists them
    #[arg(long, value_name = "RULE")]
    pub(super) deny: Vec<Rule>,
    /// Leave out the findings that this file lists, and report its entries that match none
    #[arg(long, value_name = "FILE")]
    pub(super) baseline: Option<PathBuf>,
}

/// Reads the name of a format.
fn formats() -> impl TypedValueParser<Value = Format> {
    PossibleValuesParser::new(Format::ALL.iter().map(|format| format.as_str()))
        .try_map(|name| name.parse::<Format>())
}
