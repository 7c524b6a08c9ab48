//! Makes an operation of each request line.

use std::collections::BTreeSet;

use super::Resolver;
use super::body::is_control;
use super::exchanges::{Shown, of_operation};
use super::path::{query, segments};
use super::response::{many, no_content};
use crate::diagnostics::{Diagnostic, Rule};
use crate::facts::{ExampleFacts, OperationFacts, PageFacts, RequestLine};
use crate::model::{Body, CoreType, Decided, Operation, Parameter, Permissions, Segment, TypeRef};
use crate::profile::Profile;

impl Resolver<'_> {
    /// Adds the operations of all pages, in the order of the pages and lines.
    pub(super) fn operations(&mut self) {
        let facts = self.facts;
        for page in &facts.pages {
            for operation in &page.operations {
                let first = self.api.operations.len();
                let parameters = self.parameters(page, operation);
                self.compare_statuses(page, operation);
                for line in &operation.requests {
                    let mut operation = self.operation(page, operation, line);
                    operation.parameters.clone_from(&parameters);
                    self.api.operations.push(operation);
                }
                self.unplaced_rows(operation, first);
            }
        }
    }

    /// Reports a text about the answer that names none of the success codes that the examples show.
    fn compare_statuses(&mut self, page: &PageFacts, facts: &OperationFacts) {
        let said = &facts.response.statuses;
        let (Some(first), Some(line)) = (said.first(), facts.requests.first()) else {
            return;
        };
        let shown: Vec<&ExampleFacts> = of_operation(page, facts, &line.method)
            .into_iter()
            .flat_map(|exchange| exchange.responses)
            .filter(|response| {
                response
                    .status
                    .is_some_and(|status| (200..400).contains(&status))
            })
            .collect();
        let agree = |response: &&ExampleFacts| {
            said.iter()
                .any(|status| Some(status.value) == response.status)
        };
        if shown.iter().any(agree) {
            return;
        }
        if let Some(example) = shown.first() {
            let message = format!(
                "the text says {} and the example shows {}; the text counts",
                first.value,
                example.status.unwrap_or_default()
            );
            self.diagnostics.push(
                Diagnostic::at(Rule::ConflictingStatus, first.span, message)
                    .also(example.span, "the example"),
            );
        }
    }

    fn operation(
        &mut self,
        page: &PageFacts,
        facts: &OperationFacts,
        line: &RequestLine,
    ) -> Operation {
        let path = segments(&line.path);
        let exchanges = of_operation(page, facts, &line.method);
        let (body, sent) = self.body(page, facts, line, &path, &exchanges);
        let (response, answered) = self.response(page, facts, line, &path, &exchanges, &body);
        let statuses = statuses(facts, &exchanges);
        let no_content = no_content(facts, line, &path, &exchanges, &statuses, answered);
        let call = self.call(page, facts, line, &exchanges);
        let title = page.title.as_ref().map(|title| title.value.clone());
        Operation {
            page: page.path.clone(),
            title: facts.task.clone().or(title).unwrap_or_default(),
            method: line.method.clone(),
            version: self.version(page, line),
            query: line.query.as_deref().map(query).unwrap_or_default(),
            parameters: Vec::new(),
            call,
            body,
            response,
            many: many(facts, &path, &exchanges),
            path,
            decided: Decided {
                body: sent,
                response: answered,
            },
            no_content,
            statuses,
            permissions: Permissions {
                delegated_work: facts.permissions.delegated_work.clone(),
                delegated_personal: facts.permissions.delegated_personal.clone(),
                application: facts.permissions.application.clone(),
                unsupported: facts.permissions.unsupported,
                alternatives: facts.permissions.alternatives.clone(),
                conditional: facts.permissions.conditional,
            },
            query_options: facts.query_options.clone(),
            headers: facts
                .headers
                .iter()
                .map(|header| (header.name.value.clone(), header.description.clone()))
                .collect(),
            doc: page.summary.clone(),
            origin: line.span,
        }
    }

    /// The arguments that the page names.
    fn parameters(&mut self, page: &PageFacts, facts: &OperationFacts) -> Vec<Parameter> {
        let rows = facts.parameters.iter();
        rows.map(|row| Parameter {
            name: row.name.value.clone(),
            ty: row
                .type_name
                .as_ref()
                .map(|name| self.type_ref(name, &page.path, row.name.span)),
            doc: row.description.clone(),
        })
        .collect()
    }

    /// Reports the rows of a body that none of the operations made of it takes, from `first` on.
    fn unplaced_rows(&mut self, facts: &OperationFacts, first: usize) {
        let made = &self.api.operations[first..];
        let placed = self.placed(made);
        for row in &facts.body.properties {
            let name = &row.name.value;
            if is_control(name) || placed.holds(name) {
                continue;
            }
            let described = made.iter().find_map(|operation| match operation.body {
                Body::Value(TypeRef {
                    core: CoreType::Structured(id),
                    ..
                }) => Some(id),
                _ => None,
            });
            self.diagnostics.push(match described {
                Some(id) => {
                    let ty = self.api.structured(id);
                    let message = format!(
                        "the body has a row `{name}`, and the page of `{}` has no such property",
                        ty.name.name
                    );
                    let found = Diagnostic::at(Rule::UndeclaredProperty, row.name.span, message);
                    match ty.origins.first() {
                        Some(origin) => found.also(*origin, "the type's page"),
                        None => found,
                    }
                }
                None => Diagnostic::at(
                    Rule::ConflictingBody,
                    row.name.span,
                    format!("`{name}` is listed as a part of the body, and the request has none"),
                ),
            });
        }
    }

    /// What some operations take of their page's body table, in their bodies or among their arguments.
    fn placed<'m>(&self, made: &'m [Operation]) -> Placed<'m> {
        let mut placed = Placed::default();
        let mut types = BTreeSet::new();
        for operation in made {
            match &operation.body {
                Body::Value(ty) => types.extend(match ty.core {
                    CoreType::Structured(id) => Some(id),
                    _ => None,
                }),
                Body::Parameters(rows) => {
                    placed
                        .exactly
                        .extend(rows.iter().map(|row| row.name.as_str()));
                }
                _ => {
                    let arguments = operation.call.iter();
                    let names = arguments.map(|argument| argument.name.as_str());
                    placed.exactly.extend(names);
                }
            }
        }
        for id in types {
            placed.lower.extend(self.declared_names(id).into_keys());
        }
        placed
    }

    /// The arguments of a function that the page lists as rows of a body, and that its examples have in parentheses:
    /// a `GET` has no body.
    fn call(
        &self,
        page: &PageFacts,
        facts: &OperationFacts,
        line: &RequestLine,
        exchanges: &[Shown<'_>],
    ) -> Vec<Parameter> {
        let name = line.path.rsplit('/').next().unwrap_or_default();
        let opens = format!("/{name}(");
        let called = exchanges
            .iter()
            .filter_map(|exchange| exchange.request?.request.as_ref())
            .any(|request| request.url.contains(&opens));
        if line.method != "GET" || !called {
            return Vec::new();
        }
        let rows = facts.body.properties.iter();
        rows.filter_map(|row| {
            let read = row.type_name.as_ref().filter(|read| !read.collection)?;
            Some(Parameter {
                name: row.name.value.clone(),
                ty: Some(TypeRef {
                    core: self.index.lookup(read, &page.path, self.profile)?,
                    collection: false,
                }),
                doc: row.description.clone(),
            })
        })
        .collect()
    }

    /// The version of an operation: the tree's folder, then a URL on the page, then the profile.
    fn version(&self, page: &PageFacts, line: &RequestLine) -> String {
        self.facts
            .version
            .as_ref()
            .or(line.version.as_ref())
            .or(page.version.as_ref())
            .unwrap_or(&self.profile.default_version)
            .clone()
    }
}

