//! Repairs a page before markdown is read, where markdown would lose something in silence: rows that are no rows,
//! tables that are no tables, headings that are no headings. Each repair is a diagnostic, and every place in the
//! repaired text is known in the original.

use std::ops::Range;

use super::lines::{Line, Overrun, Place, lines_of};
use super::table_repair;
use crate::diagnostics::{Diagnostic, Diagnostics, PageId, Rule, Span};
use crate::document::original;
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
        let next = self.map.partition_point(|(start, _)| *start <= offset);
        original(&self.map, offset, next, usize::MAX).unwrap_or(offset)
    }

    /// Where the runs of a range in the text come from: start in the range, start in the original.
    pub(super) fn runs(&self, range: Range<usize>) -> impl Iterator<Item = (usize, usize)> {
        let inner = self.map.partition_point(|(start, _)| *start <= range.start);
        let first = (0, self.original(range.start));
        let inner = self.map[inner..].iter();
        let inner = inner.take_while(move |(start, _)| *start < range.end);
        std::iter::once(first)
            .chain(inner.map(move |(start, original)| (start - range.start, *original)))
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
    let Some((_, rest)) = text.split_once(' ') else {
        return false;
    };
    let mut suffixes = profile
        .enums
        .title_suffixes
        .iter()
        .chain(&profile.titles.resource_suffixes);
    suffixes.any(|suffix| suffix == rest.trim())
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
    use super::{Edit, Repaired, apply, repair};
    use crate::diagnostics::{Diagnostics, PageId, Rule};
    use crate::profile::Profile;

    /// The text after repairs, and what is said of them.
    fn repaired(text: &str) -> (Repaired, Vec<Rule>) {
        let profile = Profile::embedded().unwrap();
        let mut diagnostics = Diagnostics::default();
        let repaired = repair(PageId(0), text, 0, &profile, &mut diagnostics);
        let rules = diagnostics.iter().map(|found| found.rule).collect();
        (repaired, rules)
    }

    #[test]
    fn one_mark_glued_to_a_word_is_a_heading_above_all_text_or_as_title_of_a_type() {
        for (text, is_heading) in [
            ("#berth\n", true),
            ("\n#berth\n", true),
            ("Berths have numbers.\n#berth\n", false),
            ("# berth\n\n#length\n", false),
            ("Berths have numbers.\n\n#berth resource type\n", true),
            ("Berths have numbers.\n\n#berth of ropes\n", false),
            ("Berths have numbers.\n\n# resource type\n", false),
            ("Berths have numbers.\n\n##length\n", true),
            ("Berths have numbers.\n\n######length\n", true),
            ("Berths have numbers.\n\n#######length\n", false),
            ("#7 berth\n", false),
        ] {
            let (after, rules) = repaired(text);
            let expected: &[Rule] = if is_heading {
                &[Rule::GluedHeading]
            } else {
                &[]
            };
            assert_eq!(rules, expected, "{text}");
            assert_eq!(
                after.text.len(),
                text.len() + usize::from(is_heading),
                "{text}"
            );
        }
    }

    #[test]
    fn places_of_a_repaired_text_are_known_in_the_original() {
        let text = "##Rope\n\nLong.\n\n# berth > **Note** Wet.\nMore.\n";
        let (after, rules) = repaired(text);
        assert_eq!(rules, [Rule::GluedHeading, Rule::GluedTitle]);
        assert_eq!(
            after.text,
            "## Rope\n\nLong.\n\n# berth \n\n> **Note** Wet.\n\nMore.\n"
        );
        for word in ["Rope", "Long", "berth", "Note", "Wet", "More"] {
            let (new, old) = (after.text.find(word).unwrap(), text.find(word).unwrap());
            let range = new..new + word.len();
            assert_eq!(after.original_range(range), old..old + word.len(), "{word}");
        }
        let places: Vec<usize> = (0..=after.text.len())
            .map(|at| after.original(at))
            .collect();
        assert!(places.is_sorted(), "{places:?}");
        assert_eq!(places.last(), Some(&text.len()));
    }

    #[test]
    fn of_edits_that_overlap_the_first_counts_and_edits_that_touch_do_not() {
        let edit = |range, text: &str| Edit {
            range,
            text: text.to_owned(),
        };
        let edits = vec![
            edit(1..1, "<"),
            edit(1..4, "-"),
            edit(2..3, "lost"),
            edit(3..5, "lost"),
            edit(4..4, ">"),
        ];
        let after = apply("abcdef", 1, edits);
        assert_eq!(after.text, "<->ef");
        let places: Vec<usize> = (0..=5).map(|at| after.original(at)).collect();
        assert_eq!(places, [1, 1, 4, 4, 5, 6]);
    }
}
