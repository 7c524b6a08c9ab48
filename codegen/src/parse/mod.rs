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
    parse_page(corpus, id, profile, diagnostics, &mut Vec::new())
}

/// Parses one page. `including` holds the pages that include it, outermost first.
fn parse_page(
    corpus: &Corpus,
    id: PageId,
    profile: &Profile,
    diagnostics: &mut Diagnostics,
    including: &mut Vec<PageId>,
) -> Document {
    let page = corpus.page(id);
    let repaired = repair::repair(id, &page.text, page.body, profile, diagnostics);
    including.push(id);
    let document =
        blocks::Builder::new(corpus, id, &repaired, profile, diagnostics, including).build();
    including.pop();
    document
}
