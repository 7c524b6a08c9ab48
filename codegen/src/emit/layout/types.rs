//! Types, paths and generics.

use super::Layout;
use super::boxes::{Breaks, INDENT, Place};
use crate::emit::code::Kind;

/// Where a path stands, which decides how the arguments of its segments are written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum PathIn {
    Type,
    /// The arguments come after `::`.
    Expression,
}

impl Layout {
    pub(super) fn ty(&mut self) -> Option<()> {
        if self.skip("&") {
            self.boxes.text("&");
            if self.kind() == Some(Kind::Lifetime) {
                self.token()?;
                self.boxes.text(" ");
            }
            self.keyword("mut");
            return self.ty();
        }
        match self.kind()? {
            Kind::Open if self.is("[") => {
                self.token()?;
                self.ty()?;
                self.take("]")?;
                self.boxes.text("]");
                Some(())
            }
            Kind::Open if self.is("(") => {
                self.token()?;
                self.take(")")?;
                self.boxes.text(")");
                Some(())
            }
            _ => self.path(PathIn::Type),
        }
    }

    pub(super) fn path(&mut self, place: PathIn) -> Option<()> {
        if self.is("::") {
            self.token()?;
        }
        loop {
            self.token_of(Kind::Word)?;
            match place {
                PathIn::Type if self.is("<") => self.arguments_of_path()?,
                PathIn::Expression if self.is("::") && self.then_is("<") => {
                    self.token()?;
                    self.arguments_of_path()?;
                }
                _ => {}
            }
            if !self.is("::") {
                return Some(());
            }
            self.token()?;
        }
    }

    /// `<…>` after a name.
    pub(super) fn arguments_of_path(&mut self) -> Option<()> {
        self.take("<")?;
        self.boxes.text("<");
        self.list(">", INDENT, |layout| match layout.kind()? {
            Kind::Lifetime => layout.token(),
            _ => layout.ty(),
        })
    }

    /// `<…>` where names are declared.
    pub(super) fn generics(&mut self) -> Option<()> {
        if !self.skip("<") {
            return Some(());
        }
        self.boxes.text("<");
        self.list(">", 0, |layout| {
            if layout.kind()? == Kind::Lifetime {
                return layout.token();
            }
            layout.token_of(Kind::Word)?;
            layout.step(Breaks::AsNeeded);
            if layout.skip(":") {
                layout.boxes.text(": ");
                layout.ty()?;
                while layout.skip("+") {
                    layout.boxes.place(Place::BLANK);
                    layout.boxes.text("+ ");
                    layout.ty()?;
                }
            }
            layout.boxes.close();
            Some(())
        })
    }
}
