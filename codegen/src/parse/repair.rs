//! Repairs a page before markdown is read, where markdown would lose something in silence: rows that are no rows,
//! tables that are no tables, headings that are no headings. Each repair is a diagnostic, and every place in the
//! repaired text is known in the original.

use std::collections::BTreeMap;
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag};

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

/// A line of the original without its line end.
#[derive(Clone, Copy)]
pub(super) struct Line<'t> {
    /// Where it starts.
    pub(super) start: usize,
    /// The text.
    pub(super) text: &'t str,
    /// What it is part of.
    pub(super) place: Place,
}

/// What a line is part of.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// Running text, where markdown is read.
    Open,
    /// A code fence, or one of its two marker lines.
    Fence,
    /// An HTML comment that began on this line or before.
    Comment,
}

impl Line<'_> {
    /// One past the last byte.
    pub(super) fn end(&self) -> usize {
        self.start + self.text.len()
    }

    /// Whether there is nothing on it.
    pub(super) fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }
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
    let (mut lines, unclosed) = lines_of(text, body, None);
    if let Some(fence) = unclosed {
        let start = fence.start;
        let end = text[start..].find('\n').map_or(text.len(), |at| start + at);
        let heading = lines
            .iter()
            .find(|line| line.start > start && section_heading(line.text, profile))
            .map(|line| line.start);
        let message = match heading {
            Some(_) => "this code fence is never closed; it was ended before the next section",
            None => "this code fence is never closed, so all text after it is read as code",
        };
        diagnostics.push(
            Diagnostic::at(Rule::UnclosedFence, Span::new(page, start..end), message)
                .help("close the fence with a line of three backticks"),
        );
        if let Some(heading) = heading {
            // Where markdown ends the fence by itself, as at the end of a quote, these marks would open a new one.
            if is_code(text, body, heading) {
                let marks = String::from(fence.mark).repeat(fence.length);
                edits.push(Edit {
                    range: heading..heading,
                    text: format!("{marks}\n\n"),
                });
            }
            lines = lines_of(text, body, Some(heading)).0;
        }
    }
    headings(page, &lines, &mut edits, diagnostics);
    table_repair::repair_tables(page, &lines, &mut edits, diagnostics);
    edits.sort_by_key(|edit| (edit.range.start, edit.range.end));
    apply(text, body, edits)
}

/// Whether a line is the heading of a section that facts are made of.
fn section_heading(line: &str, profile: &Profile) -> bool {
    let text = line.trim_start_matches('#');
    let marks = line.len() - text.len();
    (1..=6).contains(&marks) && text.starts_with(' ') && profile.section(text.trim()).is_some()
}

/// Whether markdown reads the line at `place` as part of a code fence.
fn is_code(text: &str, body: usize, place: usize) -> bool {
    Parser::new_ext(&text[body..], Options::ENABLE_TABLES)
        .into_offset_iter()
        .any(|(event, range)| {
            matches!(
                event,
                Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(_)))
            ) && range.contains(&(place - body))
        })
}

/// A fence that is open.
#[derive(Clone, Copy)]
struct OpenFence {
    mark: char,
    length: usize,
    start: usize,
    quoted: bool,
}

/// The lines from `body` on, and a fence that is never closed. A fence that is open at `end` ends there.
fn lines_of(text: &str, body: usize, end: Option<usize>) -> (Vec<Line<'_>>, Option<OpenFence>) {
    let mut lines: Vec<Line<'_>> = Vec::new();
    let mut fence: Option<OpenFence> = None;
    let mut in_comment = false;
    let mut in_item = false;
    let mut start = body;
    for line in text[body..].split_inclusive('\n') {
        let content = line.strip_suffix('\n').unwrap_or(line);
        let mut place = Place::Open;
        if end == Some(start) {
            fence = None;
        }
        let quoted = content.trim_start().starts_with('>');
        // A fence ends with the quote that it stands in.
        fence = fence.filter(|fence| quoted || !fence.quoted);
        if fence.is_none() && !in_comment {
            let after_blank = lines.last().is_none_or(Line::is_blank);
            in_item = is_item(content) || in_item && !ends_item(content, after_blank);
        }
        if let Some(open) = fence {
            place = Place::Fence;
            let inner = if open.quoted {
                content.trim_start_matches([' ', '>'])
            } else {
                content
            };
            let trimmed = inner.trim();
            if trimmed.chars().all(|c| c == open.mark) && trimmed.len() >= open.length {
                fence = None;
            }
        } else if in_comment {
            place = Place::Comment;
            in_comment = !content.contains("-->");
        } else if let Some((mark, length)) = fence_marker(content, in_item) {
            place = Place::Fence;
            fence = Some(OpenFence {
                mark,
                length,
                start,
                quoted,
            });
        } else if let Some(at) = comment_start(content) {
            place = Place::Comment;
            in_comment = !content[at..].contains("-->");
        }
        lines.push(Line {
            start,
            text: content,
            place,
        });
        start += line.len();
    }
    (lines, fence)
}

