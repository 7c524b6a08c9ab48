//! Turns an output folder into what is known of it: the files that the tree wants to write, and generated ones beside them.
//!
//! Nothing is followed: a link is never a generated file, and a folder behind one is not looked into.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use super::error::{self, WriteError};
use crate::tree::{GENERATED_HEADER, GENERATED_JSON, OutputTree};

/// The kinds of files that are written; others cannot be left over from an earlier run.
const EXTENSIONS: &[&str] = &["json", "rs", "toml", "txt"];

/// Files without an extension that are written.
const NAMES: &[&str] = &["NOTICE"];

/// What stands at a path of interest.
#[derive(Debug)]
pub(super) enum Found {
    /// A file that begins with the generated header; its content where the tree has a file of this path.
    Generated(Option<Vec<u8>>),
    /// A file without the header, a folder, or a link, where the tree has a file or a folder.
    Foreign(PathBuf),
}

/// Refuses a tree whose files would not all be found again below the output folder.
pub(super) fn check_paths(tree: &OutputTree) -> Result<(), WriteError> {
    for (path, content) in &tree.files {
        let bad = |reason| {
            Err(WriteError::Path {
                path: path.clone(),
                reason,
            })
        };
        if path.starts_with('/') || path.contains(':') {
            return bad("it is absolute");
        }
        if path.contains(['\\', '\0']) {
            return bad("it has a character that paths cannot have everywhere");
        }
        if path.split('/').any(|part| matches!(part, "" | "." | "..")) {
            return bad("it has an empty part, `.` or `..`");
        }
        if folders(path).any(|folder| tree.files.contains_key(folder)) {
            return bad("it lies below another file");
        }
        if !is_generated(content.as_bytes()) {
            // Written, it would be taken for a file of other origin by the next run.
            return bad("its content lacks the generated header");
        }
    }
    Ok(())
}

/// What stands in `out`, by path. A folder that does not exist is empty.
pub(super) fn look(tree: &OutputTree, out: &Path) -> Result<BTreeMap<String, Found>, WriteError> {
    let mut found = BTreeMap::new();
    if !exists(out)? {
        return Ok(found);
    }
    for path in tree.files.keys() {
        if let Some(what) = at(out, path)? {
            found.insert(path.clone(), what);
        }
    }
    let entries = WalkDir::new(out)
        .min_depth(1)
        .sort_by_file_name()
        .into_iter()
        .filter_entry(|entry| is_searched(entry, tree, out));
    for entry in entries {
        let entry = entry.map_err(|failure| {
            let path = failure.path().unwrap_or(out).to_owned();
            error::io("read", path)(failure.into())
        })?;
        let extension = entry.path().extension().and_then(OsStr::to_str);
        let is_ours = extension.is_some_and(|text| EXTENSIONS.contains(&text))
            || NAMES.iter().any(|name| entry.file_name() == *name);
        if !entry.file_type().is_file() || !is_ours {
            continue;
        }
        // A name that is not Unicode is none of ours.
        let Some(path) = below(entry.path(), out) else {
            continue;
        };
        if tree.files.contains_key(&path) {
            continue;
        }
        let mut start = [0; GENERATED_HEADER.len() + "{\n  \"".len()];
        let read = read_start(entry.path(), &mut start).map_err(error::io("read", entry.path()))?;
        if is_generated(&start[..read]) {
            found.insert(path, Found::Generated(None));
        }
    }
    Ok(found)
}

/// Whether `out` exists. Where it does not, the nearest folder above it must be one.
fn exists(out: &Path) -> Result<bool, WriteError> {
    match fs::metadata(out) {
        Ok(metadata) if metadata.is_dir() => Ok(true),
        Ok(_) => Err(WriteError::NotAFolder(out.to_owned())),
        Err(failure) if failure.kind() == io::ErrorKind::NotFound => {
            match fs::symlink_metadata(out) {
                // A link to nowhere: creating the folder would fail.
                Ok(_) => Err(WriteError::NotAFolder(out.to_owned())),
                Err(_) => Ok(false),
            }
        }
        // `NotADirectory`: something above it is a file.
        Err(failure) => Err(error::io("create", out)(failure)),
    }
}

/// What stands at `path` of the tree.
fn at(out: &Path, path: &str) -> Result<Option<Found>, WriteError> {
    for folder in folders(path) {
        let folder = out.join(folder);
        match fs::symlink_metadata(&folder) {
            Ok(metadata) if metadata.is_dir() => {}
            Ok(_) => return Ok(Some(Found::Foreign(folder))),
            Err(failure) if failure.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(failure) => return Err(error::io("read", folder)(failure)),
        }
    }
    let file = out.join(path);
    match fs::symlink_metadata(&file) {
        Ok(metadata) if metadata.is_file() => {
            let content = fs::read(&file).map_err(error::io("read", &file))?;
            Ok(Some(if is_generated(&content) {
                Found::Generated(Some(content))
            } else {
                Found::Foreign(file)
            }))
        }
        Ok(_) => Ok(Some(Found::Foreign(file))),
        Err(failure) if failure.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(failure) => Err(error::io("read", file)(failure)),
    }
}

/// Whether left-over files are looked for below a folder. Not in what cargo builds, not in a repository's own files, and
/// not in another crate: that one may be generated too, but not by this run.
fn is_searched(entry: &DirEntry, tree: &OutputTree, out: &Path) -> bool {
    if !entry.file_type().is_dir() {
        return true;
    }
    let is_build = entry.depth() == 1 && entry.file_name() == "target";
    let is_crate = entry.path().join("Cargo.toml").exists()
        && below(entry.path(), out)
            .is_none_or(|path| !tree.files.contains_key(&format!("{path}/Cargo.toml")));
    !is_build && entry.file_name() != ".git" && !is_crate
}

/// Whether content begins with the header, in a comment of Rust or TOML or as the first key of JSON.
fn is_generated(content: &[u8]) -> bool {
    let in_comment = |comment: &str| {
        content
            .strip_prefix(comment.as_bytes())
            .is_some_and(|rest| rest.starts_with(GENERATED_HEADER.as_bytes()))
    };
    ["// ", "# "].into_iter().any(in_comment) || content.starts_with(GENERATED_JSON.as_bytes())
}

/// Fills `start` as far as the file goes; returns how far.
fn read_start(path: &Path, start: &mut [u8]) -> io::Result<usize> {
    let mut file = File::open(path)?;
    let mut filled = 0;
    while filled < start.len() {
        match file.read(&mut start[filled..])? {
            0 => break,
            read => filled += read,
        }
    }
    Ok(filled)
}

/// `path` as the tree would name it.
fn below(path: &Path, out: &Path) -> Option<String> {
    let parts: Option<Vec<&str>> = path
        .strip_prefix(out)
        .ok()?
        .iter()
        .map(OsStr::to_str)
        .collect();
    Some(parts?.join("/"))
}

/// The folders above a path of the tree, the outermost first.
pub(super) fn folders(path: &str) -> impl DoubleEndedIterator<Item = &str> {
    path.match_indices('/').map(|(at, _)| &path[..at])
}
