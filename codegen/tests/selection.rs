//! What a selection keeps: the operations that its patterns match, and of the types those that are needed.
//!
//! Whether a type is needed is read off the listing of the written crate here: a type is needed that a function names,
//! and what its fields name, without relationships, and what it is derived from.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test may panic and print, and so may the functions that it calls"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use graph_codegen::diagnostics::Diagnostics;
use graph_codegen::emit::emit;
use graph_codegen::model::{Api, path_text};
use graph_codegen::pipeline::{Input, Model, Source, model};
use graph_codegen::plan::nodes::Form;
use graph_codegen::plan::{Descriptions, PlanOptions, plan};
use graph_codegen::profile::Profile;
use graph_codegen::select::{Selection, select};
use graph_codegen::tree::OutputTree;

fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The model of a folder, all of it.
fn read(docs: &Path) -> Model {
    let input = Input {
        source: Source::pages(docs),
        profile: Profile::embedded().unwrap(),
        selection: Selection::default(),
        denied: Vec::new(),
    };
    model(&input).unwrap()
}

fn docs_input() -> Model {
    read(&workspace().join("docs-input"))
}

/// The real pages; none, and a notice, where they are not there.
fn real() -> Option<Model> {
    let docs = workspace().join("../shared/corpus/graph-2021-07/api-reference/v1.0");
    if docs.is_dir() {
        return Some(read(&docs));
    }
    println!("skipped: no pages at {}", docs.display());
    None
}

/// A selection of these patterns; those after `!` are left out.
fn selection(patterns: &[&str]) -> Selection {
    let owned = |text: &str| text.to_owned();
    let excluded = patterns.iter().filter_map(|text| text.strip_prefix('!'));
    let selected = patterns.iter().filter(|text| !text.starts_with('!'));
    Selection {
        select: selected.map(|text| owned(text)).collect(),
        exclude: excluded.map(owned).collect(),
    }
}

/// What is left of a service, and what was said about it.
fn selected(api: &Api, patterns: &[&str]) -> (Api, Diagnostics) {
    let mut diagnostics = Diagnostics::default();
    let api = select(api.clone(), &selection(patterns), &mut diagnostics);
    (api, diagnostics)
}

/// The operations, a line each.
fn requests(api: &Api) -> Vec<String> {
    let line = |name: &str| format!("{{{name}}}");
    let operations = api.operations.iter();
    operations
        .map(|one| format!("  {} {}", one.method, path_text(&one.path, line)))
        .collect()
}

#[test]
fn patterns_match_as_the_snapshot_shows() {
    let docs = docs_input();
    let mut text = String::new();
    for patterns in [
        &["/users/{id}/messages"] as &[&str],
        &["/USERS/{anything}/Messages/{at all}"],
        &["GET /users/*"],
        &["patch /me/messages/{x}"],
        &["/users/*", "!/users/{id}*"],
        &["/users/{}/reminderView(startDateTime={a},endDateTime={b})"],
        &["users", "!GET *"],
        &["user-list"],
        &["User-*.md", "api/security-alert-get.md"],
        &["drive*"],
        &["!deviceManagement", "!/users/*", "!/me*", "!/groups/*"],
    ] {
        let (api, diagnostics) = selected(&docs.api, patterns);
        assert!(!diagnostics.has_errors(), "{patterns:?}");
        text += &format!("{}\n{}\n", patterns.join(" "), requests(&api).join("\n"));
    }
    insta::assert_snapshot!(text);
}

#[test]
fn a_pattern_that_matches_nothing_is_an_error_with_advice() {
    let docs = docs_input();
    let patterns = [
        "/user",
        "POST /users",
        "user.md",
        "users::list",
        "!PUT /users",
    ];
    let (api, diagnostics) = selected(&docs.api, &patterns);
    assert!(diagnostics.has_errors() && api.operations.is_empty());
    let lines: Vec<String> = diagnostics
        .iter()
        .map(|one| {
            format!(
                "{}\n  {}",
                one.message,
                one.help.clone().unwrap_or_default()
            )
        })
        .collect();
    insta::assert_snapshot!(lines.join("\n"));
}

/// The crate of a service.
fn written(api: &Api) -> OutputTree {
    let options = PlanOptions {
        package: "graph-sdk".to_owned(),
        runtime: "\"0.1\"".to_owned(),
        form: Form::Package,
        descriptions: Descriptions::Full,
    };
    let profile = Profile::embedded().unwrap();
    let mut diagnostics = Diagnostics::default();
    let plan = plan(api, &options, &profile, &mut diagnostics);
    emit(&plan, &mut diagnostics)
}

/// The listing of the crate of a service: all lines of `api/*.txt`.
fn listing(api: &Api) -> Vec<String> {
    let tree = written(api);
    let listings = tree
        .files
        .iter()
        .filter(|(path, _)| path.starts_with("api/"));
    let lines = listings.flat_map(|(_, text)| text.lines());
    lines.map(str::to_owned).collect()
}

/// The models that a text of Rust names.
fn named(text: &str) -> BTreeSet<String> {
    let is_path = |c: char| c.is_alphanumeric() || c == '_' || c == ':';
    let words = text.split(|c| !is_path(c));
    let models = words.filter(|word| word.starts_with("models::"));
    models.map(str::to_owned).collect()
}

