//! The rules of the sources that no compiler checks: which stage may know what, and what stands nowhere.

#![expect(
    clippy::unwrap_used,
    reason = "a test may panic, and so may the functions that it calls"
)]

#[path = "structure/service.rs"]
mod service;
#[path = "structure/source.rs"]
mod source;

use std::collections::BTreeSet;

use graph_codegen::tree::{GENERATED_HEADER, GENERATED_JSON};
use source::{Source, crate_paths, sources, workspace};

/// What every stage may import.
const SHARED: &[&str] = &["content", "diagnostics", "profile", "prose"];

/// The stages with the nouns that they read and write; of some nouns single items only.
const STAGES: &[(&str, &[&str])] = &[
    ("read", &["corpus", "digest", "model"]),
    ("parse", &["corpus", "document", "json"]),
    ("extract", &["document", "corpus::Folder", "facts", "json"]),
    ("correct", &["facts", "corpus::CorrectionsFile"]),
    (
        "resolve",
        &["facts", "model", "corpus::join", "corpus::stem"],
    ),
    ("select", &["model", "corpus::stem"]),
    ("examine", &["model"]),
    ("plan", &["model", "corpus::stem"]),
    ("emit", &["plan::nodes", "plan::ident", "tree"]),
    ("write", &["tree"]),
];

/// The nouns with what they are made of.
const NOUNS: &[(&str, &[&str])] = &[
    ("content", &[]),
    ("digest", &[]),
    ("corpus", &["digest"]),
    ("document", &["corpus::Folder"]),
    ("facts", &[]),
    ("model", &[]),
    ("tree", &[]),
    ("json", &[]),
    ("diagnostics", &["corpus"]),
    ("profile", &["digest", "model::Primitive"]),
    ("prose", &[]),
];

/// What looks at a run that is over, and so at the nouns of all stages; `api_diff` at its files alone. Of the stages
/// `explain` calls what is no decision about the output: the parser for one page, the roles of sections, the model before
/// the selection, and the way to a type.
const OBSERVERS: &[(&str, &[&str])] = &[
    ("api_diff", &["tree"]),
    ("metadata", &["corpus", "model"]),
    ("scopes", &["corpus", "model"]),
    (
        "explain",
        &[
            "corpus",
            "document",
            "facts",
            "model",
            "plan::nodes",
            "plan::ident",
            "pipeline::Generated",
            "pipeline::Input",
            "parse",
            "extract::Outline",
            "extract::outline",
            "resolve",
            "select::Selection",
            "select::Choice",
            "select::needed_by",
            "select::way_from",
        ],
    ),
    (
        "report",
        &[
            "corpus",
            "facts",
            "model",
            "plan::nodes",
            "plan::address",
            "pipeline::Generated",
        ],
    ),
];

/// What is around the stages, and may know all of them: it runs them, for build scripts and for people.
const AROUND: &[&str] = &["cli", "config", "lib", "lock", "main", "pipeline"];

/// Calls of `expect` that cannot fail: the file, and what the call says.
const CONSTANTS: &[(&str, &str)] = &[("runtime/src/client.rs", "the defaults are valid")];

fn generator() -> Vec<Source> {
    sources(&["codegen/src"])
}

/// All hand-written sources.
fn hand_written() -> Vec<Source> {
    sources(&[
        "codegen",
        "runtime",
        "xtask",
        "examples",
        "fuzz/fuzz_targets",
    ])
}

/// The path of a file below `codegen/src`, as module names.
fn module(source: &Source) -> Vec<&str> {
    let below = source
        .path
        .trim_start_matches("codegen/src/")
        .trim_end_matches(".rs");
    below.split('/').filter(|name| *name != "mod").collect()
}

fn none(findings: &[String], what: &str) {
    assert!(findings.is_empty(), "{what}:\n{}", findings.join("\n"));
}

#[test]
fn stages_know_their_nouns_and_nothing_else() {
    let generator = generator();
    let modules: BTreeSet<&str> = generator.iter().map(|source| module(source)[0]).collect();
    let known: BTreeSet<&str> = STAGES
        .iter()
        .chain(NOUNS)
        .chain(OBSERVERS)
        .map(|(name, _)| *name)
        .chain(AROUND.iter().copied())
        .collect();
    assert_eq!(
        modules, known,
        "a module is not in the table of this test, or is no longer there"
    );
    let mut findings = Vec::new();
    for source in &generator {
        let own = module(source)[0];
        let tables = STAGES.iter().chain(NOUNS).chain(OBSERVERS);
        let Some((_, nouns)) = tables.into_iter().find(|(name, _)| *name == own) else {
            continue;
        };
        for path in crate_paths(&source.code()) {
            // Paths of the crate that is generated stand in templates and name no module of this one.
            let ours = modules.contains(path.split("::").next().unwrap_or_default());
            let allowed = nouns.iter().chain(SHARED).chain([&own]).any(|allowed| {
                path == *allowed
                    || path
                        .strip_prefix(allowed)
                        .is_some_and(|rest| rest.starts_with("::"))
            });
            if ours && !allowed {
                findings.push(format!("{} imports `{path}`", source.path));
            }
        }
    }
    none(&findings, "imports that a stage must not have");
}

