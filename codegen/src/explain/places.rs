//! Words places, types and requests.

use super::{Context, Line};
use crate::diagnostics::{Span, line_and_column};
use crate::model::{Api, CoreType, TypeRef};

impl Context<'_> {
    /// `page:line`.
    pub(super) fn place(&self, span: Span) -> String {
        self.run.model.corpus.place(span)
    }

    /// `page:line:column`.
    pub(super) fn exact_place(&self, span: Span) -> String {
        let page = self.run.model.corpus.page(span.page);
        let (line, column) = line_and_column(&page.text, span.start as usize);
        format!("{}:{line}:{column}", page.path)
    }

    /// The line of a place, as a range of the page.
    pub(super) fn whole_line(&self, span: Span) -> Span {
        let text = &self.run.model.corpus.page(span.page).text;
        let start = (span.start as usize).min(text.len());
        let before = text.get(..start).and_then(|text| text.rfind('\n'));
        let after = text.get(start..).and_then(|text| text.find('\n'));
        Span::new(
            span.page,
            before.map_or(0, |at| at + 1)..after.map_or(text.len(), |at| start + at),
        )
    }
}

/// A type with its namespace, or the primitive type's name.
pub(super) fn core_text(api: &Api, core: CoreType) -> String {
    match core {
        CoreType::Primitive(primitive) => primitive.edm().to_owned(),
        CoreType::Structured(id) => api.structured(id).name.to_string(),
        CoreType::Enum(id) => api.enumeration(id).name.to_string(),
        CoreType::Json => "JSON".to_owned(),
    }
}

/// A type reference.
pub(super) fn type_text(api: &Api, ty: TypeRef) -> String {
    let core = core_text(api, ty.core);
    if ty.collection {
        format!("{core} collection")
    } else {
        core
    }
}

/// `1 page`, `2 pages`.
pub(super) fn counted(count: usize, one: &str) -> String {
    match (count, one.strip_suffix('y')) {
        (1, _) => format!("1 {one}"),
        (_, Some(stem)) => format!("{count} {stem}ies"),
        (_, None) => format!("{count} {one}s"),
    }
}

/// Names in one line; none where there is no name.
pub(super) fn enumerated<'n>(
    names: impl IntoIterator<Item = &'n str>,
    first: &str,
    depth: usize,
) -> Option<Line> {
    let names: Vec<&str> = names.into_iter().collect();
    let text = format!("{first} {}", names.join(", "));
    (!names.is_empty()).then(|| Line::new("", depth, text))
}
