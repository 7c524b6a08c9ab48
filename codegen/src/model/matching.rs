//! Whether the path of an example is one that an operation documents, and the values it has for the placeholders.

use super::{ELISION, Operation, Parameter, Part, Segment};

/// The longest path that is compared. The longest on real pages has some 400 characters.
const MAX_PATH: usize = 2_000;

/// What a documented path is made of, over the borders of segments.
#[derive(Debug)]
enum Piece<'o> {
    /// Text in which letter case does not count, as Graph takes it.
    Literal(&'o str),
    /// A value.
    Value {
        /// How far it goes at most.
        extent: Extent,
        /// Whether it stands in quotes that are literal text.
        quoted: bool,
    },
}

/// How far a value goes at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Extent {
    /// To the end of the path.
    Path,
    /// To the end of its segment.
    Segment,
    /// To the next argument, or to the parenthesis that closes the call.
    Argument,
}

/// The values that a path has for the placeholders of an operation's path and for the arguments of its function, in their
/// order and as they are written; `None` where it is another path.
#[must_use]
pub fn matched(operation: &Operation, path: &str) -> Option<Vec<String>> {
    values(&pieces(&operation.path, &operation.call), path)
}

/// Whether a path is one that a documented path without arguments of a function stands for.
pub(crate) fn is_of(documented: &[Segment], path: &str) -> bool {
    values(&pieces(documented, &[]), path).is_some()
}

/// The pieces of a path, and of the arguments that its function has beside it.
fn pieces<'o>(path: &'o [Segment], call: &'o [Parameter]) -> Vec<Piece<'o>> {
    let mut pieces = Vec::new();
    for segment in path {
        pieces.push(Piece::Literal("/"));
        // Commas are of a key that is a segment of its own, and separate what stands in parentheses.
        let mut called = false;
        for part in &segment.parts {
            pieces.push(match part {
                Part::Literal(text) => {
                    called = match text.rfind(['(', ')']) {
                        Some(at) => text[at..].starts_with('('),
                        None => called,
                    };
                    Piece::Literal(text)
                }
                Part::Placeholder { name, quoted, path } => Piece::Value {
                    extent: match called {
                        true => Extent::Argument,
                        false if *path || name == ELISION => Extent::Path,
                        false => Extent::Segment,
                    },
                    quoted: *quoted,
                },
            });
        }
    }
    for (index, argument) in call.iter().enumerate() {
        pieces.push(Piece::Literal(if index == 0 { "(" } else { "," }));
        pieces.push(Piece::Literal(&argument.name));
        pieces.push(Piece::Literal("="));
        pieces.push(Piece::Value {
            extent: Extent::Argument,
            quoted: false,
        });
    }
    if !call.is_empty() {
        pieces.push(Piece::Literal(")"));
    }
    pieces
}

