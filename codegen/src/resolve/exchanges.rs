//! Pairs the requests that pages show with the answers shown after them.

use crate::diagnostics::{Diagnostic, Diagnostics, Rule, Span};
use crate::facts::{ExampleDirection, ExampleFacts, Facts, OperationFacts, PageFacts};
use crate::model::{Api, Exchange, Operation, SampleRequest, SampleResponse, Verdict, matched};

/// A request that a page shows with the answers shown after it, as facts.
pub(super) struct Shown<'f> {
    /// The request; absent for a response that stands alone.
    pub(super) request: Option<&'f ExampleFacts>,
    /// The responses.
    pub(super) responses: Vec<&'f ExampleFacts>,
}

/// The examples of all pages, each with the request line that it shows.
pub(super) fn exchanges(facts: &Facts, api: &Api, diagnostics: &mut Diagnostics) -> Vec<Exchange> {
    let operations = api.operations_by_page();
    let mut exchanges = Vec::new();
    for page in &facts.pages {
        let own = operations
            .get(page.path.as_str())
            .map_or(&[][..], |own| own);
        for shown in paired(page, |_| true) {
            exchanges.push(exchange(page, &shown, own, diagnostics));
        }
    }
    exchanges
}

fn exchange(
    page: &PageFacts,
    shown: &Shown<'_>,
    operations: &[&Operation],
    diagnostics: &mut Diagnostics,
) -> Exchange {
    let first = shown.request.or(shown.responses.first().copied());
    let task = first.and_then(|example| example.task);
    let candidates = candidates(page, task, operations);
    let request = shown.request.and_then(request);
    let shows = request
        .as_ref()
        .and_then(|request| line_of(request, &candidates));
    // What is sent and answered is that of the page, even if the example is sent elsewhere.
    let method = request.as_ref().map(|request| &request.method);
    let related = candidates
        .iter()
        .find(|operation| method.is_none_or(|method| *method == operation.method))
        .map(|operation| operation.origin);
    let first = candidates.first().map(|operation| operation.origin);
    // A page that documents no request, such as an overview, shows those of others.
    if let (Some(request), None, Some(first)) = (&request, shows, first) {
        let message = format!(
            "`{} {}` is none of the requests that the page documents",
            request.method, request.path
        );
        diagnostics.push(
            Diagnostic::at(Rule::UnmatchedExample, request.span, message)
                .also(first, "the first of them"),
        );
    }
    Exchange {
        page: page.path.clone(),
        line: shows.or(related),
        request,
        responses: shown.responses.iter().copied().map(response).collect(),
    }
}

/// The operations of a task; all of the page where the task has none of its own.
fn candidates<'a>(
    page: &PageFacts,
    task: Option<usize>,
    operations: &[&'a Operation],
) -> Vec<&'a Operation> {
    let of_task = |operation: &&OperationFacts| task.is_some() && operation.task_section == task;
    let own: Vec<&OperationFacts> = page.operations.iter().filter(of_task).collect();
    if own.is_empty() {
        return operations.to_vec();
    }
    let lines = own.iter().flat_map(|operation| &operation.requests);
    let lines: Vec<Span> = lines.map(|line| line.span).collect();
    let of_lines = operations
        .iter()
        .filter(|operation| lines.contains(&operation.origin));
    of_lines.copied().collect()
}

/// The request line that a request shows: of those with its method and path the one with the fewest placeholders, which
/// is the first of them where several have as few.
fn line_of(request: &SampleRequest, candidates: &[&Operation]) -> Option<Span> {
    candidates
        .iter()
        .filter(|operation| operation.method == request.method)
        .filter_map(|operation| Some((matched(operation, &request.path)?.len(), operation.origin)))
        .min_by_key(|(placeholders, _)| *placeholders)
        .map(|(_, origin)| origin)
}

fn request(example: &ExampleFacts) -> Option<SampleRequest> {
    let shown = example.request.as_ref()?;
    Some(SampleRequest {
        method: shown.method.clone(),
        path: shown.path.clone(),
        query: shown.query.clone(),
        headers: example.headers.clone(),
        content: example.content.clone(),
        verdict: Verdict::default(),
        span: example.span,
    })
}

fn response(example: &ExampleFacts) -> SampleResponse {
    SampleResponse {
        status: example.status,
        headers: example.headers.clone(),
        content: example.content.clone(),
        verdict: Verdict::default(),
        span: example.span,
    }
}

/// The page's examples that show an operation: those of its task, and where requests name methods, of its method.
pub(super) fn of_operation<'f>(
    page: &'f PageFacts,
    facts: &OperationFacts,
    method: &str,
) -> Vec<Shown<'f>> {
    let tasked = page
        .examples
        .iter()
        .any(|example| example.task.is_some() && example.task == facts.task_section);
    let mut all = paired(page, |example| {
        !tasked || example.task == facts.task_section
    });
    let of_method = |shown: &Shown<'_>| {
        shown
            .request
            .and_then(|request| request.request.as_ref())
            .is_some_and(|request| request.method == method)
    };
    if all.iter().any(of_method) {
        all.retain(of_method);
    }
    all
}

/// The page's examples in their order, each request with the answers up to the next one.
fn paired<'f>(page: &'f PageFacts, wanted: impl Fn(&ExampleFacts) -> bool) -> Vec<Shown<'f>> {
    // Pages that mark all their examples as to be ignored mark nothing else.
    let untagged = page.examples.iter().all(|example| example.ignored);
    let mut all: Vec<Shown<'f>> = Vec::new();
    for example in &page.examples {
        if example.ignored && !untagged || !wanted(example) {
            continue;
        }
        match example.direction {
            ExampleDirection::Request => all.push(Shown {
                request: Some(example),
                responses: Vec::new(),
            }),
            ExampleDirection::Response => match all.last_mut() {
                Some(last) => last.responses.push(example),
                None => all.push(Shown {
                    request: None,
                    responses: vec![example],
                }),
            },
        }
    }
    all
}
