//! A single file, there in full or not at all.

use std::ffi::OsString;
use std::fs::{self, File, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::claim::is_still;

/// How many temporary names there are for one file: so many runs can write it at once.
const NAMES: usize = 100;

/// Writes a file: under another name first, which then takes the place of `path`. Of several runs that write one file at
/// once, the last one's content is there in the end.
///
/// The content is on disk before it takes the place, even where the machine loses its power: a lock or a baseline is not
/// made anew as easily as code.
///
/// # Errors
///
/// The file cannot be written; what was there is left.
pub fn whole(path: &Path, content: &str) -> io::Result<()> {
    // A link stays, and what it leads to is replaced.
    let target = match fs::symlink_metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => path.to_owned(),
        Err(error) => return Err(error),
        Ok(_) => path.canonicalize()?,
    };
    match fs::metadata(&target) {
        Ok(metadata) if metadata.is_dir() => {
            return Err(io::Error::other("this is a folder"));
        }
        // A pipe or a device cannot be replaced.
        Ok(metadata) if !metadata.is_file() => return fs::write(&target, content),
        _ => {}
    }
    let (temporary, mut file) = own(&target)?;
    let written = file
        .write_all(content.as_bytes())
        .and_then(|()| file.sync_all())
        .and_then(|()| fs::rename(&temporary, &target));
    if written.is_err() {
        // The error that led here is the one to be read.
        let _ = fs::remove_file(&temporary);
    }
    written
}

/// A temporary file that is this run's own, locked as a sign that its run is not over. What interrupted runs left goes.
fn own(target: &Path) -> io::Result<(PathBuf, File)> {
    let mut numbers = 0..NAMES;
    while let Some(number) = numbers.next() {
        let path = temporary_name(target, number);
        let mut created = File::create_new(&path);
        let is_there = |error: &io::Error| error.kind() == io::ErrorKind::AlreadyExists;
        if created.as_ref().is_err_and(is_there) && swept(&path) {
            created = File::create_new(&path);
        }
        let file = match created {
            Ok(file) => file,
            Err(error) if is_there(&error) => continue,
            Err(error) => return Err(error),
        };
        // Another run may have taken the file for one that was left. Where there are no locks, none takes any.
        let is_taken = matches!(file.try_lock(), Err(TryLockError::WouldBlock));
        if !is_taken && is_still(&file, &path) != Some(false) {
            let _ = numbers.all(|number| swept(&temporary_name(target, number)));
            return Ok((path, file));
        }
    }
    Err(io::Error::other("too many runs write it at once"))
}

/// Removes a temporary file that no run has; false where there is none, where it is in use, or where that cannot be known.
fn swept(path: &Path) -> bool {
    let unused = |file: File| {
        // Between opening and locking it, its run may have moved it into place, and another one may have made a new file.
        file.try_lock().is_ok()
            && is_still(&file, path) == Some(true)
            && fs::remove_file(path).is_ok()
    };
    match fs::symlink_metadata(path) {
        Ok(metadata) if metadata.is_symlink() => fs::remove_file(path).is_ok(),
        // To open anything else, such as a pipe, may wait for ever.
        Ok(metadata) if metadata.is_file() => File::open(path).is_ok_and(unused),
        _ => false,
    }
}

/// A name beside `target`.
fn temporary_name(target: &Path, number: usize) -> PathBuf {
    let mut name = OsString::from(".");
    name.push(target.file_name().unwrap_or_default());
    name.push(".part");
    if number > 0 {
        name.push(number.to_string());
    }
    target.with_file_name(name)
}
