//! The table of measurements: what was measured, its bar, and whether it holds.

use std::fmt::Write;

use serde_json::{Value, json};

/// The measurements of a run, in the order of the table.
#[derive(Debug, Default)]
pub(crate) struct Table {
    rows: Vec<Measurement>,
}

/// One row.
#[derive(Debug)]
pub(crate) struct Measurement {
    /// A name that other programs find it by.
    pub(crate) name: &'static str,
    /// What was measured.
    pub(crate) what: String,
    /// What came out.
    pub(crate) figure: Figure,
    /// What should have come out, where that is decided.
    pub(crate) bar: Option<Bar>,
    /// What makes the figure worse, or how it came about, a line each.
    pub(crate) notes: Vec<String>,
}

/// What came out.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Figure {
    /// So many of so many.
    Part(usize, usize),
    /// So many.
    Count(usize),
    /// One cost by another.
    Ratio(f64),
    /// A cost in seconds.
    Seconds(f64),
    /// Memory in MiB.
    Memory(u64),
    /// Nothing, and why.
    Absent(String),
}

/// What should come out.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Bar {
    /// Each one.
    All,
    /// This share of them, in percent, or more.
    Percent(f64),
    /// This or less.
    AtMost(f64),
}

impl Measurement {
    /// A row without a bar and without notes.
    pub(crate) fn new(name: &'static str, what: impl Into<String>, figure: Figure) -> Self {
        Self {
            name,
            what: what.into(),
            figure,
            bar: None,
            notes: Vec::new(),
        }
    }

    /// The row with a bar.
    pub(crate) fn bar(mut self, bar: Bar) -> Self {
        self.bar = Some(bar);
        self
    }

    /// The row with notes.
    pub(crate) fn notes(mut self, notes: Vec<String>) -> Self {
        self.notes = notes;
        self
    }

    /// Whether the bar holds; `None` where there is no bar, or nothing was measured.
    pub(crate) fn holds(&self) -> Option<bool> {
        #[expect(
            clippy::cast_precision_loss,
            reason = "counts of pages and lines are far below 2^52"
        )]
        let number = |count: usize| count as f64;
        match (self.bar?, &self.figure) {
            (_, Figure::Absent(_)) => None,
            (Bar::All, Figure::Part(part, whole)) => Some(part == whole),
            (Bar::Percent(percent), Figure::Part(part, whole)) => {
                Some(number(*part) * 100.0 >= percent * number(*whole))
            }
            (Bar::AtMost(most), Figure::Count(count)) => Some(number(*count) <= most),
            #[expect(clippy::cast_precision_loss, reason = "no memory has 2^52 MiB")]
            (Bar::AtMost(most), Figure::Memory(mebibytes)) => Some(*mebibytes as f64 <= most),
            (Bar::AtMost(most), Figure::Ratio(value) | Figure::Seconds(value)) => {
                Some(*value <= most)
            }
            // A bar of another kind says nothing about the figure.
            _ => Some(false),
        }
    }
}

impl Table {
    /// Adds a row.
    pub(crate) fn push(&mut self, row: Measurement) {
        self.rows.push(row);
    }

    /// Whether a bar is missed; `seconds` says whether those in seconds count, which depend on the machine.
    pub(crate) fn is_missed(&self, seconds: bool) -> bool {
        let mut rows = self.rows.iter();
        rows.any(|row| {
            let counts = seconds || !matches!(row.figure, Figure::Seconds(_));
            counts && row.holds() == Some(false)
        })
    }

    /// The table as text or as JSON, with a line break at its end; `seconds` as in [`Self::is_missed`].
    pub(crate) fn render(&self, json: bool, seconds: bool) -> String {
        if json {
            format!("{:#}\n", self.json(seconds))
        } else {
            self.text()
        }
    }

    fn text(&self) -> String {
        let mut lines = vec![["what", "value", "bar", ""].map(str::to_owned)];
        for row in &self.rows {
            lines.push([
                row.what.clone(),
                row.figure.text(),
                row.bar.map_or_else(String::new, Bar::text),
                match row.holds() {
                    Some(true) => "holds".to_owned(),
                    Some(false) => "MISSED".to_owned(),
                    None => String::new(),
                },
            ]);
        }
        let width = |column: usize| {
            let widths = lines.iter().map(|line| line[column].chars().count());
            widths.max().unwrap_or(0)
        };
        let widths = [width(0), width(1), width(2)];
        let mut text = String::new();
        for [what, value, bar, verdict] in &lines {
            let line = format!(
                "{what:<0$}  {value:>1$}  {bar:>2$}  {verdict}",
                widths[0], widths[1], widths[2]
            );
            text.push_str(line.trim_end());
            text.push('\n');
        }
        for row in self.rows.iter().filter(|row| !row.notes.is_empty()) {
            // Writing to a string does not fail.
            let _ = writeln!(text, "\n{}:", row.what);
            for note in &row.notes {
                let _ = writeln!(text, "  {note}");
            }
        }
        text
    }

