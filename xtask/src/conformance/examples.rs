//! Joins what the test reports with the places of the examples on their pages.

use std::collections::{BTreeMap, BTreeSet};

use graph_codegen::content::Content;
use graph_codegen::diagnostics::Span;
use graph_codegen::model::Exchange;
use graph_codegen::pipeline::Generated;
use graph_codegen::plan::nodes::{ExchangePlan, RequestSample, ResponseSample};
use graph_runtime::conformance::{Judged, Outcome, Report, Verdict};

use super::{Cause, Example, Part};
use crate::failure::Failure;

/// Every request line and every body that the pages show.
///
/// # Errors
///
/// The report lacks an example of the crate.
pub(super) fn examples(generated: &Generated, report: &Report) -> Result<Vec<Example>, Failure> {
    let outcomes: BTreeMap<(&str, usize), &Outcome> = report
        .checked
        .iter()
        .map(|checked| ((&*checked.function, checked.exchange), &checked.outcome))
        .collect();
    let mut list = List {
        generated,
        examples: Vec::new(),
    };
    // Two request lines in one line of a page have the same examples.
    let mut seen: BTreeSet<Span> = BTreeSet::new();
    for (function, operation) in generated.plan.functions() {
        for (index, exchange) in operation.exchanges.iter().enumerate() {
            let request = exchange.request.as_ref().map(|request| request.span);
            let responses = exchange.responses.iter().map(|response| response.span);
            let first = first_fence(request, responses);
            if exchange.shared || !first.is_some_and(|span| seen.insert(span)) {
                continue;
            }
            let outcome = outcomes
                .get(&(&*function, index))
                .ok_or_else(|| Failure::Form {
                    path: "tests/conformance".to_owned(),
                    reason: format!("there is no result for example {} of {function}", index + 1),
                })?;
            list.add(&function, exchange, outcome);
        }
    }
    for exchange in &generated.model.api.exchanges {
        list.add_unmatched(exchange, &mut seen);
    }
    Ok(list.examples)
}

/// The first fence of an exchange, which no other exchange has.
fn first_fence(request: Option<Span>, mut responses: impl Iterator<Item = Span>) -> Option<Span> {
    request.or_else(|| responses.next())
}

struct List<'a> {
    generated: &'a Generated,
    examples: Vec<Example>,
}

impl List<'_> {
    /// Adds an exchange that a function was held to.
    fn add(&mut self, function: &str, exchange: &ExchangePlan, outcome: &Outcome) {
        if let Some(request) = &exchange.request {
            self.add_request(function, request, outcome);
        }
        let answers = exchange.responses.iter().enumerate();
        for (index, response) in answers {
            let judged = outcome.answers.get(index).and_then(Option::as_ref);
            self.add_answer(function, response, judged);
        }
    }

    fn add_request(&mut self, function: &str, request: &RequestSample, outcome: &Outcome) {
        let (cause, details) = match &outcome.request {
            Some(judged) => (Cause::of(judged, false, true), faults(judged, &[])),
            None => (Cause::Unmatched, vec![request.path.clone()]),
        };
        self.push(Part::Request, cause, request.span, Some(function), details);
        let unheld = match &request.content {
            Content::Empty => return,
            Content::Unreadable(reason) => Some((Cause::Unreadable, reason.clone())),
            Content::Text(_) => Some((Cause::NoJson, String::new())),
            Content::Json(_) => None,
        };
        let (cause, details) = match (&outcome.sent, unheld) {
            (Some(judged), _) => (
                Cause::of(judged, false, request.placeholders),
                faults(judged, &request.contradictions),
            ),
            (None, Some((cause, detail))) => (cause, vec![detail]),
            // An empty object where the function sends none.
            (None, None) => (Cause::Passed, Vec::new()),
        };
        self.push(Part::Sent, cause, request.span, Some(function), details);
    }

    fn add_answer(&mut self, function: &str, response: &ResponseSample, judged: Option<&Judged>) {
        let (cause, details) = match (&response.content, judged) {
            (Content::Empty, _) => return,
            (_, Some(judged)) => (
                Cause::of(judged, response.wrapped, response.placeholders),
                faults(judged, &response.contradictions),
            ),
            (Content::Unreadable(reason), None) => (Cause::Unreadable, vec![reason.clone()]),
            (Content::Text(_), None) => (Cause::NoJson, Vec::new()),
            (Content::Json(_), None) => (Cause::Error, Vec::new()),
        };
        let span = response.span;
        self.push(Part::Received, cause, span, Some(function), details);
    }

    /// Adds an exchange that no function has: the page documents no request of its method.
    fn add_unmatched(&mut self, exchange: &Exchange, seen: &mut BTreeSet<Span>) {
        let request = exchange.request.as_ref();
        let responses = exchange.responses.iter().map(|response| response.span);
        let first = first_fence(request.map(|request| request.span), responses);
        if !first.is_some_and(|span| seen.insert(span)) {
            return;
        }
        if let Some(request) = request {
            let line = format!("{} {}", request.method, request.path);
            self.push(
                Part::Request,
                Cause::Unmatched,
                request.span,
                None,
                vec![line],
            );
            if !request.content.is_empty() {
                self.push(Part::Sent, Cause::Unmatched, request.span, None, Vec::new());
            }
        }
        for response in &exchange.responses {
            if !response.content.is_empty() {
                self.push(
                    Part::Received,
                    Cause::Unmatched,
                    response.span,
                    None,
                    Vec::new(),
                );
            }
        }
    }

    fn push(
        &mut self,
        part: Part,
        cause: Cause,
        span: Span,
        function: Option<&str>,
        mut details: Vec<String>,
    ) {
        details.retain(|detail| !detail.is_empty());
        self.examples.push(Example {
            part,
            cause,
            place: self.generated.model.corpus.place(span),
            function: function.map(str::to_owned),
            details,
        });
    }
}

/// What is wrong: what the generator found on the page, otherwise what the test did.
fn faults(judged: &Judged, contradictions: &[String]) -> Vec<String> {
    match &judged.verdict {
        Verdict::Passed | Verdict::Untyped => Vec::new(),
        _ if !contradictions.is_empty() => contradictions.to_vec(),
        Verdict::Differs(places) => places.clone(),
        Verdict::Refused(error) => vec![error.clone()],
        Verdict::Untaken => vec!["the function has no such body".to_owned()],
    }
}
