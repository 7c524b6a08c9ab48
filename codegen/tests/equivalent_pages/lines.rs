//! Pages line by line: what each line is part of, and edits of rows, headings and links.

/// What a line is part of.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// Running text.
    Text,
    /// A heading with marks.
    Heading,
    /// A row of a table, the header among them.
    Row,
    /// The delimiter row of a table.
    Delimiter,
    /// A marker line of a fence.
    Marker,
    /// A line in a fence, a comment or the front matter.
    Inside,
}

/// The lines of a page with their places.
pub(crate) fn lines(text: &str) -> Vec<(Place, &str)> {
    let (mut fence, mut comment, mut front) = (false, false, text.starts_with("---\n"));
    text.lines()
        .enumerate()
        .map(|(index, line)| {
            let trimmed = line.trim();
            let place = if front {
                front = index == 0 || trimmed != "---";
                Place::Inside
            } else if trimmed.starts_with("```") && !comment {
                fence = !fence;
                Place::Marker
            } else if fence {
                Place::Inside
            } else if comment || trimmed.contains("<!--") {
                comment = !trimmed.contains("-->");
                Place::Inside
            } else if trimmed.starts_with('#') {
                Place::Heading
            } else if trimmed.starts_with('|') {
                let marks = |c| matches!(c, '|' | ':' | '-' | ' ' | '\t');
                if trimmed.chars().all(marks) && trimmed.contains('-') {
                    Place::Delimiter
                } else {
                    Place::Row
                }
            } else {
                Place::Text
            };
            (place, line)
        })
        .collect()
}

/// The page with each line replaced.
pub(crate) fn each(text: &str, edit: impl Fn(Place, &str) -> String) -> String {
    let mut edited = String::new();
    for (place, line) in lines(text) {
        edited.push_str(&edit(place, line));
        edited.push('\n');
    }
    edited
}

/// The page with each line of a place replaced.
pub(crate) fn only(text: &str, wanted: Place, edit: impl Fn(&str) -> String) -> String {
    each(text, |place, line| {
        if place == wanted {
            edit(line)
        } else {
            line.to_owned()
        }
    })
}

/// A row with its cells replaced; each knows its column. Cells with escaped pipes are left alone.
pub(crate) fn cells(row: &str, edit: impl Fn(usize, &str) -> String) -> String {
    if row.contains("\\|") || !row.trim_end().ends_with('|') {
        return row.to_owned();
    }
    let inner = row.trim().trim_start_matches('|');
    let inner = inner.strip_suffix('|').unwrap_or(inner);
    let mut code = false;
    let is_limit = |c: char| {
        code ^= c == '`';
        c == '|' && !code
    };
    let cells: Vec<String> = inner
        .split(is_limit)
        .enumerate()
        .map(|(index, cell)| edit(index, cell))
        .collect();
    format!("|{}|", cells.join("|"))
}

/// A heading as its marks and its text.
pub(crate) fn heading(line: &str) -> (&str, &str) {
    let text = line.trim_start_matches('#');
    (&line[..line.len() - text.len()], text.trim())
}

/// The links of a line to pages, replaced: text and target.
pub(crate) fn links(line: &str, edit: impl Fn(&str, &str) -> String) -> String {
    let mut edited = String::new();
    let mut rest = line;
    while let Some(middle) = rest.find("](") {
        let open = rest[..middle].rfind('[').unwrap();
        let close = middle + rest[middle..].find(')').unwrap();
        let (text, target) = (&rest[open + 1..middle], &rest[middle + 2..close]);
        edited.push_str(&rest[..open]);
        let path = target.split('#').next().unwrap();
        if path.ends_with(".md") && !text.starts_with('!') {
            edited.push_str(&edit(text, target));
        } else {
            edited.push_str(&rest[open..=close]);
        }
        rest = &rest[close + 1..];
    }
    edited + rest
}

pub(crate) fn is_prose(place: Place, line: &str) -> bool {
    matches!(place, Place::Text | Place::Row) && !line.contains("[!INCLUDE")
}

pub(crate) fn each_link(text: &str, edit: impl Fn(&str, &str) -> String) -> String {
    each(text, |place, line| {
        if is_prose(place, line) {
            links(line, &edit)
        } else {
            line.to_owned()
        }
    })
}
