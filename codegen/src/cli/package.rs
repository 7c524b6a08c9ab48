//! What follows from the folder that a crate is written to: its name, and the way to the runtime.

use std::io;
use std::path::{self, Path, PathBuf};

use crate::plan::nodes::Form;
use crate::plan::{Descriptions, PlanOptions};
use crate::profile::Profile;

/// What the crate in `out` is called and how it finds the runtime: in a folder, or in the registry. `member` is the crate
/// that is a member of the workspace of the program, with the runtime beside it.
pub(super) fn options(
    out: &Path,
    runtime: Option<&Path>,
    member: Option<&Path>,
    profile: &Profile,
) -> PlanOptions {
    let version = env!("CARGO_PKG_VERSION");
    if member.is_some_and(|member| same_place(out, member)) {
        return PlanOptions {
            package: profile.package.clone(),
            runtime: format!("{{ path = \"../runtime\", version = \"{version}\" }}"),
            form: Form::Member,
            descriptions: Descriptions::default(),
        };
    }
    PlanOptions {
        package: name(out, profile),
        runtime: match runtime {
            Some(folder) => format!("{{ path = {}, version = \"{version}\" }}", quoted(folder)),
            None => format!("\"{version}\""),
        },
        form: Form::Package,
        descriptions: Descriptions::default(),
    }
}

/// A folder as a value of TOML. It is written in full: the manifest lies elsewhere.
fn quoted(folder: &Path) -> toml::Value {
    let folder = path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
    toml::Value::from(&*folder.to_string_lossy())
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
pub(super) fn name(out: &Path, profile: &Profile) -> String {
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

    use super::{options, same_place};
    use crate::plan::nodes::Form;
    use crate::profile::Profile;

    #[test]
    fn folders_become_names_that_cargo_takes() {
        let profile = Profile::embedded().unwrap();
        for (folder, expected) in [
            ("/x/my-sdk", "my-sdk"),
            ("/x/My SDK (2)", "my-sdk-2"),
            ("/x/v1.0", "v1-0"),
            ("/x/2024", "graph-sdk"),
            ("/x/type", "graph-sdk"),
            ("/x/graph-runtime", "graph-sdk"),
            ("/x/Ünï", "n"),
            ("/", "graph-sdk"),
        ] {
            assert_eq!(
                super::name(Path::new(folder), &profile),
                expected,
                "{folder}"
            );
        }
    }

    #[test]
    fn the_workspace_member_is_known_by_its_place() {
        let profile = Profile::embedded().unwrap();
        let member = Path::new(env!("CARGO_MANIFEST_DIR"));
        let form = |out: &Path| options(out, None, Some(member), &profile).form;
        assert_eq!(form(&member.join("src/..")), Form::Member);
        assert_eq!(form(&member.join("src")), Form::Package);
        assert_eq!(form(Path::new("/nowhere/codegen")), Form::Package);
        assert!(!same_place(
            Path::new("/nowhere/a"),
            Path::new("/nowhere/b")
        ));
    }

    #[test]
    fn the_runtime_is_a_folder_or_a_version() {
        let profile = Profile::embedded().unwrap();
        let runtime = |folder: Option<&str>| {
            options(Path::new("/x/sdk"), folder.map(Path::new), None, &profile).runtime
        };
        let version = env!("CARGO_PKG_VERSION");
        assert_eq!(runtime(None), format!("\"{version}\""));
        assert_eq!(
            runtime(Some("/a \"b\"/runtime")),
            format!("{{ path = '/a \"b\"/runtime', version = \"{version}\" }}")
        );
    }
}
