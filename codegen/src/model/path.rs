//! Paths of operations: segments of literal text and placeholders.

use serde::{Deserialize, Serialize};

use super::Operation;

/// A segment of a path.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Segment {
    /// Its parts: a key in parentheses or the arguments of a function are parts of the segment.
    pub parts: Vec<Part>,
}

/// The name of a placeholder for segments that a page leaves out with `...`.
pub const ELISION: &str = "...";

/// A part of a path segment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Part {
    /// Literal text.
    Literal(String),
    /// A value that the caller gives.
    Placeholder {
        /// Its name as written, without braces.
        name: String,
        /// Whether it stands in single quotes, as a text literal of OData does.
        quoted: bool,
        /// Whether it is a path of its own, in which slashes stay.
        path: bool,
    },
}

impl Segment {
    /// The literal text, where the segment is nothing else.
    #[must_use]
    pub fn literal(&self) -> Option<&str> {
        match self.parts.as_slice() {
            [Part::Literal(text)] => Some(text),
            _ => None,
        }
    }

    /// The name before a key in parentheses: `orders` of `orders({id})` and `orders('{id}')`. A name before the value,
    /// as in `orders(number={number})`, may be that of an alternate key or that of a function's argument.
    #[must_use]
    pub fn keyed(&self) -> Option<&str> {
        match self.parts.as_slice() {
            [
                Part::Literal(before),
                Part::Placeholder { .. },
                Part::Literal(after),
            ] if matches!(after.as_str(), ")" | "')") => {
                let name = before.trim_end_matches('\'').strip_suffix('(')?;
                (!name.is_empty() && !name.contains('(')).then_some(name)
            }
            _ => None,
        }
    }

    /// Whether the segment addresses one entity by its key.
    #[must_use]
    pub fn ends_in_key(&self) -> bool {
        self.is_key() || self.keyed().is_some()
    }

    /// Whether the segment is one placeholder and nothing else, as a key is.
    #[must_use]
    pub fn is_key(&self) -> bool {
        matches!(self.parts.as_slice(), [Part::Placeholder { .. }])
    }
}

/// A path as text, with `placeholder` deciding what stands for the placeholder of a name.
#[must_use]
pub fn path_text(path: &[Segment], placeholder: impl Fn(&str) -> String) -> String {
    let mut text = String::new();
    for segment in path {
        text.push('/');
        for part in &segment.parts {
            match part {
                Part::Literal(literal) => text.push_str(literal),
                Part::Placeholder { name, .. } => text.push_str(&placeholder(name)),
            }
        }
    }
    text
}

impl Operation {
    /// The path with the names of its placeholders in braces: `/users/{id}`.
    #[must_use]
    pub fn template(&self) -> String {
        path_text(&self.path, |name| format!("{{{name}}}"))
    }

    /// The request line: `GET /me/calendar/calendarView?startDateTime={start_datetime}`.
    #[must_use]
    pub fn request(&self) -> String {
        let query: Vec<String> = self
            .query
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        let mark = if query.is_empty() { "" } else { "?" };
        format!(
            "{} {}{mark}{}",
            self.method,
            self.template(),
            query.join("&")
        )
    }
}

/// A path in which names of placeholders and letter case do not count.
#[must_use]
pub fn normalized(path: &[Segment]) -> String {
    path_text(path, |_| "{}".to_owned()).to_lowercase()
}
