//! What tells one input from another: SHA-256 (FIPS 180-4) over its files.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The digest of some content, as text: `sha256:` and 64 digits.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Digest(String);

impl Digest {
    /// Over the names of files and their text, in the order that is given.
    pub fn of<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let mut hash = hmac_sha256::Hash::new();
        for (name, text) in files {
            for part in [name, text] {
                // The length first, so that no part can end in another place.
                hash.update((part.len() as u64).to_le_bytes());
                hash.update(part);
            }
        }
        let digits: String = hash
            .finalize()
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        Self(format!("sha256:{digits}"))
    }
}

impl Digest {
    /// Over the text of one file. Line ends and byte order marks do not count: they differ between machines.
    #[must_use]
    pub fn of_text(text: &str) -> Self {
        let text = text.trim_start_matches('\u{FEFF}').replace("\r\n", "\n");
        Self::of([("", &*text)])
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::Digest;

    #[test]
    fn content_and_its_borders_count() {
        let digest = |files: &[(&str, &str)]| Digest::of(files.iter().copied());
        assert_eq!(
            digest(&[]).to_string(),
            "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
        );
        assert_ne!(digest(&[("a", "bc")]), digest(&[("ab", "c")]));
        assert_ne!(digest(&[("a", "")]), digest(&[]));
        assert_eq!(digest(&[("a", "b")]), digest(&[("a", "b")]));
        assert_eq!(Digest::of_text("\u{FEFF}a\r\nb"), Digest::of_text("a\nb"));
        assert_ne!(Digest::of_text("a\nb"), Digest::of_text("ab"));
    }
}
