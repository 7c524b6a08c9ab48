//! The model as an OpenAPI 3.0 document, which the generators of other projects read.
//!
//! Relationships are left out, since our structs decode them on demand. Of operations that differ in nothing but their
//! query or the names of placeholders only the first is there: OpenAPI has one for each method and path.

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use graph_codegen::model::{
    Api, Body, CoreType, EnumType, Operation, Part, Primitive, Property, Response, StructuredType,
    TypeId, TypeRef,
};
use graph_codegen::prose::Prose;
use serde_json::{Map, Value, json};

/// The methods that a path of OpenAPI 3.0 may have.
const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

/// The document.
pub(super) fn openapi(api: &Api) -> Value {
    let names = Names::of(api);
    let mut paths: BTreeMap<String, (String, Map<String, Value>)> = BTreeMap::new();
    let mut ids = BTreeSet::new();
    for operation in &api.operations {
        let method = operation.method.to_lowercase();
        if !METHODS.contains(&method.as_str()) {
            continue;
        }
        let path = Path::of(operation);
        let (_, item) = paths.entry(path.key.clone()).or_insert_with(|| {
            let parameters = path.parameters.iter();
            let parameters: Vec<Value> = parameters
                .map(|(name, wire)| path_parameter(&names, operation, name, wire))
                .collect();
            let item = Map::from_iter([("parameters".to_owned(), json!(parameters))]);
            (path.template.clone(), item)
        });
        if !item.contains_key(&method) {
            let stem = operation.page.rsplit('/').next().unwrap_or_default();
            let id = distinct(stem.trim_end_matches(".md"), &mut ids);
            item.insert(method, operation_object(&names, operation, &id));
        }
    }
    let structured = api.types.iter().zip(&names.types);
    let structured = structured.map(|(ty, name)| (name.clone(), structured_type(&names, ty)));
    let enums = api.enums.iter().zip(&names.enums);
    let enums = enums.map(|(item, name)| (name.clone(), enum_type(item)));
    let pages = paged(api).into_iter();
    let pages = pages.map(|id| {
        let item = reference(&names.types[id.0 as usize]);
        (names.pages[id.0 as usize].clone(), page(&item))
    });
    json!({
        "openapi": "3.0.3",
        "info": { "title": "The documented service", "version": "1.0" },
        "paths": Map::from_iter(paths.into_values().map(|(template, item)| (template, Value::Object(item)))),
        "components": { "schemas": Map::from_iter(structured.chain(enums).chain(pages)) },
    })
}

/// How many operations a document has.
pub(super) fn operations(document: &Value) -> usize {
    let paths = document["paths"].as_object().into_iter().flatten();
    let items = paths.filter_map(|(_, item)| item.as_object());
    items
        .map(|item| METHODS.iter().filter(|m| item.contains_key(**m)).count())
        .sum()
}

/// How many schemas a document has: one for each type and enum, and one for a page of each type that is listed.
pub(super) fn schemas(document: &Value) -> usize {
    let schemas = document["components"]["schemas"].as_object();
    schemas.map_or(0, Map::len)
}

/// The types of which an operation answers with pages.
fn paged(api: &Api) -> BTreeSet<TypeId> {
    let operations = api.operations.iter();
    let listed = operations.filter_map(|operation| match operation.response {
        Response::Value(TypeRef {
            core: CoreType::Structured(id),
            collection: true,
        }) if !operation.no_content => Some(id),
        _ => None,
    });
    listed.collect()
}

/// A page of items.
fn page(item: &Value) -> Value {
    let items = json!({ "type": "array", "items": item });
    let properties = json!({ "value": items, "@odata.nextLink": { "type": "string" } });
    json!({ "type": "object", "properties": properties })
}

/// The names of the schemas, in the order of the model; of pages those of the types that they are of.
struct Names {
    types: Vec<String>,
    enums: Vec<String>,
    pages: Vec<String>,
}

impl Names {
    fn of(api: &Api) -> Self {
        let mut taken = BTreeSet::new();
        let mut name = |name: &dyn ToString| distinct(&name.to_string(), &mut taken);
        Self {
            types: api.types.iter().map(|ty| name(&ty.name)).collect(),
            enums: api.enums.iter().map(|item| name(&item.name)).collect(),
            pages: api
                .types
                .iter()
                .map(|ty| name(&format!("{}CollectionResponse", ty.name)))
                .collect(),
        }
    }

    fn schema(&self, ty: TypeRef) -> Value {
        let core = match ty.core {
            CoreType::Primitive(primitive) => primitive_schema(primitive),
            CoreType::Structured(id) => reference(&self.types[id.0 as usize]),
            CoreType::Enum(id) => reference(&self.enums[id.0 as usize]),
            CoreType::Json => json!({}),
        };
        if ty.collection {
            json!({ "type": "array", "items": core })
        } else {
            core
        }
    }
}

