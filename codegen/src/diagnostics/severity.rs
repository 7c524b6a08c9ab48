//! How grave a finding is.

/// How grave a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// Something was not read at all, or the caller asked for it to count: the exit code is 1.
    Error,
    /// A fact was lost, or two contradict each other.
    Warning,
    /// Something was repaired or left aside on purpose.
    Note,
}

impl Severity {
    /// All of them, the gravest first.
    pub const ALL: &'static [Self] = &[Self::Error, Self::Warning, Self::Note];

    /// `error`, `warning` or `note`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}
