//! Dates and times.

use time::format_description::well_known::{Iso8601, Rfc3339};
use time::macros::format_description;
use time::{OffsetDateTime, Time};

use super::{fraction, nanoseconds, not_a, not_a_because, text_value};
use crate::error::Error;

text_value! {
    /// A date and time with an offset from UTC, Edm.DateTimeOffset (OData CSDL 4.01, section 3.3),
    /// such as `2017-01-01T00:00:17.7769392-08:00`.
    DateTimeOffset
}

impl DateTimeOffset {
    /// Converts to a point in time with its offset. Digits beyond nanoseconds are dropped.
    ///
    /// # Errors
    ///
    /// An error of the kind [`Decode`](crate::ErrorKind::Decode) if the text is not in the form of
    /// RFC 3339, where seconds may be absent as OData allows.
    pub fn to_offset_date_time(&self) -> Result<OffsetDateTime, Error> {
        OffsetDateTime::parse(&self.0, &Rfc3339)
            .or_else(|error| match self.0.len() {
                // `2017-01-01T00:00Z`, the shortest text without seconds; a time alone or a date
                // alone is shorter.
                17.. => OffsetDateTime::parse(&self.0, &Iso8601::PARSING).map_err(|_| error),
                _ => Err(error),
            })
            .map_err(|error| not_a_because("a date and time with an offset", &self.0, error))
    }
}

/// The text in the form of RFC 3339, with the shortest fraction. An offset with seconds, which no
/// text can say, is given up for UTC.
impl From<OffsetDateTime> for DateTimeOffset {
    fn from(value: OffsetDateTime) -> Self {
        let value = match value.offset().seconds_past_minute() {
            0 => value,
            _ => value
                .checked_to_offset(time::UtcOffset::UTC)
                .unwrap_or(value),
        };
        let (hours, minutes, _) = value.offset().as_hms();
        let offset = match (hours, minutes) {
            (0, 0) => "Z".to_owned(),
            _ => {
                let sign = if hours < 0 || minutes < 0 { '-' } else { '+' };
                format!(
                    "{sign}{:02}:{:02}",
                    hours.unsigned_abs(),
                    minutes.unsigned_abs()
                )
            }
        };
        let (date, time) = (Date::from(value.date()), TimeOfDay::from(value.time()));
        Self::new(format!("{date}T{time}{offset}"))
    }
}

text_value! {
    /// A date, Edm.Date (OData CSDL 4.01, section 3.3), such as `2017-01-01`.
    Date
}

impl Date {
    /// Converts to a date.
    ///
    /// # Errors
    ///
    /// An error of the kind [`Decode`](crate::ErrorKind::Decode) if the text is not in the form
    /// `YYYY-MM-DD`.
    pub fn to_date(&self) -> Result<time::Date, Error> {
        time::Date::parse(&self.0, format_description!("[year]-[month]-[day]"))
            .map_err(|error| not_a_because("a date", &self.0, error))
    }
}

impl From<time::Date> for Date {
    fn from(value: time::Date) -> Self {
        let (year, month, day) = value.to_calendar_date();
        let sign = if year < 0 { "-" } else { "" };
        Self::new(format!(
            "{sign}{:04}-{:02}-{day:02}",
            year.unsigned_abs(),
            u8::from(month)
        ))
    }
}

text_value! {
    /// A time of day, Edm.TimeOfDay (OData CSDL 4.01, section 3.3), such as `08:30:00.0000000`.
    TimeOfDay
}

impl TimeOfDay {
    /// Converts to a time. An hour of one digit is accepted, because services write `0:00:00`, and
    /// seconds may be absent. Digits beyond nanoseconds are dropped.
    ///
    /// # Errors
    ///
    /// An error of the kind [`Decode`](crate::ErrorKind::Decode) if the text is not in the form
    /// `hh:mm:ss.fffffff`.
    pub fn to_time(&self) -> Result<Time, Error> {
        parse_time(&self.0).ok_or_else(|| not_a("a time of day", &self.0))
    }
}

fn parse_time(text: &str) -> Option<Time> {
    let mut parts = text.split(':');
    let hour = parts.next()?;
    let hour = if hour.len() == 1 {
        digits(hour, 1)?
    } else {
        digits(hour, 2)?
    };
    let minute = digits(parts.next()?, 2)?;
    let (second, nanosecond) = match parts.next() {
        None => (0, 0),
        Some(seconds) => match seconds.split_once('.') {
            None => (digits(seconds, 2)?, 0),
            Some((whole, part)) => (digits(whole, 2)?, nanoseconds(part)?),
        },
    };
    match parts.next() {
        None => Time::from_hms_nano(hour, minute, second, nanosecond).ok(),
        Some(_) => None,
    }
}

fn digits(text: &str, count: usize) -> Option<u8> {
    // `parse` alone would accept a sign.
    (text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit()))
        .then(|| text.parse().ok())?
}

impl From<Time> for TimeOfDay {
    fn from(value: Time) -> Self {
        let (hour, minute, second, nanosecond) = value.as_hms_nano();
        Self::new(format!(
            "{hour:02}:{minute:02}:{second:02}{}",
            fraction(nanosecond)
        ))
    }
}
