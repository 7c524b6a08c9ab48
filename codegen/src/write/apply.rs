//! Turns what has to be done into files: all new content is written under temporary names first, then moved into place.
//!
//! So a full disk or a missing permission shows itself while the folder is still as it was. What an interrupted run left
//! under such names goes first.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::difference::Difference;
use super::disk::{folders, temporary_name};
use super::error::{self, WriteError};
use crate::tree::OutputTree;

/// What was put on disk and has no place yet.
#[derive(Debug, Default)]
struct Staged {
    /// Folders that were not there, the outer ones first.
    folders: Vec<PathBuf>,
    /// Temporary files, and where they belong.
    files: Vec<(PathBuf, PathBuf)>,
}

/// Makes the changes.
pub(super) fn apply(
    tree: &OutputTree,
    out: &Path,
    difference: &Difference<'_>,
    unfinished: &[String],
) -> Result<(), WriteError> {
    for path in unfinished {
        remove(out, path)?;
    }
    let mut staged = Staged::default();
    let written = stage(tree, out, difference, &mut staged).and_then(|()| settle(&staged));
    if written.is_err() {
        discard(&staged);
    }
    written?;
    for path in &difference.removed {
        remove(out, path)?;
    }
    Ok(())
}

/// Writes all new content under temporary names.
fn stage(
    tree: &OutputTree,
    out: &Path,
    difference: &Difference<'_>,
    staged: &mut Staged,
) -> Result<(), WriteError> {
    for path in difference.added.iter().chain(&difference.changed) {
        let Some(content) = tree.files.get(*path) else {
            continue;
        };
        for folder in folders(path) {
            create_folder(&out.join(folder), &mut staged.folders)?;
        }
        let file = out.join(path);
        let temporary = temporary_name(&file);
        // What else stands there. Opening it could follow a link, so it goes.
        match fs::remove_file(&temporary) {
            Err(failure) if failure.kind() != io::ErrorKind::NotFound => {
                return Err(error::io("replace", temporary)(failure));
            }
            _ => {}
        }
        let mut handle = OpenOptions::new()
            .write(true)
            .create_new(true)
            .open(&temporary)
            .map_err(error::io("create", &file))?;
        staged.files.push((temporary, file.clone()));
        handle
            .write_all(content.as_bytes())
            .map_err(error::io("write", file))?;
    }
    Ok(())
}

/// Moves the temporary files into place.
fn settle(staged: &Staged) -> Result<(), WriteError> {
    for (temporary, file) in &staged.files {
        fs::rename(temporary, file).map_err(error::io("replace", file))?;
    }
    Ok(())
}

/// Takes back what has no place; a file that is already moved is no longer there under its temporary name, and a folder
/// with something in it stays. Failures are not reported: the error that led here is the one to be read.
fn discard(staged: &Staged) {
    for (temporary, _) in &staged.files {
        let _ = fs::remove_file(temporary);
    }
    remove_folders(&staged.folders);
}

/// Removes folders that were created, as far as they are empty.
pub(super) fn remove_folders(created: &[PathBuf]) {
    for folder in created.iter().rev() {
        let _ = fs::remove_dir(folder);
    }
}

/// Creates `folder` and what is missing above it, and notes what it created.
pub(super) fn create_folder(folder: &Path, created: &mut Vec<PathBuf>) -> Result<(), WriteError> {
    if folder.as_os_str().is_empty() || folder.is_dir() {
        return Ok(());
    }
    if let Some(parent) = folder.parent() {
        create_folder(parent, created)?;
    }
    match fs::create_dir(folder) {
        Ok(()) => created.push(folder.to_owned()),
        // Another run was faster.
        Err(failure) if failure.kind() == io::ErrorKind::AlreadyExists && folder.is_dir() => {}
        Err(failure) => return Err(error::io("create", folder)(failure)),
    }
    Ok(())
}

/// Removes a file, and the folders that become empty by that.
fn remove(out: &Path, path: &str) -> Result<(), WriteError> {
    let file = out.join(path);
    fs::remove_file(&file).map_err(error::io("remove", &file))?;
    for folder in folders(path).rev() {
        // A folder that holds anything else cannot be removed this way, and neither can those above it.
        if fs::remove_dir(out.join(folder)).is_err() {
            break;
        }
    }
    Ok(())
}
