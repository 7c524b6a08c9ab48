//! Turns the text of a template, which rustc has read as tokens, into tokens with places for what is put into them.

use super::code::{Code, Kind, Part};

/// Code with places in it.
#[derive(Debug)]
pub(super) struct Template {
    /// The tokens around the places.
    code: Code,
    /// Before which token a place is, and which of the parts belongs there, in their order.
    places: Vec<(usize, usize)>,
}

impl Template {
    /// The template of which `text` are the tokens, with `#name` as the place of a part that is named.
    ///
    /// Rustc has read it, so that it holds no character that begins no token. A comment of documentation reaches it as an
    /// attribute.
    pub(super) fn read(text: &str, names: &[&str]) -> Self {
        let mut code = Code::default();
        let mut places = Vec::new();
        let mut rest = text.trim_start();
        while let Some(first) = rest.chars().next() {
            if let Some((line, after)) = documentation(rest) {
                code.push(Kind::Doc, line);
                rest = after.trim_start();
                continue;
            }
            let (kind, length) = token(rest, first);
            let (text, after) = rest.split_at(length);
            rest = after.trim_start();
            let name = &rest[..word(rest)];
            let part = names.iter().position(|known| text == "#" && *known == name);
            if let Some(part) = part {
                places.push((code.len(), part));
                rest = rest[name.len()..].trim_start();
            } else {
                code.push(kind, text);
            }
        }
        Self { code, places }
    }

    /// The code with the parts, in the order of their names, at their places.
    pub(super) fn fill(&self, parts: &[&dyn Part]) -> Code {
        let (mut bytes, mut tokens) = self.code.room();
        for &(_, part) in &self.places {
            let room = parts[part].room();
            bytes += room.0;
            tokens += room.1;
        }
        let mut code = Code::with_room((bytes, tokens));
        let mut done = 0;
        for &(before, part) in &self.places {
            code.copy(&self.code, done..before);
            parts[part].add_to(&mut code);
            done = before;
        }
        code.copy(&self.code, done..self.code.len());
        code
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
