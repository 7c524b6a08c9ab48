//! What a request or an answer carries.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The body of a request or an answer that a page shows.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub enum Content {
    /// None.
    #[default]
    Empty,
    /// JSON, which facts, model and plan share.
    Json(Arc<Value>),
    /// What is meant to be JSON and cannot be read; the reason.
    Unreadable(String),
    /// Text that is not meant to be JSON, such as rows of CSV.
    Text(String),
}

impl Content {
    /// The JSON.
    #[must_use]
    pub fn json(&self) -> Option<&Value> {
        match self {
            Self::Json(value) => Some(value),
            _ => None,
        }
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::Empty
    }
}
