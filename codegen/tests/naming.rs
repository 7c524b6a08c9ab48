//! Names of Rust are different for everything that is different on the wire, whatever names a service has: property
//! tests over the stage `plan`.

#![expect(
    clippy::unwrap_used,
    reason = "a test may panic, and so may the functions that it calls"
)]

#[path = "naming/service.rs"]
mod service;

use std::collections::{BTreeMap, BTreeSet};

use graph_codegen::diagnostics::Diagnostics;
use graph_codegen::model::Api;
use graph_codegen::plan::ident::RustIdent;
use graph_codegen::plan::nodes::Form;
use graph_codegen::plan::nodes::{CratePlan, ModelItem, ModulePlan, StructPlan};
use graph_codegen::plan::{Descriptions, PlanOptions, plan};
use graph_codegen::profile::Profile;
use proptest::prelude::*;

/// The names of one scope: what an item is on the wire, and its name.
type Scopes = BTreeMap<String, Vec<(String, RustIdent)>>;

/// The cases of rustc's lints on style.
#[derive(Clone, Copy, Debug)]
enum Case {
    Snake,
    Upper,
    Camel,
}

fn planned(api: &Api) -> CratePlan {
    let options = PlanOptions {
        package: "sdk".to_owned(),
        runtime: "\"0.1\"".to_owned(),
        form: Form::Package,
        descriptions: Descriptions::Full,
    };
    let profile = Profile::embedded().unwrap();
    plan(api, &options, &profile, &mut Diagnostics::default())
}

/// Whether rustc takes a name without a word: `non_snake_case`, `non_upper_case_globals`, `non_camel_case_types`.
fn is_clean(ident: &RustIdent, case: Case) -> bool {
    let name = ident.as_str().trim_matches('_');
    let chars: Vec<char> = name.chars().collect();
    let styled = match case {
        Case::Snake => !chars.iter().any(char::is_ascii_uppercase) && !name.contains("__"),
        Case::Upper => !chars.iter().any(char::is_ascii_lowercase),
        Case::Camel => {
            let parts_words = chars.windows(3).any(|three| {
                three[1] == '_' && (three[0].is_alphabetic() || three[2].is_alphabetic())
            });
            !name.starts_with(|c: char| c.is_lowercase()) && !name.contains("__") && !parts_words
        }
    };
    styled && syn::parse_str::<syn::Ident>(ident.as_str()).is_ok()
}

fn structure(
    path: &str,
    item: &StructPlan,
    scopes: &mut Scopes,
    cases: &mut Vec<(RustIdent, Case)>,
) {
    let names = scopes.entry(format!("{path} fields")).or_default();
    names.push(("the rest".to_owned(), item.additional.clone()));
    for field in &item.fields {
        names.push((field.wire.clone(), field.ident.clone()));
        cases.push((field.ident.clone(), Case::Snake));
        cases.push((field.constant.clone(), Case::Upper));
    }
    let constants = scopes.entry(format!("{path} constants")).or_default();
    for field in &item.fields {
        constants.push((field.wire.clone(), field.constant.clone()));
    }
}

fn requests(
    above: &str,
    module: &ModulePlan,
    scopes: &mut Scopes,
    cases: &mut Vec<(RustIdent, Case)>,
) {
    let path = format!("{above}::{}", module.ident);
    cases.push((module.ident.clone(), Case::Snake));
    for body in &module.bodies {
        let types = scopes.entry(format!("{path} types")).or_default();
        types.push((body.doc.concat(), body.ident.clone()));
        cases.push((body.ident.clone(), Case::Camel));
        structure(&format!("{path}::{}", body.ident), body, scopes, cases);
    }
    for function in &module.operations {
        let wire = format!("{:?}", function.origins);
        let values = scopes.entry(format!("{path} values")).or_default();
        values.push((wire.clone(), function.ident.clone()));
        values.push((format!("{wire} static"), function.constant.clone()));
        cases.push((function.ident.clone(), Case::Snake));
        cases.push((function.constant.clone(), Case::Upper));
        let arguments = scopes
            .entry(format!("{path} {wire} arguments"))
            .or_default();
        for (place, argument) in function.arguments.iter().enumerate() {
            arguments.push((place.to_string(), argument.ident.clone()));
            cases.push((argument.ident.clone(), Case::Snake));
        }
    }
    for child in &module.children {
        let modules = scopes.entry(format!("{path} modules")).or_default();
        modules.push((child.ident.to_string(), child.ident.clone()));
        requests(&path, child, scopes, cases);
    }
}

