//! The file of known findings: read before findings are reported, or written from them.

use std::path::Path;

use crate::diagnostics::Baseline;
use crate::pipeline::Model;
use crate::read::{MAX_TEXT_BYTES, text};
use crate::select::Selection;

use super::args::Findings;
use super::failure::Failure;
use super::file::write_whole;

/// The baseline that the arguments name. It is read before the pages are, so that a wrong one costs no time.
pub(super) fn read(how: &Findings) -> Result<Option<Baseline>, Failure> {
    let Some(path) = &how.baseline else {
        return Ok(None);
    };
    let text = text(path, MAX_TEXT_BYTES).map_err(Failure::file("read the baseline", path))?;
    Ok(Some(Baseline::parse(path.display().to_string(), &text)?))
}

/// Takes the known findings out of what a run has found.
pub(super) fn apply(baseline: Option<&Baseline>, model: &mut Model, selection: &Selection) {
    if let Some(baseline) = baseline {
        let selective = !selection.is_empty();
        baseline.apply(&mut model.diagnostics, &model.corpus, selective);
    }
}

/// Writes what a run has found as a baseline; from then on it is known. Gives the line to be printed.
pub(super) fn write(path: &Path, model: &mut Model) -> Result<String, Failure> {
    let (text, count) = Baseline::write(&model.diagnostics, &model.corpus);
    write_whole(path, &text)?;
    let path = path.display().to_string();
    let line = format!(
        "wrote {path}: {count} finding{}\n",
        if count == 1 { "" } else { "s" }
    );
    Baseline::parse(path, &text)?.apply(&mut model.diagnostics, &model.corpus, false);
    Ok(line)
}
