//! The text of an expression, with the range variables in it that have no name yet.

use std::sync::atomic::{AtomicU64, Ordering};

/// The name of a range variable until it gets another one.
const VARIABLE: &str = "x";

/// The text of an expression or a path.
///
/// A range variable gets its name when its lambda is closed, after how many lambdas are inside:
/// whatever is put inside, no lambda has the name of one around it.
#[derive(Clone)]
pub(super) struct Expression {
    text: String,
    /// Where variables stand whose lambdas are not closed, in order.
    open: Vec<(usize, Variable)>,
    /// How many lambdas are inside one another.
    lambdas: usize,
}

/// A range variable, told apart from all others.
#[derive(Clone, Copy, PartialEq)]
pub(super) struct Variable(u64);

impl Expression {
    pub(super) fn new(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            open: Vec::new(),
            lambdas: 0,
        }
    }

    /// A new range variable, alone.
    pub(super) fn variable() -> (Variable, Self) {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        // Only the numbers have to differ; nothing else is ordered by them.
        let variable = Variable(NEXT.fetch_add(1, Ordering::Relaxed));
        let mut expression = Self::new(VARIABLE);
        expression.open.push((0, variable));
        (variable, expression)
    }

    pub(super) fn as_str(&self) -> &str {
        &self.text
    }

    pub(super) fn into_string(self) -> String {
        self.text
    }

    pub(super) fn push_str(&mut self, text: &str) {
        self.text.push_str(text);
    }

    pub(super) fn push(&mut self, other: &Self) {
        let start = self.text.len();
        self.text.push_str(&other.text);
        let moved = other
            .open
            .iter()
            .map(|(at, variable)| (start + at, *variable));
        self.open.extend(moved);
        self.lambdas = self.lambdas.max(other.lambdas);
    }

    /// The expression between what opens a parenthesis and the parenthesis that closes it.
    pub(super) fn enclosed(&self, opening: &str) -> Self {
        let mut enclosed = Self::new(opening);
        enclosed.push(self);
        enclosed.push_str(")");
        enclosed
    }

    /// Closes a lambda over a collection: `collection/any(x:body)`.
    pub(super) fn lambda(mut self, operator: &str, variable: Variable, mut body: Self) -> Self {
        let name = match body.lambdas {
            0 => VARIABLE.to_owned(),
            inside => format!("{VARIABLE}{inside}"),
        };
        body.rename(variable, &name);
        body.lambdas += 1;
        self.push(&body.enclosed(&format!("/{operator}({name}:")));
        self
    }

    fn rename(&mut self, variable: Variable, name: &str) {
        let mut renamed = Self::new(String::with_capacity(self.text.len()));
        let mut end = 0;
        for &(start, open) in &self.open {
            renamed.push_str(&self.text[end..start]);
            end = start + VARIABLE.len();
            if open == variable {
                renamed.push_str(name);
            } else {
                renamed.open.push((renamed.text.len(), open));
                renamed.push_str(VARIABLE);
            }
        }
        renamed.push_str(&self.text[end..]);
        (self.text, self.open) = (renamed.text, renamed.open);
    }
}
