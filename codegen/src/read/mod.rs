//! Reads a documentation folder into a [`Corpus`]. With `write` the only stage that touches the file system.

mod file;
mod limits;
mod page;
mod walk;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::corpus::{Corpus, CorrectionsFile, Folder, IncludeTarget, Origin, Page, join};
use crate::diagnostics::{Diagnostic, Diagnostics, PageId, Rule, Span};
use crate::digest::Digest;
use crate::model::{Api, NotAModel, load};
use crate::profile::{Profile, ProfileError};
use crate::prose::{Attribution, short_lines};

pub use file::text;
pub use limits::{MAX_DATA_BYTES, MAX_MODEL_BYTES, MAX_PAGE_BYTES, MAX_TEXT_BYTES};

/// Why there is nothing to work on.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The path does not exist.
    #[error("the documentation folder {0} does not exist")]
    Missing(PathBuf),
    /// The path is a file.
    #[error("{0} is a file; expected a folder of markdown pages")]
    NotAFolder(PathBuf),
    /// There is no page below the path.
    #[error("no markdown page (*.md) in {0} or below")]
    Empty(PathBuf),
    /// The file of corrections cannot be read.
    #[error("cannot read the corrections in {path}: {source}")]
    Corrections {
        /// The path.
        path: PathBuf,
        /// What the operating system says.
        source: std::io::Error,
    },
    /// The saved model cannot be read.
    #[error("cannot read the saved model `{}`: {source}", path.display())]
    ModelFile {
        /// The path.
        path: PathBuf,
        /// What the operating system says.
        source: std::io::Error,
    },
    /// The saved model is none.
    #[error("`{}`: {source}", path.display())]
    Model {
        /// The path.
        path: PathBuf,
        /// Why not.
        source: NotAModel,
    },
    /// The profile cannot be read.
    #[error("cannot read the profile `{}`: {source}", path.display())]
    ProfileFile {
        /// The path.
        path: PathBuf,
        /// What the operating system says.
        source: std::io::Error,
    },
    /// The profile is malformed.
    #[error("{path}:{}:{}: not a profile: {}", error.line, error.column, error.message)]
    Profile {
        /// The path.
        path: String,
        /// Where in it, and what was expected there.
        error: ProfileError,
    },
    /// The file that says who wrote the pages is malformed.
    #[error(
        "{path} does not say who wrote the pages, as the keys author, licence, spdx, licence_url and source, or without any key that nobody is to be named:\n{message}"
    )]
    Attribution {
        /// The path.
        path: PathBuf,
        /// What is wrong, with its line.
        message: String,
    },
    /// The file that says where the pages were fetched from is malformed.
    #[error(
        "{path} does not say where the pages are from, as the keys repository, commit and path:\n{message}"
    )]
    Origin {
        /// The path.
        path: PathBuf,
        /// What is wrong, with its line.
        message: String,
    },
    /// The operating system refuses.
    #[error("cannot read {path}: {source}")]
    Io {
        /// The path.
        path: PathBuf,
        /// What it says.
        source: std::io::Error,
    },
}

/// Reads the pages below `root`.
///
/// A file that cannot be read, is not UTF-8 or is too large becomes a diagnostic and is left out.
///
/// # Errors
///
/// The folder is missing, is not a folder, or holds no page, or a file beside the pages cannot be read; or the one that
/// says who wrote them is malformed.
pub fn read(
    root: &Path,
    profile: &Profile,
    diagnostics: &mut Diagnostics,
) -> Result<Corpus, ReadError> {
    let metadata = std::fs::metadata(root).map_err(|source| match source.kind() {
        std::io::ErrorKind::NotFound => ReadError::Missing(root.to_owned()),
        _ => ReadError::Io {
            path: root.to_owned(),
            source,
        },
    })?;
    if !metadata.is_dir() {
        return Err(ReadError::NotAFolder(root.to_owned()));
    }
    let real_root = std::fs::canonicalize(root).map_err(|source| ReadError::Io {
        path: root.to_owned(),
        source,
    })?;
    let files = walk::walk(root, &real_root, diagnostics);
    let found = !files.is_empty();
    let mut pages: Vec<Page> = files
        .into_iter()
        .filter_map(|file| page::load(file, profile, diagnostics))
        .collect();
    if !found {
        return Err(ReadError::Empty(root.to_owned()));
    }
    resolve_includes(&mut pages, diagnostics);
    unused_includes(&pages, diagnostics);
    let corrections = corrections(root, &real_root)?;
    let origin = origin(root, &real_root)?;
    // Fetched pages lie in a folder of any name.
    let fetched = origin.as_ref().map(|origin| Path::new(&origin.path));
    let version = fetched
        .and_then(|path| folder_version(path, profile))
        .or_else(|| folder_version(&real_root, profile));
    Ok(Corpus {
        root: root.display().to_string(),
        version,
        pages,
        corrections,
        attribution: attribution(root, &real_root)?,
        origin,
        saved: None,
    })
}

