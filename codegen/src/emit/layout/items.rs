//! Items, and the statements of functions.

use super::Layout;
use super::boxes::{Breaks, INDENT, Place};
use super::types::PathIn;
use crate::emit::code::Kind;

impl Layout {
    /// All that there is to read.
    pub(super) fn items(&mut self) -> Option<()> {
        self.boxes.open(0, Breaks::Every);
        self.inner_attributes();
        while self.at < self.tokens.len() {
            self.item()?;
        }
        self.boxes.close();
        Some(())
    }

    fn item(&mut self) -> Option<()> {
        self.attributes()?;
        let start = self.at;
        self.skip_visibility();
        let kind = self.tokens.text(self.at).to_owned();
        self.at = start;
        match kind.as_str() {
            "use" => {
                self.visibility()?;
                self.keyword("use");
                self.use_tree()?;
                self.semicolon()?;
            }
            "mod" => {
                self.step(Breaks::Every);
                self.visibility()?;
                self.keyword("mod");
                self.token_of(Kind::Word)?;
                self.semicolon()?;
                self.boxes.close();
            }
            "const" | "static" => self.constant(&kind)?,
            "struct" => self.structure()?,
            "enum" => self.enumeration()?,
            "impl" => self.implementation()?,
            "fn" => self.function()?,
            _ => self.macro_with_braces()?,
        }
        self.boxes.place(Place::LINE);
        Some(())
    }

    fn semicolon(&mut self) -> Option<()> {
        self.take(";")?;
        self.boxes.text(";");
        Some(())
    }

    fn skip_visibility(&mut self) {
        if self.skip("pub") && self.is("(") {
            self.at += 3;
        }
    }

    fn visibility(&mut self) -> Option<()> {
        if !self.skip("pub") {
            return Some(());
        }
        self.boxes.text("pub");
        if self.skip("(") {
            self.boxes.text("(");
            self.token_of(Kind::Word)?;
            self.take(")")?;
            self.boxes.text(")");
        }
        self.boxes.text(" ");
        Some(())
    }

    fn use_tree(&mut self) -> Option<()> {
        loop {
            if self.is("{") {
                return self.use_group();
            }
            if self.is("*") {
                return self.token();
            }
            if self.is("::") {
                self.token()?;
            }
            self.token_of(Kind::Word)?;
            if self.skip("as") {
                self.boxes.text(" as ");
                return self.token_of(Kind::Word);
            }
            if !self.is("::") {
                return Some(());
            }
            self.token()?;
        }
    }

    /// As many names a line as it has room for.
    fn use_group(&mut self) -> Option<()> {
        self.take("{")?;
        self.step(Breaks::Every);
        self.boxes.text("{");
        self.boxes.place(Place::NOTHING);
        self.boxes.open(0, Breaks::AsNeeded);
        loop {
            self.use_tree()?;
            if self.skip(",") && !self.is("}") {
                self.boxes.text(",");
                self.boxes.place(Place::BLANK);
            } else {
                break;
            }
        }
        self.boxes.close();
        self.boxes.place(Place::LAST.outwards());
        self.take("}")?;
        self.boxes.text("}");
        self.boxes.close();
        Some(())
    }

    /// A constant or static.
    fn constant(&mut self, keyword: &str) -> Option<()> {
        self.boxes.open(0, Breaks::Every);
        self.visibility()?;
        self.keyword(keyword);
        self.token_of(Kind::Word)?;
        self.take(":")?;
        self.boxes.text(": ");
        self.ty()?;
        self.take("=")?;
        self.boxes.text(" = ");
        self.boxes.place(Place::NEVER);
        self.expression()?;
        self.semicolon()?;
        self.boxes.close();
        Some(())
    }

    fn structure(&mut self) -> Option<()> {
        self.step(Breaks::Every);
        self.visibility()?;
        self.keyword("struct");
        self.token_of(Kind::Word)?;
        self.boxes.text(" ");
        self.body(|layout| {
            layout.attributes()?;
            layout.visibility()?;
            layout.token_of(Kind::Word)?;
            layout.take(":")?;
            layout.boxes.text(": ");
            layout.ty()?;
            layout.element()
        })?;
        self.boxes.close();
        self.boxes.text("}");
        Some(())
    }

    fn enumeration(&mut self) -> Option<()> {
        self.step(Breaks::Every);
        self.visibility()?;
        self.keyword("enum");
        self.token_of(Kind::Word)?;
        self.boxes.text(" ");
        self.body(|layout| {
            layout.attributes()?;
            layout.token_of(Kind::Word)?;
            if layout.skip("(") {
                layout.step(Breaks::Every);
                layout.boxes.text("(");
                layout.boxes.place(Place::NOTHING);
                layout.ty()?;
                layout.boxes.place(Place::LAST.outwards());
                layout.take(")")?;
                layout.boxes.text(")");
                layout.boxes.close();
            }
            layout.element()
        })?;
        self.boxes.close();
        self.boxes.text("}");
        Some(())
    }

