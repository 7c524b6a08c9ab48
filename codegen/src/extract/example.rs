//! Finds requests and responses that are shown in full.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde_json::Value;

use super::Reader;
use super::address::split_query;
use super::annotation::{Annotation, annotation};
use super::base_path::strip_base;
use super::outline::task_of;
use super::request_line::method_of;
use crate::content::Content;
use crate::diagnostics::{Diagnostic, Rule, Span};
use crate::document::{Block, Fence};
use crate::facts::{ExampleDirection, ExampleFacts, OperationFacts, ShownRequest};
use crate::json;
use crate::profile::{Profile, Section, contains_any};

impl Reader<'_> {
    /// The examples of the page, in order. A fence of request lines of an operation is none.
    pub(super) fn examples(&mut self, operations: &[OperationFacts]) -> Vec<ExampleFacts> {
        let document = self.document;
        let mut examples = Vec::new();
        let mut pending: Option<Annotation> = None;
        let requests = operations.iter().flat_map(|operation| &operation.requests);
        let requests: BTreeSet<Span> = requests.map(|line| line.span).collect();
        // Lines do not overlap: the first one that begins in the fence or after it tells.
        let documents = |fence: &Fence| {
            let mut after = requests.range(
                Span {
                    end: 0,
                    ..fence.span
                }..,
            );
            after.next().is_some_and(|line| fence.span.contains(*line))
        };
        for (index, section) in document.sections.iter().enumerate() {
            let outline = &self.outline[index];
            // What the fence shows where neither it nor a comment says it: a page without comments says it above.
            let mut above = section.heading.to_lowercase();
            let in_request = outline.role == Some(Section::Request) && !outline.example;
            for block in &section.blocks {
                match block {
                    Block::Comment(comment) => pending = annotation(comment).or(pending),
                    Block::Text(text) => above = text.prose.text().to_lowercase(),
                    Block::Fence(fence) => {
                        let annotation = pending.take();
                        if !in_request
                            && !documents(fence)
                            && let Some(mut example) = self.example(
                                fence,
                                annotation.as_ref(),
                                self.outline[index].example && self.says_response(&above),
                            )
                        {
                            example.task = task_of(document, self.profile, index);
                            self.ledger.fence_read(fence);
                            examples.push(example);
                        }
                    }
                    _ => {}
                }
            }
        }
        examples
    }

    /// Reads a fence; `None` where it is neither a request nor a response.
    fn example(
        &mut self,
        fence: &Fence,
        annotation: Option<&Annotation>,
        in_response: bool,
    ) -> Option<ExampleFacts> {
        let block_type = annotation.map_or("", |annotation| annotation.block_type.as_str());
        let text = fence.text.trim_start_matches(['\n', ' ']);
        let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
        let request = method_of(first)
            .map(|(method, url)| (method, url.trim()))
            .filter(|(_, url)| !url.is_empty())
            .map(|(method, url)| shown_request(method, url, self.profile));
        let status_line = first.trim().strip_prefix("HTTP/");
        let (direction, status, rest) = if let Some(line) = status_line {
            (ExampleDirection::Response, status(line), rest)
        } else if request.is_some() {
            (ExampleDirection::Request, None, rest)
        } else if block_type == "response" && !text.is_empty()
            || annotation.is_none() && in_response && text.starts_with(['{', '['])
        {
            (ExampleDirection::Response, None, text)
        } else {
            return None;
        };
        let (headers, body) = headers_and_body(rest);
        let content = self.content(body, fence, &headers);
        Some(ExampleFacts {
            direction,
            task: None,
            request,
            status,
            headers,
            content,
            annotated_type: annotation.and_then(|annotation| annotation.odata_type.clone()),
            annotated_collection: annotation.is_some_and(|annotation| annotation.collection),
            ignored: block_type == "ignored",
            span: fence.span,
        })
    }

    /// Whether a text in lower case announces a response and no request.
    fn says_response(&self, text: &str) -> bool {
        let words = &self.profile.examples;
        contains_any(text, &words.responses) && !contains_any(text, &words.requests)
    }

    /// The body: JSON where it looks like it, or where a header says so.
    fn content(&mut self, body: &str, fence: &Fence, headers: &[(String, String)]) -> Content {
        if body.is_empty() {
            return Content::Empty;
        }
        let declared = headers
            .iter()
            .find(|(name, _)| name.eq_ignore_ascii_case("content-type"))
            .map(|(_, value)| value.to_lowercase());
        let looks = body.starts_with(['{', '[']);
        if !looks && !declared.is_some_and(|declared| declared.contains("json")) {
            return Content::Text(body.to_owned());
        }
        match self.json(body, fence, "the JSON of this example") {
            Ok(value) => Content::Json(Arc::new(value)),
            Err(reason) => Content::Unreadable(reason),
        }
    }

    /// Reads the JSON of a fence, and says what had to be allowed for it or why it cannot be read.
    ///
    /// # Errors
    ///
    /// It cannot be read; the reason.
    pub(super) fn json(&mut self, text: &str, fence: &Fence, what: &str) -> Result<Value, String> {
        match json::read(text) {
            Ok(read) => {
                if let Some(allowed) = read.allowed {
                    self.diagnostics.push(Diagnostic::at(
                        Rule::LenientJson,
                        fence.span,
                        format!("{what} was read by allowing {allowed}"),
                    ));
                }
                Ok(read.value)
            }
            Err(error) => {
                self.diagnostics.push(Diagnostic::at(
                    Rule::UnreadableJson,
                    fence.span,
                    format!("{what} cannot be read: {error}"),
                ));
                Err(error)
            }
        }
    }
}

