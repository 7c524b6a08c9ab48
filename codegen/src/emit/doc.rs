//! Turns lines of text into lines of documentation.
//!
//! They are laid out as comments, so what could end or disturb a line comment is taken out here: line
//! ends, control characters, and the characters that reverse the direction of text, which rustc denies in comments.

use std::borrow::Cow;

use super::code::{Code, Kind};
use crate::prose::one_line;

/// The documentation of an item; `fallback` where the plan has none, because every public item carries some.
pub(super) fn outer(doc: &[String], fallback: &str) -> Code {
    lines(doc, fallback, Kind::Doc)
}

/// The documentation of the file that it stands in.
pub(super) fn inner(doc: &[String], fallback: &str) -> Code {
    lines(doc, fallback, Kind::InnerDoc)
}

/// The lines as they follow `///`: with a blank before each, none blank at either end.
fn lines(doc: &[String], fallback: &str, kind: Kind) -> Code {
    let mut code = Code::with_room((doc.iter().map(|text| text.len() + 1).sum(), doc.len()));
    // Blank lines that stand above another one.
    let mut blank = 0;
    let parts = doc
        .iter()
        .flat_map(|text| text.split(['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}']));
    for part in parts {
        // Clippy asks for blanks in place of tabs.
        let line = if part.contains('\t') {
            Cow::Owned(one_line(&part.replace('\t', "    ")).into_owned())
        } else {
            one_line(part)
        };
        let line = line.trim_end();
        if line.is_empty() {
            blank += usize::from(!code.is_empty());
            continue;
        }
        for _ in 0..std::mem::take(&mut blank) {
            code.push(kind, "");
        }
        code.push_all(kind, &[" ", line]);
    }
    if code.is_empty() {
        let fallback = one_line(fallback);
        let blank = if fallback.is_empty() { "" } else { " " };
        code.push_all(kind, &[blank, &fallback]);
    }
    code
}

#[cfg(test)]
mod tests {
    use super::outer;

    #[test]
    fn a_line_stays_a_line() {
        let doc = ["", "a\r\n\tb \u{202E}c\u{0}", "", "\u{2028}"].map(str::to_owned);
        assert_eq!(outer(&doc, "x").line(), "/// a\n///\n///     b c");
        assert_eq!(outer(&[], "x\ny").line(), "/// x y");
    }
}
