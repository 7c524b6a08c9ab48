//! Keeps the operations that are wanted and the types that they need, and no more. Relationships are not followed.

mod closure;
mod pattern;
mod way;

use std::collections::BTreeSet;

use crate::diagnostics::{Diagnostic, Diagnostics, Rule};
use crate::model::{Api, Operation};
use pattern::Pattern;

pub use way::{Way, needed_by, way_from};

/// Which operations are wanted, by patterns in which `*` stands for any text. Letter case does not count.
///
/// | pattern | matches |
/// |---|---|
/// | `/users/{id}/messages` | a path; what the placeholders are called does not count |
/// | `/users/*` | all below a path, and the path itself |
/// | `GET /users/*` | one method of it |
/// | `user-list` | the operations of a page; `user-list.md` is never an area |
/// | `deviceManagement` | an area, which is the first segment of a path |
///
/// A name that a page and an area have means both. Names of Rust items are none of these: they are decided after the
/// selection, which may change them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// Operations that match one of these are kept; all of them where there is none.
    pub select: Vec<String>,
    /// Of those, operations that match one of these are left out.
    pub exclude: Vec<String>,
}

/// What a selection makes of an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice<'s> {
    /// It is kept, because this pattern matches; without one, because there is nothing to match.
    Kept(Option<&'s str>),
    /// It is left out, because no pattern matches.
    Unmatched,
    /// It is left out, because this pattern excludes it.
    Excluded(&'s str),
}

impl Selection {
    /// Whether it keeps everything.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.select.is_empty() && self.exclude.is_empty()
    }

    /// What it makes of an operation, and by which of its patterns.
    #[must_use]
    pub fn choose(&self, operation: &Operation) -> Choice<'_> {
        let first = |patterns: &'_ [String]| {
            let matches = |text: &&String| Pattern::read(text).matches(operation);
            patterns.iter().position(|text| matches(&text))
        };
        if let Some(at) = first(&self.exclude) {
            return Choice::Excluded(&self.exclude[at]);
        }
        match first(&self.select) {
            Some(at) => Choice::Kept(Some(&self.select[at])),
            None if self.select.is_empty() => Choice::Kept(None),
            None => Choice::Unmatched,
        }
    }
}

/// Applies a selection. Without patterns the whole service is kept, types that no operation needs included.
///
/// A pattern that matches no operation is an error.
pub fn select(api: Api, selection: &Selection, diagnostics: &mut Diagnostics) -> Api {
    if selection.is_empty() {
        return api;
    }
    for text in selection.select.iter().chain(&selection.exclude) {
        let pattern = Pattern::read(text);
        if !api.operations.iter().any(|one| pattern.matches(one)) {
            diagnostics.push(
                Diagnostic::without_place(
                    Rule::UnmatchedSelection,
                    format!("the pattern `{text}` matches no operation"),
                )
                .help(help(text)),
            );
        }
    }
    let mut api = api;
    api.operations
        .retain(|operation| matches!(selection.choose(operation), Choice::Kept(_)));
    let kept: BTreeSet<&str> = api.operations.iter().map(|one| one.page.as_str()).collect();
    api.exchanges
        .retain(|exchange| kept.contains(exchange.page.as_str()));
    closure::retain_needed(api)
}

/// What to write instead of a pattern that matches nothing.
fn help(pattern: &str) -> &'static str {
    if pattern.contains("::") {
        "the request behind a function of the SDK is what `explain` says of its path; select that, such as `GET /users`"
    } else {
        "a pattern is a path such as `/users/*`, with or without a method before it, the name of a page such as `user-list`, or an area such as `users`"
    }
}
