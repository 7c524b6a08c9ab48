//! The pages that are mutated: all of our own, and a sample of the real ones where they lie beside the checkout.

use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use crate::run::File;

/// How many real pages are in the sample, evenly taken from all trees.
const SAMPLE: usize = 400;

/// The most bytes of a real page in the sample, so that the number of mutants says something about the time.
const LONGEST: u64 = 32 * 1024;

/// The pages to begin with.
pub(crate) struct Pool {
    /// Each with its path, sorted.
    pub(crate) pages: Vec<File>,
    /// The files that the pages of `docs-input` include.
    pub(crate) includes: Vec<File>,
    /// How many are real pages.
    pub(crate) real: usize,
}

impl Pool {
    pub(crate) fn load() -> Self {
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut pages = Vec::new();
        for folder in ["../docs-input", "tests/pages", "tests/rules"] {
            pages.extend(markdown(&here.join(folder)).iter().map(|path| load(path)));
        }
        let (includes, mut pages): (Vec<File>, Vec<File>) = pages
            .into_iter()
            .partition(|(path, _)| path.starts_with("includes/"));
        let own = pages.len();
        pages.extend(sample(&here.join("../../shared/corpus")));
        Self {
            real: pages.len() - own,
            pages,
            includes,
        }
    }
}

/// The pages that something failed on before it was mended.
pub(crate) fn found() -> Vec<File> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/mutants/found");
    markdown(&folder).iter().map(|path| load(path)).collect()
}

/// The markdown files below a folder, sorted.
fn markdown(folder: &Path) -> Vec<PathBuf> {
    let walk = WalkDir::new(folder).sort_by_file_name();
    walk.into_iter()
        .filter_map(Result::ok)
        .map(walkdir::DirEntry::into_path)
        .filter(|path| path.extension().is_some_and(|extension| extension == "md"))
        .collect()
}

/// Some of the real pages, which are the same in each run; none where they are not there.
fn sample(corpus: &Path) -> Vec<File> {
    let mut paths = markdown(corpus);
    paths.retain(|path| std::fs::metadata(path).is_ok_and(|file| file.len() <= LONGEST));
    if paths.is_empty() {
        println!(
            "skipped: no real documentation beside the checkout; our own pages are mutated alone"
        );
    }
    let step = paths.len().div_ceil(SAMPLE).max(1);
    paths.iter().step_by(step).map(|path| load(path)).collect()
}

/// A page with the part of its path that says what it is about.
fn load(path: &Path) -> File {
    let names: Vec<_> = path.iter().filter_map(|name| name.to_str()).collect();
    let from = names
        .iter()
        .rposition(|name| matches!(*name, "api" | "resources" | "includes"))
        .unwrap_or(names.len() - 1);
    (names[from..].join("/"), std::fs::read(path).unwrap())
}
