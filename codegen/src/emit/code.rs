//! Code as a row of tokens, which nothing but templates of this stage, checked identifiers and literals get into.
//!
//! It is written down once: a template is text that rustc has read as tokens, and what is put into it is copied. To make
//! trees of tokens, each with its own memory, took a third of a run.

use crate::plan::ident::RustIdent;

/// The tokens of a part of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Code {
    /// Their text.
    text: String,
    /// What each of them is, and where its text ends.
    tokens: Vec<(Kind, usize)>,
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
    ($($name:ident),+ => $($body:tt)*) => {
        $crate::emit::code::Code::of(stringify!($($body)*), &[$((stringify!($name), &$name)),+])
    };
    ($($body:tt)*) => {
        $crate::emit::code::Code::of(stringify!($($body)*), &[])
    };
}

pub(super) use code;

/// What can be put into a template.
pub(super) trait Part {
    /// Adds its tokens.
    fn add_to(&self, code: &mut Code);
}

impl Part for Code {
    fn add_to(&self, code: &mut Code) {
        let start = code.text.len();
        code.text.push_str(&self.text);
        let tokens = self.tokens.iter().map(|(kind, end)| (*kind, start + end));
        code.tokens.extend(tokens);
    }
}

impl Part for Option<Code> {
    fn add_to(&self, code: &mut Code) {
        if let Some(part) = self {
            part.add_to(code);
        }
    }
}

impl Part for RustIdent {
    fn add_to(&self, code: &mut Code) {
        code.push(Kind::Word, self.as_str());
    }
}

impl<T: Part + ?Sized> Part for &T {
    fn add_to(&self, code: &mut Code) {
        (**self).add_to(code);
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
}

impl Part for String {
    fn add_to(&self, code: &mut Code) {
        self.as_str().add_to(code);
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
    /// The tokens of a template, with the parts in place of their names.
    pub(super) fn of(template: &str, parts: &[(&str, &dyn Part)]) -> Self {
        let mut code = Self::default();
        code.fill(template, parts);
        code
    }

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

    /// Lines of documentation, of one kind.
    pub(super) fn docs(lines: &[String], kind: Kind) -> Self {
        let mut code = Self::default();
        for line in lines {
            code.push(kind, line);
        }
        code
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
        let start = index
            .checked_sub(1)
            .and_then(|before| self.tokens.get(before));
        let end = self.tokens.get(index);
        let end = end.map_or(self.text.len(), |token| token.1);
        &self.text[start.map_or(0, |token| token.1)..end]
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

    fn push(&mut self, kind: Kind, text: &str) {
        self.text.push_str(text);
        self.end(kind);
    }

    /// Ends a token with the text as it is.
    fn end(&mut self, kind: Kind) {
        self.tokens.push((kind, self.text.len()));
    }

    /// Adds the tokens of a template, which rustc has read: it holds no character that begins none. A comment of
    /// documentation reaches it as an attribute.
    fn fill(&mut self, template: &str, parts: &[(&str, &dyn Part)]) {
        let mut rest = template.trim_start();
        while let Some(first) = rest.chars().next() {
            if let Some((line, after)) = documentation(rest) {
                self.push(Kind::Doc, line);
                rest = after.trim_start();
                continue;
            }
            let (kind, length) = token(rest, first);
            let (text, after) = rest.split_at(length);
            rest = after;
            let name = rest.trim_start();
            let name = &name[..word(name)];
            let part = parts
                .iter()
                .find(|(known, _)| text == "#" && *known == name);
            if let Some((_, part)) = part {
                part.add_to(self);
                rest = &rest.trim_start()[name.len()..];
            } else {
                self.push(kind, text);
            }
            rest = rest.trim_start();
        }
    }
}

/// The line of the comment that `text` begins with, and what comes after it. A macro gets it as an attribute with a raw
/// literal (Rust reference, "Doc comments").
fn documentation(text: &str) -> Option<(&str, &str)> {
    let mut rest = text;
    for sign in ["#", "[", "doc", "=", "r"] {
        rest = rest.strip_prefix(sign)?.trim_start();
    }
    let hashes = rest.len() - rest.trim_start_matches('#').len();
    let end = format!("\"{}", &rest[..hashes]);
    let (line, after) = rest[hashes..].strip_prefix('"')?.split_once(&end)?;
    Some((line, after.trim_start().strip_prefix(']')?))
}

/// What the token is that `text` begins with, and its length.
fn token(text: &str, first: char) -> (Kind, usize) {
    match first {
        '(' | '[' | '{' => (Kind::Open, 1),
        ')' | ']' | '}' => (Kind::Close, 1),
        '"' => (Kind::Literal, quoted(text)),
        '\'' => (Kind::Lifetime, 1 + word(&text[1..])),
        c if c.is_ascii_digit() => (Kind::Literal, word(text)),
        c if c == '_' || c.is_ascii_alphabetic() => (Kind::Word, word(text)),
        _ => {
            let is_pair = ["::", "->", "=>"].iter().any(|pair| text.starts_with(pair));
            (Kind::Sign, if is_pair { 2 } else { first.len_utf8() })
        }
    }
}

/// How long the word is that `text` begins with.
fn word(text: &str) -> usize {
    let is_word = |c: char| c == '_' || c.is_ascii_alphanumeric();
    text.find(|c| !is_word(c)).unwrap_or(text.len())
}

/// How long the string literal is that `text` begins with.
fn quoted(text: &str) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    text.len()
}
