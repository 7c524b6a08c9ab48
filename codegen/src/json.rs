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

/// Reads JSON, first strictly, then allowing one thing after another.
///
/// # Errors
///
/// What a strict reader says of the text.
pub(crate) fn read(text: &str) -> Result<Lenient, String> {
    let strict = match serde_json::from_str(text) {
        Ok(value) => {
            return Ok(Lenient {
                value,
                allowed: None,
            });
        }
        Err(error) => error.to_string(),
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
}
