//! Where a page is published.

use crate::corpus::stem;
use crate::profile::Profile;

/// The public address of a page, where pages have one; that of the default version where no other is given.
#[must_use]
pub fn address(profile: &Profile, page: &str, version: Option<&str>) -> Option<String> {
    let template = profile.documentation_url.as_ref()?;
    let version = version.unwrap_or(&profile.default_version);
    let version = profile
        .version_aliases
        .get(version)
        .map_or(version, String::as_str);
    let folders = &profile.folders.resources;
    let is_resource = page
        .split('/')
        .any(|part| folders.iter().any(|name| name.eq_ignore_ascii_case(part)));
    let name: String = stem(page)
        .chars()
        .filter(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'))
        .collect();
    let folder = if is_resource { "resources/" } else { "" };
    Some(
        template
            .replace("{folder}", folder)
            .replace("{page}", &name)
            .replace("{version}", version),
    )
}
