//! Reads the address of a request line: where it ends, its path and its query.

/// The most segments of a path. Each becomes a module, and the deepest real path has about 15.
const MAX_SEGMENTS: usize = 40;

/// The longest segment. It becomes a name of a module and a file, which some systems cut at 255 bytes.
const MAX_SEGMENT: usize = 200;

/// An address whose last placeholder goes on after a pipe: `/ships/{id} | name/crew` is `/ships/{id | name}/crew`.
pub(super) fn choice(target: &str, remark: &str) -> Option<String> {
    let (open, rest) = (target.strip_suffix('}')?, remark.strip_prefix('|')?);
    let rest = rest.trim_start();
    let name = rest.trim_start_matches('{');
    let end = name.find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '-' | '_'))?;
    let after = name[end..].trim_start_matches('}');
    let is_path = after.starts_with('/') && !after.contains(char::is_whitespace);
    (end > 0 && is_path).then(|| format!("{open} | {}}}{after}", &name[..end]))
}

/// The address at the start of a text, and what follows it. Blanks inside braces, parentheses, angle brackets and the
/// query belong to the address.
pub(super) fn split_target(text: &str) -> (String, String) {
    let mut depth = 0_usize;
    let mut quoted = false;
    let mut in_query = false;
    for (at, c) in text.char_indices() {
        match c {
            '\'' if depth > 0 || in_query => quoted = !quoted,
            '{' | '(' | '<' => depth += 1,
            '}' | ')' | '>' => depth = depth.saturating_sub(1),
            '?' => in_query = true,
            c if c.is_whitespace() && depth == 0 && !quoted => {
                let rest = text[at..].trim();
                // A path goes on after a blank where what follows still has the form of one.
                let is_query = in_query && !rest.starts_with("HTTP/");
                let closes = rest.starts_with('}') || rest.starts_with("/{");
                if is_query || closes {
                    continue;
                }
                let rest = if rest.starts_with("HTTP/") { "" } else { rest };
                return (text[..at].to_owned(), rest.to_owned());
            }
            _ => {}
        }
    }
    if depth > 0 && text.contains(char::is_whitespace) {
        // Never closed: the address ends at the first blank outside complete braces.
        let end = unbalanced_end(text);
        return (text[..end].to_owned(), text[end..].trim().to_owned());
    }
    (text.to_owned(), String::new())
}

/// Where an address with an unclosed brace ends.
fn unbalanced_end(text: &str) -> usize {
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        if c.is_whitespace() {
            return at;
        }
        let close = match c {
            '{' => '}',
            '(' => ')',
            _ => {
                at += c.len_utf8();
                continue;
            }
        };
        match text[at..].find(close) {
            // The mark that closes is passed over as any other character.
            Some(end) => at += end,
            None => at += 1,
        }
    }
    text.len()
}

/// The path and the query. A `?` inside braces or quotes is neither's limit.
pub(super) fn split_query(target: &str) -> (&str, Option<&str>) {
    let mut depth = 0_usize;
    for (at, c) in target.char_indices() {
        match c {
            '{' | '(' => depth += 1,
            '}' | ')' => depth = depth.saturating_sub(1),
            '?' if depth == 0 => {
                let query = &target[at + 1..];
                return (&target[..at], (!query.is_empty()).then_some(query));
            }
            _ => {}
        }
    }
    (target, None)
}

/// One leading slash, none at the end, none doubled, no blanks around segments; or which limit the path exceeds.
pub(super) fn tidy(path: &str) -> Result<String, String> {
    let mut segments = Vec::new();
    let mut depth = 0_usize;
    let mut segment = String::new();
    for c in path.chars() {
        match c {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            '/' if depth == 0 => {
                segments.push(std::mem::take(&mut segment));
                continue;
            }
            _ => {}
        }
        segment.push(c);
    }
    // A brace that is never closed ends with its segment.
    if depth > 0 {
        for part in segment.split('/') {
            let open = part.matches('{').count() > part.matches('}').count();
            segments.push(if open {
                format!("{part}}}")
            } else {
                part.to_owned()
            });
        }
    } else {
        segments.push(segment);
    }
    let segments: Vec<&str> = segments
        .iter()
        .map(|segment| segment.trim())
        .filter(|segment| !segment.is_empty())
        .collect();
    if segments.len() > MAX_SEGMENTS {
        return Err(format!("its path has more than {MAX_SEGMENTS} segments"));
    }
    if segments.iter().any(|segment| segment.len() > MAX_SEGMENT) {
        return Err(format!(
            "a segment of its path is longer than {MAX_SEGMENT} characters"
        ));
    }
    let closed: Vec<String> = segments.into_iter().map(close).collect();
    Ok(format!("/{}", closed.join("/")))
}

