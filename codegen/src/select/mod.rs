//! Keeps the operations that are wanted and the types that they need, and no more. Relationships are not followed.

mod closure;
mod way;

use crate::diagnostics::{Diagnostic, Diagnostics, Rule};
use crate::model::{Api, Operation, path_text};

pub use way::{Way, way_to};

/// Which operations are wanted, by patterns in which `*` stands for any text.
///
/// A pattern that begins with `/` is about paths (`/users/*`); one without is the name of a page (`user-list`) or of
/// an area (`deviceManagement`). Letter case does not count.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// Operations that match one of these are kept; all of them where there is none.
    pub select: Vec<String>,
    /// Of those, operations that match one of these are left out.
    pub exclude: Vec<String>,
}

impl Selection {
    /// Whether it keeps everything.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.select.is_empty() && self.exclude.is_empty()
    }
}

/// Applies a selection. Without patterns the whole service is kept, types that no operation needs included.
pub fn select(api: Api, selection: &Selection, diagnostics: &mut Diagnostics) -> Api {
    if selection.is_empty() {
        return api;
    }
    for pattern in selection.select.iter().chain(&selection.exclude) {
        if !api
            .operations
            .iter()
            .any(|operation| matches(pattern, operation))
        {
            diagnostics.push(
                Diagnostic::without_place(
                    Rule::UnmatchedSelection,
                    format!("the pattern `{pattern}` matches no operation"),
                )
                .help("a pattern is a path such as `/users/*`, the name of a page such as `user-list`, or an area such as `users`"),
            );
        }
    }
    let mut api = api;
    api.operations.retain(|operation| {
        let selected = selection.select.is_empty()
            || selection
                .select
                .iter()
                .any(|pattern| matches(pattern, operation));
        selected
            && !selection
                .exclude
                .iter()
                .any(|pattern| matches(pattern, operation))
    });
    closure::retain_needed(api)
}

/// Whether a pattern is about an operation.
fn matches(pattern: &str, operation: &Operation) -> bool {
    if pattern.starts_with('/') {
        let path = path_text(&operation.path, |_| "{}".to_owned());
        return glob(pattern, &path);
    }
    let page = crate::corpus::stem(&operation.page);
    let area = operation
        .path
        .first()
        .and_then(|segment| segment.literal())
        .unwrap_or_default();
    glob(pattern, page) || glob(pattern, area)
}

/// Whether a text matches a pattern in which `*` stands for any text.
fn glob(pattern: &str, text: &str) -> bool {
    let (pattern, text) = (pattern.to_lowercase(), text.to_lowercase());
    let mut parts = pattern.split('*');
    let Some(mut rest) = parts.next().and_then(|first| text.strip_prefix(first)) else {
        return false;
    };
    let parts: Vec<&str> = parts.collect();
    let Some((last, middle)) = parts.split_last() else {
        return rest.is_empty();
    };
    for part in middle {
        match rest.find(part) {
            Some(at) => rest = &rest[at + part.len()..],
            None => return false,
        }
    }
    rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::glob;

    #[test]
    fn a_star_stands_for_any_text() {
        assert!(glob("/users/*", "/users/{}/messages"));
        assert!(glob("user-*", "user-list"));
        assert!(glob("USERS", "users"));
        assert!(glob("/a/*/c", "/a/b/c"));
        assert!(!glob("/a/*/c", "/a/b/d"));
        assert!(!glob("users", "users2"));
        assert!(!glob("/users/*", "/me"));
    }
}