fn scopes(plan: &CratePlan) -> (Scopes, Vec<(RustIdent, Case)>) {
    let mut scopes = Scopes::new();
    let mut cases = Vec::new();
    for model in &plan.models {
        let namespace = format!("models {:?}", model.namespace);
        let (wire, ident) = match &model.item {
            ModelItem::Struct(item) => {
                structure(
                    &format!("{namespace} {}", item.ident),
                    item,
                    &mut scopes,
                    &mut cases,
                );
                (&item.wire, &item.ident)
            }
            ModelItem::Enum(item) => {
                let variants = scopes
                    .entry(format!("{namespace} {}", item.ident))
                    .or_default();
                variants.push(("unknown".to_owned(), item.unknown.clone()));
                for variant in &item.variants {
                    variants.push((format!("value {}", variant.wire), variant.ident.clone()));
                    cases.push((variant.ident.clone(), Case::Camel));
                }
                (&item.wire, &item.ident)
            }
        };
        cases.push((ident.clone(), Case::Camel));
        let types = scopes.entry(namespace.clone()).or_default();
        types.push((wire.clone(), ident.clone()));
        let files = scopes.entry(format!("{namespace} files")).or_default();
        files.push((wire.clone(), model.module.clone()));
    }
    for namespace in &plan.namespaces {
        cases.push((namespace.ident.clone(), Case::Snake));
        let files = scopes.entry("models None files".to_owned()).or_default();
        files.push((
            format!("namespace {}", namespace.ident),
            namespace.ident.clone(),
        ));
    }
    for area in &plan.areas {
        requests("", area, &mut scopes, &mut cases);
    }
    for names in scopes.values_mut() {
        names.sort();
    }
    (scopes, cases)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_differs_on_the_wire_differs_in_rust(
        service in service::service(),
        seed in any::<u32>(),
    ) {
        let api = service::api(&service);
        let plan = planned(&api);
        let (found, cases) = scopes(&plan);
        for (scope, names) in &found {
            let distinct: BTreeSet<&RustIdent> = names.iter().map(|(_, ident)| ident).collect();
            prop_assert_eq!(distinct.len(), names.len(), "{}: {:?}", scope, names);
        }
        for (ident, case) in &cases {
            prop_assert!(is_clean(ident, *case), "{ident} as {case:?}");
        }
        let mut lines: Vec<_> = Vec::new();
        for area in &plan.areas {
            origins(area, &mut lines);
        }
        lines.sort_unstable();
        let mut expected: Vec<_> = api.operations.iter().map(|operation| operation.origin).collect();
        expected.sort_unstable();
        prop_assert_eq!(lines, expected, "each request line has one function");

        let shuffled = service::shuffled(&service, seed);
        let (again, _) = scopes(&planned(&service::api(&shuffled)));
        prop_assert_eq!(found, again, "the order of items changes names");
    }
}

fn origins(module: &ModulePlan, lines: &mut Vec<graph_codegen::diagnostics::Span>) {
    for function in &module.operations {
        lines.extend(&function.origins);
    }
    for child in &module.children {
        origins(child, lines);
    }
}

#[test]
fn the_test_sees_names_that_rustc_would_complain_about() {
    for (name, case) in [
        ("aB", Case::Snake),
        ("a__b", Case::Snake),
        ("aB", Case::Upper),
        ("a_b", Case::Camel),
        ("lower", Case::Camel),
    ] {
        assert!(!is_clean(&RustIdent::new(name), case), "{name} as {case:?}");
    }
}
