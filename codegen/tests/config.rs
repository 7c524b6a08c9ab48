//! `Config`, as build scripts call it: what it writes, and what it refuses.

#![expect(
    clippy::unwrap_used,
    reason = "a test may panic, and so may the functions that it calls"
)]

use std::fs;
use std::path::{Path, PathBuf};

use graph_codegen::diagnostics::Rule;
use graph_codegen::{Config, ConfigError};

fn docs_input() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs-input")
}

/// All of the text that was generated, and the names of the files.
fn generated(folder: &Path) -> (String, Vec<String>) {
    let mut text = String::new();
    let mut names = Vec::new();
    let files = walkdir::WalkDir::new(folder).sort_by_file_name();
    for entry in files.into_iter().filter_map(Result::ok) {
        if entry.file_type().is_file() {
            let path = entry.path().strip_prefix(folder).unwrap();
            names.push(path.to_string_lossy().replace('\\', "/"));
            text.push_str(&fs::read_to_string(entry.path()).unwrap());
        }
    }
    (text, names)
}

#[test]
fn a_module_has_what_was_selected_and_nothing_of_a_package() {
    let out = tempfile::tempdir().unwrap();
    let mut config = Config::new();
    config
        .docs(docs_input())
        .select("users")
        .exclude("user-get")
        .module("api::sdk")
        .out_dir(out.path());
    let first = config.generate().unwrap();
    let (text, names) = generated(out.path());
    assert!(!first.added.is_empty());
    assert!(names.contains(&"include.rs".to_owned()));
    assert!(names.contains(&"diagnostics.txt".to_owned()));
    assert!(text.contains("use crate::api::sdk::models::"));
    assert!(text.contains("graph_runtime::model::deserialize"));
    for absent in ["Cargo.toml", "src/lib.rs", "documented/users.json"] {
        assert!(!names.contains(&absent.to_owned()), "{absent}");
    }
    assert!(!text.contains("feature ="));
    let second = config.generate().unwrap();
    assert!(second.is_empty() && second.unchanged == names.len());

    config.examples(true).generate().unwrap();
    let (text, names) = generated(out.path());
    assert!(names.contains(&"documented/users.json".to_owned()));
    assert!(text.contains("pub const EXAMPLES"));
}

#[test]
fn the_runtime_is_found_where_the_crate_has_it() {
    for (path, start) in [
        ("crate::vendored::runtime", "crate::vendored::runtime::"),
        ("sdk::runtime", "sdk::runtime::"),
    ] {
        let out = tempfile::tempdir().unwrap();
        let mut config = Config::new();
        config.docs(docs_input()).select("user-list");
        config.runtime_path(path).out_dir(out.path());
        config.generate().unwrap();
        let (text, _) = generated(out.path());
        assert!(text.contains(&format!("{start}model::deserialize")));
        assert!(text.contains(&format!("pub use {path} as runtime;")));
        assert!(!text.contains("graph_runtime"), "{path}");
    }
}

#[test]
fn what_is_wrong_is_said_and_nothing_is_written() {
    let out = tempfile::tempdir().unwrap();
    let refused = |change: &dyn Fn(&mut Config)| {
        let mut config = Config::new();
        config.docs(docs_input()).out_dir(out.path());
        change(&mut config);
        let error = config.generate().unwrap_err();
        assert_eq!(generated(out.path()).1, Vec::<String>::new(), "{error}");
        error
    };
    for path in ["a-b", "a::", "type", "crate::", ""] {
        let error = refused(&|config| {
            config.runtime_path(path);
        });
        assert!(matches!(error, ConfigError::Path(_)), "{path}: {error}");
    }
    let error = refused(&|config| {
        config.module("api::3");
    });
    assert!(matches!(error, ConfigError::Path(_)), "{error}");
    let error = refused(&|config| {
        config.docs("no/such/folder");
    });
    assert!(matches!(error, ConfigError::Read(_)), "{error}");
    let error = refused(&|config| {
        config.model("model.json").corrections("corrections.toml");
    });
    assert!(matches!(error, ConfigError::CorrectedModel), "{error}");
    let error = refused(&|config| {
        config.lock("no-such.lock");
    });
    assert!(matches!(error, ConfigError::Lock(_)), "{error}");
    assert!(error.to_string().contains("GRAPH_CODEGEN_LOCK=update"));
    let error = refused(&|config| {
        config.select("no-such-page");
    });
    assert!(error.to_string().contains("no-such-page"), "{error}");
    let error = refused(&|config| {
        config.deny(Rule::UnknownType);
    });
    let ConfigError::Findings(text) = error else {
        panic!("{error}");
    };
    assert!(text.contains("error[unknown-type]"), "{text}");
    assert!(text.contains("resources/group.md:"), "{text}");
}
