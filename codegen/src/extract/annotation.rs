//! The JSON comments that stand before fences: `<!-- { "blockType": "response", "@odata.type": "…" } -->`.

use serde_json::{Map, Value};

use super::MAX_NAME;
use crate::document::Comment;

/// What a block comment says about the fence after it.
#[derive(Clone, Debug, Default)]
pub(super) struct Annotation {
    /// `request`, `response`, `resource`, `example`, `ignored`, …
    pub(super) block_type: String,
    /// The type of the content.
    pub(super) odata_type: Option<String>,
    /// The base type of a resource.
    pub(super) base_type: Option<String>,
    /// The key of a resource.
    pub(super) key: Option<String>,
    /// Whether the content is a collection.
    pub(super) collection: bool,
    /// Whether a resource is open.
    pub(super) open: bool,
    /// Whether a resource is abstract.
    pub(super) is_abstract: bool,
}

/// Reads a comment; `None` where it is no annotation of a block.
pub(super) fn annotation(comment: &Comment) -> Option<Annotation> {
    let map = comment.annotation.as_ref()?;
    let block_type = text(map, "blockType")?.to_lowercase();
    Some(Annotation {
        block_type,
        odata_type: text(map, "@odata.type").or_else(|| text(map, "@type")),
        base_type: text(map, "baseType").or_else(|| text(map, "@odata.baseType")),
        key: text(map, "keyProperty"),
        collection: truth(map, "isCollection"),
        open: truth(map, "openType"),
        is_abstract: truth(map, "abstract") || truth(map, "isAbstract"),
    })
}

fn text(map: &Map<String, Value>, key: &str) -> Option<String> {
    let text = map.get(key)?.as_str()?.trim().trim_start_matches('#');
    (!text.is_empty() && text.len() <= MAX_NAME).then(|| text.to_owned())
}

fn truth(map: &Map<String, Value>, key: &str) -> bool {
    match map.get(key) {
        Some(Value::Bool(value)) => *value,
        Some(Value::String(text)) => text.eq_ignore_ascii_case("true"),
        _ => false,
    }
}
