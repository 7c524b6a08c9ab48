//! The sources of the workspace as text: with and without comments, strings and test modules.

use std::path::{Path, PathBuf};

/// A file of Rust.
pub(crate) struct Source {
    /// The path below the workspace, joined by `/`.
    pub(crate) path: String,
    /// The text.
    pub(crate) text: String,
}

/// The folder of the workspace.
pub(crate) fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The Rust files below folders of the workspace, in order. Of a folder that is not there yet there are none.
pub(crate) fn sources(folders: &[&str]) -> Vec<Source> {
    let mut found = Vec::new();
    for folder in folders {
        let walk = walkdir::WalkDir::new(workspace().join(folder)).sort_by_file_name();
        for entry in walk.into_iter().filter_map(Result::ok) {
            if entry.file_type().is_file()
                && entry
                    .path()
                    .extension()
                    .is_some_and(|extension| extension == "rs")
            {
                let below = entry.path().strip_prefix(workspace()).unwrap();
                found.push(Source {
                    path: below.to_str().unwrap().replace('\\', "/"),
                    text: std::fs::read_to_string(entry.path()).unwrap(),
                });
            }
        }
    }
    found
}

impl Source {
    /// The code without comments, without the content of strings, and without test modules. Lines stay where they are.
    pub(crate) fn code(&self) -> String {
        self.stripped(false)
    }

    /// As [`Source::code`], with the content of strings.
    pub(crate) fn code_with_strings(&self) -> String {
        self.stripped(true)
    }

    fn stripped(&self, keep_strings: bool) -> String {
        // A test module in a file of its own.
        if self.path.ends_with("/tests.rs") {
            return String::new();
        }
        without_tests(&strip(&self.text, keep_strings))
    }

    /// The lines of `code` that contain `words`, each with its place.
    pub(crate) fn lines_with(&self, code: &str, words: &[&str]) -> Vec<String> {
        let lines = code
            .lines()
            .enumerate()
            .filter(|(_, line)| words.iter().any(|word| line.contains(word)));
        lines
            .map(|(index, line)| format!("{}:{}: {}", self.path, index + 1, line.trim()))
            .collect()
    }
}

/// Takes out comments and, unless they are kept, the content of strings and characters.
fn strip(text: &str, keep_strings: bool) -> String {
    let mut code = String::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let (length, shown) = if rest.starts_with("//") {
            (rest.find('\n').unwrap_or(rest.len()), String::new())
        } else if rest.starts_with("/*") {
            let length = rest.find("*/").map_or(rest.len(), |at| at + 2);
            (length, newlines(&rest[..length]))
        } else if let Some(length) =
            string(rest).filter(|_| !code.ends_with(|c: char| c.is_alphanumeric() || c == '_'))
        {
            let literal = &rest[..length];
            (
                length,
                if keep_strings {
                    literal.to_owned()
                } else {
                    format!("\"\"{}", newlines(literal))
                },
            )
        } else {
            (c.len_utf8(), c.to_string())
        };
        code.push_str(&shown);
        rest = &rest[length..];
    }
    code
}

/// The line ends of a text.
fn newlines(text: &str) -> String {
    text.chars().filter(|c| *c == '\n').collect()
}

/// The length of the string or character that a text begins with.
fn string(text: &str) -> Option<usize> {
    let body = text.strip_prefix('b').unwrap_or(text);
    let prefix = text.len() - body.len();
    if let Some(raw) = body.strip_prefix('r') {
        let hashes = raw.len() - raw.trim_start_matches('#').len();
        let end = format!("\"{}", "#".repeat(hashes));
        let start = hashes + 1;
        return raw[hashes..]
            .starts_with('"')
            .then(|| {
                raw[start..]
                    .find(&end)
                    .map(|at| prefix + 1 + start + at + end.len())
            })
            .flatten();
    }
    let quote = body.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let mut escaped = false;
    for (at, c) in body.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            c if c == quote => return Some(prefix + at + 1),
            // A lifetime: a character has one letter.
            c if quote == '\''
                && at > 1
                && !body[1..].starts_with('\\')
                && !c.is_ascii_punctuation() =>
            {
                return None;
            }
            _ => {}
        }
        if quote == '\'' && at > 12 {
            return None;
        }
    }
    None
}

/// Takes out modules and items marked `#[cfg(test)]`.
fn without_tests(code: &str) -> String {
    let mut kept = String::new();
    let mut skipped: Option<String> = None;
    for line in code.lines() {
        match &skipped {
            None if line.trim() == "#[cfg(test)]" => {
                skipped = Some(format!(
                    "{}}}",
                    &line[..line.len() - line.trim_start().len()]
                ));
            }
            None => kept.push_str(line),
            Some(end) => {
                let without_body = line.ends_with(';') && !line.starts_with(' ');
                if line == end.as_str() || without_body {
                    skipped = None;
                }
            }
        }
        kept.push('\n');
    }
    kept
}

/// The paths after `crate::` in a text, those of groups one by one: `corpus::Page`, `prose::PieceKind`.
pub(crate) fn crate_paths(code: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (at, prefix) in code.match_indices("crate::") {
        if !code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_') {
            tree(&code[at + prefix.len()..], "", &mut found);
        }
    }
    found
}

/// Reads one path or group; the text after it.
fn tree<'t>(text: &'t str, prefix: &str, found: &mut Vec<String>) -> &'t str {
    let text = text.trim_start();
    if let Some(group) = text.strip_prefix('{') {
        let mut rest = group.trim_start();
        while !rest.is_empty() && !rest.starts_with('}') {
            rest = tree(rest, prefix, found).trim_start();
            rest = match rest.strip_prefix(',') {
                Some(rest) => rest.trim_start(),
                // Such as `as Role`, which names nothing new.
                None => &rest[rest.find([',', '}']).unwrap_or(rest.len())..],
            };
            rest = rest.strip_prefix(',').unwrap_or(rest).trim_start();
        }
        return rest.strip_prefix('}').unwrap_or(rest);
    }
    let length = text
        .find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '*'))
        .unwrap_or(text.len());
    let (name, rest) = text.split_at(length);
    let path = if prefix.is_empty() {
        name.to_owned()
    } else {
        format!("{prefix}::{name}")
    };
    match rest.strip_prefix("::") {
        Some(rest) => tree(rest, &path, found),
        None => {
            found.push(path);
            rest
        }
    }
}

#[test]
fn sources_are_taken_apart() {
    let source = Source {
        path: "x.rs".to_owned(),
        text: "use crate::a::{b, c::{D, E as F}};\n// crate::g\nfn f<'x>() { \"crate::h\"; 'c'; '\\''; r#\"\"crate::i\"\"#; }\n\
            #[cfg(test)]\nmod tests {\n    use crate::j;\n}\nfn k() { crate::l::m() }\n"
            .to_owned(),
    };
    let code = source.code();
    assert_eq!(
        crate_paths(&code),
        ["a::b", "a::c::D", "a::c::E", "l::m"],
        "{code}"
    );
    assert!(source.code_with_strings().contains("\"crate::h\""));
    assert_eq!(
        source.lines_with(&code, &["l::m"]),
        ["x.rs:8: fn k() { crate::l::m() }"]
    );
}
