//! How much of each area the crate has.

use std::collections::BTreeMap;

use maud::{Markup, html};

use super::Context;
use super::parts::{Share, figure, id};
use crate::content::Content;
use crate::diagnostics::Span;
use crate::model::{Exchange, Operation, Verdict, matched};
use crate::plan::nodes::{BodyPlan, RustType};

/// What is counted in an area.
#[derive(Clone, Debug, Default)]
struct Coverage {
    operations: usize,
    functions: usize,
    bodies: Share,
    answers: Share,
    examples: Share,
    permissions: Share,
    findings: usize,
}

impl Coverage {
    fn add(&mut self, other: &Self) {
        self.operations += other.operations;
        self.functions += other.functions;
        self.bodies += other.bodies;
        self.answers += other.answers;
        self.examples += other.examples;
        self.permissions += other.permissions;
        self.findings += other.findings;
    }

    fn cells(&self) -> Markup {
        html! {
            td .n { (figure(self.operations)) }
            td .n { (figure(self.functions)) }
            (self.bodies.cell()) (self.answers.cell()) (self.examples.cell()) (self.permissions.cell())
            td .n { (figure(self.findings)) }
        }
    }
}

impl Context<'_> {
    /// The section.
    pub(super) fn coverage(&self) -> Markup {
        // The last one is for what belongs to no area.
        let mut coverage = vec![Coverage::default(); self.areas.list.len() + 1];
        self.count_operations(&mut coverage);
        self.count_examples(&mut coverage);
        for finding in self.run.model.diagnostics.iter() {
            let page = finding.labels.first().map(|label| label.span.page);
            let area = page.and_then(|page| self.areas.of_page(page));
            let area = area.unwrap_or(self.areas.list.len());
            coverage[area].findings += 1;
        }
        let mut sum = Coverage::default();
        for one in &coverage {
            sum.add(one);
        }
        let columns = [
            "Area",
            "Operations",
            "Functions",
            "Bodies typed",
            "Answers typed",
            "Examples hold",
            "Permissions known",
            "Findings",
        ];
        html! {
            p {
                "An area is the first segment of paths, and a feature of the crate. A body or an answer is typed where a "
                "page says what it holds. An example holds where it is a request that its page documents, can be read, "
                "and contradicts no table; the crate's own test sends and reads it. Permissions are known where the page "
                "names one or says that there is none. A finding counts for the area of the first request line of its page."
            }
            div .wide tabindex="0" role="region" aria-labelledby="coverage-caption" {
                table {
                    caption .unseen #coverage-caption { "What the crate has of each area" }
                    thead { tr { @for column in columns { th scope="col" { (column) } } } }
                    tbody {
                        @for (area, counts) in self.areas.list.iter().zip(&coverage) {
                            tr {
                                th scope="row" { a href={ "#" (id("area", area.name)) } { (area.name) } }
                                (counts.cells())
                            }
                        }
                        @if let Some(rest) = coverage.last() {
                            tr { th scope="row" { "pages without a request" } (rest.cells()) }
                        }
                    }
                    tfoot { tr { th scope="row" { "all" } (sum.cells()) } }
                }
            }
        }
    }

    fn count_operations(&self, coverage: &mut [Coverage]) {
        for (area, counts) in self.areas.list.iter().zip(coverage) {
            counts.operations = area.operations.len();
            counts.functions = area.functions.len();
            for (_, plan) in &area.functions {
                match &plan.body {
                    BodyPlan::None => {}
                    BodyPlan::Json { ty, .. } => counts.bodies.add(!is_json(ty)),
                    BodyPlan::Reference { .. } | BodyPlan::Content { .. } => {
                        counts.bodies.add(true)
                    }
                }
                if plan.returns != RustType::Unit {
                    counts.answers.add(!is_json(&plan.returns));
                }
            }
            for (_, operation) in &area.operations {
                let permissions = &operation.permissions;
                let kinds = [
                    &permissions.delegated_work,
                    &permissions.delegated_personal,
                    &permissions.application,
                ];
                let named = kinds.iter().any(|scopes| !scopes.is_empty());
                counts
                    .permissions
                    .add(named || permissions.unsupported != [false; 3]);
            }
        }
    }

    fn count_examples(&self, coverage: &mut [Coverage]) {
        let mut lines: BTreeMap<Span, Vec<usize>> = BTreeMap::new();
        let api = &self.run.model.api;
        for (index, operation) in api.operations.iter().enumerate() {
            lines.entry(operation.origin).or_default().push(index);
        }
        for exchange in &api.exchanges {
            let of_line = exchange.line.and_then(|line| lines.get(&line));
            let of_line = of_line.map(Vec::as_slice).unwrap_or_default();
            let area = of_line
                .first()
                .and_then(|first| self.areas.of_operation(*first));
            let area = area.or_else(|| self.areas.of_page(page_of(exchange)?.page));
            let counts = &mut coverage[area.unwrap_or(self.areas.list.len())];
            let operations: Vec<&Operation> = of_line
                .iter()
                .map(|index| &api.operations[*index])
                .collect();
            if let Some(request) = &exchange.request {
                let documented = operations.iter().any(|operation| {
                    operation.method == request.method
                        && matched(operation, &request.path).is_some()
                });
                counts
                    .examples
                    .add(documented && holds(&request.content, &request.verdict));
            }
            for response in &exchange.responses {
                counts
                    .examples
                    .add(holds(&response.content, &response.verdict));
            }
        }
    }
}

/// The first fence of an exchange.
fn page_of(exchange: &Exchange) -> Option<Span> {
    let request = exchange.request.as_ref().map(|request| request.span);
    request.or_else(|| exchange.responses.first().map(|response| response.span))
}

/// Whether a body can be read and contradicts nothing.
fn holds(content: &Content, verdict: &Verdict) -> bool {
    !matches!(content, Content::Unreadable(_)) && verdict.contradictions.is_empty()
}

/// Whether a type is any JSON.
fn is_json(ty: &RustType) -> bool {
    match ty {
        RustType::Runtime(name) => *name == "Json",
        RustType::Vec(inner) | RustType::Boxed(inner) | RustType::Generic(_, inner) => {
            is_json(inner)
        }
        _ => false,
    }
}
