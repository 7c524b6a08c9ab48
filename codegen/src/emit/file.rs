//! Turns tokens into the text of a file: each part is laid out, and set apart by a blank line.

use super::code::Code;
use super::layout::layout;
use crate::prose::one_line;
use crate::tree::GENERATED_HEADER;

/// The most lines that a file has: one that would be longer is written as several (a file of this length is still one that
/// a reviewer's tools open and show).
const MOST_LINES: usize = 3_000;

/// Whether a file is to be written as several.
pub(super) fn is_long(text: &str) -> bool {
    text.bytes().filter(|byte| *byte == b'\n').count() > MOST_LINES
}

/// What a file has between two blank lines.
pub(super) enum Part {
    /// Items.
    Items(Code),
    /// Lines that are the same in all files.
    Lines(&'static str),
}

impl From<Code> for Part {
    fn from(items: Code) -> Self {
        Self::Items(items)
    }
}

/// A Rust file below a header that names `source`.
pub(super) fn rust(source: &str, parts: impl IntoIterator<Item = impl Into<Part>>) -> String {
    let mut text = header("//", source);
    for part in parts {
        match part.into() {
            Part::Items(items) if items.is_empty() => {}
            Part::Items(items) => {
                text.push('\n');
                text.push_str(&layout(items));
            }
            Part::Lines(lines) => {
                text.push('\n');
                text.push_str(lines);
            }
        }
    }
    text
}

/// The first line of a file, whose comments begin with `comment`.
pub(super) fn header(comment: &str, source: &str) -> String {
    let source = one_line(source);
    if source.is_empty() {
        format!("{comment} {GENERATED_HEADER}: do not edit.\n")
    } else {
        format!("{comment} {GENERATED_HEADER} from {source}: do not edit.\n")
    }
}

/// The first key of a file of JSON, which has no comments: it says what the header of others says.
pub(super) fn json_header() -> String {
    format!("{GENERATED_HEADER}: do not edit.")
}