/// A name of letters, digits, dots, `-` and `_`, as names of schemas are, that differs from others in its letters and
/// digits: who makes names of a language from it cannot tell apart what does not.
fn distinct(wanted: &str, taken: &mut BTreeSet<String>) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    let name = wanted.replace(|c| !plain(c), "_");
    let letters = |name: &str| {
        let letters = name.chars().filter(char::is_ascii_alphanumeric);
        letters.collect::<String>().to_lowercase()
    };
    let mut candidate = name.clone();
    let mut number = 1;
    while letters(&candidate).is_empty() || !taken.insert(letters(&candidate)) {
        number += 1;
        candidate = format!("{name}_v{number}");
    }
    candidate
}

fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{name}") })
}

fn primitive_schema(primitive: Primitive) -> Value {
    let (ty, format) = match primitive {
        Primitive::Boolean => ("boolean", None),
        Primitive::Byte => ("integer", Some("uint8")),
        Primitive::SByte => ("integer", Some("int8")),
        Primitive::Int16 => ("integer", Some("int16")),
        Primitive::Int32 => ("integer", Some("int32")),
        Primitive::Int64 => ("integer", Some("int64")),
        Primitive::Single => ("number", Some("float")),
        Primitive::Double | Primitive::Decimal => ("number", Some("double")),
        Primitive::Binary => ("string", Some("byte")),
        Primitive::Date => ("string", Some("date")),
        Primitive::DateTimeOffset => ("string", Some("date-time")),
        Primitive::Duration => ("string", Some("duration")),
        Primitive::Guid => ("string", Some("uuid")),
        Primitive::TimeOfDay => ("string", Some("time")),
        Primitive::String => ("string", None),
        // Any JSON may stand in its place, as in our structs.
        Primitive::Stream => return json!({}),
    };
    let mut schema = json!({ "type": ty });
    if let Some(format) = format {
        schema["format"] = json!(format);
    }
    schema
}

/// Adds a description where there is one.
fn described(mut object: Value, doc: &Prose) -> Value {
    if !doc.is_empty() {
        object["description"] = json!(doc.text());
    }
    object
}

fn structured_type(names: &Names, ty: &StructuredType) -> Value {
    let own = object(names, &ty.properties);
    let schema = match ty.base {
        Some(base) => json!({ "allOf": [reference(&names.types[base.0 as usize]), own] }),
        None => own,
    };
    described(schema, &ty.doc)
}

/// An object with these properties, none of which has to be there.
fn object(names: &Names, properties: &[Property]) -> Value {
    let mut all = Map::new();
    for property in properties.iter().filter(|property| !property.navigation) {
        let schema = names.schema(property.ty);
        // What stands beside a reference does not count (OpenAPI 3.0, section 4.7.23).
        let schema = match schema.get("$ref") {
            Some(_) if !property.doc.is_empty() => json!({ "allOf": [schema] }),
            _ => schema,
        };
        all.insert(property.name.clone(), described(schema, &property.doc));
    }
    json!({ "type": "object", "properties": all })
}

fn enum_type(item: &EnumType) -> Value {
    let mut seen = BTreeSet::new();
    let members = item.members.iter().map(|member| &member.name);
    let members: Vec<&String> = members.filter(|name| seen.insert(*name)).collect();
    let mut schema = json!({ "type": "string" });
    // A list of nothing would allow nothing.
    if !members.is_empty() {
        schema["enum"] = json!(members);
    }
    described(schema, &item.doc)
}

fn operation_object(names: &Names, operation: &Operation, id: &str) -> Value {
    let mut object = json!({
        "operationId": id,
        "summary": operation.title,
        "parameters": query_parameters(names, operation),
        "responses": responses(names, operation),
    });
    if let Some(body) = body(names, operation) {
        object["requestBody"] = body;
    }
    described(object, &operation.doc)
}

/// What is sent: its media type and schema.
fn body(names: &Names, operation: &Operation) -> Option<Value> {
    let (media, schema) = match &operation.body {
        Body::None => return None,
        Body::Value(ty) => ("application/json", names.schema(*ty)),
        Body::Parameters(rows) => ("application/json", object(names, rows)),
        Body::Reference => (
            "application/json",
            json!({ "type": "object", "properties": { "@odata.id": { "type": "string" } } }),
        ),
        Body::Binary => (
            "application/octet-stream",
            json!({ "type": "string", "format": "binary" }),
        ),
        Body::Json => ("application/json", json!({})),
    };
    Some(json!({ "required": true, "content": { media: { "schema": schema } } }))
}

