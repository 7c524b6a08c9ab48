//! Reads permission tables of every shape, and the prose form of the oldest pages.

use super::Reader;
use crate::diagnostics::{Diagnostic, Rule};
use crate::document::{Block, Table};
use crate::facts::PermissionFacts;
use crate::profile::{Column, Profile, Section, contains_any};
use crate::prose::{PieceKind, Prose};

/// The kinds of permission.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Work,
    Personal,
    Application,
}

impl Reader<'_> {
    /// The permissions of the sections at `sections`, several tables united.
    pub(super) fn permissions(&mut self, sections: &[usize]) -> PermissionFacts {
        let mut facts = PermissionFacts::default();
        let document = self.document;
        let mut tables = 0;
        for section in sections {
            for table in document.sections[*section].tables() {
                tables += 1;
                self.permission_table(table, &mut facts);
            }
        }
        if tables == 0 {
            for section in sections {
                for block in &document.sections[*section].blocks {
                    if let Block::Text(text) = block {
                        add(&mut facts.delegated_work, &scopes_in_prose(&text.prose));
                    }
                }
            }
        }
        facts
    }

    /// The sections of permissions; examples left out.
    pub(super) fn permission_sections(&self) -> Vec<usize> {
        self.sections(Section::Permissions)
    }

    fn permission_table(&mut self, table: &Table, facts: &mut PermissionFacts) {
        let header: Vec<String> = table.header.iter().map(|cell| cell.prose.text()).collect();
        let columns: Vec<Option<Kind>> =
            header.iter().map(|cell| kind(cell, self.profile)).collect();
        let by_row = header
            .first()
            .is_some_and(|cell| self.profile.is_column(cell, Column::PermissionKind));
        if !by_row && columns.iter().all(Option::is_none) {
            let names_permissions = header
                .iter()
                .any(|cell| contains_any(cell, &self.profile.permissions.header));
            if names_permissions {
                self.permissions_by_place(table, &header, facts);
            } else {
                self.unknown_table(table, "permissions");
            }
            return;
        }
        for row in &table.rows {
            let cells = row.cells.iter().map(|cell| &cell.prose);
            if by_row {
                let label = row
                    .cells
                    .first()
                    .map(|cell| cell.prose.text())
                    .unwrap_or_default();
                let Some(kind) = kind(&label, self.profile) else {
                    self.rows_reported(
                        1,
                        Diagnostic::at(
                            Rule::UnknownPermissionKind,
                            row.span,
                            format!("`{label}` is not a kind of permission"),
                        ),
                    );
                    continue;
                };
                for (index, cell) in cells.enumerate().skip(1) {
                    let mut scopes = scopes(&cell.text(), self.profile);
                    if contains_any(
                        &header[index],
                        &self.profile.permissions.most_privileged_first,
                    ) {
                        scopes.reverse();
                    }
                    add(of(facts, kind), &scopes);
                }
            } else {
                for (cell, kind) in cells.zip(&columns) {
                    if let Some(kind) = kind {
                        add(of(facts, *kind), &scopes(&cell.text(), self.profile));
                    }
                }
            }
            self.row_read();
        }
    }

    /// Tables that give permissions by resource and do not say their kind: `resource type | permission`.
    fn permissions_by_place(
        &mut self,
        table: &Table,
        header: &[String],
        facts: &mut PermissionFacts,
    ) {
        for row in &table.rows {
            for (cell, title) in row.cells.iter().zip(header) {
                if contains_any(title, &self.profile.permissions.header) {
                    add(
                        &mut facts.delegated_work,
                        &scopes(&cell.prose.text(), self.profile),
                    );
                }
            }
            self.row_read();
        }
    }
}

/// The list of a kind.
fn of(facts: &mut PermissionFacts, kind: Kind) -> &mut Vec<String> {
    match kind {
        Kind::Work => &mut facts.delegated_work,
        Kind::Personal => &mut facts.delegated_personal,
        Kind::Application => &mut facts.application,
    }
}

/// The kind that a cell names.
fn kind(text: &str, profile: &Profile) -> Option<Kind> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let text = words.join(" ").to_lowercase();
    let text = text.trim_end_matches([':', '.', '*']);
    let is = |names: &[String]| names.iter().any(|name| name == text);
    let begins = |names: &[String]| names.iter().any(|name| text.starts_with(name.as_str()));
    let names = &profile.permissions;
    if is(&names.delegated_personal) || begins(&names.delegated_personal) {
        Some(Kind::Personal)
    } else if is(&names.delegated_work) || begins(&names.delegated_work) {
        Some(Kind::Work)
    } else if is(&names.application) || begins(&names.application) {
        Some(Kind::Application)
    } else {
        None
    }
}

/// The permissions of a cell, such as `Mail.Read, Mail.ReadWrite`, in its order.
fn scopes(text: &str, profile: &Profile) -> Vec<String> {
    if profile
        .permissions
        .none
        .iter()
        .any(|none| text.trim_end_matches('.').trim().eq_ignore_ascii_case(none))
    {
        return Vec::new();
    }
    text.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '(' | ')' | '*' | '`' | '|'))
        .map(|word| word.trim_matches(['.', ':', '_', '[', ']', '\u{200b}']))
        .filter(|word| {
            let dotless = &profile.permissions.dotless;
            is_scope(word) || dotless.iter().any(|known| known.eq_ignore_ascii_case(word))
        })
        .map(str::to_owned)
        .collect()
}

/// The permissions that prose marks: emphasised, in code or strong, or list items.
fn scopes_in_prose(prose: &Prose) -> Vec<String> {
    prose
        .pieces
        .iter()
        .filter(|piece| !matches!(piece.kind, PieceKind::Link { .. }))
        .flat_map(|piece| {
            piece
                .text
                .split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '*'))
        })
        .map(|word| word.trim_matches(['.', ':', '_', '(', ')', '\'', '"']))
        .filter(|word| is_scope(word) && word.starts_with(|c: char| c.is_ascii_uppercase()))
        .map(str::to_owned)
        .collect()
}

/// Whether a word is the name of a permission: words joined by dots, as in `Mail.ReadWrite`.
fn is_scope(word: &str) -> bool {
    let mut parts = word.split('.');
    let is_word = |part: &str| {
        !part.is_empty()
            && part
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
    };
    word.contains('.')
        && word.starts_with(|c: char| c.is_ascii_alphabetic())
        && parts.all(is_word)
        && !word.ends_with(".md")
        && !word.ends_with(".com")
}

/// Adds what is not there yet.
fn add(list: &mut Vec<String>, scopes: &[String]) {
    for scope in scopes {
        if !list.contains(scope) {
            list.push(scope.clone());
        }
    }
}
