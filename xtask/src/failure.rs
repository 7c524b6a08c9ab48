//! How a command ends.

use std::path::PathBuf;

use graph_codegen::diagnostics::MalformedBaseline;
use graph_codegen::explain::NotExplained;
use graph_codegen::profile::ProfileError;
use graph_codegen::read::ReadError;
use graph_codegen::write::WriteError;

/// A command that did what it was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    /// Exit code 0.
    Success,
    /// Findings of error severity, or differences under `--check`: exit code 1.
    Findings,
}

/// A command that could not do it: exit code 2.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    /// There is nothing to read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// The crate cannot be written.
    #[error(transparent)]
    Write(#[from] WriteError),
    /// A file cannot be read or written.
    #[error("cannot {action} `{}`: {reason}", path.display())]
    File {
        /// `read the profile` or `write`.
        action: &'static str,
        /// The file.
        path: PathBuf,
        /// Why not.
        reason: std::io::Error,
    },
    /// The profile is none.
    #[error("{path}:{}:{}: not a profile: {}", error.line, error.column, error.message)]
    Profile {
        /// The file.
        path: String,
        /// Where in it, and what was expected there.
        error: ProfileError,
    },
    /// There is nothing of this name, or there is more than one.
    #[error(transparent)]
    NotExplained(#[from] NotExplained),
    /// The baseline is none.
    #[error(transparent)]
    Baseline(#[from] MalformedBaseline),
    /// There is no such type to be decoded.
    #[error(
        "there is no type `{0}`; expected the name of a resource type, with or without its namespace"
    )]
    Decoded(String),
    /// There is no such area.
    #[error("there is no area `{name}`; there are {}", areas.join(", "))]
    Area {
        /// What was asked for.
        name: String,
        /// What there is.
        areas: Vec<String>,
    },
    /// What is emitted has not the form that measuring relies on.
    #[error("`{path}`: {reason}")]
    Form {
        /// The file, below the crate.
        path: String,
        /// What was expected.
        reason: String,
    },
    /// A program that measuring needs did not do it.
    #[error("`{command}` failed:\n{reason}")]
    Program {
        /// The program with its arguments.
        command: String,
        /// Why, or the end of what it said.
        reason: String,
    },
    /// The mock service cannot answer.
    #[error("the mock service cannot run: {0}")]
    Mock(#[from] graph_runtime::Error),
    /// The port cannot be listened on.
    #[error("cannot listen on port {port} of the loopback interface: {reason}")]
    Port {
        /// The port.
        port: u16,
        /// Why not.
        reason: std::io::Error,
    },
    /// The standard output takes no more, other than because its reader is gone.
    #[error("cannot write to the standard output: {0}")]
    Stdout(std::io::Error),
}