/// A segment with the parentheses closed that it leaves open: `range(address='{a}'`.
fn close(segment: &str) -> String {
    let missing = segment
        .matches('(')
        .count()
        .saturating_sub(segment.matches(')').count());
    format!("{segment}{}", ")".repeat(missing))
}

#[cfg(test)]
mod tests {
    use super::{MAX_SEGMENT, choice, split_query, split_target, tidy};

    #[test]
    fn a_placeholder_goes_on_after_a_pipe_where_a_path_follows() {
        for (remark, whole) in [
            ("| name/crew", Some("/ships/{id | name}/crew")),
            ("|{name}/crew", Some("/ships/{id | name}/crew")),
            ("| user-name_2/crew", Some("/ships/{id | user-name_2}/crew")),
            ("| name", None),
            ("| name crew", None),
            ("| name/crew (old)", None),
            ("| /crew", None),
            ("name/crew", None),
        ] {
            assert_eq!(choice("/ships/{id}", remark).as_deref(), whole, "{remark}");
        }
        assert_eq!(choice("/ships", "| name/crew"), None);
    }

    #[test]
    fn an_address_ends_at_the_first_blank_that_is_no_part_of_it() {
        for (text, target, remark) in [
            ("/a", "/a", ""),
            ("/a b", "/a", "b"),
            ("/a HTTP/1.1", "/a", ""),
            ("/a/{b c}/d e", "/a/{b c}/d", "e"),
            ("/a/<b c> d", "/a/<b c>", "d"),
            ("/a(b='c d') e", "/a(b='c d')", "e"),
            // Only a text of OData is quoted.
            ("/a'b c", "/a'b", "c"),
            ("/a?b=c d", "/a?b=c d", ""),
            ("/a?b=c HTTP/1.1", "/a?b=c", ""),
            ("/a?b='c HTTP/1.1'", "/a?b='c HTTP/1.1'", ""),
            ("/a?b='c' HTTP/1.1", "/a?b='c'", ""),
            ("/a/{b }/c d", "/a/{b }/c", "d"),
            ("/a/b }/c", "/a/b }/c", ""),
            ("/a /{b}", "/a /{b}", ""),
            ("/a} b", "/a}", "b"),
            // A text that begins before a parenthesis goes on behind it.
            ("/a(b='c)d e')", "/a(b='c)d e')", ""),
            // Braces that are never closed.
            ("/a/{b/c d", "/a/{b/c", "d"),
            ("/a/{b c}/{d e", "/a/{b c}/{d", "e"),
            ("/a(b c)/{d e", "/a(b c)/{d", "e"),
            ("/ä/{ö c", "/ä/{ö", "c"),
            ("/<a{b c}", "/<a{b c}", ""),
            ("/{a", "/{a", ""),
        ] {
            let expected = (target.to_owned(), remark.to_owned());
            assert_eq!(split_target(text), expected, "{text}");
        }
    }

    #[test]
    fn a_query_begins_outside_of_braces_and_parentheses() {
        for (target, path, query) in [
            ("/a", "/a", None),
            ("/a?", "/a", None),
            ("/a?b=c?", "/a", Some("b=c?")),
            ("/{a?}?b", "/{a?}", Some("b")),
            ("/a(b='?')?c", "/a(b='?')", Some("c")),
            ("/{a(b?)?}?c", "/{a(b?)?}", Some("c")),
            ("/a}?b", "/a}", Some("b")),
            ("/{a?b", "/{a?b", None),
        ] {
            assert_eq!(split_query(target), (path, query), "{target}");
        }
    }

    #[test]
    fn paths_are_tidied() {
        for (path, tidied) in [
            ("a", "/a"),
            ("//a//b/", "/a/b"),
            ("/a / b ", "/a/b"),
            ("/{a/b}/c", "/{a/b}/c"),
            ("/c/{a/b}", "/c/{a/b}"),
            ("/{a{b}/c}/d", "/{a{b}/c}/d"),
            ("/a}/b", "/a}/b"),
            ("/{a/b/c", "/{a}/b/c"),
            ("/{a/{b}/c", "/{a}/{b}/c"),
            ("/a/{b", "/a/{b}"),
            ("/a(b(c)/d", "/a(b(c))/d"),
            ("/a(b((c/d", "/a(b((c)))/d"),
            ("/a)b/c", "/a)b/c"),
        ] {
            assert_eq!(tidy(path).as_deref(), Ok(tidied), "{path}");
        }
        let longest = format!("/{}", "a".repeat(MAX_SEGMENT));
        assert_eq!(tidy(&longest), Ok(longest));
    }
}