/// The method and the address of a request line of an example.
fn shown_request(method: &str, url: &str, profile: &Profile) -> ShownRequest {
    let target = url.strip_suffix(" HTTP/1.1").unwrap_or(url).trim_end();
    let (path, query) = split_query(target);
    let (path, ..) = strip_base(path, profile);
    let slash = if path.starts_with('/') { "" } else { "/" };
    ShownRequest {
        method: method.to_owned(),
        url: url.to_owned(),
        path: format!("{slash}{path}"),
        query: query.map(str::to_owned),
    }
}

/// The code of a status line without its `HTTP/`: `1.1 200 OK`.
fn status(line: &str) -> Option<u16> {
    line.split(|c: char| c.is_whitespace() || c == ',')
        .skip(1)
        .find(|word| !word.is_empty())
        .and_then(|word| word.parse().ok())
}

/// The header lines, and the body after a blank line, or where JSON begins without one.
fn headers_and_body(text: &str) -> (Vec<(String, String)>, &str) {
    let mut headers = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let content = line.trim();
        if content.is_empty() {
            // Some pages leave a blank line between the request line and its headers.
            at += line.len();
            if headers.is_empty() && header(text[at..].lines().next().unwrap_or_default()).is_some()
            {
                continue;
            }
            break;
        }
        match header(content) {
            Some(pair) => headers.push(pair),
            None => break,
        }
        at += line.len();
    }
    (headers, text[at..].trim())
}

/// A header line: a token, a colon, a value (RFC 9112, section 5).
fn header(line: &str) -> Option<(String, String)> {
    let (name, value) = line.trim().split_once(':')?;
    let is_token = !name.is_empty()
        && name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'));
    is_token.then(|| (name.to_owned(), value.trim().to_owned()))
}

#[cfg(test)]
mod tests {
    use super::headers_and_body;

    #[test]
    fn headers_end_where_the_body_begins() {
        let (headers, body) =
            headers_and_body("Content-type: application/json\nContent-length: 222\n\n{\n}\n");
        assert_eq!(headers.len(), 2);
        assert_eq!(body, "{\n}");
        assert_eq!(headers_and_body("Content-Type: a/b\n{}").1, "{}");
        assert_eq!(headers_and_body("\nContent-type: a/b\n\n{}").1, "{}");
        assert_eq!(headers_and_body("{\n  \"a\": 1\n}").1, "{\n  \"a\": 1\n}");
        assert_eq!(headers_and_body("").1, "");
    }
}