/// The names that operations have a place for.
#[derive(Default)]
struct Placed<'m> {
    /// Names of properties in lower case: their letter case does not count.
    lower: BTreeSet<String>,
    /// Names of parameters.
    exactly: BTreeSet<&'m str>,
}

impl Placed<'_> {
    fn holds(&self, name: &str) -> bool {
        self.exactly.contains(name) || self.lower.contains(&name.to_ascii_lowercase())
    }
}

/// The success codes: those of the prose, or those of the examples where the prose has none.
fn statuses(facts: &OperationFacts, exchanges: &[Shown<'_>]) -> Vec<u16> {
    let mut statuses: Vec<u16> = facts
        .response
        .statuses
        .iter()
        .map(|status| status.value)
        .collect();
    if statuses.is_empty() {
        for response in exchanges.iter().flat_map(|exchange| &exchange.responses) {
            if let Some(status) = response.status.filter(|status| (200..400).contains(status))
                && !statuses.contains(&status)
            {
                statuses.push(status);
            }
        }
    }
    statuses
}

/// The literal text of the last segment, without arguments: `delta` of `delta(token='{token}')`.
pub(super) fn last_word(path: &[Segment]) -> Option<&str> {
    match path.last()?.parts.first()? {
        crate::model::Part::Literal(text) => Some(text.split('(').next().unwrap_or(text)),
        crate::model::Part::Placeholder { .. } => None,
    }
}

/// Whether a path leads to bytes: `$value`, or what the service calls content.
pub(super) fn is_content(path: &[Segment], profile: &Profile) -> bool {
    last_word(path).is_some_and(|word| {
        word == "$value"
            || profile
                .paths
                .content
                .iter()
                .any(|known| known.eq_ignore_ascii_case(word))
    })
}
