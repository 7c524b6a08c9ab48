//! Reads request lines: `GET /users/{id | userPrincipalName}`, with or without host, version, slash and query.

use crate::profile::Profile;

/// The methods that pages use (RFC 9110, section 9.3, and RFC 5789).
const METHODS: &[&str] = &["GET", "POST", "PATCH", "PUT", "DELETE", "HEAD", "OPTIONS"];

/// The longest line that is read. The longest on real pages, with its query, has about 400 characters.
const MAX_LINE: usize = 2_000;

/// The most segments of a path. Each becomes a module, and the deepest real path has about 15.
const MAX_SEGMENTS: usize = 40;

/// The longest segment. It becomes a name of a module and a file, which some systems cut at 255 bytes.
const MAX_SEGMENT: usize = 200;

/// A request line as it reads, and what was repaired.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Reading {
    /// The method.
    pub(super) method: String,
    /// The path with its leading slash.
    pub(super) path: String,
    /// The query.
    pub(super) query: Option<String>,
    /// The version of a full URL or a prefixed path.
    pub(super) version: Option<String>,
    /// What had to be repaired or was left aside.
    pub(super) repairs: Vec<String>,
    /// Text after the path that looks like another request line, or like a part of one.
    pub(super) rest: Option<String>,
}

/// The method of a line and the text after it; `None` for lines that are no request.
pub(super) fn method_of(line: &str) -> Option<(&'static str, &str)> {
    let line = line.trim().trim_start_matches(['>', '-', '*', '`', ' ']);
    METHODS.iter().find_map(|method| {
        let rest = line.strip_prefix(method)?;
        let rest = rest.trim_start_matches('*');
        rest.starts_with(|c: char| c.is_whitespace() || matches!(c, '/' | ':'))
            .then_some((*method, rest))
    })
}

/// Reads a line.
///
/// # Errors
///
/// It is no request line; the text says what was expected, or which limit it exceeds.
pub(super) fn read(line: &str, profile: &Profile) -> Result<Reading, String> {
    let expected = || "expected a method and a path".to_owned();
    if line.len() > MAX_LINE {
        return Err(format!("it is longer than {MAX_LINE} characters"));
    }
    let (method, rest) = method_of(line).ok_or_else(expected)?;
    let mut repairs = Vec::new();
    if rest.starts_with('/') {
        repairs.push("the blank after the method is missing".to_owned());
    }
    let target = rest
        .trim_start_matches([':', ' ', '\t', '\u{a0}'])
        .trim_end_matches(['`', ' ', '\t', ',', ';']);
    let target = target
        .replace("\\{", "{")
        .replace("\\}", "}")
        .replace("&lt;", "<")
        .replace("&gt;", ">");
    let (target, remark) = split_target(&target);
    let target = target.trim_end_matches([',', ';']);
    let rest = holds_another(&remark).then(|| remark.clone());
    if !remark.is_empty() && rest.is_none() {
        repairs.push(format!("`{remark}` after the path was left aside"));
    }
    // An address is a path or a URL: a word such as `**` or `the` is neither.
    let starts = target.starts_with(|c: char| {
        c.is_ascii_alphanumeric() || matches!(c, '/' | '{' | '<' | '~' | '$')
    });
    if !starts || (remark.contains(' ') && !target.contains('/')) {
        return Err(expected());
    }
    let (path, query) = split_query(target);
    let (path, version, prefixed) = strip_base(path, profile);
    let habits = &profile.paths;
    if prefixed && !habits.with_base {
        repairs.push("host and version are not part of the path".to_owned());
    } else if !prefixed && !path.starts_with('/') && !habits.without_slash {
        repairs.push("the leading slash is missing".to_owned());
    }
    let path = tidy(&path)?;
    Ok(Reading {
        method: method.to_owned(),
        path,
        query: query.map(str::to_owned),
        version,
        repairs,
        rest,
    })
}

