//! A single file, there in full or not at all.

use std::ffi::OsString;
use std::fs;
use std::io::{self, Write};
use std::path::Path;

/// Writes a file: under another name first, which then takes the place of `path`.
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
    let mut name = OsString::from(".");
    name.push(target.file_name().unwrap_or_default());
    name.push(".part");
    let temporary = target.with_file_name(name);
    // What an interrupted run left.
    let _ = fs::remove_file(&temporary);
    let written = create(&temporary, content).and_then(|()| fs::rename(&temporary, &target));
    if written.is_err() {
        // The error that led here is the one to be read.
        let _ = fs::remove_file(&temporary);
    }
    written
}

fn create(path: &Path, content: &str) -> io::Result<()> {
    fs::File::create_new(path)?.write_all(content.as_bytes())
}
