//! What was read, what became of it, and what was corrected.

use maud::{Markup, html};

use super::Context;
use super::link_base::is_web;
use super::parts::{Group, counted, figure, inline, table};
use crate::diagnostics::Severity;
use crate::model::Exchange;

impl Context<'_> {
    /// The section.
    pub(super) fn summary(&self) -> Markup {
        html! {
            (self.figures())
            // A saved model has no pages to be counted.
            @if self.run.model.corpus.saved.is_none() {
            h3 { "Nothing left out in silence" }
            p {
                "What stands on the pages was counted before anything was read, and again where it became a fact or a "
                "finding. The two add up."
            }
            (self.accounting())
            }
            @if !self.run.model.facts.corrections.is_empty() {
                h3 { "Corrections" }
                (self.corrections())
            }
        }
    }

    fn figures(&self) -> Markup {
        let model = &self.run.model;
        let functions = self
            .areas
            .list
            .iter()
            .map(|area| area.functions.len())
            .sum();
        let api = &model.api;
        let parts = |exchange: &Exchange| {
            usize::from(exchange.request.is_some()) + exchange.responses.len()
        };
        let figures: [(&str, usize); 8] = [
            ("pages", model.corpus.pages.len()),
            ("operations", api.operations.len()),
            ("functions", functions),
            ("types", api.types.len()),
            ("enums", api.enums.len()),
            ("examples", api.exchanges.iter().map(parts).sum()),
            ("corrections", model.facts.corrections.len()),
            ("findings", model.diagnostics.iter().count()),
        ];
        let severities = Severity::ALL
            .iter()
            .map(|severity| counted(model.diagnostics.count(*severity), severity.as_str()));
        let severities: Vec<String> = severities.collect();
        let documented = model.documented;
        html! {
            dl .figures {
                @for (what, count) in figures {
                    div { dt { (what) } dd { (figure(count)) } }
                }
            }
            p {
                "The findings are " (severities.join(", ")) ". An operation is one request line of a page; request lines "
                "that are one request share a function. An example is a request or an answer that a page shows."
            }
            @if documented.operations != api.operations.len() {
                p {
                    "This is a selection: the pages document " (counted(documented.operations, "operation")) ", "
                    (counted(documented.types, "type")) " and " (counted(documented.enums, "enum")) "; "
                    (counted(api.extent().left_out, "relationship"))
                    " to types outside of it have no field."
                }
            }
        }
    }

    fn accounting(&self) -> Markup {
        let tallies = self.run.model.facts.accounting.tallies();
        let rows = html! {
            @for (what, tally) in tallies {
                tr {
                    th scope="row" { (what) }
                    td .n { (figure(tally.total)) }
                    td .n { (figure(tally.facts)) }
                    td .n { (figure(tally.reported)) }
                }
            }
        };
        html! {
            div .figures-table {
                (table(
                    "What stands on the pages, and what became of it",
                    &["On the pages", "Counted", "Facts", "Reported"],
                    rows,
                ))
            }
        }
    }

    fn corrections(&self) -> Markup {
        let model = &self.run.model;
        let corrections = &model.facts.corrections;
        let file = model.corpus.corrections.as_ref();
        let rows = html! {
            @for correction in corrections {
                tr {
                    th scope="row" { (self.places.place(correction.span)) }
                    td {
                        (inline(&correction.what))
                        p .more {
                            (correction.because)
                            @if is_web(&correction.link) {
                                " " a href=(correction.link) { "Where that can be checked" }
                            }
                        }
                    }
                }
            }
        };
        let group = Group {
            id: None,
            name: html! { "What was corrected, and why" },
            count: counted(corrections.len(), "correction"),
            body: table("Corrections", &["Place", "Correction"], rows),
        };
        html! {
            p {
                "A maintainer says where a page is wrong"
                @if let Some(file) = file { ", in " code { (file.path) } }
                ". These facts stand in the place of those of the pages."
            }
            div .groups { (group.render()) }
        }
    }
}
