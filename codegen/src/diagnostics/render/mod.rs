//! Shows diagnostics: to people as rustc does, and to machines in three formats.

mod clip;
mod github;
mod human;
mod json;
mod place;
mod sarif;
mod summary;

use std::fmt;
use std::str::FromStr;

use super::Diagnostic;
use crate::corpus::Corpus;
pub use summary::summary;

/// How diagnostics are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// Text with an excerpt of the page, as rustc writes it.
    #[default]
    Human,
    /// One JSON object a line: `rule`, `severity`, `message`, `path`, `line`, `column`, `end_line`, `end_column`,
    /// `labels` (the places beside the main one, each with its `text`) and `help`.
    ///
    /// Lines and columns count from one, columns in characters; the end is the place after the last character.
    Json,
    /// One SARIF 2.1.0 log.
    Sarif,
    /// One GitHub workflow command a line.
    Github,
}

impl Format {
    /// All formats.
    pub const ALL: &'static [Self] = &[Self::Human, Self::Json, Self::Sarif, Self::Github];

    /// The name, as `--format` takes it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Human => "human",
            Self::Json => "json",
            Self::Sarif => "sarif",
            Self::Github => "github",
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Format {
    type Err = UnknownFormat;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let named = |format: &&Self| format.as_str() == text;
        Self::ALL
            .iter()
            .find(named)
            .copied()
            .ok_or(UnknownFormat(()))
    }
}

/// The name of a format is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected human, json, sarif or github")]
pub struct UnknownFormat(());

/// Writes findings about `corpus`, in the order in which they come.
///
/// Paths are those of the pages below [`Corpus::root`], so that an editor can open them. `colour` adds the escape
/// sequences of a terminal to [`Format::Human`]; the others have none.
#[must_use]
pub fn render<'a>(
    findings: impl IntoIterator<Item = &'a Diagnostic>,
    corpus: &Corpus,
    format: Format,
    colour: bool,
) -> String {
    let findings = findings.into_iter();
    match format {
        Format::Human => human::render(findings, corpus, colour),
        Format::Json => json::render(findings, corpus),
        Format::Sarif => sarif::render(findings, corpus),
        Format::Github => github::render(findings, corpus),
    }
}
