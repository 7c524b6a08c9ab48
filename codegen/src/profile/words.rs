//! Lowers the words of a profile, so that comparisons ignore letter case, and refuses empty ones.

use std::fmt::Debug;

use super::Profile;

impl Profile {
    /// Lowers all words that pages are compared with.
    ///
    /// # Errors
    ///
    /// An entry is empty: it would be found in every text. The message names the key.
    pub(super) fn lower(&mut self) -> Result<(), String> {
        for (key, words) in self.words() {
            for word in words.iter_mut() {
                if word.trim().is_empty() {
                    return Err(format!("`{key}` holds an empty entry"));
                }
                *word = word.to_lowercase();
            }
        }
        if self.names.words.iter().any(|word| word.trim().is_empty()) {
            return Err("`names.words` holds an empty entry".to_owned());
        }
        Ok(())
    }

    /// The lists of words, by their keys.
    fn words(&mut self) -> Vec<(String, &mut Vec<String>)> {
        let (enums, titles) = (&mut self.enums, &mut self.titles);
        let (permissions, phrases) = (&mut self.permissions, &mut self.phrases);
        let named = [
            ("tabs.wire", &mut self.tabs.wire),
            ("folders.api", &mut self.folders.api),
            ("folders.resources", &mut self.folders.resources),
            ("folders.includes", &mut self.folders.includes),
            ("enums.heading_suffixes", &mut enums.heading_suffixes),
            ("enums.title_suffixes", &mut enums.title_suffixes),
            ("enums.flags", &mut enums.flags),
            ("titles.resource_suffixes", &mut titles.resource_suffixes),
            ("titles.action_suffixes", &mut titles.action_suffixes),
            ("titles.function_suffixes", &mut titles.function_suffixes),
            (
                "permissions.delegated_work",
                &mut permissions.delegated_work,
            ),
            (
                "permissions.delegated_personal",
                &mut permissions.delegated_personal,
            ),
            ("permissions.application", &mut permissions.application),
            ("permissions.header", &mut permissions.header),
            (
                "permissions.most_privileged_first",
                &mut permissions.most_privileged_first,
            ),
            ("permissions.none", &mut permissions.none),
            ("permissions.dotless", &mut permissions.dotless),
            ("permissions.joining", &mut permissions.joining),
            ("phrases.type_noise", &mut phrases.type_noise),
            ("phrases.no_body", &mut phrases.no_body),
            ("phrases.action_parameters", &mut phrases.action_parameters),
            ("phrases.binary", &mut phrases.binary),
            ("phrases.no_content", &mut phrases.no_content),
            ("phrases.collection", &mut phrases.collection),
            ("phrases.products", &mut phrases.products),
            ("phrases.status_words", &mut phrases.status_words),
            ("phrases.values", &mut phrases.values),
            ("phrases.values_end", &mut phrases.values_end),
            ("phrases.inherits", &mut phrases.inherits),
            ("phrases.inherited", &mut phrases.inherited),
            ("phrases.open_type", &mut phrases.open_type),
            ("phrases.abstract_type", &mut phrases.abstract_type),
            ("phrases.deprecated", &mut phrases.deprecated),
            ("phrases.namespace", &mut phrases.namespace),
            ("phrases.create", &mut phrases.create),
        ];
        let named = named
            .into_iter()
            .map(|(key, words)| (key.to_owned(), words));
        let sections = self.sections.iter_mut();
        let columns = self.columns.iter_mut();
        let types = self.types.iter_mut();
        named
            .chain(sections.map(|(key, words)| (format!("sections.{}", snake(key)), words)))
            .chain(columns.map(|(key, words)| (format!("columns.{}", snake(key)), words)))
            .chain(types.map(|(key, words)| (format!("types.\"{key}\""), words)))
            .collect()
    }
}

/// The key of a variant as the file has it: `permission_kind` of `PermissionKind`.
fn snake(variant: &impl Debug) -> String {
    let mut key = String::new();
    for c in format!("{variant:?}").chars() {
        if c.is_ascii_uppercase() && !key.is_empty() {
            key.push('_');
        }
        key.push(c.to_ascii_lowercase());
    }
    key
}
