//! Reads paths: segments with placeholders, keys in parentheses, arguments of functions.

use crate::model::{ELISION, Part, Segment};

/// The segments of a path as documented: `/users/{id | userPrincipalName}/messages`.
pub(super) fn segments(path: &str) -> Vec<Segment> {
    let mut segments: Vec<Segment> = Vec::new();
    for text in split(path) {
        let after_colon = segments.last().is_some_and(ends_with_colon);
        segments.push(Segment {
            parts: parts(&text, after_colon),
        });
    }
    segments
}

/// Whether what follows a segment is a path of its own: `root:/{item-path}:/content` (drive items by path).
fn ends_with_colon(segment: &Segment) -> bool {
    let opens = |text: &str| text.ends_with(':') && text.len() > 1;
    matches!(segment.parts.last(), Some(Part::Literal(text)) if opens(text))
}

/// The texts between the slashes that are outside of braces, parentheses and angle brackets.
fn split(path: &str) -> Vec<String> {
    let mut texts = vec![String::new()];
    let mut depth = 0_usize;
    for (at, c) in path.char_indices() {
        match c {
            '{' | '<' => depth += 1,
            '(' if path[at..].contains(')') => depth += 1,
            '}' | ')' | '>' => depth = depth.saturating_sub(1),
            '/' if depth == 0 => {
                texts.push(String::new());
                continue;
            }
            _ => {}
        }
        if let Some(last) = texts.last_mut() {
            last.push(c);
        }
    }
    texts.retain(|text| !text.is_empty());
    texts
}

/// The parts of a segment.
fn parts(segment: &str, is_path: bool) -> Vec<Part> {
    if segment == ELISION {
        return vec![placeholder(ELISION, false, true)];
    }
    if is_sample_id(segment) {
        return vec![placeholder("id", false, false)];
    }
    let mut parts: Vec<Part> = Vec::new();
    let mut rest = sample_arguments(segment);
    while let Some(open) = rest.find(['{', '<']) {
        let (mark, close) = if rest[open..].starts_with('{') {
            ('{', '}')
        } else {
            ('<', '>')
        };
        let inner = &rest[open..];
        let Some(end) = inner.find(close) else { break };
        let after = inner[end..].trim_start_matches(close);
        let name = inner[1..end].trim_matches([mark, ' ', '\'']).to_owned();
        let quoted = rest[..open].ends_with('\'') && after.starts_with('\'');
        literal(&mut parts, &rest[..open]);
        parts.push(placeholder(
            if name.is_empty() { "value" } else { &name },
            quoted,
            is_path,
        ));
        rest = after.to_owned();
    }
    literal(&mut parts, &rest);
    parts
}

fn placeholder(name: &str, quoted: bool, path: bool) -> Part {
    Part::Placeholder {
        name: name.to_owned(),
        quoted,
        path,
    }
}

/// Adds literal text; braces that belong to no placeholder are dropped, since no URL holds them.
fn literal(parts: &mut Vec<Part>, text: &str) {
    let text = text.replace(['{', '}', '<', '>'], "");
    if !text.is_empty() {
        parts.push(Part::Literal(text));
    }
}

/// Turns the sample values of a function's arguments into placeholders of the arguments' names:
/// `image(width=640,fittingMode='fit')` is `image(width={width},fittingMode='{fittingMode}')`.
fn sample_arguments(segment: &str) -> String {
    let Some((function, rest)) = segment.split_once('(') else {
        return segment.to_owned();
    };
    let (arguments, after) = rest.rsplit_once(')').unwrap_or((rest, ""));
    if arguments.trim().is_empty() {
        return format!("{function}(){after}");
    }
    let arguments: Vec<String> = split_arguments(arguments)
        .into_iter()
        .map(|argument| match argument.split_once('=') {
            Some((name, value)) => {
                let (name, value) = (name.trim(), value.trim());
                if value.contains(['{', '<']) || value.starts_with('@') {
                    format!("{name}={value}")
                } else if value.starts_with('\'') {
                    format!("{name}='{{{name}}}'")
                } else {
                    format!("{name}={{{name}}}")
                }
            }
            None => argument.trim().to_owned(),
        })
        .collect();
    format!("{function}({}){after}", arguments.join(","))
}

/// The arguments between commas that are outside of quotes and braces.
fn split_arguments(text: &str) -> Vec<String> {
    let mut arguments = vec![String::new()];
    let (mut quoted, mut depth) = (false, 0_usize);
    for c in text.chars() {
        match c {
            '\'' => quoted = !quoted,
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            ',' if !quoted && depth == 0 => {
                arguments.push(String::new());
                continue;
            }
            _ => {}
        }
        if let Some(last) = arguments.last_mut() {
            last.push(c);
        }
    }
    arguments
}

