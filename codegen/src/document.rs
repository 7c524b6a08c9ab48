//! A page as a tree of sections with tables, fences, comments and text.

use std::ops::Range;

use crate::corpus::Folder;
use crate::diagnostics::{PageId, Span};
use crate::prose::Prose;

/// A parsed page.
#[derive(Clone, Debug)]
pub struct Document {
    /// The page.
    pub page: PageId,
    /// Its path below the root.
    pub path: String,
    /// What its folder says about it.
    pub folder: Folder,
    /// The sections in order. The first is the page's lead: its heading is the title, or empty where there is none.
    pub sections: Vec<Section>,
}

/// A heading and what stands between it and the next.
#[derive(Clone, Debug)]
pub struct Section {
    /// 1 for `#`, 2 for `##`, …
    pub level: u8,
    /// The heading's text.
    pub heading: String,
    /// Where the heading stands; the start of the body for a lead without a title.
    pub span: Span,
    /// The section that this one is nested in, by level.
    pub parent: Option<usize>,
    /// The content, without that of nested sections.
    pub blocks: Vec<Block>,
}

/// A part of a section.
#[derive(Clone, Debug)]
pub enum Block {
    /// A paragraph, an item of a list, or a paragraph of a quote.
    Text(Text),
    /// A table.
    Table(Table),
    /// A code fence.
    Fence(Fence),
    /// An HTML comment.
    Comment(Comment),
    /// An include that could not be put in place.
    Include(Span),
}

/// A paragraph.
#[derive(Clone, Debug)]
pub struct Text {
    /// What it says.
    pub prose: Prose,
    /// Where.
    pub span: Span,
    /// Whether it stands in a quote, as notes do.
    pub quoted: bool,
    /// Whether it is an item of a list.
    pub item: bool,
}

/// A table.
#[derive(Clone, Debug)]
pub struct Table {
    /// The header cells.
    pub header: Vec<Cell>,
    /// The rows; each has as many cells as the header.
    pub rows: Vec<Row>,
    /// The whole table.
    pub span: Span,
}

/// A row of a table.
#[derive(Clone, Debug)]
pub struct Row {
    /// The cells.
    pub cells: Vec<Cell>,
    /// The whole row.
    pub span: Span,
}

/// A cell of a table.
#[derive(Clone, Debug)]
pub struct Cell {
    /// What it says.
    pub prose: Prose,
    /// Where.
    pub span: Span,
}

/// A code fence.
#[derive(Clone, Debug)]
pub struct Fence {
    /// The info string as written, trimmed.
    pub info: String,
    /// The lines in it, without the indentation of a list or the marks of a quote.
    pub text: String,
    /// Where runs of the lines stand: start in the text, start on the page.
    pub runs: Vec<(usize, usize)>,
    /// Where the lines stand.
    pub span: Span,
}

impl Fence {
    /// A fence without lines.
    #[must_use]
    pub fn new(info: String, span: Span) -> Self {
        Self {
            info,
            text: String::new(),
            runs: Vec::new(),
            span,
        }
    }

    /// Where a part of the text stands.
    #[must_use]
    pub fn place(&self, part: Range<usize>) -> Span {
        let original = |offset, next| {
            let found = original(&self.runs, offset, next, self.span.end as usize);
            found.unwrap_or(self.span.start as usize)
        };
        let first = self.runs.partition_point(|(start, _)| *start <= part.start);
        let last = self.runs.partition_point(|(start, _)| *start < part.end);
        let from = original(part.start, first);
        Span::new(self.span.page, from..original(part.end, last).max(from))
    }
}

/// The place in the original of an offset in a text whose runs come from there, by their starts in the text and in the
/// original. The offset is in the run before `next`. A run of the original may be shorter than its text: it ends where the
/// next begins, and the last at `end`. `None` where there is no such run.
pub(crate) fn original(
    runs: &[(usize, usize)],
    offset: usize,
    next: usize,
    end: usize,
) -> Option<usize> {
    let (start, original) = runs.get(next.checked_sub(1)?)?;
    let limit = runs.get(next).map_or(end, |(_, original)| *original);
    Some((original + offset.saturating_sub(*start)).min(limit))
}

/// An HTML comment.
#[derive(Clone, Debug)]
pub struct Comment {
    /// The text between `<!--` and `-->`, trimmed.
    pub text: String,
    /// The JSON object that it holds, where it holds one.
    pub annotation: Option<serde_json::Map<String, serde_json::Value>>,
    /// Where.
    pub span: Span,
}

impl Document {
    /// The section at `section` and those that it is nested in, from the inside.
    pub fn around(&self, section: usize) -> impl Iterator<Item = usize> {
        std::iter::successors(Some(section), |at| self.sections.get(*at)?.parent)
    }

    /// Whether the section at `section` is the one at `ancestor` or nested in it.
    #[must_use]
    pub fn is_within(&self, section: usize, ancestor: usize) -> bool {
        self.around(section).any(|at| at == ancestor)
    }

    /// The section at `ancestor` and those that are nested in it, which end at the next one of its level.
    pub fn within(&self, ancestor: usize) -> impl Iterator<Item = usize> {
        let level = self.sections.get(ancestor).map(|section| section.level);
        let below =
            move |index: &usize| self.sections.get(*index).map(|section| section.level) > level;
        let below = (ancestor + 1..self.sections.len()).take_while(below);
        // A section of an included file may stand between them, and be nested in nothing.
        let below = below.filter(move |index| self.is_within(*index, ancestor));
        std::iter::once(ancestor).chain(below)
    }

    /// The sections that are nested in none of some, which are sorted, and are none of them.
    pub fn outside(&self, of: &[usize]) -> impl Iterator<Item = usize> {
        let is_outside =
            |index: &usize| self.around(*index).all(|at| of.binary_search(&at).is_err());
        (0..self.sections.len()).filter(is_outside)
    }
}

impl Section {
    /// The paragraphs and items in it.
    pub fn text_blocks(&self) -> impl Iterator<Item = &Text> {
        self.blocks.iter().filter_map(|block| match block {
            Block::Text(text) => Some(text),
            _ => None,
        })
    }

    /// The tables in it.
    pub fn tables(&self) -> impl Iterator<Item = &Table> {
        self.blocks.iter().filter_map(|block| match block {
            Block::Table(table) => Some(table),
            _ => None,
        })
    }
}