    /// The table for other programs.
    pub(crate) fn json(&self, seconds: bool) -> Value {
        let rows: Vec<Value> = self
            .rows
            .iter()
            .map(|row| {
                json!({
                    "name": row.name,
                    "what": row.what,
                    "value": row.figure.json(),
                    "bar": row.bar.map(Bar::json),
                    "holds": row.holds(),
                    "notes": row.notes,
                })
            })
            .collect();
        json!({ "measurements": rows, "holds": !self.is_missed(seconds) })
    }
}

impl Figure {
    fn text(&self) -> String {
        match self {
            Self::Part(part, whole) => format!("{part} of {whole}"),
            Self::Count(count) => count.to_string(),
            Self::Ratio(ratio) => format!("{ratio:.3}"),
            Self::Seconds(seconds) => format!("{seconds:.2} s"),
            Self::Memory(mebibytes) => format!("{mebibytes} MiB"),
            Self::Absent(reason) => reason.clone(),
        }
    }

    /// The table for other programs.
    pub(crate) fn json(&self) -> Value {
        match self {
            Self::Part(part, whole) => json!({ "part": part, "whole": whole }),
            Self::Count(count) => json!({ "count": count }),
            Self::Ratio(ratio) => json!({ "ratio": ratio }),
            Self::Seconds(seconds) => json!({ "seconds": seconds }),
            Self::Memory(mebibytes) => json!({ "mebibytes": mebibytes }),
            Self::Absent(reason) => json!({ "absent": reason }),
        }
    }
}

impl Bar {
    fn text(self) -> String {
        match self {
            Self::All => "all".to_owned(),
            Self::Percent(percent) => format!("≥ {percent} %"),
            Self::AtMost(most) => format!("≤ {most}"),
        }
    }

    fn json(self) -> Value {
        match self {
            Self::All => json!("all"),
            Self::Percent(percent) => json!({ "percent": percent }),
            Self::AtMost(most) => json!({ "at_most": most }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Bar, Figure, Measurement, Table};

    #[test]
    fn bars_hold_at_their_edge_and_not_beyond() {
        let holds = |figure: Figure, bar| Measurement::new("x", "x", figure).bar(bar).holds();
        assert_eq!(holds(Figure::Part(3, 3), Bar::All), Some(true));
        assert_eq!(holds(Figure::Part(2, 3), Bar::All), Some(false));
        assert_eq!(
            holds(Figure::Part(199, 200), Bar::Percent(99.5)),
            Some(true)
        );
        assert_eq!(
            holds(Figure::Part(198, 200), Bar::Percent(99.5)),
            Some(false)
        );
        assert_eq!(holds(Figure::Ratio(0.4), Bar::AtMost(0.4)), Some(true));
        assert_eq!(holds(Figure::Ratio(0.41), Bar::AtMost(0.4)), Some(false));
        assert_eq!(holds(Figure::Count(3001), Bar::AtMost(3000.0)), Some(false));
        assert_eq!(holds(Figure::Ratio(0.1), Bar::All), Some(false));
        assert_eq!(holds(Figure::Absent("none".to_owned()), Bar::All), None);
    }

    #[test]
    fn seconds_count_where_they_are_wanted() {
        let mut table = Table::default();
        let missed = Measurement::new("cost", "cost", Figure::Seconds(0.5)).bar(Bar::AtMost(0.4));
        table.push(missed);
        assert!(table.is_missed(true));
        assert!(!table.is_missed(false));
    }

    #[test]
    fn a_missed_bar_shows_in_every_form() {
        let mut table = Table::default();
        table.push(Measurement::new("lines", "lines", Figure::Part(3, 3)).bar(Bar::All));
        assert!(!table.is_missed(true));
        let missed = Measurement::new("cost", "cost", Figure::Ratio(0.5)).bar(Bar::AtMost(0.4));
        table.push(missed.notes(vec!["because".to_owned()]));
        assert!(table.is_missed(false));
        assert_eq!(
            table.render(false, true),
            "what    value    bar\nlines  3 of 3    all  holds\ncost    0.500  ≤ 0.4  MISSED\n\ncost:\n  because\n"
        );
        assert!(table.render(true, true).contains("\"holds\": false"));
    }
}
