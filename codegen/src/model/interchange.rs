//! The model as JSON, in the neutral form that `cargo xtask model` prints and other tools compare.

use serde_json::{Map, Value, json};

use super::{
    Api, Body, ELISION, EnumType, Operation, Property, Response, StructuredType, path_text,
};

/// The model as one JSON object with `types`, `operations` and `examples`.
#[must_use]
pub fn interchange(api: &Api) -> Value {
    let structured = api.types.iter().map(|ty| structured_type(api, ty));
    let enums = api.enums.iter().map(enum_type);
    json!({
        "types": structured.chain(enums).collect::<Vec<_>>(),
        "operations": api.operations.iter().map(|operation| operation_json(api, operation)).collect::<Vec<_>>(),
        "examples": examples(api),
    })
}

fn examples(api: &Api) -> Vec<Value> {
    let example = |page: &str, direction| json!({"page": page, "dir": direction});
    let exchanges = api.exchanges.iter();
    exchanges
        .flat_map(|exchange| {
            let request = exchange.request.iter().map(|_| "request");
            let responses = exchange.responses.iter().map(|_| "response");
            let directions = request.chain(responses);
            directions.map(|direction| example(&exchange.page, direction))
        })
        .collect()
}

fn structured_type(api: &Api, ty: &StructuredType) -> Value {
    json!({
        "name": ty.name.name,
        "namespace": ty.name.namespace,
        "kind": if ty.entity { "entity" } else { "complex" },
        "base": ty.base.map(|base| api.structured(base).name.to_string()),
        "open": ty.open,
        "abstract": ty.is_abstract,
        "properties": ty.properties.iter().map(|property| property_json(api, property)).collect::<Vec<_>>(),
    })
}

fn property_json(api: &Api, property: &Property) -> Value {
    let mut map = Map::new();
    map.insert("name".to_owned(), json!(property.name));
    map.insert("type".to_owned(), json!(api.core_name(property.ty.core)));
    map.insert("collection".to_owned(), json!(property.ty.collection));
    map.insert("nav".to_owned(), json!(property.navigation));
    if !property.values.is_empty() {
        map.insert("values".to_owned(), json!(property.values));
    }
    Value::Object(map)
}

fn enum_type(item: &EnumType) -> Value {
    let numbers: Map<String, Value> = item
        .members
        .iter()
        .filter_map(|member| Some((member.name.clone(), json!(member.number?))))
        .collect();
    json!({
        "name": item.name.name,
        "namespace": item.name.namespace,
        "kind": "enum",
        "flags": item.flags,
        "base": null,
        "properties": [],
        "members": item.members.iter().map(|member| &member.name).collect::<Vec<_>>(),
        "numbers": numbers,
    })
}

fn operation_json(api: &Api, operation: &Operation) -> Value {
    let request = match &operation.body {
        Body::Value(ty) => Some(api.core_name(ty.core)),
        _ => None,
    };
    let (response, collection) = match operation.response {
        Response::Value(ty) => (Some(api.core_name(ty.core)), ty.collection),
        Response::Binary => (Some("Edm.Stream".to_owned()), false),
        Response::Json | Response::None => (None, false),
    };
    json!({
        "page": operation.page,
        "name": operation.title,
        "method": operation.method,
        "version": operation.version,
        "path": path(operation),
        "request_type": request,
        "response_type": response,
        "response_collection": collection,
        "status": operation.statuses,
        "query_options": operation.query_options,
        "headers": operation.headers.iter().map(|(name, _)| name).collect::<Vec<_>>(),
        "permissions": {
            "work": operation.permissions.delegated_work,
            "personal": operation.permissions.delegated_personal,
            "application": operation.permissions.application,
        },
    })
}

/// The path with its placeholders in braces.
fn path(operation: &Operation) -> String {
    path_text(&operation.path, |name| match name {
        ELISION => ELISION.to_owned(),
        name => format!("{{{name}}}"),
    })
}
