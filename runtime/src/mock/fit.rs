//! Which documented example answers a request.

use serde_json::Value;

use super::documented::{DocumentedOperation, Exchange};
use super::router::Route;
use super::target::Target;

/// An example with the operation that it is one of.
#[derive(Clone, Copy)]
pub(super) struct Example<'a> {
    pub(super) operation: &'a DocumentedOperation,
    pub(super) exchange: &'a Exchange,
}

/// How well the request of an example fits: the larger the better, what comes first counts most.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Fit {
    // First, because it says which of several functions is meant.
    same_type: bool,
    same_arguments: bool,
    query: QueryFit,
    same_body: bool,
    succeeds: bool,
}

#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum QueryFit {
    Other,
    /// The same options, with other values.
    Names,
    Same,
}

/// The example that fits best; of several, the first. One of an error answers only the request that
/// it is an example of.
pub(super) fn choose<'a>(
    route: &Route<'a>,
    target: &Target,
    body: Option<&Value>,
) -> Option<Example<'a>> {
    let mut best: Option<(Fit, Example<'a>)> = None;
    for operation in route.operations.iter().copied() {
        for exchange in &operation.exchanges {
            let Some(fit) = fit(operation, exchange, route, target, body) else {
                continue;
            };
            if best.as_ref().is_none_or(|(known, _)| fit > *known) {
                best = Some((
                    fit,
                    Example {
                        operation,
                        exchange,
                    },
                ));
            }
        }
    }
    best.map(|(_, example)| example)
}

fn fit(
    operation: &DocumentedOperation,
    exchange: &Exchange,
    route: &Route<'_>,
    target: &Target,
    body: Option<&Value>,
) -> Option<Fit> {
    let response = exchange.response()?;
    let request = exchange.request();
    let documented = request.and_then(|request| request.json.as_ref());
    let fit = Fit {
        same_type: type_of(documented) == type_of(body),
        same_arguments: request.is_some_and(|request| {
            request.arguments.as_deref().unwrap_or_default() == route.arguments
        }),
        query: query_fit(
            operation,
            request.map_or(&[], |request| request.query.as_slice()),
            &target.query,
        ),
        same_body: documented == body,
        succeeds: response.succeeds(),
    };
    let own = fit.same_arguments && fit.query == QueryFit::Same && fit.same_body;
    (fit.succeeds || own).then_some(fit)
}

fn type_of(body: Option<&Value>) -> Option<&str> {
    body?.get("@odata.type")?.as_str()
}

fn query_fit(
    operation: &DocumentedOperation,
    documented: &[(String, String)],
    given: &[(String, String)],
) -> QueryFit {
    // What the path has is among the arguments.
    let free = |options: &[(String, String)]| {
        let mut options: Vec<(String, String)> = options
            .iter()
            .filter(|(name, _)| !operation.template.fixes(name))
            .map(|(name, value)| (name.to_ascii_lowercase(), value.clone()))
            .collect();
        options.sort();
        options
    };
    let (documented, given) = (free(documented), free(given));
    let names = |options: &[(String, String)]| -> Vec<String> {
        options.iter().map(|(name, _)| name.clone()).collect()
    };
    if documented == given {
        QueryFit::Same
    } else if names(&documented) == names(&given) {
        QueryFit::Names
    } else {
        QueryFit::Other
    }
}
