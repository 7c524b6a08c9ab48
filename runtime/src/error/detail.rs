//! What an error of the service says besides its code and message.

use serde_json::{Map, Value};

use super::Error;

/// One of the [`details`](Error::details) of an error (OData JSON Format 4.01, section 21.1, error response).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ErrorDetail {
    /// What a program can compare.
    pub code: Option<String>,
    /// What happened, for people.
    pub message: Option<String>,
    /// What it is about, such as the name of a property.
    pub target: Option<String>,
}

impl ErrorDetail {
    pub(super) fn read(value: Value) -> Option<Self> {
        let Value::Object(mut object) = value else {
            return None;
        };
        Some(Self {
            code: text(&mut object, "code"),
            message: text(&mut object, "message"),
            target: text(&mut object, "target"),
        })
    }
}

/// A text that says something.
pub(super) fn text(object: &mut Map<String, Value>, name: &str) -> Option<String> {
    match object.remove(name) {
        Some(Value::String(text)) if !text.is_empty() => Some(text),
        _ => None,
    }
}

/// The object in an error that is nearer to the cause. Some services write the older, lower-case name.
pub(super) const INNER: [&str; 2] = ["innerError", "innererror"];

impl Error {
    /// What the error is about, such as the name of a parameter.
    #[must_use]
    pub fn target(&self) -> Option<&str> {
        self.0.target.as_deref()
    }

    /// The single errors of which this one is made, such as one for each property that was refused.
    #[must_use]
    pub fn details(&self) -> &[ErrorDetail] {
        &self.0.details
    }

    /// The [code](Error::code), and those of the [inner errors](Error::inner_error), each more precise than the one
    /// before: a program that compares codes looks for the last one that it knows.
    pub fn codes(&self) -> impl Iterator<Item = &str> {
        let mut inner = self.inner_error();
        let codes = std::iter::from_fn(move || {
            let current = inner?;
            inner = INNER.iter().find_map(|name| current.get(name));
            Some(current.get("code").and_then(Value::as_str))
        });
        self.code().into_iter().chain(codes.flatten())
    }

    /// Whether a stored link to changes is too old, or otherwise of no use, so that the collection is to be read anew:
    /// status 410 (OData Protocol 4.01, section 11.3), or a code that says so.
    #[must_use]
    pub fn is_resync_required(&self) -> bool {
        self.status() == Some(http::StatusCode::GONE)
            || self.codes().any(|code| {
                let code = code.to_ascii_lowercase();
                code.starts_with("resync") || code.starts_with("syncstate")
            })
    }
}
