//! Files that are there in full or not at all.

use std::path::Path;

use super::failure::Failure;
use crate::write::whole;

/// Writes a file: under another name first, which then takes the place of `path`.
///
/// # Errors
///
/// The file cannot be written; what was there is left.
pub fn write_whole(path: &Path, content: &str) -> Result<(), Failure> {
    whole(path, content).map_err(Failure::file("write", path))
}
