//! Reads the rows of property, relationship and parameter tables.

use super::table::{Columns, cell, property_columns};
use super::type_cell::{Tail, linked_types, type_name};
use super::values::listed_values;
use super::{Reader, shown, type_repair};
use crate::diagnostics::{Diagnostic, Rule, Span, Spanned};
use crate::document::{Row, Table};
use crate::facts::{ParameterFacts, PropertyFacts, TypeName};
use crate::profile::{Column, contains_any};
use crate::prose::Prose;

impl Reader<'_> {
    /// The rows of a table of properties.
    pub(super) fn property_rows(&mut self, table: &Table, navigation: bool) -> Vec<PropertyFacts> {
        let Some(columns) = property_columns(table, self.profile) else {
            self.unknown_table(table, "properties");
            return Vec::new();
        };
        // A first column titled as a relationship says what its rows are, wherever the table stands.
        let title = table.header[columns.name].prose.text();
        let navigation = navigation || self.profile.is_column(&title, Column::Relationship);
        table
            .rows
            .iter()
            .filter_map(|row| self.property_row(row, columns, navigation))
            .collect()
    }

    fn property_row(
        &mut self,
        row: &Row,
        columns: Columns,
        navigation: bool,
    ) -> Option<PropertyFacts> {
        let name = self.name_of(row, columns)?;
        let description = cell(row, columns.description);
        let type_cell = columns.ty.and_then(|index| row.cells.get(index));
        let type_prose = type_cell.map(|cell| cell.prose.clone()).unwrap_or_default();
        let type_span = type_cell.map_or(row.span, |cell| cell.span);
        let mut description = description;
        let read = type_name(&type_prose, self.profile);
        let read = match read {
            Some(read) => {
                if let Some(fault) = type_repair::fault(&type_prose) {
                    self.repaired_type(&read, type_span, fault);
                }
                Some(read)
            }
            None => type_repair::misplaced(&type_prose, &description, self.profile).map(|found| {
                let place = format!("it stands {}", found.place);
                self.repaired_type(&found.name, type_span, &place);
                description = found.description.unwrap_or_else(|| description.clone());
                found.name
            }),
        };
        if read.is_none() {
            self.diagnostics.push(Diagnostic::at(
                Rule::UnreadableType,
                type_span,
                if columns.ty.is_none() {
                    format!(
                        "`{}` stands in a table without a column of types; its value is JSON",
                        name.value
                    )
                } else if type_prose.is_empty() {
                    format!("`{}` has no type; its value is JSON", name.value)
                } else {
                    format!(
                        "`{}` cannot be read as the type of `{}`; its value is JSON",
                        shown(&type_prose.text()),
                        name.value
                    )
                },
            ));
        }
        self.row_read(row.span);
        let name_cell = row.cells[columns.name].prose.text();
        let phrases = &self.profile.phrases;
        Some(PropertyFacts {
            values: self.values(row, columns, &description),
            flags: contains_any(&description.text(), &self.profile.enums.flags),
            inherited_from: inherited_from(&description, self.profile),
            deprecated: contains_any(&name_cell, &phrases.deprecated)
                || contains_any(leading(&description.text()), &phrases.deprecated),
            type_text: Spanned::new(type_prose.text(), type_span),
            type_name: read,
            description,
            navigation,
            name,
        })
    }

    /// Reports a type that was read from a cell out of order.
    fn repaired_type(&mut self, name: &TypeName, span: Span, fault: &str) {
        let collection = if name.collection { " collection" } else { "" };
        self.diagnostics.push(Diagnostic::at(
            Rule::RepairedType,
            span,
            format!("read as `{}{collection}`: {fault}", name.name),
        ));
    }

    /// The rows of a table of parameters or headers.
    pub(super) fn parameter_rows(&mut self, table: &Table, what: &str) -> Vec<ParameterFacts> {
        let Some(columns) = property_columns(table, self.profile) else {
            self.unknown_table(table, what);
            return Vec::new();
        };
        let mut found = Vec::new();
        for row in &table.rows {
            let text = row
                .cells
                .first()
                .map(|cell| cell.prose.text())
                .unwrap_or_default();
            let name = parameter_name(&text);
            if name.is_empty() || row.cells.iter().skip(1).all(|cell| cell.prose.is_empty()) {
                self.row_without_fact(
                    row.span,
                    "a group heading or an empty row: it names no parameter",
                );
                continue;
            }
            if self.too_long(&name, row.span) {
                continue;
            }
            self.row_read(row.span);
            let description = cell(row, columns.description);
            found.push(ParameterFacts {
                name: Spanned::new(name, row.cells[columns.name].span),
                type_name: type_name(&cell(row, columns.ty), self.profile),
                values: self.values(row, columns, &description),
                description,
            });
        }
        found
    }

    /// The values that a row's description lists; a list that is announced and cannot be read is reported.
    fn values(&mut self, row: &Row, columns: Columns, description: &Prose) -> Vec<String> {
        let listed = listed_values(description, self.profile);
        if listed.announced {
            self.ledger.list(row.span, !listed.values.is_empty());
        }
        if listed.announced && listed.values.is_empty() {
            let place = columns.description.and_then(|index| row.cells.get(index));
            self.diagnostics.push(Diagnostic::at(
                Rule::UnreadValues,
                place.map_or(row.span, |cell| cell.span),
                "the description announces values, and lists none that can be read",
            ));
        }
        listed.values
    }

    /// The name in a row's first cell, or a diagnostic that says why it is none.
    fn name_of(&mut self, row: &Row, columns: Columns) -> Option<Spanned<String>> {
        let first = row.cells.get(columns.name)?;
        let text = first.prose.text();
        let rest_is_empty = row
            .cells
            .iter()
            .enumerate()
            .all(|(index, cell)| index == columns.name || cell.prose.is_empty());
        if text.is_empty() || rest_is_empty {
            self.row_without_fact(
                row.span,
                "a group heading or an empty row: it has a name at most",
            );
            return None;
        }
        match property_name(&text) {
            Some(name) if self.too_long(&name, row.span) => None,
            Some(name) => Some(Spanned::new(name, first.span)),
            None => {
                self.row_without_fact(
                    row.span,
                    &format!("`{}` is not the name of a property", shown(&text)),
                );
                None
            }
        }
    }
}

