//! One change of a fact: what it was, and what it is.

use std::fmt;

use crate::diagnostics::Span;
use crate::facts::TypeName;

/// One change of a fact.
#[derive(Clone, Debug)]
pub(super) struct Change {
    /// The fact; where one was added, what it was added to.
    pub(super) span: Span,
    /// What of it: `type`, `member`.
    pub(super) what: String,
    /// What the page says; `None` where it says nothing.
    pub(super) from: Option<String>,
    /// What is right; `None` where there is nothing.
    pub(super) to: Option<String>,
    /// Whether the page says something else.
    pub(super) made: bool,
    /// Whether it is one of many, as a member of an enum is.
    item: bool,
}

impl Change {
    /// A change of something that a fact has once.
    pub(super) fn of(span: Span, what: &str, from: Option<String>, to: Option<String>) -> Self {
        Self {
            span,
            what: what.to_owned(),
            made: from != to,
            from,
            to,
            item: false,
        }
    }

    /// A change of a type, which two texts may name.
    pub(super) fn of_type(
        span: Span,
        what: &str,
        read: Option<&TypeName>,
        right: &TypeName,
        namespace: Option<&str>,
    ) -> Self {
        Self {
            made: !read.is_some_and(|read| says(read, right, namespace)),
            ..Self::of(span, what, read.map(shown), Some(shown(right)))
        }
    }

    /// A change of something that a fact has many of.
    pub(super) fn of_item(
        span: Span,
        what: &str,
        from: Option<String>,
        to: Option<String>,
    ) -> Self {
        Self {
            item: true,
            ..Self::of(span, what, from, to)
        }
    }

    /// What two changes of one thing have in common.
    pub(super) fn key(&self) -> String {
        let item = self.from.as_deref().or(self.to.as_deref());
        match item.filter(|_| self.item) {
            Some(item) => format!("{} {item}", self.what),
            None => self.what.clone(),
        }
    }
}

/// A type as a message shows it.
pub(super) fn shown(name: &TypeName) -> String {
    if name.collection {
        format!("{} collection", name.name)
    } else {
        name.name.clone()
    }
}

/// Whether a page names the type of a correction: with or without its namespace, and with no link to another page.
fn says(read: &TypeName, right: &TypeName, namespace: Option<&str>) -> bool {
    let short = |name: &TypeName| name.name.rsplit('.').next().unwrap_or_default().to_owned();
    let is_own = |qualified: &str| {
        let own = qualified.rsplit_once('.').map(|(own, _)| own);
        own.is_none() || namespace.is_none() || own == namespace
    };
    let bare = !read.name.contains('.') || !right.name.contains('.');
    let same = read.name == right.name
        || bare && short(read) == short(right) && is_own(&right.name) && is_own(&read.name);
    let page = read.target.as_deref().map(|target| {
        let page = target.split('#').next().unwrap_or_default();
        let file = page.rsplit('/').next().unwrap_or_default();
        file.trim_end_matches(".md").to_lowercase()
    });
    let name = short(right).to_lowercase();
    let leads_there = page.is_none_or(|page| page.is_empty() || page.ends_with(&name));
    same && leads_there && read.collection == right.collection
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = &self.what;
        match (&self.from, &self.to) {
            (Some(from), Some(to)) => write!(f, "{what} `{from}` → `{to}`"),
            (None, Some(to)) => write!(f, "{what} `{to}` added"),
            (Some(from), None) => write!(f, "{what} `{from}` removed"),
            (None, None) => write!(f, "{what} unchanged"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::says;
    use crate::facts::TypeName;

    fn name(name: &str, target: Option<&str>) -> TypeName {
        TypeName {
            name: name.to_owned(),
            target: target.map(str::to_owned),
            collection: false,
        }
    }

    #[test]
    fn a_mended_page_is_known_by_short_names_and_links() {
        let right = name("harbour.berth", None);
        for (text, target, expected) in [
            ("harbour.berth", None, true),
            ("berth", None, true),
            ("berth", Some("berth.md"), true),
            ("berth", Some("../resources/port-berth.md#berth"), true),
            ("berth", Some("#berth-values"), true),
            ("berth", Some("place.md"), false),
            ("place", Some("berth.md"), false),
            ("port.berth", None, false),
        ] {
            let read = name(text, target);
            assert_eq!(
                says(&read, &right, Some("harbour")),
                expected,
                "{text} {target:?}"
            );
        }
        assert!(!says(&name("berth", None), &right, Some("port")));
        let collection = TypeName {
            collection: true,
            ..right.clone()
        };
        assert!(!says(&collection, &right, None));
    }
}
