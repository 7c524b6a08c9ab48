//! Compares requests as people write them with those of the model: names of placeholders do not count.

use crate::model::{Operation, Segment, normalized};
use crate::profile::Profile;

/// A request or a path as it was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Wanted {
    /// The method, in capitals; none for a path alone.
    pub(super) method: Option<String>,
    /// The segments in lower case, placeholders as `{}`.
    segments: Vec<String>,
    /// Whether more segments may follow: `/users/...`.
    pub(super) open: bool,
}

impl Wanted {
    /// Reads `GET /users/{id}`, `/users/{id}`, or a full URL; `None` for other names.
    pub(super) fn read(name: &str, profile: &Profile) -> Option<Self> {
        let (method, path) = match name.split_once(char::is_whitespace) {
            Some((method, path)) if method.bytes().all(|byte| byte.is_ascii_alphabetic()) => {
                (Some(method.to_uppercase()), path.trim())
            }
            _ => (None, name),
        };
        let (path, is_url) = match path.split_once("://") {
            Some((_, rest)) => (rest.split_once('/').map_or("", |(_, path)| path), true),
            None => (path, false),
        };
        if method.is_none() && !is_url && !path.starts_with('/') {
            return None;
        }
        let path = without_names(path.split('?').next().unwrap_or_default()).to_lowercase();
        let path = path.trim_matches('/');
        let (path, open) = match path.strip_suffix("...").or_else(|| path.strip_suffix('*')) {
            Some(path) => (path.trim_end_matches('/'), true),
            None => (path, false),
        };
        let mut segments: Vec<String> = path.split('/').map(str::to_owned).collect();
        let is_version = |segment: &String| profile.versions.contains(segment);
        if segments.first().is_some_and(is_version) {
            segments.remove(0);
        }
        Some(Self {
            method,
            segments,
            open,
        })
    }

    /// Whether an operation is meant. With `values`, what stands for a placeholder may be anything.
    pub(super) fn means(&self, operation: &Operation, values: bool) -> bool {
        let of_method = self
            .method
            .as_ref()
            .is_none_or(|method| *method == operation.method);
        let path = &operation.path;
        let long_enough = if self.open {
            path.len() >= self.segments.len()
        } else {
            path.len() == self.segments.len()
        };
        of_method
            && long_enough
            && self
                .segments
                .iter()
                .zip(path)
                .all(|(wanted, segment)| *wanted == plain(segment) || values && segment.is_key())
    }
}

/// A segment in lower case, placeholders as `{}`.
fn plain(segment: &Segment) -> String {
    let text = normalized(std::slice::from_ref(segment));
    text.trim_start_matches('/').to_owned()
}

/// A path with what stands in braces or angle brackets left out.
fn without_names(path: &str) -> String {
    let mut text = String::new();
    let mut depth = 0;
    for c in path.chars() {
        match c {
            '{' | '<' => {
                if depth == 0 {
                    text.push_str("{}");
                }
                depth += 1;
            }
            '}' | '>' => depth = std::cmp::max(depth - 1, 0),
            c if depth == 0 => text.push(c),
            _ => {}
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::Wanted;
    use crate::profile::Profile;

    #[test]
    fn requests_are_read_in_all_ways_that_people_write_them() {
        let profile = Profile::embedded().unwrap();
        let read = |name: &str| Wanted::read(name, &profile);
        let plain = read("GET /users/{id}");
        assert_eq!(plain, read("get users/{id | name}/"));
        assert_eq!(
            plain,
            read("GET https://example.org/v1.0/Users/<key>?$top=1")
        );
        assert_eq!(read("/me").and_then(|wanted| wanted.method), None);
        assert!(read("/users/...").is_some_and(|wanted| wanted.open));
        assert_eq!(read("user"), None);
        assert_eq!(read("user.mail"), None);
    }
}
