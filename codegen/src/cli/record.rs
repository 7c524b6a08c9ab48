//! What the last run found and wrote, so that the next one can tell that there is nothing to do: it reads the pages then,
//! looks at the files that it would write, and says again what there was to say.

use std::collections::BTreeMap;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use serde::{Deserialize, Serialize};

use super::args::Findings;
use super::file::write_whole;
use crate::pipeline::{Documentation, Input};
use crate::plan::PlanOptions;
use crate::write::searched;

/// The folder of the record, below that of the crate: where cargo has what it builds, which is no part of the crate.
const FOLDER: &str = "target/graph-codegen";

/// The name of the record.
const FILE: &str = "record.json";

/// The length and time of modification of a file, in nanoseconds since 1970: those of a file that is written change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Stamp {
    length: u64,
    modified: u128,
}

/// A run that ended without an error, after which the folder of the crate was as it should be.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Record {
    /// The hash of all that decides what a run finds and writes.
    inputs: u64,
    /// The files of the crate, and those beside them that such a run would look at.
    files: BTreeMap<String, Stamp>,
    /// How many files of the crate there are.
    pub(super) count: usize,
    /// What was said about the pages.
    pub(super) findings: String,
    /// What was said about the crate.
    pub(super) counts: String,
}

/// Where the record of a run is kept, and what it depends on.
#[derive(Debug)]
pub(super) struct Place {
    folder: PathBuf,
    inputs: u64,
}

impl Place {
    /// For a run that writes `out`; `None` where the program itself cannot be told from another.
    pub(super) fn new(
        out: &Path,
        documentation: &Documentation,
        input: &Input,
        options: &PlanOptions,
        how: &Findings,
    ) -> Option<Self> {
        let program = std::env::current_exe().ok()?;
        let program = (stamp(&program)?, program);
        // The baseline is read again by each run: it is short, and an error where it is malformed.
        let baseline = how.baseline.as_ref().map(|path| fs::read(path).ok());
        // The same program reads the record again, so that it need not be a hash that others know. One that nobody can
        // forge takes five times as long.
        let mut inputs = DefaultHasher::new();
        documentation.corpus.hash(&mut inputs);
        for text in [
            format!("{program:?}"),
            format!("{:?}", documentation.diagnostics),
            format!("{:?} {:?}", input.source, input.profile.digest),
            format!("{:?} {:?}", input.selection, input.denied),
            format!("{:?} {:?} {baseline:?}", how.format, how.deny),
            format!("{options:?}"),
        ] {
            text.hash(&mut inputs);
        }
        Some(Self {
            folder: out.join(FOLDER),
            inputs: inputs.finish(),
        })
    }

    /// The record of a run on the same inputs, where there is one, and no file has changed since.
    pub(super) fn unchanged(&self, out: &Path) -> Option<Record> {
        let text = fs::read_to_string(self.folder.join(FILE)).ok()?;
        let record: Record = serde_json::from_str(&text).ok()?;
        let same = record.inputs == self.inputs && record.files == files(out)?;
        same.then_some(record)
    }

    /// Records that the crate in `out` is as it should be.
    ///
    /// No other run may write there at that time. That it cannot be recorded is not reported: the next run takes longer, and that is all.
    pub(super) fn record(&self, out: &Path, count: usize, findings: &str, counts: &str) {
        let Some(files) = files(out) else {
            return;
        };
        let record = Record {
            inputs: self.inputs,
            files,
            count,
            findings: findings.to_owned(),
            counts: counts.to_owned(),
        };
        if let Ok(text) = serde_json::to_string(&record)
            && fs::create_dir_all(&self.folder).is_ok()
            // It is of no use to anybody else, so that no repository is to have it.
            && write_whole(&self.folder.join(".gitignore"), "*\n").is_ok()
        {
            let _ = write_whole(&self.folder.join(FILE), &text);
        }
    }
}

/// The files that a run writes to a folder or looks at there.
fn files(out: &Path) -> Option<BTreeMap<String, Stamp>> {
    let paths = searched(out).ok()?.into_iter();
    paths
        .map(|path| {
            let stamp = stamp(&out.join(&path))?;
            Some((path, stamp))
        })
        .collect()
}

fn stamp(path: &Path) -> Option<Stamp> {
    let metadata = fs::symlink_metadata(path).ok()?;
    let modified = metadata.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
    Some(Stamp {
        length: metadata.len(),
        modified: modified.as_nanos(),
    })
}
