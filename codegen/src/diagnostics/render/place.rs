//! Turns spans into what an editor or a tool needs: a path, lines and columns.

use crate::corpus::Corpus;
use crate::diagnostics::{Diagnostic, PageId, Span, line_and_column};

/// A place in a file. Lines and columns count from one, columns in characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// The file, with the documentation folder in front.
    pub(super) path: String,
    /// The range; none for a finding about the file as a whole.
    pub(super) region: Option<Region>,
}

/// A range of a file's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Region {
    /// The line of the first character.
    pub(super) line: usize,
    /// The column of the first character.
    pub(super) column: usize,
    /// The line of the place after the last character.
    pub(super) end_line: usize,
    /// The column of the place after the last character.
    pub(super) end_column: usize,
}

/// Finds places in a corpus. The lines of the page last asked for are kept: findings come sorted by page.
#[derive(Debug)]
pub(super) struct Places<'a> {
    corpus: &'a Corpus,
    page: Option<PageId>,
    starts: Vec<usize>,
}

impl<'a> Places<'a> {
    /// Places in `corpus`.
    pub(super) fn new(corpus: &'a Corpus) -> Self {
        Self {
            corpus,
            page: None,
            starts: Vec::new(),
        }
    }

    /// The main place of a finding.
    pub(super) fn main(&mut self, diagnostic: &Diagnostic) -> Option<Place> {
        if let Some(label) = diagnostic.labels.first() {
            return Some(self.of(label.span));
        }
        Some(Place {
            path: file_of(self.corpus, diagnostic)?,
            region: diagnostic.position.map(|(line, column)| Region {
                line,
                column,
                end_line: line,
                end_column: column,
            }),
        })
    }

    /// The place of a span.
    pub(super) fn of(&mut self, span: Span) -> Place {
        let page = self.corpus.page(span.page);
        self.look_at(span.page);
        let range = span.range();
        let (line, column) = self.position(&page.text, range.start);
        let (end_line, end_column) = self.position(&page.text, range.end.max(range.start));
        Place {
            path: path_of(self.corpus, &page.path),
            region: Some(Region {
                line,
                column,
                end_line,
                end_column,
            }),
        }
    }

    /// The line of an offset in a page.
    pub(super) fn line(&mut self, page: PageId, offset: usize) -> usize {
        self.look_at(page);
        self.starts.partition_point(|start| *start <= offset)
    }

    /// Finds the lines of a page, unless they are known.
    fn look_at(&mut self, page: PageId) {
        if self.page != Some(page) {
            self.page = Some(page);
            self.starts.clear();
            self.starts.push(0);
            let text = &self.corpus.page(page).text;
            let ends = text.match_indices('\n').map(|(at, _)| at + 1);
            self.starts.extend(ends);
        }
    }

    /// The line and column of an offset in the page whose lines are known.
    fn position(&self, text: &str, offset: usize) -> (usize, usize) {
        let offset = offset.min(text.len());
        let line = self.starts.partition_point(|start| *start <= offset);
        let start = self
            .starts
            .get(line.saturating_sub(1))
            .copied()
            .unwrap_or(0);
        let (_, column) = line_and_column(&text[start..], offset - start);
        (line, column)
    }
}

/// The file that a finding is about, where it is no page of the corpus.
pub(super) fn file_of(corpus: &Corpus, diagnostic: &Diagnostic) -> Option<String> {
    let path = diagnostic.path.as_deref()?;
    Some(if diagnostic.as_named {
        path.to_owned()
    } else {
        path_of(corpus, path)
    })
}

/// The path of a file below the root of the corpus, with the root in front.
pub(super) fn path_of(corpus: &Corpus, below: &str) -> String {
    // A tool that finds files by their path compares it as text.
    let root = corpus.root.as_str();
    let root = root.strip_prefix("./").unwrap_or(root);
    match root {
        "" | "." => below.to_owned(),
        root if root.ends_with(['/', '\\']) => format!("{root}{below}"),
        root => format!("{root}/{below}"),
    }
}

#[cfg(test)]
mod tests {
    use super::{Places, Region};
    use crate::corpus::{Corpus, Folder, Page};
    use crate::diagnostics::{PageId, Span};

    fn corpus(root: &str) -> Corpus {
        Corpus {
            root: root.to_owned(),
            pages: vec![Page {
                path: "api/a.md".to_owned(),
                folder: Folder::Api,
                text: "# ä\n\n|é|b|\nend".to_owned(),
                body: 0,
                front_matter: Vec::new(),
                includes: Vec::new(),
            }],
            ..Corpus::default()
        }
    }

    #[test]
    fn columns_count_characters_and_the_end_is_past_the_last_one() {
        let corpus = corpus("docs/");
        let text = &corpus.pages[0].text;
        let at = text.find('b').unwrap();
        let place = Places::new(&corpus).of(Span::new(PageId(0), at..at + 1));
        assert_eq!(place.path, "docs/api/a.md");
        let region = Region {
            line: 3,
            column: 4,
            end_line: 3,
            end_column: 5,
        };
        assert_eq!(place.region, Some(region));
    }

    #[test]
    fn offsets_past_the_end_and_inside_characters_are_places_too() {
        let corpus = corpus(".");
        let place = Places::new(&corpus).of(Span::new(PageId(0), 3..9999));
        assert_eq!(place.path, "api/a.md");
        let region = Region {
            line: 1,
            column: 3,
            end_line: 4,
            end_column: 4,
        };
        assert_eq!(place.region, Some(region));
    }
}
