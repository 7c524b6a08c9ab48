//! Turns the lists of a profile into what a word is looked up in: each page asks for hundreds, and the lists have hundreds.

use std::collections::BTreeMap;

use regex::Regex;

use super::{Profile, Section};

/// The words of a profile by what they mean; of a word that stands in two lists the first counts.
#[derive(Clone, Debug, Default)]
pub(super) struct Index {
    /// What the section holds that has a name as its heading.
    pub(super) sections: BTreeMap<String, Section>,
    /// The primitive type that a word of a type cell means.
    pub(super) types: BTreeMap<String, String>,
    /// One of the phrases that come before possible values; `None` where there are too many to be searched for at
    /// once.
    pub(super) values: Option<Regex>,
}

impl Index {
    /// The index of a profile, whose words are in lower case.
    pub(super) fn of(profile: &Profile) -> Self {
        let values = &profile.phrases.values;
        let phrases: Vec<String> = values.iter().map(|phrase| regex::escape(phrase)).collect();
        Self {
            sections: by_word(&profile.sections),
            types: by_word(&profile.types),
            values: Regex::new(&phrases.join("|")).ok(),
        }
    }
}

fn by_word<T: Clone>(lists: &BTreeMap<T, Vec<String>>) -> BTreeMap<String, T> {
    let mut words = BTreeMap::new();
    for (meaning, list) in lists {
        for word in list {
            words.entry(word.clone()).or_insert_with(|| meaning.clone());
        }
    }
    words
}
