//! Turns the files of an [`OutputTree`] and what is on disk into changes, and makes them.
//!
//! All is decided before anything is touched: `disk` looks, `difference` decides, `apply` acts. Only files that begin
//! with the generated header are ever replaced or removed.

mod apply;
mod diff;
mod difference;
mod disk;
mod error;
mod whole;

use std::path::Path;

pub use diff::FileDiff;
pub use error::WriteError;
pub use whole::whole;

use crate::tree::OutputTree;

/// What to do about differences.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Make the folder equal to the tree.
    Write,
    /// Touch nothing; say what differs, with the lines.
    Check,
    /// Touch nothing; say what would be done.
    DryRun,
}

/// What was done, or would be. Paths are below the output folder, joined by `/`, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Files that were not there.
    pub added: Vec<String>,
    /// Files that had other content.
    pub changed: Vec<String>,
    /// Files that are no longer produced.
    pub removed: Vec<String>,
    /// How many files are as they were; they are not touched.
    pub unchanged: usize,
    /// For [`Mode::Check`], the lines that differ in changed files, the first files only.
    pub diffs: Vec<FileDiff>,
    /// For [`Mode::Check`], how many changed files [`Changes::diffs`] leaves out because enough is shown.
    pub diffs_left_out: usize,
}

impl Changes {
    /// Whether the folder is equal to the tree.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.changed.is_empty() && self.removed.is_empty()
    }
}

/// Compares `tree` with the folder `out` and, in [`Mode::Write`], makes `out` equal to it.
///
/// Files of other origin in `out` are left alone. Files which are as they should be keep their time of modification.
///
/// # Errors
///
/// Where `out` cannot be read or written, where a path of the tree leads out of it, or where a file of other origin stands
/// at a path to be written. Up to the moment when all new content is on disk under temporary names, an error leaves `out` as it was.
pub fn write(tree: &OutputTree, out: &Path, mode: Mode) -> Result<Changes, WriteError> {
    disk::check_paths(tree)?;
    // The empty path means the current folder when a file is opened below it, but it cannot be looked at itself.
    let out = if out.as_os_str().is_empty() {
        Path::new(".")
    } else {
        out
    };
    let found = disk::look(tree, out)?;
    let plan = difference::decide(tree, &found)?;
    let mut changes = Changes {
        added: owned(&plan.added),
        changed: owned(&plan.changed),
        removed: owned(&plan.removed),
        unchanged: plan.unchanged,
        ..Changes::default()
    };
    match mode {
        Mode::Write => apply::apply(tree, out, &plan)?,
        Mode::Check => {
            (changes.diffs, changes.diffs_left_out) = diff::diffs(tree, &found, &plan.changed)
        }
        Mode::DryRun => {}
    }
    Ok(changes)
}

fn owned(paths: &[&str]) -> Vec<String> {
    paths.iter().map(|path| (*path).to_owned()).collect()
}
