//! Reads permission tables of every shape, and the prose form of the oldest pages.

use std::cmp::Ordering;

use super::alternatives::alternatives;
use super::distinct::Distinct;
use super::table::cell;
use super::{Reader, shown};
use crate::diagnostics::{Diagnostic, Rule};
use crate::document::{Row, Table};
use crate::facts::PermissionFacts;
use crate::profile::{Column, Profile, contains_any};
use crate::prose::{PieceKind, Prose};

/// The kinds of permission.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Work,
    Personal,
    Application,
}

/// The most columns of one table that are reported as no kinds of permission: each is shown with the whole line.
const REPORTED: usize = 16;

/// All kinds, in the order that facts have them in.
const KINDS: [Kind; 3] = [Kind::Work, Kind::Personal, Kind::Application];

/// What the tables of an operation say of a kind.
#[derive(Default)]
struct OfKind {
    /// The permissions.
    scopes: Distinct<String>,
    /// The sets of which any one is enough.
    sets: Distinct<Vec<String>>,
    /// Whether a cell says that there is none.
    unsupported: bool,
}

/// What the tables of an operation say.
#[derive(Default)]
struct Found {
    kinds: [OfKind; 3],
    conditional: bool,
}

impl Found {
    fn of(&mut self, kind: Kind) -> &mut OfKind {
        &mut self.kinds[kind as usize]
    }

    fn facts(mut self) -> PermissionFacts {
        let mut facts = PermissionFacts {
            conditional: self.conditional,
            ..PermissionFacts::default()
        };
        for kind in KINDS {
            let found = std::mem::take(self.of(kind));
            let scopes = found.scopes.into_list();
            let sets = found.sets.into_list();
            // A kind that has permissions is supported, whatever another cell says: a kind without higher privileges says
            // so in the column of these.
            facts.unsupported[kind as usize] = found.unsupported && scopes.is_empty();
            // Where no permission needs another, the list says it all.
            if sets.iter().any(|set| set.len() != 1) {
                facts.alternatives[kind as usize] = sets;
            }
            *match kind {
                Kind::Work => &mut facts.delegated_work,
                Kind::Personal => &mut facts.delegated_personal,
                Kind::Application => &mut facts.application,
            } = scopes;
        }
        facts
    }
}

