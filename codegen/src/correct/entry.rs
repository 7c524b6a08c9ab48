//! The file format: one table for each correction, and which keys go with which fact.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

/// The file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    #[serde(default)]
    pub(super) correction: Vec<Spanned<Entry>>,
}

/// One correction: the page, the fact, what is right, and why.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Entry {
    /// The page below the documentation folder.
    pub(super) page: String,

    // What it is about, by the name that the page has: exactly one of these.
    pub(super) resource: Option<String>,
    pub(super) property: Option<String>,
    #[serde(rename = "enum")]
    pub(super) enumeration: Option<String>,
    pub(super) request: Option<String>,
    pub(super) response: Option<String>,
    pub(super) body: Option<String>,
    pub(super) permission: Option<String>,
    /// Which of several: the type of a property, or a request line of its operation.
    pub(super) of: Option<String>,

    // What is right.
    pub(super) name: Option<String>,
    pub(super) base: Option<String>,
    #[serde(rename = "type")]
    pub(super) type_name: Option<String>,
    pub(super) collection: Option<bool>,
    pub(super) navigation: Option<bool>,
    pub(super) values: Option<Vec<String>>,
    pub(super) none: Option<bool>,
    pub(super) status: Option<Vec<u16>>,
    pub(super) line: Option<String>,
    pub(super) kind: Option<Kind>,
    pub(super) add: Option<Items>,
    pub(super) remove: Option<Items>,
    pub(super) rename: Option<BTreeMap<String, String>>,

    /// What the page says today, so that another word of it is not overwritten.
    pub(super) was: Option<String>,
    /// Why the page is wrong.
    pub(super) because: String,
    /// Where that can be checked.
    pub(super) link: String,
}

/// A kind of permission.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Kind {
    DelegatedWork,
    DelegatedPersonal,
    Application,
}

/// What is added or removed: the fact itself, or items of it.
#[derive(Debug, Deserialize)]
#[serde(
    untagged,
    expecting = "expected `true` for a property or a request, or a list of names for an enum or permissions"
)]
pub(super) enum Items {
    Itself(bool),
    Names(Vec<String>),
}

impl Items {
    /// The names; none where the fact itself is meant.
    pub(super) fn names(items: Option<&Self>) -> &[String] {
        match items {
            Some(Self::Names(names)) => names,
            _ => &[],
        }
    }

    /// Whether the fact itself is meant.
    pub(super) fn itself(items: Option<&Self>) -> bool {
        matches!(items, Some(Self::Itself(true)))
    }
}

/// What a correction is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Subject {
    Resource,
    Property,
    Enum,
    Request,
    Response,
    Body,
    Permission,
}

/// The subjects: the key that names the fact, and the keys of what is right.
const SUBJECTS: [(Subject, &str, &[&str]); 7] = [
    (Subject::Resource, "resource", &["name", "base"]),
    (
        Subject::Property,
        "property",
        &[
            "name",
            "type",
            "collection",
            "navigation",
            "values",
            "add",
            "remove",
        ],
    ),
    (Subject::Enum, "enum", &["name", "add", "remove", "rename"]),
    (Subject::Request, "request", &["line", "add", "remove"]),
    (
        Subject::Response,
        "response",
        &["type", "collection", "none", "status"],
    ),
    (Subject::Body, "body", &["type", "collection", "none"]),
    (
        Subject::Permission,
        "permission",
        &["kind", "add", "remove"],
    ),
];

impl Entry {
    /// What it is about, with the key and the name of the fact.
    ///
    /// # Errors
    ///
    /// It names no fact or several, has keys that do not go with the fact, or does not say why.
    pub(super) fn subject(&self) -> Result<(Subject, &'static str, &str), String> {
        let named: Vec<_> = SUBJECTS
            .iter()
            .filter_map(|(subject, key, right)| {
                Some((*subject, *key, *right, self.named(*subject)?))
            })
            .collect();
        let [(subject, key, right, name)] = named.as_slice() else {
            let keys: Vec<&str> = SUBJECTS.iter().map(|(_, key, _)| *key).collect();
            return Err(format!(
                "has {} of the keys that say what it is about; expected one of {}",
                if named.is_empty() { "none" } else { "several" },
                quoted(&keys)
            ));
        };
        if self.because.trim().is_empty() || self.link.trim().is_empty() {
            return Err(
                "does not say why, or where that can be checked; expected text in `because` and `link`"
                    .to_owned(),
            );
        }
        let present = self.right();
        if let Some(surplus) = present.iter().find(|key| !right.contains(key)) {
            return Err(format!(
                "has `{surplus}`, which does not go with `{key}`; expected {}",
                quoted(right)
            ));
        }
        if present.is_empty() {
            return Err(format!(
                "does not say what is right; expected {}",
                quoted(right)
            ));
        }
        if self.of.is_some() && !matches!(subject, Subject::Property | Subject::Request) {
            return Err(format!("has `of`, which does not go with `{key}`"));
        }
        self.check_items(*subject, key)?;
        Ok((*subject, key, name))
    }

