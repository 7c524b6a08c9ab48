//! GitHub workflow commands, which appear as annotations of a pull request.

use std::fmt::Write;

use super::place::Places;
use crate::corpus::Corpus;
use crate::diagnostics::{Diagnostic, Severity};

/// Writes findings, one command a line.
pub(super) fn render<'a>(
    findings: impl Iterator<Item = &'a Diagnostic>,
    corpus: &Corpus,
) -> String {
    let mut places = Places::new(corpus);
    let mut text = String::new();
    for diagnostic in findings {
        text.push_str(match diagnostic.severity {
            Severity::Error => "::error ",
            Severity::Warning => "::warning ",
            Severity::Note => "::notice ",
        });
        // Writing to a string does not fail.
        if let Some(place) = places.main(diagnostic) {
            let _ = write!(text, "file={},", property(&place.path));
            if let Some(region) = place.region {
                let _ = write!(text, "line={},col={},", region.line, region.column);
            }
        }
        let _ = write!(text, "title={}::", property(diagnostic.rule.code()));
        text.push_str(&data(&diagnostic.message));
        if let Some(help) = &diagnostic.help {
            text.push_str("%0A");
            text.push_str(&data(help));
        }
        text.push('\n');
    }
    text
}

/// Escapes a message.
fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// Escapes the value of a property.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::render;
    use crate::corpus::Corpus;
    use crate::diagnostics::{Diagnostic, Rule};

    #[test]
    fn messages_and_paths_are_escaped() {
        let diagnostic = Diagnostic::on_file(Rule::OutsideRoot, "a,b:c.md", "100%\n::error::x")
            .help("see: a, b");
        assert_eq!(
            render(std::iter::once(&diagnostic), &Corpus::default()),
            "::warning file=a%2Cb%3Ac.md,title=outside-root::100%25%0A::error::x%0Asee: a, b\n"
        );
    }
}
