//! The pages of a documentation tree, as text.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::diagnostics::{PageId, Span, line_and_column};
use crate::digest::Digest;
use crate::prose::Attribution;

/// All pages of a documentation folder.
#[derive(Clone, Debug, Default, Hash)]
pub struct Corpus {
    /// The folder, as the caller named it.
    pub root: String,
    /// The API version that the folder's own name says, such as `v1.0` or `beta`.
    pub version: Option<String>,
    /// The pages, sorted by path.
    pub pages: Vec<Page>,
    /// The corrections of the pages, where there are any.
    pub corrections: Option<CorrectionsFile>,
    /// Where the pages were fetched from, where `docs fetch` has left word of it.
    pub origin: Option<Origin>,
    /// The digest of the saved model that stands in the place of pages.
    pub saved: Option<Digest>,
    /// What `attribution.toml` beside the pages says, where there is one: whom to name, or nobody.
    pub attribution: Option<Option<Attribution>>,
}

/// A commit of a repository, and a folder in it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Origin {
    /// The repository, as git takes it.
    pub repository: String,
    /// The commit, in full.
    pub commit: String,
    /// The folder, joined by `/`.
    pub path: String,
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            repository,
            commit,
            path,
        } = self;
        write!(f, "{path} of {repository} at {commit}")
    }
}

/// A file of corrections: `corrections.toml` beside the pages, or the one that the caller named.
#[derive(Clone, Debug, Hash)]
pub struct CorrectionsFile {
    /// Its path: as the caller named it, or below the root.
    pub path: String,
    /// Whether the caller named it.
    pub named: bool,
    /// Its text.
    pub text: String,
}

/// One file.
#[derive(Clone, Debug, Hash)]
pub struct Page {
    /// The path below the root, joined by `/`.
    pub path: String,
    /// What its folder says about it.
    pub folder: Folder,
    /// The text: without byte order mark, line ends folded to `\n`, otherwise as written.
    pub text: String,
    /// Where the text after the front matter begins.
    pub body: usize,
    /// The front matter as flat `key: value` pairs; it is not always YAML.
    pub front_matter: Vec<(String, String)>,
    /// The files that the page includes, in the order of the text.
    pub includes: Vec<Include>,
}

/// What a folder's name says about the pages in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Folder {
    /// Pages of operations.
    Api,
    /// Pages of types.
    Resources,
    /// Parts of pages, read only where a page includes them.
    Includes,
    /// Anything else: the content decides.
    Other,
}

/// `[!INCLUDE [title](path)]`.
#[derive(Clone, Debug, Hash)]
pub struct Include {
    /// The whole directive.
    pub span: Span,
    /// The path as written.
    pub path: String,
    /// What it leads to.
    pub target: IncludeTarget,
}

/// What an include leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum IncludeTarget {
    /// A page of the corpus.
    Page(PageId),
    /// There is no such file.
    Missing,
    /// The path leaves the documentation folder.
    OutsideRoot,
}

impl Corpus {
    /// The page of an id.
    #[must_use]
    pub fn page(&self, id: PageId) -> &Page {
        &self.pages[id.0 as usize]
    }

    /// The line that a span begins in, from 1; none of a saved model, which has no more than the names of its pages.
    #[must_use]
    pub fn line(&self, span: Span) -> Option<usize> {
        let text = &self.page(span.page).text;
        let (line, _) = line_and_column(text, span.range().start);
        self.saved.is_none().then_some(line)
    }

    /// Where a span begins, as terminals and editors take it: `api/user-get.md:12`.
    #[must_use]
    pub fn place(&self, span: Span) -> String {
        let path = &self.page(span.page).path;
        match self.line(span) {
            Some(line) => format!("{path}:{line}"),
            None => path.clone(),
        }
    }

    /// The pages with their ids.
    pub fn iter(&self) -> impl Iterator<Item = (PageId, &Page)> {
        self.pages
            .iter()
            .enumerate()
            .map(|(index, page)| (PageId(u32::try_from(index).unwrap_or(u32::MAX)), page))
    }
}

impl Page {
    /// The file name without folder and extension.
    #[must_use]
    pub fn stem(&self) -> &str {
        stem(&self.path)
    }
}

/// The file name of a `/`-joined path without folder and extension.
#[must_use]
pub fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.strip_suffix(".md").unwrap_or(name)
}

/// `path` from `folder`, or `None` where it leads out of the root. A leading `/` or `~/` means the root.
#[must_use]
pub fn join(folder: &str, path: &str) -> Option<String> {
    let path = path.split(['#', '?']).next().unwrap_or_default();
    let path = path.replace('\\', "/");
    let (mut parts, path) = match path.strip_prefix("~/").or_else(|| path.strip_prefix('/')) {
        Some(rest) => (Vec::new(), rest),
        None => (
            folder.split('/').filter(|part| !part.is_empty()).collect(),
            path.as_str(),
        ),
    };
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::join;

    #[test]
    fn includes_stay_inside_the_root() {
        assert_eq!(
            join("api", "../includes/x.md").as_deref(),
            Some("includes/x.md")
        );
        assert_eq!(join("api", "./x.md").as_deref(), Some("api/x.md"));
        assert_eq!(join("api", "../../x.md"), None);
        assert_eq!(
            join("api", "~/includes/x.md").as_deref(),
            Some("includes/x.md")
        );
    }
}
