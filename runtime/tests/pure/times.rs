//! Dates, times, identifiers and bytes: the text stays, and conversions agree with it.

use graph_runtime::serde_json::{self, json};
use graph_runtime::{Binary, Date, DateTimeOffset, ErrorKind, Guid, TimeOfDay};
use proptest::prelude::*;
use time::macros::{date, datetime, time};
use time::{OffsetDateTime, Time, UtcOffset};

#[test]
fn the_exact_text_stays() {
    for text in [
        "2017-01-01T00:00:17.7769392-08:00",
        "not a date",
        "",
        "2017-1-1T0:0Z",
    ] {
        let read: DateTimeOffset = serde_json::from_value(json!(text)).unwrap();
        assert_eq!(read, text);
        assert_eq!(serde_json::to_value(&read).unwrap(), json!(text));
        assert_eq!(read.to_string(), text);
    }
    // What is no text keeps its JSON text.
    assert_eq!(serde_json::from_value::<Guid>(json!(17)).unwrap(), "17");
    assert_eq!(
        serde_json::from_value::<Date>(json!(false)).unwrap(),
        "false"
    );
    assert_eq!(serde_json::from_value::<Date>(json!(1.5)).unwrap(), "1.5");
    assert!(serde_json::from_value::<Date>(json!({})).is_err());
    assert_eq!(format!("{:>4}|", Date::new("a")), "   a|");
}

#[test]
fn date_times() {
    let convert = |text: &str| DateTimeOffset::new(text).to_offset_date_time();
    assert_eq!(
        convert("2017-01-01T00:00:17.7769392-08:00").unwrap(),
        datetime!(2017-01-01 0:00:17.776_939_2 -8)
    );
    assert_eq!(
        convert("9999-12-31T23:59:59.9999999Z").unwrap(),
        datetime!(9999-12-31 23:59:59.999_999_9 UTC)
    );
    assert_eq!(
        convert("0001-01-01T00:00:00Z").unwrap(),
        datetime!(0001-01-01 0:00 UTC)
    );
    assert_eq!(
        convert("2017-01-01T08:30Z").unwrap(),
        datetime!(2017-01-01 8:30 UTC)
    );
    assert_eq!(
        convert("2017-01-01T00:00:00.123456789012Z")
            .unwrap()
            .nanosecond(),
        123_456_789
    );
    for wrong in [
        "",
        "2017-01-01",
        "2017-01-01T00:00:00",
        "2017-02-30T00:00:00Z",
        "00:00:00Z",
        "T00:00Z",
    ] {
        let error = convert(wrong).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Decode, "{wrong}");
        assert!(
            error
                .message()
                .contains(&format!("{wrong:?} is not a date and time")),
            "{error}"
        );
    }
}

#[test]
fn date_times_as_text() {
    assert_eq!(
        DateTimeOffset::from(datetime!(2017-01-01 0:00:17.5 -8)),
        "2017-01-01T00:00:17.5-08:00"
    );
    assert_eq!(
        DateTimeOffset::from(datetime!(2017-01-01 0:00 -0:30)),
        "2017-01-01T00:00:00-00:30"
    );
    assert_eq!(
        DateTimeOffset::from(datetime!(0017-01-01 0:00 UTC)),
        "0017-01-01T00:00:00Z"
    );
    // No text can say an offset with seconds.
    assert_eq!(
        DateTimeOffset::from(datetime!(2017-01-01 0:00 +0:00:30)),
        "2016-12-31T23:59:30Z"
    );
}

#[test]
fn dates() {
    assert_eq!(
        Date::new("2017-01-31").to_date().unwrap(),
        date!(2017 - 01 - 31)
    );
    assert_eq!(Date::from(date!(2017 - 01 - 31)), "2017-01-31");
    for wrong in ["", "2017-1-31", "2017-02-30", "2017-01-31T00:00:00Z"] {
        assert_eq!(
            Date::new(wrong).to_date().unwrap_err().kind(),
            ErrorKind::Decode
        );
    }
}