    /// Whether things are added and removed in the way of the subject.
    fn check_items(&self, subject: Subject, key: &str) -> Result<(), String> {
        let listed = matches!(subject, Subject::Enum | Subject::Permission);
        for (word, items) in [("add", &self.add), ("remove", &self.remove)] {
            let expected = match items {
                Some(Items::Itself(_)) if listed => "a list of names",
                Some(Items::Names(names)) if listed && names.is_empty() => "a list of names",
                Some(Items::Itself(false)) => "`true`",
                Some(Items::Names(_)) if !listed => "`true`",
                _ => continue,
            };
            return Err(format!(
                "has a `{word}` that does not go with `{key}`; expected {expected}"
            ));
        }
        let adds = Items::itself(self.add.as_ref());
        let removes = Items::itself(self.remove.as_ref());
        let problem = match subject {
            Subject::Property if adds && self.type_name.is_none() => {
                "adds a property without its `type`"
            }
            Subject::Property if adds && self.name.is_some() => {
                "adds a property and renames it; `property` names it"
            }
            Subject::Property | Subject::Request if removes && self.right().len() > 1 => {
                "removes what it corrects; expected no other key beside `remove`"
            }
            Subject::Request if adds && self.line.is_some() => {
                "adds a request line and replaces it; `request` is the line"
            }
            Subject::Permission if self.kind.is_none() => {
                "does not say the `kind` of permission: `delegated-work`, `delegated-personal` or `application`"
            }
            Subject::Permission if self.right().len() == 1 => {
                "does not say which permissions to `add` or to `remove`"
            }
            Subject::Response | Subject::Body
                if self.none == Some(false)
                    || self.none.is_some()
                        && (self.type_name.is_some() || self.collection.is_some()) =>
            {
                "has `none` beside a type, or as `false`"
            }
            Subject::Response | Subject::Body
                if self.collection.is_some() && self.type_name.is_none() =>
            {
                "says whether it is a collection, and not of which `type`"
            }
            _ => return Ok(()),
        };
        Err(problem.to_owned())
    }

    /// The name of the fact, where the correction is about `subject`.
    fn named(&self, subject: Subject) -> Option<&str> {
        match subject {
            Subject::Resource => &self.resource,
            Subject::Property => &self.property,
            Subject::Enum => &self.enumeration,
            Subject::Request => &self.request,
            Subject::Response => &self.response,
            Subject::Body => &self.body,
            Subject::Permission => &self.permission,
        }
        .as_deref()
    }

    /// The keys of what is right that are there.
    fn right(&self) -> Vec<&'static str> {
        [
            ("name", self.name.is_some()),
            ("base", self.base.is_some()),
            ("type", self.type_name.is_some()),
            ("collection", self.collection.is_some()),
            ("navigation", self.navigation.is_some()),
            ("values", self.values.is_some()),
            ("none", self.none.is_some()),
            ("status", self.status.is_some()),
            ("line", self.line.is_some()),
            ("kind", self.kind.is_some()),
            ("add", self.add.is_some()),
            ("remove", self.remove.is_some()),
            ("rename", self.rename.is_some()),
        ]
        .into_iter()
        .filter_map(|(key, present)| present.then_some(key))
        .collect()
    }
}

/// Names in a sentence.
pub(super) fn quoted<T: AsRef<str>>(names: &[T]) -> String {
    let quoted: Vec<String> = names
        .iter()
        .map(|name| format!("`{}`", name.as_ref()))
        .collect();
    quoted.join(", ")
}
