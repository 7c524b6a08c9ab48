//! `Retry-After` (RFC 9110, section 10.2.3).

use std::time::{Duration, SystemTime};

/// Reads the header: seconds, with decimals as well, since services send them, or a date. A date that is past is now.
/// Nothing for what is neither, and for a time that no wait lasts.
pub(super) fn parse(text: &str, now: SystemTime) -> Option<Duration> {
    let text = text.trim();
    if let Ok(seconds) = text.parse::<f64>() {
        // A sign says nothing of a wait, and `inf` and `NaN` are numbers to the parser.
        return Duration::try_from_secs_f64(seconds).ok();
    }
    let date = httpdate::parse_http_date(text).ok()?;
    Some(date.duration_since(now).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, SystemTime};

    use super::parse;

    #[test]
    fn seconds_decimals_and_dates() {
        // 1994-11-06T08:49:37Z, the example of RFC 9110, section 5.6.7.
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(784_111_777);
        let millis = |text: &str| parse(text, now).map(|wait| wait.as_millis());
        assert_eq!(millis("120"), Some(120_000));
        assert_eq!(millis(" 0.249 "), Some(249));
        assert_eq!(millis("0"), Some(0));
        assert_eq!(millis("Sun, 06 Nov 1994 08:50:07 GMT"), Some(30_000));
        assert_eq!(millis("Sunday, 06-Nov-94 08:50:07 GMT"), Some(30_000));
        assert_eq!(millis("Sun Nov  6 08:50:07 1994"), Some(30_000));
        assert_eq!(millis("Sun, 06 Nov 1994 08:49:07 GMT"), Some(0));
        for text in ["", "-1", "soon", "inf", "NaN", "1e400", "06 Nov 1994"] {
            assert_eq!(millis(text), None, "{text}");
        }
    }
}
