//! What a service wants of a token that it refused: `WWW-Authenticate` (RFC 9110, section 11.6.1).

use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::DecodePaddingMode;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig};
use http::header::{HeaderMap, WWW_AUTHENTICATE};

const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// The claims of a claims challenge, `Bearer error="insufficient_claims", claims="eyJhY2Nlc3NfdG9rZW4i…"`, as JSON.
pub(super) fn claims(headers: &HeaderMap) -> Option<String> {
    let challenges = headers.get_all(WWW_AUTHENTICATE).into_iter();
    challenges
        .filter_map(|challenge| parameter(challenge.to_str().ok()?, "claims"))
        .find_map(|claims| {
            // Base64 of either alphabet.
            let text = claims.replace('-', "+").replace('_', "/");
            String::from_utf8(LENIENT.decode(text).ok()?).ok()
        })
}

/// The value of a parameter in quotes. What stands in the quotes of another one is no parameter.
fn parameter(challenge: &str, name: &str) -> Option<String> {
    let mut rest = challenge;
    while let Some((before, after)) = rest.split_once('"') {
        let (value, after) = quoted(after);
        let key = before.trim_end().strip_suffix('=').unwrap_or_default();
        let key = key
            .trim_end()
            .rsplit([' ', ',', '\t'])
            .next()
            .unwrap_or_default();
        if key.eq_ignore_ascii_case(name) {
            return Some(value);
        }
        rest = after;
    }
    None
}

/// The text up to the closing quote, without escapes (RFC 9110, section 5.6.4), and what follows.
fn quoted(text: &str) -> (String, &str) {
    let mut value = String::new();
    let mut characters = text.char_indices();
    while let Some((at, character)) = characters.next() {
        match character {
            '"' => return (value, &text[at + 1..]),
            '\\' => value.extend(characters.next().map(|(_, escaped)| escaped)),
            _ => value.push(character),
        }
    }
    (value, "")
}

#[cfg(test)]
mod tests {
    use http::HeaderMap;
    use http::header::{HeaderValue, WWW_AUTHENTICATE};

    use super::claims;

    #[test]
    fn claims_are_found_where_they_are() {
        let json = r#"{"access_token":{"nbf":{"essential":true,"value":"1"}}}"#;
        let encoded =
            "eyJhY2Nlc3NfdG9rZW4iOnsibmJmIjp7ImVzc2VudGlhbCI6dHJ1ZSwidmFsdWUiOiIxIn19fQ==";
        let found = |challenge: &str| {
            let mut headers = HeaderMap::new();
            headers.append(WWW_AUTHENTICATE, HeaderValue::from_static("Negotiate"));
            headers.append(
                WWW_AUTHENTICATE,
                HeaderValue::from_str(challenge).unwrap_or(HeaderValue::from_static("")),
            );
            claims(&headers)
        };
        for challenge in [
            format!(r#"Bearer realm="", error="insufficient_claims", claims="{encoded}""#),
            format!(
                r#"Basic realm="a", Bearer Claims = "{}", x="y""#,
                encoded.trim_end_matches('=')
            ),
            format!(r#"Bearer realm="a \" claims=", claims="{encoded}""#),
        ] {
            assert_eq!(found(&challenge).as_deref(), Some(json), "{challenge}");
        }
        for challenge in [
            String::new(),
            "Bearer".to_owned(),
            r#"Bearer claims="?""#.to_owned(),
            format!(r#"Bearer realm="claims={encoded}""#),
            format!(r#"Bearer noclaims="{encoded}""#),
        ] {
            assert_eq!(found(&challenge), None, "{challenge}");
        }
    }
}