/// The models of a crate, and those of them that nothing needs.
fn unneeded(api: &Api) -> (usize, Vec<String>) {
    let lines = listing(api);
    let mut models: BTreeMap<String, String> = BTreeMap::new();
    let mut uses: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut needed: BTreeSet<String> = BTreeSet::new();
    for line in &lines {
        let (item, what) = line.split_once([' ', '(']).unwrap_or((line, ""));
        if let Some((_, wire)) = what.split_once('"')
            && (what.contains("struct ") || what.contains("enum "))
            && item.starts_with("models::")
        {
            // The features that it is behind follow.
            let wire = wire.split('"').next().unwrap_or(wire);
            models.insert(wire.to_owned(), item.to_owned());
        } else if let Some((owner, _)) = item.split_once('.')
            && owner.starts_with("models::")
        {
            let of_owner = uses.entry(owner.to_owned()).or_default();
            let names = named(what);
            for name in &names {
                assert!(
                    lines
                        .iter()
                        .any(|line| line.starts_with(&format!("{name} = "))),
                    "{line}"
                );
            }
            if !what.contains("Related<") {
                of_owner.extend(names);
            }
        } else if !item.starts_with("models::") {
            needed.extend(named(what));
        }
    }
    for ty in &api.types {
        if let Some(base) = ty.base {
            let owner = &models[&ty.name.to_string()];
            let base = &models[&api.structured(base).name.to_string()];
            uses.entry(owner.clone()).or_default().insert(base.clone());
        }
    }
    let mut open: Vec<String> = needed.iter().cloned().collect();
    while let Some(name) = open.pop() {
        for next in uses.get(&name).into_iter().flatten() {
            if needed.insert(next.clone()) {
                open.push(next.clone());
            }
        }
    }
    let all: BTreeSet<String> = models.into_values().collect();
    assert!(needed.is_subset(&all), "{:?}", needed.difference(&all));
    (all.len(), all.difference(&needed).cloned().collect())
}

/// Selections of which each leaves less than all.
const SELECTIONS: &[&[&str]] = &[
    &["user-list", "user-get"],
    &["/users/*"],
    &["GET *"],
    &["deviceManagement"],
    &["reports", "security"],
    &["!deviceManagement", "!DELETE *"],
];

#[test]
fn nothing_is_kept_that_nothing_needs() {
    for (name, docs) in [("docs-input", Some(docs_input())), ("2021-07 v1.0", real())] {
        let Some(docs) = docs else { continue };
        let whole = unneeded(&docs.api).0;
        for patterns in SELECTIONS {
            let (api, diagnostics) = selected(&docs.api, patterns);
            assert!(!diagnostics.has_errors(), "{name} {patterns:?}");
            let (kept, unneeded) = unneeded(&api);
            assert_eq!(unneeded, [""; 0], "{name} {patterns:?}");
            assert!(
                (1..whole).contains(&kept),
                "{name} {patterns:?}: {kept} of {whole}"
            );
            assert_eq!(kept, api.types.len() + api.enums.len());
        }
    }
}

/// rustc warns of a macro that nothing uses.
#[test]
fn a_crate_without_models_has_no_macro_for_them() {
    let docs = docs_input();
    for (patterns, has_models) in [(&["DELETE *"], false), (&["GET *"], true)] {
        let (api, diagnostics) = selected(&docs.api, patterns);
        assert!(!diagnostics.has_errors() && !api.operations.is_empty());
        let models = &written(&api).files["src/models.rs"];
        assert_eq!(models.contains("macro_rules!"), has_models, "{models}");
        assert_eq!(models.contains("models! {"), has_models, "{models}");
    }
}

#[test]
fn without_a_selection_what_nothing_needs_is_kept_as_well() {
    let docs = docs_input();
    let (_, unneeded) = unneeded(&docs.api);
    assert!(
        unneeded.iter().any(|name| name.ends_with("::Session")),
        "{unneeded:?}"
    );
}

#[test]
fn two_operations_on_users_need_few_types() {
    let Some(docs) = real() else { return };
    let (api, _) = selected(&docs.api, &["user-list", "user-get"]);
    assert_eq!(requests(&api).len(), 3);
    let extent = api.extent();
    println!("user-list and user-get: {extent:?}");
    assert!(extent.types + extent.enums < 40, "{extent:?}");
    assert!(extent.left_out > 20, "{extent:?}");
}

#[test]
fn relationships_to_types_that_are_left_out_have_no_field_and_are_named() {
    let docs = docs_input();
    let (api, _) = selected(&docs.api, &["user-list"]);
    let user = api.types.iter().find(|ty| ty.name.name == "user").unwrap();
    assert_eq!(
        user.left_out,
        ["calendarView", "messages", "photo"],
        "directoryObject is there as the base"
    );
    let fields: Vec<&str> = user
        .properties
        .iter()
        .map(|one| one.name.as_str())
        .collect();
    assert!(fields.contains(&"manager") && !fields.contains(&"photo"));
}

#[test]
fn arguments_are_the_same_with_and_without_a_selection() {
    let Some(docs) = real() else { return };
    let functions = |api: &Api| -> BTreeSet<String> {
        let lines = listing(api).into_iter();
        lines
            .filter(|line| line.contains("(") && line.contains("-> Request<"))
            .collect()
    };
    let whole = functions(&docs.api);
    // Modules keep their names, as nothing but operations without arguments in parentheses is left out.
    let (api, _) = selected(&docs.api, &["/*(*"]);
    let part = functions(&api);
    assert!(part.len() > 20);
    let paths = |lines: &BTreeSet<String>| -> BTreeSet<String> {
        let paths = lines.iter().filter_map(|line| line.rsplit_once("  "));
        paths.map(|(_, request)| request.to_owned()).collect()
    };
    let unknown: Vec<String> = paths(&part).difference(&paths(&whole)).cloned().collect();
    assert_eq!(unknown, [""; 0]);
}
