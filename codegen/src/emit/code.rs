//! Code as a row of tokens, which nothing but templates of this stage, checked identifiers and literals get into.
//!
//! It is written down once: a [template](super::template) is read when it is first used, and what is put into it is copied.
//! To make trees of tokens, each with its own memory, took a third of a run.

use std::ops::Range;

use crate::plan::ident::RustIdent;

/// The tokens of a part of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Code {
    /// Their text.
    text: String,
    /// What each of them is, and where its text ends.
    tokens: Vec<(Kind, u32)>,
}

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// An identifier or keyword.
    Word,
    /// A literal.
    Literal,
    /// A name that begins with an apostrophe.
    Lifetime,
    /// One character of punctuation, or two that are one sign: `::`, `->`, `=>`.
    Sign,
    /// `(`, `[` or `{`.
    Open,
    /// `)`, `]` or `}`.
    Close,
    /// The text of a line of documentation of what follows.
    Doc,
    /// The text of a line of documentation of what it stands in.
    InnerDoc,
}

/// The tokens that follow, in which `#name` stands for the variable `name` where it is listed before: code, an identifier,
/// a literal.
macro_rules! code {
    ($($name:ident),+ => $($body:tt)*) => {{
        static TEMPLATE: std::sync::LazyLock<$crate::emit::template::Template> = std::sync::LazyLock::new(|| {
            $crate::emit::template::Template::read(stringify!($($body)*), &[$(stringify!($name)),+])
        });
        TEMPLATE.fill(&[$(&$name),+])
    }};
    ($($body:tt)*) => {{
        static TEMPLATE: std::sync::LazyLock<$crate::emit::template::Template> =
            std::sync::LazyLock::new(|| $crate::emit::template::Template::read(stringify!($($body)*), &[]));
        TEMPLATE.fill(&[])
    }};
}

pub(super) use code;

/// What can be put into a template.
pub(super) trait Part {
    /// Adds its tokens.
    fn add_to(&self, code: &mut Code);

    /// How many bytes of text and how many tokens that are, where it is known; so many have place without growing.
    fn room(&self) -> (usize, usize) {
        (0, 1)
    }
}

impl Part for Code {
    fn add_to(&self, code: &mut Code) {
        code.copy(self, 0..self.tokens.len());
    }

    fn room(&self) -> (usize, usize) {
        (self.text.len(), self.tokens.len())
    }
}

impl Part for Option<Code> {
    fn add_to(&self, code: &mut Code) {
        if let Some(part) = self {
            part.add_to(code);
        }
    }

    fn room(&self) -> (usize, usize) {
        self.as_ref().map_or((0, 0), Part::room)
    }
}

impl Part for RustIdent {
    fn add_to(&self, code: &mut Code) {
        code.push(Kind::Word, self.as_str());
    }

    fn room(&self) -> (usize, usize) {
        (self.as_str().len(), 1)
    }
}

impl<T: Part + ?Sized> Part for &T {
    fn add_to(&self, code: &mut Code) {
        (**self).add_to(code);
    }

    fn room(&self) -> (usize, usize) {
        (**self).room()
    }
}

/// A string literal.
impl Part for str {
    fn add_to(&self, code: &mut Code) {
        code.text.push('"');
        // What is shown as it is, but for what would end the literal or begin an escape.
        if self
            .bytes()
            .all(|byte| matches!(byte, b' '..=b'~') && byte != b'"' && byte != b'\\')
        {
            code.text.push_str(self);
        } else {
            for c in self.chars() {
                match c {
                    '\'' => code.text.push(c),
                    c => code.text.extend(c.escape_debug()),
                }
            }
        }
        code.text.push('"');
        code.end(Kind::Literal);
    }

    fn room(&self) -> (usize, usize) {
        (self.len() + 2, 1)
    }
}

impl Part for String {
    fn add_to(&self, code: &mut Code) {
        self.as_str().add_to(code);
    }

    fn room(&self) -> (usize, usize) {
        self.as_str().room()
    }
}

impl Part for bool {
    fn add_to(&self, code: &mut Code) {
        code.push(Kind::Word, if *self { "true" } else { "false" });
    }
}

/// A literal without the name of a type.
impl Part for usize {
    fn add_to(&self, code: &mut Code) {
        code.push(Kind::Literal, &self.to_string());
    }
}

