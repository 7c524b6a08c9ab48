//! Attributes, and documentation as comments.

use super::Layout;
use super::boxes::{Breaks, Place};
use crate::emit::code::Kind;

/// What stood before a token in an attribute.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Before {
    Word,
    Sign,
    LastComma,
}

impl Layout {
    /// The documentation and attributes of what follows.
    pub(super) fn attributes(&mut self) -> Option<()> {
        loop {
            if self.kind() == Some(Kind::Doc) {
                self.comment("///");
            } else if self.is("#") {
                self.attribute()?;
            } else {
                return Some(());
            }
        }
    }

    /// The documentation of what it stands in.
    pub(super) fn inner_attributes(&mut self) {
        while self.kind() == Some(Kind::InnerDoc) {
            self.comment("//!");
        }
    }

    fn comment(&mut self, sign: &str) {
        self.boxes.text(sign);
        self.boxes.text(self.tokens.text(self.at));
        self.boxes.place(Place::LINE);
        self.at += 1;
    }

    fn attribute(&mut self) -> Option<()> {
        self.take("#")?;
        self.take("[")?;
        self.boxes.text("#[");
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
                Kind::Open => {
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
