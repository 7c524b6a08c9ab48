//! Bytes of a page → document: no panic, and every place is one of the page.
#![no_main]

use std::sync::LazyLock;

use graph_codegen::corpus::Corpus;
use graph_codegen::diagnostics::{Diagnostics, Span};
use graph_codegen::document::{Block, Document};
use graph_codegen::parse::parse;
use graph_codegen::profile::Profile;
use graph_codegen::read::in_memory;
use libfuzzer_sys::fuzz_target;

static PROFILE: LazyLock<Profile> = LazyLock::new(|| Profile::embedded().expect("is valid"));

fuzz_target!(|bytes: &[u8]| {
    let mut diagnostics = Diagnostics::default();
    let files = [("page.md".to_owned(), bytes.to_vec())];
    let corpus = in_memory(files, &PROFILE, &mut diagnostics);
    let documents = parse(&corpus, &PROFILE, &mut diagnostics);
    let found = diagnostics.iter().flat_map(|found| &found.labels);
    found.for_each(|label| assert_in_page(&corpus, label.span));
    documents
        .iter()
        .for_each(|document| assert_places(&corpus, document));
});

fn assert_places(corpus: &Corpus, document: &Document) {
    for section in &document.sections {
        assert_in_page(corpus, section.span);
        for block in &section.blocks {
            match block {
                Block::Text(text) => assert_in_page(corpus, text.span),
                Block::Fence(fence) => assert_in_page(corpus, fence.span),
                Block::Comment(comment) => assert_in_page(corpus, comment.span),
                Block::Include(span) => assert_in_page(corpus, *span),
                Block::Table(table) => {
                    assert_in_page(corpus, table.span);
                    for row in &table.rows {
                        assert_in_page(corpus, row.span);
                        assert_eq!(row.cells.len(), table.header.len());
                    }
                    let cells = table.rows.iter().flat_map(|row| &row.cells);
                    let cells = cells.chain(&table.header);
                    cells.for_each(|cell| assert_in_page(corpus, cell.span));
                }
            }
        }
    }
}

fn assert_in_page(corpus: &Corpus, span: Span) {
    let text = &corpus.page(span.page).text;
    assert!(text.get(span.range()).is_some(), "{span:?}");
}
