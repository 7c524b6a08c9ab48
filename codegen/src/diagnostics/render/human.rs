//! Text for a terminal: message, place, excerpt and help, as rustc writes them.
//!
//! The crate that draws it is known to this file only.

use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::clip::{clipped, prefix, visible};
use super::place::{Places, file_of, path_of};
use crate::corpus::Corpus;
use crate::diagnostics::{Diagnostic, Label, Severity};

/// How many columns of a page are shown. Cells of tables are thousands of characters long.
const WIDTH: usize = 110;

/// How many characters of a place are underlined.
const UNDERLINED: usize = 60;

/// How many characters of a message or a help are shown; both may quote a page.
const MESSAGE: usize = 300;

/// How many characters of what is said of a place are shown.
const LABEL: usize = 80;

/// Writes findings, with a blank line after each.
pub(super) fn render<'a>(
    findings: impl Iterator<Item = &'a Diagnostic>,
    corpus: &Corpus,
    colour: bool,
) -> String {
    let renderer = if colour {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    let renderer = renderer.term_width(WIDTH);
    let mut places = Places::new(corpus);
    let mut text = String::new();
    for diagnostic in findings {
        text.push_str(&renderer.render(&[report(diagnostic, corpus, &mut places)]));
        text.push_str("\n\n");
    }
    text
}

fn report<'a>(
    diagnostic: &'a Diagnostic,
    corpus: &'a Corpus,
    places: &mut Places<'_>,
) -> Group<'a> {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let title = level
        .primary_title(clipped(&diagnostic.message, MESSAGE))
        .id(diagnostic.rule.code());
    let mut group = Group::with_title(title);
    for part in parts(&diagnostic.labels) {
        group = group.element(excerpt(diagnostic, &part, corpus, places));
    }
    if let Some(path) = file_of(corpus, diagnostic) {
        group = match line_of(diagnostic, corpus) {
            Some((number, line, start)) => group.element(
                Snippet::source(line)
                    .line_start(number)
                    .path(visible(&path))
                    .annotation(AnnotationKind::Primary.span(underlined(line, start..line.len()))),
            ),
            None => {
                let mut origin = Origin::path(visible(&path));
                if let Some((line, column)) = diagnostic.position {
                    origin = origin.line(line).char_column(column);
                }
                group.element(origin)
            }
        };
    }
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(clipped(help, MESSAGE)));
    }
    group
}

/// The line that a finding about the corrections names, after its number, and the byte of it where the place begins.
/// The text of other files that are no pages is not known here.
fn line_of<'a>(diagnostic: &Diagnostic, corpus: &'a Corpus) -> Option<(usize, &'a str, usize)> {
    let file = corpus.corrections.as_ref()?;
    let (number, column) = diagnostic.position?;
    let is_it = diagnostic.as_named == file.named && diagnostic.path.as_ref() == Some(&file.path);
    let line = file.text.lines().nth(number.checked_sub(1)?)?;
    let start = prefix(line, column.saturating_sub(1)).len();
    is_it.then_some((number, line, start))
}

/// Places that are further apart than this are shown one after the other: all between them would have to be looked
/// through, for each finding anew.
const APART: u32 = 16 * 1024;

/// The labels that are shown in one excerpt, by their indices: those of one page that are near to each other. That of the
/// main place comes first.
fn parts(labels: &[Label]) -> Vec<Vec<usize>> {
    let mut parts: Vec<Vec<usize>> = Vec::new();
    for (index, label) in labels.iter().enumerate() {
        let near = |part: &&mut Vec<usize>| {
            let first = labels[part[0]].span;
            first.page == label.span.page && first.start.abs_diff(label.span.start) <= APART
        };
        match parts.iter_mut().find(near) {
            Some(part) => part.push(index),
            None => parts.push(vec![index]),
        }
    }
    parts
}

/// The lines of a page that some labels are about, with the places underlined.
fn excerpt<'a>(
    diagnostic: &'a Diagnostic,
    part: &[usize],
    corpus: &'a Corpus,
    places: &mut Places<'_>,
) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
    let id = diagnostic.labels[part[0]].span.page;
    let page = corpus.page(id);
    let text = page.text.as_str();
    let labels: Vec<_> = part
        .iter()
        .map(|index| {
            let label = &diagnostic.labels[*index];
            (*index == 0, label, underlined(text, label.span.range()))
        })
        .collect();
    let first = labels.iter().map(|(_, _, range)| range.start).min();
    let last = labels.iter().map(|(_, _, range)| range.end).max();
    let start = line_start(text, first.unwrap_or(0));
    let end = line_end(text, last.unwrap_or(0));
    let annotations = labels.into_iter().map(|(main, label, range)| {
        let kind = if main {
            AnnotationKind::Primary
        } else {
            AnnotationKind::Context
        };
        let annotation = kind.span(range.start - start..range.end - start);
        match label.text.as_str() {
            "" => annotation,
            text => annotation.label(clipped(text, LABEL)),
        }
    });
    Snippet::source(&text[start..end])
        .line_start(places.line(id, start))
        .path(visible(&path_of(corpus, &page.path)))
        .annotations(annotations)
}

