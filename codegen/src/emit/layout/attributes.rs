//! Attributes, and documentation as comments.

use proc_macro2::Delimiter;

use super::Layout;
use super::boxes::{Breaks, Place};
use super::tokens::Kind;

/// What stood before a token in an attribute.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Before {
    Word,
    Sign,
    LastComma,
}

impl Layout {
    /// The attributes of what follows.
    pub(super) fn attributes(&mut self) -> Option<()> {
        while self.is("#") && !self.then_is("!") {
            self.attribute("#", "///")?;
        }
        Some(())
    }

    /// The attributes of what they stand in.
    pub(super) fn inner_attributes(&mut self) -> Option<()> {
        while self.is("#") && self.then_is("!") {
            self.take("#")?;
            self.attribute("!", "//!")?;
        }
        Some(())
    }

    fn attribute(&mut self, sign: &str, comment: &str) -> Option<()> {
        self.take(sign)?;
        self.take("[")?;
        if self.is("doc") && self.then_is("=") {
            let line = unescaped(self.tokens.text(self.at + 2))?;
            // Text of its own comes after a blank, so that the comment is of this kind and no other.
            if line.is_empty() || line.starts_with(' ') {
                self.at += 3;
                self.boxes.text(comment);
                self.boxes.text(line.trim_end_matches(' '));
                self.boxes.place(Place::LINE);
                return self.take("]");
            }
        }
        self.boxes.text(if sign == "!" { "#![" } else { "#[" });
        while self.kind() == Some(Kind::Word) || self.is("::") {
            self.token()?;
        }
        if self.skip("=") {
            self.boxes.text(" = ");
            self.token_of(Kind::Literal)?;
        } else if self.is("(") {
            self.arguments()?;
        }
        self.take("]")?;
        self.boxes.text("]");
        self.boxes.place(Place::BLANK);
        Some(())
    }

    /// What an attribute has in parentheses.
    fn arguments(&mut self) -> Option<()> {
        self.take("(")?;
        self.boxes.text("(");
        self.step(Breaks::Every);
        self.boxes.place(Place::NOTHING);
        let mut before = Before::Sign;
        while !self.is(")") {
            match self.kind()? {
                Kind::Word | Kind::Literal => {
                    if before == Before::Word {
                        self.boxes.place(Place::BLANK);
                    }
                    self.token()?;
                    before = Before::Word;
                }
                Kind::Sign if self.skip(",") => {
                    if self.is(")") {
                        self.boxes.place(Place::LAST);
                        before = Before::LastComma;
                    } else {
                        self.boxes.text(",");
                        self.boxes.place(Place::BLANK);
                        before = Before::Sign;
                    }
                }
                Kind::Sign if self.skip("=") => {
                    self.boxes
                        .text(if before == Before::Word { " = " } else { "= " });
                    before = Before::Sign;
                }
                Kind::Sign => {
                    self.token()?;
                    before = Before::Sign;
                }
                Kind::Open(Delimiter::Parenthesis) => {
                    self.arguments()?;
                    before = Before::Sign;
                }
                _ => return None,
            }
        }
        if before != Before::LastComma {
            self.boxes.place(Place::NOTHING);
        }
        self.boxes.outwards();
        self.boxes.close();
        self.take(")")?;
        self.boxes.text(")");
        Some(())
    }
}

/// The text that a string literal stands for.
fn unescaped(literal: &str) -> Option<String> {
    // As a comment in the source of this stage arrives.
    if let Some(raw) = literal.strip_prefix('r') {
        let raw = raw.trim_matches('#').strip_prefix('"')?;
        return Some(raw.strip_suffix('"')?.to_owned());
    }
    let text = literal.strip_prefix('"')?.strip_suffix('"')?;
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('\\') {
        out.push_str(before);
        let sign = after.chars().next()?;
        rest = &after[sign.len_utf8()..];
        match sign {
            '"' | '\\' | '\'' => out.push(sign),
            't' => out.push('\t'),
            'u' => {
                let (digits, after) = rest.strip_prefix('{')?.split_once('}')?;
                out.push(char::from_u32(u32::from_str_radix(digits, 16).ok()?)?);
                rest = after;
            }
            _ => return None,
        }
    }
    out.push_str(rest);
    Some(out)
}
