//! The committed `generated/` is what the generator makes of `docs-input`, byte by byte, however often and in whatever
//! order the pages are read.

#![expect(
    clippy::unwrap_used,
    reason = "a test may panic, and so may the functions that it calls"
)]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use graph_codegen::diagnostics::{Diagnostic, Diagnostics};
use graph_codegen::pipeline::{Input, Source, documented_with, generate};
use graph_codegen::plan::nodes::Form;
use graph_codegen::plan::{Descriptions, PlanOptions};
use graph_codegen::profile::Profile;
use graph_codegen::select::{Selection, select};
use graph_codegen::tree::OutputTree;
use graph_codegen::write::{Mode, write};
use graph_codegen::{correct, emit, examine, extract, parse, plan, read, resolve};

fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// As `cargo xtask codegen` has them.
fn options() -> PlanOptions {
    PlanOptions {
        package: "graph-sdk".to_owned(),
        runtime: "{ path = \"../runtime\", version = \"0.1.0\" }".to_owned(),
        form: Form::Member,
        descriptions: Descriptions::Full,
    }
}

fn input() -> Input {
    Input {
        source: Source::pages(workspace().join("docs-input")),
        profile: Profile::embedded().unwrap(),
        selection: Selection::default(),
        denied: Vec::new(),
    }
}

fn tree() -> OutputTree {
    generate(&input(), &options()).unwrap().tree
}

#[test]
fn the_committed_sdk_is_what_docs_input_gives() {
    let changes = write(&tree(), &workspace().join("generated"), Mode::Check).unwrap();
    let mut text = String::new();
    for (what, paths) in [
        ("added", &changes.added),
        ("changed", &changes.changed),
        ("removed", &changes.removed),
    ] {
        for path in paths {
            writeln!(text, "{what}: {path}").unwrap();
        }
    }
    for diff in &changes.diffs {
        write!(text, "\n{diff}").unwrap();
    }
    assert!(
        changes.is_empty(),
        "`generated` differs from what docs-input gives; run `cargo xtask codegen`\n{text}"
    );
    assert!(changes.unchanged > 50, "{} files", changes.unchanged);
}

#[test]
fn a_second_run_gives_the_same_bytes() {
    assert!(tree() == tree(), "two runs over the same pages differ");
}

#[test]
fn the_examples_alone_are_those_of_the_crate() {
    let whole = generate(&input(), &options()).unwrap();
    let alone = documented_with(&input(), &options(), &mut |_| {}).unwrap();
    let mut expected = whole.tree.files;
    expected.retain(|path, _| path.starts_with("documented/"));
    assert!(expected.len() > 3, "{:?}", expected.keys());
    assert!(
        alone.tree.files == expected,
        "the examples differ from those in the crate"
    );
    let findings = |run: &Diagnostics| -> Vec<Diagnostic> { run.iter().cloned().collect() };
    assert_eq!(
        findings(&alone.model.diagnostics),
        findings(&whole.model.diagnostics)
    );
}

/// The crate of `docs-input` with its documents in another order.
fn reordered(order: impl FnOnce(&mut Vec<graph_codegen::document::Document>)) -> OutputTree {
    let profile = Profile::embedded().unwrap();
    let mut diagnostics = Diagnostics::default();
    let corpus = read::read(&workspace().join("docs-input"), &profile, &mut diagnostics).unwrap();
    let mut documents = parse::parse(&corpus, &profile, &mut diagnostics);
    order(&mut documents);
    let facts = extract::extract(
        &documents,
        corpus.version.as_deref(),
        &profile,
        &mut diagnostics,
    );
    let facts = correct::correct(facts, corpus.corrections.as_ref(), &mut diagnostics);
    let mut api = resolve::resolve(&facts, &profile, &mut diagnostics);
    api.pages = corpus.pages.iter().map(|page| page.path.clone()).collect();
    let api = select(api, &Selection::default(), &mut diagnostics);
    let api = examine::examine(api, &profile, &mut diagnostics);
    let plan = plan::plan(&api, &options(), &profile, &mut diagnostics);
    emit::emit(&plan, &mut diagnostics)
}

#[test]
fn the_order_of_pages_does_not_matter() {
    let expected = tree();
    assert!(
        reordered(|_| {}) == expected,
        "the stages one by one differ from the pipeline"
    );
    for (name, found) in [
        ("reversed", reordered(|documents| documents.reverse())),
        ("rotated", reordered(|documents| documents.rotate_left(41))),
    ] {
        let differing: Vec<&String> = expected
            .files
            .keys()
            .chain(found.files.keys())
            .filter(|path| expected.files.get(*path) != found.files.get(*path))
            .collect();
        assert!(
            differing.is_empty(),
            "{name}: these files depend on the order of the pages: {differing:?}"
        );
    }
}

/// The files of a folder come in whatever order the file system has; `read` has to sort them.
#[test]
fn the_order_of_files_on_disk_does_not_matter() {
    let pages: Vec<PathBuf> = walkdir::WalkDir::new(workspace().join("docs-input"))
        .sort_by_file_name()
        .into_iter()
        .filter_map(Result::ok)
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| entry.into_path())
        .collect();
    let copy = |pages: &mut dyn Iterator<Item = &PathBuf>| {
        let docs = tempfile::tempdir().unwrap();
        for page in pages {
            let to = docs
                .path()
                .join(page.strip_prefix(workspace().join("docs-input")).unwrap());
            std::fs::create_dir_all(to.parent().unwrap()).unwrap();
            std::fs::copy(page, to).unwrap();
        }
        let profile = Profile::embedded().unwrap();
        let corpus = read::read(docs.path(), &profile, &mut Diagnostics::default()).unwrap();
        corpus
            .pages
            .into_iter()
            .map(|page| (page.path, page.text))
            .collect::<Vec<_>>()
    };
    let forward = copy(&mut pages.iter());
    assert!(forward.len() > 40 && forward.is_sorted());
    assert!(
        forward == copy(&mut pages.iter().rev()),
        "the corpus depends on the order of files on disk"
    );
}
