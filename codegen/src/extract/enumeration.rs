//! Finds the enums that tables list: enum pages, `### x values` sections, `## Members`.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use super::resource::lead_says;
use super::table::cell;
use super::{MAX_NAME, Reader};
use crate::corpus::Folder;
use crate::diagnostics::{Diagnostic, Rule, Span, Spanned};
use crate::document::{Block, Table};
use crate::facts::{EnumFacts, MemberFacts};
use crate::profile::{Column, Section, contains_any};
use crate::prose::Prose;

impl Reader<'_> {
    /// The enums of the page.
    pub(super) fn enums(&mut self) -> Vec<EnumFacts> {
        let document = self.document;
        if document.folder == Folder::Api {
            return Vec::new();
        }
        let mut enums: Vec<EnumFacts> = Vec::new();
        // What the page says above all sections is about the enum of its title, and said once, however many tables that has.
        let mut titled = false;
        for (index, section) in document.sections.iter().enumerate() {
            let Some(name) = self.enum_name(index) else {
                continue;
            };
            let tables: Vec<&Table> = section
                .blocks
                .iter()
                .filter_map(|block| match block {
                    Block::Table(table) => Some(table),
                    _ => None,
                })
                .collect();
            let mut members: Vec<MemberFacts> = Vec::new();
            let mut known: BTreeMap<String, Span> = BTreeMap::new();
            for table in tables {
                for member in self.members(table) {
                    match known.entry(member.name.value.clone()) {
                        Entry::Occupied(first) => self.diagnostics.push(
                            Diagnostic::at(
                                Rule::RepeatedRow,
                                member.name.span,
                                format!("`{}` is listed a second time", member.name.value),
                            )
                            .also(*first.get(), "the first time"),
                        ),
                        Entry::Vacant(first) => {
                            first.insert(member.name.span);
                            members.push(member);
                        }
                    }
                }
            }
            if members.is_empty() {
                continue;
            }
            let own_heading = self.profile.section(&section.heading).is_none() && index > 0;
            let first_of_title = !own_heading && !titled;
            titled |= first_of_title;
            let says: Vec<String> = section
                .text_blocks()
                .map(|text| text.prose.text())
                .collect();
            let flags = contains_any(&says.join("\n"), &self.profile.enums.flags)
                || (first_of_title && lead_says(&document.sections[0], &self.profile.enums.flags));
            let (namespace, comment_name) = self.enum_block(index);
            let name = comment_name
                .filter(|comment| comment.eq_ignore_ascii_case(&name))
                .unwrap_or(name);
            enums.push(EnumFacts {
                name: Spanned::new(name, section.span),
                namespace,
                anchor: if own_heading {
                    anchor(&section.heading)
                } else {
                    String::new()
                },
                members,
                flags,
                description: if own_heading {
                    // A note is about the page, not about the enum.
                    section
                        .text_blocks()
                        .find(|text| !text.quoted)
                        .map(|text| text.prose.clone())
                        .unwrap_or_default()
                } else if first_of_title {
                    super::summary(document, self.profile)
                } else {
                    Prose::default()
                },
            });
        }
        enums
    }

    /// The enum that the tables of a section list: from its own heading (`status values`), or, under `Members`, from
    /// the title above it.
    fn enum_name(&self, index: usize) -> Option<String> {
        let document = self.document;
        let section = &document.sections[index];
        let words = &self.profile.enums;
        if index == 0 || self.outline[index].example {
            return (index == 0)
                .then(|| strip_suffix(&section.heading, &words.title_suffixes))
                .flatten();
        }
        let role = self.profile.section(&section.heading);
        if role.is_none()
            && let Some(name) = strip_suffix(&section.heading, &words.heading_suffixes)
        {
            return Some(name);
        }
        if role.is_none()
            && let Some(name) = strip_suffix(&section.heading, &words.title_suffixes)
        {
            return Some(name);
        }
        if role != Some(Section::Members) {
            return None;
        }
        let above = section.parent.unwrap_or(0);
        let title = &document.sections[above].heading;
        strip_suffix(title, &words.title_suffixes)
            .or_else(|| strip_suffix(title, &self.profile.titles.resource_suffixes))
            .or_else(|| title.split_whitespace().next().map(str::to_owned))
    }

    /// The namespace and name that a resource block's comment under the enum's heading gives.
    fn enum_block(&self, index: usize) -> (Option<String>, Option<String>) {
        let document = self.document;
        let own = &document.sections[index];
        if self.profile.section(&own.heading) != Some(Section::Members) {
            return (None, None);
        }
        let mut sections = document.sections.iter().enumerate();
        let found = sections.find_map(|(at, section)| {
            let near = at == index || (section.parent.is_some() && section.parent == own.parent);
            if !near {
                return None;
            }
            section.blocks.iter().find_map(|block| match block {
                Block::Comment(comment) => super::annotation::annotation(comment)
                    .filter(|annotation| annotation.block_type == "resource")
                    .and_then(|annotation| annotation.odata_type),
                _ => None,
            })
        });
        match found.as_deref().and_then(|name| name.rsplit_once('.')) {
            Some((namespace, name)) => (Some(namespace.to_owned()), Some(name.to_owned())),
            None => (None, None),
        }
    }

    /// The members of a table; empty where its first column names something else.
    fn members(&mut self, table: &Table) -> Vec<MemberFacts> {
        let header: Vec<String> = table.header.iter().map(|cell| cell.prose.text()).collect();
        let is = |index: usize, column: Column| {
            header
                .get(index)
                .is_some_and(|cell| self.profile.is_column(cell, column))
        };
        if !is(0, Column::Member)
            || header
                .iter()
                .any(|cell| self.profile.is_column(cell, Column::Type))
        {
            return Vec::new();
        }
        let numbers = |index: usize| {
            let mut rows = table.rows.iter().map(|row| cell(row, Some(index)).text());
            !table.rows.is_empty() && rows.all(|text| text.parse::<i64>().is_ok())
        };
        // Titles do not tell numbers from names: `value` may stand over either. Where the first column holds numbers
        // alone and another one names members, that one does.
        let named = (1..header.len()).find(|index| is(*index, Column::Member) && !numbers(*index));
        let name = named.filter(|_| numbers(0)).unwrap_or(0);
        let others = || (0..header.len()).filter(|index| *index != name);
        let number = others()
            .find(|index| is(*index, Column::Number))
            .or_else(|| others().find(|index| is(*index, Column::Member) && numbers(*index)));
        let description = others().rfind(|index| Some(*index) != number);
        let mut members = Vec::new();
        for row in &table.rows {
            self.ledger.member(row.span);
            let text = member_name(&cell(row, Some(name)).text());
            if text.is_empty() {
                self.row_without_fact(row.span, "an empty row: it names no member");
                continue;
            }
            if self.too_long(&text, row.span) {
                continue;
            }
            self.row_read(row.span);
            let span = row.cells.get(name).map_or(row.span, |cell| cell.span);
            members.push(MemberFacts {
                name: Spanned::new(text, span),
                number: cell(row, number).text().parse().ok(),
                description: cell(row, description),
            });
        }
        if members.is_empty() && !table.rows.is_empty() {
            self.diagnostics.push(Diagnostic::at(
                Rule::UnknownTable,
                table.span,
                "a table of members that names none",
            ));
        }
        members
    }
}

