//! A tree that is another one several times: the copies have names of their own for types, paths and pages, so that a
//! generator has several times as much to do.

use std::fs;
use std::path::Path;

use graph_codegen::cli::{self, write_whole};
use graph_codegen::profile::Profile;

use super::step::files;
use crate::failure::Failure;

/// How request lines begin.
const METHODS: [&str; 5] = ["DELETE /", "GET /", "PATCH /", "POST /", "PUT /"];

/// Writes the tree of `docs`, which `profile` describes, to `folder`, `times` times.
pub(super) fn repeat(
    docs: &Path,
    profile: &Profile,
    folder: &Path,
    times: usize,
) -> Result<(), Failure> {
    if folder.exists() {
        fs::remove_dir_all(folder).map_err(cli::Failure::file("remove", folder))?;
    }
    let included = &profile.folders.includes;
    for path in files(docs)? {
        let below = path.strip_prefix(docs).unwrap_or(&path);
        let to = folder.join(below);
        let parent = to.parent().unwrap_or(folder);
        fs::create_dir_all(parent).map_err(cli::Failure::file("create the folder", parent))?;
        fs::copy(&path, &to).map_err(cli::Failure::file("copy", &path))?;
        let is_part = included.iter().any(|name| below.starts_with(name));
        let is_page = below.extension().is_some_and(|name| name == "md") && !is_part;
        // What is not UTF-8 is no page, and a part of pages is there for all copies.
        let Some(text) = is_page.then(|| fs::read_to_string(&path).ok()).flatten() else {
            continue;
        };
        let name = below.file_name().unwrap_or_default().to_string_lossy();
        for copy in 1..times {
            let file = parent.join(format!("c{copy}-{name}"));
            write_whole(&file, &renamed(&text, profile, copy))?;
        }
    }
    Ok(())
}

/// The text of a page with the names of a copy.
fn renamed(text: &str, profile: &Profile, copy: usize) -> String {
    let Profile {
        namespace,
        base_url,
        versions,
        ..
    } = profile;
    let mut names = vec![(namespace.clone(), format!("{namespace}.c{copy}"))];
    for version in versions {
        let root = format!("{base_url}/{version}/");
        names.push((root.clone(), format!("{root}c{copy}")));
    }
    let mut out = String::with_capacity(text.len() + text.len() / 16);
    for line in text.split_inclusive('\n') {
        let start = line.trim_start();
        let is_request = METHODS.iter().any(|method| start.starts_with(method));
        let mut line = line.to_owned();
        for (name, renamed) in &names {
            line = line.replace(name.as_str(), renamed);
        }
        if is_request {
            line = line.replacen(" /", &format!(" /c{copy}"), 1);
        }
        out.push_str(&line);
    }
    linked(&out, profile, copy)
}

/// The text with the names of a copy in its links to pages.
fn linked(text: &str, profile: &Profile, copy: usize) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("](") {
        let (before, after) = rest.split_at(at + 2);
        out.push_str(before);
        rest = after;
        let target = &after[..after.find(')').unwrap_or(0)];
        let path = target.split('#').next().unwrap_or_default();
        let (folder, file) = path.split_at(path.rfind('/').map_or(0, |at| at + 1));
        let mut folders = folder.split('/');
        let is_part =
            folders.any(|folder| profile.folders.includes.iter().any(|name| name == folder));
        if file.ends_with(".md") && !folder.contains("://") && !is_part {
            out.push_str(folder);
            out.push_str(&format!("c{copy}-"));
            rest = &after[folder.len()..];
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use graph_codegen::profile::Profile;

    use super::renamed;

    #[test]
    fn a_copy_has_its_own_names() {
        let profile = Profile::embedded().unwrap();
        let page = format!(
            "Namespace: {0}\n[a](user.md#x) [b](../api/user-get.md) [c](https://x.org/a.md)\nGET /users/{{id}}\nGET {1}/v1.0/me\n",
            profile.namespace, profile.base_url,
        );
        let copy = format!(
            "Namespace: {0}.c1\n[a](c1-user.md#x) [b](../api/c1-user-get.md) [c](https://x.org/a.md)\nGET /c1users/{{id}}\nGET {1}/v1.0/c1me\n",
            profile.namespace, profile.base_url,
        );
        assert_eq!(renamed(&page, &profile, 1), copy);
    }
}
