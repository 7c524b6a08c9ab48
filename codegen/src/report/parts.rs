//! What the sections of the page are made of.

use std::fmt::Write;

use maud::{Markup, PreEscaped, html};

/// A number with its thousands apart.
pub(super) fn figure(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// `1 property`, `2 properties`, `2 keys`.
pub(super) fn counted(count: usize, one: &str) -> String {
    let number = figure(count);
    match (count, one.strip_suffix('y')) {
        (1, _) => format!("{number} {one}"),
        (_, Some(stem)) if !stem.ends_with(['a', 'e', 'o', 'u']) => format!("{number} {stem}ies"),
        _ => format!("{number} {one}s"),
    }
}

/// How many of a number: `12 of 14`; a dash where there is nothing to count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Share {
    /// How many.
    pub(super) part: usize,
    /// Of how many.
    pub(super) whole: usize,
}

impl Share {
    /// Counts one more.
    pub(super) fn add(&mut self, holds: bool) {
        self.whole += 1;
        self.part += usize::from(holds);
    }

    /// As the cell of a table.
    pub(super) fn cell(self) -> Markup {
        html! {
            @if self.whole == 0 {
                td .n .none { "none" }
            } @else {
                td .n .part[self.part < self.whole] {
                    (figure(self.part)) " " small { "of " (figure(self.whole)) }
                }
            }
        }
    }
}

impl std::ops::AddAssign for Share {
    fn add_assign(&mut self, other: Self) {
        self.part += other.part;
        self.whole += other.whole;
    }
}

/// Text with its code spans (CommonMark 0.31, section 6.1).
pub(super) fn inline(text: &str) -> Markup {
    let mut out = String::new();
    let mut rest = text;
    while let Some(start) = rest.find('`') {
        let ticks = rest[start..]
            .bytes()
            .take_while(|byte| *byte == b'`')
            .count();
        let after = &rest[start + ticks..];
        let Some(length) = closing(after, ticks) else {
            let end = start + ticks;
            out.push_str(&escaped(&rest[..end]));
            rest = &rest[end..];
            continue;
        };
        let code = &after[..length];
        let code = match code
            .strip_prefix(' ')
            .and_then(|code| code.strip_suffix(' '))
        {
            Some(inner) if !inner.trim().is_empty() => inner,
            _ => code,
        };
        out.push_str(&escaped(&rest[..start]));
        // Writing to a string does not fail.
        let _ = write!(out, "<code>{}</code>", escaped(code));
        rest = &after[length + ticks..];
    }
    out.push_str(&escaped(rest));
    PreEscaped(out)
}

/// Where a run of so many backticks begins, no more and no less.
fn closing(text: &str, ticks: usize) -> Option<usize> {
    let mut at = 0;
    while let Some(found) = text[at..].find('`') {
        let start = at + found;
        let run = text[start..]
            .bytes()
            .take_while(|byte| *byte == b'`')
            .count();
        if run == ticks {
            return Some(start);
        }
        at = start + run;
    }
    None
}

fn escaped(text: &str) -> String {
    html! { (text) }.into_string()
}

/// The id of an element, which an address can name as it is: letters, digits, `-`, `_`, `.` and `:` of a name stand for
/// themselves, so that different names have different ids.
pub(super) fn id(kind: &str, name: &str) -> String {
    let mut id = format!("{kind}:");
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.:".contains(&byte) {
            id.push(char::from(byte));
        } else {
            // Writing to a string does not fail.
            let _ = write!(id, "~{byte:02x}");
        }
    }
    id
}

/// A closed group of rows.
pub(super) struct Group {
    /// Its id, where something leads to it.
    pub(super) id: Option<String>,
    /// What it is called.
    pub(super) name: Markup,
    /// How many rows it has, in words.
    pub(super) count: String,
    /// What stands in it.
    pub(super) body: Markup,
}

impl Group {
    /// As an element.
    pub(super) fn render(&self) -> Markup {
        html! {
            details id=[self.id.as_deref()] {
                summary { span { (self.name) } " " span .count { (self.count) } }
                div .rows { (self.body) }
            }
        }
    }
}

/// Groups with a field above that hides the rows without the words that are typed into it. Without the script there is no
/// field. `what` says what is searched, in the plural.
pub(super) fn searchable(name: &str, what: &str, groups: &[Group]) -> Markup {
    let field = format!("{name}-filter");
    html! {
        div .searchable {
            form .filter role="search" aria-label={ "Search " (what) } hidden {
                label for=(field) { "Search " (what) }
                input type="search" id=(field) autocomplete="off" spellcheck="false";
                output for=(field) aria-live="polite" {}
            }
            div .groups { @for group in groups { (group.render()) } }
        }
    }
}

/// How many rows stand in one table at least, before they are put into several.
const TOGETHER: usize = 60;

/// Rows in one table, or where there are many of them in one for each module, in which they stand one after the other.
/// What is not on the screen is not laid out.
pub(super) fn chunks<T>(
    caption: &str,
    columns: &[&str],
    rows: &[T],
    module: impl Fn(&T) -> String,
    row: impl Fn(&T) -> Markup,
) -> Markup {
    let body = |rows: &[T]| html! { @for one in rows { (row(one)) } };
    if rows.len() <= TOGETHER {
        return table(caption, columns, body(rows));
    }
    html! {
        @for chunk in rows.chunk_by(|a, b| module(a) == module(b)) {
            div .chunk {
                table {
                    caption { @if let Some(first) = chunk.first() { code { (module(first)) } } }
                    (head(columns))
                    tbody { (body(chunk)) }
                }
            }
        }
    }
}

fn head(columns: &[&str]) -> Markup {
    html! { thead { tr { @for column in columns { th scope="col" { (column) } } } } }
}

/// A table.
pub(super) fn table(caption: &str, columns: &[&str], body: Markup) -> Markup {
    html! {
        table {
            caption .unseen { (caption) }
            (head(columns))
            tbody { (body) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{counted, figure, id, inline};

    #[test]
    fn code_spans_are_those_of_markdown() {
        for (text, expected) in [
            ("a `b<` c", "a <code>b&lt;</code> c"),
            ("`` a`b `` & `", "<code>a`b</code> &amp; `"),
            ("``x`", "``x`"),
            ("` `", "<code> </code>"),
        ] {
            assert_eq!(inline(text).into_string(), expected);
        }
    }

    #[test]
    fn different_names_have_different_ids() {
        assert_eq!(id("type", "a.B_c"), "type:a.B_c");
        assert_eq!(id("type", "a ~é"), "type:a~20~7e~c3~a9");
        assert_ne!(id("type", "a~20"), id("type", "a "));
    }

    #[test]
    fn what_is_counted_is_in_the_plural() {
        let words = ["key", "property", "page"].map(|one| counted(2, one));
        assert_eq!(words, ["2 keys", "2 properties", "2 pages"]);
        assert_eq!(counted(1, "property"), "1 property");
    }

    #[test]
    fn thousands_stand_apart() {
        assert_eq!(
            [0, 999, 1000, 1_234_567].map(figure),
            ["0", "999", "1,000", "1,234,567"]
        );
    }
}
