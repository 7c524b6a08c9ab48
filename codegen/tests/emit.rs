//! The `emit` stage, on a plan made by hand that has every kind of node and the names that are hard to write.

use std::collections::BTreeSet;

use graph_codegen::diagnostics::Diagnostics;
use graph_codegen::emit::emit;
use graph_codegen::plan::ident::RustIdent;
use graph_codegen::plan::nodes::{
    BodyPlan, CratePlan, ExchangePlan, Form, ModelItem, ModulePlan, RustType,
};
use graph_codegen::tree::{GENERATED_HEADER, GENERATED_JSON, OutputTree};

#[path = "emit/plan.rs"]
mod plan;

use plan::plan;

/// Text that would be code if it ever left its literal or comment.
const HOSTILE: &str = "*/ \" #[x] ]] \\ `\u{202E}'\n#![feature(x)]\r\npub fn injected() {}\u{2028}\u{0}/** \t#\"##\r//!";

fn tree() -> OutputTree {
    emit(&plan(), &mut Diagnostics::default())
}

#[test]
fn every_node_is_written() {
    let mut text = String::new();
    for (path, content) in &tree().files {
        text.push_str(&format!("==== {path}\n{content}"));
    }
    insta::assert_snapshot!("emitted", text);
}

#[test]
fn every_file_is_rust_below_a_header() {
    for (path, content) in &tree().files {
        let start = match path.rsplit_once('.') {
            Some((_, "rs")) => format!("// {GENERATED_HEADER}"),
            Some((_, "json")) => GENERATED_JSON.to_owned(),
            _ => format!("# {GENERATED_HEADER}"),
        };
        assert!(content.starts_with(&start), "{path}");
        if path.ends_with(".json") {
            let read: Result<serde_json::Value, _> = serde_json::from_str(content);
            assert!(read.is_ok(), "{path}: {read:?}");
        }
        assert!(
            content.ends_with('\n') && !content.ends_with("\n\n"),
            "{path}"
        );
        assert!(
            !content.contains('\r') && !content.contains('\u{202E}') && !content.contains('\0'),
            "{path}"
        );
        if path.ends_with(".rs") {
            syn::parse_file(content).unwrap_or_else(|error| panic!("{path}: {error}\n{content}"));
        }
        if path.ends_with(".toml") {
            content
                .parse::<toml::Table>()
                .unwrap_or_else(|error| panic!("{path}: {error}"));
        }
    }
}

#[test]
fn text_of_pages_stays_text() {
    for (path, content) in tree()
        .files
        .iter()
        .filter(|(path, _)| path.ends_with(".rs"))
    {
        let file = syn::parse_file(content).unwrap();
        assert!(
            file.attrs
                .iter()
                .all(|attribute| attribute.path().is_ident("doc")),
            "{path}"
        );
        for item in &file.items {
            assert!(
                !matches!(item, syn::Item::Fn(function) if function.sig.ident == "injected"),
                "{path}"
            );
        }
        for line in content.lines().filter(|line| line.contains("injected")) {
            let line = line.trim_start();
            assert!(
                line.starts_with("//") || line.contains("\\npub fn injected() {}"),
                "{path}: {line}"
            );
        }
    }
}

#[test]
fn text_on_the_wire_is_exact() {
    let tree = tree();
    let file = syn::parse_file(&tree.files["src/models/hostile.rs"]).unwrap();
    let name = file.items.iter().find_map(|item| match item {
        syn::Item::Impl(item) => item.items.iter().find_map(|item| match item {
            syn::ImplItem::Const(constant) if constant.ident == "HOSTILE" => Some(&constant.expr),
            _ => None,
        }),
        _ => None,
    });
    let Some(syn::Expr::Call(call)) = name else {
        panic!("no constant HOSTILE")
    };
    let Some(syn::Expr::Lit(syn::ExprLit {
        lit: syn::Lit::Str(text),
        ..
    })) = call.args.first()
    else {
        panic!("no text in HOSTILE")
    };
    assert_eq!(text.value(), HOSTILE);
}

#[test]
fn the_listings_are_sorted_and_complete() {
    let tree = tree();
    let functions = tree.files["api/device_management.txt"]
        .lines()
        .filter(|line| line.contains(") -> "))
        .count();
    assert_eq!(functions, 9);
    for (path, content) in tree
        .files
        .iter()
        .filter(|(path, _)| path.starts_with("api/"))
    {
        let lines: Vec<&str> = content.lines().skip(1).collect();
        assert!(lines.is_sorted(), "{path}");
    }
}

#[test]
fn a_member_of_a_workspace_has_no_workspace_of_its_own() {
    let mut plan = plan();
    assert!(
        emit(&plan, &mut Diagnostics::default()).files["Cargo.toml"].contains("\n[workspace]\n")
    );
    plan.form = Form::Member;
    assert!(!emit(&plan, &mut Diagnostics::default()).files["Cargo.toml"].contains("[workspace]"));
}

#[test]
fn the_manifest_quotes_its_values() {
    let mut plan = plan();
    plan.package = "a\"]\nb".to_owned();
    let manifest: toml::Table = emit(&plan, &mut Diagnostics::default()).files["Cargo.toml"]
        .parse()
        .unwrap();
    assert_eq!(manifest["package"]["name"].as_str(), Some("a\"]\nb"));
    assert_eq!(
        manifest["features"]["full"].as_array().map(Vec::len),
        Some(2)
    );
}