/// The answers of success: all that the page has, with the same content.
fn responses(names: &Names, operation: &Operation) -> Value {
    let content = match operation.response {
        Response::Value(ty) if !operation.no_content => {
            let schema = match ty.core {
                _ if !ty.collection => names.schema(ty),
                CoreType::Structured(id) => reference(&names.pages[id.0 as usize]),
                core => page(&names.schema(TypeRef {
                    core,
                    collection: false,
                })),
            };
            Some(("application/json", schema))
        }
        Response::Json if !operation.no_content => Some(("application/json", json!({}))),
        Response::Binary if !operation.no_content => Some((
            "application/octet-stream",
            json!({ "type": "string", "format": "binary" }),
        )),
        _ => None,
    };
    let mut response = json!({ "description": "Success" });
    if let Some((media, schema)) = content {
        response["content"] = json!({ media: { "schema": schema } });
    }
    let statuses = operation.statuses.iter();
    let statuses = statuses.filter(|status| (200..300).contains(*status));
    let mut all: Map<String, Value> = statuses
        .map(|status| (status.to_string(), response.clone()))
        .collect();
    if all.is_empty() {
        all.insert("2XX".to_owned(), response);
    }
    Value::Object(all)
}

/// The query of the request line, and the options of OData that the page has.
fn query_parameters(names: &Names, operation: &Operation) -> Vec<Value> {
    let mut seen = BTreeSet::new();
    let line = operation.query.iter().map(|(name, _)| (name, true));
    let options = operation.query_options.iter().map(|name| (name, false));
    let all = line.chain(options);
    all.filter(|(name, _)| seen.insert(name.to_lowercase()))
        .map(|(name, required)| parameter(names, operation, name, name, ("query", required)))
        .collect()
}

fn path_parameter(names: &Names, operation: &Operation, name: &str, wire: &str) -> Value {
    parameter(names, operation, name, wire, ("path", true))
}

/// A parameter of the name, which is that of `wire` in the tables of the page.
fn parameter(
    names: &Names,
    operation: &Operation,
    name: &str,
    wire: &str,
    (place, required): (&str, bool),
) -> Value {
    let mut documented = operation.parameters.iter().chain(&operation.call);
    let documented = documented.find(|parameter| parameter.name.eq_ignore_ascii_case(wire));
    // What is a list or an object has no one form in a path.
    let ty = documented.and_then(|parameter| parameter.ty);
    let schema = match ty.filter(|ty| !ty.collection).map(|ty| ty.core) {
        Some(core @ (CoreType::Primitive(_) | CoreType::Enum(_)))
            if core != CoreType::Primitive(Primitive::Stream) =>
        {
            names.schema(TypeRef {
                core,
                collection: false,
            })
        }
        _ => json!({ "type": "string" }),
    };
    let object = json!({ "name": name, "in": place, "required": required, "schema": schema });
    match documented {
        Some(parameter) => described(object, &parameter.doc),
        None => object,
    }
}

/// A path with a name of its own for each placeholder.
struct Path {
    template: String,
    /// The same for all paths that differ only in the names of placeholders.
    key: String,
    /// The placeholders, and what the page calls the value.
    parameters: Vec<(String, String)>,
}

impl Path {
    fn of(operation: &Operation) -> Self {
        let mut path = Self {
            template: String::new(),
            key: String::new(),
            parameters: Vec::new(),
        };
        let mut taken = BTreeSet::new();
        path.literal("/");
        path.literal(&operation.version);
        for segment in &operation.path {
            path.literal("/");
            for part in &segment.parts {
                match part {
                    Part::Literal(text) => path.literal(text),
                    Part::Placeholder { name, .. } => path.placeholder(name, &mut taken),
                }
            }
        }
        // The arguments of a function whose request line leaves them out.
        for (index, argument) in operation.call.iter().enumerate() {
            path.literal(if index == 0 { "(" } else { "," });
            path.literal(&argument.name);
            path.literal("=");
            path.placeholder(&argument.name, &mut taken);
        }
        path.literal(if operation.call.is_empty() { "" } else { ")" });
        path
    }

    fn literal(&mut self, text: &str) {
        let text = text.replace(['{', '}'], "");
        self.key.push_str(&text.to_lowercase());
        self.template.push_str(&text);
    }

    fn placeholder(&mut self, wire: &str, taken: &mut BTreeSet<String>) {
        let name = distinct(wire, taken);
        self.key.push_str("{}");
        self.template.push_str(&format!("{{{name}}}"));
        self.parameters.push((name, wire.to_owned()));
    }
}
