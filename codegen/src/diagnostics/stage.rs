//! The stages that findings come from.

/// A stage of the pipeline, in the order in which they run; the last is the comparison with a baseline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Stage {
    /// From a folder to pages.
    Read,
    /// From a page to sections, tables and fences.
    Parse,
    /// From a page's parts to facts.
    Extract,
    /// Corrections of the facts.
    Correct,
    /// From facts to types and operations.
    Resolve,
    /// The choice of operations.
    Select,
    /// Examples against the types.
    Examine,
    /// Names and signatures.
    Plan,
    /// The comparison of the findings with those that are known.
    Baseline,
}

impl Stage {
    /// All of them, in their order.
    pub const ALL: &'static [Self] = &[
        Self::Read,
        Self::Parse,
        Self::Extract,
        Self::Correct,
        Self::Resolve,
        Self::Select,
        Self::Examine,
        Self::Plan,
        Self::Baseline,
    ];

    /// The name of the stage, such as `read`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Parse => "parse",
            Self::Extract => "extract",
            Self::Correct => "correct",
            Self::Resolve => "resolve",
            Self::Select => "select",
            Self::Examine => "examine",
            Self::Plan => "plan",
            Self::Baseline => "baseline",
        }
    }

    /// What it does, in a few words.
    #[must_use]
    pub fn summary(self) -> &'static str {
        match self {
            Self::Read => "finds the files and loads them",
            Self::Parse => {
                "splits pages into sections, tables and code, and mends what markdown would lose"
            }
            Self::Extract => {
                "makes facts of rows, request lines, members, permissions and examples"
            }
            Self::Correct => "applies the corrections",
            Self::Resolve => "brings the facts of all pages together as types and operations",
            Self::Select => "keeps the operations that are asked for",
            Self::Examine => "holds the bodies of examples to the types",
            Self::Plan => "decides every name of the SDK",
            Self::Baseline => "compares the findings with those that are known",
        }
    }
}
