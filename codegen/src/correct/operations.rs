//! Corrects request lines, bodies, answers and permissions.

use super::change::{Change, shown};
use super::entry::{Entry, Items, Kind};
use super::find;
use super::types::type_name;
use crate::diagnostics::{Span, Spanned};
use crate::facts::{
    ExampleDirection, ExampleFacts, OperationFacts, PageFacts, RequestLine, Stated, TypeName,
};

/// The status codes of an answer that is no error (RFC 9110, section 15).
const SUCCESS: std::ops::Range<u16> = 200..400;

/// Corrects, adds or removes a request line.
pub(super) fn request(
    page: &mut PageFacts,
    entry: &Entry,
    name: &str,
) -> Result<Vec<Change>, String> {
    if Items::itself(entry.add.as_ref()) {
        return add_request(page, entry, name).map(|change| vec![change]);
    }
    let right = match &entry.line {
        Some(line) => Some(request_line(line)?),
        None => None,
    };
    let mut changes = Vec::new();
    for operation in find::operations(page, name)? {
        operation.requests.retain_mut(|line| {
            if !find::is_line(line, name) {
                return true;
            }
            let from = Some(find::text(line));
            let Some((method, path, query)) = &right else {
                changes.push(Change::of_item(line.span, "line", from, None));
                return false;
            };
            method.clone_into(&mut line.method);
            path.clone_into(&mut line.path);
            line.query.clone_from(query);
            let to = Some(find::text(line));
            changes.push(Change::of_item(line.span, "line", from, to));
            true
        });
    }
    Ok(changes)
}

/// Adds a request line to the operation of `of`, or to the only one of the page.
fn add_request(page: &mut PageFacts, entry: &Entry, name: &str) -> Result<Change, String> {
    let (method, path, query) = request_line(name)?;
    let known = page.path.clone();
    let mut operations = match &entry.of {
        Some(of) => find::operations(page, of)?,
        None => page.operations.iter_mut().collect(),
    };
    let [operation] = operations.as_mut_slice() else {
        return Err(format!(
            "may mean {} operations of `{known}`; expected `of` with a request line of one",
            operations.len()
        ));
    };
    if operation
        .requests
        .iter()
        .any(|line| find::is_line(line, name))
    {
        return Err(format!(
            "adds `{name}`, which `{known}` has; it may have been mended"
        ));
    }
    let span = line_span(operation, &known)?;
    operation.requests.push(RequestLine {
        method,
        path,
        query,
        version: None,
        span,
    });
    Ok(Change::of_item(span, "line", None, Some(name.to_owned())))
}

/// Where the first request line of an operation stands.
fn line_span(operation: &OperationFacts, page: &str) -> Result<Span, String> {
    let line = operation.requests.first();
    line.map(|line| line.span)
        .ok_or_else(|| format!("finds no request line left on `{page}`"))
}

/// Method, path and query of a request line.
fn request_line(text: &str) -> Result<(String, String, Option<String>), String> {
    let parts = text
        .split_once(' ')
        .filter(|(method, url)| {
            url.starts_with('/') && method.chars().all(|c| c.is_ascii_uppercase())
        })
        .filter(|(method, _)| !method.is_empty());
    let Some((method, url)) = parts else {
        return Err(format!(
            "has `{text}` as a request line; expected a method, a blank, and a path with a leading slash"
        ));
    };
    let (path, query) = match url.split_once('?') {
        Some((path, query)) => (path, Some(query.to_owned())),
        None => (url, None),
    };
    Ok((method.to_owned(), path.to_owned(), query))
}

/// Corrects what an operation answers.
pub(super) fn response(
    page: &mut PageFacts,
    entry: &Entry,
    name: &str,
) -> Result<Vec<Change>, String> {
    if let Some(code) = entry
        .status
        .iter()
        .flatten()
        .find(|code| !SUCCESS.contains(code))
    {
        return Err(format!(
            "has the status {code}; expected codes of success, 200 to 399"
        ));
    }
    let path = page.path.clone();
    let examples = page.examples.clone();
    let namespace = page.namespace.as_ref().map(|line| line.value.clone());
    let mut changes = Vec::new();
    for operation in find::operations(page, name)? {
        let span = line_span(operation, &path)?;
        if let Some(stated) = stated(entry) {
            let said = said_of_answer(operation, &examples);
            let response = &mut operation.response;
            changes.push(state(
                span,
                "answer",
                &mut response.stated,
                &said,
                stated,
                namespace.as_deref(),
            ));
        }
        if let Some(codes) = &entry.status {
            let statuses = &mut operation.response.statuses;
            let at = statuses.first().map_or(span, |status| status.span);
            let from: Vec<u16> = statuses.iter().map(|status| status.value).collect();
            let new = codes.iter().map(|code| Spanned::new(*code, at));
            *statuses = new.collect();
            changes.push(Change::of(span, "status", list(&from), list(codes)));
        }
    }
    Ok(changes)
}

/// Status codes in a message.
fn list(codes: &[u16]) -> Option<String> {
    let codes: Vec<String> = codes.iter().map(ToString::to_string).collect();
    (!codes.is_empty()).then(|| codes.join(", "))
}

