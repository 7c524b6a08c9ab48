//! Turns a tree of tokens into a row of them, with the text of each.

use std::fmt::Write;

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};

/// The tokens of one or several items.
#[derive(Debug, Default)]
pub(super) struct Tokens {
    /// Their text.
    text: String,
    /// What each of them is, and where its text ends.
    list: Vec<(Kind, usize)>,
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
    Open(Delimiter),
    /// `)`, `]` or `}`.
    Close,
}

impl Tokens {
    /// The tokens of `stream`.
    pub(super) fn of(stream: TokenStream) -> Self {
        let mut tokens = Self::default();
        tokens.add(stream);
        tokens
    }

    /// What the token at `index` is; `None` after the last.
    pub(super) fn kind(&self, index: usize) -> Option<Kind> {
        self.list.get(index).map(|token| token.0)
    }

    /// The text of the token at `index`; empty after the last.
    pub(super) fn text(&self, index: usize) -> &str {
        let start = index
            .checked_sub(1)
            .and_then(|before| self.list.get(before));
        let end = self.list.get(index);
        let end = end.map_or(self.text.len(), |token| token.1);
        &self.text[start.map_or(0, |token| token.1)..end]
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.list.len()
    }

    /// All of them on one line.
    pub(super) fn line(&self) -> String {
        let mut line = String::with_capacity(self.text.len() * 2);
        for index in 0..self.len() {
            let signs = self.kind(index) == Some(Kind::Sign)
                && index > 0
                && self.kind(index - 1) == Some(Kind::Sign);
            if index > 0 && !signs {
                line.push(' ');
            }
            line.push_str(self.text(index));
        }
        line.push('\n');
        line
    }

    fn add(&mut self, stream: TokenStream) {
        // Whether the token before is a punctuation character that the next belongs to.
        let mut joint = false;
        for tree in stream {
            // Writing to a string does not fail.
            match tree {
                TokenTree::Ident(word) => {
                    let _ = write!(self.text, "{word}");
                    let is_lifetime = joint && self.last_is("'");
                    self.end(
                        if is_lifetime {
                            Kind::Lifetime
                        } else {
                            Kind::Word
                        },
                        is_lifetime,
                    );
                    joint = false;
                }
                TokenTree::Literal(literal) => {
                    let _ = write!(self.text, "{literal}");
                    self.end(Kind::Literal, false);
                    joint = false;
                }
                TokenTree::Punct(sign) => {
                    let pair = joint
                        && match sign.as_char() {
                            ':' => self.last_is(":"),
                            '>' => self.last_is("-") || self.last_is("="),
                            _ => false,
                        };
                    self.text.push(sign.as_char());
                    self.end(Kind::Sign, pair);
                    joint = sign.spacing() == Spacing::Joint;
                }
                TokenTree::Group(group) => {
                    let delimiter = group.delimiter();
                    let (open, close) = match delimiter {
                        Delimiter::Parenthesis => ("(", ")"),
                        Delimiter::Bracket => ("[", "]"),
                        Delimiter::Brace => ("{", "}"),
                        Delimiter::None => ("", ""),
                    };
                    if delimiter == Delimiter::None {
                        self.add(group.stream());
                    } else {
                        self.text.push_str(open);
                        self.end(Kind::Open(delimiter), false);
                        self.add(group.stream());
                        self.text.push_str(close);
                        self.end(Kind::Close, false);
                    }
                    joint = false;
                }
            }
        }
    }

    fn last_is(&self, text: &str) -> bool {
        let last = self.list.len().checked_sub(1);
        last.is_some_and(|last| self.kind(last) == Some(Kind::Sign) && self.text(last) == text)
    }

    /// Ends a token, which is `one` with the token before it or its own.
    fn end(&mut self, kind: Kind, one: bool) {
        if one {
            self.list.pop();
        }
        self.list.push((kind, self.text.len()));
    }
}
