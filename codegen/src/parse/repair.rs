//! Repairs a page before markdown is read, where markdown would lose something in silence: rows that are no rows,
//! tables that are no tables, headings that are no headings. Each repair is a diagnostic, and every place in the
//! repaired text is known in the original.

use std::ops::Range;

use super::lines::{Line, Overrun, Place, lines_of};
use super::table_repair;
use crate::diagnostics::{Diagnostic, Diagnostics, PageId, Rule, Span};
use crate::profile::Profile;

/// A page's text after repairs.
pub(super) struct Repaired {
    /// The text that markdown is read from.
    pub(super) text: String,
    /// Where runs of the text come from: start in the text, start in the original.
    map: Vec<(usize, usize)>,
}

impl Repaired {
    /// The place in the original of a place in the text.
    pub(super) fn original(&self, offset: usize) -> usize {
        let at = self.map.partition_point(|(start, _)| *start <= offset);
        let Some((start, original)) = at.checked_sub(1).and_then(|index| self.map.get(index))
        else {
            return offset;
        };
        let exact = original + (offset - start);
        self.map.get(at).map_or(exact, |(_, next)| exact.min(*next))
    }

    /// The range in the original of a range in the text.
    pub(super) fn original_range(&self, range: Range<usize>) -> Range<usize> {
        let start = self.original(range.start);
        start..self.original(range.end).max(start)
    }
}

/// A replacement of a range of the original. An empty range is an insertion.
pub(super) struct Edit {
    /// What is replaced.
    pub(super) range: Range<usize>,
    /// By what.
    pub(super) text: String,
}

/// Repairs `text` from `body` on.
pub(super) fn repair(
    page: PageId,
    text: &str,
    body: usize,
    profile: &Profile,
    diagnostics: &mut Diagnostics,
) -> Repaired {
    let mut edits = Vec::new();
    let (lines, overruns) = lines_of(text, body, profile);
    for overrun in &overruns {
        end_fence(page, text, overrun, &mut edits, diagnostics);
    }
    headings(page, &lines, profile, &mut edits, diagnostics);
    table_repair::repair_tables(page, &lines, &mut edits, diagnostics);
    edits.sort_by_key(|edit| (edit.range.start, edit.range.end));
    apply(text, body, edits)
}

/// Ends a fence before the heading that it runs over.
fn end_fence(
    page: PageId,
    text: &str,
    overrun: &Overrun,
    edits: &mut Vec<Edit>,
    diagnostics: &mut Diagnostics,
) {
    let line_end = |start: usize| text[start..].find('\n').map_or(text.len(), |at| start + at);
    let start = overrun.fence;
    let marks = String::from(overrun.mark).repeat(overrun.length);
    let message = match overrun.heading {
        None => "this code fence is never closed, so all text after it is read as code",
        Some(_) if overrun.goes_on => {
            "this code fence holds the heading of a section; it was ended before it and opened again after it"
        }
        Some(_) => "this code fence is never closed; it was ended before the next section",
    };
    diagnostics.push(
        Diagnostic::at(
            Rule::UnclosedFence,
            Span::new(page, start..line_end(start)),
            message,
        )
        .help("close the fence before the next heading"),
    );
    let Some(heading) = overrun.heading else {
        return;
    };
    if overrun.ends_by_itself {
        return;
    }
    edits.push(Edit {
        range: heading..heading,
        text: format!("{marks}\n\n"),
    });
    if overrun.goes_on {
        let below = line_end(heading);
        edits.push(Edit {
            range: below..below,
            text: format!("\n\n{marks}"),
        });
    }
}

/// Finds titles that are glued to a note, and headings without the blank after their marks.
fn headings(
    page: PageId,
    lines: &[Line<'_>],
    profile: &Profile,
    edits: &mut Vec<Edit>,
    diagnostics: &mut Diagnostics,
) {
    let mut titled = false;
    for line in lines.iter().filter(|line| line.place == Place::Open) {
        let marks = line.text.bytes().take_while(|byte| *byte == b'#').count();
        if !(1..=6).contains(&marks) {
            titled |= !line.is_blank();
            continue;
        }
        let span = Span::new(page, line.start..line.end());
        let rest = &line.text[marks..];
        let glued = rest.starts_with(|c: char| c.is_alphabetic());
        // A text that begins with one `#` may be a name; above all other text it can only be the title, and so it is
        // where it ends as titles of types do.
        if glued && (marks > 1 || !titled || is_type_title(rest, profile)) {
            edits.push(Edit {
                range: line.start + marks..line.start + marks,
                text: " ".to_owned(),
            });
            diagnostics.push(Diagnostic::at(
                Rule::GluedHeading,
                span,
                format!(
                    "read as the heading `{}`: the blank after `#` is missing",
                    rest.trim()
                ),
            ));
        }
        if marks == 1
            && let Some(at) = glued_note(line.text)
        {
            edits.push(Edit {
                range: line.start + at..line.start + at,
                text: "\n\n".to_owned(),
            });
            // The line breaks after the note are lost as well: without one, the text below would go on with it.
            edits.push(Edit {
                range: line.end()..line.end(),
                text: "\n".to_owned(),
            });
            diagnostics.push(Diagnostic::at(
                Rule::GluedTitle,
                span,
                format!(
                    "read as the title `{}` and a note",
                    line.text[marks..at].trim()
                ),
            ));
        }
        titled = true;
    }
}

/// Where a note begins that is glued to a title: a mark of a quote, and strong text.
fn glued_note(line: &str) -> Option<usize> {
    line.match_indices('>')
        .map(|(at, _)| at)
        .find(|at| line[at + 1..].trim_start().starts_with("**"))
}

/// Whether a text is a name and the words that follow it in titles of types: `berth resource type`.
fn is_type_title(text: &str, profile: &Profile) -> bool {
    let text = text.trim().to_lowercase();
    let Some((name, rest)) = text.split_once(' ') else {
        return false;
    };
    let mut suffixes = profile
        .enums
        .title_suffixes
        .iter()
        .chain(&profile.titles.resource_suffixes);
    !name.is_empty() && suffixes.any(|suffix| suffix == rest.trim())
}

/// Applies sorted edits. Of two that overlap the first counts.
fn apply(text: &str, body: usize, edits: Vec<Edit>) -> Repaired {
    let mut repaired = Repaired {
        text: String::with_capacity(text.len() - body + 64),
        map: vec![(0, body)],
    };
    let mut at = body;
    for edit in edits {
        if edit.range.start < at {
            continue;
        }
        repaired.text.push_str(&text[at..edit.range.start]);
        repaired.map.push((repaired.text.len(), edit.range.start));
        repaired.text.push_str(&edit.text);
        repaired.map.push((repaired.text.len(), edit.range.end));
        at = edit.range.end;
    }
    repaired.text.push_str(&text[at..]);
    repaired
}
