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

/// Reads `nextExpectedRanges`: `["12345-55232", "77829-"]` of a drive, `["2097152"]` of Outlook, whose
/// keys begin with capitals. Nothing, if the session expects nothing.
pub(super) fn expected(response: &http::Response<Bytes>) -> Option<Expected> {
    let Ok(Value::Object(session)) = serde_json::from_slice(response.body()) else {
        return None;
    };
    let ranges = session
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case("nextExpectedRanges"))?;
    let ranges = ranges.1.as_array()?.iter().filter_map(Value::as_str);
    ranges.filter_map(range).min_by_key(|range| range.start)
}

fn range(text: &str) -> Option<Expected> {
    let (start, last) = text.split_once('-').unwrap_or((text, ""));
    let last: Option<u64> = last.trim().parse().ok();
    Some(Expected {
        start: start.trim().parse().ok()?,
        end: last.and_then(|last| last.checked_add(1)),
    })
}

#[cfg(test)]
mod tests {
    use super::{Expected, expected};

    #[test]
    fn ranges_in_all_forms() {
        let read = |body: &'static str| expected(&http::Response::new(body.into()));
        let from = |start, end| Some(Expected { start, end });
        assert_eq!(read(r#"{"nextExpectedRanges":["26-"]}"#), from(26, None));
        assert_eq!(
            read(r#"{"nextExpectedRanges":["77829-","12345-55232"]}"#),
            from(12_345, Some(55_233))
        );
        assert_eq!(
            read(r#"{"ExpirationDateTime":"x","NextExpectedRanges":["2097152"]}"#),
            from(2_097_152, None)
        );
        for nothing in [
            "",
            "[]",
            "{}",
            r#"{"nextExpectedRanges":[]}"#,
            r#"{"nextExpectedRanges":["a-b","-1",7]}"#,
            r#"{"nextExpectedRanges":"0-"}"#,
        ] {
            assert_eq!(read(nothing), None, "{nothing}");
        }
    }
}
