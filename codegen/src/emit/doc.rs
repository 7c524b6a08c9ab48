//! Turns lines of text into lines of documentation.
//!
//! They are laid out as comments, so what could end or disturb a line comment is taken out here: line
//! ends, control characters, and the characters that reverse the direction of text, which rustc denies in comments.

use super::code::{Code, Kind};
use crate::prose::one_line;

/// The documentation of an item; `fallback` where the plan has none, because every public item carries some.
pub(super) fn outer(doc: &[String], fallback: &str) -> Code {
    Code::docs(&lines(doc, fallback), Kind::Doc)
}

/// The documentation of the file that it stands in.
pub(super) fn inner(doc: &[String], fallback: &str) -> Code {
    Code::docs(&lines(doc, fallback), Kind::InnerDoc)
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

#[cfg(test)]
mod tests {
    use super::lines;

    #[test]
    fn a_line_stays_a_line() {
        let doc = ["", "a\r\n\tb \u{202E}c\u{0}", "", "\u{2028}"].map(str::to_owned);
        assert_eq!(lines(&doc, "x"), [" a", "", "     b c"]);
        assert_eq!(lines(&[], "x\ny"), [" x y"]);
    }
}