/// Corrects what an operation sends.
pub(super) fn body(page: &mut PageFacts, entry: &Entry, name: &str) -> Result<Vec<Change>, String> {
    let path = page.path.clone();
    let namespace = page.namespace.as_ref().map(|line| line.value.clone());
    let in_example = page.examples.iter().any(|example| {
        example.direction == ExampleDirection::Request && !example.content.is_empty()
    });
    let mut changes = Vec::new();
    for operation in find::operations(page, name)? {
        let span = line_span(operation, &path)?;
        if let Some(stated) = stated(entry) {
            let body = &mut operation.body;
            // An example with a body counts before a text that says that there is none.
            let said = match body.links.first() {
                Some(link) => Said::Type(link.clone()),
                None if in_example => Said::Word("an example"),
                None if body.none => Said::Word(NONE),
                None => Said::Nothing,
            };
            changes.push(state(
                span,
                "body",
                &mut body.stated,
                &said,
                stated,
                namespace.as_deref(),
            ));
        }
    }
    Ok(changes)
}

/// What a correction says of a body or an answer.
fn stated(entry: &Entry) -> Option<Stated> {
    let collection = entry.collection == Some(true);
    match &entry.type_name {
        Some(name) => Some(Stated::Value(type_name(name, collection))),
        None => entry.none.map(|_| Stated::Nothing),
    }
}

/// How a message names an answer or a body that is empty.
const NONE: &str = "none";

/// What a page says that a body or an answer holds.
enum Said {
    Nothing,
    Word(&'static str),
    Type(TypeName),
}

/// Sets what a correction says.
fn state(
    span: Span,
    what: &str,
    place: &mut Option<Stated>,
    said: &Said,
    right: Stated,
    namespace: Option<&str>,
) -> Change {
    let change = match (said, &right) {
        (Said::Type(read), Stated::Value(name)) => {
            Change::of_type(span, what, Some(read), name, namespace)
        }
        (said, right) => {
            let from = match said {
                Said::Nothing => None,
                Said::Word(word) => Some((*word).to_owned()),
                Said::Type(name) => Some(shown(name)),
            };
            let to = match right {
                Stated::Nothing => NONE.to_owned(),
                Stated::Value(name) => shown(name),
            };
            Change::of(span, what, from, Some(to))
        }
    };
    *place = Some(right);
    change
}

/// What the page says of an answer: the comment above the first response that is no error, then the prose.
fn said_of_answer(operation: &OperationFacts, examples: &[ExampleFacts]) -> Said {
    let is_own = |example: &&ExampleFacts| example.task == operation.task_section;
    let has_own = operation.task_section.is_some() && examples.iter().any(|found| is_own(&found));
    let annotated = examples
        .iter()
        .filter(|example| example.direction == ExampleDirection::Response)
        .filter(|example| !has_own || is_own(example))
        .filter(|example| example.status.is_none_or(|code| SUCCESS.contains(&code)))
        .find_map(|example| {
            Some(TypeName {
                name: example.annotated_type.clone()?,
                target: None,
                collection: example.annotated_collection,
            })
        });
    match annotated.or_else(|| operation.response.links.first().cloned()) {
        Some(name) => Said::Type(name),
        None if operation.response.none => Said::Word(NONE),
        None => Said::Nothing,
    }
}

/// Adds permissions of a kind to an operation, or takes them away.
pub(super) fn permission(
    page: &mut PageFacts,
    entry: &Entry,
    name: &str,
) -> Result<Vec<Change>, String> {
    let path = page.path.clone();
    let mut changes = Vec::new();
    for operation in find::operations(page, name)? {
        let span = line_span(operation, &path)?;
        let permissions = &mut operation.permissions;
        let Some(kind) = entry.kind else {
            continue;
        };
        let unsupported = &mut permissions.unsupported[kind as usize];
        let alternatives = &mut permissions.alternatives[kind as usize];
        let (what, list) = match kind {
            Kind::DelegatedWork => ("delegated-work", &mut permissions.delegated_work),
            Kind::DelegatedPersonal => ("delegated-personal", &mut permissions.delegated_personal),
            Kind::Application => ("application", &mut permissions.application),
        };
        for scope in Items::names(entry.remove.as_ref()) {
            let Some(at) = list.iter().position(|known| known == scope) else {
                return Err(format!(
                    "removes the {what} permission `{scope}`, which `{path}` has not; it may have been mended"
                ));
            };
            list.remove(at);
            without(alternatives, scope);
            changes.push(Change::of_item(span, what, Some(scope.clone()), None));
        }
        for scope in Items::names(entry.add.as_ref()) {
            if list.contains(scope) {
                return Err(format!(
                    "adds the {what} permission `{scope}`, which `{path}` has; it may have been mended"
                ));
            }
            list.push(scope.clone());
            if !alternatives.is_empty() {
                alternatives.push(vec![scope.clone()]);
            }
            *unsupported = false;
            changes.push(Change::of_item(span, what, None, Some(scope.clone())));
        }
    }
    Ok(changes)
}

/// Takes a permission out of the sets of which any one is enough. Where no set is left that has several, there is nothing
/// to say beside the list of permissions.
fn without(alternatives: &mut Vec<Vec<String>>, scope: &str) {
    for set in alternatives.iter_mut() {
        set.retain(|known| known != scope);
    }
    alternatives.retain(|set| !set.is_empty());
    if alternatives.iter().all(|set| set.len() == 1) {
        alternatives.clear();
    }
}
