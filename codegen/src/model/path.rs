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

#[cfg(test)]
mod tests {
    use super::{Part, Segment, normalized, path_text};

    /// A segment of literal texts and of placeholders, which are written in braces.
    fn segment(parts: &[&str]) -> Segment {
        let parts = parts.iter().map(|part| {
            match part
                .strip_prefix('{')
                .and_then(|name| name.strip_suffix('}'))
            {
                Some(name) => Part::Placeholder {
                    name: name.to_owned(),
                    quoted: false,
                    path: false,
                },
                None => Part::Literal((*part).to_owned()),
            }
        });
        Segment {
            parts: parts.collect(),
        }
    }

    #[test]
    fn a_key_is_a_segment_or_stands_in_parentheses() {
        for (parts, literal, keyed, is_key) in [
            (&["berths"][..], Some("berths"), None, false),
            (&["{id}"], None, None, true),
            (&["berths(", "{id}", ")"], None, Some("berths"), false),
            (&["berths('", "{id}", "')"], None, Some("berths"), false),
            // A name before the value is that of an alternate key, or of an argument.
            (&["berths(number=", "{n}", ")"], None, None, false),
            // What follows the parentheses is no part of a key.
            (&["berths(", "{id}", ")/x"], None, None, false),
            (&["berths(", "{id}", ""], None, None, false),
            // Without a name before them, or with other parentheses there, they hold no key.
            (&["(", "{id}", ")"], None, None, false),
            (&["berths(a)(", "{id}", ")"], None, None, false),
            (&["berths", "{id}"], None, None, false),
            (&[], None, None, false),
        ] {
            let segment = segment(parts);
            assert_eq!(segment.literal(), literal, "{parts:?}");
            assert_eq!(segment.keyed(), keyed, "{parts:?}");
            assert_eq!(segment.is_key(), is_key, "{parts:?}");
            assert_eq!(
                segment.ends_in_key(),
                is_key || keyed.is_some(),
                "{parts:?}"
            );
        }
    }

    #[test]
    fn names_of_placeholders_and_letter_case_do_not_count() {
        let path = [segment(&["Berths(", "{Id}", ")"]), segment(&["ropes"])];
        assert_eq!(normalized(&path), "/berths({})/ropes");
        let named = path_text(&path, |name| format!("<{name}>"));
        assert_eq!(named, "/Berths(<Id>)/ropes");
    }
}
