//! Applies the corrections: where a page is wrong, a maintainer says what is right and why.
//!
//! A correction that finds another page than it was written for is an error: the page has been mended, and the
//! correction has to go. Each is applied as a whole or not at all, in the order of the file.

mod change;
mod entry;
mod find;
mod operations;
mod types;

use std::collections::BTreeMap;

use crate::corpus::CorrectionsFile;
use crate::diagnostics::{Diagnostic, Diagnostics, Rule, Span, line_and_column};
use crate::facts::{AppliedCorrection, Facts, PageFacts};
use change::Change;
use entry::{Entry, File, Subject};

/// The facts that were corrected, with the line of the correction: the place and what was corrected of it.
type Corrected = BTreeMap<(Span, String), usize>;

/// Applies the corrections of `file`, and notes those that were applied in [`Facts::corrections`].
pub fn correct(
    mut facts: Facts,
    file: Option<&CorrectionsFile>,
    diagnostics: &mut Diagnostics,
) -> Facts {
    let Some(file) = file else { return facts };
    let entries: File = match toml::from_str(&file.text) {
        Ok(entries) => entries,
        Err(error) => {
            let start = error.span().map_or(0, |span| span.start);
            let place = line_and_column(&file.text, start);
            let message = format!("no correction was applied: {}", error.message());
            diagnostics.push(finding(file, place, message));
            return facts;
        }
    };
    let mut corrected = Corrected::new();
    // They come in the order of the file, whose lines are counted once.
    let (mut line, mut counted) = (1, 0);
    for entry in &entries.correction {
        let start = entry.span().start;
        let before = file.text.get(counted..start).unwrap_or_default();
        line += before.bytes().filter(|byte| *byte == b'\n').count();
        counted = counted.max(start);
        match apply(&mut facts, entry.get_ref(), line, &mut corrected) {
            Ok(applied) => facts.corrections.push(applied),
            Err(problem) => {
                let before = file.text.get(..start).unwrap_or_default();
                let before = before.rsplit('\n').next().unwrap_or_default();
                let place = (line, before.chars().count() + 1);
                diagnostics.push(finding(file, place, format!("this correction {problem}")));
            }
        }
    }
    facts
}

/// A finding at a line and column of the file.
fn finding(file: &CorrectionsFile, (line, column): (usize, usize), message: String) -> Diagnostic {
    let on_file = if file.named {
        Diagnostic::on_named_file
    } else {
        Diagnostic::on_file
    };
    on_file(Rule::UnusedCorrection, &file.path, message).at_position(line, column)
}

/// Applies one correction, and says what it did; an error is what is wrong with it, and nothing is changed.
fn apply(
    facts: &mut Facts,
    entry: &Entry,
    line: usize,
    corrected: &mut Corrected,
) -> Result<AppliedCorrection, String> {
    let (subject, key, name) = entry.subject()?;
    let page = find::page(facts, &entry.page)?;
    let mut mended = page.clone();
    let changes = change(&mut mended, entry, subject, name)?;
    check(&changes, entry, line, corrected)?;
    let made = changes.iter().filter(|change| change.made);
    let mut said: Vec<String> = made.clone().map(ToString::to_string).collect();
    // Several tasks of a page may have one request line, and are corrected alike.
    said.dedup();
    let span = made
        .map(|change| change.span)
        .next()
        .ok_or_else(|| "changes nothing".to_owned())?;
    *page = mended;
    let of = entry.of.as_deref();
    let of = of.map_or_else(String::new, |of| format!(" of `{of}`"));
    Ok(AppliedCorrection {
        page: entry.page.clone(),
        span,
        line,
        what: format!("{key} `{name}`{of}: {}", said.join(", ")),
        because: entry.because.clone(),
        link: entry.link.clone(),
    })
}

/// Makes the changes of a correction.
fn change(
    page: &mut PageFacts,
    entry: &Entry,
    subject: Subject,
    name: &str,
) -> Result<Vec<Change>, String> {
    match subject {
        Subject::Resource => types::resource(page, entry, name),
        Subject::Property => types::property(page, entry, name),
        Subject::Enum => types::enumeration(page, entry, name),
        Subject::Request => operations::request(page, entry, name),
        Subject::Response => operations::response(page, entry, name),
        Subject::Body => operations::body(page, entry, name),
        Subject::Permission => operations::permission(page, entry, name),
    }
}

/// Checks that the changes were not made before, change something, and change what the correction was written for.
fn check(
    changes: &[Change],
    entry: &Entry,
    line: usize,
    corrected: &mut Corrected,
) -> Result<(), String> {
    for change in changes {
        let key = (change.span, change.key());
        if let Some(first) = corrected.get(&key) {
            return Err(format!(
                "is the second one of the {} of this fact; the first is on line {first}",
                change.what
            ));
        }
    }
    // A name may stand in two rows of one page, one of which is right.
    let (made, vain): (Vec<&Change>, Vec<&Change>) = changes.iter().partition(|change| change.made);
    let vain = vain
        .into_iter()
        .find(|vain| made.iter().all(|change| change.what != vain.what));
    if let Some(vain) = vain {
        return Err(format!(
            "changes nothing on `{}`: the {} is `{}` already; the page may have been mended",
            entry.page,
            vain.what,
            vain.to.as_deref().unwrap_or_default()
        ));
    }
    if let Some(was) = &entry.was {
        check_was(was, &made, &entry.page)?;
    }
    for change in changes {
        corrected.insert((change.span, change.key()), line);
    }
    Ok(())
}

/// Checks that the one fact that was changed is the one that the correction was written for.
fn check_was(was: &str, made: &[&Change], page: &str) -> Result<(), String> {
    let [first, others @ ..] = made else {
        return Ok(());
    };
    if others.iter().any(|change| change.what != first.what) {
        let what: Vec<&str> = made.iter().map(|change| change.what.as_str()).collect();
        return Err(format!(
            "has `was` and changes several facts ({}); expected one",
            what.join(", ")
        ));
    }
    for change in made {
        let found = change.from.as_deref().unwrap_or_default();
        if found != was {
            return Err(format!(
                "expects `{was}` as the {}, and `{page}` has `{found}`; look whether the page has been mended",
                change.what
            ));
        }
    }
    Ok(())
}
