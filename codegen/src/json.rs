//! JSON as the pages have it: strict where it can be, with what had to be allowed where it cannot.

use jsonc_parser::{ParseOptions, parse_to_serde_value};
use serde_json::Value;

/// A value, and what JSON does not allow but was read all the same.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Lenient {
    /// The value.
    pub(crate) value: Value,
    /// Such as `trailing commas`; `None` for strict JSON.
    pub(crate) allowed: Option<&'static str>,
}

/// How deep values may be nested. Real examples have a dozen levels; what is written around them, such as a saved model,
/// has to stay within the 128 levels that `serde_json` reads.
const DEEPEST: usize = 64;

/// Reads JSON, first strictly, then allowing one thing after another.
///
/// # Errors
///
/// What a strict reader says of the text, or that it is nested too deep.
pub(crate) fn read(text: &str) -> Result<Lenient, String> {
    let read = read_of_any_depth(text)?;
    if is_deeper(&read.value, DEEPEST) {
        return Err(format!("it is nested deeper than {DEEPEST}"));
    }
    Ok(read)
}

/// Whether a value has more levels than these; it has been read, and so has few enough to be looked through.
fn is_deeper(value: &Value, levels: usize) -> bool {
    let inner = |value: &Value| is_deeper(value, levels - 1);
    match value {
        Value::Array(list) => levels == 0 || list.iter().any(inner),
        Value::Object(map) => levels == 0 || map.values().any(inner),
        _ => false,
    }
}

/// Reads JSON as deep as the readers go.
fn read_of_any_depth(text: &str) -> Result<Lenient, String> {
    let strict = match serde_json::from_str(text) {
        Ok(value) => {
            return Ok(Lenient {
                value,
                allowed: None,
            });
        }
        Err(error) => reason(&error, text),
    };
    let mut options = ParseOptions {
        allow_comments: true,
        allow_loose_object_property_names: false,
        allow_trailing_commas: true,
        allow_missing_commas: false,
        allow_single_quoted_strings: false,
        allow_hexadecimal_numbers: false,
        allow_unary_plus_numbers: false,
        allow_bare_decimal_point_numbers: false,
        allow_non_finite_numbers: false,
        allow_extended_string_escapes: false,
    };
    if let Ok(value) = parse_to_serde_value(text, &options) {
        return Ok(Lenient {
            value,
            allowed: Some("comments, trailing commas or line breaks in strings"),
        });
    }
    options.allow_missing_commas = true;
    options.allow_loose_object_property_names = true;
    options.allow_single_quoted_strings = true;
    if let Ok(value) = parse_to_serde_value(text, &options) {
        return Ok(Lenient {
            value,
            allowed: Some("missing commas, bare names or single quotes"),
        });
    }
    Err(strict)
}

/// How many characters after the place of an error are quoted.
const QUOTED: usize = 40;

/// What a strict reader says, with what stands there instead of the line and column: those count from the beginning of
/// the JSON, and a reader would look for them on the page.
fn reason(error: &serde_json::Error, text: &str) -> String {
    let whole = error.to_string();
    let what = whole.split(" at line ").next().unwrap_or_default();
    if error.is_eof() {
        return what.to_owned();
    }
    let rest = text
        .lines()
        .nth(error.line().saturating_sub(1))
        .and_then(|line| line.get(error.column().saturating_sub(1)..))
        .unwrap_or_default()
        .trim_end();
    let shown: String = rest.chars().take(QUOTED).collect();
    let more = if shown.len() < rest.len() { "…" } else { "" };
    if shown.is_empty() {
        what.to_owned()
    } else {
        format!("{what} at `{shown}{more}`")
    }
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn what_was_allowed_is_said() {
        let allowed = |text: &str| read(text).map(|read| read.allowed);
        assert_eq!(allowed(r#"{"a": 1}"#), Ok(None));
        let common = Ok(Some("comments, trailing commas or line breaks in strings"));
        assert_eq!(allowed(r#"{"a": 1,}"#), common);
        assert_eq!(allowed("{\"a\": \"b\nc\"}"), common);
        assert_eq!(
            allowed(r#"{isCollection: true}"#),
            Ok(Some("missing commas, bare names or single quotes"))
        );
        assert!(allowed("HTTP/1.1 200 OK").is_err());
    }

    #[test]
    fn depth_has_an_end() {
        let nested = |open: &str, close: &str, depth| open.repeat(depth) + &close.repeat(depth);
        assert!(read(&nested("[", "]", 64)).is_ok());
        for depth in [65, 127, 128, 300, 600, 100_000] {
            for text in [
                nested("[", "]", depth),
                nested("[", "],", depth),
                "[".repeat(depth),
                nested("{\"a\":", "}", depth),
                "{a:".repeat(depth),
                "/**/[".repeat(depth),
            ] {
                assert!(read(&text).is_err());
            }
        }
    }

    #[test]
    fn an_error_quotes_the_place_and_has_no_numbers() {
        let error = |text: &str| read(text).unwrap_err();
        assert_eq!(error("{\n  \"id\": }"), "expected value at `}`");
        assert_eq!(error("{"), "EOF while parsing an object");
        let long = format!("HTTP/1.1 {}", "ä".repeat(99));
        assert!(error(&long).chars().count() < 70, "{}", error(&long));
    }
}
