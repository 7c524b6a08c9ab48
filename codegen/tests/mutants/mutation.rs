//! What is done to a page: each kind of mutation as a function from text to text.

use crate::case::{Part, Step};
use crate::texts;

/// A kind of mutation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    /// The page ends early.
    CutEnd,
    /// It begins late.
    CutStart,
    /// A part is missing.
    CutMiddle,
    /// A part is there several times.
    Repeat,
    /// It goes on as another page.
    Splice,
    /// A table is that of another page.
    SwapTable,
    /// Another page's table stands below a line.
    AddTable,
    DeleteLine,
    DuplicateLine,
    TransposeLines,
    DeleteCell,
    DuplicateCell,
    TransposeCells,
    /// All rows of a table get cells.
    WidenTable,
    /// A cell is large.
    HugeCell,
    /// Bytes that need be no text.
    Bytes,
    /// Characters that are not seen, or turn others around.
    Invisible,
    /// What opens something, and is never closed.
    Open,
    /// Marks of markdown, JSON and HTML.
    Marks,
    /// Something in itself, many times.
    Nest,
    /// Line ends of other systems.
    LineEnds,
    /// Lines become one.
    JoinLines,
    /// A line is very long.
    LongLine,
    /// Lines are moved to the right, as code or in a quote.
    Indent,
    /// A heading is that of another section.
    Heading,
    /// Letters are those of the other case.
    Letters,
}

/// All of them.
pub(crate) const KINDS: &[Kind] = &[
    Kind::CutEnd,
    Kind::CutStart,
    Kind::CutMiddle,
    Kind::Repeat,
    Kind::Splice,
    Kind::SwapTable,
    Kind::AddTable,
    Kind::DeleteLine,
    Kind::DuplicateLine,
    Kind::TransposeLines,
    Kind::DeleteCell,
    Kind::DuplicateCell,
    Kind::TransposeCells,
    Kind::WidenTable,
    Kind::HugeCell,
    Kind::Bytes,
    Kind::Invisible,
    Kind::Open,
    Kind::Marks,
    Kind::Nest,
    Kind::LineEnds,
    Kind::JoinLines,
    Kind::LongLine,
    Kind::Indent,
    Kind::Heading,
    Kind::Letters,
];

/// The most bytes that a repetition makes of a page, so that a mutant takes a moment at most.
const MOST: usize = 64 * 1024;

impl Step {
    /// The page after this mutation; `donor` is another one.
    pub(crate) fn applied(&self, page: &[u8], donor: &[u8]) -> Vec<u8> {
        if self.kind == Kind::Bytes {
            let at = part(page.len(), self.at);
            return [
                &page[..at],
                texts::BYTES[self.which % texts::BYTES.len()],
                &page[at..],
            ]
            .concat();
        }
        let page = &*String::from_utf8_lossy(page);
        let donor = &*String::from_utf8_lossy(donor);
        self.text(page, donor).into_bytes()
    }

    fn text(&self, page: &str, donor: &str) -> String {
        let (start, end) = self.range(page);
        match self.kind {
            Kind::CutEnd => page[..start].to_owned(),
            Kind::CutStart => page[start..].to_owned(),
            Kind::CutMiddle => [&page[..start], &page[end..]].concat(),
            Kind::Repeat => {
                let times = self.times.min(MOST / (end - start).max(1));
                let middle = page[start..end].repeat(times.max(1));
                [&page[..start], &middle, &page[end..]].concat()
            }
            Kind::Splice => {
                let from = boundary(donor, part(donor.len(), self.to));
                [&page[..start], &donor[from..]].concat()
            }
            Kind::SwapTable => self.with_table(page, donor),
            Kind::AddTable | Kind::DeleteLine | Kind::DuplicateLine | Kind::TransposeLines => {
                self.lines(page, donor)
            }
            Kind::DeleteCell | Kind::DuplicateCell | Kind::TransposeCells | Kind::HugeCell => {
                self.in_row(page)
            }
            Kind::WidenTable => self.widened(page),
            Kind::Invisible => self.inserted(page, texts::INVISIBLE, 1),
            Kind::Open => self.inserted(page, texts::OPENING, 1),
            Kind::Marks => self.inserted(page, texts::MARKS, self.times),
            Kind::Nest => self.inserted(page, texts::NESTING, self.times * 8),
            Kind::LongLine => self.inserted(page, texts::LONG, self.times * 100),
            Kind::Heading => self.inserted(page, texts::HEADINGS, 1),
            Kind::LineEnds => {
                let end = texts::LINE_ENDS[self.which % texts::LINE_ENDS.len()];
                let changed = page[start..].replace('\n', end);
                [&page[..start], &changed].concat()
            }
            Kind::JoinLines => [
                &page[..start],
                &page[start..end].replace('\n', " "),
                &page[end..],
            ]
            .concat(),
            Kind::Indent => {
                let marks = texts::INDENTS[self.which % texts::INDENTS.len()];
                let lines = page[start..end].replace('\n', &format!("\n{marks}"));
                [&page[..start], &lines, &page[end..]].concat()
            }
            Kind::Letters => {
                let middle = &page[start..end];
                let changed = match self.which % 2 {
                    0 => middle.to_uppercase(),
                    _ => middle.to_lowercase(),
                };
                [&page[..start], &changed, &page[end..]].concat()
            }
            // Done before, since the result need be no text.
            Kind::Bytes => page.to_owned(),
        }
    }

