//! Looks headings, header cells and type words up in a profile.

use serde::Deserialize;

use super::Profile;
use crate::prose::spaced;

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

impl Section {
    /// Whether it describes a type. A page has one such section of a kind, so that beside it a longer heading of the
    /// same beginning (`Properties of a policy definition`) is about something else.
    #[must_use]
    pub fn is_about_type(self) -> bool {
        matches!(
            self,
            Self::Properties
                | Self::Relationships
                | Self::Representation
                | Self::Members
                | Self::Annotations
        )
    }
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
    /// Whether a description says nothing: it is empty, or says just that.
    #[must_use]
    pub fn is_undocumented(&self, text: &str) -> bool {
        let text = text.trim().trim_end_matches('.').to_lowercase();
        text.is_empty() || self.phrases.undocumented.contains(&text)
    }

    /// Whether a sentence of a header's description says that the header has to be sent.
    #[must_use]
    pub fn is_required(&self, text: &str) -> bool {
        let text = text.to_lowercase();
        let mut sentences = text.split(['.', '\n']);
        sentences.any(|sentence| {
            self.phrases
                .required
                .iter()
                .any(|word| sentence.trim() == word)
        })
    }

    /// What the section of a heading holds.
    ///
    /// Headings vary: a colon at the end, a part in parentheses, a clause after the name (`HTTP request (v2)`,
    /// `Permissions for channel`, `Response, on success`). Of several names that a heading begins with, the longest
    /// counts: `Request body for orders` is no heading of a request.
    #[must_use]
    pub fn section(&self, heading: &str) -> Option<Section> {
        let heading = normalize(heading);
        self.section_named(&heading).or_else(|| {
            let begins = |name: &&String| {
                heading
                    .strip_prefix(name.as_str())
                    .is_some_and(|rest| rest.starts_with([' ', ',', ':', ';', '(']))
            };
            let names = self
                .sections
                .iter()
                .flat_map(|(section, names)| names.iter().map(move |name| (name, *section)));
            names
                .filter(|(name, _)| begins(name))
                .max_by_key(|(name, _)| name.len())
                .map(|(_, section)| section)
        })
    }

    /// What the section of a heading holds that is the name of a section and nothing else, but for a part in
    /// parentheses.
    #[must_use]
    pub fn plain_section(&self, heading: &str) -> Option<Section> {
        self.section_named(&normalize(heading))
    }

    /// [`plain_section`](Self::plain_section) of a heading that is normalized.
    fn section_named(&self, heading: &str) -> Option<Section> {
        let find = |text: &str| self.index.sections.get(text).copied();
        find(heading).or_else(|| {
            let (bare, _) = heading.split_once('(')?;
            find(bare.trim_end())
        })
    }

    /// Whether a text in lower case may hold one of the phrases that come before possible values.
    pub(crate) fn may_list_values(&self, text: &str) -> bool {
        let values = &self.index.values;
        values.as_ref().is_none_or(|values| values.is_match(text))
    }

    /// What a heading says that the operation is for: `get the photo` of `HTTP request to get the photo`.
    pub(crate) fn purpose<'h>(&self, heading: &'h str) -> Option<&'h str> {
        let lower = heading.to_ascii_lowercase();
        self.phrases
            .purpose
            .iter()
            .filter_map(|word| {
                let word = format!(" {word} ");
                lower.find(&word).map(|at| at + word.len())
            })
            .min()
            .and_then(|start| heading.get(start..))
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
        self.index.types.get(bare).map(String::as_str)
    }

    /// The primitive type that a placeholder of a JSON representation means, where its words alone do not say it.
    pub(crate) fn placeholder(&self, text: &str) -> Option<&str> {
        let text = text.to_lowercase();
        let mut types = self.placeholders.iter();
        let means = types.find(|(_, words)| words.contains(&text));
        means.map(|(name, _)| name.as_str())
    }

    /// Whether a word beside a type says that there are several.
    pub(crate) fn is_collection_word(&self, word: &str) -> bool {
        let words = &self.phrases.collection_words;
        words.iter().any(|known| known.eq_ignore_ascii_case(word))
    }
}

/// Lower case, one blank between words, no colon or full stop at the end.
fn normalize(text: &str) -> String {
    let mut words = spaced(text).to_lowercase();
    words.truncate(words.trim_end_matches([':', '.']).trim_end().len());
    words
}

#[cfg(test)]
mod tests {
    use super::Section;
    use crate::profile::Profile;

    #[test]
    fn headings_are_told_with_what_follows_the_name() {
        let profile = Profile::embedded().unwrap();
        for (heading, section) in [
            ("HTTP request", Some(Section::Request)),
            ("HTTP request (v2)", Some(Section::Request)),
            ("HTTP Request to get the photo:", Some(Section::Request)),
            ("Request body for orders", Some(Section::Body)),
            ("Permissions required", Some(Section::Permissions)),
            ("Response, on success", Some(Section::Response)),
            ("Request headers used", Some(Section::Headers)),
            ("Properties of an order", Some(Section::Properties)),
            ("Example: one order", Some(Section::Examples)),
            ("Responses", None),
            ("Properties-to-be", None),
            ("Get the photo", None),
            ("The response", None),
        ] {
            assert_eq!(profile.section(heading), section, "{heading}");
        }
        assert_eq!(
            profile.plain_section("HTTP request (v2)"),
            Some(Section::Request)
        );
        assert_eq!(profile.plain_section("Response, on success"), None);
    }

    #[test]
    fn a_heading_may_say_what_the_operation_is_for() {
        let profile = Profile::embedded().unwrap();
        let purpose = |heading| profile.purpose(heading);
        assert_eq!(
            purpose("HTTP request to get the photo"),
            Some("get the photo")
        );
        assert_eq!(purpose("HTTP request (v2)"), None);
    }
}