/// The values that a path has for the pieces; `None` where it is another path.
fn values(pieces: &[Piece<'_>], path: &str) -> Option<Vec<String>> {
    if path.len() > MAX_PATH {
        return None;
    }
    let mut values = Vec::new();
    let path = path.trim_end_matches('/');
    rest(pieces, path, &mut values).then(|| values.into_iter().map(str::to_owned).collect())
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
        Piece::Value { extent, quoted } => {
            let longest = longest(text, *extent, *quoted);
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

/// Where a value ends at the latest. What stands in quotes or in braces belongs to it.
fn longest(text: &str, extent: Extent, mut quoted: bool) -> usize {
    let mut depth = 0_usize;
    for (at, c) in text.char_indices() {
        match c {
            '\'' => quoted = !quoted,
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ if quoted || depth > 0 => {}
            '/' if extent != Extent::Path => return at,
            ',' | ')' if extent == Extent::Argument => return at,
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::{Extent, MAX_PATH, Piece, Segment, is_of, pieces, values};
    use crate::model::{ELISION, Part};

    fn placeholder(quoted: bool) -> Part {
        Part::Placeholder {
            name: "value".to_owned(),
            quoted,
            path: false,
        }
    }

    fn segment(before: &str, quoted: bool, after: &str) -> Segment {
        Segment {
            parts: vec![
                Part::Literal(before.to_owned()),
                placeholder(quoted),
                Part::Literal(after.to_owned()),
            ],
        }
    }

    fn read(path: &[Segment], text: &str) -> Option<Vec<String>> {
        values(&pieces(path, &[]), text)
    }

    fn one(value: &str) -> Option<Vec<String>> {
        Some(vec![value.to_owned()])
    }

    #[test]
    fn an_argument_ends_where_the_next_one_begins() {
        let path = [segment("image(width=", false, ")")];
        assert_eq!(read(&path, "/image(width=640)"), one("640"));
        assert_eq!(read(&path, "/image(width=640,mode='fit')"), None);
        assert_eq!(read(&path, "/image(width=640)/x(y=1)"), None);
        assert_eq!(read(&path, "/image(width='4,5')"), one("'4,5'"));
        assert_eq!(read(&path, "/image(width='a''b),c')"), one("'a''b),c'"));
        assert_eq!(read(&path, "/image(width={a,b(c)})"), one("{a,b(c)}"));
    }

    #[test]
    fn quotes_of_the_documented_path_count() {
        let path = [segment("rows(range='", true, "')")];
        assert_eq!(read(&path, "/rows(range='A1,B2')"), one("A1,B2"));
        assert_eq!(read(&path, "/rows(range='(a/b)')"), one("(a/b)"));
        assert_eq!(read(&path, "/rows(range='A1',mode='fit')"), None);
    }

    #[test]
    fn a_key_of_its_own_has_commas_and_parentheses() {
        let key = Segment {
            parts: vec![placeholder(false)],
        };
        let path = [key, segment("rows(index=", false, ")")];
        let both = Some(vec!["a,b(c)".to_owned(), "2".to_owned()]);
        assert_eq!(read(&path, "/a,b(c)/rows(index=2)"), both);
        let extents = pieces(&path, &[])
            .into_iter()
            .filter_map(|piece| match piece {
                Piece::Value { extent, .. } => Some(extent),
                Piece::Literal(_) => None,
            });
        let extents: Vec<Extent> = extents.collect();
        assert_eq!(extents, [Extent::Segment, Extent::Argument]);
    }

    fn key(name: &str, path: bool) -> Segment {
        Segment {
            parts: vec![Part::Placeholder {
                name: name.to_owned(),
                quoted: false,
                path,
            }],
        }
    }

    fn literal(text: &str) -> Segment {
        Segment {
            parts: vec![Part::Literal(text.to_owned())],
        }
    }

    #[test]
    fn a_value_ends_with_its_segment_unless_it_is_a_path() {
        let keyed = [literal("berths"), key("id", false)];
        assert_eq!(read(&keyed, "/berths/7"), one("7"));
        assert_eq!(read(&keyed, "/Berths/7/"), one("7"));
        assert_eq!(read(&keyed, "/berths/7/ropes"), None);
        assert_eq!(read(&keyed, "/berths/{id/x}"), one("{id/x}"));
        // What follows braces is outside of them again.
        assert_eq!(read(&keyed, "/berths/{id}/ropes"), None);
        assert_eq!(read(&keyed, "/berths/'a/b'"), one("'a/b'"));
        assert_eq!(read(&keyed, "/berths"), None);
        let below = [literal("root:"), key("path", true)];
        assert_eq!(read(&below, "/root:/logs/2021"), one("logs/2021"));
        let elided = [literal("folders"), key(ELISION, false), literal("logs")];
        assert_eq!(read(&elided, "/folders/a/b/logs"), one("a/b"));
        let named = [literal("folders"), key("id", false), literal("logs")];
        assert_eq!(read(&named, "/folders/a/b/logs"), None);
    }

    #[test]
    fn a_value_is_never_empty() {
        let path = [segment("rows(index=", false, ")")];
        assert_eq!(read(&path, "/rows(index=)"), None);
    }

    #[test]
    fn the_longest_path_is_the_last_that_is_compared() {
        let path = [key("id", false)];
        let of_length = |length: usize| format!("/{}", "x".repeat(length - 1));
        assert!(is_of(&path, &of_length(MAX_PATH)));
        assert!(!is_of(&path, &of_length(MAX_PATH + 1)));
    }
}
