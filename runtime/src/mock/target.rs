//! What a request is about: its path, ready to be compared with templates, and its query options.

use percent_encoding::percent_decode_str;
use url::{Url, form_urlencoded};

/// The characters that mean something in an address (RFC 3986, section 2.2). Percent-encoded they
/// mean themselves; for all others it makes no difference.
const RESERVED: &[char] = &[
    ':', '/', '?', '#', '[', ']', '@', '!', '$', '&', '\'', '(', ')', '*', '+', ',', ';', '=',
];

/// One character of a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Symbol {
    pub(super) character: char,
    /// Whether it is a reserved character that was percent-encoded.
    pub(super) escaped: bool,
}

impl Symbol {
    pub(super) const fn plain(character: char) -> Self {
        Self {
            character,
            escaped: false,
        }
    }

    /// Whether it is this character in its special meaning.
    pub(super) fn separates(self, character: char) -> bool {
        self == Self::plain(character)
    }
}

/// Reads the percent-encoding of a path.
pub(super) fn symbols(text: &str) -> Vec<Symbol> {
    let mut symbols = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let encoded = encoded_length(rest);
        if encoded == 0 {
            symbols.push(Symbol::plain(first));
            rest = &rest[first.len_utf8()..];
        } else {
            // As a run, because a character can take several bytes.
            let run = percent_decode_str(&rest[..encoded]).decode_utf8_lossy();
            symbols.extend(run.chars().map(|character| Symbol {
                character,
                escaped: RESERVED.contains(&character),
            }));
            rest = &rest[encoded..];
        }
    }
    symbols
}

/// How many bytes of `%XX` a text begins with.
fn encoded_length(text: &str) -> usize {
    let is_encoded =
        |triple: &&[u8]| triple[0] == b'%' && triple[1..].iter().all(u8::is_ascii_hexdigit);
    3 * text
        .as_bytes()
        .chunks_exact(3)
        .take_while(is_encoded)
        .count()
}

/// The target of a request (RFC 9112, section 3.2).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Target {
    pub(super) path: Vec<Symbol>,
    pub(super) query: Vec<(String, String)>,
}

impl Target {
    pub(super) fn new(path: &str, query: Option<&str>) -> Self {
        Self {
            path: symbols(path),
            query: form_urlencoded::parse(query.unwrap_or_default().as_bytes())
                .into_owned()
                .collect(),
        }
    }

    /// The target of a link, absolute or relative to the root, whatever its host.
    pub(super) fn of_link(link: &str) -> Option<Self> {
        // The host does not count.
        let root = Url::parse("http://localhost/").ok()?;
        let url = root.join(link).ok()?;
        matches!(url.scheme(), "http" | "https").then(|| Self::new(url.path(), url.query()))
    }
}
