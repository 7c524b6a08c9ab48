//! Turns lines of text into `#[doc]` attributes, one a line.
//!
//! prettyplease prints a doc attribute as a comment, so what could end or disturb a line comment is taken out here: line
//! ends, control characters, and the characters that reverse the direction of text, which rustc denies in comments.

use proc_macro2::TokenStream;
use quote::quote;

/// The documentation of an item; `fallback` where the plan has none, because every public item carries some.
pub(super) fn outer(doc: &[String], fallback: &str) -> TokenStream {
    let lines = lines(doc, fallback);
    quote!(#(#[doc = #lines])*)
}

/// The documentation of the file that it stands in.
pub(super) fn inner(doc: &[String], fallback: &str) -> TokenStream {
    let lines = lines(doc, fallback);
    quote!(#(#![doc = #lines])*)
}

/// `text` as a code span.
pub(super) fn code(text: &str) -> String {
    let text = text.replace('`', "'");
    if text.trim().is_empty() {
        return "The empty text".to_owned();
    }
    format!("`{}`", one_line(&text))
}

/// `text` without what could end a line.
pub(super) fn one_line(text: &str) -> String {
    // Nearly all text is of this kind, and there is much of it.
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return text.to_owned();
    }
    text.chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .filter(|c| !reverses_text(*c))
        .collect()
}

/// The lines as they follow `///`: with a blank before each, none blank at either end.
fn lines(doc: &[String], fallback: &str) -> Vec<String> {
    let mut lines: Vec<String> = doc
        .iter()
        .flat_map(|text| text.split(['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}']))
        // Clippy asks for blanks in place of tabs.
        .map(|line| one_line(&line.replace('\t', "    ")).trim_end().to_owned())
        .skip_while(String::is_empty)
        .collect();
    while lines.last().is_some_and(String::is_empty) {
        lines.pop();
    }
    if lines.is_empty() {
        lines.push(one_line(fallback));
    }
    for line in &mut lines {
        if !line.is_empty() {
            line.insert(0, ' ');
        }
    }
    lines
}

/// Whether rustc's lint `text_direction_codepoint_in_comment` denies `c`, or it is an invisible mark of the file's start.
fn reverses_text(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}

#[cfg(test)]
mod tests {
    use super::{code, lines};

    #[test]
    fn a_line_stays_a_line() {
        let doc = ["", "a\r\n\tb \u{202E}c\u{0}", "", "\u{2028}"].map(str::to_owned);
        assert_eq!(lines(&doc, "x"), [" a", "", "     b c"]);
        assert_eq!(lines(&[], "x\ny"), [" x y"]);
    }

    #[test]
    fn a_code_span_is_not_left() {
        assert_eq!(code("a`b\n"), "`a'b `");
        assert_eq!(code(""), "The empty text");
    }
}
