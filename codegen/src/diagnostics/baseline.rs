//! Findings that are known: the form in which they are kept, and how they are taken out of a run.
//!
//! An entry is a line `rule<TAB>page<TAB>message`, without line numbers, so that text which moves on its page unsettles
//! nothing. Entries are sorted; one that stands twice is for two findings. Lines that begin with `#` are remarks.

use std::collections::{BTreeMap, VecDeque};

use super::{Diagnostic, Diagnostics, Rule, Severity, Stage};
use crate::corpus::Corpus;

/// The first line of a baseline.
const HEADER: &str = "# Known findings: rule, page and message, separated by tabs. `lint --write-baseline FILE` writes this file.\n";

/// What stands for the page of a finding that is about none.
const NO_PAGE: &str = "-";

/// Known findings, as a file lists them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Baseline {
    path: String,
    entries: Vec<Entry>,
}

/// A line of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Entry {
    line: usize,
    rule: Rule,
    identity: String,
}

/// A line that is no entry.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{path}:{line}: not an entry of a baseline: {reason}")]
pub struct MalformedBaseline {
    /// The file.
    pub path: String,
    /// The line, counted from one.
    pub line: usize,
    /// What is wrong there, and what was expected.
    pub reason: String,
}

impl Baseline {
    /// Reads the text of a baseline; `path` is how its file is named in findings.
    ///
    /// # Errors
    ///
    /// A line is neither an entry nor a remark nor empty, or names a rule that does not exist.
    pub fn parse(path: impl Into<String>, text: &str) -> Result<Self, MalformedBaseline> {
        let path = path.into();
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut entries = Vec::new();
        for (index, line) in text.lines().enumerate() {
            if line.trim().is_empty() || line.starts_with('#') {
                continue;
            }
            let rule = rule(line).map_err(|reason| MalformedBaseline {
                path: path.clone(),
                line: index + 1,
                reason,
            })?;
            entries.push(Entry {
                line: index + 1,
                rule,
                identity: line.trim_end().to_owned(),
            });
        }
        Ok(Self { path, entries })
    }

    /// The text of a baseline of all findings that it may silence, and how many they are.
    #[must_use]
    pub fn write(diagnostics: &Diagnostics, corpus: &Corpus) -> (String, usize) {
        let mut lines: Vec<String> = diagnostics
            .iter()
            .filter(|diagnostic| may_be_silenced(diagnostic.rule))
            .map(|diagnostic| identity(diagnostic, corpus))
            .collect();
        lines.sort_unstable();
        let mut text = HEADER.to_owned();
        for line in &lines {
            text.push_str(line);
            text.push('\n');
        }
        (text, lines.len())
    }

    /// Takes the known findings out, and adds one for each entry that is stale. The findings are sorted afterwards.
    ///
    /// A finding whose rule is an error of its own is never taken out: a page that cannot be read has to stay loud.
    /// One that is an error because the caller denied its rule is. `selective` says that some operations were left out:
    /// what the stages after that choice would have found is not known then, so that their entries are not stale.
    pub fn apply(&self, diagnostics: &mut Diagnostics, corpus: &Corpus, selective: bool) {
        let mut open: BTreeMap<&str, VecDeque<usize>> = BTreeMap::new();
        for (index, entry) in self.entries.iter().enumerate() {
            if may_be_silenced(entry.rule) {
                open.entry(&entry.identity).or_default().push_back(index);
            }
        }
        let mut used = vec![false; self.entries.len()];
        let before = diagnostics.list.len();
        diagnostics.list.retain(|diagnostic| {
            let known = open
                .get_mut(identity(diagnostic, corpus).as_str())
                .and_then(VecDeque::pop_front);
            if let Some(index) = known {
                used[index] = true;
            }
            known.is_none()
        });
        diagnostics.silenced += before - diagnostics.list.len();
        for (entry, used) in self.entries.iter().zip(used) {
            let is_judged = !(selective && entry.rule.stage() > Stage::Select);
            if !used && is_judged {
                diagnostics.push(self.stale(entry));
            }
        }
        diagnostics.sort();
    }

    /// The finding about an entry that silences nothing.
    fn stale(&self, entry: &Entry) -> Diagnostic {
        let code = entry.rule.code();
        let is_repeated = || {
            self.entries
                .iter()
                .any(|other| other.identity == entry.identity && other.line < entry.line)
        };
        let message = if !may_be_silenced(entry.rule) {
            format!("findings of `{code}` are errors, which a baseline does not silence")
        } else if is_repeated() {
            format!("this entry of `{code}` stands here more often than there is such a finding")
        } else {
            let mut fields = entry.identity.splitn(3, '\t').skip(1);
            let page = fields.next().unwrap_or_default();
            let message = fields.next().unwrap_or_default();
            format!("no finding of `{code}` on `{page}` says: {message}")
        };
        Diagnostic::on_named_file(Rule::StaleBaselineEntry, &self.path, message)
            .at_position(entry.line, 1)
            .help("remove the line")
    }
}

/// The rule of an entry, or why the line is none.
fn rule(line: &str) -> Result<Rule, String> {
    let fields: Vec<&str> = line.split('\t').collect();
    let [code, page, message] = fields[..] else {
        return Err(format!(
            "expected a rule, a page and a message with a tab between them, found {} of these 3 fields",
            fields.len()
        ));
    };
    for (field, name) in [(page, "page"), (message, "message")] {
        if field.trim().is_empty() {
            return Err(format!(
                "expected a rule, a page and a message with a tab between them; the {name} is empty"
            ));
        }
    }
    code.parse()
        .map_err(|error: super::UnknownRule| format!("`{code}`: {error}"))
}

/// Whether a baseline may silence the findings of a rule.
fn may_be_silenced(rule: Rule) -> bool {
    rule.severity() != Severity::Error
}

/// What makes a finding the same one in another run: rule, page and message, as a line of a baseline has them.
pub(super) fn identity(diagnostic: &Diagnostic, corpus: &Corpus) -> String {
    let page = match diagnostic.labels.first() {
        Some(label) => Some(corpus.page(label.span.page).path.as_str()),
        None => diagnostic.path.as_deref(),
    };
    let line = format!(
        "{}\t{}\t{}",
        diagnostic.rule.code(),
        page.filter(|page| !page.is_empty())
            .map_or_else(|| NO_PAGE.to_owned(), escaped),
        escaped(&diagnostic.message)
    );
    line.trim_end().to_owned()
}

/// A text in one line without tabs: control characters and backslashes as in a Rust string.
fn escaped(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for character in text.chars() {
        if character.is_control() || character == '\\' {
            line.extend(character.escape_default());
        } else {
            line.push(character);
        }
    }
    line
}
