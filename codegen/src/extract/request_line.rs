//! Reads request lines: `GET /users/{id | userPrincipalName}`, with or without host, version, slash and query.

use super::address::{choice, split_query, split_target, tidy};
use super::base_path::strip_base;
use crate::profile::Profile;

/// The methods that pages use (RFC 9110, section 9.3, and RFC 5789).
const METHODS: &[&str] = &["GET", "POST", "PATCH", "PUT", "DELETE", "HEAD", "OPTIONS"];

/// The longest line that is read. The longest on real pages, with its query, has about 400 characters.
const MAX_LINE: usize = 2_000;

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
    let (mut target, mut remark) = split_target(&target);
    if let Some(whole) = choice(&target, &remark) {
        target = whole;
        remark = String::new();
        repairs.push("the alternative after the placeholder belongs into its braces".to_owned());
    }
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
    if path.contains("//") {
        repairs.push("a slash is doubled".to_owned());
    }
    let count = |marks: [char; 2]| marks.map(|mark| path.matches(mark).count());
    if [['{', '}'], ['(', ')']]
        .into_iter()
        .map(count)
        .any(|[opened, closed]| opened != closed)
    {
        repairs.push("a brace or a parenthesis lacks its counterpart".to_owned());
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

/// The request line in a remark after a path: after a comma, or a word such as `or`, a method and an address.
pub(super) fn another(remark: &str) -> Option<&str> {
    let text = remark.trim_start_matches([',', ';', ' ']);
    let text = match text.split_once(' ') {
        Some((word, rest)) if ["or", "and"].contains(&word) => rest.trim_start(),
        _ => text,
    };
    method_of(text)
        .is_some_and(|(_, rest)| rest.trim_start().starts_with(['/', '{']))
        .then_some(text)
}

/// Whether a remark after a path holds a method or a slash, so that it may be a request of its own.
fn holds_another(remark: &str) -> bool {
    remark.contains('/')
        || remark
            .split(|c: char| !c.is_ascii_alphabetic())
            .any(|word| METHODS.contains(&word))
}

#[cfg(test)]
mod tests {
    use super::{MAX_LINE, read};
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
        assert_eq!(
            both.rest.as_deref().and_then(super::another),
            Some("GET /users/{id}/events")
        );
        assert_eq!(
            read("GET /ships/{id} | name/crew").path,
            "/ships/{id | name}/crew"
        );
        assert_eq!(read("GET /a/b(c='{d}'/e").path, "/a/b(c='{d}')/e");
        assert_eq!(both.rest.as_deref(), Some("GET /users/{id}/events"));
        assert_eq!(
            read("GET /me/events or DELETE").rest.as_deref(),
            Some("or DELETE")
        );
        let remark = read("GET /me/events (preview)");
        assert_eq!((remark.rest, remark.repairs.len()), (None, 1));
    }

    #[test]
    fn what_was_repaired_is_said_unless_it_is_a_habit_of_the_pages() {
        let strict = Profile::embedded().unwrap();
        let mut lax = strict.clone();
        lax.paths.with_base = true;
        lax.paths.without_slash = true;
        for (line, said, of_habit) in [
            ("GET /me/events", None, false),
            (
                "DELETE/me/events",
                Some("the blank after the method"),
                false,
            ),
            ("GET me/events", Some("the leading slash"), true),
            (
                "GET https://graph.microsoft.com/v1.0/me",
                Some("host"),
                true,
            ),
            ("GET /me//events", Some("a slash is doubled"), false),
            ("GET /me/{id/events", Some("a brace or"), false),
            ("GET /me/{id}}/events", Some("a brace or"), false),
            ("GET /me/a(b='{c}'/events", Some("a brace or"), false),
            ("GET /me/events (preview)", Some("`(preview)` after"), false),
            ("GET /me/events, GET /me", None, false),
            (
                "GET /ships/{id} | name/crew",
                Some("the alternative"),
                false,
            ),
        ] {
            for (profile, silent) in [(&strict, false), (&lax, of_habit)] {
                let repairs = read(line, profile).unwrap().repairs;
                let said = said.filter(|_| !silent);
                assert_eq!(repairs.len(), usize::from(said.is_some()), "{line}");
                let begins = |said| repairs[0].starts_with(said);
                assert!(said.is_none_or(begins), "{line}: {repairs:?}");
            }
        }
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
        let longest = format!("GET /me?a={}", "b".repeat(MAX_LINE - 10));
        assert!(read(&longest, &profile).is_ok());
    }
}
