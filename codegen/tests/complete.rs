//! Every documented request line has a function, and every documented type has a struct or an enum: on our own pages,
//! and on the real ones where they lie beside the checkout.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test may panic, and prints its figures"
)]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use graph_codegen::model::{Operation, path_text};
use graph_codegen::pipeline::{self, Generated, Input, Source};
use graph_codegen::plan::nodes::Form;
use graph_codegen::plan::nodes::ModulePlan;
use graph_codegen::plan::{Descriptions, PlanOptions};
use graph_codegen::profile::Profile;
use graph_codegen::select::Selection;

fn generate(docs: &Path) -> Generated {
    let input = Input {
        source: Source::pages(docs),
        profile: Profile::embedded().unwrap(),
        selection: Selection::default(),
        denied: Vec::new(),
    };
    let options = PlanOptions {
        package: "graph-sdk".to_owned(),
        runtime: "\"0.1.0\"".to_owned(),
        form: Form::Package,
        descriptions: Descriptions::Full,
    };
    pipeline::generate(&input, &options).unwrap()
}

/// A path in which the names of placeholders, letter case and quotes do not count: arguments that are text have quotes
/// where the page leaves them out.
fn documented(operation: &Operation) -> String {
    let text = path_text(&operation.path, |_| "{}".to_owned()).to_lowercase();
    let text = text.replace('\'', "");
    if text.is_empty() {
        "/".to_owned()
    } else {
        text
    }
}

/// The same of a function's template. Arguments that the request line leaves out are left out here as well.
fn planned(template: &str) -> String {
    let path = template.split('?').next().unwrap_or_default();
    let mut text = String::new();
    let mut inside = false;
    for c in path.chars() {
        match c {
            '{' => inside = true,
            '}' => {
                inside = false;
                text.push_str("{}");
            }
            '\'' => {}
            c if !inside => text.extend(c.to_lowercase()),
            _ => {}
        }
    }
    text
}

fn functions(modules: &[ModulePlan], found: &mut BTreeSet<(String, String, String)>) -> usize {
    let mut count = 0;
    for module in modules {
        for operation in &module.operations {
            let path = planned(&operation.path);
            let called = path.rsplit_once('(').map(|(before, _)| before.to_owned());
            for path in called.into_iter().chain([path]) {
                found.insert((operation.version.clone(), operation.method.clone(), path));
            }
            count += 1;
        }
        count += functions(&module.children, found);
    }
    count
}

fn assert_complete(name: &str, docs: &Path) {
    let generated = generate(docs);
    let api = &generated.model.api;
    let mut found = BTreeSet::new();
    let count = functions(&generated.plan.areas, &mut found);
    let missing: Vec<String> = api
        .operations
        .iter()
        .filter(|operation| {
            let key = (
                operation.version.clone(),
                operation.method.clone(),
                documented(operation),
            );
            !found.contains(&key)
        })
        .map(|operation| format!("{} {}", operation.method, documented(operation)))
        .collect();
    assert!(
        missing.is_empty(),
        "request lines without a function: {missing:#?}"
    );
    assert_eq!(
        generated.plan.models.len(),
        api.types.len() + api.enums.len()
    );
    println!(
        "{name}: {} request lines, {count} functions; {} types and {} enums",
        api.operations.len(),
        api.types.len(),
        api.enums.len()
    );
}

#[test]
fn our_own_pages_are_complete() {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs-input");
    assert_complete("docs-input", &docs);
}

#[test]
fn real_pages_are_complete() {
    let corpus: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/corpus");
    if !corpus.is_dir() {
        println!("skipped: no real documentation beside the checkout");
        return;
    }
    for tree in [
        "seeds",
        "graph-modern/api-reference/v1.0",
        "graph-2018-01/api-reference/v1.0",
        "graph-2018-01/api-reference/beta",
        "graph-2021-07/api-reference/v1.0",
    ] {
        assert_complete(tree, &corpus.join(tree));
    }
}
