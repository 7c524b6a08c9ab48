//! How much of the documentation is in the crate: from the facts of the pages to the items of the emitted files.
//!
//! What is counted is what the pages say, before anything is resolved or planned; what is found is in the syntax of the
//! files. A stage between them that loses something shows.

use std::collections::{BTreeMap, BTreeSet};

use graph_codegen::diagnostics::{Rule, Span};
use graph_codegen::model::{CoreType, Property};
use graph_codegen::pipeline::Generated;
use graph_codegen::plan::nodes::{ModelItem, RustType, StructPlan};
use syn::{Item, ItemStruct, Visibility};

use super::syntax::{Files, items};
use crate::table::{Bar, Figure, Measurement, Table};

/// The most lines that a file may have.
const LONGEST: f64 = 3000.0;

/// Adds the rows about coverage, and about the size of the crate.
pub(super) fn measure(generated: &Generated, files: &Files, table: &mut Table) {
    let emitted = Emitted::new(files);
    table.push(requests(generated));
    table.push(functions(generated, &emitted));
    table.push(types(generated, &emitted));
    let (typed, declared) = properties(generated, &emitted);
    table.push(typed);
    table.push(declared);
    size(generated, table);
}

/// What the files define.
struct Emitted<'a> {
    /// The structs of `models` by name; in several namespaces there can be one of the same name.
    structs: BTreeMap<String, Vec<&'a ItemStruct>>,
    enums: BTreeSet<String>,
    /// How many public functions there are outside of `models`.
    functions: usize,
}

impl<'a> Emitted<'a> {
    fn new(files: &'a Files) -> Self {
        let mut emitted = Self {
            structs: BTreeMap::new(),
            enums: BTreeSet::new(),
            functions: 0,
        };
        for (path, file) in files {
            let models = path.starts_with("src/models");
            // What the crate's root has is no request.
            let requests = !models && path != "src/lib.rs";
            for item in items(file) {
                match item {
                    Item::Struct(item) if models => {
                        let name = item.ident.to_string();
                        emitted.structs.entry(name).or_default().push(item);
                    }
                    Item::Enum(item) if models => {
                        emitted.enums.insert(item.ident.to_string());
                    }
                    Item::Fn(item) if requests && matches!(item.vis, Visibility::Public(_)) => {
                        emitted.functions += 1;
                    }
                    _ => {}
                }
            }
        }
        emitted
    }

    /// Whether a struct has a field of a type that is not JSON.
    fn is_typed(&self, owner: &StructPlan, wire: &str) -> bool {
        let Some(plan) = owner.fields.iter().find(|field| field.wire == wire) else {
            return false;
        };
        let structs = self.structs.get(owner.ident.as_str());
        structs.into_iter().flatten().any(|item| {
            let named = item.fields.iter().filter_map(|field| field.ident.as_ref());
            named.into_iter().any(|name| *name == plan.ident.as_str())
        }) && !is_json(&plan.ty)
    }
}

/// Whether a type is JSON, or a list of it.
fn is_json(ty: &RustType) -> bool {
    match ty {
        RustType::Runtime(name) => *name == "Json",
        RustType::Vec(item) | RustType::Boxed(item) | RustType::Generic(_, item) => is_json(item),
        _ => false,
    }
}

fn requests(generated: &Generated) -> Measurement {
    // Several requests can stand on one line, and each of them is to have a function.
    let mut planned: BTreeMap<Span, usize> = BTreeMap::new();
    for (_, operation) in generated.plan.functions() {
        for origin in &operation.origins {
            *planned.entry(*origin).or_default() += 1;
        }
    }
    let facts = &generated.model.facts;
    let operations = facts.pages.iter().flat_map(|page| &page.operations);
    let lines: Vec<_> = operations
        .flat_map(|operation| &operation.requests)
        .collect();
    let missed: Vec<String> = lines
        .iter()
        .filter(|line| match planned.get_mut(&line.span) {
            Some(left @ 1..) => {
                *left -= 1;
                false
            }
            _ => true,
        })
        .map(|line| {
            let place = generated.model.corpus.place(line.span);
            format!("{place}: {} {}", line.method, line.path)
        })
        .collect();
    Measurement::new(
        "request_lines",
        "request lines that have a function",
        Figure::Part(lines.len() - missed.len(), lines.len()),
    )
    .bar(Bar::All)
    .notes(missed)
}

fn functions(generated: &Generated, emitted: &Emitted<'_>) -> Measurement {
    let planned = generated.plan.functions().count();
    Measurement::new(
        "functions",
        "planned functions that are in the files",
        Figure::Part(emitted.functions, planned),
    )
    .bar(Bar::All)
}

