//! Turns the requests that pages show into arguments of the functions.

use std::collections::BTreeMap;
use std::sync::Arc;

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
        let own = self.shown(function, |exchange, operation| {
            exchange.line == Some(operation.origin)
        });
        if !own.is_empty() {
            return own;
        }
        let mut others = self.shown(function, |exchange, operation| {
            let of_page = self.operations_by_page.get(operation.page.as_str());
            of_page.into_iter().flatten().any(|other| {
                Some(other.origin) == exchange.line && same_signature(other, operation)
            })
        });
        for exchange in &mut others {
            exchange.shared = true;
        }
        others
    }

    /// The examples that stand on the page of one of a function's request lines, have its method, and are wanted for it.
    fn shown(
        &self,
        function: &Function<'_>,
        wanted: impl Fn(&Exchange, &Operation) -> bool,
    ) -> Vec<ExchangePlan> {
        let mut plans = Vec::new();
        for operation in &function.operations {
            let of_page = self.exchanges_by_page.get(operation.page.as_str());
            for exchange in of_page.into_iter().flatten() {
                let request = exchange.request.as_ref();
                let same_method = request.is_none_or(|request| request.method == operation.method);
                if same_method && wanted(exchange, operation) {
                    plans.push(exchange_plan(exchange, operation, &function.template));
                }
            }
        }
        plans
    }
}

fn exchange_plan(exchange: &Exchange, operation: &Operation, template: &Template) -> ExchangePlan {
    let request = exchange.request.as_ref();
    ExchangePlan {
        page: exchange.page.clone(),
        shared: false,
        request: request.map(|request| sample(request, operation, template)),
        responses: exchange.responses.iter().map(response).collect(),
    }
}

/// The examples of each page.
pub(super) fn by_page(api: &Api) -> BTreeMap<&str, Vec<&Exchange>> {
    let mut pages: BTreeMap<&str, Vec<&Exchange>> = BTreeMap::new();
    for exchange in &api.exchanges {
        pages.entry(&exchange.page).or_default().push(exchange);
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
        placeholders: placeholders(&request.verdict),
        span: request.span,
    }
}

fn response(response: &SampleResponse) -> ResponseSample {
    let content = match &response.content {
        Content::Json(value) if response.verdict.wrapped => Content::Json(
            value
                .get("value")
                .map_or_else(|| Arc::clone(value), |value| Arc::new(value.clone())),
        ),
        content => content.clone(),
    };
    ResponseSample {
        status: response.status,
        headers: response.headers.clone(),
        content,
        wrapped: response.verdict.wrapped,
        contradictions: contradictions(&response.verdict),
        placeholders: placeholders(&response.verdict),
        span: response.span,
    }
}

/// Whether all that contradicts the tables stands for a value and is none.
fn placeholders(verdict: &Verdict) -> bool {
    let mut contradictions = verdict.contradictions.iter().peekable();
    contradictions.peek().is_some() && contradictions.all(|contradiction| contradiction.placeholder)
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
