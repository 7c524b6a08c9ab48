//! What was lost and why: the findings, by rule.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use maud::{Markup, html};

use super::Context;
use super::parts::{Group, counted, inline, searchable, table};
use crate::diagnostics::{Diagnostic, Rule, Severity};

impl Context<'_> {
    /// The section.
    pub(super) fn findings(&self) -> Markup {
        let mut rules: BTreeMap<(Severity, Rule), Vec<&Diagnostic>> = BTreeMap::new();
        for finding in self.run.model.diagnostics.iter() {
            let rule = rules.entry((finding.severity, finding.rule)).or_default();
            rule.push(finding);
        }
        let mut rules: Vec<_> = rules.into_iter().collect();
        rules.sort_by_key(|((severity, rule), found)| (*severity, Reverse(found.len()), *rule));
        let groups: Vec<Group> = rules
            .iter()
            .map(|((severity, rule), found)| self.rule(*severity, *rule, found))
            .collect();
        html! {
            @if groups.is_empty() {
                p { "There is nothing to say about these pages." }
            } @else {
                p {
                    "A warning is a fact that was lost, or two that contradict each other; a note is something that was "
                    "repaired or left aside on purpose. The gravest and most frequent come first."
                }
                (searchable("findings", "findings", &groups))
            }
        }
    }

    fn rule(&self, severity: Severity, rule: Rule, found: &[&Diagnostic]) -> Group {
        let rows = html! {
            @for finding in found {
                tr { th scope="row" { (self.places.of(finding)) } td { (self.said(finding)) } }
            }
        };
        let paragraphs = rule.paragraphs();
        let names = ["", "Consequence: ", "Remedy: "];
        Group {
            id: Some(format!("rule:{}-{}", severity.as_str(), rule.code())),
            name: html! {
                span .severity .(severity.as_str()) { (severity.as_str()) } " "
                code { (rule.code()) } " " span .about { (inline(rule.summary().trim_end_matches('.'))) }
            },
            count: counted(found.len(), "finding"),
            body: html! {
                div .doc {
                    // Mostly the first paragraph is what the group is called.
                    @let said = usize::from(paragraphs.first() == Some(&rule.summary()));
                    @for (name, paragraph) in names.iter().zip(&paragraphs).skip(said) {
                        p { @if !name.is_empty() { strong { (name) } } (inline(paragraph)) }
                    }
                }
                (table(&format!("Findings of {}", rule.code()), &["Place", "Finding"], rows))
            },
        }
    }

    fn said(&self, finding: &Diagnostic) -> Markup {
        html! {
            (inline(&finding.message))
            @for label in finding.labels.iter().skip(1) {
                p .more { (inline(&label.text)) ": " (self.places.place(label.span)) }
            }
            @if let Some(help) = &finding.help { p .more { (inline(help)) } }
        }
    }
}
