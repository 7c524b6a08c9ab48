//! Patterns of a selection, and the operations that they match.

use crate::corpus::stem;
use crate::model::{Operation, path_text};

/// A pattern as it was meant. In all of them `*` stands for any text, and letter case does not count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Pattern {
    /// `/users/*`, or `GET /users/*` for one method of it.
    Path {
        /// The method, where one is named.
        method: Option<String>,
        /// The path: placeholders as `{}`, no quotes.
        path: String,
    },
    /// `user-list.md` and `api/user-list.md`.
    Page(String),
    /// `user-list`, the name of a page, or `users`, that of an area; where there are both, both.
    Name(String),
}

impl Pattern {
    /// Reads a pattern. There is none that cannot be read; there are some that match nothing.
    pub(super) fn read(text: &str) -> Self {
        let text = text.trim().to_lowercase();
        if let Some((method, path)) = text.split_once(char::is_whitespace)
            && method.bytes().all(|byte| byte.is_ascii_alphabetic())
        {
            return Self::Path {
                method: Some(method.to_owned()),
                path: plain(path.trim()),
            };
        }
        if text.ends_with(".md") {
            return Self::Page(text);
        }
        if text.contains('/') {
            return Self::Path {
                method: None,
                path: plain(&text),
            };
        }
        Self::Name(text)
    }

    /// Whether it is about an operation.
    pub(super) fn matches(&self, operation: &Operation) -> bool {
        let page = operation.page.to_lowercase();
        match self {
            Self::Path { method, path } => {
                method
                    .as_ref()
                    .is_none_or(|method| method.eq_ignore_ascii_case(&operation.method))
                    && matches_path(path, &plain(&path_text(&operation.path, braced)))
            }
            Self::Page(path) => glob(path, &page) || glob(&format!("*/{path}"), &page),
            Self::Name(name) => {
                let first = operation.path.first();
                let area = first.and_then(|segment| segment.literal());
                glob(name, stem(&page)) || glob(name, &area.unwrap_or_default().to_lowercase())
            }
        }
    }
}

fn braced(name: &str) -> String {
    format!("{{{name}}}")
}

/// Whether a path matches. A pattern that ends in `/*` is also about the path before it: `/users/*` is all that has to
/// do with users, `/users` included.
fn matches_path(pattern: &str, path: &str) -> bool {
    glob(pattern, path)
        || pattern
            .strip_suffix("/*")
            .is_some_and(|pattern| !pattern.is_empty() && glob(pattern, path))
}

/// A path in lower case that begins with a slash, with placeholders as `{}` and without quotes: pages name keys
/// differently, and some leave out the quotes around an argument.
fn plain(path: &str) -> String {
    let mut text = String::new();
    if !path.starts_with(['/', '*']) {
        text.push('/');
    }
    let mut depth = 0_usize;
    for c in path.to_lowercase().chars() {
        match c {
            '{' | '<' => {
                if depth == 0 {
                    text.push_str("{}");
                }
                depth += 1;
            }
            '}' | '>' => depth = depth.saturating_sub(1),
            '\'' => {}
            c if depth == 0 => text.push(c),
            _ => {}
        }
    }
    if text.len() > 1 && text.ends_with('/') {
        text.pop();
    }
    text
}

/// Whether a text matches a pattern in which `*` stands for any text.
fn glob(pattern: &str, text: &str) -> bool {
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
    use super::{Pattern, glob, matches_path, plain};

    #[test]
    fn a_star_stands_for_any_text() {
        assert!(glob("/users/*", "/users/{}/messages"));
        assert!(glob("user-*", "user-list"));
        assert!(glob("/a/*/c", "/a/b/c"));
        assert!(!glob("/a/*/c", "/a/b/d"));
        assert!(!glob("users", "users2"));
        assert!(!glob("/users/*", "/me"));
        assert!(!glob("ab*ba", "aba"));
    }

    #[test]
    fn all_below_a_path_is_the_path_as_well() {
        for (pattern, path, is_match) in [
            ("/users/*", "/users", true),
            ("/users/*", "/users/{}", true),
            ("/users/*", "/users2", false),
            ("/users/{}*", "/users", false),
            ("/users/{}/*", "/users/{}", true),
            ("/*", "/users", true),
            ("*/messages", "/users/{}/messages", true),
        ] {
            assert_eq!(matches_path(pattern, path), is_match, "{pattern} {path}");
        }
    }

    #[test]
    fn names_of_keys_and_quotes_do_not_count() {
        for path in [
            "/users/{}/x(a={},b={})",
            "users/{id | userPrincipalName}/x(a='{a}',b={b})/",
            "/Users/<key>/X(a={start},b='{end_value}')",
        ] {
            assert_eq!(plain(path), "/users/{}/x(a={},b={})");
        }
    }

    #[test]
    fn the_form_says_what_a_pattern_is_about() {
        let path = |method: Option<&str>, path: &str| Pattern::Path {
            method: method.map(str::to_owned),
            path: path.to_owned(),
        };
        assert_eq!(Pattern::read("/users/*"), path(None, "/users/*"));
        assert_eq!(Pattern::read("users/*"), path(None, "/users/*"));
        assert_eq!(
            Pattern::read("GET  /users/{id}"),
            path(Some("get"), "/users/{}")
        );
        assert_eq!(Pattern::read("delete *"), path(Some("delete"), "*"));
        assert_eq!(
            Pattern::read("API/user-list.md"),
            Pattern::Page("api/user-list.md".to_owned())
        );
        assert_eq!(
            Pattern::read("deviceManagement"),
            Pattern::Name("devicemanagement".to_owned())
        );
    }
}
