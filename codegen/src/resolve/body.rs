//! Decides what an operation sends.

use std::collections::BTreeMap;

use serde_json::Value;

use super::Resolver;
use super::exchanges::Shown;
use super::media::row_without_json;
use super::operations::{is_content, last_word};
use crate::diagnostics::{Diagnostic, Rule, Span};
use crate::facts::{OperationFacts, PageFacts, RequestLine};
use crate::model::{
    Body, CoreType, Evidence, Primitive, Property, Segment, TypeId, TypeRef, normalized,
};

impl Resolver<'_> {
    /// The body of an operation. Tables count before phrases: pages say "do not supply" above a table of properties.
    pub(super) fn body(
        &mut self,
        page: &PageFacts,
        facts: &OperationFacts,
        line: &RequestLine,
        path: &[Segment],
        exchanges: &[Shown<'_>],
    ) -> (Body, Evidence) {
        let sends = matches!(line.method.as_str(), "POST" | "PATCH" | "PUT");
        if !sends {
            return (Body::None, Evidence::Protocol);
        }
        if let Some(stated) = &facts.body.stated {
            let body = match self.stated(stated, page, line) {
                None => Body::None,
                Some(ty) if ty.core == CoreType::Primitive(Primitive::Stream) => Body::Binary,
                Some(ty) => Body::Value(ty),
            };
            return (body, Evidence::Correction);
        }
        // A few pages list the properties of an entity for what looks like a reference to one.
        let mut rows = facts.body.properties.iter();
        if last_word(path) == Some("$ref") && rows.all(|row| is_control(&row.name.value)) {
            return (Body::Reference, Evidence::Protocol);
        }
        let is_content = is_content(path, self.profile);
        if is_content && line.method != "POST"
            || facts.body.binary && facts.body.properties.is_empty() && is_content
        {
            return (Body::Binary, Evidence::Protocol);
        }
        let linked = self.linked_type(page, facts);
        let rows = self.rows_of_body(page, facts);
        if let Some(first) = rows.first() {
            let evidence = Evidence::Rows(first.origin);
            let candidates = linked.into_iter().chain(self.subjects(page, facts));
            let is_action = self.is_action(facts, line, path);
            let described = candidates
                .into_iter()
                .find(|id| self.describes(&rows, *id) && (!is_action || self.has_all(&rows, *id)));
            return (described.map_or(Body::Parameters(rows), value), evidence);
        }
        let mut shown = exchanges.iter().filter_map(|exchange| exchange.request);
        let shows_body = shown.any(|request| !request.content.is_empty());
        if facts.body.none && !shows_body {
            return (Body::None, Evidence::Text);
        }
        if facts.body.none {
            self.diagnostics.push(Diagnostic::at(
                Rule::ConflictingBody,
                line.span,
                "the page says that there is no request body, and an example shows one; the example counts",
            ));
        }
        if let Some(row) = row_without_json(facts) {
            return (Body::Binary, Evidence::Header(row));
        }
        if let Some(id) = linked {
            return (value(id), Evidence::Text);
        }
        self.body_of_examples(page, facts, line, exchanges)
    }

    /// The rows of the body's tables, each name once.
    fn rows_of_body(&mut self, page: &PageFacts, facts: &OperationFacts) -> Vec<Property> {
        let mut rows: Vec<Property> = Vec::new();
        let mut known: BTreeMap<&str, Span> = BTreeMap::new();
        for row in &facts.body.properties {
            let name = row.name.value.as_str();
            if let Some(first) = known.get(name) {
                let message = format!("`{name}` has a row already; the first counts");
                self.diagnostics.push(
                    Diagnostic::at(Rule::RepeatedRow, row.name.span, message)
                        .also(*first, "the first row"),
                );
                continue;
            }
            known.insert(name, row.name.span);
            let property = self.property(row, page);
            rows.push(property);
        }
        rows
    }

    /// The body where the section on it names neither rows nor a type: what the example requests show.
    fn body_of_examples(
        &mut self,
        page: &PageFacts,
        facts: &OperationFacts,
        line: &RequestLine,
        exchanges: &[Shown<'_>],
    ) -> (Body, Evidence) {
        let shown = exchanges.iter().filter_map(|exchange| exchange.request);
        let mut with_body = shown
            .filter(|request| !request.content.is_empty())
            .peekable();
        if with_body.peek().is_none() && !facts.body.binary && line.method == "POST" {
            return (Body::None, Evidence::Nothing);
        }
        for request in with_body {
            let shown = request.content.json().and_then(odata_type);
            let evidence = match shown {
                Some(_) => Evidence::Example(request.span),
                None => Evidence::Comment(request.span),
            };
            let named = shown.or(request.annotated_type.as_deref());
            if let Some(name) = named
                && let Some(CoreType::Structured(id)) =
                    self.index.by_name(name, &page.path, self.profile)
            {
                return (value(id), evidence);
            }
        }
        if facts.body.binary {
            return (Body::Binary, Evidence::Text);
        }
        self.unknown_links(page, &facts.body.links, line.span);
        (Body::Json, Evidence::Nothing)
    }

    /// The entity or complex type that the prose about the body links to, where it is not about parameters.
    fn linked_type(&self, page: &PageFacts, facts: &OperationFacts) -> Option<TypeId> {
        facts.body.links.iter().find_map(|link| {
            match self.index.lookup(link, &page.path, self.profile)? {
                CoreType::Structured(id) => Some(id),
                _ => None,
            }
        })
    }

    /// The types that the page is about: what it answers, and what its first paragraph links to.
    fn subjects(&self, page: &PageFacts, facts: &OperationFacts) -> Vec<TypeId> {
        let answered = facts.response.links.iter();
        answered
            .chain(&page.subjects)
            .filter_map(
                |link| match self.index.lookup(link, &page.path, self.profile)? {
                    CoreType::Structured(id) => Some(id),
                    _ => None,
                },
            )
            .collect()
    }

    /// Whether a request calls an action: a `POST` to what is neither an entity nor a collection, and that creates
    /// nothing.
    fn is_action(&self, facts: &OperationFacts, line: &RequestLine, path: &[Segment]) -> bool {
        let mut statuses = facts.response.statuses.iter();
        line.method == "POST"
            && !self.addressed.contains(&normalized(path))
            && !statuses.any(|status| status.value == 201)
    }

    /// Whether all rows are properties of a type. Control information, such as `@odata.type`, is none and does not count.
    fn has_all(&self, rows: &[Property], id: TypeId) -> bool {
        let declared = self.declared_names(id);
        let is_declared = |name: &str| declared.contains_key(&name.to_ascii_lowercase());
        rows.iter()
            .all(|row| is_control(&row.name) || is_declared(&row.name))
    }

    /// Whether rows are properties of a type: at least half of them have its properties' names.
    fn describes(&self, rows: &[Property], id: TypeId) -> bool {
        let declared = self.declared_names(id);
        let shared = rows
            .iter()
            .filter(|row| declared.contains_key(&row.name.to_ascii_lowercase()))
            .count();
        shared * 2 >= rows.len()
    }
}

/// Whether a name is control information of OData's JSON format (version 4.01, section 4.6).
pub(super) fn is_control(name: &str) -> bool {
    name.contains('@')
}

/// One value of a type.
fn value(id: TypeId) -> Body {
    Body::Value(TypeRef {
        core: CoreType::Structured(id),
        collection: false,
    })
}

/// The type that a JSON object names.
pub(super) fn odata_type(value: &Value) -> Option<&str> {
    value
        .get("@odata.type")?
        .as_str()
        .map(|name| name.trim_start_matches('#'))
}