/// The name of a property cell, without remarks such as `(deprecated)`; `None` where it is prose or a path.
fn property_name(text: &str) -> Option<String> {
    // A mark in brackets may stand before the name: `[Deprecated] mast`.
    let marked = text
        .strip_prefix('[')
        .and_then(|rest| rest.split_once("] "));
    let text = marked.map_or(text, |(_, name)| name);
    let bare = text.split(" (").next().unwrap_or(text);
    let bare = bare.split('(').next().unwrap_or(bare);
    let name = bare
        .trim()
        .trim_matches(['`', '*', '"', '\'', ':', ' ', '_', '\\']);
    // An underscore is part of some names, and emphasis in others: `_id` has one side only.
    let name = if bare.trim().starts_with('_') && !bare.trim().ends_with('_') {
        bare.trim()
    } else {
        name
    };
    let is_annotation = name.contains('@');
    let starts = name.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '@' | '_'));
    let rest = name.chars().all(|c| {
        c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '@') || (is_annotation && c == '.')
    });
    (starts && rest).then(|| name.to_owned())
}

/// The name of a parameter or header: as written, without marks and remarks.
fn parameter_name(text: &str) -> String {
    let bare = text.split(" (").next().unwrap_or(text).trim();
    let bare = bare.trim_matches(['`', '*', '{', '}', ':', '"', '\'']);
    let emphasised = bare.len() > 1 && bare.starts_with('_') && bare.ends_with('_');
    if emphasised {
        bare.trim_matches('_').to_owned()
    } else {
        bare.to_owned()
    }
}

/// The first words of a description, where a mark of deprecation stands.
fn leading(text: &str) -> &str {
    let end = text.char_indices().nth(30).map_or(text.len(), |(at, _)| at);
    &text[..end]
}

/// The type that a description says the property is inherited from.
fn inherited_from(description: &Prose, profile: &crate::profile::Profile) -> Option<TypeName> {
    let text: String = description
        .pieces
        .iter()
        .map(|piece| piece.text.as_str())
        .collect();
    let lower = text.to_lowercase();
    if !profile
        .phrases
        .inherited
        .iter()
        .any(|phrase| lower.contains(phrase.as_str()))
    {
        return None;
    }
    let mut before = Tail::default();
    for piece in &description.pieces {
        if matches!(
            piece.kind,
            crate::prose::PieceKind::Link { .. } | crate::prose::PieceKind::Strong
        ) && profile
            .phrases
            .inherited
            .iter()
            .any(|phrase| before.lower().ends_with(phrase.as_str()))
        {
            let single = Prose {
                pieces: vec![piece.clone()],
            };
            return linked_types(&single, profile)
                .into_iter()
                .next()
                .or(Some(TypeName {
                    name: piece.text.clone(),
                    target: None,
                    collection: false,
                }));
        }
        before.push(&piece.text);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::property_name;

    #[test]
    fn names_are_told_from_prose() {
        for (text, name) in [
            ("id", Some("id")),
            ("organizer (deprecated)", Some("organizer")),
            ("[Deprecated] mast", Some("mast")),
            (
                "@microsoft.graph.downloadUrl",
                Some("@microsoft.graph.downloadUrl"),
            ),
            ("@odata.type", Some("@odata.type")),
            ("_id", Some("_id")),
            ("_URL parameters_", None),
            ("payload.visual.title", None),
            ("files/fileName", None),
            ("The list of threats.", None),
            ("site@odata.bind", Some("site@odata.bind")),
        ] {
            assert_eq!(property_name(text).as_deref(), name, "{text}");
        }
    }
}
