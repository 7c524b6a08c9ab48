//! Loads one file: encoding, line ends, front matter, include directives.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::MAX_PAGE_BYTES;
use super::walk::File;
use crate::corpus::{Folder, Page};
use crate::diagnostics::{Diagnostic, Diagnostics, Rule};
use crate::profile::Profile;

/// Reads a file, or says why it cannot be read.
pub(super) fn load(file: File, profile: &Profile, diagnostics: &mut Diagnostics) -> Option<Page> {
    let unreadable = |error: std::io::Error| {
        Diagnostic::on_file(
            Rule::UnreadableFile,
            file.relative.clone(),
            format!("this file cannot be read: {error}"),
        )
    };
    let read = match super::file::regular(&file.path) {
        Ok(metadata) if metadata.len() > MAX_PAGE_BYTES => {
            Err(too_large(&file.relative, metadata.len()))
        }
        Ok(_) => super::file::bytes(&file.path, MAX_PAGE_BYTES).map_err(unreadable),
        Err(error) => Err(unreadable(error)),
    };
    match read {
        Ok(bytes) => of_bytes(file.relative, bytes, profile, diagnostics),
        Err(refusal) => {
            diagnostics.push(refusal);
            None
        }
    }
}

/// The finding of a file with more bytes than a page may have.
fn too_large(relative: &str, size: u64) -> Diagnostic {
    Diagnostic::on_file(
        Rule::PageTooLarge,
        relative,
        format!("this file has {size} bytes and was not read; a page may have {MAX_PAGE_BYTES}"),
    )
}

/// Makes a page of what a file holds, or says why it cannot be one.
pub(super) fn of_bytes(
    relative: String,
    bytes: Vec<u8>,
    profile: &Profile,
    diagnostics: &mut Diagnostics,
) -> Option<Page> {
    let size = bytes.len() as u64;
    if size > MAX_PAGE_BYTES {
        // Of a file this means that it has grown since it was looked at.
        diagnostics.push(too_large(&relative, size));
        return None;
    }
    let text = match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            diagnostics.push(Diagnostic::on_file(
                Rule::NotUtf8,
                relative,
                format!(
                    "this file is not UTF-8 at byte {} and was not read",
                    error.utf8_error().valid_up_to()
                ),
            ));
            return None;
        }
    };
    let text = normalize(&text);
    let (front_matter, body) = front_matter(&text);
    Some(Page {
        folder: folder(&relative, profile),
        path: relative,
        text,
        body,
        front_matter,
        includes: Vec::new(),
    })
}

/// Strips the byte order mark and folds CR and CRLF to LF, so that lines are lines for every later stage.
fn normalize(text: &str) -> String {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.contains('\r') {
        text.replace("\r\n", "\n").replace('\r', "\n")
    } else {
        text.to_owned()
    }
}

/// The `key: value` lines between two `---` lines at the start, and where the text after them begins.
fn front_matter(text: &str) -> (Vec<(String, String)>, usize) {
    let Some((_, rest)) = text
        .split_once('\n')
        .filter(|(first, _)| first.trim_end() == "---")
    else {
        return (Vec::new(), 0);
    };
    let mut pairs = Vec::new();
    let mut at = text.len() - rest.len();
    for line in rest.split_inclusive('\n') {
        at += line.len();
        let line = line.trim_end();
        if line == "---" {
            return (pairs, at);
        }
        // A page that begins with a thematic break has no front matter: a heading cannot stand in one.
        if line.starts_with("# ") {
            break;
        }
        if let Some((key, value)) = line.split_once(':') {
            let value = value.trim().trim_matches(['"', '\'']);
            pairs.push((key.trim().to_owned(), value.to_owned()));
        }
    }
    (Vec::new(), 0)
}

/// What the nearest folder with a known name says.
fn folder(relative: &str, profile: &Profile) -> Folder {
    let names = &profile.folders;
    relative
        .rsplit('/')
        .skip(1)
        .find_map(|name| {
            let is = |list: &[String]| list.iter().any(|known| known.eq_ignore_ascii_case(name));
            if is(&names.includes) {
                Some(Folder::Includes)
            } else if is(&names.api) {
                Some(Folder::Api)
            } else if is(&names.resources) {
                Some(Folder::Resources)
            } else {
                None
            }
        })
        .unwrap_or(Folder::Other)
}

/// `[!INCLUDE [title](path)]`, as the publishing system of the pages has it.
static INCLUDE: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?i)\[!include[ -]*\[[^\]\n]*\]\(([^)\n]+)\)\s*\]").ok());

/// The include directives of a page: where, and the path.
pub(super) fn include_directives(page: &Page) -> Vec<(Range<usize>, String)> {
    let Some(pattern) = INCLUDE.as_ref() else {
        return Vec::new();
    };
    pattern
        .captures_iter(&page.text)
        .filter_map(|captures| {
            let whole = captures.get(0)?;
            let path = captures.get(1)?.as_str().trim();
            Some((whole.range(), path.to_owned()))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{front_matter, normalize};

    #[test]
    fn front_matter_is_flat_and_optional() {
        let text = "---\ntitle: driveItem: createLink\ndoc_type: \"apiPageType\"\n---\n\n# T\n";
        let (pairs, body) = front_matter(text);
        assert_eq!(
            pairs[0],
            ("title".to_owned(), "driveItem: createLink".to_owned())
        );
        assert_eq!(pairs[1].1, "apiPageType");
        assert_eq!(&text[body..], "\n# T\n");
        assert_eq!(front_matter("--- \ntitle: a\n---\n# T\n").0.len(), 1);
        assert_eq!(front_matter("# T\n---\n").1, 0);
        assert_eq!(front_matter("---\n# T\n---\n").1, 0);
    }

    #[test]
    fn line_ends_are_folded() {
        assert_eq!(normalize("\u{feff}# T\r\r> a\r\nb\n"), "# T\n\n> a\nb\n");
    }
}
