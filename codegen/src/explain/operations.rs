//! The part about resolve, for operations: path, body and answer with what decided on them, permissions.

use super::places::{counted, enumerated};
use super::{Context, Line, Look, Part};
use crate::diagnostics::Span;
use crate::model::{Body, Evidence, Operation, Response};
use crate::profile::Section;

impl Context<'_> {
    /// The operations; what several request lines have in common is said once, below the last of them.
    pub(super) fn operations(&self, indices: &[usize], part: &mut Part) {
        let mut open: Option<Vec<Line>> = None;
        for index in indices {
            let operation = &self.api.operations[*index];
            let details = self.details(operation);
            if let Some(before) = open.take_if(|before| *before != details) {
                part.lines.extend(before);
            }
            let text = format!("{}, {}", operation.request(), operation.version);
            part.lines.push(Line {
                look: Look::Heading,
                ..Line::new(self.place(operation.origin), 0, text)
            });
            open = Some(details);
        }
        part.lines.extend(open.unwrap_or_default());
    }

    fn details(&self, operation: &Operation) -> Vec<Line> {
        let mut lines = vec![Line::new("", 1, format!("title: {}", operation.title))];
        let body = match &operation.body {
            Body::None => "nothing".to_owned(),
            Body::Value(ty) => self.type_of(*ty),
            Body::Parameters(rows) => format!("{} of an action", counted(rows.len(), "parameter")),
            Body::Reference => "a reference to an entity".to_owned(),
            Body::Binary => "bytes".to_owned(),
            Body::Json => "JSON".to_owned(),
        };
        lines.push(self.decided(
            "sends",
            &body,
            operation.decided.body,
            Section::Body,
            operation,
        ));
        if let Body::Parameters(rows) = &operation.body {
            lines.extend(rows.iter().map(|row| {
                let text = format!("{}: {}", row.name, self.type_of(row.ty));
                Line::new(self.place(row.origin), 2, text)
            }));
        }
        let answer = match operation.response {
            Response::None => "nothing".to_owned(),
            Response::Value(ty) => self.type_of(ty),
            Response::Binary => "bytes".to_owned(),
            Response::Json => "JSON".to_owned(),
        };
        let evidence = operation.decided.response;
        lines.push(self.decided("answers", &answer, evidence, Section::Response, operation));
        if operation.no_content && operation.response != Response::None {
            lines.push(Line::new(
                "",
                2,
                "the page says or shows that the answer is empty all the same",
            ));
        }
        let codes: Vec<String> = operation.statuses.iter().map(u16::to_string).collect();
        if !codes.is_empty() {
            lines.push(Line::new(
                "",
                1,
                format!("success codes: {}", codes.join(", ")),
            ));
        }
        for parameter in operation.parameters.iter().chain(&operation.call) {
            let ty = parameter
                .ty
                .map_or_else(|| "no type in its table".to_owned(), |ty| self.type_of(ty));
            let text = format!("parameter {}: {ty}", parameter.name);
            lines.push(Line::new("", 1, text));
        }
        let kinds = [
            (
                "delegated, work or school:",
                &operation.permissions.delegated_work,
            ),
            (
                "delegated, personal:",
                &operation.permissions.delegated_personal,
            ),
            ("application:", &operation.permissions.application),
        ];
        for (kind, names) in kinds {
            let found = enumerated(names.iter().map(String::as_str), kind, 1);
            if found.is_none() {
                lines.push(Line::new("", 1, format!("{kind} none")));
            }
            lines.extend(found);
        }
        let options = operation.query_options.iter().map(String::as_str);
        lines.extend(enumerated(options, "query options:", 1));
        lines
    }

    /// What is sent or answered, and what decided on it.
    fn decided(
        &self,
        verb: &str,
        what: &str,
        evidence: Evidence,
        section: Section,
        operation: &Operation,
    ) -> Line {
        let (span, why) = match evidence {
            Evidence::Protocol => (None, "the method or the end of the path means that"),
            Evidence::Comment(span) => (Some(span), "the comment above this example says so"),
            Evidence::Example(span) => (Some(span), "this example shows it"),
            Evidence::Header(span) => (Some(span), "this header has another type than JSON"),
            Evidence::Text => (
                self.section_of(operation, section),
                "the text of this section says so",
            ),
            Evidence::Rows(span) => (Some(span), "the rows from here on are that"),
            Evidence::Answered(span) => {
                (span, "this is answered, and no example sends anything else")
            }
            Evidence::Addressed(span) => (
                span,
                "this is read at the same path, and no example sends anything else",
            ),
            Evidence::Sent => (None, "what is sent is answered"),
            Evidence::Listed => (None, "the page of a type lists it so"),
            Evidence::Correction => (None, "a correction says so"),
            Evidence::Nothing => (None, "the page does not say"),
        };
        let place = span.map_or_else(String::new, |span| self.place(span));
        Line::new(place, 1, format!("{verb} {what}: {why}"))
    }

    /// The heading of the section of a role that is about an operation.
    fn section_of(&self, operation: &Operation, section: Section) -> Option<Span> {
        let page = operation.origin.page;
        let facts = self.facts(page)?;
        let own = facts.operations.iter().find(|one| {
            one.requests
                .iter()
                .any(|line| line.span == operation.origin)
        });
        let task = own.and_then(|one| one.task_section);
        let corpus = &self.run.model.corpus;
        self.sheets.get(page)?.find(corpus, Some(section), task, "")
    }
}
