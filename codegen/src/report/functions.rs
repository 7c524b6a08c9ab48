//! The functions of the crate.

use maud::{Markup, html};

use super::Context;
use super::areas::module;
use super::parts::{Group, chunks, counted, id, searchable};
use crate::plan::nodes::{BodyPlan, OperationPlan, RustType};

impl Context<'_> {
    /// The listing.
    pub(super) fn functions(&self) -> Markup {
        let groups: Vec<Group> = self
            .areas
            .list
            .iter()
            .map(|area| Group {
                id: Some(id("area", area.name)),
                name: html! { code { (area.name) } },
                count: counted(area.functions.len(), "function"),
                body: self.of_area(area.name, &area.functions),
            })
            .collect();
        searchable("functions", "functions", &groups)
    }

    fn of_area(&self, area: &str, functions: &[(String, &OperationPlan)]) -> Markup {
        let row = |(path, plan): &(String, &OperationPlan)| {
            html! {
                tr id=(id("fn", path)) {
                    th scope="row" { (path) " " p .more { (self.places.all(&plan.origins)) } }
                    td { (plan.method) " " (plan.path) }
                    td { (takes(&plan.body)) (answers(&plan.returns)) }
                }
            }
        };
        let columns = ["Function", "Request", "Takes and answers"];
        let caption = format!("Functions of {area}");
        let module = |(path, _): &(String, &OperationPlan)| module(path).to_owned();
        html! { div .functions { (chunks(&caption, &columns, functions, module, row)) } }
    }
}

/// What a function sends as the body.
fn takes(body: &BodyPlan) -> Markup {
    let text = match body {
        BodyPlan::None => return html! {},
        BodyPlan::Json { ty, .. } => rust(ty),
        BodyPlan::Reference { .. } => "a reference".to_owned(),
        BodyPlan::Content { .. } => "bytes".to_owned(),
    };
    html! { span .label { "takes " } (text) br; }
}

/// What a function answers.
fn answers(ty: &RustType) -> Markup {
    html! {
        @if *ty == RustType::Unit {
            span .label { "answers nothing" }
        } @else {
            span .label { "answers " } (rust(ty))
        }
    }
}

/// A type as Rust has it, without modules.
fn rust(ty: &RustType) -> String {
    match ty {
        RustType::Unit => "()".to_owned(),
        RustType::Bool => "bool".to_owned(),
        RustType::String => "String".to_owned(),
        RustType::Number(name) | RustType::Runtime(name) => (*name).to_owned(),
        RustType::Model(path) => path.ident.to_string(),
        RustType::Local(ident) => ident.to_string(),
        RustType::Vec(inner) => format!("Vec<{}>", rust(inner)),
        RustType::Boxed(inner) => rust(inner),
        RustType::Generic(name, inner) => format!("{name}<{}>", rust(inner)),
    }
}
