//! The facts of a run of which neither the model nor a finding knows. There is to be none, whatever the pages hold.

use std::collections::BTreeSet;

use graph_codegen::diagnostics::{Rule, Span};
use graph_codegen::facts::{PageFacts, PropertyFacts, ResourceFacts};
use graph_codegen::model::{Api, Body, CoreType, Operation, TypeId};
use graph_codegen::pipeline::Model;

/// All of them, each with its page.
pub(crate) fn facts(model: &Model) -> Vec<String> {
    let reported: BTreeSet<Span> = model
        .diagnostics
        .iter()
        .flat_map(|found| found.labels.iter().map(|label| label.span))
        .collect();
    model
        .facts
        .pages
        .iter()
        .flat_map(|page| of_page(page, model, &reported))
        .collect()
}

/// Whether the model's type, or one of its base types, has a property.
fn declares(api: &Api, id: TypeId, name: &str) -> bool {
    api.base_chain(id)
        .into_iter()
        .flat_map(|id| &api.structured(id).properties)
        .any(|property| property.name == name)
}

/// Whether an operation has a row of its page's body table, in its body or among its arguments. Control information, such
/// as `@odata.type`, is written without being declared.
fn takes(api: &Api, operation: &Operation, name: &str) -> bool {
    if name.contains('@') {
        return true;
    }
    match &operation.body {
        Body::Value(ty) => match ty.core {
            CoreType::Structured(id) => api.base_chain(id).into_iter().any(|id| {
                let mut properties = api.structured(id).properties.iter();
                properties.any(|property| property.name.eq_ignore_ascii_case(name))
            }),
            _ => false,
        },
        Body::Parameters(rows) => rows.iter().any(|row| row.name == name),
        _ => operation.call.iter().any(|argument| argument.name == name),
    }
}

/// Those of a page.
fn of_page(page: &PageFacts, model: &Model, reported: &BTreeSet<Span>) -> Vec<String> {
    let api = &model.api;
    let known = |row: &PropertyFacts| {
        reported.contains(&row.name.span) || reported.contains(&row.type_text.span)
    };
    let mut lost = Vec::new();
    // A type without a name is reported as a whole.
    let is_unnamed = |resource: &ResourceFacts| {
        model.diagnostics.iter().any(|found| {
            let label = found.labels.first();
            found.rule == Rule::UnnamedType
                && label.is_some_and(|label| label.span == resource.span)
        })
    };
    for resource in &page.resources {
        if is_unnamed(resource) {
            continue;
        }
        let id = (api.types.iter())
            .position(|ty| ty.origins.contains(&resource.span))
            .map(TypeId::at);
        for row in &resource.properties {
            let found = id.is_some_and(|id| declares(api, id, &row.name.value));
            if !found && !known(row) {
                lost.push(format!("{}: property {}", page.path, row.name.value));
            }
        }
    }
    for found in &page.enums {
        for member in &found.members {
            let is_member = api.enums.iter().any(|item| {
                item.origins.contains(&found.name.span)
                    && item
                        .members
                        .iter()
                        .any(|known| known.name == member.name.value)
            });
            if !is_member && !reported.contains(&member.name.span) {
                lost.push(format!(
                    "{}: member {}.{}",
                    page.path, found.name.value, member.name.value
                ));
            }
        }
    }
    for facts in &page.operations {
        let made: Vec<&Operation> = (api.operations.iter())
            .filter(|known| facts.requests.iter().any(|line| line.span == known.origin))
            .collect();
        if made.len() < facts.requests.len() {
            lost.push(format!("{}: a request line", page.path));
        }
        for row in &facts.body.properties {
            if !made
                .iter()
                .any(|operation| takes(api, operation, &row.name.value))
                && !known(row)
            {
                lost.push(format!("{}: body {}", page.path, row.name.value));
            }
        }
        for operation in made {
            let lists = [
                (
                    &facts.parameters,
                    operation
                        .parameters
                        .iter()
                        .map(|known| &known.name)
                        .collect(),
                ),
                (
                    &facts.headers,
                    operation
                        .headers
                        .iter()
                        .map(|(name, _)| name)
                        .collect::<Vec<_>>(),
                ),
            ];
            for (rows, names) in lists {
                let missing = rows.iter().filter(|row| !names.contains(&&row.name.value));
                lost.extend(missing.map(|row| format!("{}: {}", page.path, row.name.value)));
            }
            let permissions = (
                &operation.permissions.delegated_work,
                &operation.permissions.delegated_personal,
                &operation.permissions.application,
            );
            let documented = &facts.permissions;
            if permissions
                != (
                    &documented.delegated_work,
                    &documented.delegated_personal,
                    &documented.application,
                )
            {
                lost.push(format!("{}: permissions", page.path));
            }
        }
    }
    lost
}
