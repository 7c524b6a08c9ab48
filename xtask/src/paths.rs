//! Where things are: the folders that are used unless the caller names others.

use std::path::{Path, PathBuf};

/// The documentation folder of the workspace.
pub(crate) fn default_docs() -> PathBuf {
    from_here(&root().join("docs-input"))
}

/// The SDK crate of the workspace.
pub(crate) fn default_out() -> PathBuf {
    from_here(&root().join("generated"))
}

/// What is written for measuring.
pub(crate) fn bench() -> PathBuf {
    root().join("target").join("bench")
}

/// What is written for holding a crate to its examples.
pub(crate) fn conformance() -> PathBuf {
    root().join("target").join("conformance")
}

/// Where crates that were written are compiled, for whatever purpose: what they depend on is the same.
pub(crate) fn written_target() -> PathBuf {
    bench().join("target")
}

/// The lock file of the workspace, so that what is measured is built of the same versions.
pub(crate) fn lock_file() -> PathBuf {
    root().join("Cargo.lock")
}

/// The runtime.
pub(crate) fn runtime() -> PathBuf {
    root().join("runtime")
}

/// The workspace.
pub(crate) fn root() -> &'static Path {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    package.parent().unwrap_or(package)
}

/// A path as one would type it in the current folder, where it is below that.
fn from_here(path: &Path) -> PathBuf {
    let below = std::env::current_dir()
        .ok()
        .and_then(|here| path.strip_prefix(here).ok().map(Path::to_owned));
    match below {
        Some(below) if below.as_os_str().is_empty() => PathBuf::from("."),
        Some(below) => below,
        None => path.to_owned(),
    }
}
