//! Turns prose of pages into lines of rustdoc. Text stays text: whatever a page holds, no line of it can become a
//! link, a tag, a list or code that the page did not mark as such.

use crate::prose::{PieceKind, Prose};

/// The lines of a text; empty where it says nothing.
pub(super) fn lines(prose: &Prose) -> Vec<String> {
    let mut lines = vec![String::new()];
    for piece in &prose.pieces {
        for (index, part) in piece.text.split('\n').enumerate() {
            if index > 0 {
                lines.push(String::new());
            }
            if let Some(line) = lines.last_mut() {
                line.push_str(&markup(&piece.kind, part));
            }
        }
    }
    let mut safe: Vec<String> = Vec::new();
    for line in lines {
        let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
        if line.is_empty() {
            continue;
        }
        // Lines of a page are paragraphs here: a line below another could end it as a heading.
        if !safe.is_empty() {
            safe.push(String::new());
        }
        safe.push(line_start(&line));
    }
    safe
}

/// A piece as markdown.
fn markup(kind: &PieceKind, text: &str) -> String {
    let inner = text.trim();
    if inner.is_empty() {
        return " ".to_owned();
    }
    let before = if text.starts_with(char::is_whitespace) {
        " "
    } else {
        ""
    };
    let after = if text.ends_with(char::is_whitespace) {
        " "
    } else {
        ""
    };
    let marked = match kind {
        PieceKind::Code => code(inner),
        PieceKind::Strong => format!("**{}**", escape(inner)),
        PieceKind::Emphasis => format!("*{}*", escape(inner)),
        PieceKind::Link { target } if is_address(target) => {
            format!("[{}]({target})", escape(inner))
        }
        PieceKind::Text | PieceKind::Link { .. } | PieceKind::Break => text_with_addresses(inner),
    };
    format!("{before}{marked}{after}")
}

/// A code span. A text with backticks gets a longer run of them around it (CommonMark 0.31, section 6.1).
pub(super) fn code(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if !text.contains('`') {
        return format!("`{text}`");
    }
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    format!("{fence} {text} {fence}")
}

/// Whether a target is a public address that can stand in parentheses as it is.
fn is_address(target: &str) -> bool {
    (target.starts_with("https://") || target.starts_with("http://"))
        && target
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "-._~:/?#@!$&*+,;=%".contains(c))
}

/// Text, with the addresses in it as links.
fn text_with_addresses(text: &str) -> String {
    text.split(' ')
        .map(|word| {
            let bare = word.trim_end_matches(['.', ',', ';', ':', '!', '?']);
            if is_address(bare) && bare.len() > "https://".len() {
                format!("<{bare}>{}", escape(&word[bare.len()..]))
            } else {
                escape(word)
            }
        })
        .collect::<Vec<_>>()
        .join(" ")
}

/// Text in which no character is markup (CommonMark 0.31, section 2.4: backslash escapes).
fn escape(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut escaped = String::with_capacity(text.len());
    for (at, c) in chars.iter().enumerate() {
        let between_words = at > 0
            && chars[at - 1].is_alphanumeric()
            && chars.get(at + 1).is_some_and(|next| next.is_alphanumeric());
        let marks = match c {
            '\\' | '[' | ']' | '<' | '>' | '*' | '`' | '~' | '&' | '|' => true,
            '_' => !between_words,
            // The scheme of an address that is no link here, such as `http://{host}`.
            ':' => chars[at..].starts_with(&[':', '/', '/']),
            _ => false,
        };
        if marks {
            escaped.push('\\');
        }
        if c.is_control() {
            escaped.push(' ');
        } else {
            escaped.push(*c);
        }
    }
    escaped
}

/// A line that does not begin as a heading, a list, a quote or a rule does.
fn line_start(line: &str) -> String {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    if line.starts_with(['#', '-', '+', '=', ':']) {
        return format!("\\{line}");
    }
    if digits > 0 && line[digits..].starts_with(['.', ')']) {
        return format!("{}\\{}", &line[..digits], &line[digits..]);
    }
    line.to_owned()
}

#[cfg(test)]
mod tests {
    use super::lines;
    use crate::prose::{PieceKind, Prose};

    #[test]
    fn text_stays_text() {
        for (text, expected) in [
            ("Key of the entity.", "Key of the entity."),
            (
                "Bearer <token> [x] */ #[doc] *a*",
                "Bearer \\<token\\> \\[x\\] \\*/ #\\[doc\\] \\*a\\*",
            ),
            ("# heading", "\\# heading"),
            ("1. one", "1\\. one"),
            ("see https://a.b/c.", "see <https://a.b/c>."),
            ("snake_case _x_", "snake_case \\_x\\_"),
        ] {
            assert_eq!(lines(&Prose::plain(text)), [expected]);
        }
        let mut prose = Prose::default();
        prose.push(PieceKind::Code, "a`b");
        assert_eq!(lines(&prose), ["`` a`b ``"]);
        assert!(lines(&Prose::plain(" \n ")).is_empty());
    }
}
