//! Turns prose of pages into lines of rustdoc. Text stays text: whatever a page holds, no line of it can become a
//! link, a tag, a list or code that the page did not mark as such.

use std::borrow::Cow;

use crate::prose::{Piece, PieceKind, Prose, code_span, one_line, spaced};

/// The lines of a text; empty where it says nothing.
pub(super) fn lines(prose: &Prose) -> Vec<String> {
    let mut parts: Vec<Vec<Part<'_>>> = vec![Vec::new()];
    for piece in &prose.pieces {
        for (index, text) in piece.text.split('\n').enumerate() {
            if index > 0 {
                parts.push(Vec::new());
            }
            if let Some(line) = parts.last_mut() {
                line.push(Part {
                    kind: &piece.kind,
                    text: one_line(text),
                });
            }
        }
    }
    let mut safe: Vec<String> = Vec::new();
    for parts in parts {
        let line = line(&parts);
        let line = spaced(&line);
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

/// The lines of a text whose first sentence is a paragraph of its own: rustdoc shows the first paragraph in lists.
pub(super) fn summarized(prose: &Prose) -> Vec<String> {
    let Some((index, at)) = first_sentence(&prose.pieces) else {
        return lines(prose);
    };
    let mut split = prose.clone();
    let rest = split.pieces[index].text.split_off(at);
    let new_line = Piece {
        kind: PieceKind::Break,
        text: "\n".to_owned(),
    };
    let rest = Piece {
        kind: split.pieces[index].kind.clone(),
        text: rest,
    };
    split.pieces.splice(index + 1..index + 1, [new_line, rest]);
    lines(&split)
}

/// Where the first sentence ends, as piece and place in it, if another one follows in the same line.
fn first_sentence(pieces: &[Piece]) -> Option<(usize, usize)> {
    for (index, piece) in pieces.iter().enumerate() {
        if piece.text.contains('\n') && piece.text.trim().is_empty() {
            return None;
        }
        if piece.kind != PieceKind::Text {
            continue;
        }
        for (at, c) in piece.text.char_indices() {
            if c == '\n' {
                return None;
            }
            if !matches!(c, '.' | '!' | '?') {
                continue;
            }
            let (before, after) = piece.text.split_at(at + 1);
            let next = after.trim_start().chars().next();
            let follows = match next {
                _ if !after.starts_with(' ') => false,
                // The next sentence begins with a capital, or with a name in code.
                Some(next) => !next.is_lowercase(),
                None => pieces.get(index + 1).is_some(),
            };
            if follows && !is_abbreviation(before) {
                return Some((index, at + 1));
            }
        }
    }
    None
}

/// Whether a text ends in an abbreviation: `e.g.`, `i.e.`, `J.`.
fn is_abbreviation(text: &str) -> bool {
    let word = text.rsplit([' ', '(']).next().unwrap_or_default();
    let word = word.strip_suffix('.').unwrap_or_default();
    word.chars().count() == 1 || word.contains('.')
}

/// A part of a line with one kind of markup.
struct Part<'a> {
    kind: &'a PieceKind,
    text: Cow<'a, str>,
}

/// A line as markdown.
fn line(parts: &[Part<'_>]) -> String {
    let mut line = String::new();
    for (index, part) in parts.iter().enumerate() {
        let inner = part.text.trim();
        if inner.is_empty() {
            line.push(' ');
            continue;
        }
        if part.text.starts_with(char::is_whitespace) {
            line.push(' ');
        }
        let follows = part.text.ends_with(char::is_whitespace);
        let after = parts[index + 1..]
            .iter()
            .find_map(|part| part.text.chars().next())
            .filter(|_| !follows);
        let marked = match part.kind {
            PieceKind::Code => code_span(inner),
            PieceKind::Strong if takes_emphasis(&line, inner, after) => {
                format!("**{}**", escape(inner))
            }
            PieceKind::Emphasis if takes_emphasis(&line, inner, after) => {
                format!("*{}*", escape(inner))
            }
            PieceKind::Link { target } if is_address(target) => link(inner, target),
            _ => text_with_addresses(inner),
        };
        join(&mut line, &marked);
        if follows {
            line.push(' ');
        }
    }
    line
}

/// Appends a part where the two together would be markup: an image, one code span, a dash, an address.
fn join(line: &mut String, marked: &str) {
    let last = line.chars().next_back();
    match last {
        Some('!') if marked.starts_with('[') => line.insert(line.len() - 1, '\\'),
        Some(':') if marked.starts_with("//") => line.insert(line.len() - 1, '\\'),
        Some('-') if marked.starts_with('-') => line.push('\\'),
        Some('`') if marked.starts_with('`') => line.push(' '),
        _ => {}
    }
    line.push_str(marked);
}

/// Whether asterisks around `inner` mark it: they have to touch a word, or stand at the edge of one (CommonMark 0.31,
/// section 6.2, left- and right-flanking).
fn takes_emphasis(before: &str, inner: &str, after: Option<char>) -> bool {
    let is_word = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    let is_edge = |c: Option<char>| c.is_none_or(|c| c.is_whitespace() || c.is_ascii_punctuation());
    let opens = is_word(inner.chars().next()) || is_edge(before.chars().next_back());
    let closes = is_word(inner.chars().next_back()) || is_edge(after);
    opens && closes && !before.ends_with('*')
}

/// A link, or text where the target is no public address.
pub(super) fn link(text: &str, target: &str) -> String {
    if is_address(target) {
        format!("[{}]({target})", escape(text))
    } else {
        escape(text)
    }
}

/// Whether a target is a public address that can stand in parentheses as it is.
fn is_address(target: &str) -> bool {
    let host = target
        .strip_prefix("https://")
        .or_else(|| target.strip_prefix("http://"));
    host.is_some_and(|host| host.starts_with(|c: char| c.is_ascii_alphanumeric()))
        && target
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "-._~:/?#@!$&*+,;=%".contains(c))
}

/// Text, with the addresses in it as links.
fn text_with_addresses(text: &str) -> String {
    if !text.contains("://") {
        return escape(text);
    }
    text.split(' ')
        .map(|word| {
            let bare = word.trim_end_matches(['.', ',', ';', ':', '!', '?']);
            if is_address(bare) {
                format!("<{bare}>{}", escape(&word[bare.len()..]))
            } else {
                escape(word)
            }
        })
        .collect::<Vec<_>>()
        .join(" ")
}

/// Text in which no character is markup (CommonMark 0.31, section 2.4: backslash escapes).
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    let mut rest = text;
    // What may be markup is ASCII, so that bytes can be looked at.
    let mark = |byte| b"\\[]<>*`~&|_-:".contains(&byte);
    while let Some(at) = rest.bytes().position(mark) {
        escaped.push_str(&rest[..at]);
        let before = escaped.bytes().next_back();
        let (mark, after) = (rest.as_bytes()[at], &rest[at + 1..]);
        let is_word = |byte: Option<u8>| byte.is_some_and(|byte| byte.is_ascii_alphanumeric());
        let is_markup = match mark {
            b'_' => !is_word(before) || !is_word(after.bytes().next()),
            // rustdoc makes a dash of two hyphens.
            b'-' => before == Some(b'-'),
            // The scheme of an address that is no link here, such as `http://{host}`.
            b':' => after.starts_with("//"),
            _ => true,
        };
        if is_markup {
            escaped.push('\\');
        }
        escaped.push(char::from(mark));
        rest = after;
    }
    escaped.push_str(rest);
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
    use super::{lines, summarized};
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
            ("\u{202E}# heading", "\\# heading"),
            ("1. one", "1\\. one"),
            ("a -- b", "a -\\- b"),
            ("see https://a.b/c.", "see <https://a.b/c>."),
            ("snake_case _x_", "snake_case \\_x\\_"),
        ] {
            assert_eq!(lines(&Prose::plain(text)), [expected]);
        }
        assert!(lines(&Prose::plain(" \n ")).is_empty());
    }

    #[test]
    fn marks_that_would_not_mark_are_left_out() {
        let link = PieceKind::Link {
            target: "https://a.b".to_owned(),
        };
        for (pieces, expected) in [
            (
                vec![(PieceKind::Strong, "Note:"), (PieceKind::Text, " x")],
                "**Note:** x",
            ),
            (
                vec![(PieceKind::Strong, "Note:"), (PieceKind::Text, "x")],
                "Note:x",
            ),
            (
                vec![(PieceKind::Strong, "a"), (PieceKind::Emphasis, "b")],
                "**a**b",
            ),
            (
                vec![(PieceKind::Text, "Look!"), (link, "here")],
                "Look\\![here](https://a.b)",
            ),
            (vec![(PieceKind::Code, "a`b")], "`` a`b ``"),
            (
                vec![
                    (PieceKind::Text, "x-"),
                    (PieceKind::Strong, "-y!"),
                    (PieceKind::Text, "z"),
                ],
                "x-\\-y!z",
            ),
        ] {
            let mut prose = Prose::default();
            for (kind, text) in pieces {
                prose.push(kind, text);
            }
            assert_eq!(lines(&prose), [expected]);
        }
    }

    #[test]
    fn the_first_sentence_stands_alone() {
        for (text, expected) in [
            ("One. Two. Three.", vec!["One.", "", "Two. Three."]),
            ("One, e.g. Two.", vec!["One, e.g. Two."]),
            ("Version 1.0 of it.", vec!["Version 1.0 of it."]),
            ("One.\nTwo. Three.", vec!["One.", "", "Two. Three."]),
            ("See foo. bar", vec!["See foo. bar"]),
        ] {
            assert_eq!(summarized(&Prose::plain(text)), expected);
        }
    }
}
