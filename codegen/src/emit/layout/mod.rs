//! Turns tokens into lines of code, for readers.
//!
//! It knows the Rust that this stage emits and no other, so that neither a parser of all of Rust nor a syntax tree stands
//! between the tokens and the text: those took most of the time of a run. The lines are those of prettyplease, which a test
//! holds them to.

mod attributes;
mod boxes;
mod chains;
mod expressions;
mod items;
mod types;

use super::code::{Code, Kind, Part};
use boxes::{Boxes, Breaks, INDENT, Place};

/// The text of one or several items, each line with its end.
///
/// Items of a form that is not known here are one line.
pub(super) fn layout(code: Code) -> String {
    let (bytes, tokens) = code.room();
    let mut layout = Layout {
        tokens: code,
        at: 0,
        boxes: Boxes::with_room(bytes, tokens),
    };
    match layout.items() {
        Some(()) => layout.boxes.lines(),
        None => layout.tokens.line() + "\n",
    }
}

/// The tokens, how far they are read, and what was made of them.
///
/// Each function reads what it is named after, and returns `None` where something else stands there.
struct Layout {
    tokens: Code,
    at: usize,
    boxes: Boxes,
}

impl Layout {
    /// Whether the next token reads `text`; no literal ever reads like a word or sign.
    fn is(&self, text: &str) -> bool {
        self.tokens.reads(self.at, text)
    }

    /// Whether the token after the next reads `text`.
    fn then_is(&self, text: &str) -> bool {
        self.tokens.reads(self.at + 1, text)
    }

    /// Whether the next token closes the group that is read, or there is none.
    fn is_end(&self) -> bool {
        matches!(self.kind(), None | Some(Kind::Close))
    }

    fn kind(&self) -> Option<Kind> {
        self.tokens.kind(self.at)
    }

    /// Reads past the next token, which is not written, if it reads `text`.
    fn skip(&mut self, text: &str) -> bool {
        let is = self.is(text);
        self.at += usize::from(is);
        is
    }

    /// Reads past a token that has to read `text`.
    fn take(&mut self, text: &str) -> Option<()> {
        self.skip(text).then_some(())
    }

    /// Reads and writes the next token.
    fn token(&mut self) -> Option<()> {
        self.kind()?;
        self.boxes.text(self.tokens.text(self.at));
        self.at += 1;
        Some(())
    }

    /// Reads and writes the next token, which has to be of this kind.
    fn token_of(&mut self, kind: Kind) -> Option<()> {
        (self.kind() == Some(kind)).then(|| self.token())?
    }

    /// Reads and writes the next token, with a blank after it, if it reads `text`.
    fn keyword(&mut self, text: &str) -> bool {
        let is = self.skip(text);
        if is {
            self.boxes.text(text);
            self.boxes.text(" ");
        }
        is
    }

    /// A list between what was read and `close`: each element on its own line where they have no room in one.
    fn list(
        &mut self,
        close: &str,
        indent: i64,
        mut element: impl FnMut(&mut Self) -> Option<()>,
    ) -> Option<()> {
        if !self.is(close) {
            self.boxes.open(indent, Breaks::Every);
            self.boxes.place(Place::NOTHING);
            while !self.is(close) {
                element(self)?;
                self.comma(close)?;
            }
            self.boxes.outwards();
            self.boxes.close();
        }
        self.take(close)?;
        self.boxes.text(close);
        Some(())
    }

    /// What separates two elements, or ends the last.
    fn comma(&mut self, close: &str) -> Option<()> {
        if self.skip(",") && !self.is(close) {
            self.boxes.text(",");
            self.boxes.place(Place::BLANK);
        } else if self.is(close) {
            self.boxes.place(Place::LAST);
        } else {
            return None;
        }
        Some(())
    }

    /// What stands in braces, a line or more for each element.
    fn body(&mut self, mut element: impl FnMut(&mut Self) -> Option<()>) -> Option<()> {
        self.take("{")?;
        self.boxes.text("{");
        if !self.is("}") {
            self.boxes.place(Place::LINE);
        }
        while !self.is("}") {
            element(self)?;
        }
        self.boxes.outwards();
        self.take("}")
    }

    fn step(&mut self, breaks: Breaks) {
        self.boxes.open(INDENT, breaks);
    }
}
