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

/// What was found in an output folder.
#[derive(Debug, Default)]
pub(super) struct Looked {
    /// What stands at paths of interest.
    pub(super) found: BTreeMap<String, Found>,
    /// What an interrupted run left under temporary names, wherever that was.
    pub(super) unfinished: Vec<String>,
}

/// What stands in `out`, by path. A folder that does not exist is empty.
pub(super) fn look(tree: &OutputTree, out: &Path) -> Result<Looked, WriteError> {
    let mut looked = Looked::default();
    if !exists(out)? {
        return Ok(looked);
    }
    for path in tree.files.keys() {
        if let Some(what) = at(out, path)? {
            looked.found.insert(path.clone(), what);
        }
    }
    let is_member = |path: &str| tree.files.contains_key(&format!("{path}/Cargo.toml"));
    for path in searched(out, is_member)? {
        if tree.files.contains_key(&path) {
            continue;
        }
        let file = out.join(&path);
        let mut start = [0; LONGEST_HEADER];
        let read = read_start(&file, &mut start).map_err(error::io("read", &file))?;
        match finished_name(&path) {
            None if is_generated(&start[..read]) => {
                looked.found.insert(path, Found::Generated(None));
            }
            Some(_) if begins_generated(&start[..read]) => looked.unfinished.push(path),
            _ => {}
        }
    }
    Ok(looked)
}

/// The files below `out` that can be ours by their names, in order; of crates in it only those that are members.
pub(super) fn searched(
    out: &Path,
    is_member: impl Fn(&str) -> bool,
) -> Result<Vec<String>, WriteError> {
    let mut paths = Vec::new();
    let entries = WalkDir::new(out)
        .min_depth(1)
        .sort_by_file_name()
        .into_iter()
        .filter_entry(|entry| is_searched(entry, &is_member, out));
    for entry in entries {
        let entry = entry.map_err(|failure| {
            let path = failure.path().unwrap_or(out).to_owned();
            error::io("read", path)(failure.into())
        })?;
        if !entry.file_type().is_file() {
            continue;
        }
        // A name that is not Unicode is none of ours.
        if let Some(path) = below(entry.path(), out)
            && is_ours(finished_name(&path).unwrap_or(&path))
        {
            paths.push(path);
        }
    }
    Ok(paths)
}

/// Whether a file of this name can be one of ours.
fn is_ours(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let extension = name.rsplit_once('.').map(|(_, extension)| extension);
    extension.is_some_and(|text| EXTENSIONS.contains(&text)) || NAMES.contains(&name)
}

/// What the name of a temporary file ends with; nothing reads such a file as Rust. Its beginning is a dot.
const TEMPORARY: &str = ".graph-codegen";

/// The name beside `file` under which its content is written first. No two runs use it at once: they have a claim.
pub(super) fn temporary_name(file: &Path) -> PathBuf {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    file.with_file_name(format!(".{name}{TEMPORARY}"))
}

/// The name of the file that a temporary one would have become.
fn finished_name(path: &str) -> Option<&str> {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.strip_prefix('.')?.strip_suffix(TEMPORARY)
}

/// Whether `out` exists. Where it does not, the nearest folder above it must be one.
pub(super) fn exists(out: &Path) -> Result<bool, WriteError> {
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
fn is_searched(entry: &DirEntry, is_member: &impl Fn(&str) -> bool, out: &Path) -> bool {
    if !entry.file_type().is_dir() {
        return true;
    }
    let is_build = entry.depth() == 1 && entry.file_name() == "target";
    let is_crate = entry.path().join("Cargo.toml").exists()
        && below(entry.path(), out).is_none_or(|path| !is_member(&path));
    !is_build && entry.file_name() != ".git" && !is_crate
}

/// How many bytes of a file show whether it begins with the header.
const LONGEST_HEADER: usize = GENERATED_JSON.len();

/// The header as files of each kind begin with it: a comment of Rust or TOML, or the first key of JSON.
fn headers() -> [String; 3] {
    [
        format!("// {GENERATED_HEADER}"),
        format!("# {GENERATED_HEADER}"),
        GENERATED_JSON.to_owned(),
    ]
}

/// Whether content begins with the header.
pub(super) fn is_generated(content: &[u8]) -> bool {
    headers()
        .iter()
        .any(|header| content.starts_with(header.as_bytes()))
}

/// Whether content begins with the header, or ends within it: a run that is killed may have written no more.
fn begins_generated(content: &[u8]) -> bool {
    is_generated(content)
        || headers()
            .iter()
            .any(|header| header.as_bytes().starts_with(content))
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
