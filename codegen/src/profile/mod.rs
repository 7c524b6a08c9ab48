//! How a service's pages are worded: section names, columns, type words, phrases. Data, so that another service
//! documented in the same template needs a profile and not a fork.

mod lexicon;
mod words;

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::Error;

pub use lexicon::{Column, Section};

/// A profile, as its TOML file has it. Words are in lower case whatever the file has, since pages are compared without
/// regard to letter case.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// The service's name.
    pub name: String,
    /// The namespace of types whose page names none.
    pub namespace: String,
    /// Where the service answers.
    pub base_url: String,
    /// The public address of a page, with `{folder}`, `{page}` and `{version}`.
    pub documentation_url: String,
    /// The API versions, as paths and folders have them.
    pub versions: Vec<String>,
    /// The version of a page that does not say one.
    pub default_version: String,
    /// How versions are written in public addresses, where that differs.
    pub version_aliases: BTreeMap<String, String>,
    /// Names of folders.
    pub folders: Folders,
    /// Headings by what their sections hold.
    pub sections: BTreeMap<Section, Vec<String>>,
    /// Tabs of samples.
    pub tabs: Tabs,
    /// How enums are titled and worded.
    pub enums: Enums,
    /// How names are split into words.
    pub names: Names,
    /// What titles hold beside a name.
    pub titles: Titles,
    /// Header cells by the column's role.
    pub columns: BTreeMap<Column, Vec<String>>,
    /// How permission tables are worded.
    pub permissions: Permissions,
    /// Words of type cells, by the primitive type that they mean; `Json` for any JSON.
    pub types: BTreeMap<String, Vec<String>>,
    /// Phrases of prose.
    pub phrases: Phrases,
}

/// Names of folders.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Folders {
    /// Folders of operations.
    pub api: Vec<String>,
    /// Folders of types.
    pub resources: Vec<String>,
    /// Folders of parts of pages.
    pub includes: Vec<String>,
}

/// Tabs of samples.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tabs {
    /// Tabs that hold requests as they go over the wire; the others hold samples in languages.
    pub wire: Vec<String>,
}

/// How enums are titled and worded.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Enums {
    /// Ends of headings over a table of members: `status values`.
    pub heading_suffixes: Vec<String>,
    /// Ends of titles of enum pages.
    pub title_suffixes: Vec<String>,
    /// Phrases that say that members may be combined.
    pub flags: Vec<String>,
}

/// How names are split into words.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Names {
    /// Words that a rule of capitals would cut in the wrong place, such as `macOS`.
    pub words: Vec<String>,
}

/// What titles hold beside a name.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Titles {
    /// Ends of titles of type pages.
    pub resource_suffixes: Vec<String>,
    /// Ends of titles of action pages.
    pub action_suffixes: Vec<String>,
    /// Ends of titles of function pages.
    pub function_suffixes: Vec<String>,
}

/// How permission tables are worded.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Permissions {
    /// Delegated, with a work or school account.
    pub delegated_work: Vec<String>,
    /// Delegated, with a personal account.
    pub delegated_personal: Vec<String>,
    /// Application.
    pub application: Vec<String>,
    /// Words of a header over permissions, in tables that do not say their kind.
    pub header: Vec<String>,
    /// Phrases of a header over cells that begin with the most privileged permission.
    pub most_privileged_first: Vec<String>,
    /// Words for no permission.
    pub none: Vec<String>,
    /// Permissions without a dot in their name.
    pub dotless: Vec<String>,
    /// Words between the permissions of a cell.
    pub joining: Vec<String>,
}

/// Phrases of prose.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Phrases {
    /// Words of a type cell that say nothing about the type.
    pub type_noise: Vec<String>,
    /// There is no request body.
    pub no_body: Vec<String>,
    /// The rows of the body are parameters of an action.
    pub action_parameters: Vec<String>,
    /// The content is bytes.
    pub binary: Vec<String>,
    /// There is nothing in the response body.
    pub no_content: Vec<String>,
    /// What comes before a link to a type where there are several of it.
    pub collection: Vec<String>,
    /// Words before a number that is no status code.
    pub products: Vec<String>,
    /// Words after a status code.
    pub status_words: Vec<String>,
    /// What comes before a list of possible values.
    pub values: Vec<String>,
    /// What ends such a list.
    pub values_end: Vec<String>,
    /// What comes before the base type of a page.
    pub inherits: Vec<String>,
    /// What comes before the type that a row is inherited from.
    pub inherited: Vec<String>,
    /// The type is open.
    pub open_type: Vec<String>,
    /// The type is abstract.
    pub abstract_type: Vec<String>,
    /// The property is deprecated.
    pub deprecated: Vec<String>,
    /// The line that names a page's namespace.
    pub namespace: Vec<String>,
    /// First words of titles of operations that create an entity.
    pub create: Vec<String>,
}

/// The profile of Microsoft Graph, which is the default.
const GRAPH: &str = include_str!("../../profiles/graph.toml");

impl Profile {
    /// Reads a profile.
    ///
    /// # Errors
    ///
    /// The text is not TOML, or lacks or misspells a key: the message names line and column. Or a list of words holds an
    /// empty entry: the message names the key.
    pub fn parse(text: &str) -> Result<Self, toml::de::Error> {
        let mut profile: Self = toml::from_str(text)?;
        profile.lower().map_err(toml::de::Error::custom)?;
        Ok(profile)
    }

    /// The profile of Microsoft Graph.
    ///
    /// # Errors
    ///
    /// Never in a released build: a test reads the embedded file.
    pub fn graph() -> Result<Self, toml::de::Error> {
        Self::parse(GRAPH)
    }
}

/// Whether `text` contains one of `phrases`, without regard to letter case.
#[must_use]
pub fn contains_any(text: &str, phrases: &[String]) -> bool {
    let text = text.to_lowercase();
    phrases.iter().any(|phrase| text.contains(phrase.as_str()))
}

#[cfg(test)]
mod tests {
    use super::{GRAPH, Profile, Section, contains_any};

    #[test]
    fn the_embedded_profile_is_valid() {
        let profile = Profile::graph().unwrap();
        assert_eq!(profile.section("HTTP request"), Some(Section::Request));
        assert!(profile.versions.contains(&profile.default_version));
    }

    #[test]
    fn letter_case_of_a_profile_does_not_count() {
        let text = GRAPH
            .replace("\"properties\"", "\"PROPERTIES\"")
            .replace("\"deprecated\"", "\"Deprecated\"")
            .replace("\"boolean\"", "\"Boolean\"");
        let profile = Profile::parse(&text).unwrap();
        assert_eq!(profile.section("Properties"), Some(Section::Properties));
        assert_eq!(profile.primitive("boolean"), Some("Edm.Boolean"));
        assert!(contains_any("(deprecated)", &profile.phrases.deprecated));
        assert!(profile.names.words.contains(&"macOS".to_owned()));
    }

    #[test]
    fn an_empty_word_is_refused() {
        for (from, key) in [
            ("\"deprecated\"", "phrases.deprecated"),
            ("\"permission type\"", "columns.permission_kind"),
            ("\"binary\", \"bytes\"", "types.\"Edm.Binary\""),
            ("\"macOS\"", "names.words"),
        ] {
            let text = GRAPH.replace(from, "\" \"");
            let error = Profile::parse(&text).unwrap_err();
            assert!(error.message().contains(key), "{error}");
        }
    }

    #[test]
    fn a_misspelt_key_is_named() {
        let error = Profile::parse("name = 1\nnamespaces = 2").unwrap_err();
        assert!(error.to_string().contains("line 1"), "{error}");
    }
}
