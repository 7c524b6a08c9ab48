//! Finds the media types that a page's table of headers names for what is sent.

use crate::diagnostics::Span;
use crate::facts::OperationFacts;

/// The registered top-level types (RFC 6838, section 4.2, and RFC 8081).
const TOP_LEVEL: &[&str] = &[
    "application",
    "audio",
    "font",
    "image",
    "message",
    "model",
    "multipart",
    "text",
    "video",
];

/// The row that names media types for what is sent, where none of them is JSON.
pub(super) fn row_without_json(facts: &OperationFacts) -> Option<Span> {
    let mut rows = facts.headers.iter();
    let row = rows.find(|row| row.name.value.eq_ignore_ascii_case("content-type"))?;
    let text = row.description.text().to_lowercase();
    let mut named = media_types(&text).peekable();
    (named.peek().is_some() && !named.any(is_json)).then_some(row.name.span)
}

/// The subtypes of the media types in a text in lower case: `zip` of `application/zip`.
fn media_types(text: &str) -> impl Iterator<Item = &str> {
    let words = text.split(|c: char| c.is_whitespace() || "`\"',;()".contains(c));
    words.filter_map(|word| {
        let (top, subtype) = word.trim_end_matches('.').split_once('/')?;
        let is_name = !subtype.is_empty()
            && subtype
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || "!#$&-^_.+".contains(c));
        (is_name && TOP_LEVEL.contains(&top)).then_some(subtype)
    })
}

/// Whether a subtype is JSON, or one that is written as JSON (RFC 6838, section 4.2.8).
fn is_json(subtype: &str) -> bool {
    subtype == "json" || subtype.ends_with("+json")
}

#[cfg(test)]
mod tests {
    use super::media_types;

    #[test]
    fn a_media_type_has_a_registered_top_level_type() {
        let found = |text| media_types(text).collect::<Vec<_>>();
        assert_eq!(found("application/zip. required."), ["zip"]);
        assert_eq!(
            found("`image/svg+xml`, (text/html;q=1)"),
            ["svg+xml", "html"]
        );
        assert_eq!(found("and/or, text/, /json, application-json"), [""; 0]);
        assert_eq!(found("see https://example.com/text/html"), [""; 0]);
    }
}
