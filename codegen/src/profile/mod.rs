//! How a service's pages are worded: section names, columns, type words, phrases. Data, so that another service
//! documented in the same template needs a profile and not a fork.

mod check;
mod error;
mod index;
mod lexicon;
mod words;

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::digest::Digest;
use crate::prose::Attribution;
pub use error::ProfileError;
use index::Index;
pub use lexicon::{Column, Section};

/// A profile, as its TOML file has it. Words are in lower case whatever the file has, since pages are compared without
/// regard to letter case.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// The digest of the file.
    #[serde(skip)]
    pub digest: Digest,
    /// The service's name, as the generated documentation has it.
    pub name: String,
    /// The name of the generated package, where the folder that it is written to gives it no other.
    pub package: String,
    /// The namespace of types whose page names none.
    pub namespace: String,
    /// Where the service answers: what stands before the version in the address of a request. Names in braces are for
    /// the application to fill in.
    pub base_url: String,
    /// The identifier of the service as an application of its own, which the registration of another application asks
    /// for permissions of it by.
    #[serde(default)]
    pub resource_app_id: Option<String>,
    /// What an application asks a token provider for, unless it knows better.
    #[serde(default)]
    pub scopes: Vec<String>,
    /// The public address of a page, with `{folder}`, `{page}` and `{version}`. Without one, the generated
    /// documentation has no links to pages.
    pub documentation_url: Option<String>,
    /// Whom the licence of the service's pages wants to be named in a crate that has their descriptions. Pages of other
    /// origin say so themselves, in a file `attribution.toml` beside them.
    pub attribution: Option<Attribution>,
    /// The API versions, as paths and folders have them.
    pub versions: Vec<String>,
    /// The version of a page that does not say one.
    pub default_version: String,
    /// How versions are written in public addresses, where that differs.
    #[serde(default)]
    pub version_aliases: BTreeMap<String, String>,
    /// Types that all entity types are derived from, and that need no page.
    #[serde(default)]
    pub root_types: Vec<String>,
    /// Properties that are the key of their type, wherever they stand.
    pub key_properties: Vec<String>,
    /// Names of folders.
    pub folders: Folders,
    /// How request lines and paths are written.
    pub paths: Paths,
    /// Headings by what their sections hold.
    pub sections: BTreeMap<Section, Vec<String>>,
    /// How examples are titled.
    pub examples: Examples,
    /// Tabs of samples, where pages have them.
    #[serde(default)]
    pub tabs: Tabs,
    /// How enums are titled and worded.
    pub enums: Enums,
    /// How names are split into words.
    #[serde(default)]
    pub names: Names,
    /// What titles hold beside a name.
    pub titles: Titles,
    /// Header cells by the column's role.
    pub columns: BTreeMap<Column, Vec<String>>,
    /// How permission tables are worded, where pages have them.
    #[serde(default)]
    pub permissions: Permissions,
    /// Words of type cells, by the primitive type that they mean; `Json` for any JSON.
    pub types: BTreeMap<String, Vec<String>>,
    /// Placeholders of JSON representations that mean another primitive type than their words do in a type cell.
    #[serde(default)]
    pub placeholders: BTreeMap<String, Vec<String>>,
    /// Phrases of prose.
    pub phrases: Phrases,
    /// The words as they are looked up.
    #[serde(skip)]
    index: Index,
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

/// How request lines and paths are written.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Paths {
    /// Hosts that a request line may begin with and leave out the scheme, beside that of the base address.
    pub hosts: Vec<String>,
    /// What may stand between host and version: `/v2.0/{tenant}/api`, where a name in braces is any one segment.
    pub bases: Vec<String>,
    /// Whether request lines begin with a host, a base or a version as a rule; otherwise one that does is reported.
    pub with_base: bool,
    /// Whether request lines leave out the leading slash as a rule; otherwise one that does is reported.
    pub without_slash: bool,
    /// Functions whose last segment has neither parentheses nor a title that names them.
    pub functions: Vec<String>,
    /// Last segments that lead to bytes, beside OData's own `$value`.
    pub content: Vec<String>,
}

/// How examples are titled.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Examples {
    /// First words of headings of examples: `Example 2: …`.
    pub titles: Vec<String>,
    /// Headings of the request in an example.
    pub requests: Vec<String>,
    /// Words that a heading or the text above a fence calls a response with.
    pub responses: Vec<String>,
}

