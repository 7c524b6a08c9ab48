//! Turns the requests that pages show into arguments of the functions.

use std::collections::BTreeMap;

use percent_encoding::percent_decode_str;

use super::arguments::{Quotes, Source, Template};
use super::modules::{Function, same_signature};
use super::nodes::{ExchangePlan, RequestSample, ResponseSample};
use super::{Descriptions, Planner};
use crate::content::Content;
use crate::model::{Api, Exchange, Operation, SampleRequest, SampleResponse, Verdict, matched};

impl Planner<'_> {
    /// The examples of a function's request lines. Where a page shows a request for some of its lines only, what those of
    /// the same body and answer send and get is an example of the others as well.
    pub(super) fn exchanges(&self, function: &Function<'_>) -> Vec<ExchangePlan> {
        // Examples are words of the pages.
        if self.descriptions == Descriptions::Link {
            return Vec::new();
        }
        let operations = &function.operations;
        let own = operations.iter().flat_map(|operation| {
            let shown = self.shown_on(operation);
            shown
                .filter(|exchange| exchange.line == Some(operation.origin))
                .map(|exchange| exchange_plan(exchange, operation, &function.template))
        });
        let own: Vec<ExchangePlan> = own.collect();
        if !own.is_empty() {
            return own;
        }
        let others = operations.iter().flat_map(|operation| {
            let shown = self.shown_on(operation);
            shown
                .filter(|exchange| {
                    let of_page = self.operations_by_page.get(operation.page.as_str());
                    of_page.into_iter().flatten().any(|other| {
                        Some(other.origin) == exchange.line && same_signature(other, operation)
                    })
                })
                .map(|exchange| exchange_plan(exchange, operation, &function.template))
        });
        others.collect()
    }

    /// The examples on an operation's page whose method is its own.
    fn shown_on(&self, operation: &Operation) -> impl Iterator<Item = &Exchange> {
        let places = self.exchanges_by_page.get(&operation.page);
        let exchanges = places.into_iter().flatten();
        exchanges
            .map(|place| &self.api.exchanges[*place])
            .filter(|exchange| {
                let request = exchange.request.as_ref();
                request.is_none_or(|request| request.method == operation.method)
            })
    }
}

fn exchange_plan(exchange: &Exchange, operation: &Operation, template: &Template) -> ExchangePlan {
    let request = exchange.request.as_ref();
    ExchangePlan {
        page: exchange.page.clone(),
        request: request.map(|request| sample(request, operation, template)),
        responses: exchange.responses.iter().map(response).collect(),
    }
}

/// The places in [`Api::exchanges`] by page.
pub(super) fn by_page(api: &Api) -> BTreeMap<String, Vec<usize>> {
    let mut pages: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, exchange) in api.exchanges.iter().enumerate() {
        pages.entry(exchange.page.clone()).or_default().push(index);
    }
    pages
}

fn sample(request: &SampleRequest, operation: &Operation, template: &Template) -> RequestSample {
    let query: Vec<(String, String)> = request
        .query
        .iter()
        .flat_map(|query| query.split('&'))
        .filter(|option| !option.is_empty())
        .map(|option| {
            let (name, value) = option.split_once('=').unwrap_or((option, ""));
            (decoded(name.trim()), decoded(value.trim()))
        })
        .collect();
    RequestSample {
        path: request.path.clone(),
        arguments: arguments(request, operation, template, &query),
        query,
        headers: request.headers.clone(),
        content: request.content.clone(),
        contradictions: contradictions(&request.verdict),
        span: request.span,
    }
}

fn response(response: &SampleResponse) -> ResponseSample {
    let content = match &response.content {
        Content::Json(value) if response.verdict.wrapped => {
            Content::Json(value.get("value").unwrap_or(value).clone())
        }
        content => content.clone(),
    };
    ResponseSample {
        status: response.status,
        headers: response.headers.clone(),
        content,
        contradictions: contradictions(&response.verdict),
        span: response.span,
    }
}

fn contradictions(verdict: &Verdict) -> Vec<String> {
    let contradictions = verdict.contradictions.iter();
    contradictions.map(ToString::to_string).collect()
}

/// The values of the arguments in an example; `None` where it lacks one or is another request.
fn arguments(
    request: &SampleRequest,
    operation: &Operation,
    template: &Template,
    query: &[(String, String)],
) -> Option<Vec<String>> {
    let mut values = matched(operation, &request.path)?.into_iter();
    let sources = template.sources.iter();
    sources
        .map(|source| match source {
            Source::Path { quotes } => Some(unquoted(&decoded(&values.next()?), *quotes)),
            Source::Query {
                name,
                before,
                after,
            } => {
                let mut options = query.iter();
                let (_, value) = options.find(|(known, _)| known.eq_ignore_ascii_case(name))?;
                let rest = value.strip_prefix(before.as_str())?;
                match after.as_str() {
                    "" => Some(rest.to_owned()),
                    after => rest.split_once(after).map(|(value, _)| value.to_owned()),
                }
            }
        })
        .collect()
}

/// The text of a literal: without its quotes, each quote in it once (OData URL conventions 4.01, section 5.1.1.6.1).
fn unquoted(value: &str, quotes: Quotes) -> String {
    let inner = value
        .strip_prefix('\'')
        .and_then(|rest| rest.strip_suffix('\''));
    match quotes {
        Quotes::None => value.to_owned(),
        Quotes::Documented => value.replace("''", "'"),
        Quotes::Added => inner.unwrap_or(value).replace("''", "'"),
    }
}

fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}
