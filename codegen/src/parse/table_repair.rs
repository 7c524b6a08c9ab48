//! Repairs tables line by line: delimiter rows, surplus cells, broken rows, rows cut off from their table.

use std::ops::Range;

use super::lines::{Line, Place};
use super::repair::Edit;
use crate::diagnostics::{Diagnostic, Diagnostics, PageId, Rule, Span};

/// What the repairs of a page add to.
struct Repairs<'a, 't> {
    page: PageId,
    lines: &'a [Line<'t>],
    edits: &'a mut Vec<Edit>,
    diagnostics: &'a mut Diagnostics,
}

/// Adds the edits that make every table of the page one that markdown reads whole.
pub(super) fn repair_tables(
    page: PageId,
    lines: &[Line<'_>],
    edits: &mut Vec<Edit>,
    diagnostics: &mut Diagnostics,
) {
    let mut repairs = Repairs {
        page,
        lines,
        edits,
        diagnostics,
    };
    let mut index = 0;
    while index < lines.len() {
        index = if is_table(lines, index) {
            repairs.table(index)
        } else {
            index + 1
        };
    }
}

/// Whether a header row and its delimiter row begin at `index`.
fn is_table(lines: &[Line<'_>], index: usize) -> bool {
    let (Some(header), Some(delimiter)) = (lines.get(index), lines.get(index + 1)) else {
        return false;
    };
    let open = header.place == Place::Open && delimiter.place == Place::Open;
    let text = delimiter.text.trim();
    // A pipe alone is a header of no columns.
    open && header.text.contains('|')
        && header.text.trim() != "|"
        && text.contains('-')
        && text.contains('|')
        && text
            .bytes()
            .all(|byte| matches!(byte, b'|' | b'-' | b':' | b' ' | b'\t'))
}

impl Repairs<'_, '_> {
    /// Repairs the table at `index`; the index of the line after it.
    fn table(&mut self, index: usize) -> usize {
        let width = self.header(index);
        let mut last = index + 1;
        let mut at = index + 2;
        while let Some(line) = self.lines.get(at).copied() {
            if line.is_blank() || line.place == Place::Comment {
                match self.detached(at) {
                    Some(next) => {
                        self.reattach(last, next);
                        at = next;
                        continue;
                    }
                    None => return at,
                }
            }
            let text = line.text.trim_start();
            if line.place != Place::Open || text.starts_with(['#', '>']) {
                return at;
            }
            let cells = cells(line.text);
            if text.starts_with('|') {
                self.surplus(&line, &cells, width);
            } else if self.is_continuation(last, index + 1, &cells, width) {
                self.join(last, at);
            } else if cells.len() < 2 && width > 1 {
                self.cut(at);
                return at;
            } else {
                self.surplus(&line, &cells, width);
            }
            last = at;
            at += 1;
        }
        at
    }

    /// Repairs the header's surroundings and the delimiter row; the number of columns.
    fn header(&mut self, index: usize) -> usize {
        let (header, delimiter) = (self.lines[index], self.lines[index + 1]);
        let width = cells(header.text).len();
        let found = cells(delimiter.text).len();
        let span = Span::new(self.page, delimiter.start..delimiter.end());
        if width != found {
            self.edits.push(Edit {
                range: delimiter.start..delimiter.end(),
                text: format!("|{}", "---|".repeat(width)),
            });
            self.diagnostics.push(Diagnostic::at(
                Rule::RepairedDelimiter,
                span,
                format!("the header has {width} cells and this row {found}; read as a table of {width} columns"),
            ));
        } else if delimiter.text.contains('\t') {
            self.edits.push(Edit {
                range: delimiter.start..delimiter.end(),
                text: delimiter.text.replace('\t', " "),
            });
            self.diagnostics.push(Diagnostic::at(
                Rule::RepairedDelimiter,
                span,
                "tabs in this row would keep markdown from reading a table; read as blanks",
            ));
        }
        // Text right above a header row would swallow it into its paragraph.
        if let Some(before) = index
            .checked_sub(1)
            .and_then(|before| self.lines.get(before))
            && before.place == Place::Open
            && !before.is_blank()
        {
            self.edits.push(Edit {
                range: header.start..header.start,
                text: "\n".to_owned(),
            });
        }
        width
    }

    /// The next row of the same table after blank lines and comments from `at` on.
    fn detached(&self, at: usize) -> Option<usize> {
        let next = (at..self.lines.len()).find(|next| {
            let line = &self.lines[*next];
            !(line.is_blank() || line.place == Place::Comment)
        })?;
        let line = &self.lines[next];
        let is_row = line.place == Place::Open && line.text.trim_start().starts_with('|');
        (is_row && !is_table(self.lines, next)).then_some(next)
    }

    /// Joins the row at `next` to the table that ends at `last`.
    fn reattach(&mut self, last: usize, next: usize) {
        let (last, next) = (self.lines[last], self.lines[next]);
        self.edits.push(Edit {
            range: last.end()..next.start,
            text: "\n".to_owned(),
        });
        self.diagnostics.push(Diagnostic::at(
            Rule::DetachedRows,
            Span::new(self.page, next.start..next.end()),
            "this row is cut off from its table by a blank line or a comment; read as part of it",
        ));
    }

    /// Whether a line without a leading pipe goes on with the row before it: that row was left open, and the line
    /// does not begin with a name as a row does.
    fn is_continuation(
        &self,
        last: usize,
        delimiter: usize,
        found: &[Range<usize>],
        width: usize,
    ) -> bool {
        if last <= delimiter || found.len() >= width {
            return false;
        }
        let before = self.lines[last].text.trim_end();
        !before.ends_with('|') || cells(before).len() < width
    }

    /// Joins the line at `at` to the row at `last`.
    fn join(&mut self, last: usize, at: usize) {
        let (before, line) = (self.lines[last], self.lines[at]);
        let before_end = before.start + before.text.trim_end_matches([' ', '|']).len();
        self.edits.push(Edit {
            range: before_end..line.start,
            text: " ".to_owned(),
        });
        self.diagnostics.push(Diagnostic::at(
            Rule::BrokenRow,
            Span::new(self.page, line.start..line.end()),
            "read as the rest of the row above, which is not closed",
        ));
    }

    /// Keeps text below a table out of it.
    fn cut(&mut self, at: usize) {
        let line = self.lines[at];
        self.edits.push(Edit {
            range: line.start..line.start,
            text: "\n".to_owned(),
        });
        self.diagnostics.push(Diagnostic::at(
            Rule::TextAfterTable,
            Span::new(self.page, line.start..line.end()),
            "markdown would make this line a row of the table above; read as text",
        ));
    }

    /// Keeps the cells beyond the last column.
    fn surplus(&mut self, line: &Line<'_>, cells: &[Range<usize>], width: usize) {
        let filled = cells
            .iter()
            .rposition(|cell| !line.text[cell.clone()].trim().is_empty())
            .map_or(0, |at| at + 1);
        if filled <= width {
            return;
        }
        let span = Span::new(self.page, line.start..line.end());
        let in_code = pipes_in_code(line.text);
        let (pipes, how) = if !in_code.is_empty() && filled - in_code.len() <= width {
            (in_code, "the pipes in code spans were read as text")
        } else {
            let joined = cells[width..filled]
                .iter()
                .map(|cell| cell.start - 1)
                .collect();
            (joined, "the surplus was joined to the last cell")
        };
        for pipe in pipes {
            self.edits.push(Edit {
                range: line.start + pipe..line.start + pipe,
                text: "\\".to_owned(),
            });
        }
        self.diagnostics.push(Diagnostic::at(
            Rule::SurplusCells,
            span,
            format!("this row has {filled} cells and the header {width}; {how}"),
        ));
    }
}

/// The pipes of a row that are not escaped.
fn pipes(row: &str) -> impl Iterator<Item = usize> {
    row.bytes().enumerate().filter_map(move |(at, byte)| {
        let escaped = at > 0 && row.as_bytes()[at - 1] == b'\\';
        (byte == b'|' && !escaped).then_some(at)
    })
}

/// The cells of a row, as GFM splits it: the pipes around the row are no cells' limits.
pub(super) fn cells(row: &str) -> Vec<Range<usize>> {
    let start = row.len() - row.trim_start().len();
    let end = row.trim_end().len().max(start);
    let mut cells = Vec::new();
    let mut from = start;
    for at in pipes(row) {
        if at == start {
            from = at + 1;
        } else {
            cells.push(from..at);
            from = at + 1;
        }
    }
    if from < end {
        cells.push(from..end);
    }
    cells
}

/// The pipes of a row that stand between two backticks and are not escaped.
fn pipes_in_code(row: &str) -> Vec<usize> {
    let mut found = Vec::new();
    let mut pipes = pipes(row).peekable();
    for (index, (tick, _)) in row.match_indices('`').enumerate() {
        while let Some(pipe) = pipes.next_if(|pipe| *pipe < tick) {
            if index % 2 == 1 {
                found.push(pipe);
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::lines::{Line, Place};
    use super::super::repair::repair;
    use super::{cells, is_table, pipes_in_code};
    use crate::diagnostics::{Diagnostics, PageId, Rule};
    use crate::profile::Profile;

    /// The text after repairs, and what is said of them.
    fn repaired(text: &str) -> (String, Vec<Rule>) {
        let profile = Profile::embedded().unwrap();
        let mut diagnostics = Diagnostics::default();
        let repaired = repair(PageId(0), text, 0, &profile, &mut diagnostics);
        let rules = diagnostics.iter().map(|found| found.rule).collect();
        (repaired.text, rules)
    }

    #[test]
    fn rows_are_split_as_gfm_does() {
        let split = |row: &str| -> Vec<String> {
            cells(row)
                .into_iter()
                .map(|cell| row[cell].trim().to_owned())
                .collect()
        };
        assert_eq!(split("|id|String|Key.|"), ["id", "String", "Key."]);
        assert_eq!(split(" id | String |"), ["id", "String"]);
        assert_eq!(split("|a|\\||"), ["a", "\\|"]);
        assert_eq!(split("|a||c"), ["a", "", "c"]);
        assert_eq!(split("|Member|"), ["Member"]);
    }

    #[test]
    fn pipes_in_code_stand_between_two_backticks() {
        assert_eq!(pipes_in_code("|a|`b|c`|d`|"), [5]);
        assert_eq!(pipes_in_code("|`a|b`|`c|d`|"), [3, 9]);
    }

    #[test]
    fn a_table_is_a_row_and_a_row_of_dashes() {
        let line = |text, place| Line {
            start: 0,
            text,
            place,
        };
        let (open, comment) = (Place::Open, Place::Comment);
        for (header, above, delimiter, below, is) in [
            ("|a|b|", open, "|---|:-:|", open, true),
            ("a|b", open, " - | -\t", open, true),
            ("|a|b|", comment, "|---|---|", open, false),
            ("|a|b|", open, "|---|---|", comment, false),
            ("a", open, "|---|", open, false),
            ("|a|b|", open, "| : | : |", open, false),
            ("|a|b|", open, "-------", open, false),
            ("|a|b|", open, "|---|-x-|", open, false),
        ] {
            let lines = [line(header, above), line(delimiter, below)];
            assert_eq!(is_table(&lines, 0), is, "{header} {delimiter}");
            assert!(!is_table(&lines, 1));
        }
    }

    #[test]
    fn rows_are_joined_to_the_line_before_the_gap() {
        let cut = [Rule::DetachedRows];
        let (text, rules) = repaired("|a|b|\n|---|---|\n\n|1|2|\n<!-- -->\n\n|3|4|\n");
        assert_eq!(text, "|a|b|\n|---|---|\n|1|2|\n|3|4|\n");
        assert_eq!(rules, [cut, cut].concat());
    }

    #[test]
    fn what_follows_the_last_row_is_a_row_or_keeps_out() {
        let (two, three) = ("|a|b|\n|---|---|\n", "|a|b|c|\n|---|---|---|\n");
        for (table, below) in [
            // What ends a table by itself is left as it is.
            (two, "|1|2|\n# Ropes\n"),
            (two, "|1|2|\n> Wet.\n"),
            (two, "|1|2|\n```\nrope\n```\n"),
            (two, "|1|2|\n<!-- rope -->\n"),
            // Rows without the pipe before them.
            (two, "1|2\n3|4\n"),
            (two, "|1|2\n3|4\n"),
            (three, "|1|2|3|\n1|2\n"),
            ("|a|\n|---|\n", "|1|\nBelow.\n"),
        ] {
            let text = format!("{table}{below}");
            assert_eq!(repaired(&text), (text.clone(), Vec::new()));
        }
        for table in [two, "a|b\n---|---\n"] {
            let (text, rules) = repaired(&format!("{table}Below.\n"));
            assert_eq!(text, format!("{table}\nBelow.\n"));
            assert_eq!(rules, [Rule::TextAfterTable]);
        }
        let (text, rules) = repaired(&format!("{three}|1|2|\n3\n"));
        assert_eq!(
            (text, rules),
            (format!("{three}|1|2 3\n"), vec![Rule::BrokenRow])
        );
    }

    #[test]
    fn only_text_above_a_header_is_kept_off_it() {
        let table = "|a|b|\n|---|---|\n|1|2|\n";
        for (above, after) in [
            ("Ropes:\n", "Ropes:\n\n"),
            ("Ropes:\n\n", "Ropes:\n\n"),
            ("```\nrope\n```\n", "```\nrope\n```\n"),
        ] {
            let (text, rules) = repaired(&format!("{above}{table}"));
            assert_eq!((text, rules), (format!("{after}{table}"), Vec::new()));
        }
    }
}
