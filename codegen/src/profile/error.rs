//! Why a text is no profile, and where it says so.

use std::fmt;
use std::ops::Range;

use crate::diagnostics::line_and_column;

/// A profile that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProfileError {
    /// What is wrong, and what was expected.
    pub message: String,
    /// The line of the profile, from 1.
    pub line: usize,
    /// The column, in characters, from 1.
    pub column: usize,
}

impl ProfileError {
    /// An error at a place of `text`.
    pub(super) fn at(text: &str, span: &Range<usize>, message: String) -> Self {
        let (line, column) = line_and_column(text, span.start);
        Self {
            message,
            line,
            column,
        }
    }

    /// An error of the TOML reader. A table that lacks a key has no place of its own that it could name: the first line
    /// stands for the file.
    pub(super) fn of_toml(text: &str, error: &toml::de::Error) -> Self {
        let span = error.span().unwrap_or_default();
        Self::at(text, &span, error.message().to_owned())
    }
}

impl fmt::Display for ProfileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.line, self.column, self.message)
    }
}

impl std::error::Error for ProfileError {}