#[test]
fn times_of_day() {
    let convert = |text: &str| TimeOfDay::new(text).to_time();
    assert_eq!(convert("0:00:00").unwrap(), Time::MIDNIGHT);
    assert_eq!(
        convert("08:30:05.0000001").unwrap(),
        time!(8:30:05.000_000_1)
    );
    assert_eq!(convert("8:30").unwrap(), time!(8:30));
    assert_eq!(
        convert("23:59:59.1234567891").unwrap(),
        time!(23:59:59.123_456_789)
    );
    for wrong in [
        "",
        "8",
        "24:00:00",
        "+8:30",
        "8:3",
        "08:30:",
        "08:30:00.",
        "08:30:00:00",
        "08:30:00Z",
        "008:30",
        "é:00",
    ] {
        assert_eq!(
            convert(wrong).unwrap_err().kind(),
            ErrorKind::Decode,
            "{wrong}"
        );
    }
}

#[test]
fn identifiers() {
    let guid = Guid::new("0A6C2D1E-5F3B-4C8D-9E7F-1A2B3C4D5E6F");
    assert_eq!(
        Guid::from(guid.to_uuid().unwrap()),
        "0a6c2d1e-5f3b-4c8d-9e7f-1a2b3c4d5e6f"
    );
    assert_eq!(
        Guid::new("{id}").to_uuid().unwrap_err().kind(),
        ErrorKind::Decode
    );
}

#[test]
fn bytes_of_both_alphabets() {
    for text in ["+/+/", "-_-_", "-/+_"] {
        assert_eq!(
            Binary::new(text).to_bytes().unwrap(),
            [0xFB, 0xFF, 0xBF],
            "{text}"
        );
    }
    for text in ["YQ==", "YQ", "YQ=", "Y\r\nQ=="] {
        assert_eq!(Binary::new(text).to_bytes().unwrap(), b"a", "{text}");
    }
    let error = Binary::new("secret!").to_bytes().unwrap_err();
    assert!(!error.to_string().contains("secret"), "{error}");
}

proptest! {
    #[test]
    fn bytes_round_trip(bytes in prop::collection::vec(any::<u8>(), 0..40)) {
        let binary = Binary::from_bytes(&bytes);
        prop_assert_eq!(&binary.to_bytes().unwrap(), &bytes);
        let url_safe = binary.as_str().replace('+', "-").replace('/', "_");
        prop_assert_eq!(Binary::new(url_safe.trim_end_matches('=')).to_bytes().unwrap(), bytes);
    }

    /// Each point in time with an offset in minutes has a text that converts back to it.
    #[test]
    fn a_date_time_round_trips(
        seconds in -62_135_596_800_i64 + 86_400..253_402_300_800 - 86_400,
        nanosecond in 0_u32..1_000_000_000,
        minutes in -18 * 60_i32 + 1..18 * 60,
    ) {
        let value = OffsetDateTime::from_unix_timestamp(seconds).unwrap();
        let value = value.replace_nanosecond(nanosecond).unwrap();
        let value = value.to_offset(UtcOffset::from_whole_seconds(minutes * 60).unwrap());
        let converted = DateTimeOffset::from(value).to_offset_date_time().unwrap();
        prop_assert_eq!((converted, converted.offset()), (value, value.offset()));
    }

    #[test]
    fn a_time_round_trips(hour in 0_u8..24, minute in 0_u8..60, second in 0_u8..60, nanosecond in 0_u32..1_000_000_000) {
        let value = Time::from_hms_nano(hour, minute, second, nanosecond).unwrap();
        prop_assert_eq!(TimeOfDay::from(value).to_time().unwrap(), value);
    }

    #[test]
    fn any_text_stays_and_converting_never_panics(text in "\\PC{0,20}|[0-9T:Z.+-]{0,30}") {
        let read: DateTimeOffset = serde_json::from_value(json!(text)).unwrap();
        prop_assert_eq!(read.as_str(), &text);
        let _ = read.to_offset_date_time();
        let _ = Date::new(&*text).to_date();
        let _ = TimeOfDay::new(&*text).to_time();
        let _ = Guid::new(&*text).to_uuid();
        let _ = Binary::new(&*text).to_bytes();
    }
}
