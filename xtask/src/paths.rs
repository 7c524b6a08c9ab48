//! Where things are: the folders that are used unless the caller names others, and what follows from the output folder.

use std::io;
use std::path::{self, Path, PathBuf};

use graph_codegen::plan::nodes::Form;
use graph_codegen::plan::{Descriptions, PlanOptions};
use graph_codegen::profile::Profile;

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

/// The lock file of the workspace, so that what is measured is built of the same versions.
pub(crate) fn lock_file() -> PathBuf {
    root().join("Cargo.lock")
}

/// The runtime.
pub(crate) fn runtime() -> PathBuf {
    root().join("runtime")
}

/// The workspace.
fn root() -> &'static Path {
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

/// What the crate in `out` is called and how it finds the runtime.
pub(crate) fn plan_options(out: &Path, profile: &Profile) -> PlanOptions {
    let version = env!("CARGO_PKG_VERSION");
    let default = root().join("generated");
    if same_place(out, &default) {
        return PlanOptions {
            package: profile.package.clone(),
            runtime: format!("{{ path = \"../runtime\", version = \"{version}\" }}"),
            form: Form::Member,
            descriptions: Descriptions::default(),
        };
    }
    let runtime = runtime();
    PlanOptions {
        package: package_name(out, profile),
        runtime: format!(
            "{{ path = {}, version = \"{version}\" }}",
            toml::Value::from(&*runtime.to_string_lossy())
        ),
        form: Form::Package,
        descriptions: Descriptions::default(),
    }
}

/// Whether two paths lead to the same folder, be it there or not.
fn same_place(a: &Path, b: &Path) -> bool {
    matches!((real(a), real(b)), (Ok(a), Ok(b)) if a == b)
}

/// A path without links and `..`, as far as it is there.
fn real(path: &Path) -> io::Result<PathBuf> {
    if let Ok(path) = path.canonicalize() {
        return Ok(path);
    }
    let path = path::absolute(path)?;
    match (path.parent(), path.file_name()) {
        (Some(parent), Some(name)) => Ok(parent.canonicalize()?.join(name)),
        _ => Ok(path),
    }
}

/// A name for the crate in a folder: the folder's own, made one that cargo takes; failing that, the profile's.
fn package_name(out: &Path, profile: &Profile) -> String {
    let out = path::absolute(out).unwrap_or_else(|_| out.to_owned());
    let folder = out.file_name().unwrap_or_default().to_string_lossy();
    let mut name = String::new();
    for character in folder.chars() {
        match character.to_ascii_lowercase() {
            plain @ ('a'..='z' | '0'..='9') => name.push(plain),
            _ if name.is_empty() || name.ends_with('-') => {}
            _ => name.push('-'),
        }
    }
    let name = name.trim_end_matches('-');
    let starts_well = name.starts_with(|first: char| first.is_ascii_alphabetic());
    if starts_well && !TAKEN.contains(&name) {
        name.to_owned()
    } else {
        profile.package.clone()
    }
}

/// Names that cargo refuses or that mean another crate: keywords, the crates of the standard library, the runtime.
const TAKEN: &[&str] = &[
    "abstract",
    "alloc",
    "as",
    "async",
    "await",
    "become",
    "box",
    "break",
    "const",
    "continue",
    "core",
    "crate",
    "do",
    "dyn",
    "else",
    "enum",
    "extern",
    "false",
    "final",
    "fn",
    "for",
    "gen",
    "graph-runtime",
    "graph_runtime",
    "if",
    "impl",
    "in",
    "let",
    "loop",
    "macro",
    "match",
    "mod",
    "move",
    "mut",
    "override",
    "priv",
    "proc-macro",
    "proc_macro",
    "pub",
    "ref",
    "return",
    "self",
    "static",
    "std",
    "struct",
    "super",
    "test",
    "trait",
    "true",
    "try",
    "type",
    "typeof",
    "unsafe",
    "unsized",
    "use",
    "virtual",
    "where",
    "while",
    "yield",
];

#[cfg(test)]
mod tests {
    use std::path::Path;

    use graph_codegen::profile::Profile;

    use super::{package_name, plan_options, root, same_place};
    use graph_codegen::plan::nodes::Form;

    #[test]
    fn folders_become_names_that_cargo_takes() {
        let profile = Profile::embedded().unwrap();
        for (folder, name) in [
            ("/x/my-sdk", "my-sdk"),
            ("/x/My SDK (2)", "my-sdk-2"),
            ("/x/v1.0", "v1-0"),
            ("/x/2024", "graph-sdk"),
            ("/x/type", "graph-sdk"),
            ("/x/graph-runtime", "graph-sdk"),
            ("/x/Ünï", "n"),
            ("/", "graph-sdk"),
        ] {
            assert_eq!(package_name(Path::new(folder), &profile), name, "{folder}");
        }
    }

    #[test]
    fn the_workspace_member_is_known_by_its_place() {
        let profile = Profile::embedded().unwrap();
        assert!(plan_options(&root().join("generated"), &profile).form == Form::Member);
        assert!(plan_options(Path::new("/nowhere/generated"), &profile).form == Form::Package);
        assert!(!same_place(
            Path::new("/nowhere/a"),
            Path::new("/nowhere/b")
        ));
    }
}
