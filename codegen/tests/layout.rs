//! The lines of emitted code are those of prettyplease, which reads all of Rust; the generator knows only what it emits.

#![expect(
    clippy::unwrap_used,
    reason = "a test may panic, and so may the functions that it calls"
)]

use std::path::{Path, PathBuf};

use graph_codegen::pipeline::{Input, Source, generate};
use graph_codegen::plan::ident::RustIdent;
use graph_codegen::plan::nodes::{Form, Module, RuntimePath};
use graph_codegen::plan::{Descriptions, PlanOptions};
use graph_codegen::profile::Profile;
use graph_codegen::select::Selection;
use graph_codegen::tree::OutputTree;

fn emitted(docs: &Path, form: Form) -> OutputTree {
    let input = Input {
        source: Source::pages(docs),
        profile: Profile::embedded().unwrap(),
        selection: Selection::default(),
        denied: Vec::new(),
    };
    let options = PlanOptions {
        package: "laid-out".to_owned(),
        runtime: "\"0.1.0\"".to_owned(),
        form,
        descriptions: Descriptions::Full,
    };
    generate(&input, &options).unwrap().tree
}

/// The parts of a file, which blank lines of no depth set apart; the last is followed by none.
fn parts(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let end = rest.find("\n\n").map_or(rest.len(), |at| at + 1);
        let (part, after) = rest.split_at(end);
        rest = after.strip_prefix('\n').unwrap_or(after);
        Some(part)
    })
}

fn assert_laid_out(tree: &OutputTree) {
    let files = tree.files.iter();
    let rust = files.filter(|(path, _)| path.ends_with(".rs"));
    let mut compared = 0;
    for (path, text) in rust {
        for part in parts(text) {
            // The header is no part of the code, and a part of comments alone is as it was written.
            if part.starts_with("// ") {
                continue;
            }
            let file =
                syn::parse_file(part).unwrap_or_else(|error| panic!("{path}: {error}\n{part}"));
            let expected = prettyplease::unparse(&file);
            assert!(
                part == expected,
                "{path}:\n{part}\nis by prettyplease\n{expected}"
            );
            compared += 1;
        }
    }
    assert!(compared > 20, "{compared}");
}

#[test]
fn the_pages_of_the_project() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    for docs in [here.join("../docs-input"), here.join("tests/pages")] {
        assert_laid_out(&emitted(&docs, Form::Package));
        let module = Module {
            path: Vec::new(),
            runtime: RuntimePath {
                in_crate: true,
                names: vec![RustIdent::new("runtime")],
            },
            examples: true,
        };
        assert_laid_out(&emitted(&docs, Form::Module(module)));
    }
}

#[test]
fn real_pages() {
    let corpus = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared/corpus");
    if !corpus.is_dir() {
        println!("skipped: there is no real documentation beside the checkout");
        return;
    }
    for docs in [
        "graph-2021-07/api-reference/v1.0",
        "graph-2018-01/api-reference/beta",
    ] {
        assert_laid_out(&emitted(&corpus.join(docs), Form::Package));
    }
}
