//! What an upload session says of itself.

use bytes::Bytes;
use serde_json::Value;

/// The first bytes that a session does not have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Expected {
    pub(super) start: u64,
    /// Before which byte they end, if not at that of the content.
    pub(super) end: Option<u64>,
}

impl From<u64> for Expected {
    fn from(start: u64) -> Self {
        Self { start, end: None }
    }
}

/// What an answer of a session says of what it expects.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Says {
    /// These bytes, the first of several.
    Expects(Expected),
    /// Nothing more: the list is empty.
    ExpectsNothing,
    /// The answer says nothing of it, or nothing that makes sense.
    Nothing,
}

/// Reads `nextExpectedRanges`: `["12345-55232", "77829-"]` of a drive, `["2097152"]` of Outlook, whose
/// keys begin with capitals.
pub(super) fn says(response: &http::Response<Bytes>) -> Says {
    let Ok(Value::Object(session)) = serde_json::from_slice(response.body()) else {
        return Says::Nothing;
    };
    let ranges = session
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case("nextExpectedRanges"));
    let Some((_, Value::Array(ranges))) = ranges else {
        return Says::Nothing;
    };
    if ranges.is_empty() {
        return Says::ExpectsNothing;
    }
    let ranges = ranges.iter().filter_map(Value::as_str).filter_map(range);
    let first = ranges.min_by_key(|range| range.start);
    first.map_or(Says::Nothing, Says::Expects)
}

/// `None` as well for one that ends before it starts.
fn range(text: &str) -> Option<Expected> {
    let (start, last) = text.split_once('-').unwrap_or((text, ""));
    let start = start.trim().parse().ok()?;
    let end = match last.trim() {
        "" => None,
        last => Some(last.parse::<u64>().ok()?.checked_add(1)?),
    };
    end.is_none_or(|end| end > start)
        .then_some(Expected { start, end })
}

#[cfg(test)]
mod tests {
    use super::{Expected, Says, says};

    #[test]
    fn ranges_in_all_forms() {
        let read = |body: &'static str| says(&http::Response::new(body.into()));
        let from = |start, end| Says::Expects(Expected { start, end });
        assert_eq!(read(r#"{"nextExpectedRanges":["26-"]}"#), from(26, None));
        assert_eq!(
            read(r#"{"nextExpectedRanges":["77829-","12345-55232"]}"#),
            from(12_345, Some(55_233))
        );
        assert_eq!(
            read(r#"{"ExpirationDateTime":"x","NextExpectedRanges":["2097152"]}"#),
            from(2_097_152, None)
        );
        assert_eq!(read(r#"{"nextExpectedRanges":[]}"#), Says::ExpectsNothing);
        for nothing in [
            "",
            "[]",
            "{}",
            r#"{"nextExpectedRanges":["a-b","-1",7,"5-4","400000-50"]}"#,
            r#"{"nextExpectedRanges":"0-"}"#,
        ] {
            assert_eq!(read(nothing), Says::Nothing, "{nothing}");
        }
    }
}