/// Makes a corpus of files that are in memory already: the path of each below the root, joined by `/`, and what it holds.
/// They are pages as those that [`read`] finds, in any order, with nothing beside them.
pub fn in_memory(
    files: impl IntoIterator<Item = (String, Vec<u8>)>,
    profile: &Profile,
    diagnostics: &mut Diagnostics,
) -> Corpus {
    // As in a folder, no two have one path.
    let files: BTreeMap<String, Vec<u8>> = files.into_iter().collect();
    let mut pages: Vec<Page> = files
        .into_iter()
        .filter_map(|(path, bytes)| page::of_bytes(path, bytes, profile, diagnostics))
        .collect();
    resolve_includes(&mut pages, diagnostics);
    unused_includes(&pages, diagnostics);
    Corpus {
        pages,
        ..Corpus::default()
    }
}

/// The text of a file beside the pages, where there is one.
fn beside(root: &Path, real_root: &Path, name: &str) -> Result<Option<String>, ReadError> {
    let path = root.join(name);
    let read = || {
        file::regular(&path)?;
        if walk::leaves(&path, real_root) {
            let reason = "the link leads out of the documentation folder";
            return Err(std::io::Error::other(reason));
        }
        text(&path, MAX_TEXT_BYTES)
    };
    match read() {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(source) => Err(ReadError::Io { path, source }),
    }
}

/// The name of the file beside the pages that says who wrote them.
const ATTRIBUTION: &str = "attribution.toml";

/// Reads who wrote the pages, where a file beside them says so. One without entries says that nobody is to be named.
fn attribution(root: &Path, real_root: &Path) -> Result<Option<Option<Attribution>>, ReadError> {
    let Some(text) = beside(root, real_root, ATTRIBUTION)? else {
        return Ok(None);
    };
    let malformed = |error: toml::de::Error| ReadError::Attribution {
        path: root.join(ATTRIBUTION),
        message: short_lines(&error.to_string()),
    };
    let table: toml::Table = toml::from_str(&text).map_err(malformed)?;
    if table.is_empty() {
        return Ok(Some(None));
    }
    toml::from_str(&text).map(Some).map(Some).map_err(malformed)
}

/// The name of the file beside the pages that says where they were fetched from.
pub const ORIGIN: &str = ".fetched.toml";

/// Reads where the pages were fetched from.
fn origin(root: &Path, real_root: &Path) -> Result<Option<Origin>, ReadError> {
    let Some(text) = beside(root, real_root, ORIGIN)? else {
        return Ok(None);
    };
    toml::from_str(&text)
        .map(Some)
        .map_err(|error| ReadError::Origin {
            path: root.join(ORIGIN),
            message: short_lines(&error.to_string()),
        })
}

/// The name of the file of corrections beside the pages.
const CORRECTIONS: &str = "corrections.toml";

/// Reads the corrections beside the pages.
fn corrections(root: &Path, real_root: &Path) -> Result<Option<CorrectionsFile>, ReadError> {
    let text = beside(root, real_root, CORRECTIONS)?;
    Ok(text.map(|text| CorrectionsFile {
        path: CORRECTIONS.to_owned(),
        named: false,
        text,
    }))
}

/// Reads the corrections in a file that the caller names, instead of those beside the pages.
///
/// # Errors
///
/// The file is not there, cannot be read, or is not UTF-8.
pub fn named_corrections(path: &Path) -> Result<CorrectionsFile, ReadError> {
    match text(path, MAX_TEXT_BYTES) {
        Ok(text) => Ok(CorrectionsFile {
            path: path.display().to_string(),
            named: true,
            text,
        }),
        Err(source) => Err(ReadError::Corrections {
            path: path.to_owned(),
            source,
        }),
    }
}

