//! Takes blocks of HTML: comments, of which some annotate the fence after them, and the text between tags.

use std::ops::Range;

use super::blocks::Builder;
use super::html;
use crate::diagnostics::{Diagnostic, Rule};
use crate::document::{Block, Comment};
use crate::json;

impl Builder<'_> {
    /// Takes a block of HTML: its comments, and the text between its tags.
    pub(super) fn html_block(&mut self, range: Range<usize>) {
        self.flush(range.start);
        let read = html::read(&self.repaired.text[range.clone()]);
        for (place, comment) in read.comments {
            let place = range.start + place.start..range.start + place.end;
            self.comment(&comment, place);
        }
        if !read.prose.is_empty() {
            let span = self.span(range);
            self.push_text(read.prose, span);
        }
    }

    /// Adds the comments that stand in a paragraph.
    pub(super) fn comments(&mut self, comments: Vec<String>, range: Range<usize>) {
        for comment in comments {
            self.comment(&comment, range.clone());
        }
    }

    /// Adds a comment, read as an annotation where it is a JSON object.
    fn comment(&mut self, text: &str, range: Range<usize>) {
        let span = self.span(range);
        // A tool's note may follow the object on these pages.
        let object = text
            .starts_with('{')
            .then(|| text.rfind('}').map_or(text, |end| &text[..=end]));
        let annotation = match object.map(json::read) {
            Some(Ok(read)) => match read.value {
                serde_json::Value::Object(map) => Some(map),
                _ => None,
            },
            Some(Err(error)) => {
                self.diagnostics.push(Diagnostic::at(
                    Rule::MalformedAnnotation,
                    span,
                    format!("the JSON of this comment cannot be read: {error}"),
                ));
                None
            }
            None => None,
        };
        self.push(Block::Comment(Comment {
            text: text.to_owned(),
            annotation,
            span,
        }));
    }
}