/// A member's name without marks and remarks.
fn member_name(text: &str) -> String {
    let bare = text.split(" (").next().unwrap_or(text).trim();
    bare.trim_matches(['`', '*', '"', '\'', '.', ','])
        .trim()
        .to_owned()
}

/// A heading without one of the suffixes, where one word is left.
fn strip_suffix(heading: &str, suffixes: &[String]) -> Option<String> {
    let lower = heading.to_ascii_lowercase();
    let lower = lower.trim_end_matches(':').trim_end();
    suffixes.iter().find_map(|suffix| {
        let name = heading
            .get(..lower.strip_suffix(suffix.as_str())?.len())?
            .trim();
        let name = name
            .trim_matches(['`', '*'])
            .rsplit('.')
            .next()
            .unwrap_or(name);
        let is_name = (1..=MAX_NAME).contains(&name.len())
            && name.starts_with(|c: char| c.is_ascii_alphabetic())
            && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
        is_name.then(|| name.to_owned())
    })
}

/// The anchor of a heading as links name it: lower case, blanks as `-`, other marks dropped.
pub(super) fn anchor(heading: &str) -> String {
    heading
        .trim()
        .to_lowercase()
        .chars()
        .filter_map(|c| match c {
            ' ' => Some('-'),
            c if c.is_alphanumeric() || matches!(c, '-' | '_') => Some(c),
            _ => None,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{anchor, strip_suffix};

    #[test]
    fn headings_name_enums() {
        let suffixes = ["values".to_owned(), "enumeration".to_owned()];
        assert_eq!(
            strip_suffix("complianceStatus values", &suffixes).as_deref(),
            Some("complianceStatus")
        );
        assert_eq!(
            strip_suffix("State Enumeration", &suffixes).as_deref(),
            Some("State")
        );
        assert_eq!(strip_suffix("Possible enum values", &suffixes), None);
        assert_eq!(anchor("calendarRoleType values"), "calendarroletype-values");
    }
}
