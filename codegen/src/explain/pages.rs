//! The parts about read, parse, extract and correct: what stands on the pages, and what was read there.

use toml::Spanned;

use super::places::counted;
use super::subject::Subject;
use super::{Context, Line, Look, Part, Shown};
use crate::corpus::{IncludeTarget, Page};
use crate::diagnostics::{PageId, Rule, Span, line_and_column};
use crate::document::{Block, Section};
use crate::facts::{FactItem, FactLine, FactPlace, OperationFacts, fact_lines};

/// How many includes of a page are shown.
const MOST_INCLUDES: usize = 5;

/// How many facts of a page are shown.
const MOST_FACTS: usize = 250;

/// How many leaves of an example's JSON are shown.
const MOST_LEAVES: usize = 3;

impl Context<'_> {
    /// The files.
    pub(super) fn read(&self, subject: &Subject) -> Part {
        let corpus = &self.run.model.corpus;
        let mut part = Part::new("read");
        let version = corpus.version.as_ref();
        let version = version.map_or_else(String::new, |version| format!(", version {version}"));
        part.say(0, format!("from {}{version}", corpus.root));
        for (index, id) in subject.pages.iter().enumerate() {
            let start = part.lines.len();
            let page = corpus.page(*id);
            let lines = counted(page.text.lines().count(), "line");
            part.heading(
                page.path.clone(),
                format!("{lines}{}", front_matter_lines(page)),
            );
            for (key, value) in &page.front_matter {
                if !value.is_empty() {
                    let at = page.text.find(&format!("\n{key}:")).map_or(0, |at| at + 1);
                    let place = self.place(Span::new(*id, at..at));
                    part.at(place, 1, format!("{key}: {value}"));
                }
            }
            let includes = page.includes.iter().map(|include| {
                let text = match include.target {
                    IncludeTarget::Page(target) => format!("includes {}", corpus.page(target).path),
                    IncludeTarget::Missing => {
                        format!("includes {}, which is not there", include.path)
                    }
                    IncludeTarget::OutsideRoot => {
                        format!("includes {}, which is outside of the folder", include.path)
                    }
                };
                Line::new(self.place(include.span), 1, text)
            });
            part.list(includes.collect(), MOST_INCLUDES, "includes");
            part.end_page(start, index);
        }
        part.end_pages(subject.pages.len());
        part
    }

    /// The sections, and what was repaired.
    pub(super) fn parse(&self, subject: &Subject) -> Part {
        let mut part = Part::new("parse");
        for (number, id) in subject.pages.iter().enumerate() {
            let Some(sheet) = self.sheets.get(*id) else {
                continue;
            };
            let start = part.lines.len();
            let scope = self.scope(subject, *id);
            let mut lines = Vec::new();
            for (index, section) in sheet.document.sections.iter().enumerate() {
                let extent = sheet.extent(&self.run.model.corpus, index);
                let ranges = scope.ranges.as_deref();
                let met = ranges.is_none_or(|ranges| {
                    ranges.iter().any(|range| {
                        range.start < extent.end && extent.start < range.end.max(range.start + 1)
                    })
                });
                if !met {
                    continue;
                }
                let outline = &sheet.outline[index];
                let role = match outline.role {
                    _ if index == 0 => "lead".to_owned(),
                    Some(role) => format!("{role:?}").to_lowercase(),
                    None => self.role_of(*id, section, index).to_owned(),
                };
                let marks = "#".repeat(usize::from(section.level.max(1)));
                let heading = match section.heading.as_str() {
                    "" => "(no title)",
                    heading => heading,
                };
                let text = format!("{role:<14}  {marks} {heading}{}", content(section));
                lines.push(Line::new(self.place(section.span), 0, text));
            }
            part.list(lines, 60, "sections");
            let repairs: Vec<_> = sheet
                .repairs
                .iter()
                .filter(|repair| {
                    let place = repair.labels.first().map(|label| label.span);
                    place.is_none_or(|span| scope.covers(span))
                })
                .collect();
            if repairs.is_empty() {
                part.say(0, "nothing was repaired");
            }
            let lines = repairs.into_iter().map(|repair| {
                let place = repair.labels.first().map(|label| self.place(label.span));
                let text = format!("repaired: {}", repair.message);
                Line::new(place.unwrap_or_default(), 0, text)
            });
            part.list(lines.collect(), 20, "repairs");
            part.end_page(start, number);
        }
        part.end_pages(subject.pages.len());
        part
    }

    /// What a section is whose heading is none of the profile's: that of an enum or of a task, by the facts below it.
    fn role_of(&self, page: PageId, section: &Section, index: usize) -> &'static str {
        let Some(facts) = self.facts(page) else {
            return "no role";
        };
        let task = |operation: &OperationFacts| operation.task_section == Some(index);
        if facts
            .enums
            .iter()
            .any(|item| item.name.span == section.span)
        {
            "members"
        } else if facts.operations.iter().any(task) {
            "task"
        } else {
            "no role"
        }
    }

    /// The facts, one a line.
    pub(super) fn extract(&self, subject: &Subject) -> Part {
        let mut part = Part::new("extract");
        for (index, id) in subject.pages.iter().enumerate() {
            let Some(facts) = self.facts(*id) else {
                part.say(0, "the page is read only where others include it");
                continue;
            };
            let scope = self.scope(subject, *id);
            let all = fact_lines(facts);
            let wanted = all
                .iter()
                .filter(|line| scope.has(line, subject.property.as_deref()));
            let mut lines: Vec<Line> = Vec::new();
            let mut leaves = 0;
            for fact in wanted {
                let place = self.fact_place(*id, fact);
                let mut line = Line {
                    look: Look::Fact,
                    ..Line::new(place, fact.depth, fact.text.clone())
                };
                // The JSON of an example is long and says one thing: how much of it is shown is a matter of patience.
                let is_leaf =
                    matches!(fact.item, FactItem::Example(_)) && fact.text.starts_with("json ");
                if is_leaf {
                    leaves += 1;
                    if leaves > MOST_LEAVES + 1 {
                        line.shown = Shown::Full;
                    }
                } else {
                    end_leaves(&mut lines, &mut leaves);
                }
                lines.push(line);
            }
            end_leaves(&mut lines, &mut leaves);
            let start = part.lines.len();
            if lines.is_empty() {
                part.say(0, format!("{} has no fact about it", facts.path));
            }
            part.list(lines, MOST_FACTS, "facts");
            part.end_page(start, index);
        }
        part.end_pages(subject.pages.len());
        let corpus = &self.run.model.corpus;
        let mut applied = self.run.model.facts.corrections.iter();
        if applied.any(|applied| {
            let mut pages = subject.pages.iter();
            pages.any(|id| corpus.page(*id).path == applied.page)
        }) {
            part.say(
                0,
                "these are the facts as corrected; what the page says stands below",
            );
        }
        part
    }

    /// The place of a fact.
    fn fact_place(&self, page: PageId, fact: &FactLine) -> String {
        let span = match &fact.place {
            FactPlace::At(span) => Some(*span),
            FactPlace::Within(role, text) => {
                let task = match (fact.item, self.facts(page)) {
                    (FactItem::Operation(index), Some(facts)) => facts
                        .operations
                        .get(index)
                        .and_then(|operation| operation.task_section),
                    _ => None,
                };
                self.sheets
                    .get(page)
                    .and_then(|sheet| sheet.find(&self.run.model.corpus, *role, task, text))
            }
        };
        self.place(span.unwrap_or_else(|| Span::new(page, 0..0)))
    }

    /// The corrections of these pages.
    pub(super) fn correct(&self, subject: &Subject) -> Part {
        let mut part = Part::new("correct");
        if let Some(file) = &self.run.model.corpus.corrections {
            // What the keys of an entry mean is for the stage to say; here they are only shown.
            match toml::from_str::<Entries>(&file.text) {
                Ok(entries) => {
                    for entry in &entries.correction {
                        let (line, _) = line_and_column(&file.text, entry.span().start);
                        self.correction(subject, entry.get_ref(), (&file.path, line), &mut part);
                    }
                }
                Err(_) => part.say(0, format!("{} cannot be read", file.path)),
            }
        }
        if part.lines.is_empty() {
            part.say(0, "none");
        }
        part
    }

    /// Shows an entry, if it is about the subject.
    fn correction(
        &self,
        subject: &Subject,
        entry: &toml::Table,
        (path, line): (&str, usize),
        part: &mut Part,
    ) {
        let text = |key: &str| entry.get(key).and_then(toml::Value::as_str);
        let page = text("page").unwrap_or_default();
        let pages = &self.run.model.corpus;
        if !subject.pages.iter().any(|id| pages.page(*id).path == page) {
            return;
        }
        let other_row = match (&subject.property, text("property")) {
            (Some(wanted), property) => property != Some(wanted) && text("name") != Some(wanted),
            (None, _) => false,
        };
        let names: Vec<String> = subject
            .items
            .iter()
            .map(|item| self.candidate(*item).name)
            .collect();
        let other_enum = !subject.whole_pages
            && text("enum").is_some_and(|item| {
                !names
                    .iter()
                    .any(|name| name == item || name.ends_with(&format!(".{item}")))
            });
        if other_row || other_enum {
            return;
        }
        let change: Vec<String> = entry
            .iter()
            .filter(|(key, _)| !matches!(key.as_str(), "page" | "because" | "link"))
            .map(|(key, value)| format!("{key} = {value}"))
            .collect();
        part.heading(format!("{path}:{line}"), change.join(", "));
        let mut applied = self.run.model.facts.corrections.iter();
        if let Some(applied) = applied.find(|applied| applied.line == line) {
            part.say(1, applied.what.clone());
        }
        for key in ["page", "because", "link"] {
            if let Some(text) = text(key) {
                part.say(1, format!("{key}: {text}"));
            }
        }
        let findings = self.run.model.diagnostics.iter();
        for finding in findings.filter(|finding| {
            finding.rule == Rule::UnusedCorrection
                && finding.path.as_deref() == Some(path)
                && finding.position.is_some_and(|(found, _)| found == line)
        }) {
            part.lines.push(Line {
                look: Look::Error,
                ..Line::new("", 1, finding.message.clone())
            });
        }
    }
}

