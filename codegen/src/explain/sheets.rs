//! The pages concerned, parsed again: their sections with roles, the repairs, and where a text stands on them.

use std::collections::BTreeMap;

use crate::corpus::Corpus;
use crate::diagnostics::{Diagnostic, Diagnostics, PageId, Span};
use crate::document::{Block, Document};
use crate::extract::{Outline, outline};
use crate::parse;
use crate::profile::{Profile, Section};

/// The pages concerned.
#[derive(Debug, Default)]
pub(super) struct Sheets {
    sheets: BTreeMap<PageId, Sheet>,
}

/// A parsed page.
#[derive(Debug)]
pub(super) struct Sheet {
    /// The sections.
    pub(super) document: Document,
    /// What each section holds.
    pub(super) outline: Vec<Outline>,
    /// What was repaired.
    pub(super) repairs: Vec<Diagnostic>,
}

impl Sheets {
    /// Parses `pages`.
    pub(super) fn parse(corpus: &Corpus, profile: &Profile, pages: &[PageId]) -> Self {
        let mut sheets = BTreeMap::new();
        for id in pages {
            let mut diagnostics = Diagnostics::default();
            let document = parse::page(corpus, *id, profile, &mut diagnostics);
            let sheet = Sheet {
                outline: outline(&document, profile),
                document,
                repairs: diagnostics.iter().cloned().collect(),
            };
            sheets.insert(*id, sheet);
        }
        Self { sheets }
    }

    /// A page.
    pub(super) fn get(&self, page: PageId) -> Option<&Sheet> {
        self.sheets.get(&page)
    }
}

impl Sheet {
    /// Where a text stands in the sections of a role, `task`'s own before others; without a role, on the whole page.
    /// Failing that, the heading of the first of these sections.
    pub(super) fn find(
        &self,
        corpus: &Corpus,
        role: Option<Section>,
        task: Option<usize>,
        text: &str,
    ) -> Option<Span> {
        let sections = &self.document.sections;
        let of_role = |index: &usize| {
            role.is_none_or(|role| {
                self.outline[*index].role == Some(role)
                    && (role == Section::Examples || !self.outline[*index].example)
            })
        };
        let mut wanted: Vec<usize> = (0..sections.len()).filter(of_role).collect();
        if let Some(task) = task {
            wanted.sort_by_key(|index| !self.document.is_within(*index, task));
        }
        if !text.is_empty() {
            // A comment tells of a representation; the keys stand in the JSON below it.
            let last = |block: &Block| {
                role == Some(Section::Representation) && matches!(block, Block::Comment(_))
            };
            for late in [false, true] {
                let blocks = wanted.iter().flat_map(|index| &sections[*index].blocks);
                let mut blocks = blocks.filter(|block| last(block) == late);
                if let Some(span) = blocks.find_map(|block| in_block(block, text)) {
                    return Some(exact(corpus, span, text));
                }
            }
        }
        wanted.first().map(|index| sections[*index].span)
    }

    /// Where the content of a section ends that stands on the page itself: where the next one begins.
    pub(super) fn extent(&self, corpus: &Corpus, index: usize) -> Span {
        let span = self.document.sections[index].span;
        let next = self.document.sections[index + 1..]
            .iter()
            .find(|next| next.span.page == span.page);
        let end = next.map_or_else(
            || corpus.page(span.page).text.len(),
            |next| next.span.start as usize,
        );
        Span::new(span.page, span.start as usize..end)
    }
}

/// The part of a block that says a text.
fn in_block(block: &Block, text: &str) -> Option<Span> {
    match block {
        Block::Text(found) => found.prose.text().contains(text).then_some(found.span),
        Block::Table(table) => table
            .rows
            .iter()
            .flat_map(|row| &row.cells)
            .chain(&table.header)
            .find(|cell| cell.prose.text().contains(text))
            .map(|cell| cell.span),
        Block::Fence(fence) => fence.text.contains(text).then_some(fence.span),
        Block::Comment(comment) => comment.text.contains(text).then_some(comment.span),
        Block::Include(_) => None,
    }
}

/// The place of a text in a span; the whole span where it is written in another way.
fn exact(corpus: &Corpus, span: Span, text: &str) -> Span {
    let source = corpus.page(span.page).text.get(span.range());
    match source.and_then(|source| source.find(text)) {
        Some(at) => {
            let start = span.start as usize + at;
            Span::new(span.page, start..start + text.len())
        }
        None => span,
    }
}
