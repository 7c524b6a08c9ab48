//! The lines of a page, each with what it is part of, and the places where a code fence that runs over the next section
//! has to end.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::profile::Profile;

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

/// A fence that does not end where it should.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Overrun {
    /// Where the fence's opening line starts.
    pub(super) fence: usize,
    /// The character of its marks.
    pub(super) mark: char,
    /// How many marks it has.
    pub(super) length: usize,
    /// The heading that it runs over; `None` where it runs to the end of the page and no heading follows.
    pub(super) heading: Option<usize>,
    /// Whether the text below the heading is code, up to the marks that were to end the first fence.
    pub(super) goes_on: bool,
    /// Whether markdown ends the fence at the heading, with the item of a list that it stands in.
    pub(super) ends_by_itself: bool,
}

/// A fence that is open.
#[derive(Clone, Copy)]
struct OpenFence {
    mark: char,
    length: usize,
    start: usize,
    quoted: bool,
    in_item: bool,
    prose: bool,
}

/// The lines from `body` on, and the fences that run over the heading of the next section. Such a fence ends there.
pub(super) fn lines_of<'t>(
    text: &'t str,
    body: usize,
    profile: &Profile,
) -> (Vec<Line<'t>>, Vec<Overrun>) {
    let mut lines: Vec<Line<'_>> = Vec::new();
    let mut overruns: Vec<Overrun> = Vec::new();
    let mut fence: Option<OpenFence> = None;
    // A fence that begins anew below a heading that the last one ran over.
    let mut again: Option<OpenFence> = None;
    let mut in_comment = false;
    let mut in_item = false;
    let mut start = body;
    for line in text[body..].split_inclusive('\n') {
        let content = line.strip_suffix('\n').unwrap_or(line);
        let mut place = Place::Open;
        fence = fence.or(again.take());
        let quoted = content.trim_start().starts_with('>');
        // A fence ends with the quote that it stands in.
        fence = fence.filter(|fence| quoted || !fence.quoted);
        if let Some(open) = fence.filter(|open| !open.quoted && open.holds_no_headings())
            && section_heading(content, profile)
        {
            let goes_on = !open.in_item && goes_on(&text[start + line.len()..], open, profile);
            overruns.push(open.overrun(Some(start), goes_on));
            again = goes_on.then_some(open);
            fence = None;
        }
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
            if open.is_closed_by(inner) {
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
                in_item: in_item && (is_item(content) || content.starts_with([' ', '\t'])),
                prose: is_prose(content),
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
    overruns.extend(fence.map(|open| open.overrun(None, false)));
    (lines, overruns)
}

impl OpenFence {
    /// Whether a line of another fence's content, without the marks of a quote, ends this one. Blanks and tabs may stand
    /// beside the marks, and no other white space (CommonMark 0.31, section 4.5).
    fn is_closed_by(&self, line: &str) -> bool {
        let trimmed = line.trim_matches([' ', '\t']);
        trimmed.chars().all(|c| c == self.mark) && trimmed.len() >= self.length
    }

    /// Whether a heading in it can only be one of the page: in a sample of markdown it may well be another.
    fn holds_no_headings(&self) -> bool {
        !self.prose
    }

    fn overrun(&self, heading: Option<usize>, goes_on: bool) -> Overrun {
        Overrun {
            fence: self.start,
            mark: self.mark,
            length: self.length,
            heading,
            goes_on,
            ends_by_itself: self.in_item,
        }
    }
}

/// Whether the text below a heading in a fence is code up to the marks that end the fence: no other fence begins before
/// them, and there is something above them.
fn goes_on(text: &str, open: OpenFence, profile: &Profile) -> bool {
    let mut any = false;
    for line in text.lines() {
        if open.is_closed_by(line) && !line.trim().is_empty() {
            return any;
        }
        if fence_marker(line, false).is_some() || section_heading(line, profile) {
            return false;
        }
        any |= !line.trim().is_empty();
    }
    false
}

/// Whether a fence's opening line says that it holds markdown.
fn is_prose(line: &str) -> bool {
    let info = line.trim_start_matches(|c: char| !c.is_alphanumeric());
    let word = info
        .split(|c: char| !c.is_alphanumeric())
        .next()
        .unwrap_or_default();
    ["markdown", "md"]
        .iter()
        .any(|known| word.eq_ignore_ascii_case(known))
}

/// Whether a line is the heading of a section that facts are made of, of the page or of an example: `## Response`,
/// `### Example 2: All`. One `#` begins a comment in many languages.
fn section_heading(line: &str, profile: &Profile) -> bool {
    let text = line.trim_start_matches('#');
    let marks = line.len() - text.len();
    if !(2..=6).contains(&marks) || !text.starts_with(' ') {
        return false;
    }
    let mut words = text.split_whitespace();
    let first = words.next().unwrap_or_default();
    let numbered = words
        .next()
        .is_some_and(|word| word.starts_with(|c: char| c.is_ascii_digit()));
    profile.section(text.trim()).is_some() || numbered && profile.section(first).is_some()
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

#[cfg(test)]
mod tests {
    use super::{Place, comment_start, lines_of};
    use crate::profile::Profile;

    fn fences(text: &str) -> Vec<bool> {
        let (lines, _) = lines_of(text, 0, &Profile::embedded().unwrap());
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

    #[test]
    fn a_fence_ends_before_the_next_section() {
        let overruns = |text: &str| -> Vec<(Option<usize>, bool)> {
            let (_, overruns) = lines_of(text, 0, &Profile::embedded().unwrap());
            overruns
                .iter()
                .map(|overrun| (overrun.heading, overrun.goes_on))
                .collect()
        };
        // Its closing marks are lost, those of the next fence, or the next fence's opening marks.
        assert_eq!(
            overruns("```\na\n## Response\n```json\nb\n```"),
            [(Some(6), false)]
        );
        assert_eq!(overruns("```\na\n## Response\nb\n```"), [(Some(6), true)]);
        assert_eq!(
            overruns("```\na\n## Response\n\n```\nb\n```"),
            [(Some(6), false)]
        );
        assert_eq!(overruns("```\na\n### Example 2: b"), [(Some(6), false)]);
        assert_eq!(overruns("```\na\n## b"), [(None, false)]);
        assert_eq!(overruns("```md\n## Response\n```"), []);
        assert_eq!(overruns("```\n# Response\n```"), []);
    }
}
