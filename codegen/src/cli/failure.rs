//! How a command ends.

use std::path::PathBuf;

use crate::corpus::Origin;
use crate::diagnostics::MalformedBaseline;
use crate::explain::NotExplained;
use crate::lock::LockError;
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
    /// The lock cannot be used, or something differs from it.
    #[error(transparent)]
    Lock(#[from] LockError),
    /// The lock does not say where the documentation is from.
    #[error("{} does not say where the documentation is from; fetch it once with --repo, --rev and --path", .0.display())]
    NothingLocked(PathBuf),
    /// This cannot be fetched.
    #[error("`{1}` is not {0}")]
    Wanted(&'static str, String),
    /// A file would be written over.
    #[error("{} is there already; expected a folder without it", .0.display())]
    IsThere(PathBuf),
    /// The address of a repository says who asks.
    #[error(
        "the address of the repository holds credentials, which the lock would show; git can keep them (git help credentials)"
    )]
    Credentials,
    /// The output folder holds something else.
    #[error("{} holds files that were not fetched; expected an empty folder, or one that was fetched", .0.display())]
    NotFetched(PathBuf),
    /// The repository has no such folder.
    #[error("there is no folder {} in {} at {}", .0.path, .0.repository, .0.commit)]
    NoFolder(Origin),
    /// Git cannot do it.
    #[error("`git {arguments}` failed: {reason}")]
    Git {
        /// What it was to do.
        arguments: String,
        /// What it says.
        reason: String,
    },
    /// The model cannot be saved.
    #[error("cannot save the model: {0}")]
    Save(serde_json::Error),
    /// There is nothing of this name, or there is more than one.
    #[error(transparent)]
    NotExplained(#[from] NotExplained),
    /// The baseline is none.
    #[error(transparent)]
    Baseline(#[from] MalformedBaseline),
    /// A file is not what it is read as.
    #[error("{}:{reason}", path.display())]
    Malformed {
        /// The file.
        path: PathBuf,
        /// The line, and what was expected there.
        reason: String,
    },
    /// The arguments contradict each other.
    #[error("{0}")]
    Usage(String),
    /// A crate cannot be compared.
    #[error("`{of}`: {reason}")]
    NotCompared {
        /// The crate, as it was named.
        of: String,
        /// Why not.
        reason: String,
    },
    /// The standard output takes no more, other than because its reader is gone.
    #[error("cannot write to the standard output: {0}")]
    Stdout(std::io::Error),
}

impl Failure {
    /// A file or a folder cannot be read or written: `action` is such as `write`.
    pub fn file(
        action: &'static str,
        path: impl Into<PathBuf>,
    ) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.into();
        move |reason| Self::File {
            action,
            path,
            reason,
        }
    }
}