#[test]
fn an_empty_plan_is_a_crate() {
    let plan = CratePlan {
        package: "empty".to_owned(),
        runtime: "\"0.1.0\"".to_owned(),
        form: Form::Member,
        base_url: "https://harbour.example".to_owned(),
        scopes: Vec::new(),
        doc: Vec::new(),
        licence: "MIT".to_owned(),
        notice: Vec::new(),
        areas: Vec::new(),
        models: Vec::new(),
        namespaces: Vec::new(),
    };
    let tree = emit(&plan, &mut Diagnostics::default());
    assert!(!tree.files["src/models.rs"].contains("macro_rules!"));
    let paths: Vec<&String> = tree.files.keys().collect();
    assert_eq!(
        paths,
        [
            "Cargo.toml",
            "api/models.txt",
            "rustfmt.toml",
            "src/lib.rs",
            "src/models.rs",
            "tests/conformance/cases.rs",
            "tests/conformance/derived.rs",
            "tests/conformance/main.rs"
        ]
    );
}

/// A file that would be too long is written as several, and nothing is lost or said twice on the way.
#[test]
fn long_files_are_several() {
    let mut plan = plan();
    let mut names = BTreeSet::new();
    let module = &mut plan.areas[0].children[0];
    let (template, body) = (module.operations[0].clone(), module.bodies[0].clone());
    for verb in ["create", "list"] {
        for number in 0..25 {
            let name = format!("{verb}_thing_{number}");
            let mut operation = template.clone();
            operation.ident = RustIdent::new(&name);
            operation.constant = RustIdent::new(&name.to_uppercase());
            let mut sent = body.clone();
            sent.ident = RustIdent::new(&format!("{verb}{number}Body"));
            operation.body = BodyPlan::Json {
                ident: RustIdent::new("body"),
                ty: RustType::Local(sent.ident.clone()),
            };
            module.operations.push(operation);
            module.bodies.push(sent);
            names.insert(name);
        }
    }
    for model in &mut plan.models {
        match &mut model.item {
            ModelItem::Enum(plan) if plan.ident.as_str() == "ComplianceStatus" => {
                let template = plan.variants[0].clone();
                for number in 0..900 {
                    let mut variant = template.clone();
                    variant.ident = RustIdent::new(&format!("Variant{number}"));
                    variant.wire = format!("variant{number}");
                    plan.variants.push(variant);
                }
            }
            _ => {}
        }
    }
    let tree = emit(&plan, &mut Diagnostics::default());
    let mut found = Vec::new();
    for (path, content) in &tree.files {
        assert!(content.lines().count() <= 3_000, "{path}");
        let functions = content.lines().filter_map(|line| {
            let name = line.strip_prefix("pub fn ")?.split('(').next()?;
            names.contains(name).then(|| name.to_owned())
        });
        found.extend(functions);
    }
    found.sort();
    assert!(names.into_iter().eq(found));
    let module = &tree.files["src/device_management/actions.rs"];
    assert!(module.contains("mod create;\n") && module.contains("pub use create::*;\n"));
    let status = &tree.files["src/models/compliance_status.rs"];
    assert!(status.contains("mod wire;\n") && status.contains("pub enum ComplianceStatus"));
    let wire = &tree.files["src/models/compliance_status/wire.rs"];
    assert!(wire.contains("use super::ComplianceStatus;\n"));
}

/// Writes the fixture as a crate, so that it can be put before rustc, clippy and rustdoc:
/// `EMIT_TO=target/fixture cargo test -p graph-codegen --test emit -- --ignored`.
#[test]
#[ignore = "writes to the folder that EMIT_TO names"]
fn write_the_fixture() {
    let out = std::path::PathBuf::from(std::env::var_os("EMIT_TO").unwrap());
    for (path, content) in &tree().files {
        let path = out.join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, content).unwrap();
    }
}

/// Gives each function of a module an example, which shows another function's request if `shared`.
fn exemplify(module: &mut ModulePlan, shared: bool) {
    for operation in &mut module.operations {
        operation.exchanges = vec![ExchangePlan {
            page: "api/berth-get.md".to_owned(),
            shared,
            request: None,
            responses: Vec::new(),
        }];
    }
    for child in &mut module.children {
        exemplify(child, shared);
    }
}

#[test]
fn the_test_of_the_examples_calls_each_function_that_has_one() {
    let cases = |plan: &CratePlan| -> Vec<String> {
        let tree = emit(plan, &mut Diagnostics::default());
        let tables = tree.files.iter();
        let lines = tables
            .filter(|(path, _)| path.starts_with("tests/conformance/cases/"))
            .flat_map(|(_, text)| text.lines());
        let mut found: Vec<String> = lines
            .filter_map(|line| {
                line.trim()
                    .strip_prefix("function: \"")?
                    .strip_suffix("\",")
            })
            .map(str::to_owned)
            .collect();
        found.sort();
        found
    };
    let mut plan = plan();
    assert_eq!(cases(&plan), Vec::<String>::new());
    plan.areas.iter_mut().for_each(|area| exemplify(area, true));
    assert_eq!(cases(&plan), Vec::<String>::new());
    plan.areas
        .iter_mut()
        .for_each(|area| exemplify(area, false));
    let mut expected: Vec<String> = plan.functions().map(|(path, _)| path).collect();
    expected.sort();
    assert_eq!(cases(&plan), expected);

    // A table that would be too long is several, by the modules that its functions are in.
    let area = &mut plan.areas[0];
    let child = &mut area.children[0];
    let one = child.operations[0].clone();
    child.operations.extend((0..1_000).map(|number| {
        let mut operation = one.clone();
        operation.ident = RustIdent::new(&format!("get_{number}"));
        operation
    }));
    let part = format!("tests/conformance/cases/{}/{}.rs", area.ident, child.ident);
    let mut expected: Vec<String> = plan.functions().map(|(path, _)| path).collect();
    expected.sort();
    assert_eq!(cases(&plan), expected);
    assert!(
        emit(&plan, &mut Diagnostics::default())
            .files
            .contains_key(&part)
    );
}