/// The part of a range that is underlined: on one line, not too long, between characters, and without the blanks that
/// fill up a cell.
fn underlined(text: &str, range: Range<usize>) -> Range<usize> {
    let start = text.floor_char_boundary(range.start);
    let end = text
        .floor_char_boundary(range.end)
        .clamp(start, line_end(text, start));
    let shown = prefix(text[start..end].trim_end(), UNDERLINED);
    start..start + shown.len()
}

/// Where the line of an offset begins.
fn line_start(text: &str, offset: usize) -> usize {
    text[..offset].rfind('\n').map_or(0, |at| at + 1)
}

/// Where the line of an offset ends, before its line end.
fn line_end(text: &str, offset: usize) -> usize {
    text[offset..]
        .find('\n')
        .map_or(text.len(), |at| offset + at)
}

#[cfg(test)]
mod tests {
    use super::render;
    use crate::corpus::{Corpus, CorrectionsFile, Folder, Page};
    use crate::diagnostics::{Diagnostic, PageId, Rule, Span};

    fn corpus(texts: &[&str]) -> Corpus {
        let page = |(index, text): (usize, &&str)| Page {
            path: format!("{index}.md"),
            folder: Folder::Other,
            text: (*text).to_owned(),
            body: 0,
            front_matter: Vec::new(),
            includes: Vec::new(),
        };
        Corpus {
            root: "docs".to_owned(),
            pages: texts.iter().enumerate().map(page).collect(),
            ..Corpus::default()
        }
    }

    fn shown(corpus: &Corpus, diagnostic: &Diagnostic) -> String {
        render(std::iter::once(diagnostic), corpus, false)
    }

    #[test]
    fn a_finding_reads_as_those_of_rustc() {
        let corpus = corpus(&["# T\n\n|a|B |\n", "|a|C|\n"]);
        let diagnostic = Diagnostic::at(
            Rule::ConflictingProperty,
            Span::new(PageId(0), 8..10),
            "`a` has two types",
        )
        .also(Span::new(PageId(1), 3..4), "the first row")
        .help("mend one of them");
        let expected = "\
warning[conflicting-property]: `a` has two types
 --> docs/0.md:3:4
  |
3 | |a|B |
  |    ^
  |
 ::: docs/1.md:1:4
  |
1 | |a|C|
  |    - the first row
  |
  = help: mend one of them

";
        assert_eq!(shown(&corpus, &diagnostic), expected);
    }

    #[test]
    fn findings_about_files_have_their_path() {
        let diagnostic = Diagnostic::on_file(Rule::UnusedCorrection, "c.toml", "changes nothing");
        let text = shown(&Corpus::default(), &diagnostic.at_position(3, 1));
        assert_eq!(
            text,
            "error[unused-correction]: changes nothing\n--> c.toml:3:1\n\n"
        );
    }

    #[test]
    fn a_finding_about_the_corrections_shows_their_line() {
        let mut corpus = corpus(&[]);
        corpus.corrections = Some(CorrectionsFile {
            named: false,
            path: "corrections.toml".to_owned(),
            text: "a = 1\nbe cause\n".to_owned(),
        });
        let diagnostic = Diagnostic::on_file(Rule::UnusedCorrection, "corrections.toml", "x");
        let expected = "\
error[unused-correction]: x
 --> docs/corrections.toml:2:4
  |
2 | be cause
  |    ^^^^^

";
        assert_eq!(shown(&corpus, &diagnostic.at_position(2, 4)), expected);
    }

    #[test]
    fn long_cells_and_messages_are_cut() {
        let cell = "ä".repeat(10_000);
        let corpus = corpus(&[&format!("|a|{cell}|{cell}|\n")]);
        let start = 4 + cell.len();
        for range in [3..start - 1, start..start + cell.len(), 1..2] {
            let span = Span::new(PageId(0), range);
            let text = shown(&corpus, &Diagnostic::at(Rule::UnreadableType, span, &*cell));
            let longest = text.lines().map(|line| line.chars().count()).max();
            assert!(longest < Some(350) && text.lines().count() < 8, "{text}");
        }
    }

    #[test]
    fn any_range_can_be_shown() {
        let text = "é|\n\n\tü𝕏\r|\n";
        let corpus = corpus(&[text, ""]);
        for page in [PageId(0), PageId(1)] {
            for start in 0..=text.len() + 2 {
                for end in 0..=text.len() + 2 {
                    let diagnostic =
                        Diagnostic::at(Rule::UnreadableType, Span::new(page, start..end), "x")
                            .also(Span::new(page, end..start), "y");
                    assert!(shown(&corpus, &diagnostic).contains("docs/"));
                }
            }
        }
    }

    #[test]
    fn pages_do_not_command_the_terminal() {
        let mut corpus = corpus(&["a\u{1b}[2Jb\n"]);
        corpus.pages[0].path = "\u{1b}[2J.md".to_owned();
        let diagnostic = Diagnostic::at(Rule::UnknownType, Span::new(PageId(0), 0..3), "\u{1b}[2J")
            .also(Span::new(PageId(0), 5..6), "\u{1b}[2J")
            .help("\u{1b}[2J");
        assert!(!shown(&corpus, &diagnostic).contains('\u{1b}'));
    }
}
