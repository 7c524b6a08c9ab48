//! The address below which the files of a folder can be seen.

use std::fmt::Write;
use std::str::FromStr;

/// The address below which the files of a folder can be seen, such as `https://example.org/docs/blob/main/api-reference/v1.0/`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkBase(String);

/// An address that no link may lead to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected an address that begins with https:// or http:// and has no blanks")]
pub struct MalformedLinkBase(());

impl FromStr for LinkBase {
    type Err = MalformedLinkBase;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let is_plain = text.chars().all(|c| c.is_ascii_graphic());
        match is_web(text) && is_plain {
            true => Ok(Self(text.trim_end_matches('/').to_owned())),
            false => Err(MalformedLinkBase(())),
        }
    }
}

impl LinkBase {
    /// The address of a line of a file, whose path has `/` between its parts.
    #[must_use]
    pub fn line(&self, path: &str, line: Option<usize>) -> String {
        let mut address = self.0.clone();
        for part in path.split('/') {
            address.push('/');
            for byte in part.bytes() {
                // What is unreserved in an address stands for itself (RFC 3986, section 2.3).
                if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
                    address.push(char::from(byte));
                } else {
                    // Writing to a string does not fail.
                    let _ = write!(address, "%{byte:02X}");
                }
            }
        }
        if let Some(line) = line {
            let _ = write!(address, "#L{line}");
        }
        address
    }
}

/// Whether an address is one of the web: no other may be a link, since a browser runs what some of them hold.
pub(super) fn is_web(address: &str) -> bool {
    let is_of = |scheme: &str| {
        let start = address.get(..scheme.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    };
    is_of("https://") || is_of("http://")
}

#[cfg(test)]
mod tests {
    use super::LinkBase;

    #[test]
    fn what_a_path_holds_stays_a_path() {
        let base: LinkBase = "https://example.org/blob/main/".parse().unwrap();
        assert_eq!(
            base.line("api/a b#\"é.md", Some(12)),
            "https://example.org/blob/main/api/a%20b%23%22%C3%A9.md#L12"
        );
        assert_eq!(base.line("x", None), "https://example.org/blob/main/x");
    }

    #[test]
    fn only_addresses_of_the_web_are_linked() {
        for text in [
            "javascript:alert(1)",
            "data:text/html,x",
            "/docs",
            "https://a b",
            "",
            "é",
        ] {
            assert!(text.parse::<LinkBase>().is_err(), "{text}");
        }
        assert!("HTTP://localhost/".parse::<LinkBase>().is_ok());
    }
}
