//! Turns planned modules and models into listings of public items: one a line, sorted, for reviewers of a change.
//!
//! The associated constants and the statics are left out where their name is the upper-case form of the field's or
//! the function's, as it nearly always is; where it is another, the line says so.

use super::{file, models as model_files, signature, types};
use crate::plan::ident::RustIdent;
use crate::plan::nodes::{
    EnumPlan, ModelItem, ModelPath, ModelPlan, ModulePlan, OperationPlan, StructPlan,
};
use crate::prose::one_line;

/// The items of an area.
pub(super) fn area(module: &ModulePlan) -> String {
    let mut lines = Vec::new();
    requests("", module, &mut lines);
    join(lines)
}

/// The items of `models`.
pub(super) fn models(models: &[ModelPlan]) -> String {
    let mut lines = Vec::new();
    for model in models {
        let path = types::model_text(&ModelPath {
            namespace: model.namespace.clone(),
            ident: model_files::name(model).clone(),
        });
        match &model.item {
            ModelItem::Struct(plan) => structure(&path, plan, &model.features, &mut lines),
            ModelItem::Enum(plan) => enumeration(&path, plan, &model.features, &mut lines),
        }
    }
    join(lines)
}

fn join(mut lines: Vec<String>) -> String {
    lines.sort();
    let mut text = file::header("#", "");
    for line in lines {
        text.push_str(&one_line(&line));
        text.push('\n');
    }
    text
}

fn requests(parent: &str, module: &ModulePlan, lines: &mut Vec<String>) {
    let path = format!("{parent}{}", module.ident);
    lines.push(format!("{path} = mod"));
    for body in &module.bodies {
        structure(&format!("{path}::{}", body.ident), body, &[], lines);
    }
    for plan in &module.operations {
        lines.push(format!("{path}::{}", operation(plan)));
    }
    for child in &module.children {
        requests(&format!("{path}::"), child, lines);
    }
}

fn operation(plan: &OperationPlan) -> String {
    let parameters: Vec<String> = signature::parameters(plan)
        .iter()
        .map(signature::text)
        .collect();
    format!(
        "{}({}) -> Request<{}>  {} {}{}",
        plan.ident,
        parameters.join(", "),
        types::text(&plan.returns),
        plan.method,
        plan.path,
        constant(&plan.ident, &plan.constant),
    )
}

fn structure(path: &str, plan: &StructPlan, behind: &[RustIdent], lines: &mut Vec<String>) {
    let derived = if plan.derived { "derived " } else { "" };
    lines.push(format!(
        "{path} = {derived}struct {:?}{}",
        plan.wire,
        features(behind)
    ));
    lines.push(format!("{path}.{}: AdditionalProperties", plan.additional));
    for field in &plan.fields {
        lines.push(format!(
            "{path}.{}: Option<{}> = {:?}{}{}",
            field.ident,
            types::text(&field.ty),
            field.wire,
            constant(&field.ident, &field.constant),
            features(&field.features),
        ));
    }
}

fn enumeration(path: &str, plan: &EnumPlan, behind: &[RustIdent], lines: &mut Vec<String>) {
    lines.push(format!("{path} = enum {:?}{}", plan.wire, features(behind)));
    lines.push(format!("{path}::{}(String)", plan.unknown));
    for variant in &plan.variants {
        lines.push(format!("{path}::{} = {:?}", variant.ident, variant.wire));
    }
}

/// The features of which one has to be on, where there are any.
fn features(behind: &[RustIdent]) -> String {
    if behind.is_empty() {
        return String::new();
    }
    let names: Vec<&str> = behind.iter().map(RustIdent::as_str).collect();
    format!("  if {}", names.join(" or "))
}

/// The name of a constant, where `ident` does not give it away.
fn constant(ident: &RustIdent, constant: &RustIdent) -> String {
    let usual = ident.as_str().trim_end_matches('_').to_ascii_uppercase();
    if constant.as_str().trim_end_matches('_') == usual {
        String::new()
    } else {
        format!("  {constant}")
    }
}
