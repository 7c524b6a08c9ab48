//! What the types of a profile do not say: entries that are empty, values that are missing, words with two meanings.

use std::collections::BTreeMap;
use std::ops::Range;

use toml::de::{DeTable, DeValue};

use super::ProfileError;
use crate::model::Primitive;

/// Lists and texts without which nothing, or nothing right, would be generated.
const NEEDED: &[&str] = &[
    "name",
    "package",
    "namespace",
    "base_url",
    "default_version",
    "versions",
    "key_properties",
    "sections.request",
    "sections.body",
    "sections.response",
    "sections.properties",
    "columns.property",
    "columns.type",
    "columns.description",
];

/// Tables of lists in which a word has one meaning.
const DISTINCT: &[&str] = &["folders", "sections", "types", "placeholders"];

/// Lists of one table that must not share a word.
const DISTINCT_LISTS: &[(&str, &[&str])] = &[(
    "permissions",
    &["delegated_work", "delegated_personal", "application"],
)];

/// The placeholders of an address of documentation.
const ADDRESS: &[&str] = &["folder", "page", "version"];

/// An entry of a profile.
struct Entry {
    /// The text.
    text: String,
    /// Where it stands.
    span: Range<usize>,
}

/// The entries of the profile by their keys, `sections.request`, in the order of the keys; of a list all of them.
type Entries = BTreeMap<String, (Range<usize>, Vec<Entry>)>;

/// Checks a text that has the form of a profile.
///
/// # Errors
///
/// The first thing that is wrong.
pub(super) fn check(text: &str) -> Result<(), ProfileError> {
    let table = DeTable::parse(text).map_err(|error| ProfileError::of_toml(text, &error))?;
    let mut entries = Entries::new();
    collect(table.get_ref(), "", &mut entries);
    let fail = |span: &Range<usize>, message: String| Err(ProfileError::at(text, span, message));
    for (key, (_, list)) in &entries {
        if let Some(empty) = list.iter().find(|entry| entry.text.trim().is_empty()) {
            return fail(
                &empty.span,
                format!("`{key}` holds an empty entry; expected a word or a phrase"),
            );
        }
    }
    for key in NEEDED {
        match entries.get(*key) {
            Some((_, list)) if !list.is_empty() => {}
            Some((span, _)) => {
                return fail(
                    span,
                    format!("`{key}` is empty; expected at least one entry"),
                );
            }
            None => {
                return fail(
                    &(0..0),
                    format!("`{key}` is missing; expected a list of words"),
                );
            }
        }
    }
    for table in DISTINCT {
        let prefix = format!("{table}.");
        let lists = entries.iter().filter(|(key, _)| key.starts_with(&prefix));
        distinct(text, lists.map(|(key, (_, list))| (key.clone(), list)))?;
    }
    for (table, keys) in DISTINCT_LISTS {
        let keys = keys.iter().map(|key| format!("{table}.{key}"));
        let lists = keys.filter_map(|key| entries.get(&key).map(|(_, list)| (key, list)));
        distinct(text, lists)?;
    }
    primitives(text, &entries)?;
    versions(text, &entries)?;
    addresses(text, &entries)
}

/// Adds the texts of a table, and of the tables in it.
fn collect(table: &DeTable<'_>, above: &str, entries: &mut Entries) {
    for (key, value) in table {
        let key = format!("{above}{}", key.get_ref());
        let entry = |text: &str, span: Range<usize>| Entry {
            text: text.to_owned(),
            span,
        };
        match value.get_ref() {
            DeValue::Table(inner) => collect(inner, &format!("{key}."), entries),
            DeValue::String(text) => {
                entries.insert(key, (value.span(), vec![entry(text, value.span())]));
            }
            DeValue::Array(list) => {
                let texts = list
                    .iter()
                    .filter_map(|item| Some(entry(item.get_ref().as_str()?, item.span())))
                    .collect();
                entries.insert(key, (value.span(), texts));
            }
            _ => {}
        }
    }
}

