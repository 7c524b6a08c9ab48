//! Notes what became of each row, cell, list, line and fence of a page, and reports what no reader took.

use std::collections::{BTreeMap, BTreeSet};

use super::Reader;
use crate::diagnostics::{Diagnostic, Rule, Span};
use crate::document::{Block, Fence, Section, Table};
use crate::facts::{Accounting, Tally};
use crate::profile::Section as Role;

/// The most request lines of a page. What it says of permissions, headers and bodies is said of each of them, so that a
/// page of many lines would come to many times its size. The longest real one has 60.
const MAX_LINES: usize = 500;

/// What became of something. A fact that one reader makes is not undone by another that makes none.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fate {
    Reported,
    Fact,
}

/// What the readers of a page did.
#[derive(Default)]
pub(super) struct Ledger {
    rows: BTreeMap<Span, Fate>,
    /// Rows of tables of members.
    members: BTreeSet<Span>,
    /// Cells of permissions, by row and column: empty cells have no place of their own.
    cells: BTreeMap<(Span, usize), Fate>,
    /// Descriptions that announce values, by row.
    lists: BTreeMap<Span, Fate>,
    fences: BTreeMap<Span, Fate>,
    /// Fences that are request blocks.
    request_blocks: BTreeSet<Span>,
    request_lines: Tally,
    /// Lines with the form of a row that are part of no table.
    loose_rows: usize,
}

impl Ledger {
    /// A fence that is an example or a representation.
    pub(super) fn fence_read(&mut self, fence: &Fence) {
        self.fences.insert(fence.span, Fate::Fact);
    }

    /// A fence whose content is a diagnostic.
    pub(super) fn fence_reported(&mut self, fence: &Fence) {
        self.fences.entry(fence.span).or_insert(Fate::Reported);
    }

    /// A fence that is read line by line as a request block.
    pub(super) fn request_block(&mut self, fence: &Fence) {
        if self.request_blocks.insert(fence.span) {
            self.request_lines.total += lines(&fence.text);
        }
    }

    /// A request line that stands outside of the lines of a fence: in its info string, or in a paragraph.
    pub(super) fn loose_line(&mut self) {
        self.request_lines.total += 1;
    }

    /// A request line that was read.
    pub(super) fn line_read(&mut self) {
        self.request_lines.facts += 1;
    }

    /// A request line, unless the page has too many: the text says so.
    pub(super) fn one_more_line<T>(&self, read: T) -> Result<T, String> {
        match self.request_lines.facts < MAX_LINES {
            true => Ok(read),
            false => Err(format!("the page has {MAX_LINES} of them already")),
        }
    }

    /// Lines of a request block that became a diagnostic.
    pub(super) fn lines_reported(&mut self, lines: usize) {
        self.request_lines.reported += lines;
    }

    /// A cell of permissions, by its row and column.
    pub(super) fn cell(&mut self, row: Span, column: usize, read: bool) {
        note(&mut self.cells, (row, column), read);
    }

    /// A description that announces values, by its row.
    pub(super) fn list(&mut self, row: Span, read: bool) {
        note(&mut self.lists, row, read);
    }

    /// A row of a table of members.
    pub(super) fn member(&mut self, row: Span) {
        self.members.insert(row);
    }
}

/// Notes a fate; a fact stays one.
fn note<K: Ord>(fates: &mut BTreeMap<K, Fate>, key: K, read: bool) {
    let fate = if read { Fate::Fact } else { Fate::Reported };
    let known = fates.entry(key).or_insert(fate);
    *known = (*known).max(fate);
}

/// How many lines of a text are not blank.
pub(super) fn lines(text: &str) -> usize {
    text.lines().filter(|line| !line.trim().is_empty()).count()
}

