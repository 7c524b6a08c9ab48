//! Files that are there in full or not at all.

use std::fs;
use std::io::{self, Read};
use std::path::Path;

use super::failure::Failure;
use super::output::{Stream, print};
use crate::write::whole;

/// The largest file that is read whole, in bytes. The metadata of a service of 4,000 operations has a fortieth of it.
const MOST: u64 = 64 * 1024 * 1024;

/// Reads a file of text; `action` is what a message says that could not be done with it.
pub(super) fn read(path: &Path, action: &'static str) -> Result<String, Failure> {
    let read = || {
        let mut text = String::new();
        let count = fs::File::open(path)?
            .take(MOST + 1)
            .read_to_string(&mut text)?;
        match u64::try_from(count) {
            Ok(count) if count <= MOST => Ok(text),
            _ => Err(io::Error::other(format!("it has more than {MOST} bytes"))),
        }
    };
    read().map_err(Failure::file(action, path))
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
