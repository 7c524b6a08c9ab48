//! What can keep files from being written.

use std::fmt;
use std::io;
use std::path::PathBuf;

/// How many paths an error names before it counts.
const NAMED: usize = 10;

/// Why nothing, or not all, was written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The output folder is something else.
    #[error("the output `{}` is not a folder", .0.display())]
    NotAFolder(PathBuf),
    /// The file system refused.
    #[error("cannot {action} `{}`: {error}", path.display())]
    Io {
        /// What was tried: `read`, `lock`, `create`, `write`, `replace`, `remove`.
        action: &'static str,
        /// On what.
        path: PathBuf,
        /// Why not.
        error: io::Error,
    },
    /// Another run is at work there.
    #[error("another run is at work in `{}`; run again when it is done", .0.display())]
    Busy(PathBuf),
    /// Files that the generator did not write stand where it has to write.
    #[error("not written by graph-codegen, so not replaced: {}; move them away or choose another folder", Listed(.0))]
    Foreign(Vec<PathBuf>),
    /// A path of the tree is none below the output folder.
    #[error("the path `{path}` cannot be written: {reason}")]
    Path {
        /// The path.
        path: String,
        /// What is wrong with it.
        reason: &'static str,
    },
}

/// Adds what was tried to an error of the file system.
pub(super) fn io(
    action: &'static str,
    path: impl Into<PathBuf>,
) -> impl FnOnce(io::Error) -> WriteError {
    let path = path.into();
    move |error| WriteError::Io {
        action,
        path,
        error,
    }
}

/// The first paths, and how many more there are.
struct Listed<'a>(&'a [PathBuf]);

impl fmt::Display for Listed<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, path) in self.0.iter().take(NAMED).enumerate() {
            let separator = if index == 0 { "" } else { ", " };
            write!(f, "{separator}`{}`", path.display())?;
        }
        match self.0.len().saturating_sub(NAMED) {
            0 => Ok(()),
            more => write!(f, " and {more} more"),
        }
    }
}
