//! Whether the path of an example is one that an operation documents, and the values it has for the placeholders.

use super::{ELISION, Operation, Part, Segment};

/// The longest path that is compared. The longest on real pages has some 400 characters.
const MAX_PATH: usize = 2_000;

/// What a documented path is made of, over the borders of segments.
enum Piece<'o> {
    /// Text in which letter case does not count, as Graph takes it.
    Literal(&'o str),
    /// A value; of one segment, or a path of its own.
    Value { path: bool },
}

/// Whether a path is one that a documented path without arguments of a function stands for.
pub(crate) fn is_of(documented: &[Segment], path: &str) -> bool {
    path.len() <= MAX_PATH
        && rest(
            &pieces(documented),
            path.trim_end_matches('/'),
            &mut Vec::new(),
        )
}

/// The values that a path has for the placeholders of an operation's path and for the arguments of its function, in their
/// order and as they are written; `None` where it is another path.
#[must_use]
pub fn matched(operation: &Operation, path: &str) -> Option<Vec<String>> {
    if path.len() > MAX_PATH {
        return None;
    }
    let mut pieces = pieces(&operation.path);
    for (index, argument) in operation.call.iter().enumerate() {
        pieces.push(Piece::Literal(if index == 0 { "(" } else { "," }));
        pieces.push(Piece::Literal(&argument.name));
        pieces.push(Piece::Literal("="));
        pieces.push(Piece::Value { path: false });
    }
    if !operation.call.is_empty() {
        pieces.push(Piece::Literal(")"));
    }
    let mut values = Vec::new();
    let path = path.trim_end_matches('/');
    rest(&pieces, path, &mut values).then(|| values.into_iter().map(str::to_owned).collect())
}

fn pieces(path: &[Segment]) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    for segment in path {
        pieces.push(Piece::Literal("/"));
        pieces.extend(segment.parts.iter().map(|part| match part {
            Part::Literal(text) => Piece::Literal(text),
            Part::Placeholder { name, path, .. } => Piece::Value {
                path: *path || name == ELISION,
            },
        }));
    }
    pieces
}

/// Whether the text is what the pieces say, to its end. The shortest value is tried first.
fn rest<'t>(pieces: &[Piece<'_>], text: &'t str, values: &mut Vec<&'t str>) -> bool {
    let Some((first, others)) = pieces.split_first() else {
        return text.is_empty();
    };
    match first {
        Piece::Literal(literal) => {
            let start = text.get(..literal.len());
            start.is_some_and(|start| start.eq_ignore_ascii_case(literal))
                && rest(others, &text[literal.len()..], values)
        }
        Piece::Value { path } => {
            let longest = if *path {
                text.len()
            } else {
                end_of_segment(text)
            };
            let ends = text.char_indices().map(|(at, c)| at + c.len_utf8());
            for end in ends.take_while(|end| *end <= longest) {
                values.push(&text[..end]);
                if rest(others, &text[end..], values) {
                    return true;
                }
                values.pop();
            }
            false
        }
    }
}

/// Where the first segment of a text ends. A slash in quotes or in braces belongs to it.
fn end_of_segment(text: &str) -> usize {
    let mut quoted = false;
    let mut depth = 0_usize;
    for (at, c) in text.char_indices() {
        match c {
            '\'' => quoted = !quoted,
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            '/' if !quoted && depth == 0 => return at,
            _ => {}
        }
    }
    text.len()
}
