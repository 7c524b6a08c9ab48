//! Words what was written, or would be.

use std::fmt::Write;
use std::path::Path;

use crate::model::Extent;
use crate::pipeline::Model;
use crate::plan::Descriptions;
use crate::select::Selection;
use crate::write::{Changes, Mode};

use super::generate::Generate;
use super::output::style;
use super::program::Program;

/// How many paths are listed.
const LISTED: usize = 30;

/// The files, a line each, and how many there are.
pub(super) fn changes(changes: &Changes, out: &Path, mode: Mode) -> String {
    let mut lines: Vec<(&str, char, &str)> = Vec::new();
    lines.extend(of(&changes.added, '+', style::ADDED));
    lines.extend(of(&changes.changed, '~', style::CHANGED));
    lines.extend(of(&changes.removed, '-', style::REMOVED));
    lines.sort_unstable();
    let mut text = String::new();
    for (path, sign, style) in lines.iter().take(LISTED) {
        // Writing to a string does not fail.
        let _ = writeln!(text, "{style}{sign} {path}{}", style::END);
    }
    if lines.len() > LISTED {
        let _ = writeln!(text, "… and {} more files", lines.len() - LISTED);
    }
    let out = out.display();
    let _ = if changes.is_empty() {
        writeln!(text, "{out} is up to date: {} files", changes.unchanged)
    } else {
        let start = match mode {
            Mode::Write => format!("wrote {out}"),
            Mode::Check => format!("{out} is not up to date"),
            Mode::DryRun => format!("would write {out}"),
        };
        writeln!(
            text,
            "{start}: {} files added, {} changed, {} removed, {} unchanged",
            changes.added.len(),
            changes.changed.len(),
            changes.removed.len(),
            changes.unchanged
        )
    };
    text
}

fn of<'a>(
    paths: &'a [String],
    sign: char,
    style: &'a str,
) -> impl Iterator<Item = (&'a str, char, &'a str)> {
    paths.iter().map(move |path| (path.as_str(), sign, style))
}

/// What the crate was made from, and what became of every row and request line.
pub(super) fn counts(model: &Model, selection: &Selection) -> String {
    let all = Extent {
        pages: model.corpus.pages.len(),
        ..model.documented
    };
    let mut text = extent(all);
    text.push('\n');
    if !selection.is_empty() {
        let kept = model.api.extent();
        // Writing to a string does not fail.
        let _ = write!(text, "selected: {}", extent(kept));
        if kept.left_out > 0 {
            let _ = write!(
                text,
                "; {} relationships to other types left out",
                kept.left_out
            );
        }
        text.push('\n');
    }
    for (what, tally) in model.facts.accounting.tallies() {
        // Writing to a string does not fail.
        let _ = writeln!(
            text,
            "{:>9} {what} = {} facts + {} reported",
            tally.total, tally.facts, tally.reported
        );
    }
    text + &corrections(model)
}

/// How much there is of a service.
fn extent(extent: Extent) -> String {
    format!(
        "{} pages: {} operations, {} types, {} enums",
        extent.pages, extent.operations, extent.types, extent.enums
    )
}

/// How many corrections were applied, where there is a file of them that has any.
fn corrections(model: &Model) -> String {
    let applied = model.facts.corrections.len();
    match &model.corpus.corrections {
        Some(file) if applied > 0 => {
            let plural = if applied == 1 { "" } else { "s" };
            format!("{applied} correction{plural} of {} applied\n", file.path)
        }
        _ => String::new(),
    }
}

/// The lines that differ.
pub(super) fn diffs(changes: &Changes) -> String {
    let mut text = String::new();
    for diff in &changes.diffs {
        text.push('\n');
        for line in diff.to_string().lines() {
            let style = match line.as_bytes().first() {
                Some(b'+') => style::ADDED,
                Some(b'-') => style::REMOVED,
                _ => "",
            };
            let end = if style.is_empty() { "" } else { style::END };
            // Writing to a string does not fail.
            let _ = writeln!(text, "{style}{line}{end}");
        }
    }
    if changes.diffs_left_out > 0 {
        let _ = writeln!(
            text,
            "\n… and {} more files that differ",
            changes.diffs_left_out
        );
    }
    text
}

/// The command that writes what a check found to differ.
pub(super) fn command(args: &Generate, program: &Program) -> String {
    let mut command = format!("{} {}", program.name, program.generate);
    let mut add = |option: &str, value: &str| {
        command.push_str(&format!(" {option} {}", quoted(value)));
    };
    let paths = [
        ("--docs", &args.source.docs),
        ("--corrections", &args.source.corrections),
        ("--model", &args.source.model),
        ("--out", &args.out),
        ("--profile", &args.source.profile),
        ("--runtime", &args.runtime),
        ("--lock", &args.lock),
    ];
    for (option, path) in paths {
        if let Some(path) = path {
            add(option, &path.to_string_lossy());
        }
    }
    if args.prose == Descriptions::Link {
        add("--prose", "link");
    }
    for pattern in &args.wanted.select {
        add("--select", pattern);
    }
    for pattern in &args.wanted.exclude {
        add("--exclude", pattern);
    }
    command
}

/// A word as a shell takes it.
fn quoted(word: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._/=,:@%+".contains(&byte);
    if !word.is_empty() && word.bytes().all(plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn words_survive_a_shell() {
        assert_eq!(quoted("a/b-c.md"), "a/b-c.md");
        assert_eq!(quoted("/users/*"), "'/users/*'");
        assert_eq!(quoted("it's"), r"'it'\''s'");
        assert_eq!(quoted(""), "''");
    }
}
