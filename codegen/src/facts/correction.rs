//! What was corrected: facts that a maintainer put in the place of those on a page.

use super::TypeName;
use crate::diagnostics::Span;

/// What a correction says that a body or an answer holds. It counts before all that the page says and shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stated {
    /// Nothing.
    Nothing,
    /// A value of a type.
    Value(TypeName),
}

/// A correction that was applied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AppliedCorrection {
    /// The path of the page below the root.
    pub page: String,
    /// The fact that was corrected; where one was added, what it was added to.
    pub span: Span,
    /// The line of the correction in its file.
    pub line: usize,
    /// The fact, and what it was and is: ``property `size`: type `String` → `Int32` ``.
    pub what: String,
    /// Why the page is wrong.
    pub because: String,
    /// Where that can be checked.
    pub link: String,
}