/// A file of corrections, as far as it is shown.
#[derive(Debug, serde::Deserialize)]
struct Entries {
    #[serde(default)]
    correction: Vec<Spanned<toml::Table>>,
}

/// Says how many leaves of JSON are left out, and counts anew.
fn end_leaves(lines: &mut Vec<Line>, leaves: &mut usize) {
    let shown = MOST_LEAVES + 1;
    if *leaves > shown {
        let last = lines.last().cloned();
        let (place, depth) = last.map_or((String::new(), 0), |line| (line.place, line.depth));
        lines.push(Line {
            shown: Shown::Brief,
            ..Line::new(
                place,
                depth,
                format!("… and {} more values of JSON", *leaves - shown),
            )
        });
    }
    *leaves = 0;
}

/// Where the front matter stands.
fn front_matter_lines(page: &Page) -> String {
    match page.front_matter.is_empty() {
        true => ", no front matter".to_owned(),
        false => {
            let (line, _) = line_and_column(&page.text, page.body);
            format!(", front matter in lines 1 to {}", line.saturating_sub(1))
        }
    }
}

/// What a section holds, counted.
fn content(section: &Section) -> String {
    let mut rows = Vec::new();
    let (mut texts, mut fences, mut comments) = (0, 0, 0);
    for block in &section.blocks {
        match block {
            Block::Text(_) => texts += 1,
            Block::Table(table) => rows.push(table.rows.len()),
            Block::Fence(_) => fences += 1,
            Block::Comment(_) => comments += 1,
            Block::Include(_) => {}
        }
    }
    let mut parts = Vec::new();
    if texts > 0 {
        parts.push(counted(texts, "text"));
    }
    for rows in rows {
        parts.push(format!("table of {}", counted(rows, "row")));
    }
    if fences > 0 {
        parts.push(counted(fences, "fence"));
    }
    if comments > 0 {
        parts.push(counted(comments, "comment"));
    }
    if parts.is_empty() {
        String::new()
    } else {
        format!("  ({})", parts.join(", "))
    }
}