/// Tabs of samples.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tabs {
    /// What the target of a link in a heading begins with where the heading opens a tab.
    pub link: String,
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
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Names {
    /// Words that a rule of capitals would cut in the wrong place, such as `macOS`.
    pub words: Vec<String>,
    /// Segments of paths in their right spelling, where pages differ in letter case: each spelling is a module otherwise.
    #[serde(default)]
    pub spellings: Vec<String>,
    /// By the last name of a path: types that it holds though the path lacks words of their names. A function about
    /// another type than its path says has the type's name in its own.
    #[serde(default)]
    pub subjects: BTreeMap<String, Vec<String>>,
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
///
/// Which kinds there are is not for a profile to say: [`Permissions`](crate::model::Permissions) and the runtime have a
/// field for each. Their names on pages and in the generated documentation are.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Permissions {
    /// Delegated, with a work or school account.
    pub delegated_work: Vec<String>,
    /// Delegated, with a personal account.
    pub delegated_personal: Vec<String>,
    /// Application.
    pub application: Vec<String>,
    /// What the generated documentation calls the three kinds, in this order.
    pub labels: [String; 3],
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
    /// Of these words, those between two permissions that are needed together: `A and B, C` is A with B, or C.
    #[serde(default)]
    pub together: Vec<String>,
    /// Of these words, those between two lists of which one of each is needed: `A, B plus C` is A with C, or B with C.
    #[serde(default)]
    pub besides: Vec<String>,
    /// Parts of the names of permissions that allow to read.
    #[serde(default)]
    pub reading: Vec<String>,
    /// Parts of the names of those that allow more than that as well.
    #[serde(default)]
    pub writing: Vec<String>,
}

/// Phrases of prose.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Phrases {
    /// Words of a type cell that say nothing about the type.
    pub type_noise: Vec<String>,
    /// Words beside a type that say that there are several: `String collection`. OData's `Collection(…)` needs no entry.
    pub collection_words: Vec<String>,
    /// Between two types of a cell of which either may be meant: `string or number`.
    pub alternatives: Vec<String>,
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
    /// What comes after a type's name in strong type or code, where pages name the type of a body without a link to
    /// it: an **order** object.
    pub instance: Vec<String>,
    /// Words before a number that is no status code.
    pub products: Vec<String>,
    /// Words after a status code.
    pub status_words: Vec<String>,
    /// What comes before a list of possible values.
    pub values: Vec<String>,
    /// Words between the values of a list, where there is no comma.
    pub value_separators: Vec<String>,
    /// What ends such a list.
    pub values_end: Vec<String>,
    /// What comes before the base type of a page.
    pub inherits: Vec<String>,
    /// What comes before the type that a row is inherited from.
    pub inherited: Vec<String>,
    /// Words between such a phrase and the type.
    pub articles: Vec<String>,
    /// The type is open.
    pub open_type: Vec<String>,
    /// The type is abstract.
    pub abstract_type: Vec<String>,
    /// The property is deprecated.
    pub deprecated: Vec<String>,
    /// A description that is one of these says nothing.
    #[serde(default)]
    pub undocumented: Vec<String>,
    /// A sentence of a header's description that is one of these: the header has to be sent.
    #[serde(default)]
    pub required: Vec<String>,
    /// The line that names a page's namespace.
    pub namespace: Vec<String>,
    /// First words of titles of operations that create an entity.
    pub create: Vec<String>,
    /// First words of titles of operations that list the entities of a collection.
    #[serde(default)]
    pub list: Vec<String>,
    /// In the heading of a section: what follows says what the operation is for, as in `HTTP request to get the photo`.
    pub purpose: Vec<String>,
}

/// The profile that is used where the caller gives no other.
const EMBEDDED: &str = include_str!("../../profiles/graph.toml");

impl Profile {
    /// Reads a profile.
    ///
    /// # Errors
    ///
    /// The text is not TOML, lacks or misspells a key, holds an empty entry, lacks a value that the generator cannot do
    /// without, or gives a word two meanings. The error says where, and what was expected.
    pub fn parse(text: &str) -> Result<Self, ProfileError> {
        let mut profile: Self =
            toml::from_str(text).map_err(|error| ProfileError::of_toml(text, &error))?;
        check::check(text)?;
        profile.lower();
        profile.index = Index::of(&profile);
        profile.digest = Digest::of_text(text);
        Ok(profile)
    }

    /// The profile that is part of the library, and the default.
    ///
    /// # Errors
    ///
    /// Never in a released build: a test reads the embedded file.
    pub fn embedded() -> Result<Self, ProfileError> {
        Self::parse(EMBEDDED)
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
    use super::{EMBEDDED, Profile, Section, contains_any};

    #[test]
    fn the_embedded_profile_is_valid() {
        let profile = Profile::embedded().unwrap();
        assert_eq!(profile.section("HTTP request"), Some(Section::Request));
        assert!(profile.versions.contains(&profile.default_version));
    }

    #[test]
    fn letter_case_of_a_profile_does_not_count() {
        let text = EMBEDDED
            .replace("\"properties\"", "\"PROPERTIES\"")
            .replace("\"deprecated\"", "\"Deprecated\"")
            .replace("\"boolean\"", "\"Boolean\"");
        let profile = Profile::parse(&text).unwrap();
        assert_eq!(profile.section("Properties"), Some(Section::Properties));
        assert_eq!(profile.primitive("boolean"), Some("Edm.Boolean"));
        assert!(contains_any("(deprecated)", &profile.phrases.deprecated));
        assert!(profile.names.words.contains(&"macOS".to_owned()));
    }
}
