//! What examples contradict, by what is documented.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use maud::{Markup, html};

use super::Context;
use super::parts::{Group, counted, inline, searchable, table};
use crate::diagnostics::Span;
use crate::model::{Contradiction, Verdict};

/// A contradiction, and where.
struct Found<'a> {
    span: Span,
    /// Whether the body is that of a request.
    sent: bool,
    /// `None` for an object that stands in `value`.
    what: Option<&'a Contradiction>,
}

impl Context<'_> {
    /// The section.
    pub(super) fn contradictions(&self) -> Markup {
        let mut kinds: BTreeMap<String, Vec<Found<'_>>> = BTreeMap::new();
        for exchange in &self.run.model.api.exchanges {
            if let Some(request) = &exchange.request {
                add(&mut kinds, &request.verdict, request.span, true);
            }
            for response in &exchange.responses {
                add(&mut kinds, &response.verdict, response.span, false);
            }
        }
        let mut kinds: Vec<_> = kinds.into_iter().collect();
        kinds.sort_by(|(a, of_a), (b, of_b)| {
            (Reverse(of_a.len()), a).cmp(&(Reverse(of_b.len()), b))
        });
        let all: usize = kinds.iter().map(|(_, found)| found.len()).sum();
        let groups: Vec<Group> = kinds
            .iter()
            .map(|(kind, found)| Group {
                id: None,
                name: inline(kind),
                count: counted(found.len(), "contradiction"),
                body: self.found(kind, found),
            })
            .collect();
        html! {
            @if groups.is_empty() {
                p { "No example contradicts a table." }
            } @else {
                p {
                    "In " (counted(all, "place")) " an example shows something else than the tables and the text say. "
                    "Tables and text count. The path leads to the value in the body (RFC 9535)."
                }
                (searchable("contradictions", "contradictions", &groups))
            }
        }
    }

    fn found(&self, kind: &str, found: &[Found<'_>]) -> Markup {
        let rows = html! {
            @for one in found {
                tr {
                    th scope="row" { (self.places.place(one.span)) }
                    td {
                        @if one.sent { "request " } @else { "answer " }
                        @match one.what {
                            Some(what) => {
                                code { (what.at) } ": " (inline(&what.found))
                                ", documented is " code { (what.documented) }
                                @if what.placeholder { p .more { "It stands for a value and is none." } }
                            }
                            None => { code { "$['value']" } " is the object that is documented to be the whole body" }
                        }
                    }
                }
            }
        };
        table(
            &format!("Contradictions: {kind}"),
            &["Place", "What stands there"],
            rows,
        )
    }
}

fn add<'a>(
    kinds: &mut BTreeMap<String, Vec<Found<'a>>>,
    verdict: &'a Verdict,
    span: Span,
    sent: bool,
) {
    if verdict.wrapped {
        let wrapped = kinds
            .entry("the object alone is documented".to_owned())
            .or_default();
        wrapped.push(Found {
            span,
            sent,
            what: None,
        });
    }
    for what in &verdict.contradictions {
        let kind = kinds.entry(kind_of(&what.documented)).or_default();
        kind.push(Found {
            span,
            sent,
            what: Some(what),
        });
    }
}

/// What is documented, without the names of types.
fn kind_of(documented: &str) -> String {
    if documented.starts_with("Edm.") {
        format!("`{documented}` is documented")
    } else if documented.starts_with("Collection(") || documented.starts_with("`value` with") {
        "a collection is documented".to_owned()
    } else if documented.contains('.') {
        "an object or an enum is documented".to_owned()
    } else {
        format!("{documented} is documented")
    }
}
