//! Chains of calls and fields: where they have no room on a line, each field and method begins one.

use super::Layout;
use super::boxes::{Breaks, INDENT, Place};
use super::expressions::Structs;
use crate::emit::code::Kind;

/// The longest name after which a method does not begin a line.
const SHORT: usize = 4;

/// What comes after an expression that it is a part of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Suffix {
    Call,
    Field,
    Method,
}

/// A chain of calls and fields, before it is written.
pub(super) struct Chain {
    /// Whether it begins with a name so short that what follows stays on its line.
    is_short: bool,
    /// What its first expression has after it, with where that begins.
    suffixes: Vec<(Suffix, usize)>,
    pub(super) structs: Structs,
    /// Where it begins.
    pub(super) start: usize,
}

impl Layout {
    /// A chain, which may be a single expression; `begins_line` says whether it is the first on its line.
    pub(super) fn chain(&mut self, structs: Structs, begins_line: bool) -> Option<()> {
        let chain = self.look_ahead(structs)?;
        self.outermost(&chain, chain.suffixes.len(), begins_line)
    }

    /// Reads a chain without writing it, and goes back to its start.
    fn look_ahead(&mut self, structs: Structs) -> Option<Chain> {
        let start = self.at;
        self.skip_first(structs)?;
        let is_short = self.at == start + 1
            && self.tokens.kind(start) == Some(Kind::Word)
            && self.tokens.text(start).len() <= SHORT;
        let mut suffixes = Vec::new();
        loop {
            let at = self.at;
            if self.is("(") {
                suffixes.push((Suffix::Call, at));
                self.skip_group();
            } else if self.is(".") {
                self.at += 2;
                if self.is("::") {
                    self.skip_arguments_of_path()?;
                }
                if self.is("(") {
                    suffixes.push((Suffix::Method, at));
                    self.skip_group();
                } else {
                    suffixes.push((Suffix::Field, at));
                }
            } else {
                break;
            }
        }
        self.at = start;
        Some(Chain {
            is_short,
            suffixes,
            structs,
            start,
        })
    }

    pub(super) fn skip_first(&mut self, structs: Structs) -> Option<()> {
        match self.kind()? {
            Kind::Literal => self.at += 1,
            Kind::Open => self.skip_group(),
            Kind::Word => {
                self.at += 1;
                while self.is("::") {
                    if self.then_is("<") {
                        self.skip_arguments_of_path()?;
                    } else {
                        self.at += 2;
                    }
                }
                if self.skip("!") || structs == Structs::Read && self.is("{") {
                    self.skip_group();
                }
            }
            Kind::Sign if self.is("::") => {
                self.at += 1;
                return self.skip_first(structs);
            }
            _ => return None,
        }
        Some(())
    }

    /// Reads past a group.
    fn skip_group(&mut self) {
        let mut depth = 0_usize;
        loop {
            match self.kind() {
                None => return,
                Some(Kind::Open) => depth += 1,
                Some(Kind::Close) => depth = depth.saturating_sub(1),
                Some(_) => {}
            }
            self.at += 1;
            if depth == 0 {
                return;
            }
        }
    }

    /// Reads past `::<…>`.
    fn skip_arguments_of_path(&mut self) -> Option<()> {
        self.take("::")?;
        let mut depth = 0_usize;
        loop {
            self.kind()?;
            if self.is("<") {
                depth += 1;
            } else if self.is(">") {
                depth = depth.checked_sub(1)?;
            }
            self.at += 1;
            if depth == 0 {
                return Some(());
            }
        }
    }

    /// The chain up to its suffix `count`, in a box of its own where that is a field or method.
    fn outermost(&mut self, chain: &Chain, count: usize, begins_line: bool) -> Option<()> {
        match count.checked_sub(1).map(|last| chain.suffixes[last].0) {
            None => self.first(chain),
            Some(Suffix::Call) => {
                self.outermost(chain, count - 1, begins_line)?;
                self.call()
            }
            Some(Suffix::Field | Suffix::Method) => {
                self.step(Breaks::Every);
                let is_short = begins_line && count == 1 && chain.is_short;
                self.suffix(chain, count, begins_line, is_short)?;
                self.boxes.close();
                Some(())
            }
        }
    }

    /// The chain up to its suffix `count`, in the box of a longer one.
    fn inside(&mut self, chain: &Chain, count: usize, begins_line: bool) -> Option<()> {
        match count.checked_sub(1).map(|last| chain.suffixes[last].0) {
            None => {
                self.boxes.open(-INDENT, Breaks::Every);
                self.first(chain)?;
                self.boxes.close();
                Some(())
            }
            Some(Suffix::Call) => {
                self.inside(chain, count - 1, false)?;
                self.call()
            }
            Some(Suffix::Field | Suffix::Method) => self.suffix(chain, count, begins_line, false),
        }
    }

    /// The chain up to its suffix `count`, which is a field or method.
    fn suffix(
        &mut self,
        chain: &Chain,
        count: usize,
        begins_line: bool,
        call_is_outwards: bool,
    ) -> Option<()> {
        self.inside(chain, count - 1, begins_line)?;
        if !(begins_line && count == 1 && chain.is_short) {
            self.boxes.place(Place::NOTHING);
        }
        self.take(".")?;
        self.boxes.text(".");
        self.token()?;
        if chain.suffixes[count - 1].0 == Suffix::Method {
            if self.is("::") {
                self.token()?;
                self.arguments_of_path()?;
            }
            let indent = if call_is_outwards { -INDENT } else { 0 };
            self.boxes.open(indent, Breaks::Every);
            self.call()?;
            self.boxes.close();
        }
        Some(())
    }
}
