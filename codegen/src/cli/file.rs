//! Files that are there in full or not at all.

use std::path::Path;

use super::failure::Failure;
use super::output::{Stream, print};
use crate::read::{MAX_DATA_BYTES, text};
use crate::write::whole;

/// Reads a file that another program wrote; `action` is what a message says that could not be done with it.
pub(super) fn read(path: &Path, action: &'static str) -> Result<String, Failure> {
    text(path, MAX_DATA_BYTES).map_err(Failure::file(action, path))
}

/// Writes a file: under another name first, which then takes the place of `path`.
///
/// # Errors
///
/// The file cannot be written; what was there is left.
pub fn write_whole(path: &Path, content: &str) -> Result<(), Failure> {
    whole(path, content).map_err(Failure::file("write", path))
}

/// Writes text to a file where one is named, and otherwise to the standard output.
pub(super) fn write_or_print(path: Option<&Path>, text: &str) -> Result<(), Failure> {
    match path {
        Some(path) => write_whole(path, text),
        None => print(Stream::Out, text),
    }
}
