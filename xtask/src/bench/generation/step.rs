//! What is run in a process of its own to be measured: the least that any generator does, and another program.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use graph_codegen::cli::{self, Stream, print};
use pulldown_cmark::{Options, Parser};
use serde_json::json;

use super::super::clock;
use crate::args::Step;
use crate::failure::Failure;

/// Does the step, and prints what it came to.
pub(crate) fn run(step: &Step) -> Result<(), Failure> {
    let text = match step {
        Step::Cost { command } => {
            let [program, arguments @ ..] = &**command else {
                return Ok(());
            };
            let (cost, _) = clock::run(Command::new(program).args(arguments))?;
            json!({ "user": cost.user, "system": cost.system, "mebibytes": cost.peak }).to_string()
        }
        Step::Read { folder } => {
            let texts = texts(pages(folder)?)?;
            format!(
                "{} bytes",
                texts.iter().map(|(_, text)| text.len()).sum::<usize>()
            )
        }
        Step::Parse { folder } => {
            let texts = texts(pages(folder)?)?;
            let events = texts.iter().map(|(_, text)| {
                Parser::new_ext(text, Options::ENABLE_TABLES)
                    .into_offset_iter()
                    .count()
            });
            format!("{} events", events.sum::<usize>())
        }
        Step::Format { folder } => {
            let rust = files(folder)?.into_iter();
            let rust = rust.filter(|path| path.extension().is_some_and(|name| name == "rs"));
            let mut bytes = 0;
            for (path, text) in texts(rust.collect())? {
                let file = syn::parse_file(&text).map_err(|error| Failure::Form {
                    path: path.display().to_string(),
                    reason: error.to_string(),
                })?;
                bytes += prettyplease::unparse(&file).len();
            }
            format!("{bytes} bytes")
        }
    };
    Ok(print(Stream::Out, &format!("{text}\n"))?)
}

/// The pages below a folder.
pub(super) fn pages(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let mut files = files(folder)?;
    files.retain(|path| path.extension().is_some_and(|name| name == "md"));
    Ok(files)
}

/// All files below a folder, in the order of their paths.
pub(super) fn files(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let failed = || cli::Failure::file("read", &folder);
        for entry in fs::read_dir(&folder).map_err(failed())? {
            let entry = entry.map_err(failed())?;
            let kind = entry.file_type().map_err(failed())?;
            if kind.is_dir() {
                folders.push(entry.path());
            } else if kind.is_file() {
                files.push(entry.path());
            }
        }
    }
    files.sort();
    Ok(files)
}

/// The files with their text; what is not UTF-8 is read as far as it is.
fn texts(files: Vec<PathBuf>) -> Result<Vec<(PathBuf, String)>, Failure> {
    files
        .into_iter()
        .map(|path| {
            let bytes = fs::read(&path).map_err(cli::Failure::file("read", &path))?;
            let text = String::from_utf8(bytes)
                .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned());
            Ok((path, text))
        })
        .collect()
}
