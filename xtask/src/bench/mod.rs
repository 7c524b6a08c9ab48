//! Measures a generated crate. A kind of measurement is a function that adds its rows to the table.

mod clock;
mod compile;
mod coverage;
mod decode;
mod derive;
pub(crate) mod generation;
mod page;
mod syntax;

use std::fs;
use std::path::Path;

use graph_codegen::pipeline::{Generated, Input};

use crate::args::{Bench, Subject};
use crate::cargo;
use crate::failure::Failure;
use crate::table::Table;
use graph_codegen::cli::{self, write_whole};

/// The folder of the crate, and so its package.
pub(crate) const CRATE: &str = "sdk";

/// Measures what the arguments ask for of the crate that was generated from `input`. Crates are written below `folder`.
///
/// # Errors
///
/// Something cannot be written, is not of the form that is expected, or does not compile.
pub(crate) fn bench(
    generated: &Generated,
    input: &Input,
    folder: &Path,
    args: &Bench,
) -> Result<Table, Failure> {
    let wanted = |subject| args.only.is_empty() || args.only.contains(&subject);
    let mut table = Table::default();
    // Before anything that takes long.
    let decoded = match args.decoded.as_deref() {
        Some(name) => {
            Some(decode::object(generated, name).ok_or_else(|| Failure::Decoded(name.to_owned()))?)
        }
        None => decode::object(generated, decode::DEFAULT),
    };
    if wanted(Subject::Coverage) {
        let files = syntax::parse(&generated.tree.files)?;
        coverage::measure(generated, &files, &mut table);
    }
    if wanted(Subject::Generate) {
        generation::measure(generated, input, folder, args, &mut table)?;
    }
    if wanted(Subject::Compile) {
        compile::measure(generated, folder, args, &mut table)?;
    }
    if wanted(Subject::Decode) {
        decode::measure(generated, folder, decoded, &mut table)?;
    }
    Ok(table)
}

/// Writes a crate anew into a folder of the measurement's own.
fn write_crate<'a>(
    folder: &Path,
    files: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> Result<(), Failure> {
    if folder.exists() {
        fs::remove_dir_all(folder).map_err(cli::Failure::file("remove", folder))?;
    }
    for (path, text) in files {
        let path = folder.join(path);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).map_err(cli::Failure::file("create the folder", parent))?;
        }
        write_whole(&path, text)?;
    }
    cargo::lock(folder)
}