    /// The end of a field or variant.
    fn element(&mut self) -> Option<()> {
        if !self.skip(",") && !self.is("}") {
            return None;
        }
        self.boxes.text(",");
        self.boxes.place(Place::LINE);
        Some(())
    }

    fn implementation(&mut self) -> Option<()> {
        self.take("impl")?;
        self.step(Breaks::Every);
        self.boxes.open(-INDENT, Breaks::AsNeeded);
        self.step(Breaks::Every);
        self.boxes.text("impl");
        self.generics()?;
        self.boxes.close();
        self.boxes.text(" ");
        self.ty()?;
        if self.skip("for") {
            self.boxes.place(Place::BLANK);
            self.boxes.text("for ");
            self.ty()?;
        }
        self.boxes.close();
        self.boxes.text(" ");
        self.body(|layout| {
            layout.attributes()?;
            let start = layout.at;
            layout.skip_visibility();
            let is_constant = layout.is("const");
            layout.at = start;
            if is_constant {
                layout.constant("const")?;
            } else {
                layout.function()?;
            }
            layout.boxes.place(Place::LINE);
            Some(())
        })?;
        self.boxes.close();
        self.boxes.text("}");
        Some(())
    }

    fn function(&mut self) -> Option<()> {
        self.step(Breaks::Every);
        self.visibility()?;
        self.take("fn")?;
        self.boxes.text("fn ");
        self.token_of(Kind::Word)?;
        self.generics()?;
        self.take("(")?;
        self.boxes.text("(");
        self.boxes.place(Place::NEVER);
        self.list(")", 0, Self::parameter)?;
        self.boxes.open(-INDENT, Breaks::Every);
        if self.skip("->") {
            self.boxes.text(" -> ");
            self.ty()?;
        }
        self.boxes.close();
        self.boxes.text(" ");
        self.body(Self::statement)?;
        self.boxes.close();
        self.boxes.text("}");
        Some(())
    }

    fn parameter(&mut self) -> Option<()> {
        if self.is("&") {
            self.token()?;
            self.keyword("mut");
            self.take("self")?;
            self.boxes.text("self");
            return Some(());
        }
        self.token_of(Kind::Word)?;
        self.take(":")?;
        self.boxes.text(": ");
        self.ty()
    }

    fn statement(&mut self) -> Option<()> {
        self.boxes.open(0, Breaks::AsNeeded);
        if self.keyword("let") {
            self.token_of(Kind::Word)?;
            if self.skip(":") {
                self.boxes.text(": ");
                self.ty()?;
            }
            self.take("=")?;
            self.boxes.text(" = ");
            self.boxes.place(Place::NEVER);
            self.expression()?;
            self.boxes.close();
            self.semicolon()?;
        } else {
            self.attributes()?;
            self.expression_on_its_line()?;
            if self.is(";") {
                self.semicolon()?;
            } else if !self.is("}") {
                return None;
            }
            self.boxes.close();
        }
        self.boxes.place(Place::LINE);
        Some(())
    }

    /// A macro that is called with braces, or declared.
    fn macro_with_braces(&mut self) -> Option<()> {
        self.path(PathIn::Expression)?;
        self.take("!")?;
        self.boxes.text("!");
        self.take("{")?;
        self.boxes.text(" {");
        self.step(Breaks::Every);
        self.boxes.place(Place::LINE);
        self.boxes.open(0, Breaks::AsNeeded);
        self.tokens_of_macro()?;
        self.boxes.close();
        self.boxes.place(Place::LINE.outwards());
        self.boxes.close();
        self.take("}")?;
        self.boxes.text("}");
        Some(())
    }

    /// Tokens up to the end of the group that they stand in.
    pub(super) fn tokens_of_macro(&mut self) -> Option<()> {
        // Whether no blank may come before the next token.
        let mut close = true;
        while !self.is_end() {
            let apart = match self.kind()? {
                Kind::Sign => !self.is(",") && !self.is("::"),
                // Called, or the argument of what is before it.
                Kind::Open => false,
                _ => true,
            };
            if apart && !close {
                self.boxes.place(Place::BLANK);
            }
            close = self.is("::");
            let opens = matches!(self.kind(), Some(Kind::Open));
            self.token()?;
            if opens {
                self.tokens_of_macro()?;
                self.token()?;
            }
        }
        Some(())
    }
}
