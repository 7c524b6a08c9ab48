//! How a command ends.

use std::path::PathBuf;

use crate::diagnostics::MalformedBaseline;
use crate::explain::NotExplained;
use crate::read::ReadError;
use crate::write::WriteError;

/// A command that did what it was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// Exit code 0.
    Success,
    /// Findings of error severity, or differences under `--check`: exit code 1.
    Findings,
}

/// A command that could not do it: exit code 2.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
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
    /// There is nothing of this name, or there is more than one.
    #[error(transparent)]
    NotExplained(#[from] NotExplained),
    /// The baseline is none.
    #[error(transparent)]
    Baseline(#[from] MalformedBaseline),
    /// The standard output takes no more, other than because its reader is gone.
    #[error("cannot write to the standard output: {0}")]
    Stdout(std::io::Error),
}
