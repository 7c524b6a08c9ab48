//! Finds the markdown files below a folder, in an order that does not depend on the file system.

use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use crate::diagnostics::{Diagnostic, Diagnostics, Rule};

/// A markdown file.
pub(super) struct File {
    /// Where it is.
    pub(super) path: PathBuf,
    /// Its path below the root, joined by `/`.
    pub(super) relative: String,
}

/// The markdown files below `root`, sorted by their relative path. Links are followed inside `real_root` only.
pub(super) fn walk(root: &Path, real_root: &Path, diagnostics: &mut Diagnostics) -> Vec<File> {
    let mut files = Vec::new();
    let mut walk = WalkDir::new(root)
        .follow_links(true)
        .sort_by_file_name()
        .into_iter();
    while let Some(entry) = walk.next() {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                diagnostics.push(unreadable(root, &error));
                continue;
            }
        };
        if entry.depth() == 0 {
            continue;
        }
        let relative = relative(root, entry.path());
        if entry.path_is_symlink() && leaves(entry.path(), real_root) {
            diagnostics.push(Diagnostic::on_file(
                Rule::OutsideRoot,
                relative,
                "this link leads out of the documentation folder and was not followed",
            ));
            if entry.file_type().is_dir() {
                walk.skip_current_dir();
            }
            continue;
        }
        let hidden = entry
            .file_name()
            .to_str()
            .is_some_and(|name| name.starts_with('.'));
        if entry.file_type().is_dir() {
            if hidden {
                walk.skip_current_dir();
            }
            continue;
        }
        let is_page = entry
            .path()
            .extension()
            .is_some_and(|extension| extension.eq_ignore_ascii_case("md"));
        if is_page && !hidden {
            files.push(File {
                path: entry.path().to_owned(),
                relative,
            });
        }
    }
    files.sort_by(|a, b| a.relative.cmp(&b.relative));
    files
}

/// Whether a path, its links followed, is outside `real_root`.
pub(super) fn leaves(path: &Path, real_root: &Path) -> bool {
    std::fs::canonicalize(path).is_ok_and(|real| !real.starts_with(real_root))
}

/// The diagnostic of an entry that cannot be visited.
fn unreadable(root: &Path, error: &walkdir::Error) -> Diagnostic {
    let path = error
        .path()
        .map_or_else(String::new, |path| relative(root, path));
    match error.loop_ancestor() {
        Some(ancestor) => Diagnostic::on_file(
            Rule::LinkLoop,
            path,
            format!(
                "this link leads back to the folder `{}` above it and was not followed",
                match relative(root, ancestor) {
                    empty if empty.is_empty() => ".".to_owned(),
                    other => other,
                }
            ),
        ),
        None => {
            let reason = error
                .io_error()
                .map_or_else(|| error.to_string(), ToString::to_string);
            Diagnostic::on_file(
                Rule::UnreadableFile,
                path,
                format!("this cannot be read: {reason}"),
            )
        }
    }
}

/// The path below `root`, joined by `/`.
fn relative(root: &Path, path: &Path) -> String {
    let below = path.strip_prefix(root).unwrap_or(path);
    let parts: Vec<_> = below
        .components()
        .map(|component| component.as_os_str().to_string_lossy())
        .collect();
    parts.join("/")
}
