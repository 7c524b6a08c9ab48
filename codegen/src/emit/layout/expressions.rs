//! Expressions and patterns.

use super::Layout;
use super::boxes::{Breaks, INDENT, Place};
use super::chains::Chain;
use super::types::PathIn;
use crate::emit::code::Kind;

/// The widest struct that stands on one line.
const WIDEST_STRUCT: i64 = 34;

/// Whether a path with a brace after it is a struct: not in what is matched.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Structs {
    Read,
    Not,
}

impl Layout {
    pub(super) fn expression(&mut self) -> Option<()> {
        self.expression_in(Structs::Read, false)
    }

    /// An expression that begins a line.
    pub(super) fn expression_on_its_line(&mut self) -> Option<()> {
        self.expression_in(Structs::Read, true)
    }

    fn expression_in(&mut self, structs: Structs, begins_line: bool) -> Option<()> {
        if self.skip("&") {
            self.boxes.text("&");
            self.keyword("mut");
            return self.expression_in(structs, false);
        }
        if self.is("match") {
            return self.match_expression();
        }
        if self.is("|") {
            return self.closure();
        }
        self.chain(structs, begins_line)
    }

    /// `(…)` after what is called.
    pub(super) fn call(&mut self) -> Option<()> {
        self.take("(")?;
        self.boxes.text("(");
        if self.is_one_block() {
            self.expression()?;
            self.skip(",");
            self.take(")")?;
            self.boxes.text(")");
            return Some(());
        }
        self.list(")", INDENT, Self::expression)
    }

    /// Whether the only argument has lines of its own: a closure, array, tuple or struct.
    fn is_one_block(&mut self) -> bool {
        let start = self.at;
        let is_block = if self.is("|") {
            true
        } else {
            let is_group = matches!(self.kind(), Some(Kind::Open));
            let read = self.skip_first(Structs::Read).is_some();
            let is_struct = read && self.tokens.text(self.at - 1) == "}";
            (is_group || is_struct) && (self.is(")") || self.is(",") && self.then_is(")"))
        };
        self.at = start;
        is_block
    }

    /// What a chain begins with.
    pub(super) fn first(&mut self, chain: &Chain) -> Option<()> {
        self.at = chain.start;
        match self.kind()? {
            Kind::Literal => self.token(),
            Kind::Open if self.is("[") => self.array(),
            Kind::Open if self.is("(") => {
                self.token()?;
                self.list(")", INDENT, Self::expression)
            }
            Kind::Word | Kind::Sign => {
                let start = self.at;
                // A struct has a box around its path.
                self.skip_first(Structs::Not)?;
                let is_struct = chain.structs == Structs::Read && self.is("{");
                self.at = start;
                if is_struct {
                    return self.struct_expression();
                }
                self.path(PathIn::Expression)?;
                if self.skip("!") {
                    self.boxes.text("!");
                    return self.arguments_of_macro();
                }
                Some(())
            }
            _ => None,
        }
    }

    fn arguments_of_macro(&mut self) -> Option<()> {
        self.take("(")?;
        self.boxes.text("(");
        if !self.is(")") {
            self.step(Breaks::Every);
            self.boxes.place(Place::NOTHING);
            self.boxes.open(0, Breaks::AsNeeded);
            self.tokens_of_macro()?;
            self.boxes.close();
            self.boxes.place(Place::NOTHING.outwards());
            self.boxes.close();
        }
        self.take(")")?;
        self.boxes.text(")");
        Some(())
    }

    fn array(&mut self) -> Option<()> {
        self.take("[")?;
        if !self.is_of_numbers() || self.is("]") {
            self.boxes.text("[");
            return self.list("]", INDENT, |layout| {
                layout.attributes()?;
                layout.expression()
            });
        }
        self.step(Breaks::Every);
        self.boxes.text("[");
        self.boxes.place(Place::NOTHING);
        self.boxes.open(0, Breaks::AsNeeded);
        loop {
            self.token()?;
            if self.skip(",") && !self.is("]") {
                self.boxes.text(",");
                self.boxes.place(Place::BLANK);
            } else {
                break;
            }
        }
        self.boxes.close();
        self.boxes.place(Place::LAST.outwards());
        self.take("]")?;
        self.boxes.text("]");
        self.boxes.close();
        Some(())
    }

