//! One JSON object a line.

use serde::Serialize;

use super::place::{Place, Places};
use crate::corpus::Corpus;
use crate::diagnostics::Diagnostic;

/// A finding.
#[derive(Serialize)]
struct Finding<'a> {
    rule: &'a str,
    severity: &'a str,
    message: &'a str,
    #[serde(flatten)]
    place: At,
    labels: Vec<Beside<'a>>,
    help: Option<&'a str>,
}

/// Where; all null for a finding that is about no file.
#[derive(Default, Serialize)]
struct At {
    path: Option<String>,
    line: Option<usize>,
    column: Option<usize>,
    end_line: Option<usize>,
    end_column: Option<usize>,
}

/// A place beside the main one.
#[derive(Serialize)]
struct Beside<'a> {
    #[serde(flatten)]
    place: At,
    text: &'a str,
}

impl From<Place> for At {
    fn from(place: Place) -> Self {
        let region = place.region;
        Self {
            path: Some(place.path),
            line: region.map(|region| region.line),
            column: region.map(|region| region.column),
            end_line: region.map(|region| region.end_line),
            end_column: region.map(|region| region.end_column),
        }
    }
}

/// Writes findings, one a line.
pub(super) fn render<'a>(
    findings: impl Iterator<Item = &'a Diagnostic>,
    corpus: &Corpus,
) -> String {
    let mut places = Places::new(corpus);
    let mut text = String::new();
    for diagnostic in findings {
        let finding = Finding {
            rule: diagnostic.rule.code(),
            severity: diagnostic.severity.as_str(),
            message: &diagnostic.message,
            place: places.main(diagnostic).map(At::from).unwrap_or_default(),
            labels: diagnostic
                .labels
                .iter()
                .skip(1)
                .map(|label| Beside {
                    place: places.of(label.span).into(),
                    text: &label.text,
                })
                .collect(),
            help: diagnostic.help.as_deref(),
        };
        // Text and numbers can always be written as JSON.
        text.push_str(&serde_json::to_string(&finding).unwrap_or_default());
        text.push('\n');
    }
    text
}