    /// The part of a text that the mutation is about.
    fn range(&self, text: &str) -> (usize, usize) {
        let [a, b] = [self.at, self.to].map(|at| boundary(text, part(text.len(), at)));
        (a.min(b), a.max(b))
    }

    fn inserted(&self, page: &str, texts: &[&str], times: usize) -> String {
        let (at, _) = self.range(page);
        let text = texts[self.which % texts.len()].repeat(times);
        [&page[..at], &text, &page[at..]].concat()
    }

    fn lines(&self, page: &str, donor: &str) -> String {
        let mut lines: Vec<&str> = page.split_inclusive('\n').collect();
        if lines.is_empty() {
            return donor.to_owned();
        }
        let at = part(lines.len() - 1, self.at);
        let to = part(lines.len() - 1, self.to);
        let table;
        match self.kind {
            Kind::DeleteLine => drop(lines.remove(at)),
            Kind::DuplicateLine => {
                let line = lines[at];
                lines.splice(at..at, std::iter::repeat_n(line, self.times));
            }
            Kind::TransposeLines => lines.swap(at, to),
            _ => {
                table = format!(
                    "\n{}\n",
                    tables(donor)
                        .get(self.times % 3)
                        .copied()
                        .unwrap_or_default()
                );
                lines.insert(at, &table);
            }
        }
        lines.concat()
    }

    /// One table taken out for one of another page.
    fn with_table(&self, page: &str, donor: &str) -> String {
        let (ours, theirs) = (tables(page), tables(donor));
        let (false, false) = (ours.is_empty(), theirs.is_empty()) else {
            return page.to_owned();
        };
        let ours = ours[part(ours.len() - 1, self.at)];
        page.replacen(ours, theirs[part(theirs.len() - 1, self.to)], 1)
    }

    /// A change within one row.
    fn in_row(&self, page: &str) -> String {
        let mut lines: Vec<String> = page.split_inclusive('\n').map(str::to_owned).collect();
        let rows: Vec<usize> = (0..lines.len()).filter(|at| is_row(&lines[*at])).collect();
        let Some(line) = rows.get(part(rows.len().saturating_sub(1), self.at)) else {
            return page.to_owned();
        };
        let mut cells: Vec<&str> = lines[*line].split('|').collect();
        let at = part(cells.len() - 1, self.to);
        let huge;
        match self.kind {
            Kind::DeleteCell => drop(cells.remove(at)),
            Kind::DuplicateCell => cells.insert(at, cells[at]),
            Kind::HugeCell => {
                let text = texts::LONG[self.which % texts::LONG.len()];
                huge = text.repeat(self.times * 100);
                cells[at] = &huge;
            }
            _ => {
                let other = self.which % cells.len();
                cells.swap(at, other);
            }
        }
        lines[*line] = cells.join("|");
        lines.concat()
    }

    fn widened(&self, page: &str) -> String {
        let cells = texts::CELLS[self.which % texts::CELLS.len()].repeat(self.times);
        let lines = page.split_inclusive('\n').map(|line| match is_row(line) {
            true => format!("{}{cells}\n", line.trim_end()),
            false => line.to_owned(),
        });
        lines.collect()
    }
}

/// A part of a length.
fn part(length: usize, at: Part) -> usize {
    length * usize::from(at) / usize::from(Part::MAX)
}

/// The nearest place before that does not cut a character.
fn boundary(text: &str, at: usize) -> usize {
    (0..=at)
        .rev()
        .find(|at| text.is_char_boundary(*at))
        .unwrap_or_default()
}

fn is_row(line: &str) -> bool {
    line.trim_start().starts_with('|')
}

/// The tables of a page: rows that follow each other.
fn tables(page: &str) -> Vec<&str> {
    let mut tables = Vec::new();
    let mut start = None;
    let mut at = 0;
    for line in page.split_inclusive('\n').chain([""]) {
        match (is_row(line), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                tables.push(&page[from..at]);
                start = None;
            }
            _ => {}
        }
        at += line.len();
    }
    tables
}
