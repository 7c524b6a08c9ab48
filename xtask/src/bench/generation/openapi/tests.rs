//! The document of the pages in `docs-input`.

use std::collections::BTreeSet;

use graph_codegen::model::{Api, normalized};
use graph_codegen::pipeline::{self, Input, Source};
use graph_codegen::profile::Profile;
use graph_codegen::select::Selection;
use serde_json::Value;

use super::{METHODS, openapi, operations, paged, schemas};
use crate::paths;

fn documented() -> Api {
    let input = Input {
        source: Source::pages(paths::root().join("docs-input")),
        profile: Profile::embedded().unwrap(),
        selection: Selection::default(),
        denied: Vec::new(),
    };
    pipeline::model(&input).unwrap().api
}

/// The targets of all references.
fn references<'v>(value: &'v Value, found: &mut BTreeSet<&'v str>) {
    match value {
        Value::Object(object) => {
            found.extend(object.get("$ref").and_then(Value::as_str));
            object.values().for_each(|value| references(value, found));
        }
        Value::Array(items) => items.iter().for_each(|value| references(value, found)),
        _ => {}
    }
}

/// How many methods and paths there are; OpenAPI has one operation for each.
fn requests(api: &Api) -> usize {
    let requests = api.operations.iter().map(|operation| {
        let called = operation.call.iter().map(|argument| &*argument.name);
        let called: Vec<&str> = called.collect();
        let path = normalized(&operation.path);
        (&operation.method, &operation.version, path, called)
    });
    requests.collect::<BTreeSet<_>>().len()
}

/// The operations with the template and the parameters of their path.
fn operations_of(document: &Value) -> Vec<(&str, &Value, &Value)> {
    let mut all = Vec::new();
    for (template, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            if METHODS.contains(&method.as_str()) {
                all.push((template.as_str(), &item["parameters"], operation));
            }
        }
    }
    all
}

#[test]
fn every_reference_leads_to_a_schema() {
    let document = openapi(&documented());
    let mut found = BTreeSet::new();
    references(&document, &mut found);
    assert!(found.len() > 20, "{found:?}");
    for target in found {
        let schema = document.pointer(target.trim_start_matches('#'));
        assert!(schema.is_some(), "{target}");
    }
}

#[test]
fn operations_have_ids_of_their_own_and_the_parameters_of_their_paths() {
    let api = documented();
    let document = openapi(&api);
    let all = operations_of(&document);
    assert_eq!(all.len(), operations(&document));
    assert_eq!(all.len(), requests(&api));
    let ids = all
        .iter()
        .map(|(_, _, operation)| &operation["operationId"]);
    let ids: BTreeSet<&str> = ids.map(|id| id.as_str().unwrap()).collect();
    assert_eq!(ids.len(), all.len());
    for (template, parameters, operation) in all {
        let declared = parameters.as_array().unwrap().iter();
        let declared: Vec<String> = declared
            .map(|parameter| format!("{{{}}}", parameter["name"].as_str().unwrap()))
            .collect();
        assert_eq!(
            template.matches('{').count(),
            declared.len(),
            "{template} {declared:?}"
        );
        assert!(
            declared.iter().all(|name| template.contains(name)),
            "{template} {declared:?}"
        );
        let responses = operation["responses"].as_object().unwrap();
        assert!(!responses.is_empty(), "{template}");
    }
}

#[test]
fn all_types_and_properties_are_there_and_no_relationships() {
    let api = documented();
    let document = openapi(&api);
    let all = api.types.len() + api.enums.len() + paged(&api).len();
    assert_eq!(schemas(&document), all);
    let schema = |name: &str| &document["components"]["schemas"][name];
    for ty in &api.types {
        let schema = schema(&ty.name.to_string());
        let own = match ty.base {
            Some(_) => &schema["allOf"][1],
            None => schema,
        };
        let properties = ty.properties.iter().filter(|property| !property.navigation);
        let properties: BTreeSet<&String> = properties.map(|property| &property.name).collect();
        let written: BTreeSet<&String> = own["properties"].as_object().unwrap().keys().collect();
        assert_eq!(written, properties, "{}", ty.name);
    }
    for item in &api.enums {
        let members = schema(&item.name.to_string())["enum"].as_array().unwrap();
        assert_eq!(members.len(), item.members.len(), "{}", item.name);
    }
}

#[test]
fn a_path_has_a_method_once_and_names_differ_in_their_letters() {
    let mut api = documented();
    let (count, types) = (requests(&api), api.types.len());
    let mut twice = api.operations[0].clone();
    twice.query.clear();
    api.operations.push(twice);
    let mut unknown = api.operations[1].clone();
    unknown.method = "QUERY".to_owned();
    api.operations.push(unknown);
    let mut other = api.types[0].clone();
    other.name.name = other.name.name.to_uppercase();
    api.types.push(other);
    api.enums.clear();
    for ty in &mut api.types {
        ty.properties.clear();
    }
    let document = openapi(&api);
    assert_eq!(operations(&document), count);
    let names = document["components"]["schemas"].as_object().unwrap();
    let letters: BTreeSet<String> = names.keys().map(|name| name.to_lowercase()).collect();
    assert_eq!(letters.len(), types + 1 + paged(&api).len());
}
