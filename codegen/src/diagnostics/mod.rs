//! What a run has to say about its input: a rule, a message, and the places that it is about.
//!
//! Stages never print and never stop at bad input: they add to a [`Diagnostics`] and go on with what they have.

mod baseline;
mod code;
mod declare;
mod render;
mod rule;
mod severity;
mod span;
mod stage;
mod summary;

use std::cmp::Ordering;

pub use baseline::{Baseline, MalformedBaseline};
pub use code::UnknownRule;
pub use render::{Format, render, summary};
pub use rule::Rule;
pub use severity::Severity;
pub use span::{PageId, Span, Spanned, line_and_column};
pub use stage::Stage;

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The rule that it falls under.
    pub rule: Rule,
    /// How grave it is; the rule's own severity unless the caller denied the rule.
    pub severity: Severity,
    /// One sentence: what is there, and what was made of it.
    pub message: String,
    /// Where; the first is the main place. Empty for findings about a file that could not be read.
    pub labels: Vec<Label>,
    /// The path, below the documentation folder, of a file that is not a page of the corpus, where the finding is about one.
    pub path: Option<String>,
    /// Whether `path` is as the caller named it, and not below the documentation folder.
    pub as_named: bool,
    /// The line and column in `path`, where known.
    pub position: Option<(usize, usize)>,
    /// What its author could do.
    pub help: Option<String>,
}

/// A place that a diagnostic is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// The place.
    pub span: Span,
    /// What to say of it; empty for the main place, where the message says it.
    pub text: String,
}

impl Diagnostic {
    /// A finding at `span`.
    #[must_use]
    pub fn at(rule: Rule, span: Span, message: impl Into<String>) -> Self {
        Self {
            rule,
            severity: rule.severity(),
            message: message.into(),
            labels: vec![Label {
                span,
                text: String::new(),
            }],
            path: None,
            as_named: false,
            position: None,
            help: None,
        }
    }

    /// A finding about what the caller asked for, and no file.
    #[must_use]
    pub fn without_place(rule: Rule, message: impl Into<String>) -> Self {
        Self {
            rule,
            severity: rule.severity(),
            message: message.into(),
            labels: Vec::new(),
            path: None,
            as_named: false,
            position: None,
            help: None,
        }
    }

    /// A finding about a file that is not part of the corpus.
    #[must_use]
    pub fn on_file(rule: Rule, path: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            path: Some(path.into()),
            ..Self::without_place(rule, message)
        }
    }

    /// A finding about a file that the caller named, such as a baseline.
    #[must_use]
    pub fn on_named_file(rule: Rule, path: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            as_named: true,
            ..Self::on_file(rule, path, message)
        }
    }

    /// Adds the 1-based line and column in the file.
    #[must_use]
    pub fn at_position(mut self, line: usize, column: usize) -> Self {
        self.position = Some((line, column));
        self
    }

    /// Adds a second place.
    #[must_use]
    pub fn also(mut self, span: Span, text: impl Into<String>) -> Self {
        self.labels.push(Label {
            span,
            text: text.into(),
        });
        self
    }

    /// Adds what its author could do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

/// The findings of a run, in the order in which they were made until [`Diagnostics::sort`] is called.
#[derive(Clone, Debug, Default)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
    denied: Vec<Rule>,
    silenced: usize,
}

impl Diagnostics {
    /// An empty list; findings of the rules in `denied` become errors.
    #[must_use]
    pub fn denying(denied: &[Rule]) -> Self {
        Self {
            denied: denied.to_vec(),
            ..Self::default()
        }
    }

    /// Adds a finding.
    pub fn push(&mut self, mut diagnostic: Diagnostic) {
        if self.denied.contains(&diagnostic.rule) {
            diagnostic.severity = Severity::Error;
        }
        self.list.push(diagnostic);
    }

    /// The findings.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.list.iter()
    }

    /// How many there are of `severity`.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        self.list
            .iter()
            .filter(|diagnostic| diagnostic.severity == severity)
            .count()
    }

    /// How many findings a baseline has taken out.
    #[must_use]
    pub fn silenced(&self) -> usize {
        self.silenced
    }

    /// Whether the run has to end with exit code 1.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.count(Severity::Error) > 0
    }

    /// Orders the findings by file, place and rule, so that output does not depend on the order of the stages. What is
    /// found once for each request line of a page is kept once.
    pub fn sort(&mut self) {
        self.list.sort_by(compare);
        self.list.dedup_by(|a, b| compare(a, b) == Ordering::Equal);
    }
}

/// The order of findings.
fn compare(a: &Diagnostic, b: &Diagnostic) -> Ordering {
    let place = |diagnostic: &Diagnostic| diagnostic.labels.first().map(|label| label.span);
    (a.path.as_deref(), a.position)
        .cmp(&(b.path.as_deref(), b.position))
        .then_with(|| place(a).cmp(&place(b)))
        .then_with(|| (a.rule, &a.message).cmp(&(b.rule, &b.message)))
}
