//! The part about findings: what was said about the places of a subject.

use super::subject::{Scope, Subject};
use super::{Context, Line, Look, Part};
use crate::diagnostics::{Diagnostic, PageId, Severity};

/// How many findings are shown.
const MOST_FINDINGS: usize = 40;

impl Context<'_> {
    /// The findings about the places of a subject.
    pub(super) fn findings(&self, subject: &Subject) -> Vec<&Diagnostic> {
        let corpus = &self.run.model.corpus;
        let scopes: Vec<(PageId, Scope)> = subject
            .pages
            .iter()
            .map(|page| (*page, self.scope(subject, *page)))
            .collect();
        let included: Vec<PageId> = scopes
            .iter()
            .filter(|(_, scope)| scope.ranges.is_none())
            .flat_map(|(page, _)| &corpus.page(*page).includes)
            .filter_map(|include| match include.target {
                crate::corpus::IncludeTarget::Page(target) => Some(target),
                _ => None,
            })
            .collect();
        let findings = self.run.model.diagnostics.iter();
        findings
            .filter(|finding| {
                finding.labels.iter().any(|label| {
                    included.contains(&label.span.page)
                        || scopes.iter().any(|(page, scope)| {
                            *page == label.span.page && scope.covers(label.span)
                        })
                })
            })
            .collect()
    }

    /// The findings, one after the other.
    pub(super) fn diagnostics(&self, subject: &Subject) -> Part {
        let mut part = Part::new("diagnostics");
        let mut lines = Vec::new();
        let findings = self.findings(subject);
        let count = findings.len();
        for finding in findings {
            let place = finding
                .labels
                .first()
                .map(|label| self.exact_place(label.span));
            let severity = finding.severity.as_str();
            let mut text = format!("{severity}[{}] {}", finding.rule.code(), finding.message);
            for label in finding.labels.iter().skip(1) {
                text.push_str(&format!(
                    "; {}: {}",
                    label.text,
                    self.exact_place(label.span)
                ));
            }
            if let Some(help) = &finding.help {
                text.push_str(&format!("; {help}"));
            }
            lines.push(Line {
                look: match finding.severity {
                    Severity::Error => Look::Error,
                    Severity::Warning => Look::Warning,
                    Severity::Note => Look::Plain,
                },
                ..Line::new(place.unwrap_or_default(), 0, text)
            });
        }
        if count == 0 {
            part.say(0, "none");
        }
        part.list(lines, MOST_FINDINGS, "findings");
        part
    }
}
