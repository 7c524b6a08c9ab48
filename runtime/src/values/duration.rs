//! Durations.

use super::{fraction, nanoseconds, not_a, text_value};
use crate::error::Error;

text_value! {
    /// A duration, Edm.Duration (OData CSDL 4.01, section 3.3; ISO 8601), such as `PT8H` or
    /// `-P1DT0.5S`.
    Duration
}

const NANOSECONDS: i128 = 1_000_000_000;

impl Duration {
    /// Converts to a duration: an optional sign, weeks, days, hours, minutes and seconds with a
    /// fraction. A day has 24 hours. Digits beyond nanoseconds are dropped.
    ///
    /// # Errors
    ///
    /// An error of the kind [`Decode`](crate::ErrorKind::Decode) if the text has another form, is
    /// too long for the type, or counts years or months, which have no fixed length.
    pub fn to_duration(&self) -> Result<time::Duration, Error> {
        parse(&self.0).ok_or_else(|| {
            not_a(
                "a duration in weeks, days, hours, minutes and seconds",
                &self.0,
            )
        })
    }
}

fn parse(text: &str) -> Option<time::Duration> {
    let (sign, text) = match text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text.strip_prefix('+').unwrap_or(text)),
    };
    let (date, time) = match text.strip_prefix('P')?.split_once('T') {
        // A `T` announces a time.
        Some((_, "")) => return None,
        Some((date, time)) => (date, time),
        None => (text.strip_prefix('P')?, ""),
    };
    if date.is_empty() && time.is_empty() {
        return None;
    }
    let date = sum(date, &[('W', 7 * 86_400), ('D', 86_400)])?;
    let time = sum(time, &[('H', 3_600), ('M', 60), ('S', 1)])?;
    let total = date.checked_add(time)?.checked_mul(sign)?;
    let seconds = i64::try_from(total / NANOSECONDS).ok()?;
    let rest = i32::try_from(total % NANOSECONDS).ok()?;
    Some(time::Duration::new(seconds, rest))
}

/// Adds up numbers with their designators, which come in the given order and once at most. In
/// nanoseconds.
fn sum(mut text: &str, designators: &[(char, i128)]) -> Option<i128> {
    let mut total = 0_i128;
    let mut left = designators.iter();
    while !text.is_empty() {
        let end = text.find(|c: char| c.is_ascii_alphabetic())?;
        let (number, rest) = text.split_at(end);
        let (_, seconds) = left.find(|(designator, _)| rest.starts_with(*designator))?;
        let (whole, part) = match number.split_once('.') {
            // Only seconds have a fraction.
            Some((whole, digits)) if *seconds == 1 => (whole, i128::from(nanoseconds(digits)?)),
            Some(_) => return None,
            None => (number, 0),
        };
        if !whole.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let whole: i128 = whole.parse().ok()?;
        let value = whole.checked_mul(*seconds)?.checked_mul(NANOSECONDS)?;
        total = total.checked_add(value)?.checked_add(part)?;
        text = &rest[1..];
    }
    Some(total)
}

/// The text in days, hours, minutes and seconds, without parts that are zero; `PT0S` for no time.
impl From<time::Duration> for Duration {
    fn from(value: time::Duration) -> Self {
        let seconds = value.whole_seconds().unsigned_abs();
        let nanoseconds = value.subsec_nanoseconds().unsigned_abs();
        let mut text = String::from(if value.is_negative() { "-P" } else { "P" });
        let (days, rest) = (seconds / 86_400, seconds % 86_400);
        if days > 0 {
            text.push_str(&format!("{days}D"));
        }
        if rest > 0 || nanoseconds > 0 || days == 0 {
            text.push('T');
        }
        let (hours, minutes, seconds) = (rest / 3_600, rest / 60 % 60, rest % 60);
        if hours > 0 {
            text.push_str(&format!("{hours}H"));
        }
        if minutes > 0 {
            text.push_str(&format!("{minutes}M"));
        }
        if seconds > 0 || nanoseconds > 0 || (days == 0 && rest == 0) {
            text.push_str(&format!("{seconds}{}S", fraction(nanoseconds)));
        }
        Self::new(text)
    }
}