#[test]
fn no_import_takes_the_way_over_the_root() {
    let mut findings = Vec::new();
    for source in generator() {
        let depth = module(&source).len();
        if AROUND.contains(&module(&source)[0]) {
            continue;
        }
        findings.extend(source.lines_with(&source.code(), &[&"super::".repeat(depth)]));
    }
    none(
        &findings,
        "`super` that leads to the root of the crate; write `crate`",
    );
}

#[test]
fn only_read_and_write_touch_the_file_system() {
    let mut findings = Vec::new();
    for source in generator() {
        let code = source.code();
        if matches!(module(&source)[0], "cli" | "config" | "lock" | "main") {
            continue;
        }
        if !matches!(module(&source)[0], "read" | "write") {
            findings.extend(source.lines_with(
                &code,
                &[
                    "std::fs",
                    "walkdir",
                    "File::open",
                    ".canonicalize(",
                    ".exists(",
                ],
            ));
        }
        findings.extend(source.lines_with(
            &code,
            &[
                "std::env",
                "std::net",
                "std::process",
                "std::time",
                "print!(",
                "println!(",
            ],
        ));
    }
    none(
        &findings,
        "files, network, clock, environment or output where a stage must not know them",
    );
}

#[test]
fn files_are_short_and_say_what_they_are() {
    let mut findings = Vec::new();
    for source in hand_written() {
        let lines = source.text.lines().count();
        if lines > 400 {
            findings.push(format!(
                "{} has {lines} lines; 400 are the most",
                source.path
            ));
        }
        if !source.text.starts_with("//!") {
            findings.push(format!("{} does not begin with `//!`", source.path));
        }
    }
    none(&findings, "files to be cut or described");
}

#[test]
fn nothing_depends_on_the_order_of_a_hash_table() {
    let found = generator()
        .iter()
        .flat_map(|source| source.lines_with(&source.code(), &["HashMap", "HashSet"]))
        .collect::<Vec<_>>();
    none(&found, "hash tables; use BTreeMap and BTreeSet");
}

#[test]
fn nothing_panics_on_bad_input() {
    let mut findings = Vec::new();
    let mut constants: Vec<&(&str, &str)> = CONSTANTS.iter().collect();
    for source in sources(&["codegen/src", "runtime/src"]) {
        let code = source.code_with_strings();
        for line in source.lines_with(
            &code,
            &[
                ".unwrap()",
                ".expect(",
                "panic!(",
                "unreachable!(",
                "todo!(",
                "unimplemented!(",
            ],
        ) {
            let excepted = constants
                .iter()
                .position(|(path, says)| *path == source.path && line.contains(says));
            match excepted {
                Some(at) => {
                    constants.remove(at);
                }
                None => findings.push(line),
            }
        }
    }
    none(
        &findings,
        "calls that can panic; make it a diagnostic or an error",
    );
    assert!(
        constants.is_empty(),
        "no longer there, remove from this test: {constants:?}"
    );
}

#[test]
fn names_say_what_a_thing_is() {
    let mut findings = Vec::new();
    for source in hand_written() {
        let stem = source
            .path
            .rsplit('/')
            .next()
            .unwrap_or_default()
            .trim_end_matches(".rs");
        if matches!(
            stem,
            "util" | "utils" | "helper" | "helpers" | "common" | "misc"
        ) {
            findings.push(format!("{}: the file's name says nothing", source.path));
        }
        for (index, line) in source.code().lines().enumerate() {
            let mut words = line
                .split(|c: char| !(c.is_alphanumeric() || c == '_'))
                .filter(|word| !word.is_empty());
            while let Some(word) = words.next() {
                if !matches!(word, "mod" | "fn" | "struct" | "enum" | "trait" | "type") {
                    continue;
                }
                let name = words.next().unwrap_or_default();
                let empty = matches!(name, "util" | "utils" | "helper" | "helpers")
                    || name.ends_with("Manager")
                    || name.starts_with("process_");
                if empty {
                    findings.push(format!("{}:{}: `{name}`", source.path, index + 1));
                }
            }
        }
    }
    none(&findings, "names that say nothing");
}

#[test]
fn every_generated_file_says_that_it_is() {
    let generated = workspace().join("generated");
    if !generated.exists() {
        println!(
            "skipped: {} is not there; `cargo xtask codegen` makes it",
            generated.display()
        );
        return;
    }
    let mut findings = Vec::new();
    let mut files = 0;
    for entry in walkdir::WalkDir::new(&generated)
        .into_iter()
        .filter_map(Result::ok)
    {
        if !entry.file_type().is_file() {
            continue;
        }
        files += 1;
        let text = std::fs::read_to_string(entry.path()).unwrap();
        let first = text
            .lines()
            .next()
            .unwrap_or_default()
            .trim_start_matches(['/', '#', '!', ' ']);
        if !first.starts_with(GENERATED_HEADER) && !text.starts_with(GENERATED_JSON) {
            findings.push(entry.path().display().to_string());
        }
    }
    assert!(files > 0, "{} is empty", generated.display());
    none(&findings, "files in `generated` that were not generated");
}
