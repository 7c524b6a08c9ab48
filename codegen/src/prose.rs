//! Text with the markup that carries meaning on these pages: code, links, emphasis; whose text it is; and how text is
//! kept in one line and in a code span.

use std::borrow::Cow;

use serde::de::{Error, Unexpected};
use serde::{Deserialize, Deserializer, Serialize};

/// A run of text, such as a table cell or a paragraph.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Prose {
    /// The pieces in order.
    pub pieces: Vec<Piece>,
}

/// A part of a [`Prose`] with one kind of markup.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Piece {
    /// The markup.
    pub kind: PieceKind,
    /// The text, entities decoded, no-break spaces folded to blanks. For a break it is `\n`.
    pub text: String,
}

/// The markup of a [`Piece`]. Of nested markup the one that means most counts: a link, then code, then emphasis.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum PieceKind {
    /// Plain text.
    Text,
    /// A code span.
    Code,
    /// `**strong**`.
    Strong,
    /// `*emphasis*`.
    Emphasis,
    /// A link, inline or by reference.
    Link {
        /// Where it leads, as written.
        target: String,
    },
    /// A line break: `<br>`, the start of a list item in HTML, or the end of a paragraph.
    Break,
}

impl Prose {
    /// Plain text of one piece.
    #[must_use]
    pub fn plain(text: impl Into<String>) -> Self {
        Self {
            pieces: vec![Piece {
                kind: PieceKind::Text,
                text: text.into(),
            }],
        }
    }

    /// The text without its markup, without blanks around it.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text =
            String::with_capacity(self.pieces.iter().map(|piece| piece.text.len()).sum());
        for piece in &self.pieces {
            let piece = piece.text.as_str();
            text.push_str(if text.is_empty() {
                piece.trim_start()
            } else {
                piece
            });
        }
        text.truncate(text.trim_end().len());
        text
    }

    /// Whether there is no text.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.pieces.iter().all(|piece| piece.text.trim().is_empty())
    }

    /// The links: text and target.
    pub fn links(&self) -> impl Iterator<Item = (&str, &str)> {
        self.pieces.iter().filter_map(|piece| match &piece.kind {
            PieceKind::Link { target } => Some((piece.text.as_str(), target.as_str())),
            _ => None,
        })
    }

    /// Appends a piece, joining it to the last one where both are plain text.
    pub fn push(&mut self, kind: PieceKind, text: &str) {
        if text.is_empty() {
            return;
        }
        if let Some(last) = self.pieces.last_mut()
            && last.kind == kind
            && !matches!(kind, PieceKind::Link { .. })
        {
            last.text.push_str(text);
            return;
        }
        self.pieces.push(Piece {
            kind,
            text: text.to_owned(),
        });
    }
}

/// Whom the licence of a documentation wants to be named where its text is passed on.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Attribution {
    /// Who wrote the pages.
    #[serde(deserialize_with = "text")]
    pub author: String,
    /// What the licence is called.
    #[serde(deserialize_with = "text")]
    pub licence: String,
    /// The licence as SPDX lists it, for `Cargo.toml`.
    #[serde(deserialize_with = "text")]
    pub spdx: String,
    /// Where the licence can be read.
    #[serde(deserialize_with = "text")]
    pub licence_url: String,
    /// Where the pages are.
    #[serde(deserialize_with = "text")]
    pub source: String,
}

/// Reads a text that says something: a notice without a name is none.
fn text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    let text = String::deserialize(deserializer)?;
    if text.trim().is_empty() {
        return Err(D::Error::invalid_value(
            Unexpected::Str(&text),
            &"a text that is not empty",
        ));
    }
    Ok(text)
}

/// `text` as a code span in markdown: a longer run of backticks goes around it than there is in it (CommonMark 0.31,
/// section 6.1). A code span cannot be empty; a text that says nothing is called so.
#[must_use]
pub fn code_span(text: &str) -> String {
    let text = one_line(text);
    let text = spaced(&text);
    if text.is_empty() {
        return "the empty text".to_owned();
    }
    if !text.contains('`') {
        return format!("`{text}`");
    }
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    format!("{fence} {text} {fence}")
}

/// The most characters of a line that [`short_lines`] leaves.
const LONGEST_LINE: usize = 200;

/// A message of several lines, each cut where nobody would read on: readers of TOML quote the line that is wrong, which may
/// be a whole file.
#[must_use]
pub fn short_lines(text: &str) -> String {
    let short = text
        .trim_end()
        .lines()
        .map(|line| match line.char_indices().nth(LONGEST_LINE) {
            Some((end, _)) => format!("{}…", &line[..end]),
            None => line.to_owned(),
        });
    short.collect::<Vec<_>>().join("\n")
}

/// `text` without what could end a line, or change the order in which a line is read: line ends and control characters
/// become blanks, what [is hidden](is_hidden) is left out.
#[must_use]
pub fn one_line(text: &str) -> Cow<'_, str> {
    // Nearly all text is of this kind, and there is much of it.
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return Cow::Borrowed(text);
    }
    text.chars()
        .filter(|c| !is_hidden(*c))
        .map(|c| match c {
            '\u{2028}' | '\u{2029}' => ' ',
            c if c.is_control() => ' ',
            c => c,
        })
        .collect()
}

/// `text` with one blank between two words, and none around them.
#[must_use]
pub fn spaced(text: &str) -> Cow<'_, str> {
    // What is so already: its blanks are blanks of ASCII, each with something else on both sides.
    let mut blank = true;
    let is_spaced = text.bytes().all(|byte| {
        let is_blank = byte == b' ';
        let fits = matches!(byte, b' '..=b'~') && !(blank && is_blank);
        blank = is_blank;
        fits
    });
    if text.is_empty() || is_spaced && !blank {
        return Cow::Borrowed(text);
    }
    let mut words = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !words.is_empty() {
            words.push(' ');
        }
        words.push_str(word);
    }
    Cow::Owned(words)
}

/// Whether a character is not seen and changes how a reviewer sees what is around it (Unicode Technical Standard 55): those
/// of rustc's lint `text_direction_codepoint_in_comment`, and the mark of a file's start.
#[must_use]
pub fn is_hidden(character: char) -> bool {
    matches!(character, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}

#[cfg(test)]
mod tests {
    use super::{code_span, one_line, spaced};

    #[test]
    fn words_have_one_blank_between_them() {
        for text in [
            "",
            "a",
            "a b",
            " a",
            "a ",
            "a  b",
            "\ta\u{a0}b\n",
            "ä b",
            "  ",
        ] {
            let words: Vec<&str> = text.split_whitespace().collect();
            assert_eq!(spaced(text), words.join(" "), "{text:?}");
        }
    }

    #[test]
    fn a_code_span_is_not_left() {
        for (text, expected) in [
            ("a", "`a`"),
            ("a`b\n", "`` a`b ``"),
            ("``", "``` `` ```"),
            ("\u{0}\u{202E}", "the empty text"),
        ] {
            assert_eq!(code_span(text), expected);
        }
    }

    #[test]
    fn a_line_stays_a_line() {
        assert_eq!(one_line("a\r\nb\u{2028}\u{202E}c\u{85}"), "a  b c ");
    }
}
