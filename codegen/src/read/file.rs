//! Reads one file: no more of it than its kind may have, and nothing that would be waited for.

use std::fs::{self, File, Metadata};
use std::io::{self, Read};
use std::path::Path;

/// What is at a path, its links followed; an error unless it is a file. To open a pipe waits until somebody writes, and a
/// device may have no end.
pub(super) fn regular(path: &Path) -> io::Result<Metadata> {
    let metadata = fs::metadata(path)?;
    if metadata.is_file() {
        return Ok(metadata);
    }
    Err(io::Error::other(match metadata.is_dir() {
        true => "it is a folder; expected a file",
        false => "it is a pipe, a socket or a device; expected a file",
    }))
}

/// The bytes of a file, which may have grown since it was looked at: one more than `most` at the utmost.
pub(super) fn bytes(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(most + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The text of a file that was named by the caller; that may be a pipe.
///
/// # Errors
///
/// It cannot be read, has more than `most` bytes, or is not UTF-8.
pub fn text(path: &Path, most: u64) -> io::Result<String> {
    let too_large = |size: u64| {
        let reason = format!("it has {size} bytes; {most} are the most that is read of it");
        Err(io::Error::new(io::ErrorKind::FileTooLarge, reason))
    };
    let metadata = fs::metadata(path)?;
    if metadata.is_file() && metadata.len() > most {
        return too_large(metadata.len());
    }
    let bytes = bytes(path, most)?;
    match u64::try_from(bytes.len()) {
        Ok(size) if size <= most => {}
        _ => return too_large(most.saturating_add(1)),
    }
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let reason = format!("it is not UTF-8 at byte {at}");
        io::Error::new(io::ErrorKind::InvalidData, reason)
    })
}
