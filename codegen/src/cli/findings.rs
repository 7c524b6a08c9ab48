//! Reports findings: to the terminal as many as someone reads, to a file all of them.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

use crate::corpus::Corpus;
use crate::diagnostics::{Diagnostic, Diagnostics, Format, Severity, render, summary};

use super::args::Findings;
use super::failure::Failure;
use super::file::write_whole;
use super::output::{Stream, print};
use super::program::Program;

/// How many findings a terminal shows.
const SHOWN: usize = 50;

/// How many of each rule, where there are more than it shows: one broken include is a finding on hundreds of pages.
const SHOWN_OF_RULE: usize = 5;

/// Reports findings as the arguments say; to `stream` what does not go to a file, which is also given back.
pub(super) fn report(
    diagnostics: &Diagnostics,
    corpus: &Corpus,
    how: &Findings,
    stream: Stream,
) -> Result<String, Failure> {
    if let Some(path) = &how.diagnostics {
        write_whole(path, &render(diagnostics.iter(), corpus, how.format, false))?;
    }
    let text = if how.format == Format::Human || how.diagnostics.is_some() {
        for_terminal(diagnostics, corpus, how.diagnostics.as_deref(), stream)
    } else {
        render(diagnostics.iter(), corpus, how.format, false)
    };
    print(stream, &text)?;
    Ok(text)
}

/// The errors and how many other findings there are, for a command that is not about findings.
pub(super) fn report_errors(
    diagnostics: &Diagnostics,
    corpus: &Corpus,
    program: &Program,
) -> Result<(), Failure> {
    let errors = of(diagnostics, Severity::Error).take(SHOWN);
    let mut text = render(errors, corpus, Format::Human, true);
    let others = diagnostics.count(Severity::Warning) + diagnostics.count(Severity::Note);
    if others > 0 {
        let _ = writeln!(
            text,
            "{others} warnings and notes; `{} lint` shows them",
            program.name
        );
    }
    print(Stream::Err, &text)
}

/// The first errors and warnings, and how many findings there are in all.
fn for_terminal(
    diagnostics: &Diagnostics,
    corpus: &Corpus,
    file: Option<&Path>,
    stream: Stream,
) -> String {
    let grave: Vec<_> = of(diagnostics, Severity::Error)
        .chain(of(diagnostics, Severity::Warning))
        .collect();
    let shown = first(&grave);
    let more = grave.len() - shown.len();
    let mut text = render(shown, corpus, Format::Human, true);
    // Writing to a string does not fail.
    if more > 0 {
        let _ = writeln!(text, "… and {more} more errors and warnings\n");
    }
    text.push_str(&summary(diagnostics));
    if text.is_empty() && stream == Stream::Out {
        let pages = corpus.pages.len();
        let plural = if pages == 1 { "" } else { "s" };
        let _ = writeln!(text, "no findings in {pages} page{plural}");
    }
    match file {
        Some(file) => {
            let _ = writeln!(text, "All findings are in {}", file.display());
        }
        None if more + diagnostics.count(Severity::Note) > 0 => {
            text.push_str("To see all findings, notes included: --diagnostics FILE\n");
        }
        None => {}
    }
    text
}

/// As many findings as are shown, with some of each rule among them.
fn first<'a>(findings: &[&'a Diagnostic]) -> Vec<&'a Diagnostic> {
    if findings.len() <= SHOWN {
        return findings.to_vec();
    }
    let mut counts = BTreeMap::new();
    let mut shown = findings.to_vec();
    shown.retain(|finding| {
        let count = counts.entry(finding.rule).or_insert(0);
        *count += 1;
        *count <= SHOWN_OF_RULE
    });
    shown.truncate(SHOWN);
    shown
}

fn of(diagnostics: &Diagnostics, severity: Severity) -> impl Iterator<Item = &Diagnostic> {
    diagnostics
        .iter()
        .filter(move |diagnostic| diagnostic.severity == severity)
}
