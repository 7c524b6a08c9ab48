//! Which paths a tree may have: those that are one file, below the output folder, on every file system.
//!
//! Names of modules and files are made of ASCII in small letters by `plan`, so that none of this should ever be met; it is
//! the last line, and does not trust the stages before it.

use std::collections::BTreeMap;

use super::disk::{folders, is_generated};
use super::error::WriteError;
use crate::tree::OutputTree;

/// The most bytes of a name: 255 on all common file systems, less the dot and the ending of the temporary name.
const MOST_OF_NAME: usize = 240;

/// The most bytes of a path below the output folder. Linux and macOS have 4,096 and 1,024 for a path from the root.
const MOST_OF_PATH: usize = 800;

/// Names that mean devices on Windows, in every folder, in any letter case and with any extension
/// (Microsoft, "Naming Files, Paths, and Namespaces").
const DEVICES: &[&str] = &["aux", "con", "conin$", "conout$", "nul", "prn"];

/// Refuses a tree whose files would not all be found again below the output folder.
pub(super) fn check_paths(tree: &OutputTree) -> Result<(), WriteError> {
    let mut by_letters: BTreeMap<String, &str> = BTreeMap::new();
    for (path, content) in &tree.files {
        let reason = wrong(path)
            .or_else(|| {
                folders(path)
                    .any(|folder| tree.files.contains_key(folder))
                    .then_some("it lies below another file")
            })
            .or_else(|| {
                // Where letter case does not count, the second would be written over the first.
                folders(path).chain([&**path]).find_map(|part| {
                    let first = by_letters.entry(part.to_ascii_lowercase()).or_insert(part);
                    (*first != part).then_some("another path differs from it in letter case alone")
                })
            })
            // Written, it would be taken for a file of other origin by the next run.
            .or_else(|| {
                (!is_generated(content.as_bytes()))
                    .then_some("its content lacks the generated header")
            });
        if let Some(reason) = reason {
            return Err(WriteError::Path {
                path: path.clone(),
                reason,
            });
        }
    }
    Ok(())
}

/// What is wrong with a path by itself.
fn wrong(path: &str) -> Option<&'static str> {
    if path.starts_with('/') || path.contains(':') {
        return Some("it is absolute");
    }
    // Letters outside of ASCII are one name or two, as the file system has it (Unicode normalization).
    let is_plain = |c: char| (c.is_ascii_graphic() && !"\\<>\"|?*".contains(c)) || c == ' ';
    if !path.chars().all(is_plain) {
        return Some("it has a character that paths cannot have everywhere");
    }
    if path.len() > MOST_OF_PATH {
        return Some("it is longer than paths can be everywhere");
    }
    path.split('/').find_map(|part| {
        if matches!(part, "" | "." | "..") {
            Some("it has an empty part, `.` or `..`")
        } else if part.ends_with(['.', ' ']) {
            Some("a part of it ends with a dot or a blank, which Windows leaves out")
        } else if part.len() > MOST_OF_NAME {
            Some("a part of it is longer than names can be everywhere")
        } else if is_device(part) {
            Some("a part of it is a device on Windows")
        } else {
            None
        }
    })
}

/// Whether a name means a device on Windows.
fn is_device(name: &str) -> bool {
    let name = name.split('.').next().unwrap_or(name).trim_end();
    let name = name.to_ascii_lowercase();
    let is_port = ["com", "lpt"].iter().any(|port| {
        name.strip_prefix(port)
            .is_some_and(|rest| rest.len() == 1 && rest.bytes().all(|byte| byte.is_ascii_digit()))
    });
    is_port || DEVICES.contains(&name.as_str())
}
