//! Looks headings, header cells and type words up in a profile.

use serde::Deserialize;

use super::Profile;

/// What a section holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Section {
    /// Permissions.
    Permissions,
    /// Request lines.
    Request,
    /// Request headers.
    Headers,
    /// Query options and query parameters.
    Query,
    /// Arguments of functions and paths.
    Parameters,
    /// The request body.
    Body,
    /// The response, of the operation or of an example.
    Response,
    /// Examples.
    Examples,
    /// Properties.
    Properties,
    /// Relationships.
    Relationships,
    /// The JSON representation of a type.
    Representation,
    /// Members of an enum.
    Members,
    /// The operations of a type.
    Methods,
    /// Annotations that instances may carry.
    Annotations,
    /// Error answers.
    Errors,
    /// Nothing that facts are made of.
    Ignored,
}

/// The role of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Column {
    /// The name of a property, parameter or header.
    Property,
    /// The type.
    Type,
    /// The description.
    Description,
    /// The name of an enum's member.
    Member,
    /// The number of an enum's member.
    Number,
    /// The kind of a permission.
    PermissionKind,
    /// An operation.
    Method,
    /// The name of a property that leads to another object.
    Relationship,
}

impl Profile {
    /// What the section of a heading holds.
    ///
    /// Headings vary: a colon at the end, a part in parentheses, a clause after the name
    /// (`HTTP request to get the photo`, `Permissions for channel`).
    #[must_use]
    pub fn section(&self, heading: &str) -> Option<Section> {
        let heading = normalize(heading);
        let bare = heading.split('(').next().unwrap_or_default().trim_end();
        let find = |text: &str| {
            self.sections
                .iter()
                .find(|(_, names)| names.iter().any(|name| name == text))
                .map(|(section, _)| *section)
        };
        find(&heading).or_else(|| find(bare)).or_else(|| {
            [Section::Request, Section::Permissions]
                .into_iter()
                .find(|section| {
                    self.sections.get(section).is_some_and(|names| {
                        names.iter().any(|name| {
                            bare.strip_prefix(name.as_str())
                                .is_some_and(|rest| rest.starts_with(' '))
                        })
                    })
                })
        })
    }

    /// Whether a header cell has a role.
    #[must_use]
    pub fn is_column(&self, cell: &str, column: Column) -> bool {
        self.column_rank(cell, column).is_some()
    }

    /// Which of the titles of a role a header cell has, the first being 0; `None` where it has another role.
    pub(crate) fn column_rank(&self, cell: &str, column: Column) -> Option<usize> {
        let cell = normalize(cell);
        let names = self.columns.get(&column)?;
        names.iter().position(|name| *name == cell)
    }

    /// The primitive type that a word of a type cell means: its `Edm.` name, or `Json`.
    #[must_use]
    pub fn primitive(&self, word: &str) -> Option<&str> {
        let word = word.to_lowercase();
        let bare = word.strip_prefix("edm.").unwrap_or(&word);
        self.types
            .iter()
            .find(|(_, words)| words.iter().any(|known| known == bare))
            .map(|(name, _)| name.as_str())
    }
}

/// Lower case, one blank between words, no colon or full stop at the end.
#[must_use]
pub(super) fn normalize(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words
        .join(" ")
        .to_lowercase()
        .trim_end_matches([':', '.'])
        .trim_end()
        .to_owned()
}
