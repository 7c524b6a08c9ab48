//! Writes an explanation as text: a heading for each stage, places on the left.

use super::{Explanation, Line, Look, Part, Shown};

/// The width of the text.
const WIDTH: usize = 120;

/// The most that places take of it: those that are longer push aside what is said beside them.
const MOST_PLACE: usize = 68;

/// From how many characters on a page's path leaves too little room beside it.
const LONG_PAGE: usize = 40;

/// The least width for what is said beside a place.
const LEAST: usize = 50;

/// Escape sequences of a terminal.
mod style {
    /// Headings.
    pub(super) const HEADING: &str = "\x1b[1m";
    /// Stages.
    pub(super) const STAGE: &str = "\x1b[1;36m";
    /// Places.
    pub(super) const PLACE: &str = "\x1b[2m";
    /// Errors.
    pub(super) const ERROR: &str = "\x1b[1;31m";
    /// Warnings.
    pub(super) const WARNING: &str = "\x1b[33m";
    /// The end of any of them.
    pub(super) const END: &str = "\x1b[0m";
}

/// Writes an explanation. `full` shows whole lists and whole facts; without it, long lists are cut short, with the
/// count of what is left out, and each fact is one line. `colour` adds the escape sequences of a terminal.
#[must_use]
pub fn render(explanation: &Explanation, full: bool, colour: bool) -> String {
    let mut text = String::new();
    text.push_str(&styled(&explanation.title, style::HEADING, colour));
    text.push('\n');
    for part in &explanation.parts {
        text.push('\n');
        let rule = "─".repeat(WIDTH.saturating_sub(part.stage.len() + 4));
        let heading = format!("── {} {rule}", part.stage);
        text.push_str(&styled(&heading, style::STAGE, colour));
        text.push('\n');
        add(part, full, colour, &mut text);
    }
    text
}

/// Adds the lines of a part.
fn add(part: &Part, full: bool, colour: bool, text: &mut String) {
    let shown: Vec<&Line> = part
        .lines
        .iter()
        .filter(|line| match line.shown {
            Shown::Always => true,
            Shown::Brief => !full,
            Shown::Full => full,
        })
        .collect();
    let places = places(&shown, full);
    let width = places
        .iter()
        .map(|(_, place)| place.chars().count())
        .max()
        .unwrap_or(0)
        .min(MOST_PLACE);
    let gap = if width == 0 { "" } else { "  " };
    for (line, (page, own)) in shown.into_iter().zip(places) {
        if let Some(page) = page {
            text.push_str(&styled(page, style::PLACE, colour));
            text.push('\n');
        }
        let indent = "  ".repeat(line.depth);
        let used = own.chars().count().max(width) + gap.len() + indent.len();
        let room = WIDTH.saturating_sub(used).max(LEAST);
        let (said, look) = match line.look {
            Look::Rust => (vec![line.text.clone()], ""),
            Look::Fact if full => (vec![line.text.clone()], ""),
            Look::Fact => (vec![cut(&line.text, room)], ""),
            Look::Plain => (wrapped(&line.text, room), ""),
            Look::Heading => (wrapped(&line.text, room), style::HEADING),
            Look::Error => (wrapped(&line.text, room), style::ERROR),
            Look::Warning => (wrapped(&line.text, room), style::WARNING),
        };
        for (index, said) in said.iter().enumerate() {
            let place = if index == 0 { own } else { "" };
            let place = styled(&format!("{place:<width$}"), style::PLACE, colour);
            let hanging = if index == 0 { "" } else { "  " };
            let said = styled(said, look, colour);
            text.push_str(format!("{place}{gap}{indent}{hanging}{said}").trim_end());
            text.push('\n');
        }
    }
}

/// The place of each line. A page with a long path is named in a line above the first that is about it, and only the
/// numbers stand beside the text, unless everything is asked for.
fn places<'l>(shown: &[&'l Line], full: bool) -> Vec<(Option<&'l str>, &'l str)> {
    let mut last = "";
    let mut places = Vec::new();
    for line in shown {
        let page = line.place.split(':').next().unwrap_or_default();
        if full || page.chars().count() <= LONG_PAGE {
            if !page.is_empty() {
                last = page;
            }
            places.push((None, line.place.as_str()));
            continue;
        }
        let above = (page != last).then_some(page);
        last = page;
        places.push((above, &line.place[page.len()..]));
    }
    places
}

/// A text in lines that fit, broken at blanks.
fn wrapped(text: &str, room: usize) -> Vec<String> {
    if text.chars().count() <= room {
        return vec![text.to_owned()];
    }
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.is_empty() => line.push_str(word),
            Some(line) if line.chars().count() + word.chars().count() < room.saturating_sub(2) => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// A text, or its beginning where it is longer than the room there is.
fn cut(text: &str, room: usize) -> String {
    match text.char_indices().nth(room) {
        None => text.to_owned(),
        Some(_) => {
            let end = text.char_indices().nth(room.saturating_sub(1));
            format!("{}…", &text[..end.map_or(0, |(at, _)| at)])
        }
    }
}

/// A text in a style.
fn styled(text: &str, style: &str, colour: bool) -> String {
    if !colour || style.is_empty() || text.trim().is_empty() {
        return text.to_owned();
    }
    format!("{style}{text}{}", style::END)
}

#[cfg(test)]
mod tests {
    use super::{cut, wrapped};

    #[test]
    fn findings_are_broken_at_blanks() {
        assert_eq!(wrapped("one two three", 8), ["one", "two", "three"]);
        assert_eq!(wrapped("one two three", 9), ["one two", "three"]);
        assert_eq!(wrapped("", 9), [""]);
    }

    #[test]
    fn long_lines_are_cut_at_characters() {
        assert_eq!(cut("äöü", 3), "äöü");
        assert_eq!(cut("äöüß", 3), "äö…");
    }
}