impl Reader<'_> {
    /// Notes a row that became a fact.
    pub(super) fn row_read(&mut self, row: Span) {
        note(&mut self.ledger.rows, row, true);
    }

    /// Reports a row of which no fact can be made.
    pub(super) fn row_without_fact(&mut self, row: Span, why: &str) {
        self.row_reported(row, Diagnostic::at(Rule::RowWithoutFact, row, why));
    }

    /// Notes a row that became a diagnostic.
    pub(super) fn row_reported(&mut self, row: Span, diagnostic: Diagnostic) {
        note(&mut self.ledger.rows, row, false);
        self.diagnostics.push(diagnostic);
    }

    /// Reports a table of which no facts are made.
    pub(super) fn unknown_table(&mut self, table: &Table, what: &str) {
        for row in &table.rows {
            note(&mut self.ledger.rows, row.span, false);
        }
        self.diagnostics.push(Diagnostic::at(
            Rule::UnknownTable,
            table.span,
            format!(
                "the columns `{}` are not those of a table of {what}",
                columns(table)
            ),
        ));
    }

    /// Reports rows under headings of facts that are no part of a table: without a delimiter row, indented as code, or
    /// in a block of HTML.
    pub(super) fn rows_outside_of_tables(&mut self) {
        let document = self.document;
        for (index, section) in document.sections.iter().enumerate() {
            let of_facts = matches!(
                self.outline[index].role,
                Some(
                    Role::Properties
                        | Role::Relationships
                        | Role::Members
                        | Role::Permissions
                        | Role::Body
                )
            );
            if !of_facts || self.outline[index].example {
                continue;
            }
            for block in &section.blocks {
                let (rows, span) = match block {
                    Block::Text(text) => (rows_in(&text.prose.text()), text.span),
                    Block::Fence(fence) if fence.info.is_empty() => {
                        (rows_in(&fence.text), fence.span)
                    }
                    _ => continue,
                };
                if rows > 0 {
                    let plural = if rows == 1 { "" } else { "s" };
                    self.ledger.loose_rows += rows;
                    self.diagnostics.push(Diagnostic::at(
                        Rule::UnknownTable,
                        span,
                        format!(
                            "{rows} line{plural} with the form of a row, not part of a table that markdown reads"
                        ),
                    ));
                    if let Block::Fence(fence) = block {
                        self.ledger.fence_reported(fence);
                    }
                }
            }
        }
    }

    /// Reports the rows and fences that no reader took, table by table, and counts everything that stands on the page.
    /// Where the page as a whole is reported, because `is_empty`, its parts are not.
    pub(super) fn account(&mut self, is_empty: bool) -> Accounting {
        let document = self.document;
        let mut rows = BTreeSet::new();
        let mut fences = BTreeSet::new();
        for (index, section) in document.sections.iter().enumerate() {
            for block in &section.blocks {
                match block {
                    Block::Table(table) => {
                        rows.extend(table.rows.iter().map(|row| row.span));
                        self.unread_rows(table, index, is_empty);
                    }
                    Block::Fence(fence) if !self.ledger.request_blocks.contains(&fence.span) => {
                        fences.insert(fence.span);
                        self.unread_fence(fence, section, is_empty);
                    }
                    _ => {}
                }
            }
        }
        let ledger = &self.ledger;
        let loose = ledger.loose_rows;
        let mut counted = tally(rows.len(), &only(&ledger.rows, &rows));
        counted.total += loose;
        counted.reported += loose;
        let members = ledger.members.iter().filter_map(|row| {
            let fate = ledger.rows.get(row)?;
            Some((*row, *fate))
        });
        Accounting {
            rows: counted,
            members: tally(ledger.members.len(), &members.collect()),
            permission_cells: tally(ledger.cells.len(), &ledger.cells),
            value_lists: tally(ledger.lists.len(), &ledger.lists),
            request_lines: ledger.request_lines,
            fences: tally(fences.len(), &only(&ledger.fences, &fences)),
        }
    }

    /// Reports the rows of a table that no reader took.
    fn unread_rows(&mut self, table: &Table, section: usize, is_empty: bool) {
        let unread: Vec<Span> = table
            .rows
            .iter()
            .map(|row| row.span)
            .filter(|row| !self.ledger.rows.contains_key(row))
            .collect();
        for row in &unread {
            note(&mut self.ledger.rows, *row, false);
        }
        if is_empty || unread.is_empty() {
            return;
        }
        let plural = if unread.len() == 1 { "" } else { "s" };
        self.diagnostics.push(Diagnostic::at(
            Rule::UnreadTable,
            table.span,
            format!(
                "{} row{plural} of a table with the columns `{}` under `{}`, where no facts are looked for",
                unread.len(),
                columns(table),
                self.document.sections[section].heading
            ),
        ));
    }

    /// Reports a fence that no reader took.
    fn unread_fence(&mut self, fence: &Fence, section: &Section, is_empty: bool) {
        if self.ledger.fences.contains_key(&fence.span) {
            return;
        }
        self.ledger.fence_reported(fence);
        if is_empty {
            return;
        }
        let what = if fence.text.trim().is_empty() {
            "an empty code fence".to_owned()
        } else if fence.info.is_empty() {
            "a code fence".to_owned()
        } else {
            format!("a fence of `{}`", super::shown(&fence.info))
        };
        self.diagnostics.push(Diagnostic::at(
            Rule::UnreadFence,
            fence.span,
            format!(
                "{what} under `{}` that is no request, no response and no representation of a type",
                section.heading
            ),
        ));
    }
}

/// The titles of a table's columns.
fn columns(table: &Table) -> String {
    let titles: Vec<String> = table.header.iter().map(|cell| cell.prose.text()).collect();
    super::shown(&titles.join(" | "))
}

/// How many lines of a text have the form of a row.
fn rows_in(text: &str) -> usize {
    text.lines()
        .filter(|line| line.trim_start().starts_with('|'))
        .count()
}

/// The fates of what was counted.
fn only(fates: &BTreeMap<Span, Fate>, counted: &BTreeSet<Span>) -> BTreeMap<Span, Fate> {
    let of_counted = fates.iter().filter(|(span, _)| counted.contains(span));
    of_counted.map(|(span, fate)| (*span, *fate)).collect()
}

/// A tally of fates.
fn tally<K>(total: usize, fates: &BTreeMap<K, Fate>) -> Tally {
    let facts = fates.values().filter(|fate| **fate == Fate::Fact).count();
    Tally {
        total,
        facts,
        reported: fates.len() - facts,
    }
}