/// The profile in a file, or the embedded one.
///
/// # Errors
///
/// The file cannot be read, or is no profile.
pub fn profile(path: Option<&Path>) -> Result<Profile, ReadError> {
    let malformed = |path: String, error| ReadError::Profile { path, error };
    let Some(path) = path else {
        return Profile::embedded()
            .map_err(|error| malformed("the embedded profile".to_owned(), error));
    };
    let text = text(path, MAX_TEXT_BYTES).map_err(|source| ReadError::ProfileFile {
        path: path.to_owned(),
        source,
    })?;
    Profile::parse(&text).map_err(|error| malformed(path.display().to_string(), error))
}

/// A saved model, and a corpus that has the names of the pages that it was made of.
///
/// # Errors
///
/// The file cannot be read, or is no saved model.
pub fn model(path: &Path) -> Result<(Corpus, Api), ReadError> {
    let text = text(path, MAX_MODEL_BYTES).map_err(|source| ReadError::ModelFile {
        path: path.to_owned(),
        source,
    })?;
    let api = load(&text).map_err(|source| ReadError::Model {
        path: path.to_owned(),
        source,
    })?;
    let pages = api.pages.iter().map(|path| Page {
        path: path.clone(),
        folder: Folder::Other,
        text: String::new(),
        body: 0,
        front_matter: Vec::new(),
        includes: Vec::new(),
    });
    let corpus = Corpus {
        root: path.display().to_string(),
        pages: pages.collect(),
        saved: Some(Digest::of_text(&text)),
        ..Corpus::default()
    };
    Ok((corpus, api))
}

/// The version that the folder's name or the name of a folder above it says, nearest first.
fn folder_version(root: &Path, profile: &Profile) -> Option<String> {
    root.components().rev().find_map(|component| {
        let name = component.as_os_str().to_str()?;
        profile
            .versions
            .iter()
            .find(|version| version.as_str() == name)
            .cloned()
    })
}

/// Finds the file of each include directive.
fn resolve_includes(pages: &mut [Page], diagnostics: &mut Diagnostics) {
    let by_path: BTreeMap<String, PageId> = pages
        .iter()
        .enumerate()
        .map(|(index, page)| (page.path.to_lowercase(), page_id(index)))
        .collect();
    for (index, page) in pages.iter_mut().enumerate() {
        let folder = page
            .path
            .rsplit_once('/')
            .map_or("", |(folder, _)| folder)
            .to_owned();
        for (span, path) in page::include_directives(page) {
            let target = match join(&folder, &path) {
                None => IncludeTarget::OutsideRoot,
                Some(joined) => by_path
                    .get(&joined.to_lowercase())
                    .map_or(IncludeTarget::Missing, |id| IncludeTarget::Page(*id)),
            };
            let span = Span::new(page_id(index), span);
            if target == IncludeTarget::OutsideRoot {
                diagnostics.push(
                    Diagnostic::at(
                        Rule::OutsideRoot,
                        span,
                        format!("the include `{path}` leads out of the documentation folder and was not read"),
                    )
                    .help("pass the folder above as the documentation folder, or copy the file into it"),
                );
            }
            page.includes
                .push(crate::corpus::Include { span, path, target });
        }
    }
}

/// Reports parts of pages that no page includes: nothing is read from them.
fn unused_includes(pages: &[Page], diagnostics: &mut Diagnostics) {
    let used: BTreeSet<PageId> = pages
        .iter()
        .flat_map(|page| &page.includes)
        .filter_map(|include| match include.target {
            IncludeTarget::Page(id) => Some(id),
            IncludeTarget::Missing | IncludeTarget::OutsideRoot => None,
        })
        .collect();
    for (index, page) in pages.iter().enumerate() {
        let id = page_id(index);
        if page.folder == Folder::Includes && !used.contains(&id) {
            diagnostics.push(Diagnostic::at(
                Rule::PageWithoutFacts,
                Span::new(id, page.body..page.body),
                format!(
                    "no page includes `{}`, so nothing is read from it",
                    page.path
                ),
            ));
        }
    }
}

/// The id of the page at `index`.
fn page_id(index: usize) -> PageId {
    PageId(u32::try_from(index).unwrap_or(u32::MAX))
}
