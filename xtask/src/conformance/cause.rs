//! Why an example came out as it did.

use graph_codegen::diagnostics::Rule;
use graph_runtime::conformance::{Judged, Verdict};

/// Why an example came out as it did.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Cause {
    /// The code does what the page shows.
    Passed,
    /// The same, for the object in `value`: pages that were generated put it there.
    Wrapped,
    /// The pages do not say what the JSON holds, so it is kept as it is.
    Untyped,
    /// The body of an answer that is an error, which has no type of its own.
    Error,
    /// No JSON: bytes, text, rows.
    NoJson,
    /// The page documents no such request.
    Unmatched,
    /// JSON that cannot be read.
    Unreadable,
    /// What stands for a value is no value.
    Placeholder,
    /// The page says otherwise in its tables or its text.
    Contradiction,
    /// None of these: the generator or the runtime has it wrong.
    Fault,
}

impl Cause {
    /// All, in the order of the table.
    pub(super) const ALL: [Self; 10] = [
        Self::Passed,
        Self::Wrapped,
        Self::Untyped,
        Self::Error,
        Self::NoJson,
        Self::Unmatched,
        Self::Unreadable,
        Self::Placeholder,
        Self::Contradiction,
        Self::Fault,
    ];

    /// In a table.
    pub(super) const fn text(self) -> &'static str {
        match self {
            Self::Passed => "as the page shows it",
            Self::Wrapped => "the same, for the object in `value`",
            Self::Untyped => "kept as JSON, for want of a documented type",
            Self::Error => "body of an error",
            Self::NoJson => "no JSON",
            Self::Unmatched => "another request than the page documents",
            Self::Unreadable => "JSON that cannot be read",
            Self::Placeholder => "a placeholder instead of a value",
            Self::Contradiction => "contradicts the tables or the text",
            Self::Fault => "not explained",
        }
    }

    /// For programs.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Passed => "passed",
            Self::Wrapped => "wrapped",
            Self::Untyped => "untyped",
            Self::Error => "error",
            Self::NoJson => "no_json",
            Self::Unmatched => "unmatched",
            Self::Unreadable => "unreadable",
            Self::Placeholder => "placeholder",
            Self::Contradiction => "contradiction",
            Self::Fault => "fault",
        }
    }

    /// The rules of the findings about it, where it lies in the pages.
    pub(super) const fn rules(self) -> &'static [Rule] {
        match self {
            Self::Passed | Self::Error | Self::NoJson | Self::Fault => &[],
            Self::Wrapped | Self::Contradiction => &[Rule::ContradictingExample],
            Self::Untyped => &[Rule::UntypedBody, Rule::UntypedResponse],
            Self::Unmatched => &[Rule::UnmatchedExample],
            Self::Unreadable => &[Rule::UnreadableJson],
            Self::Placeholder => &[Rule::PlaceholderValue],
        }
    }

    /// The cause of what became of a request or of a body. `wrapped`: the body is the object in `value` of the one shown;
    /// `placeholders`: what contradicts the page stands for a value and is none.
    pub(super) fn of(judged: &Judged, wrapped: bool, placeholders: bool) -> Self {
        match judged.verdict {
            Verdict::Passed if wrapped => Self::Wrapped,
            Verdict::Passed => Self::Passed,
            Verdict::Untyped => Self::Untyped,
            _ if !judged.contradicts => Self::Fault,
            _ if placeholders => Self::Placeholder,
            _ => Self::Contradiction,
        }
    }
}