/// A literal without the name of a type.
impl Part for u16 {
    fn add_to(&self, code: &mut Code) {
        code.push(Kind::Literal, &self.to_string());
    }
}

impl Code {
    /// The parts, each after the other.
    pub(super) fn all(parts: impl IntoIterator<Item = impl Part>) -> Self {
        let mut code = Self::default();
        for part in parts {
            part.add_to(&mut code);
        }
        code
    }

    /// The parts with a sign between them: `,` or `::`.
    pub(super) fn list(parts: impl IntoIterator<Item = impl Part>, sign: &str) -> Self {
        let mut code = Self::default();
        for part in parts {
            if !code.is_empty() {
                code.push(Kind::Sign, sign);
            }
            part.add_to(&mut code);
        }
        code
    }

    /// None, with room for so many bytes of text and tokens.
    pub(super) fn with_room((bytes, tokens): (usize, usize)) -> Self {
        Self {
            text: String::with_capacity(bytes),
            tokens: Vec::with_capacity(tokens),
        }
    }

    /// Adds what comes after.
    pub(super) fn extend(&mut self, part: impl Part) {
        part.add_to(self);
    }

    /// Whether there is none.
    pub(super) fn is_empty(&self) -> bool {
        self.tokens.is_empty()
    }

    /// How many tokens there are.
    pub(super) fn len(&self) -> usize {
        self.tokens.len()
    }

    /// What the token at `index` is; `None` after the last.
    pub(super) fn kind(&self, index: usize) -> Option<Kind> {
        self.tokens.get(index).map(|token| token.0)
    }

    /// The text of the token at `index`; empty after the last.
    pub(super) fn text(&self, index: usize) -> &str {
        let end = self.tokens.get(index);
        let end = end.map_or(self.text.len(), |token| token.1 as usize);
        &self.text[self.start(index)..end]
    }

    /// Whether the token at `index` reads `text`.
    pub(super) fn reads(&self, index: usize, text: &str) -> bool {
        let Some(&(_, end)) = self.tokens.get(index) else {
            return false;
        };
        &self.text.as_bytes()[self.start(index)..end as usize] == text.as_bytes()
    }

    /// All of it on one line, but for documentation.
    pub(super) fn line(&self) -> String {
        let mut line = String::with_capacity(self.text.len() * 2);
        for (index, (kind, _)) in self.tokens.iter().enumerate() {
            let before = index.checked_sub(1).and_then(|before| self.kind(before));
            match (before, kind) {
                (None, _) | (Some(Kind::Sign), Kind::Sign) => {}
                (Some(Kind::Doc | Kind::InnerDoc), _) => line.push('\n'),
                _ => line.push(' '),
            }
            line.push_str(match kind {
                Kind::Doc => "///",
                Kind::InnerDoc => "//!",
                _ => "",
            });
            line.push_str(self.text(index));
        }
        line
    }

    /// Adds some of the tokens of other code.
    pub(super) fn copy(&mut self, from: &Self, tokens: Range<usize>) {
        let text = from.start(tokens.start)..from.start(tokens.end);
        let (old, new) = (length(text.start), length(self.text.len()));
        self.text.push_str(&from.text[text]);
        let tokens = from.tokens[tokens].iter();
        self.tokens
            .extend(tokens.map(|(kind, end)| (*kind, end - old + new)));
    }

    /// Where the text of the token at `index` begins, or that of the last one ends.
    fn start(&self, index: usize) -> usize {
        let before = index
            .checked_sub(1)
            .and_then(|before| self.tokens.get(before));
        before.map_or(0, |token| token.1 as usize)
    }

    /// Adds a token whose text is in pieces.
    pub(super) fn push_all(&mut self, kind: Kind, text: &[&str]) {
        for piece in text {
            self.text.push_str(piece);
        }
        self.end(kind);
    }

    /// Adds a token.
    pub(super) fn push(&mut self, kind: Kind, text: &str) {
        self.push_all(kind, &[text]);
    }

    /// Ends a token with the text as it is.
    fn end(&mut self, kind: Kind) {
        self.tokens.push((kind, length(self.text.len())));
    }
}

/// A place in the text of a file: files have up to 3,000 lines, and whatever else is in memory is far below 4 GB.
fn length(bytes: usize) -> u32 {
    u32::try_from(bytes).unwrap_or(u32::MAX)
}
