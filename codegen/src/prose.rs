//! Text with the markup that carries meaning on these pages: code, links, emphasis.

/// A run of text, such as a table cell or a paragraph.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Prose {
    /// The pieces in order.
    pub pieces: Vec<Piece>,
}

/// A part of a [`Prose`] with one kind of markup.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The markup.
    pub kind: PieceKind,
    /// The text, entities decoded, no-break spaces folded to blanks. For a break it is `\n`.
    pub text: String,
}

/// The markup of a [`Piece`]. Of nested markup the one that means most counts: a link, then code, then emphasis.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PieceKind {
    /// Plain text.
    Text,
    /// A code span.
    Code,
    /// `**strong**`.
    Strong,
    /// `*emphasis*`.
    Emphasis,
    /// A link, inline or by reference.
    Link {
        /// Where it leads, as written.
        target: String,
    },
    /// A line break: `<br>`, the start of a list item in HTML, or the end of a paragraph.
    Break,
}

impl Prose {
    /// Plain text of one piece.
    #[must_use]
    pub fn plain(text: impl Into<String>) -> Self {
        Self {
            pieces: vec![Piece {
                kind: PieceKind::Text,
                text: text.into(),
            }],
        }
    }

    /// The text without its markup, without blanks around it.
    #[must_use]
    pub fn text(&self) -> String {
        let text: String = self
            .pieces
            .iter()
            .map(|piece| piece.text.as_str())
            .collect();
        text.trim().to_owned()
    }

    /// Whether there is no text.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.pieces.iter().all(|piece| piece.text.trim().is_empty())
    }

    /// The links: text and target.
    pub fn links(&self) -> impl Iterator<Item = (&str, &str)> {
        self.pieces.iter().filter_map(|piece| match &piece.kind {
            PieceKind::Link { target } => Some((piece.text.as_str(), target.as_str())),
            _ => None,
        })
    }

    /// Appends a piece, joining it to the last one where both are plain text.
    pub fn push(&mut self, kind: PieceKind, text: &str) {
        if text.is_empty() {
            return;
        }
        if let Some(last) = self.pieces.last_mut()
            && last.kind == kind
            && !matches!(kind, PieceKind::Link { .. })
        {
            last.text.push_str(text);
            return;
        }
        self.pieces.push(Piece {
            kind,
            text: text.to_owned(),
        });
    }
}