impl Reader<'_> {
    /// The permissions of the sections at `sections`, several tables united.
    pub(super) fn permissions(&mut self, sections: &[usize]) -> PermissionFacts {
        let mut found = Found::default();
        let document = self.document;
        let mut tables = 0;
        for section in sections {
            for table in document.sections[*section].tables() {
                tables += 1;
                self.permission_table(table, &mut found);
            }
        }
        found.conditional |= tables > 1;
        if tables == 0 {
            let work = found.of(Kind::Work);
            for section in sections {
                for text in document.sections[*section].text_blocks() {
                    for scope in scopes_in_prose(&text.prose) {
                        work.sets.push(vec![scope.clone()]);
                        work.scopes.push(scope);
                    }
                }
            }
        }
        found.facts()
    }

    fn permission_table(&mut self, table: &Table, found: &mut Found) {
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
                self.permissions_by_place(table, &header, found);
            } else {
                self.unknown_table(table, "permissions");
                for row in &table.rows {
                    self.unread_cells(row);
                }
            }
            return;
        }
        if !by_row {
            self.unknown_kinds(table, &columns);
        }
        // Rows of a table whose columns are the kinds are for resources.
        found.conditional |= !by_row && table.rows.len() > 1;
        for row in &table.rows {
            if by_row {
                let label = cell(row, Some(0)).text();
                let Some(kind) = kind(&label, self.profile) else {
                    self.row_reported(
                        row.span,
                        Diagnostic::at(
                            Rule::UnknownPermissionKind,
                            row.span,
                            format!("`{label}` is not a kind of permission"),
                        ),
                    );
                    self.unread_cells(row);
                    continue;
                };
                for (index, title) in header.iter().enumerate().skip(1) {
                    let mut scopes = self.permission_cell(row, index);
                    let mut sets = self.alternatives(row, index);
                    found.conditional |= has_condition(row, index, self.profile);
                    if contains_any(title, &self.profile.permissions.most_privileged_first) {
                        scopes.reverse();
                        sets.reverse();
                    }
                    let of_kind = found.of(kind);
                    of_kind.unsupported |= self.says_none(row, index);
                    of_kind.scopes.extend(scopes);
                    of_kind.sets.extend(sets);
                }
            } else {
                for (index, kind) in columns.iter().enumerate() {
                    if let Some(kind) = kind {
                        found.conditional |= has_condition(row, index, self.profile);
                        let of_kind = found.of(*kind);
                        of_kind.unsupported |= self.says_none(row, index);
                        of_kind.scopes.extend(self.permission_cell(row, index));
                        of_kind.sets.extend(self.alternatives(row, index));
                    }
                }
            }
            self.row_read(row.span);
        }
    }

    /// Reports the columns, after the first, whose titles name no kind that is known.
    fn unknown_kinds(&mut self, table: &Table, kinds: &[Option<Kind>]) {
        let is_unknown =
            |index: &usize| kinds[*index].is_none() && !table.header[*index].prose.is_empty();
        let unknown: Vec<usize> = (1..table.header.len()).filter(is_unknown).collect();
        let named = match unknown.len() {
            all @ ..=REPORTED => all,
            _ => REPORTED - 1,
        };
        for (place, &index) in unknown.iter().enumerate() {
            let title = &table.header[index];
            let message = match place.cmp(&named) {
                Ordering::Less => {
                    let title = shown(&title.prose.text());
                    Some(format!("`{title}` is not a kind of permission"))
                }
                Ordering::Equal => Some(format!(
                    "this column and {} after it are no kinds of permission",
                    unknown.len() - REPORTED
                )),
                Ordering::Greater => None,
            };
            if let Some(message) = message {
                let found = Diagnostic::at(Rule::UnknownPermissionKind, title.span, message);
                self.diagnostics.push(found);
            }
            for row in &table.rows {
                self.ledger.cell(row.span, index, false);
            }
        }
    }

    /// The permissions of a cell; words in it that are none are reported.
    fn permission_cell(&mut self, row: &Row, column: usize) -> Vec<String> {
        let text = cell(row, Some(column)).text();
        let span = row.cells.get(column).map_or(row.span, |cell| cell.span);
        let (scopes, others) = scopes(&text, self.profile);
        let read = !scopes.is_empty() || is_none(&text, self.profile);
        self.ledger.cell(row.span, column, read);
        if !others.is_empty() || !read {
            let message = if text.is_empty() {
                "an empty cell: it names no permission, and does not say that there is none"
                    .to_owned()
            } else {
                let words = shown(&others.join(" "));
                format!("`{words}` in a cell of permissions is no permission; it was left aside")
            };
            self.diagnostics
                .push(Diagnostic::at(Rule::UnknownPermission, span, message));
        }
        scopes
    }

    /// The sets of permissions of a cell of which any one is enough.
    fn alternatives(&self, row: &Row, column: usize) -> Vec<Vec<String>> {
        alternatives(&cell(row, Some(column)).text(), self.profile)
    }

    /// Whether a cell says that there is no permission.
    fn says_none(&self, row: &Row, column: usize) -> bool {
        is_none(&cell(row, Some(column)).text(), self.profile)
    }

    /// Notes the cells of a row that is reported as a whole.
    fn unread_cells(&mut self, row: &Row) {
        for column in 1..row.cells.len() {
            self.ledger.cell(row.span, column, false);
        }
    }

    /// Tables that give permissions by resource and do not say their kind: `resource type | permission`.
    fn permissions_by_place(&mut self, table: &Table, header: &[String], found: &mut Found) {
        found.conditional |= table.rows.len() > 1;
        for row in &table.rows {
            for (index, title) in header.iter().enumerate() {
                // Where columns stand side by side, the shorter side ends in empty cells.
                let is_empty = cell(row, Some(index)).is_empty();
                if !is_empty && contains_any(title, &self.profile.permissions.header) {
                    let work = found.of(Kind::Work);
                    work.scopes.extend(self.permission_cell(row, index));
                    work.sets.extend(self.alternatives(row, index));
                }
            }
            self.row_read(row.span);
        }
    }
}

/// Whether a cell has words beside its permissions, which say when each is needed.
fn has_condition(row: &Row, column: usize, profile: &Profile) -> bool {
    let (scopes, others) = scopes(&cell(row, Some(column)).text(), profile);
    !scopes.is_empty() && !others.is_empty()
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

/// Whether a cell says that there is no permission.
fn is_none(text: &str, profile: &Profile) -> bool {
    let text = text.trim_end_matches('.').trim();
    let mut known = profile.permissions.none.iter();
    known.any(|none| text.eq_ignore_ascii_case(none))
}

/// The permissions of a cell, such as `Mail.Read, Mail.ReadWrite`, in its order, and other words than those that
/// join them.
fn scopes(text: &str, profile: &Profile) -> (Vec<String>, Vec<String>) {
    if is_none(text, profile) {
        return (Vec::new(), Vec::new());
    }
    text.split(|c: char| is_between(c) || matches!(c, ',' | ';' | '|'))
        .map(bare)
        .filter(|word| {
            let mut joining = profile.permissions.joining.iter();
            !word.is_empty() && !joining.any(|known| known.eq_ignore_ascii_case(word))
        })
        .map(str::to_owned)
        .partition(|word| is_permission(word, profile))
}

/// Whether a character of a cell belongs to no word, and separates nothing but words.
pub(super) fn is_between(c: char) -> bool {
    c.is_whitespace() || matches!(c, '(' | ')' | '*' | '`')
}

/// A word of a cell without what stands around it.
pub(super) fn bare(word: &str) -> &str {
    word.trim_matches(['.', ':', '_', '[', ']', '\u{200b}'])
}

/// Whether a word of a cell is the name of a permission.
pub(super) fn is_permission(word: &str, profile: &Profile) -> bool {
    let dotless = &profile.permissions.dotless;
    is_scope(word) || dotless.iter().any(|known| known.eq_ignore_ascii_case(word))
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
