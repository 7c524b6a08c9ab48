//! Collects markdown events into the sections of a [`Document`].

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

use super::inline::Inline;
use super::repair::Repaired;
use super::{Including, parse_page};
use crate::corpus::{Corpus, IncludeTarget};
use crate::diagnostics::{Diagnostic, Diagnostics, PageId, Rule, Span};
use crate::document::{Block, Cell, Document, Fence, Row, Section, Table, Text};
use crate::profile::Profile;
use crate::prose::Prose;

/// How many levels headings have (CommonMark 0.31, section 4.2).
const LEVELS: usize = 6;

/// What a document is built from and what has been built.
pub(super) struct Builder<'a> {
    corpus: &'a Corpus,
    page: PageId,
    pub(super) repaired: &'a Repaired,
    profile: &'a Profile,
    pub(super) diagnostics: &'a mut Diagnostics,
    including: &'a mut Including,
    sections: Vec<Section>,
    /// By level the last section of that level: what the next one may be nested in.
    last: [Option<usize>; LEVELS],
    /// The open language tab, where one is open.
    tab: Option<String>,
    inline: Inline,
    /// Where the open paragraph, heading or item begins.
    start: usize,
    quotes: usize,
    items: usize,
    table: Option<Table>,
    cells: Vec<Cell>,
    fence: Option<(Fence, Option<Range<usize>>)>,
}

impl<'a> Builder<'a> {
    pub(super) fn new(
        corpus: &'a Corpus,
        page: PageId,
        repaired: &'a Repaired,
        profile: &'a Profile,
        diagnostics: &'a mut Diagnostics,
        including: &'a mut Including,
    ) -> Self {
        let lead = Section {
            level: 1,
            heading: String::new(),
            span: Span::new(page, repaired.original_range(0..0)),
            parent: None,
            blocks: Vec::new(),
        };
        Self {
            corpus,
            page,
            repaired,
            profile,
            diagnostics,
            including,
            sections: vec![lead],
            last: [Some(0), None, None, None, None, None],
            tab: None,
            inline: Inline::default(),
            start: 0,
            quotes: 0,
            items: 0,
            table: None,
            cells: Vec::new(),
            fence: None,
        }
    }

    /// Reads all events.
    pub(super) fn build(mut self) -> Document {
        let repaired = self.repaired;
        for (event, range) in
            Parser::new_ext(&repaired.text, Options::ENABLE_TABLES).into_offset_iter()
        {
            self.event(&event, range);
        }
        let page = self.corpus.page(self.page);
        Document {
            page: self.page,
            path: page.path.clone(),
            folder: page.folder,
            sections: self.sections,
        }
    }

    fn event(&mut self, event: &Event<'_>, range: Range<usize>) {
        if let Some((fence, place)) = &mut self.fence
            && let Event::Text(line) = event
        {
            // What is no copy of the page, such as the blanks of a tab that the fence takes a part of, has one place.
            let copied = (line.len() == range.len()).then(|| range.clone());
            let runs = self
                .repaired
                .runs(copied.unwrap_or(range.start..range.start));
            let at = fence.text.len();
            fence
                .runs
                .extend(runs.map(|(start, original)| (at + start, original)));
            fence.text.push_str(line);
            let end = range.end;
            place.get_or_insert(range).end = end;
            return;
        }
        match event {
            Event::Start(Tag::Paragraph | Tag::Heading { .. }) => {
                self.flush(range.start);
                self.start = range.start;
            }
            Event::Start(Tag::Item) => {
                self.flush(range.start);
                self.start = range.start;
                self.items += 1;
            }
            Event::End(TagEnd::Item) => {
                self.flush(range.end);
                self.items = self.items.saturating_sub(1);
            }
            Event::End(TagEnd::Paragraph) => self.flush(range.end),
            Event::End(TagEnd::Heading(level)) => self.heading(*level as u8, range),
            Event::Start(Tag::BlockQuote(_)) => self.quotes += 1,
            Event::End(TagEnd::BlockQuote(_)) => self.quotes = self.quotes.saturating_sub(1),
            Event::Start(Tag::List(_)) => self.flush(range.start),
            Event::Start(Tag::CodeBlock(kind)) => {
                self.flush(range.start);
                let info = match kind {
                    CodeBlockKind::Fenced(info) => info.trim().to_owned(),
                    CodeBlockKind::Indented => String::new(),
                };
                self.fence = Some((Fence::new(info, self.span(range)), None));
            }
            Event::End(TagEnd::CodeBlock) => self.end_fence(range),
            Event::Start(Tag::HtmlBlock) => self.html_block(range),
            Event::Rule => {
                self.flush(range.start);
                self.tab = None;
            }
            Event::Start(Tag::Table(_)) => {
                self.flush(range.start);
                self.table = Some(Table {
                    header: Vec::new(),
                    rows: Vec::new(),
                    span: self.span(range),
                });
            }
            Event::End(TagEnd::TableCell) => {
                let (prose, comments) = self.inline.finish();
                self.comments(comments, range.clone());
                let span = self.span(range);
                self.cells.push(Cell { prose, span });
            }
            Event::End(TagEnd::TableHead) => {
                if let Some(table) = &mut self.table {
                    table.header = std::mem::take(&mut self.cells);
                }
            }
            Event::End(TagEnd::TableRow) => {
                let span = self.span(range);
                let cells = std::mem::take(&mut self.cells);
                if let Some(table) = &mut self.table {
                    table.rows.push(Row { cells, span });
                }
            }
            Event::End(TagEnd::Table) => {
                if let Some(table) = self.table.take() {
                    self.push(Block::Table(table));
                }
            }
            event => {
                if self.inline.is_empty() && self.table.is_none() && self.items > 0 {
                    self.start = self.start.max(range.start);
                }
                self.inline.take(event);
            }
        }
    }

