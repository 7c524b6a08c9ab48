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

#[cfg(test)]
mod tests {
    use super::page;
    use crate::corpus::{Corpus, Folder, Page};
    use crate::diagnostics::{Diagnostics, PageId};
    use crate::document::{Block, Fence};
    use crate::profile::Profile;

    /// The fences of a page.
    fn fences(text: &str) -> Vec<Fence> {
        let corpus = Corpus {
            pages: vec![Page {
                path: "api/rope-get.md".to_owned(),
                folder: Folder::Api,
                text: text.to_owned(),
                body: 0,
                front_matter: Vec::new(),
                includes: Vec::new(),
            }],
            ..Corpus::default()
        };
        let profile = Profile::embedded().unwrap();
        let document = page(&corpus, PageId(0), &profile, &mut Diagnostics::default());
        let blocks = document.sections.into_iter().flat_map(|it| it.blocks);
        blocks
            .filter_map(|block| match block {
                Block::Fence(fence) => Some(fence),
                _ => None,
            })
            .collect()
    }

    #[test]
    fn the_place_of_a_line_of_a_fence_is_the_line() {
        for (text, lines) in [
            ("```\nGET /ropes\nné\n```\n", 2),
            // Indented, quoted, and with a tab of which the fence takes two columns.
            ("- Rope\n\n  ```\n  GET /ropes\n\n  né\n  ```\n", 3),
            ("> ```\n> GET /ropes\n> né\n> ```\n", 2),
            ("  ```\n\tGET /ropes\n  né\n  ```\n", 2),
            // Marks that end no fence, as they are indented, and headings that are repaired below them.
            ("```\nGET /ropes\n    ```\n\n##Remarks\né\n#né\né\n", 7),
        ] {
            let [fence] = &*fences(text) else {
                panic!("{text:?} has one fence");
            };
            let mut at = 0;
            let mut read = 0;
            for line in fence.text.lines() {
                let content = line.trim();
                let start = at + (line.len() - line.trim_start().len());
                let place = fence.place(start..start + content.len());
                let original = text.get(place.range());
                // The blank that a repair has added is in no place.
                let expected = content.strip_prefix("## ").map(|it| format!("##{it}"));
                let expected = expected.as_deref().unwrap_or(content);
                assert_eq!(original, Some(expected), "{text:?}");
                at += line.len() + 1;
                read += 1;
            }
            assert_eq!(read, lines, "{text:?}");
        }
    }
}