/// Whether a segment is a sample identifier: a GUID.
fn is_sample_id(segment: &str) -> bool {
    let groups: Vec<usize> = segment.split('-').map(str::len).collect();
    groups == [8, 4, 4, 4, 12] && segment.chars().all(|c| c.is_ascii_hexdigit() || c == '-')
}

/// The names and texts of a query: `startDateTime={start_datetime}&endDateTime={end_datetime}`.
pub(super) fn query(text: &str) -> Vec<(String, String)> {
    let mut pairs: Vec<(String, String)> = Vec::new();
    let (mut depth, mut start) = (0_usize, 0);
    let mut items = Vec::new();
    for (at, c) in text.char_indices() {
        match c {
            '{' | '(' => depth += 1,
            '}' | ')' => depth = depth.saturating_sub(1),
            '&' if depth == 0 => {
                items.push(&text[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    items.push(&text[start..]);
    for item in items
        .into_iter()
        .map(str::trim)
        .filter(|item| !item.is_empty())
    {
        let (name, value) = item.split_once('=').unwrap_or((item, ""));
        let name = name.trim().trim_start_matches('?');
        pairs.push((name.to_owned(), value.trim().to_owned()));
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::{query, segments};
    use crate::model::Part;

    fn show(path: &str) -> String {
        segments(path)
            .iter()
            .map(|segment| {
                let parts: Vec<String> = segment
                    .parts
                    .iter()
                    .map(|part| match part {
                        Part::Literal(text) => text.clone(),
                        Part::Placeholder { name, quoted, path } => {
                            format!(
                                "<{name}{}{}>",
                                if *quoted { " quoted" } else { "" },
                                if *path { " path" } else { "" }
                            )
                        }
                    })
                    .collect();
                parts.concat()
            })
            .collect::<Vec<_>>()
            .join("/")
    }

    #[test]
    fn paths_of_real_pages_are_read() {
        for (path, expected) in [
            (
                "/users/{id | userPrincipalName}/messages",
                "users/<id | userPrincipalName>/messages",
            ),
            (
                "/me/drive/root:/{item-path}:/content",
                "me/drive/root:/<item-path path>:/content",
            ),
            (
                "/reports/getX(period='{period_value}')",
                "reports/getX(period='<period_value quoted>')",
            ),
            (
                "/charts/{name}/image(width=640,fittingMode='fit')",
                "charts/<name>/image(width=<width>,fittingMode='<fittingMode quoted>')",
            ),
            ("/charts(<name>)/series", "charts(<name>)/series"),
            (
                "/accessReviews('{reviewId}')/reviewers",
                "accessReviews('<reviewId quoted>')/reviewers",
            ),
            (
                "/users/6e7b768e-07e2-4810-8459-485f84f8f204/x",
                "users/<id>/x",
            ),
            (
                "/range(address='<address>'/EntireRow",
                "range(address='<address quoted>')/EntireRow",
            ),
            ("/users/delta()", "users/delta()"),
            (
                "/me/mailFolders/{id}/.../messages",
                "me/mailFolders/<id>/<... path>/messages",
            ),
            ("/users/{id/name}/x", "users/<id/name>/x"),
            ("/rows(range='a/b')/x", "rows(range='<range quoted>')/x"),
            ("/rows(range/x", "rows(range)/x"),
            ("/f(a='x,y',b={c,d},e=3)", "f(a='<a quoted>',b=<c,d>,e=<e>)"),
            ("/f(a={b,c=1})", "f(a=<b,c=1>)"),
            // A colon alone is no name that a path follows.
            (
                "/items/{id}:/{name}:/content",
                "items/<id>:/<name>:/content",
            ),
            ("/items('{id})", "items('<id>)"),
            ("/items({id}')", "items(<id>')"),
            // No GUIDs: other digits, other groups.
            (
                "/6e7b768e-07e2-4810-8459-485f84f8f20z",
                "6e7b768e-07e2-4810-8459-485f84f8f20z",
            ),
            ("/6e7b768e-07e2", "6e7b768e-07e2"),
        ] {
            assert_eq!(show(path), expected, "{path}");
        }
    }

    #[test]
    fn queries_are_pairs() {
        let pairs = query("startDateTime={a}&$filter=id eq '{id_value}' and x(a&b)");
        assert_eq!(pairs[0], ("startDateTime".to_owned(), "{a}".to_owned()));
        assert_eq!(
            pairs[1],
            (
                "$filter".to_owned(),
                "id eq '{id_value}' and x(a&b)".to_owned()
            )
        );
    }
}