    /// The span of a range of the repaired text.
    pub(super) fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.page, self.repaired.original_range(range))
    }

    /// Whether the open language tab holds samples in a language, and not requests as they go over the wire.
    fn in_other_tab(&self) -> bool {
        let wire = &self.profile.tabs.wire;
        self.tab.as_ref().is_some_and(|tab| !wire.contains(tab))
    }

    /// Adds a block to the open section, unless it stands in the tab of another language.
    pub(super) fn push(&mut self, block: Block) {
        if !self.in_other_tab()
            && let Some(section) = self.sections.last_mut()
        {
            section.blocks.push(block);
        }
    }

    /// Ends the open paragraph or item.
    pub(super) fn flush(&mut self, end: usize) {
        if self.inline.is_empty() || self.table.is_some() {
            return;
        }
        let (prose, comments) = self.inline.finish();
        let range = self.start..end.max(self.start);
        self.comments(comments, range.clone());
        if prose.is_empty() {
            return;
        }
        let span = self.span(range);
        if self.include(&prose, span) {
            return;
        }
        self.push_text(prose, span);
    }

    /// Adds a paragraph.
    pub(super) fn push_text(&mut self, prose: Prose, span: Span) {
        let (quoted, item) = (self.quotes > 0, self.items > 0);
        self.push(Block::Text(Text {
            prose,
            span,
            quoted,
            item,
        }));
    }

    /// Puts the blocks of included files in place of a paragraph that is an include; false if it is none.
    fn include(&mut self, prose: &Prose, span: Span) -> bool {
        let text = prose.text();
        if !text
            .get(..9)
            .is_some_and(|start| start.eq_ignore_ascii_case("[!include"))
        {
            return false;
        }
        if self.in_other_tab() {
            return true;
        }
        let corpus = self.corpus;
        let includes = &corpus.page(self.page).includes;
        // They are in the order of the text.
        let first = includes.partition_point(|include| include.span.start < span.start);
        for include in includes[first..]
            .iter()
            .take_while(|include| include.span.end <= span.end)
        {
            let refused = match include.target {
                IncludeTarget::Page(target) => {
                    let size = corpus.page(target).text.len();
                    match self.including.enter(target, size) {
                        Ok(()) => {
                            let included = parse_page(
                                corpus,
                                target,
                                self.profile,
                                self.diagnostics,
                                self.including,
                            );
                            self.splice(included);
                            continue;
                        }
                        Err(reason) => Some(format!(
                            "the include `{}` {reason} and was not followed",
                            include.path
                        )),
                    }
                }
                IncludeTarget::Missing => Some(format!(
                    "the included file `{}` does not exist; what it says is missing here",
                    include.path
                )),
                // `read` has said so.
                IncludeTarget::OutsideRoot => None,
            };
            if let Some(message) = refused {
                self.diagnostics
                    .push(Diagnostic::at(Rule::MissingInclude, include.span, message));
            }
            self.push(Block::Include(include.span));
        }
        true
    }

    /// Adds the content of an included document: text of its lead to the open section, its sections after it.
    fn splice(&mut self, included: Document) {
        let offset = self.sections.len();
        for (index, mut section) in included.sections.into_iter().enumerate() {
            if index == 0 {
                for block in section.blocks {
                    self.push(block);
                }
                continue;
            }
            section.parent = section
                .parent
                .filter(|parent| *parent > 0)
                .map(|parent| parent + offset - 1);
            self.push_section(section);
        }
    }

    /// Ends a heading: a section, or a language tab.
    fn heading(&mut self, level: u8, range: Range<usize>) {
        let (prose, comments) = self.inline.finish();
        self.comments(comments, range.clone());
        let opens = self.profile.tabs.link.as_str();
        if !opens.is_empty()
            && let Some(tab) = prose
                .links()
                .find_map(|(_, target)| target.strip_prefix(opens))
        {
            self.tab = Some(tab.split('/').next().unwrap_or(tab).to_lowercase());
            return;
        }
        let span = self.span(range.clone());
        // A line directly above `---` is a heading to markdown; on these pages it ends a group of tabs.
        if self.include(&prose, span) {
            self.tab = None;
            return;
        }
        self.tab = None;
        let heading = prose.text();
        // So is a sentence above such a line, and no heading.
        let underlined = !self.repaired.text[range].trim_start().starts_with('#');
        if underlined && level == 2 && self.profile.plain_section(&heading).is_none() {
            self.push_text(prose, span);
            return;
        }
        let lead = self.sections.len() == 1 && self.sections[0].heading.is_empty();
        if lead && level == 1 {
            self.sections[0].heading = heading;
            self.sections[0].span = span;
            return;
        }
        // The nearest section before it of a lower level.
        let above = self.last.iter().take(usize::from(level).saturating_sub(1));
        let parent = above.flatten().max().copied();
        self.push_section(Section {
            level,
            heading,
            span,
            parent,
            blocks: Vec::new(),
        });
    }

    /// Begins a section.
    fn push_section(&mut self, section: Section) {
        let level = usize::from(section.level).clamp(1, LEVELS);
        self.last[level - 1] = Some(self.sections.len());
        self.sections.push(section);
    }

    fn end_fence(&mut self, range: Range<usize>) {
        if let Some((mut fence, place)) = self.fence.take() {
            fence.span = self.span(place.unwrap_or(range));
            self.push(Block::Fence(fence));
        }
    }
}
