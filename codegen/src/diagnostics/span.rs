//! Places in pages: byte ranges, turned into line and column only when something is shown.

use std::ops::Range;

use serde::{Deserialize, Serialize};

/// A page of the corpus, by its place in [`Corpus::pages`](crate::corpus::Corpus::pages).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct PageId(pub u32);

/// A byte range of a page's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Span {
    /// The page.
    pub page: PageId,
    /// The first byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// A span over `range` of `page`.
    #[must_use]
    pub fn new(page: PageId, range: Range<usize>) -> Self {
        let offset = |value: usize| u32::try_from(value).unwrap_or(u32::MAX);
        Self {
            page,
            start: offset(range.start),
            end: offset(range.end),
        }
    }

    /// The range as indices into the page's text.
    #[must_use]
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Whether `other` lies in it.
    #[must_use]
    pub fn contains(self, other: Self) -> bool {
        self.page == other.page && self.start <= other.start && other.end <= self.end
    }
}

/// A value and where it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Where it stands.
    pub span: Span,
}

impl<T> Spanned<T> {
    /// `value`, read at `span`.
    pub fn new(value: T, span: Span) -> Self {
        Self { value, span }
    }
}

/// The 1-based line and column of a byte offset in `text`. The column counts characters.
///
/// An offset past the end gives the place after the last character.
#[must_use]
pub fn line_and_column(text: &str, offset: usize) -> (usize, usize) {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    let before = &text[..offset];
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
    (line, before[line_start..].chars().count() + 1)
}

#[cfg(test)]
mod tests {
    use super::line_and_column;

    #[test]
    fn counts_lines_and_characters_from_one() {
        let text = "# Título\n\n|ä|b|\n";
        assert_eq!(line_and_column(text, 0), (1, 1));
        assert_eq!(line_and_column(text, text.find('b').unwrap()), (3, 4));
        assert_eq!(line_and_column(text, 1000), (4, 1));
    }
}
