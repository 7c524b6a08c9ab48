//! Disagreements as text for people and as JSON for programs.

use std::fmt::Write;

use serde_json::{Value, json};

use super::{Disagreement, Figure, Kind};
use crate::corpus::Corpus;

/// The disagreements as text: how many of each kind, with `list` each of them, and then the figures. `file` is what the
/// metadata was read from.
#[must_use]
pub fn text(
    found: &[Disagreement],
    figures: &[Figure],
    corpus: &Corpus,
    file: &str,
    list: bool,
) -> String {
    let mut out = String::new();
    let of_kind = |kind: Kind| found.iter().filter(move |one| one.kind == kind);
    let kinds = Kind::ALL
        .iter()
        .copied()
        .filter(|kind| of_kind(*kind).next().is_some());
    let kinds: Vec<Kind> = kinds.collect();
    let width = kinds
        .iter()
        .map(|kind| kind.as_str().len())
        .max()
        .unwrap_or_default();
    let plural = if found.len() == 1 { "" } else { "s" };
    let _ = writeln!(
        out,
        "{} disagreement{plural} of pages and metadata",
        found.len()
    );
    for kind in &kinds {
        let count = of_kind(*kind).count();
        let _ = writeln!(out, "{count:6}  {:width$}  {}", kind.as_str(), kind.says());
    }
    if list {
        for kind in kinds {
            let _ = writeln!(out, "\n{} ({})", kind.says(), kind.as_str());
            for one in of_kind(kind) {
                let _ = writeln!(out, "  {}", one.subject);
                if let Some(span) = one.place {
                    let _ = writeln!(out, "    pages:    {}  {}", one.pages, corpus.place(span));
                }
                if let Some(line) = one.line {
                    let _ = writeln!(out, "    metadata: {}  {file}:{line}", one.metadata);
                }
            }
        }
    }
    out.push('\n');
    out.push_str(&table(figures));
    out
}

/// A share, of nothing none.
fn share((part, all): (usize, usize)) -> Option<f64> {
    // Counts are far below the numbers that a float has not.
    #[expect(clippy::cast_precision_loss, reason = "counts of types and properties")]
    (all > 0).then(|| part as f64 / all as f64)
}

fn cell(pair: (usize, usize)) -> [String; 2] {
    let share = share(pair).map_or_else(|| "-".to_owned(), |share| format!("{share:.4}"));
    [share, format!("{} of {}", pair.0, pair.1)]
}

/// The figures as a table.
fn table(figures: &[Figure]) -> String {
    let mut rows = vec![[
        String::new(),
        "of the metadata".to_owned(),
        "on the pages".to_owned(),
        "of the pages".to_owned(),
        "in the metadata".to_owned(),
    ]];
    for figure in figures {
        let [share, counts] = cell((figure.found, figure.in_metadata));
        let [back, back_counts] = figure.on_pages.map(cell).unwrap_or_default();
        rows.push([figure.name.to_owned(), share, counts, back, back_counts]);
    }
    let width = |column: usize| {
        rows.iter()
            .map(|row| row[column].len())
            .max()
            .unwrap_or_default()
    };
    let widths: Vec<usize> = (0..5).map(width).collect();
    let mut out = String::new();
    for row in &rows {
        let mut line = format!("{:1$}", row[0], widths[0]);
        for (cell, width) in row.iter().zip(&widths).skip(1) {
            let _ = write!(line, "  {cell:>width$}");
        }
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}

/// All of it as one JSON object.
#[must_use]
pub fn json(found: &[Disagreement], figures: &[Figure], corpus: &Corpus, file: &str) -> Value {
    let one_json = |one: &Disagreement| {
        json!({
            "kind": one.kind.as_str(),
            "subject": one.subject,
            "pages": {
                "says": one.pages,
                "page": one.place.map(|span| &corpus.page(span.page).path),
                "line": one.place.and_then(|span| corpus.line(span)),
            },
            "metadata": {"says": one.metadata, "line": one.line},
        })
    };
    let figure_json = |figure: &Figure| {
        json!({
            "name": figure.name,
            "in_metadata": figure.in_metadata,
            "of_these_on_pages": figure.found,
            "on_pages": figure.on_pages.map(|(_, all)| all),
            "of_these_in_metadata": figure.on_pages.map(|(found, _)| found),
        })
    };
    let counts = Kind::ALL.iter().map(|kind| {
        let count = found.iter().filter(|one| one.kind == *kind).count();
        (kind.as_str().to_owned(), json!(count))
    });
    json!({
        "metadata": file,
        "counts": counts.collect::<serde_json::Map<_, _>>(),
        "disagreements": found.iter().map(one_json).collect::<Vec<_>>(),
        "figures": figures.iter().map(figure_json).collect::<Vec<_>>(),
    })
}
