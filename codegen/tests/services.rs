//! Services other than that of the embedded profile, in words of our own: each a folder in `services` with a
//! `profile.toml` and `docs`. What is read of it, what is said about it, and the Rust that comes out, in snapshots.

#![expect(
    clippy::unwrap_used,
    reason = "a test may panic, and so may the functions that it calls"
)]

use std::fmt::Write;
use std::path::{Path, PathBuf};

use graph_codegen::diagnostics::{Format, render};
use graph_codegen::facts::text_form;
use graph_codegen::model::interchange;
use graph_codegen::pipeline::{Generated, Input, Source, generate};
use graph_codegen::plan::nodes::Form;
use graph_codegen::plan::{Descriptions, PlanOptions};
use graph_codegen::profile::Profile;
use graph_codegen::select::Selection;

/// The snapshots, below the folder of this file.
const SNAPSHOTS: &str = "snapshots/services";

fn services() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/services")
}

/// The names of the services, sorted.
fn names() -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(services())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

fn profile(service: &str) -> Profile {
    let text = std::fs::read_to_string(services().join(service).join("profile.toml")).unwrap();
    Profile::parse(&text).unwrap()
}

fn run(service: &str) -> Generated {
    let profile = profile(service);
    let options = PlanOptions {
        package: profile.package.clone(),
        runtime: "\"0.1\"".to_owned(),
        form: Form::Package,
        descriptions: Descriptions::Full,
    };
    let input = Input {
        source: Source::pages(services().join(service).join("docs")),
        profile,
        selection: Selection::default(),
        denied: Vec::new(),
    };
    generate(&input, &options).unwrap()
}

/// The findings as a terminal shows them, with places below the documentation folder.
fn findings(run: &Generated) -> String {
    let mut corpus = run.model.corpus.clone();
    corpus.root = "docs".to_owned();
    render(run.model.diagnostics.iter(), &corpus, Format::Human, false)
}

#[test]
fn every_service_gives_what_its_snapshots_show() {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(SNAPSHOTS);
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let names = names();
    assert!(!names.is_empty(), "there is no service");
    for service in &names {
        let run = run(service);
        let facts: String = run.model.facts.pages.iter().map(text_form).collect();
        let mut rust = String::new();
        for (path, content) in &run.tree.files {
            write!(rust, "=== {path}\n{content}\n").unwrap();
        }
        settings.bind(|| {
            insta::assert_snapshot!(format!("{service}__facts"), facts);
            insta::assert_snapshot!(format!("{service}__findings"), findings(&run));
            let model = format!("{:#}", interchange(&run.model.api));
            insta::assert_snapshot!(format!("{service}__model"), model);
            insta::assert_snapshot!(format!("{service}__rust"), rust);
        });
    }
}

/// A service has pages of every kind, so that the snapshots show something.
#[test]
fn every_service_has_operations_types_and_enums() {
    for service in names() {
        let api = run(&service).model.api;
        assert!(api.pages.len() >= 12, "{service}: {:?}", api.pages);
        assert!(!api.enums.is_empty(), "{service} has no enum");
        assert!(api.types.iter().any(|ty| ty.entity), "{service}");
        assert!(api.types.iter().any(|ty| !ty.entity), "{service}");
        for method in ["GET", "POST", "PATCH", "PUT", "DELETE"] {
            let mut operations = api.operations.iter();
            assert!(
                operations.any(|operation| operation.method == method),
                "{service}: {method}"
            );
        }
    }
}

/// The words of a profile that only its own service has: names, and the address.
fn own_words(profile: &Profile) -> Vec<String> {
    let mut words = vec![
        profile.name.clone(),
        profile.package.clone(),
        profile.namespace.clone(),
    ];
    words.extend(profile.name.split_whitespace().map(str::to_owned));
    words.extend(profile.base_url.split('/').nth(2).map(str::to_owned));
    for word in &mut words {
        *word = word.to_lowercase();
    }
    words
}

/// The lines of a crate that name a service. The runtime and the generator keep their names.
fn lines_about(run: &Generated, words: &[String]) -> Vec<String> {
    let mut found = Vec::new();
    for (path, content) in &run.tree.files {
        for line in content.lines() {
            let bare = line
                .to_lowercase()
                .replace("graph_runtime", "")
                .replace("graph-runtime", "")
                .replace("graph-codegen", "");
            if words.iter().any(|word| bare.contains(word)) {
                found.push(format!("{path}: {line}"));
            }
        }
    }
    found
}

#[test]
fn the_sdk_of_a_service_speaks_of_no_other() {
    let embedded = own_words(&Profile::embedded().unwrap());
    for service in names() {
        let run = run(&service);
        let strange = lines_about(&run, &embedded);
        assert!(strange.is_empty(), "{}", strange.join("\n"));
        // The same search finds the service's own name.
        assert!(!lines_about(&run, &own_words(&profile(&service))).is_empty());
    }
}

#[test]
fn without_an_address_of_pages_there_are_no_links_to_pages() {
    for service in names() {
        let profile = profile(&service);
        let run = run(&service);
        let links = run
            .tree
            .files
            .values()
            .flat_map(|content| content.lines())
            .filter(|line| line.contains("[Documentation]("))
            .count();
        assert_eq!(links > 0, profile.documentation_url.is_some(), "{service}");
    }
}

#[test]
fn every_snapshot_has_a_service() {
    let names = names();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests")
        .join(SNAPSHOTS);
    for entry in std::fs::read_dir(folder).unwrap() {
        let file = entry.unwrap().file_name().into_string().unwrap();
        let service = file.split("__").next().unwrap_or_default();
        assert!(
            names.iter().any(|name| name == service),
            "a snapshot without a service, to be removed: {file}"
        );
    }
}
