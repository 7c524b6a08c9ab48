//! What has changed between two surfaces, as data.

use std::collections::BTreeMap;

use serde::{Serialize, Serializer};

use super::rule::{ChangeRule, Impact};
use super::surface::{Key, Space};

/// All changes, in the order of reading: by impact, requests before models, by path.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ApiDiff {
    /// The changes.
    pub changes: Vec<Change>,
}

/// What has changed about one item.
///
/// A line of a listing that is not in both belongs to exactly one change: those of the members of a type that came or went
/// belong to that of the type.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// The path of the item, the newer one of an item that was renamed.
    pub path: String,
    /// What sort of item it is.
    #[serde(serialize_with = "space")]
    pub space: Space,
    /// What has changed, the worst first; never empty.
    pub reasons: Vec<Reason>,
    /// Its lines in the older listing, where they are not in the newer one.
    pub before: Vec<String>,
    /// Its lines in the newer listing, where they are not in the older one.
    pub after: Vec<String>,
}

/// One thing that has changed about an item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Reason {
    /// The rule that it falls under.
    #[serde(serialize_with = "code")]
    pub rule: ChangeRule,
    /// What was, and what is.
    pub detail: Detail,
}

/// What there is to say about a change, in words that are not escaped yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Detail {
    /// The rule says it all.
    Nothing,
    /// What came or went: a request, a type of a field, a name in JSON.
    Is(String),
    /// A type that came or went: what it is, and how many members it has.
    Type {
        /// `struct` or `enum`.
        kind: &'static str,
        /// How many members it has.
        members: usize,
    },
    /// One thing is in the place of another.
    Replaced {
        /// What was.
        old: String,
        /// What is.
        new: String,
        /// The type whose new name explains it, where one does.
        follows: Option<String>,
    },
    /// The item had another path.
    Renamed {
        /// The path that it had.
        from: String,
        /// What the guess is based on.
        because: String,
    },
    /// A set is another one.
    Set {
        /// What is in it, such as `feature`.
        what: String,
        /// What came to it.
        added: Vec<String>,
        /// What left it.
        removed: Vec<String>,
    },
    /// Text is another one.
    Text {
        /// The lines that were.
        old: Vec<String>,
        /// The lines that are.
        new: Vec<String>,
    },
}

impl ApiDiff {
    /// How many items have changed with an impact.
    #[must_use]
    pub fn count(&self, impact: Impact) -> usize {
        let changes = self.changes.iter();
        changes.filter(|change| change.impact() == impact).count()
    }

    /// How many reasons fall under each rule, in the order of the rules.
    #[must_use]
    pub fn by_rule(&self) -> BTreeMap<ChangeRule, usize> {
        let mut counts = BTreeMap::new();
        for reason in self.changes.iter().flat_map(|change| &change.reasons) {
            *counts.entry(reason.rule).or_default() += 1;
        }
        counts
    }

    /// How many changes are guesses at new names.
    #[must_use]
    pub fn guesses(&self) -> usize {
        let changes = self.changes.iter();
        changes
            .filter(|change| change.renamed_from().is_some())
            .count()
    }
}

impl Change {
    /// The worst impact of its reasons.
    #[must_use]
    pub fn impact(&self) -> Impact {
        let impacts = self.reasons.iter().map(|reason| reason.rule.impact());
        impacts.min().unwrap_or(Impact::Documentation)
    }

    /// What names the item.
    #[must_use]
    pub fn key(&self) -> Key {
        Key::new(self.path.clone(), self.space)
    }

    /// The path that the item had, where a guess says that it had another one.
    #[must_use]
    pub fn renamed_from(&self) -> Option<&str> {
        self.reasons.iter().find_map(|reason| match &reason.detail {
            Detail::Renamed { from, .. } => Some(from.as_str()),
            _ => None,
        })
    }
}

fn code<S: Serializer>(rule: &ChangeRule, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(rule.code())
}

fn space<S: Serializer>(space: &Space, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(match space {
        Space::Module => "module",
        Space::Type => "type",
        Space::Member => "member",
        Space::Function => "function",
    })
}
