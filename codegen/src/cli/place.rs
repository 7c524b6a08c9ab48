//! Where something stands on a page.

use crate::corpus::Corpus;
use crate::diagnostics::{Span, line_and_column};

/// The page and the line, as terminals and editors take it: `api/user-get.md:12`.
pub fn place(corpus: &Corpus, span: Span) -> String {
    let page = corpus.page(span.page);
    let (line, _) = line_and_column(&page.text, span.range().start);
    format!("{}:{line}", page.path)
}