/// Whether a remark after a path holds a method or a slash, so that it may be a request of its own.
fn holds_another(remark: &str) -> bool {
    remark.contains('/')
        || remark
            .split(|c: char| !c.is_ascii_alphabetic())
            .any(|word| METHODS.contains(&word))
}

/// The address at the start of a text, and what follows it. Blanks inside braces, parentheses, angle brackets and the
/// query belong to the address.
fn split_target(text: &str) -> (String, String) {
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
            Some(end) => at += end + 1,
            None => at += 1,
        }
    }
    text.len()
}

/// The path and the query. A `?` inside braces or quotes is neither's limit.
fn split_query(target: &str) -> (&str, Option<&str>) {
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

/// The path without host, base and version, the version, and whether there was any of them.
fn strip_base(path: &str, profile: &Profile) -> (String, Option<String>, bool) {
    let mut rest = path
        .strip_prefix('~')
        .filter(|rest| rest.starts_with('/'))
        .unwrap_or(path);
    let mut prefixed = false;
    if let Some(end) = host_end(rest, profile) {
        prefixed = true;
        rest = rest[end..].trim_start_matches('/');
    }
    let mut bare = rest.trim_start_matches('/');
    let bases = profile.paths.bases.iter();
    if let Some(length) = bases.filter_map(|base| base_end(bare, base)).max() {
        prefixed = true;
        bare = bare[length..].trim_start_matches('/');
        rest = bare;
    }
    let first = bare.split('/').next().unwrap_or_default();
    let version = profile
        .versions
        .iter()
        .find(|version| version.eq_ignore_ascii_case(first));
    match version {
        Some(version) => {
            let rest = bare[first.len()..].trim_start_matches('/');
            (format!("/{rest}"), Some(version.clone()), true)
        }
        None if prefixed => (format!("/{rest}"), None, true),
        None => (rest.to_owned(), None, false),
    }
}

/// Where the host of a URL ends: after a scheme any, without one only a host of the service.
fn host_end(url: &str, profile: &Profile) -> Option<usize> {
    let lower = url.to_ascii_lowercase();
    let after_scheme = ["https:/", "http:/"].iter().find_map(|scheme| {
        let rest = lower.strip_prefix(scheme)?;
        Some(rest.strip_prefix('/').unwrap_or(rest))
    });
    let (authority, known) = match after_scheme {
        Some(rest) => (rest, true),
        None => (lower.as_str(), false),
    };
    let host = authority.split('/').next().unwrap_or_default();
    let listed = || {
        let of_base = profile.base_url.strip_prefix("https://")?;
        let own = of_base.split('/').next()?;
        let hosts = profile.paths.hosts.iter().map(String::as_str);
        hosts
            .chain([own])
            .find(|known| host.eq_ignore_ascii_case(known))
    };
    let is_host = !host.is_empty() && !host.contains(char::is_whitespace);
    (is_host && (known || listed().is_some())).then(|| lower.len() - authority.len() + host.len())
}

/// Where a base ends that a path begins with, segment by segment; a name in braces is any segment.
fn base_end(path: &str, base: &str) -> Option<usize> {
    let mut end = 0;
    for wanted in base.trim_matches('/').split('/') {
        let rest = path[end..].trim_start_matches('/');
        let start = path.len() - rest.len();
        let segment = rest
            .split('/')
            .next()
            .filter(|segment| !segment.is_empty())?;
        if !wanted.starts_with('{') && !wanted.eq_ignore_ascii_case(segment) {
            return None;
        }
        end = start + segment.len();
    }
    Some(end)
}

/// The version that a URL names.
pub(super) fn version_of(url: &str, profile: &Profile) -> Option<String> {
    strip_base(url, profile).1
}

/// One leading slash, none at the end, none doubled, no blanks around segments; or which limit the path exceeds.
fn tidy(path: &str) -> Result<String, String> {
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
    if depth > 0 && segment.contains('/') {
        let parts: Vec<&str> = segment.split('/').collect();
        let last = parts.len() - 1;
        for (index, part) in parts.iter().enumerate() {
            let open = part.matches('{').count() > part.matches('}').count();
            segments.push(if open && index < last {
                format!("{part}}}")
            } else {
                (*part).to_owned()
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
    Ok(format!("/{}", segments.join("/")))
}

#[cfg(test)]
mod tests {
    use super::read;
    use crate::profile::Profile;

    fn parts(line: &str) -> Option<(String, Option<String>)> {
        read(line, &Profile::embedded().unwrap())
            .ok()
            .map(|read| (format!("{} {}", read.method, read.path), read.query))
    }

    #[test]
    fn request_lines_of_real_pages_are_read() {
        for (line, target, query) in [
            (
                "GET /users/{id | userPrincipalName}",
                "GET /users/{id | userPrincipalName}",
                None,
            ),
            (
                "DELETE /groups/{id}/calendar/events/{id}/",
                "DELETE /groups/{id}/calendar/events/{id}",
                None,
            ),
            (
                "POST /deviceAppManagement/mobileApps//assignCategories",
                "POST /deviceAppManagement/mobileApps/assignCategories",
                None,
            ),
            ("GET me/drive", "GET /me/drive", None),
            (
                "DELETE/identity/userFlows/{id}",
                "DELETE /identity/userFlows/{id}",
                None,
            ),
            (
                "POST https://graph.microsoft.com/beta/sites/{site-id}/lists",
                "POST /sites/{site-id}/lists",
                None,
            ),
            ("GET /beta/teams/{id}/photo", "GET /teams/{id}/photo", None),
            (
                "GET /me/calendarView?startDateTime={a}&endDateTime={b}",
                "GET /me/calendarView",
                Some("startDateTime={a}&endDateTime={b}"),
            ),
            (
                "GET /me/messages?$filter=id eq '{id_value}'",
                "GET /me/messages",
                Some("$filter=id eq '{id_value}'"),
            ),
            (
                "GET /drive/root:/{path and filename}:/content",
                "GET /drive/root:/{path and filename}:/content",
                None,
            ),
            (
                "POST /groups/{group-id/drive/items/{item-id}/follow",
                "POST /groups/{group-id}/drive/items/{item-id}/follow",
                None,
            ),
        ] {
            assert_eq!(
                parts(line),
                Some((target.to_owned(), query.map(str::to_owned))),
                "{line}"
            );
        }
        assert_eq!(
            parts("POST ** Collection URI for some.internal.type not found"),
            None
        );
        assert_eq!(parts("Content-Type: application/json"), None);
        assert_eq!(parts("or"), None);
        assert_eq!(
            parts("GET /me/events;"),
            Some(("GET /me/events".to_owned(), None))
        );
    }

    #[test]
    fn a_second_request_on_a_line_is_kept_apart() {
        let profile = Profile::embedded().unwrap();
        let read = |line| read(line, &profile).unwrap();
        let both = read("GET /me/events, GET /users/{id}/events");
        assert_eq!(both.path, "/me/events");
        assert_eq!(both.rest.as_deref(), Some("GET /users/{id}/events"));
        let remark = read("GET /me/events (preview)");
        assert_eq!((remark.rest, remark.repairs.len()), (None, 1));
    }

    #[test]
    fn lines_beyond_all_measure_are_refused() {
        let profile = Profile::embedded().unwrap();
        for (line, limit) in [
            (format!("GET /me?a={}", "b".repeat(2_000)), "2000"),
            (format!("GET {}", "/a".repeat(41)), "40"),
            (format!("GET /{}", "a".repeat(201)), "200"),
        ] {
            let why = read(&line, &profile).unwrap_err();
            assert!(why.contains(limit), "{why}");
        }
        assert!(read(&format!("GET {}", "/a".repeat(40)), &profile).is_ok());
    }
}