fn types(generated: &Generated, emitted: &Emitted<'_>) -> Measurement {
    let model = &generated.model;
    // The places of everything that became an item.
    let mut places: BTreeSet<Span> = BTreeSet::new();
    let mut names: BTreeSet<String> = BTreeSet::new();
    for plan in &generated.plan.models {
        let there = match &plan.item {
            ModelItem::Struct(item) => emitted.structs.contains_key(item.ident.as_str()),
            ModelItem::Enum(item) => emitted.enums.contains(item.ident.as_str()),
        };
        if there {
            names.insert(match &plan.item {
                ModelItem::Struct(item) => item.wire.clone(),
                ModelItem::Enum(item) => item.wire.clone(),
            });
        }
    }
    let structured = model.api.types.iter().map(|ty| (&ty.name, &ty.origins));
    let enums = model
        .api
        .enums
        .iter()
        .map(|item| (&item.name, &item.origins));
    for (name, origins) in structured.chain(enums) {
        if names.contains(&name.to_string()) {
            places.extend(origins.iter().copied());
        }
    }
    let mut whole = 0;
    let (mut missed, mut nameless) = (Vec::new(), Vec::new());
    for page in &model.facts.pages {
        let resources = page.resources.iter().map(|resource| {
            let name = resource
                .odata_type
                .as_ref()
                .or(resource.title_name.as_ref());
            (resource.span, name.map(|name| &*name.value))
        });
        let enums = page.enums.iter();
        let enums = enums.map(|item| (item.name.span, Some(&*item.name.value)));
        for (span, name) in resources.chain(enums) {
            let place = model.corpus.place(span);
            match name {
                Some(_) if places.contains(&span) => whole += 1,
                Some(name) => {
                    whole += 1;
                    missed.push(format!("{place}: {name}"));
                }
                // Nothing there is to be called by; `lint` reports it.
                None => nameless.push(format!(
                    "not counted: {place}: a table without a type's name"
                )),
            }
        }
    }
    let part = whole - missed.len();
    missed.extend(nameless);
    Measurement::new(
        "types",
        "documented types and enums that have a struct or enum",
        Figure::Part(part, whole),
    )
    .bar(Bar::All)
    .notes(missed)
}

/// Properties that have a Rust type, of those that the model types; and those that the model types, of all.
fn properties(generated: &Generated, emitted: &Emitted<'_>) -> (Measurement, Measurement) {
    let api = &generated.model.api;
    let structs: BTreeMap<&str, &StructPlan> = generated
        .plan
        .models
        .iter()
        .filter_map(|plan| match &plan.item {
            ModelItem::Struct(item) => Some((&*item.wire, item)),
            ModelItem::Enum(_) => None,
        })
        .collect();
    let (mut all, mut whole) = (0, 0);
    let mut missed = Vec::new();
    let mut untyped = Vec::new();
    for ty in &api.types {
        let name = ty.name.to_string();
        for property in &ty.properties {
            all += 1;
            let line = |property: &Property| {
                let place = generated.model.corpus.place(property.origin);
                format!("{place}: {name}/{}", property.name)
            };
            if property.ty.core == CoreType::Json {
                untyped.push(line(property));
                continue;
            }
            whole += 1;
            let typed = structs
                .get(&*name)
                .is_some_and(|owner| emitted.is_typed(owner, &property.name));
            if !typed {
                missed.push(line(property));
            }
        }
    }
    let typed = Measurement::new(
        "properties",
        "properties with a Rust type, of those that the model types",
        Figure::Part(whole - missed.len(), whole),
    )
    .bar(Bar::Percent(99.5))
    .notes(missed);
    let declared = Measurement::new(
        "properties_of_model",
        "properties that the model types; the others are JSON on the pages",
        Figure::Part(whole, all),
    )
    .notes(untyped);
    (typed, declared)
}

fn size(generated: &Generated, table: &mut Table) {
    let lines = |text: &String| text.lines().count();
    let rust: BTreeMap<_, _> = generated
        .tree
        .files
        .iter()
        .filter(|(path, _)| path.ends_with(".rs"))
        .collect();
    table.push(Measurement::new(
        "files",
        "files of Rust",
        Figure::Count(rust.len()),
    ));
    table.push(Measurement::new(
        "lines",
        "lines of Rust",
        Figure::Count(rust.values().map(|text| lines(text)).sum()),
    ));
    let longest = rust.values().map(|text| lines(text)).max().unwrap_or(0);
    #[expect(clippy::cast_precision_loss, reason = "no file has 2^52 lines")]
    let long = rust
        .iter()
        .map(|(path, text)| (path, lines(text)))
        .filter(|(_, lines)| *lines as f64 > LONGEST)
        .map(|(path, lines)| format!("{path}: {lines}"))
        .collect();
    table.push(
        Measurement::new(
            "longest_file",
            "lines of the longest file",
            Figure::Count(longest),
        )
        .bar(Bar::AtMost(LONGEST))
        .notes(long),
    );
    let collisions = generated
        .model
        .diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.rule == Rule::NameCollision);
    table.push(Measurement::new(
        "collisions",
        "names that two items would have had",
        Figure::Count(collisions.count()),
    ));
}
