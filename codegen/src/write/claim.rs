//! One run at a time in a folder: an advisory lock, which ends with its process however that ends.
//!
//! It is on the folder itself, so that nothing of it lies among the written files, and so that it holds however the
//! folder is named. Where a folder cannot be locked, as on Windows and on some network drives, it is on a file beside the
//! folder, which is removed at the end.

use std::fs::{self, File, TryLockError};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use super::error::{self, WriteError};

/// How often a lock file that its owner has just removed is made anew.
const ROUNDS: usize = 100;

/// What the owner of a lock file writes into it before it goes: who has it open then knows that it is none any more.
const GONE: &[u8] = b"removed";

/// A folder that no other run writes to; until it is dropped.
#[derive(Debug)]
pub struct Claim {
    /// The locked folder or file.
    handle: File,
    /// Where the file is.
    beside: Option<PathBuf>,
}

impl Claim {
    /// Claims a folder that exists, to write to it.
    ///
    /// # Errors
    ///
    /// [`WriteError::Busy`] where another run has it, at once: two runs that write one folder are a mistake more often than
    /// not, and the second would undo what the first has done. Or there can be no lock.
    pub fn of(folder: &Path) -> Result<Self, WriteError> {
        match File::open(folder).map(|handle| (handle.try_lock(), handle)) {
            Ok((Ok(()), handle)) if is_still(&handle, folder) != Some(false) => Ok(Self {
                handle,
                beside: None,
            }),
            // Another folder has taken its place: somebody is at work there.
            Ok((Ok(()) | Err(TryLockError::WouldBlock), _)) => {
                Err(WriteError::Busy(folder.to_owned()))
            }
            Ok((Err(TryLockError::Error(_)), _)) | Err(_) => Self::beside(folder),
        }
    }

    /// Claims a folder to read it, beside others who read it. Where the folder itself cannot be locked, there is no claim:
    /// who reads writes nothing, not even a lock file.
    ///
    /// # Errors
    ///
    /// [`WriteError::Busy`] where another run writes to it: what is read then is neither the old content nor the new one.
    pub(super) fn to_read(folder: &Path) -> Result<Option<Self>, WriteError> {
        let Ok(handle) = File::open(folder) else {
            return Ok(None);
        };
        match handle.try_lock_shared() {
            Ok(()) => Ok(Some(Self {
                handle,
                beside: None,
            })),
            Err(TryLockError::WouldBlock) => Err(WriteError::Busy(folder.to_owned())),
            Err(TryLockError::Error(_)) => Ok(None),
        }
    }

    /// Claims a folder by a file beside it.
    fn beside(folder: &Path) -> Result<Self, WriteError> {
        let folder = fs::canonicalize(folder).map_err(error::io("lock", folder))?;
        let mut name = std::ffi::OsString::from(".");
        name.push(folder.file_name().unwrap_or_default());
        name.push(".graph-codegen-lock");
        let path = folder.with_file_name(name);
        for _ in 0..ROUNDS {
            let opened = File::options()
                .read(true)
                .append(true)
                .create(true)
                .open(&path);
            let mut handle = opened.map_err(error::io("lock", &path))?;
            match handle.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => return Err(WriteError::Busy(folder)),
                Err(TryLockError::Error(failure)) => {
                    return Err(error::io("lock", path)(failure));
                }
            }
            let mut content = Vec::new();
            let read = handle.read_to_end(&mut content);
            read.map_err(error::io("lock", &path))?;
            if content.is_empty() {
                return Ok(Self {
                    handle,
                    beside: Some(path),
                });
            }
            // Its owner was ended between marking it and removing it, or has removed it since.
            let _ = fs::remove_file(&path);
        }
        Err(WriteError::Busy(folder))
    }
}

impl Drop for Claim {
    fn drop(&mut self) {
        if let Some(path) = &self.beside {
            // What is not removed is marked, and the next run removes it.
            let _ = self.handle.write_all(GONE);
            let _ = fs::remove_file(path);
        }
        let _ = self.handle.unlock();
    }
}

/// Whether what is at a path is what was opened there: it may have been removed or replaced before the lock was had. `None`
/// where the system does not say; an open folder cannot be replaced there.
#[cfg(unix)]
pub(super) fn is_still(handle: &File, path: &Path) -> Option<bool> {
    use std::os::unix::fs::MetadataExt;
    let opened = handle.metadata().ok()?;
    let there = fs::metadata(path);
    Some(there.is_ok_and(|there| (opened.dev(), opened.ino()) == (there.dev(), there.ino())))
}

#[cfg(not(unix))]
pub(super) fn is_still(_: &File, _: &Path) -> Option<bool> {
    None
}

#[cfg(test)]
mod tests {
    use super::{Claim, GONE};
    use crate::write::WriteError;

    #[test]
    fn a_file_beside_a_folder_keeps_others_out() {
        let root = tempfile::tempdir().unwrap();
        let out = root.path().join("out");
        std::fs::create_dir(&out).unwrap();
        let file = root.path().join(".out.graph-codegen-lock");
        // As a run leaves it that was ended with the file in its hands, and then one that was ended at its end.
        for content in [&b""[..], GONE] {
            std::fs::write(&file, content).unwrap();
            let claim = Claim::beside(&out).unwrap();
            assert!(matches!(Claim::beside(&out), Err(WriteError::Busy(_))));
            drop(claim);
            assert!(!file.exists());
        }
        drop(Claim::beside(&out).unwrap());
        assert!(!file.exists());
    }

    #[test]
    fn readers_stand_beside_each_other_and_keep_writers_out() {
        let root = tempfile::tempdir().unwrap();
        let busy = |claim: Result<Claim, WriteError>| matches!(claim, Err(WriteError::Busy(_)));
        let one = Claim::to_read(root.path()).unwrap();
        let two = Claim::to_read(root.path()).unwrap();
        if one.is_some() {
            assert!(busy(Claim::of(root.path())));
        }
        drop((one, two));
        let writer = Claim::of(root.path()).unwrap();
        assert!(busy(Claim::of(root.path())));
        assert!(writer.beside.is_some() || Claim::to_read(root.path()).is_err());
        drop(writer);
        drop(Claim::of(root.path()).unwrap());
    }
}
