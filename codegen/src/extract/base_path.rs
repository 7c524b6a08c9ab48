//! Takes from an address what stands before the path: the host, the base below it, the version.

use crate::profile::Profile;

/// The path without host, base and version, the version, and whether there was any of them.
pub(super) fn strip_base(path: &str, profile: &Profile) -> (String, Option<String>, bool) {
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

#[cfg(test)]
mod tests {
    use super::strip_base;
    use crate::profile::Profile;

    #[test]
    fn what_stands_before_the_path_is_taken_off() {
        let mut profile = Profile::embedded().unwrap();
        profile.base_url = "https://api.harbour.example/{port}".to_owned();
        profile.paths.hosts = vec!["harbour.example".to_owned()];
        profile.paths.bases = vec!["/v1.0/{port}/api".to_owned(), "/api".to_owned()];
        for (address, path, version, prefixed) in [
            ("/berths/{id}", "/berths/{id}", None, false),
            ("berths/{id}", "berths/{id}", None, false),
            ("/beta/berths", "/berths", Some("beta"), true),
            ("/api/berths", "/berths", None, true),
            ("api/beta/berths", "/berths", Some("beta"), true),
            (
                "/v1.0/{port}/api/beta/berths",
                "/berths",
                Some("beta"),
                true,
            ),
            // Less than a base: the first segment is the version, as ever.
            ("/v1.0/{port}/berths", "/{port}/berths", Some("v1.0"), true),
            (
                "https://any.example/v1.0/berths",
                "/berths",
                Some("v1.0"),
                true,
            ),
            ("HTTP://any.example", "/", None, true),
            ("harbour.example/berths", "/berths", None, true),
            ("api.harbour.example/beta/x", "/x", Some("beta"), true),
            ("other.example/berths", "other.example/berths", None, false),
            ("~/beta/berths", "/berths", Some("beta"), true),
            // No hosts: there is nothing after the scheme, or a blank in it.
            ("https:///berths", "https:///berths", None, false),
            (
                "https://any example/x",
                "https://any example/x",
                None,
                false,
            ),
        ] {
            let expected = (path.to_owned(), version.map(str::to_owned), prefixed);
            assert_eq!(strip_base(address, &profile), expected, "{address}");
        }
    }
}
