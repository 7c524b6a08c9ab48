//! Finds types for the bodies that no page describes, in what is answered and in what is read at the same path, and
//! reports what stays JSON.
//!
//! A `PATCH` or a `PUT` sends properties of the entity that its path addresses, and a `POST` that creates one sends it
//! (OData protocol 4.01, sections 11.4.2 to 11.4.4). What the examples send has to be that as well.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::Resolver;
use super::body::is_control;
use super::exchanges::of_operation;
use crate::content::Content;
use crate::diagnostics::{Diagnostic, Rule, Span};
use crate::facts::{ExampleFacts, OperationFacts, PageFacts};
use crate::model::{
    Api, Body, CoreType, Evidence, Operation, Response, TypeId, TypeRef, normalized,
};

/// What `GET` reads, by version and path in the form of [`normalized`].
type Read = BTreeMap<(String, String), BTreeSet<(bool, TypeId)>>;

impl Resolver<'_> {
    /// Types the untyped bodies of all operations, which are in the order of the pages and lines, and reports the rest.
    pub(super) fn untyped(&mut self) {
        let read = read(&self.api);
        let mut typed = Vec::new();
        let mut first = 0;
        for page in &self.facts.pages {
            for facts in &page.operations {
                let lines = first..first + facts.requests.len();
                first = lines.end;
                typed.extend(self.typed(page, facts, lines, &read));
            }
        }
        for (index, id, evidence) in typed {
            let operation = &mut self.api.operations[index];
            let ty = TypeRef {
                core: CoreType::Structured(id),
                collection: false,
            };
            operation.body = Body::Value(ty);
            operation.decided.body = evidence;
            // What is sent is answered, as for bodies that their pages describe.
            let is_answered = operation.method != "POST" || operation.statuses.contains(&201);
            if is_answered && answers_untyped(operation) {
                operation.response = Response::Value(ty);
                operation.decided.response = Evidence::Sent;
            }
        }
        self.report_untyped();
    }

    /// The untyped bodies of a page's request lines that have a type all the same.
    fn typed(
        &self,
        page: &PageFacts,
        facts: &OperationFacts,
        lines: Range<usize>,
        read: &Read,
    ) -> Vec<(usize, TypeId, Evidence)> {
        let operations = &self.api.operations[lines.clone()];
        let mut typed = Vec::new();
        for (index, operation) in lines.zip(operations) {
            if !sends_untyped(operation) {
                continue;
            }
            let shown = shown(page, facts, &operation.method);
            let creates = operation.method == "POST";
            if creates && !self.creates(operation) {
                continue;
            }
            let answered = match operation.response {
                Response::Value(TypeRef {
                    core: CoreType::Structured(id),
                    collection: false,
                }) => Some(id),
                _ => None,
            };
            // The lines of a task address the same thing in several ways, and not all of them are read somewhere.
            let lines = operations
                .iter()
                .filter(|other| other.method == operation.method);
            let addressed: BTreeSet<TypeId> = lines
                .filter_map(|other| read.get(&address(other)))
                .flatten()
                .filter(|(collection, _)| *collection == creates)
                .map(|(_, id)| *id)
                .collect();
            let addressed = addressed.first().filter(|_| addressed.len() == 1);
            let answered = answered.map(|id| (id, Evidence::Answered as fn(_) -> _));
            let addressed = addressed.map(|id| (*id, Evidence::Addressed as fn(_) -> _));
            // What is created may be of a type that is derived from that of the collection, and is answered as that.
            let candidates = match creates {
                true => [answered, addressed],
                false => [addressed, answered],
            };
            let found = candidates.into_iter().flatten().find_map(|(id, evidence)| {
                let sent = self.sent(id, &shown, operation)?;
                Some((id, evidence(sent)))
            });
            typed.extend(found.map(|(id, evidence)| (index, id, evidence)));
        }
        typed
    }

    /// Whether a `POST` creates an entity: its page says so, or its path addresses a collection.
    fn creates(&self, operation: &Operation) -> bool {
        operation.statuses.contains(&201) || self.addressed.contains(&normalized(&operation.path))
    }

    /// Whether what the examples send is of a type: all keys are its properties. The first of them is what shows it;
    /// a `PATCH` needs none, since what it sends is part of the entity in any case.
    fn sent(
        &self,
        id: TypeId,
        shown: &[&ExampleFacts],
        operation: &Operation,
    ) -> Option<Option<Span>> {
        let Some(first) = shown.first() else {
            return (operation.method == "PATCH").then_some(None);
        };
        let declared = self.declared_names(id);
        let fits = |example: &&ExampleFacts| {
            let Some(object) = example.content.json().and_then(|json| json.as_object()) else {
                return false;
            };
            let mut keys = object.keys().filter(|key| !is_control(key)).peekable();
            keys.peek().is_some()
                && keys.all(|key| declared.contains_key(&key.to_ascii_lowercase()))
        };
        shown.iter().all(fits).then_some(Some(first.span))
    }

    /// Reports the bodies and answers that are JSON because no page says what they hold.
    fn report_untyped(&mut self) {
        for operation in &self.api.operations {
            if sends_untyped(operation) {
                self.diagnostics.push(Diagnostic::at(
                    Rule::UntypedBody,
                    operation.origin,
                    "the page does not say what the request body holds; it is JSON",
                ));
            }
            if answers_untyped(operation) {
                self.diagnostics.push(Diagnostic::at(
                    Rule::UntypedResponse,
                    operation.origin,
                    "the page does not say what the answer holds; it is JSON",
                ));
            }
        }
    }
}

fn sends_untyped(operation: &Operation) -> bool {
    matches!(operation.body, Body::Json) && operation.decided.body == Evidence::Nothing
}

fn answers_untyped(operation: &Operation) -> bool {
    operation.response == Response::Json && operation.decided.response == Evidence::Nothing
}

/// The examples of requests that send something.
fn shown<'f>(page: &'f PageFacts, facts: &OperationFacts, method: &str) -> Vec<&'f ExampleFacts> {
    of_operation(page, facts, method)
        .into_iter()
        .filter_map(|exchange| exchange.request)
        .filter(|request| !matches!(request.content, Content::Empty))
        .collect()
}

fn read(api: &Api) -> Read {
    let mut read = Read::new();
    for operation in api.operations.iter().filter(|one| one.method == "GET") {
        if let Response::Value(ty) = operation.response
            && let CoreType::Structured(id) = ty.core
        {
            let types = read.entry(address(operation)).or_default();
            types.insert((ty.collection, id));
        }
    }
    read
}

fn address(operation: &Operation) -> (String, String) {
    (operation.version.clone(), normalized(&operation.path))
}
