//! Turns changed files into unified diffs, as many as someone would read.

use std::collections::BTreeMap;
use std::fmt;

use similar::TextDiff;

use super::disk::Found;
use crate::tree::OutputTree;

/// Lines shown of one file.
const LINES_OF_FILE: usize = 60;

/// Lines shown of all files.
const LINES: usize = 300;

/// The lines of a file that differ; it displays as a unified diff.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileDiff {
    /// The file, below the output folder.
    pub path: String,
    /// The diff without its two header lines.
    pub text: String,
    /// How many lines of the diff are left out at its end.
    pub lines_left_out: usize,
}

impl fmt::Display for FileDiff {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "--- on disk: {path}\n+++ generated: {path}\n{}",
            self.text,
            path = self.path
        )?;
        match self.lines_left_out {
            0 => Ok(()),
            lines => writeln!(f, "… {lines} more lines of this diff"),
        }
    }
}

/// The diffs of the files in `changed`, and how many files are left out.
pub(super) fn diffs(
    tree: &OutputTree,
    found: &BTreeMap<String, Found>,
    changed: &[&str],
) -> (Vec<FileDiff>, usize) {
    let mut diffs = Vec::new();
    let mut left = LINES;
    for path in changed {
        let (Some(after), Some(Found::Generated(Some(before)))) =
            (tree.files.get(*path), found.get(*path))
        else {
            continue;
        };
        if left == 0 {
            break;
        }
        let text = unified(&String::from_utf8_lossy(before), after);
        let lines: Vec<&str> = text.split_inclusive('\n').collect();
        let shown = lines.len().min(LINES_OF_FILE).min(left);
        left -= shown;
        diffs.push(FileDiff {
            path: (*path).to_owned(),
            text: lines[..shown].concat(),
            lines_left_out: lines.len() - shown,
        });
    }
    let left_out = changed.len() - diffs.len();
    (diffs, left_out)
}

fn unified(before: &str, after: &str) -> String {
    TextDiff::from_lines(before, after)
        .unified_diff()
        .context_radius(2)
        .to_string()
}
