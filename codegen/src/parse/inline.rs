//! Collects inline events into [`Prose`].

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::prose::{PieceKind, Prose};

/// The prose under construction, with the markup that is open.
#[derive(Default)]
pub(super) struct Inline {
    prose: Prose,
    /// Target and text of the open link.
    link: Option<(String, String)>,
    strong: usize,
    emphasis: usize,
    /// Depth of images, whose text is no prose.
    image: usize,
    /// Comments among the text.
    comments: Vec<String>,
    /// Whether a line of the source ended right before.
    soft_break: bool,
}

/// HTML elements whose tags carry no text of their own. Any other tag on these pages is a placeholder, such as `<id>`.
const ELEMENTS: &[&str] = &[
    "a",
    "b",
    "blockquote",
    "code",
    "div",
    "em",
    "font",
    "h1",
    "h2",
    "h3",
    "h4",
    "i",
    "img",
    "ol",
    "p",
    "pre",
    "small",
    "span",
    "strong",
    "sub",
    "sup",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "u",
    "ul",
    "center",
];

/// HTML elements that begin a new line.
const BREAKS: &[&str] = &["br", "li"];

impl Inline {
    /// Takes an event; one that is not inline says nothing here.
    pub(super) fn take(&mut self, event: &Event<'_>) {
        if std::mem::take(&mut self.soft_break) {
            // A row that markdown makes no table of stays a line, so that it can be told from text.
            if matches!(event, Event::Text(text) if text.starts_with('|')) && self.link.is_none() {
                self.prose.push(PieceKind::Break, "\n");
            } else {
                self.text(" ");
            }
        }
        match event {
            Event::Start(Tag::Strong) => self.strong += 1,
            Event::End(TagEnd::Strong) => self.strong = self.strong.saturating_sub(1),
            Event::Start(Tag::Emphasis) => self.emphasis += 1,
            Event::End(TagEnd::Emphasis) => self.emphasis = self.emphasis.saturating_sub(1),
            Event::Start(Tag::Link { dest_url, .. }) => {
                self.link = Some((dest_url.to_string(), String::new()));
            }
            Event::End(TagEnd::Link) => {
                if let Some((target, text)) = self.link.take() {
                    self.prose.push(PieceKind::Link { target }, &text);
                }
            }
            Event::Start(Tag::Image { .. }) => self.image += 1,
            Event::End(TagEnd::Image) => self.image = self.image.saturating_sub(1),
            Event::Text(text) => self.text(text),
            Event::Code(text) => match &mut self.link {
                Some((_, link)) => link.push_str(text),
                None => self.prose.push(PieceKind::Code, text),
            },
            Event::SoftBreak => self.soft_break = true,
            Event::HardBreak => self.prose.push(PieceKind::Break, "\n"),
            Event::InlineHtml(html) => self.html(html),
            _ => {}
        }
    }

    /// Takes text in the markup that is open.
    fn text(&mut self, text: &str) {
        if self.image > 0 {
            return;
        }
        let cleaned;
        // Most text is ASCII, and there is much of it.
        let text = if text.is_ascii() {
            text
        } else {
            cleaned = text
                .replace('\u{a0}', " ")
                .replace(['\u{200b}', '\u{feff}'], "");
            &cleaned
        };
        if let Some((_, link)) = &mut self.link {
            link.push_str(text);
        } else if self.strong > 0 {
            self.prose.push(PieceKind::Strong, text);
        } else if self.emphasis > 0 {
            self.prose.push(PieceKind::Emphasis, text);
        } else {
            self.prose.push(PieceKind::Text, text);
        }
    }

    /// Takes a tag or a comment.
    fn html(&mut self, html: &str) {
        if let Some(comment) = html.strip_prefix("<!--") {
            self.comments
                .push(comment.trim_end_matches("-->").trim().to_owned());
            return;
        }
        let name: String = html
            .trim_start_matches(['<', '/'])
            .chars()
            .take_while(char::is_ascii_alphanumeric)
            .collect();
        let name = name.to_ascii_lowercase();
        if BREAKS.contains(&name.as_str()) {
            // `</br>` is a break to browsers; the end of an item is none.
            if name == "br" || !html.starts_with("</") {
                self.prose.push(PieceKind::Break, "\n");
            }
        } else if !ELEMENTS.contains(&name.as_str()) {
            self.text(html);
        }
    }

    /// Whether nothing was taken.
    pub(super) fn is_empty(&self) -> bool {
        self.prose.pieces.is_empty() && self.comments.is_empty()
    }

    /// The prose and the comments in it; an unclosed link is text.
    pub(super) fn finish(&mut self) -> (Prose, Vec<String>) {
        let mut done = std::mem::take(self);
        if let Some((_, text)) = done.link.take() {
            done.prose.push(PieceKind::Text, &text);
        }
        (done.prose, done.comments)
    }
}