/// Refuses a word that stands in two lists.
fn distinct<'e>(
    text: &str,
    lists: impl Iterator<Item = (String, &'e Vec<Entry>)>,
) -> Result<(), ProfileError> {
    let mut known: BTreeMap<String, String> = BTreeMap::new();
    for (key, list) in lists {
        for entry in list {
            let word = entry.text.to_lowercase();
            match known.get(&word) {
                Some(first) if *first != key => {
                    let message = format!(
                        "`{}` stands in `{first}` and in `{key}`; expected one meaning for it",
                        entry.text
                    );
                    return Err(ProfileError::at(text, &entry.span, message));
                }
                _ => {
                    known.insert(word, key.clone());
                }
            }
        }
    }
    Ok(())
}

/// Refuses types that are no primitive types of OData.
fn primitives(text: &str, entries: &Entries) -> Result<(), ProfileError> {
    for (key, (span, _)) in entries {
        let name = key
            .strip_prefix("types.")
            .or_else(|| key.strip_prefix("placeholders."));
        let Some(name) = name else { continue };
        if name != "Json" && !Primitive::ALL.iter().any(|known| known.edm() == name) {
            let known: Vec<&str> = Primitive::ALL.iter().map(|known| known.edm()).collect();
            let message = format!(
                "`{name}` is no primitive type; expected `Json` or one of {}",
                known.join(", ")
            );
            return Err(ProfileError::at(text, span, message));
        }
    }
    Ok(())
}

/// Refuses a default version and aliases of versions that are not listed.
fn versions(text: &str, entries: &Entries) -> Result<(), ProfileError> {
    let known: Vec<&str> = list(entries, "versions")
        .map(|entry| entry.text.as_str())
        .collect();
    let expected = || format!("expected one of `versions`: {}", known.join(", "));
    for entry in list(entries, "default_version") {
        if !known.contains(&entry.text.as_str()) {
            let message = format!("`{}` is no version; {}", entry.text, expected());
            return Err(ProfileError::at(text, &entry.span, message));
        }
    }
    for (key, (span, _)) in entries {
        if let Some(version) = key.strip_prefix("version_aliases.")
            && !known.contains(&version)
        {
            let message = format!("`{version}` is no version; {}", expected());
            return Err(ProfileError::at(text, span, message));
        }
    }
    Ok(())
}

/// Refuses addresses that no request could go to, names that no package can have, and unknown names in braces.
fn addresses(text: &str, entries: &Entries) -> Result<(), ProfileError> {
    for entry in list(entries, "base_url") {
        let host = entry.text.strip_prefix("https://").unwrap_or_default();
        if host.is_empty() || host.starts_with('/') || host.ends_with('/') {
            let message = format!(
                "`{}` is no base address; expected `https://`, a host, and no slash at the end",
                entry.text
            );
            return Err(ProfileError::at(text, &entry.span, message));
        }
    }
    for entry in list(entries, "package") {
        let is_name = entry.text.starts_with(|c: char| c.is_ascii_lowercase())
            && entry
                .text
                .chars()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
        if !is_name {
            let message = format!(
                "`{}` is no name of a package; expected lower-case letters, digits and `-`",
                entry.text
            );
            return Err(ProfileError::at(text, &entry.span, message));
        }
    }
    for entry in list(entries, "documentation_url") {
        let names = entry.text.split('{').skip(1);
        for name in names.map(|rest| rest.split('}').next().unwrap_or(rest)) {
            if !ADDRESS.contains(&name) {
                let message = format!(
                    "`{{{name}}}` means nothing in an address of a page; expected {{{}}}",
                    ADDRESS.join("}, {")
                );
                return Err(ProfileError::at(text, &entry.span, message));
            }
        }
    }
    for entry in list(entries, "paths.bases") {
        if !entry.text.starts_with('/') || entry.text.ends_with('/') {
            let message = format!(
                "`{}` is no base of paths; expected a slash at its start and none at its end",
                entry.text
            );
            return Err(ProfileError::at(text, &entry.span, message));
        }
    }
    Ok(())
}

/// The entries of a key.
fn list<'e>(entries: &'e Entries, key: &str) -> impl Iterator<Item = &'e Entry> {
    entries.get(key).into_iter().flat_map(|(_, list)| list)
}
