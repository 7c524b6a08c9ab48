//! Holds the bodies of examples to the types that the tables give them.
//!
//! It says what is wrong with the pages before any code is compiled; the emitted tests then hold the code to the same
//! examples.

mod compare;
mod letters;

use std::collections::BTreeMap;
use std::mem;

use serde_json::Map;

use crate::content::Content;
use crate::diagnostics::{Diagnostic, Diagnostics, Rule, Span};
use crate::model::{
    Api, Body, CoreType, Exchange, Operation, Response, TypeRef, UndeclaredKey, Verdict,
};
use crate::profile::Profile;
use compare::{Comparison, Known};

/// What is documented where there is no body.
const NOTHING: &str = "no body";

/// Adds a verdict to each body of an example, and reports what contradicts the tables and what they leave out.
pub fn examine(mut api: Api, profile: &Profile, diagnostics: &mut Diagnostics) -> Api {
    let mut exchanges = mem::take(&mut api.exchanges);
    let mut known = Known::default();
    let mut lines: BTreeMap<Span, Vec<&Operation>> = BTreeMap::new();
    for operation in &api.operations {
        lines.entry(operation.origin).or_default().push(operation);
    }
    for exchange in &mut exchanges {
        let Some(operation) = operation_of(exchange, &lines) else {
            continue;
        };
        let mut comparison = Comparison {
            api: &api,
            profile,
            known: &mut known,
            contradictions: Vec::new(),
            wrapped: false,
            span: operation.origin,
        };
        if let Some(request) = &mut exchange.request {
            comparison.span = request.span;
            request.verdict = sent(&mut comparison, &operation.body, &request.content);
            report(&request.verdict, request.span, diagnostics);
        }
        for response in &mut exchange.responses {
            if response.status.is_some_and(|status| status >= 400) {
                continue;
            }
            comparison.span = response.span;
            response.verdict = answered(&mut comparison, operation, &response.content);
            report(&response.verdict, response.span, diagnostics);
        }
    }
    let undeclared = known.undeclared;
    api.undeclared = undeclared
        .into_iter()
        .map(|((ty, key), (first, count))| UndeclaredKey {
            ty,
            key,
            count,
            first,
        })
        .collect();
    for undeclared in &api.undeclared {
        let UndeclaredKey { ty, key, count, .. } = undeclared;
        let times = match count {
            1 => "one example has".to_owned(),
            _ => format!("{count} examples have"),
        };
        diagnostics.push(Diagnostic::at(
            Rule::UndeclaredKey,
            undeclared.first,
            format!("{times} `{key}`, which is no property of `{ty}`"),
        ));
    }
    api.exchanges = exchanges;
    letters::check(&api, diagnostics);
    api
}

/// The operation of an exchange. Two request lines that stand in one line of the page differ in their methods or paths;
/// their types are the same.
fn operation_of<'a>(
    exchange: &Exchange,
    lines: &BTreeMap<Span, Vec<&'a Operation>>,
) -> Option<&'a Operation> {
    let operations = lines.get(&exchange.line?)?;
    let method = exchange.request.as_ref().map(|request| &request.method);
    operations
        .iter()
        .find(|operation| method.is_none_or(|method| *method == operation.method))
        .or(operations.first())
        .copied()
}

/// Compares the body of a request.
fn sent(comparison: &mut Comparison<'_, '_>, body: &Body, content: &Content) -> Verdict {
    let value = match content {
        Content::Json(value) => value,
        Content::Text(_) if !matches!(body, Body::Binary) => {
            let documented = match body {
                Body::None => NOTHING,
                _ => "JSON",
            };
            comparison.other("text", documented);
            return comparison.verdict();
        }
        _ => return Verdict::default(),
    };
    match body {
        Body::Value(TypeRef {
            core: CoreType::Json,
            ..
        })
        | Body::Binary
        | Body::Json => return Verdict::default(),
        // An empty object says as much as no body.
        Body::None if value.as_object().is_some_and(Map::is_empty) => {}
        Body::None => comparison.other("JSON", NOTHING),
        Body::Value(ty) => comparison.value(*ty, value, "$"),
        Body::Parameters(rows) => comparison.parameters(rows, value, "$"),
        Body::Reference => comparison.reference(value, "$"),
    }
    comparison.verdict()
}

/// Compares the body of an answer.
fn answered(
    comparison: &mut Comparison<'_, '_>,
    operation: &Operation,
    content: &Content,
) -> Verdict {
    let Some(value) = content.json() else {
        return Verdict::default();
    };
    match operation.response {
        _ if operation.no_content => comparison.other("JSON", NOTHING),
        Response::None => comparison.other("JSON", NOTHING),
        Response::Value(ty) => match ty.core {
            CoreType::Json => {}
            CoreType::Structured(id) if !ty.collection => comparison.whole(id, value),
            // Collections and single values stand in an object (OData JSON Format 4.01, sections 11 and 13).
            _ => comparison.enveloped(ty, value),
        },
        Response::Binary | Response::Json => {}
    }
    comparison.verdict()
}

fn report(verdict: &Verdict, span: Span, diagnostics: &mut Diagnostics) {
    if verdict.wrapped {
        diagnostics.push(Diagnostic::at(
            Rule::ContradictingExample,
            span,
            "the object stands in `value`, as the items of a collection do, and documented is the object alone",
        ));
    }
    for contradiction in &verdict.contradictions {
        let rule = match contradiction.placeholder {
            true => Rule::PlaceholderValue,
            false => Rule::ContradictingExample,
        };
        diagnostics.push(Diagnostic::at(rule, span, contradiction.to_string()));
    }
}
