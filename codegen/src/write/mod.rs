//! Turns the files of an [`OutputTree`] and what is on disk into changes, and makes them.
//!
//! All is decided before anything is touched: `disk` looks, `difference` decides, `apply` acts. Only files that begin
//! with the generated header are ever replaced or removed, and what an interrupted run left under temporary names.
//!
//! A run that is killed leaves files that are old or new, each in full; the next one makes the rest. Nothing is asked to
//! reach the disk before it is moved into place (`fsync`): that is for machines that lose their power, and all can be made
//! again. It would cost two to four milliseconds a file on a common disk, as much as all else in a run over Microsoft's
//! pages, with its 2,490 files.

mod apply;
mod claim;
mod diff;
mod difference;
mod disk;
mod error;
mod portable;
mod whole;

use std::path::Path;

pub use claim::Claim;
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
/// While it writes, no other run can, nor compare.
///
/// # Errors
///
/// Where `out` cannot be read or written, where a path of the tree is none everywhere or leads out of it, where a file of
/// other origin stands at a path to be written, or where another run is at work. Up to the moment when all new content is
/// on disk under temporary names, an error leaves `out` as it was.
pub fn write(tree: &OutputTree, out: &Path, mode: Mode) -> Result<Changes, WriteError> {
    write_then(tree, out, mode, || {})
}

/// [`write()`], and `then` is called when all of it is done, before another run can write.
///
/// # Errors
///
/// Those of [`write()`].
pub fn write_then(
    tree: &OutputTree,
    out: &Path,
    mode: Mode,
    then: impl FnOnce(),
) -> Result<Changes, WriteError> {
    portable::check_paths(tree)?;
    // The empty path means the current folder when a file is opened below it, but it cannot be looked at itself.
    let out = if out.as_os_str().is_empty() {
        Path::new(".")
    } else {
        out
    };
    let exists = disk::exists(out)?;
    if mode != Mode::Write {
        let _claim = exists.then(|| Claim::to_read(out)).transpose()?;
        return run(tree, out, mode).inspect(|_| then());
    }
    let mut created = Vec::new();
    let written = apply::create_folder(out, &mut created)
        .and_then(|()| Claim::of(out))
        .and_then(|_claim| run(tree, out, mode).inspect(|_| then()));
    if written.is_err() {
        apply::remove_folders(&created);
    }
    written
}

/// The files that [`write()`] would look at in `out` beside those of its tree, and those of a crate that it wrote before: by
/// their names, below `out`, in order.
///
/// # Errors
///
/// A folder cannot be read.
pub fn searched(out: &Path) -> Result<Vec<String>, WriteError> {
    if disk::exists(out)? {
        disk::searched(out, |_| false)
    } else {
        Ok(Vec::new())
    }
}

/// Looks, decides, and acts as the mode says.
fn run(tree: &OutputTree, out: &Path, mode: Mode) -> Result<Changes, WriteError> {
    let looked = disk::look(tree, out)?;
    let plan = difference::decide(tree, &looked.found)?;
    let mut changes = Changes {
        added: owned(&plan.added),
        changed: owned(&plan.changed),
        removed: owned(&plan.removed),
        unchanged: plan.unchanged,
        ..Changes::default()
    };
    match mode {
        Mode::Write => apply::apply(tree, out, &plan, &looked.unfinished)?,
        Mode::Check => {
            (changes.diffs, changes.diffs_left_out) =
                diff::diffs(tree, &looked.found, &plan.changed)
        }
        Mode::DryRun => {}
    }
    Ok(changes)
}

fn owned(paths: &[&str]) -> Vec<String> {
    paths.iter().map(|path| (*path).to_owned()).collect()
}
