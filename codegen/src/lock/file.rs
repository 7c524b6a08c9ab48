//! The lock on disk.

use std::io;
use std::path::{Path, PathBuf};

use super::{Lock, MalformedLock};
use crate::read::{MAX_TEXT_BYTES, text};
use crate::write::whole;

/// Why a lock does not let a run go on.
#[derive(Debug, thiserror::Error)]
pub enum LockError {
    /// The file cannot be read or written.
    #[error("cannot {action} the lock {}: {source}", path.display())]
    File {
        /// `read` or `write`.
        action: &'static str,
        /// The path.
        path: PathBuf,
        /// What the operating system says.
        source: io::Error,
    },
    /// The file is no lock.
    #[error("{}: {source}", path.display())]
    Malformed {
        /// The path.
        path: PathBuf,
        /// What is wrong.
        source: MalformedLock,
    },
    /// The inputs are others.
    #[error("the inputs are not those of {}:\n  {}", path.display(), differences.join("\n  "))]
    Differs {
        /// The path.
        path: PathBuf,
        /// What differs, a line each.
        differences: Vec<String>,
    },
}

impl Lock {
    /// The lock in a file; `None` where there is no file.
    ///
    /// # Errors
    ///
    /// It cannot be read, or is no lock.
    pub fn read(path: &Path) -> Result<Option<Self>, LockError> {
        match text(path, MAX_TEXT_BYTES) {
            Ok(text) => Self::parse(&text)
                .map(Some)
                .map_err(|source| LockError::Malformed {
                    path: path.to_owned(),
                    source,
                }),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(source) => Err(LockError::File {
                action: "read",
                path: path.to_owned(),
                source,
            }),
        }
    }

    /// Holds what there is now to the lock in a file.
    ///
    /// # Errors
    ///
    /// There is none, or something differs.
    pub fn hold(&self, path: &Path) -> Result<(), LockError> {
        let Some(locked) = Self::read(path)? else {
            return Err(LockError::File {
                action: "read",
                path: path.to_owned(),
                source: io::ErrorKind::NotFound.into(),
            });
        };
        let differences = locked.differences(self);
        if differences.is_empty() {
            return Ok(());
        }
        Err(LockError::Differs {
            path: path.to_owned(),
            differences,
        })
    }

    /// Writes the lock, unless the file is this already: its time of modification tells others that something changed.
    ///
    /// # Errors
    ///
    /// The file cannot be written.
    pub fn write(&self, path: &Path) -> Result<(), LockError> {
        let text = self.render();
        if crate::read::text(path, MAX_TEXT_BYTES).is_ok_and(|before| before == text) {
            return Ok(());
        }
        whole(path, &text).map_err(|source| LockError::File {
            action: "write",
            path: path.to_owned(),
            source,
        })
    }
}
