//! Writes changes as markdown, for the description of a pull request: counts, then what breaks, then the rest.
//!
//! Names and texts stand in code spans, code blocks, or with their markup escaped, so that none of them ends anything.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::change::{ApiDiff, Change};
use super::entries::{bullets, is_about_features};
use super::rule::{ChangeRule, Impact};
use crate::prose::{code_span, one_line};

/// The most lines of a section that are shown unfolded; more of what breaks, since that has to be read.
const OPEN: usize = 60;
const OPEN_BREAKING: usize = 200;

/// The most changes of documentation that are shown with their text.
const TEXTS: usize = 60;

/// How much is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// All changes. What is long is folded.
    Full,
    /// Counts alone, by rule and by area.
    Summary,
}

/// The changes from `old` to `new`, which are the names of the two as the reader knows them.
#[must_use]
pub fn markdown(diff: &ApiDiff, old: &str, new: &str, extent: Extent) -> String {
    let mut text = format!("# Public API: {} → {}\n\n", code_span(old), code_span(new));
    if diff.changes.is_empty() {
        text.push_str("No public item has changed, nor its documentation.\n");
        return text;
    }
    text.push_str(&headline(diff));
    text.push_str(&rules(diff));
    if extent == Extent::Summary {
        text.push_str(&areas(diff));
        return text;
    }
    for impact in Impact::ALL {
        let changes = diff.changes.iter();
        let changes: Vec<&Change> = changes
            .filter(|change| change.impact() == *impact)
            .collect();
        if !changes.is_empty() {
            section(*impact, &changes, &mut text);
        }
    }
    text
}

fn headline(diff: &ApiDiff) -> String {
    let [breaking, additive, documentation] =
        [Impact::Breaking, Impact::Additive, Impact::Documentation]
            .map(|impact| diff.count(impact));
    let mut text = format!(
        "**{breaking} breaking**, {additive} additive, {documentation} documentation-only."
    );
    match diff.guesses() {
        0 => {}
        1 => text.push_str(" One new name is a guess."),
        guesses => {
            let _ = write!(text, " {guesses} new names are guesses.");
        }
    }
    text.push_str("\n\n");
    text
}

/// The counts by rule, worst first.
fn rules(diff: &ApiDiff) -> String {
    let mut text = "| | rule | |\n|:---|:---|---:|\n".to_owned();
    let mut last = None;
    for (rule, count) in diff.by_rule() {
        let impact = rule.impact();
        let shown = if last == Some(impact) {
            ""
        } else {
            impact.as_str()
        };
        last = Some(impact);
        let _ = writeln!(text, "| {shown} | `{}` | {count} |", rule.code());
    }
    text
}

/// The counts by area.
fn areas(diff: &ApiDiff) -> String {
    let mut counts: BTreeMap<(bool, String), [usize; 3]> = BTreeMap::new();
    for change in &diff.changes {
        let area = change.key().area().to_owned();
        let row = counts.entry((area == "models", area)).or_default();
        row[change.impact() as usize] += 1;
    }
    let mut text =
        "\n| | breaking | additive | documentation |\n|:---|---:|---:|---:|\n".to_owned();
    for ((_, area), [breaking, additive, documentation]) in counts {
        let _ = writeln!(
            text,
            "| {} | {breaking} | {additive} | {documentation} |",
            code_span(&area).replace('|', r"\|")
        );
    }
    text
}

fn section(impact: Impact, changes: &[&Change], text: &mut String) {
    let title = match impact {
        Impact::Breaking => "Breaking",
        Impact::Additive => "Additive",
        Impact::Documentation => "Documentation only",
    };
    let texts = changes
        .iter()
        .flat_map(|change| &change.reasons)
        .filter(|reason| reason.rule == ChangeRule::DocumentationChanged)
        .count();
    let with_texts = impact == Impact::Documentation && texts <= TEXTS;
    let blocks: Vec<Block> = blocks(changes)
        .into_iter()
        .map(|(title, changes)| Block {
            title,
            count: changes.len(),
            lines: bullets(&changes, with_texts),
        })
        .collect();
    let lines: usize = blocks.iter().map(|block| block.lines.len()).sum();
    let open = match impact {
        Impact::Breaking => OPEN_BREAKING,
        _ => OPEN,
    };
    let _ = write!(text, "\n## {title} ({})\n", changes.len());
    for block in blocks {
        block.write(lines > open, text);
    }
}

/// The changes of an area, or of the models.
struct Block {
    title: String,
    count: usize,
    lines: Vec<String>,
}

impl Block {
    fn write(&self, folded: bool, text: &mut String) {
        let lines = self.lines.join("\n");
        let _ = if folded {
            // GitHub reads markdown in a tag after a blank line alone.
            write!(
                text,
                "\n<details><summary><b>{}</b> ({})</summary>\n\n{lines}\n\n</details>\n",
                html(&self.title),
                self.count
            )
        } else {
            write!(text, "\n### {}\n\n{lines}\n", code_span(&self.title))
        };
    }
}

/// The changes by area; those of models after them, and last what is only about features.
fn blocks<'a>(changes: &[&'a Change]) -> Vec<(String, Vec<&'a Change>)> {
    let mut blocks: BTreeMap<(usize, String), Vec<&Change>> = BTreeMap::new();
    for change in changes {
        let key = change.key();
        let title = match key.area() {
            _ if is_about_features(change) => (2, "features".to_owned()),
            "models" => (1, "models".to_owned()),
            area => (0, area.to_owned()),
        };
        blocks.entry(title).or_default().push(change);
    }
    let blocks = blocks.into_iter();
    blocks
        .map(|((_, title), changes)| (title, changes))
        .collect()
}

/// Text in which nothing is a tag or a character reference.
fn html(text: &str) -> String {
    one_line(text)
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}
