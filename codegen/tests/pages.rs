//! Small pages of one quirk each: what is read, what is said of it, and the Rust that comes out, in one snapshot a page.
//!
//! A page lies in `pages/api` or `pages/resources`, as it would in a documentation folder, and is read alone. What only
//! several pages together show is a folder of its own in `pages/trees`.

#![expect(
    clippy::unwrap_used,
    reason = "a test may panic, and so may the functions that it calls"
)]

use std::fmt::Write;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use graph_codegen::diagnostics::{Diagnostic, Span};
use graph_codegen::facts::text_form;
use graph_codegen::pipeline::{Generated, Input, Source, generate};
use graph_codegen::plan::nodes::Form;
use graph_codegen::plan::{Descriptions, PlanOptions};
use graph_codegen::profile::Profile;
use graph_codegen::select::Selection;

/// The snapshots, below the folder of this file.
const SNAPSHOTS: &str = "snapshots/pages";

/// Files that are the same for nearly every page.
const BOILERPLATE: &[&str] = &["Cargo.toml", "rustfmt.toml", "src/lib.rs", "src/models.rs"];

fn tests() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests")
}

/// The pages and trees: folder and name, sorted.
fn pages() -> Vec<(&'static str, String)> {
    let mut pages = Vec::new();
    for folder in ["api", "resources", "trees"] {
        for entry in std::fs::read_dir(tests().join("pages").join(folder)).unwrap() {
            pages.push((folder, entry.unwrap().file_name().into_string().unwrap()));
        }
    }
    pages.sort();
    pages
}

fn snapshot_name(folder: &str, file: &str) -> String {
    format!("{folder}__{}", file.trim_end_matches(".md"))
}

/// Runs the generator on one page alone, or on a tree.
fn run(folder: &str, file: &str) -> Generated {
    let source = tests().join("pages").join(folder).join(file);
    let alone = tempfile::tempdir().unwrap();
    let docs = if folder == "trees" {
        source
    } else {
        std::fs::create_dir(alone.path().join(folder)).unwrap();
        std::fs::copy(source, alone.path().join(folder).join(file)).unwrap();
        alone.path().to_owned()
    };
    let mut profile = Profile::embedded().unwrap();
    // These pages are our own.
    profile.attribution = None;
    let input = Input {
        source: Source::pages(docs),
        profile,
        selection: Selection::default(),
        denied: Vec::new(),
    };
    let options = PlanOptions {
        package: "sdk".to_owned(),
        runtime: "\"0.1\"".to_owned(),
        form: Form::Package,
        descriptions: Descriptions::Full,
    };
    generate(&input, &options).unwrap()
}

/// The text at a place, on one line, cut where it is long. Line numbers would change with every edit above.
fn source(run: &Generated, span: Span) -> String {
    let text = &run.model.corpus.page(span.page).text[span.range()];
    let line = text.trim_end().replace(['\n', '\r'], "⏎");
    match line.char_indices().nth(60) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}

fn show(run: &Generated, diagnostic: &Diagnostic, text: &mut String) {
    writeln!(text, "{}: {}", diagnostic.rule.code(), diagnostic.message).unwrap();
    for label in &diagnostic.labels {
        let says = if label.text.is_empty() {
            "at"
        } else {
            &label.text
        };
        writeln!(text, "  {says}: {}", source(run, label.span)).unwrap();
    }
    if let Some(help) = &diagnostic.help {
        writeln!(text, "  help: {help}").unwrap();
    }
}

/// All that a run says, in sections.
fn report(run: &Generated) -> String {
    let mut text = String::new();
    for page in &run.model.facts.pages {
        text.push_str(&text_form(page));
    }
    text.push_str("\n=== diagnostics\n");
    for diagnostic in run.model.diagnostics.iter() {
        show(run, diagnostic, &mut text);
    }
    let files = run.tree.files.iter();
    for (path, content) in files.filter(|(path, _)| {
        !path.starts_with("api/")
            && !path.starts_with("documented/")
            && !path.starts_with("tests/")
            && !BOILERPLATE.contains(&path.as_str())
    }) {
        write!(text, "\n=== {path}\n{content}").unwrap();
    }
    text
}

#[test]
fn every_page_gives_what_its_snapshot_shows() {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(SNAPSHOTS);
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let pages = pages();
    assert!(pages.len() >= 20, "{} pages", pages.len());
    let mut differing = Vec::new();
    for (folder, file) in &pages {
        let text = report(&run(folder, file));
        // All differing pages are shown, not the first alone.
        let check = || settings.bind(|| insta::assert_snapshot!(snapshot_name(folder, file), text));
        if catch_unwind(AssertUnwindSafe(check)).is_err() {
            differing.push(format!("{folder}/{file}"));
        }
    }
    assert!(
        differing.is_empty(),
        "these pages give something else: {}",
        differing.join(", ")
    );
}

#[test]
fn every_snapshot_has_a_page() {
    let names: Vec<String> = pages()
        .iter()
        .map(|(folder, file)| snapshot_name(folder, file))
        .collect();
    let stale: Vec<PathBuf> = std::fs::read_dir(tests().join(SNAPSHOTS))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| {
            let file = path
                .file_name()
                .and_then(|name| name.to_str())
                .unwrap_or_default();
            let known = |name: &str| names.iter().any(|known| known == name);
            !file.ends_with(".snap.new") && !file.strip_suffix(".snap").is_some_and(known)
        })
        .collect();
    assert!(
        stale.is_empty(),
        "snapshots without a page, to be removed: {stale:#?}"
    );
}