    /// Whether an array has nothing in it but whole numbers, of which a line has as many as it has room for.
    fn is_of_numbers(&self) -> bool {
        let mut at = self.at;
        loop {
            let text = self.tokens.text(at);
            match self.tokens.kind(at) {
                Some(Kind::Close) => return true,
                Some(Kind::Sign) if text == "," => {}
                Some(Kind::Literal) if text.bytes().all(|byte| byte.is_ascii_digit()) => {}
                _ => return false,
            }
            at += 1;
        }
    }

    fn struct_expression(&mut self) -> Option<()> {
        self.step(Breaks::Every);
        self.boxes.open(-INDENT, Breaks::AsNeeded);
        self.path(PathIn::Expression)?;
        self.boxes.close();
        self.take("{")?;
        self.boxes.text(" {");
        if !self.is("}") {
            self.boxes.place(Place::BLANK);
        }
        while !self.is("}") {
            self.token_of(Kind::Word)?;
            if self.skip(":") {
                self.boxes.text(": ");
                self.boxes.open(0, Breaks::AsNeeded);
                self.expression()?;
                self.boxes.close();
            }
            if self.skip(",") && !self.is("}") {
                self.boxes.text(",");
                self.boxes.place(Place::BLANK);
            } else {
                self.boxes.place(Place::BLANK.before(','));
            }
        }
        self.boxes.outwards();
        self.boxes.close_of_width(WIDEST_STRUCT);
        self.take("}")?;
        self.boxes.text("}");
        Some(())
    }

    fn match_expression(&mut self) -> Option<()> {
        self.boxes.open(0, Breaks::AsNeeded);
        self.keyword("match");
        self.boxes.open(0, Breaks::Every);
        self.expression_in(Structs::Not, false)?;
        self.boxes.text(" ");
        self.boxes.close();
        self.take("{")?;
        self.boxes.text("{");
        self.boxes.place(Place::NEVER);
        self.step(Breaks::Every);
        self.boxes.place(Place::LINE);
        while !self.is("}") {
            self.arm()?;
            self.boxes.place(Place::LINE);
        }
        self.boxes.outwards();
        self.boxes.close();
        self.take("}")?;
        self.boxes.text("}");
        self.boxes.close();
        Some(())
    }

    fn arm(&mut self) -> Option<()> {
        self.attributes()?;
        self.boxes.open(0, Breaks::AsNeeded);
        self.pattern()?;
        self.take("=>")?;
        self.boxes.text(" => ");
        self.boxes.place(Place::NEVER);
        self.step(Breaks::Every);
        self.boxes.place(Place::NOTHING.before('{'));
        self.expression_on_its_line()?;
        self.boxes
            .place(Place::NOTHING.outwards().after('}', Some(',')));
        self.boxes.close();
        if !self.skip(",") && !self.is("}") {
            return None;
        }
        self.boxes.close();
        Some(())
    }

    fn pattern(&mut self) -> Option<()> {
        if self.kind()? == Kind::Literal {
            return self.token();
        }
        self.path(PathIn::Expression)?;
        if self.skip("(") {
            self.boxes.text("(");
            self.list(")", INDENT, Self::pattern)?;
        }
        Some(())
    }

    fn closure(&mut self) -> Option<()> {
        self.boxes.open(0, Breaks::AsNeeded);
        self.take("|")?;
        self.step(Breaks::Every);
        self.boxes.text("|");
        self.boxes.place(Place::NOTHING);
        self.token_of(Kind::Word)?;
        self.take("|")?;
        self.boxes.text("|");
        self.boxes.place(Place::BLANK.outwards());
        self.boxes.close();
        self.boxes.place(Place::NEVER);
        self.step(Breaks::Every);
        self.boxes.place(Place::NOTHING.before('{'));
        self.expression()?;
        self.boxes.place(Place::NOTHING.outwards().after('}', None));
        self.boxes.close();
        self.boxes.close();
        Some(())
    }
}
