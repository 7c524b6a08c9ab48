//! Turns the tree and what stands on disk into what has to be done.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::disk::Found;
use super::error::WriteError;
use crate::tree::OutputTree;

/// What has to be done, in order of the paths.
#[derive(Debug, Default)]
pub(super) struct Difference<'a> {
    /// Files to create.
    pub(super) added: Vec<&'a str>,
    /// Files to replace.
    pub(super) changed: Vec<&'a str>,
    /// Files to remove.
    pub(super) removed: Vec<&'a str>,
    /// How many files are as they should be.
    pub(super) unchanged: usize,
}

/// Compares; files of other origin in the way are an error, all of them in one.
pub(super) fn decide<'a>(
    tree: &'a OutputTree,
    found: &'a BTreeMap<String, Found>,
) -> Result<Difference<'a>, WriteError> {
    let mut difference = Difference::default();
    let mut foreign: Vec<PathBuf> = Vec::new();
    for (path, content) in &tree.files {
        match found.get(path) {
            None => difference.added.push(path),
            Some(Found::Generated(Some(before))) if before == content.as_bytes() => {
                difference.unchanged += 1
            }
            Some(Found::Generated(_)) => difference.changed.push(path),
            Some(Found::Foreign(path)) => foreign.push(path.clone()),
        }
    }
    difference.removed = found
        .keys()
        .filter(|path| !tree.files.contains_key(*path))
        .map(String::as_str)
        .collect();
    // One link in place of a folder is in the way of many files.
    foreign.dedup();
    if foreign.is_empty() {
        Ok(difference)
    } else {
        Err(WriteError::Foreign(foreign))
    }
}