/// Whether an item of a list begins on a line (CommonMark 0.31, section 5.2).
fn is_item(line: &str) -> bool {
    let text = line.trim_start();
    let rest = match text.strip_prefix(['-', '*', '+']) {
        Some(rest) => rest,
        None => {
            let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
            match rest.strip_prefix(['.', ')']) {
                Some(after) if rest.len() < text.len() => after,
                _ => return false,
            }
        }
    };
    rest.starts_with([' ', '\t'])
}

/// Whether a line ends an item of a list: it is not indented, and no paragraph of the item goes on with it.
fn ends_item(line: &str, after_blank: bool) -> bool {
    let indented = line.starts_with([' ', '\t']);
    !indented && !line.trim().is_empty() && (after_blank || line.starts_with('#'))
}

/// Where a comment begins on a line, outside of code spans.
fn comment_start(line: &str) -> Option<usize> {
    let first = line.find("<!--")?;
    if !line[..first].contains('`') {
        return Some(first);
    }
    let mut runs: Vec<Range<usize>> = Vec::new();
    for (at, _) in line.match_indices('`') {
        match runs.last_mut() {
            Some(run) if run.end == at => run.end += 1,
            _ => runs.push(at..at + 1),
        }
    }
    // The last run of each length: a run closes a span where one of its length comes later.
    let last: BTreeMap<usize, usize> = runs.iter().map(|run| (run.len(), run.start)).collect();
    let mut at = 0;
    let mut rest = runs.iter();
    while let Some(run) = rest.next() {
        if let Some(found) = line[at..run.start].find("<!--") {
            return Some(at + found);
        }
        let is_closed = last.get(&run.len()).is_some_and(|last| *last > run.start);
        let close = if is_closed {
            rest.find(|close| close.len() == run.len())
        } else {
            None
        };
        at = close.unwrap_or(run).end;
    }
    line[at..].find("<!--").map(|found| at + found)
}

/// The character and length of an opening fence (CommonMark 0.31, section 4.5). Fences in lists are indented; anywhere
/// else four blanks make a line code or the rest of a paragraph.
fn fence_marker(line: &str, in_item: bool) -> Option<(char, usize)> {
    let indent = &line[..line.len() - line.trim_start().len()];
    if !in_item && (indent.len() >= 4 || indent.contains('\t')) {
        return None;
    }
    let trimmed = line
        .trim_start()
        .trim_start_matches(['-', '*', '+', '>'])
        .trim_start();
    let mark = trimmed.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let length = trimmed.chars().take_while(|c| *c == mark).count();
    let info = &trimmed[length..];
    (length >= 3 && !(mark == '`' && info.contains('`'))).then_some((mark, length))
}

/// Finds titles that are glued to a note, and headings without the blank after their marks.
fn headings(
    page: PageId,
    lines: &[Line<'_>],
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
        // A text that begins with one `#` may be a name; above all other text it can only be the title.
        if glued && (marks > 1 || !titled) {
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
            && let Some(at) = line.text.find("> **")
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

#[cfg(test)]
mod tests {
    use super::{Place, comment_start, lines_of};

    fn fences(text: &str) -> Vec<bool> {
        let (lines, _) = lines_of(text, 0, None);
        lines
            .iter()
            .map(|line| line.place == Place::Fence)
            .collect()
    }

    #[test]
    fn a_comment_in_a_code_span_is_none() {
        assert_eq!(comment_start("Write `<!--` to begin."), None);
        assert_eq!(comment_start("Write ``a`<!--`` to begin."), None);
        assert_eq!(comment_start("A ` alone <!-- b -->"), Some(10));
        assert_eq!(comment_start("`a` <!-- `b` -->"), Some(4));
        assert_eq!(comment_start(&"`<!--".repeat(2)), Some(6));
    }

    #[test]
    fn fences_of_quotes_and_items_are_told_from_code() {
        assert_eq!(fences("> ```\n> a\n> ```\nb"), [true, true, true, false]);
        assert_eq!(fences("> ```\n> a\nb"), [true, true, false]);
        assert_eq!(fences("a\n\n    ```\nb"), [false; 4]);
        assert_eq!(
            fences("1. a\n\n    ```\n    b\n    ```"),
            [false, false, true, true, true]
        );
    }
}
