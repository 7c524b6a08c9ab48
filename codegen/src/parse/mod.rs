//! Turns a page's text into a [`Document`]: sections, tables, fences, comments, text, each with its place.
//!
//! Never fails. What markdown would lose in silence is repaired first, with a diagnostic (`repair.rs`).

mod blocks;
mod comments;
mod html;
mod inline;
mod lines;
mod repair;
mod table_repair;

use crate::corpus::{Corpus, Folder};
use crate::diagnostics::{Diagnostics, PageId};
use crate::document::Document;
use crate::profile::Profile;

/// How deep includes may include.
const MAX_INCLUDE_DEPTH: usize = 4;

/// The most bytes that one page may include, whatever includes what. Files that include each other many times over would
/// otherwise make any amount of text of a few lines; real pages include three tables of permissions.
const MAX_INCLUDED_BYTES: usize = 1024 * 1024;

/// What a file that is included counts for at least: to begin one takes time as well.
const LEAST_INCLUDED_BYTES: usize = 256;

/// What is included where the parser is.
#[derive(Debug, Default)]
struct Including {
    /// The page and the files around the one that is parsed, outermost first.
    pages: Vec<PageId>,
    /// How many bytes the page has included so far.
    bytes: usize,
}

impl Including {
    /// Takes a file in, or says why not.
    fn enter(&mut self, id: PageId, bytes: usize) -> Result<(), String> {
        if self.pages.contains(&id) {
            return Err("leads back to this page".to_owned());
        }
        if self.pages.len() >= MAX_INCLUDE_DEPTH {
            let deepest = MAX_INCLUDE_DEPTH - 1;
            return Err(format!("stands in more than {deepest} others"));
        }
        let sum = self.bytes.saturating_add(bytes.max(LEAST_INCLUDED_BYTES));
        if sum > MAX_INCLUDED_BYTES {
            return Err(format!(
                "makes this page include more than {MAX_INCLUDED_BYTES} bytes"
            ));
        }
        self.bytes = sum;
        self.pages.push(id);
        Ok(())
    }
}

/// Parses every page that stands on its own; included files are put in place where a page includes them.
pub fn parse(corpus: &Corpus, profile: &Profile, diagnostics: &mut Diagnostics) -> Vec<Document> {
    corpus
        .iter()
        .filter(|(_, page)| page.folder != Folder::Includes)
        .map(|(id, _)| page(corpus, id, profile, diagnostics))
        .collect()
}

/// Parses one page of the corpus.
pub fn page(
    corpus: &Corpus,
    id: PageId,
    profile: &Profile,
    diagnostics: &mut Diagnostics,
) -> Document {
    let mut including = Including {
        pages: vec![id],
        bytes: 0,
    };
    parse_page(corpus, id, profile, diagnostics, &mut including)
}

/// Parses a page or a file that is included; it is the last of `including`.
fn parse_page(
    corpus: &Corpus,
    id: PageId,
    profile: &Profile,
    diagnostics: &mut Diagnostics,
    including: &mut Including,
) -> Document {
    let page = corpus.page(id);
    let repaired = repair::repair(id, &page.text, page.body, profile, diagnostics);
    let document =
        blocks::Builder::new(corpus, id, &repaired, profile, diagnostics, including).build();
    including.pages.pop();
    document
}
