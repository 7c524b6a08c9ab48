//! Durations.

use graph_runtime::{Duration, ErrorKind};
use proptest::prelude::*;
use time::Duration as Span;

#[track_caller]
fn assert_duration(text: &str, expected: Span) {
    assert_eq!(
        Duration::new(text).to_duration().unwrap(),
        expected,
        "{text}"
    );
}

#[test]
fn forms() {
    assert_duration("PT0S", Span::ZERO);
    assert_duration("-PT17.1S", Span::new(-17, -100_000_000));
    assert_duration("P1D", Span::days(1));
    assert_duration("P2W", Span::weeks(2));
    assert_duration(
        "P1DT2H3M4.0000005S",
        Span::new(86_400 + 2 * 3_600 + 3 * 60 + 4, 500),
    );
    assert_duration("+PT36H", Span::hours(36));
    assert_duration("PT0.1234567899S", Span::nanoseconds(123_456_789));
    // The longest time span of .NET, which services send for "never".
    assert_duration(
        "P10675199DT2H48M5.4775807S",
        Span::new(922_337_203_685, 477_580_700),
    );
}

#[test]
fn other_texts_are_errors() {
    let wrong = [
        "",
        "P",
        "PT",
        "P1DT",
        "1D",
        "P1",
        "P1Y",
        "P1M",
        "PT1D",
        "P1H",
        "PT1M1H",
        "PT1S1S",
        "PT1.5M",
        "PT1.S",
        "PT.S",
        "PT-1S",
        "PT+1S",
        "P1D ",
        "pt1s",
        "PTS",
        "P99999999999999999999D",
        "PT9223372036854775808S",
        "PTé",
        "P1éD",
        "--PT1S",
        "P99999999999999999999999999999999999999999D",
    ];
    for text in wrong {
        let error = Duration::new(text).to_duration().expect_err(text);
        assert_eq!(error.kind(), ErrorKind::Decode);
    }
}

#[test]
fn as_text() {
    assert_eq!(Duration::from(Span::ZERO), "PT0S");
    assert_eq!(Duration::from(Span::days(2)), "P2D");
    assert_eq!(Duration::from(Span::minutes(-90)), "-PT1H30M");
    assert_eq!(Duration::from(Span::milliseconds(-1)), "-PT0.001S");
    assert_eq!(Duration::from(Span::new(86_400 + 1, 0)), "P1DT1S");
}

proptest! {
    /// Each duration has a text that converts back to it.
    #[test]
    fn round_trip(seconds in any::<i64>(), nanoseconds in -999_999_999_i32..1_000_000_000) {
        let span = Span::seconds(seconds).saturating_add(Span::nanoseconds(nanoseconds.into()));
        prop_assert_eq!(Duration::from(span).to_duration().unwrap(), span);
    }

    #[test]
    fn converting_never_panics(text in "[-+]?P?[0-9WDT]{0,12}[0-9HMS.]{0,24}|\\PC{0,12}") {
        let _ = Duration::new(text).to_duration();
    }

    /// The sign is that of the whole.
    #[test]
    fn a_sign_negates(days in 0_u32..100_000, seconds in 0_u32..100_000, part in "[0-9]{1,12}") {
        let text = format!("P{days}DT{seconds}.{part}S");
        let span = Duration::new(&*text).to_duration().unwrap();
        prop_assert_eq!(Duration::new(format!("-{text}")).to_duration().unwrap(), -span);
    }
}
