//! Turns text, places for line ends and boxes around them into lines of a given width: Oppen's algorithm ("Prettyprinting",
//! ACM TOPLAS 2:4, 1980), in two passes, since an item is in memory anyway. The first, while pieces are added, adds up how
//! much room each of them needs; the second writes them.

/// The columns of a line.
const MARGIN: i64 = 89;

/// What is left of a line for text at any depth.
const LEAST: i64 = 60;

/// The columns of a step inwards.
pub(super) const INDENT: i64 = 4;

/// Wider than any line: what has it in it is broken.
const INFINITE: i64 = 0xffff;

/// Text with its boxes, growing at its end.
#[derive(Debug, Default)]
pub(super) struct Boxes {
    /// The text of all pieces, one after the other.
    text: String,
    /// Each piece with the room that it needs; of text there is none to know. For a place or a box that is not followed by
    /// another place yet, less `width` as it was when it began.
    pieces: Vec<(Piece, i64)>,
    /// The pieces of which that is not known yet.
    undecided: Vec<usize>,
    /// Where in `width` the boxes began that are open.
    open: Vec<i64>,
    /// The room for everything so far, if none of it were broken.
    width: i64,
}

#[derive(Clone, Copy, Debug)]
enum Piece {
    /// So many bytes of the text.
    Text(u32),
    Place(Place),
    Open {
        indent: i64,
        breaks: Breaks,
    },
    Close,
}

/// Which places of a box that does not fit become line ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Breaks {
    /// All of them.
    Every,
    /// Those whose text up to the next place has no room.
    AsNeeded,
}

/// A place where a line may end.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Place {
    /// The blanks where it does not end.
    blanks: i64,
    /// What is added to the indentation of the next line.
    indent: i64,
    /// Written before the line end.
    before: Option<char>,
    /// Written on the next line.
    after: Option<char>,
    /// Written where the line does not end.
    otherwise: Option<char>,
    /// It is no line end in any case, but what comes before is measured up to here.
    never: bool,
}

impl Place {
    /// Nothing or a line end.
    pub(super) const NOTHING: Self = Self {
        blanks: 0,
        indent: 0,
        before: None,
        after: None,
        otherwise: None,
        never: false,
    };
    /// A blank or a line end.
    pub(super) const BLANK: Self = Self {
        blanks: 1,
        ..Self::NOTHING
    };
    /// A line end.
    pub(super) const LINE: Self = Self {
        blanks: INFINITE,
        ..Self::NOTHING
    };
    /// No line end.
    pub(super) const NEVER: Self = Self {
        never: true,
        ..Self::NOTHING
    };
    /// After the last of a list: a comma before the line end.
    pub(super) const LAST: Self = Self {
        before: Some(','),
        ..Self::NOTHING
    };

    /// The place, with `before` written before the line end.
    pub(super) const fn before(mut self, before: char) -> Self {
        self.before = Some(before);
        self
    }

    /// The place, with `after` on the next line, or `otherwise` where there is none.
    pub(super) const fn after(mut self, after: char, otherwise: Option<char>) -> Self {
        self.after = Some(after);
        self.otherwise = otherwise;
        self
    }

    /// The place, with the next line a step further out.
    pub(super) const fn outwards(mut self) -> Self {
        self.indent -= INDENT;
        self
    }
}

impl Boxes {
    /// With room for so many bytes of text, and as many pieces as so many tokens have.
    pub(super) fn with_room(bytes: usize, tokens: usize) -> Self {
        Self {
            text: String::with_capacity(bytes + tokens),
            pieces: Vec::with_capacity(2 * tokens),
            ..Self::default()
        }
    }

    /// Adds text without line ends.
    pub(super) fn text(&mut self, text: &str) {
        self.text.push_str(text);
        let length = u32::try_from(text.len()).unwrap_or(u32::MAX);
        match self.pieces.last_mut() {
            Some((Piece::Text(before), _)) => *before += length,
            _ => self.add(Piece::Text(length), 0),
        }
        self.width += width(text.len());
    }

    /// Adds a place.
    pub(super) fn place(&mut self, place: Place) {
        self.decide();
        self.undecided.push(self.pieces.len());
        self.add(Piece::Place(place), -self.width);
        self.width += place.blanks;
    }

    /// Opens a box, the lines of which are `indent` further in.
    pub(super) fn open(&mut self, indent: i64, breaks: Breaks) {
        self.open.push(self.width);
        self.undecided.push(self.pieces.len());
        self.add(Piece::Open { indent, breaks }, -self.width);
    }

    /// Closes the last box that is open.
    pub(super) fn close(&mut self) {
        self.open.pop();
        self.undecided.push(self.pieces.len());
        self.add(Piece::Close, 0);
    }

    /// Closes the last box that is open; it is broken where it is wider than `most`.
    pub(super) fn close_of_width(&mut self, most: i64) {
        if self
            .open
            .last()
            .is_some_and(|start| self.width - start > most)
        {
            self.width += INFINITE;
        }
        self.close();
    }

    /// Moves the next line a step further out, where a place was the last to be added.
    pub(super) fn outwards(&mut self) {
        if let Some((Piece::Place(place), _)) = self.pieces.last_mut() {
            *place = place.outwards();
        }
    }

    fn add(&mut self, piece: Piece, size: i64) {
        self.pieces.push((piece, size));
    }

    /// Now that a place follows, it is known how much room the place before it in the same box needs, with all boxes after
    /// that one, and how much those do.
    fn decide(&mut self) {
        let mut depth = 0_usize;
        while let Some(&at) = self.undecided.last() {
            let (piece, size) = &mut self.pieces[at];
            match piece {
                Piece::Open { .. } if depth == 0 => return,
                Piece::Open { .. } => {
                    depth -= 1;
                    *size += self.width;
                }
                Piece::Close => depth += 1,
                Piece::Place(_) | Piece::Text(_) => *size += self.width,
            }
            self.undecided.pop();
            if depth == 0 && matches!(piece, Piece::Place(_)) {
                return;
            }
        }
    }

    /// The lines.
    pub(super) fn lines(mut self) -> String {
        self.decide();
        let mut lines = Lines {
            out: String::with_capacity(self.text.len() * 3 / 2),
            room: MARGIN,
            indent: 0,
            blanks: 0,
            boxes: Vec::new(),
        };
        let mut rest = self.text.as_str();
        for (piece, size) in &self.pieces {
            match piece {
                Piece::Text(length) => {
                    let (text, after) = rest.split_at(*length as usize);
                    rest = after;
                    lines.text(text);
                }
                Piece::Place(place) => lines.place(place, *size),
                Piece::Open { indent, breaks } => lines.open(*indent, *breaks, *size),
                Piece::Close => lines.close(),
            }
        }
        lines.out
    }
}

/// The second pass.
struct Lines {
    out: String,
    /// What is left of the line.
    room: i64,
    /// The indentation of the next line.
    indent: i64,
    /// Blanks that are due before more text, so that no line ends with any.
    blanks: i64,
    /// Of each box that is open which places are line ends, if any, and the indentation outside.
    boxes: Vec<(Option<Breaks>, i64)>,
}

impl Lines {
    fn text(&mut self, text: &str) {
        for _ in 0..self.blanks {
            self.out.push(' ');
        }
        self.blanks = 0;
        self.out.push_str(text);
        self.room -= width(text.len());
    }

    fn open(&mut self, indent: i64, breaks: Breaks, size: i64) {
        let broken = (size > self.room).then_some(breaks);
        self.boxes.push((broken, self.indent));
        if broken.is_some() {
            self.indent += indent;
        }
    }

    fn close(&mut self) {
        if let Some((_, indent)) = self.boxes.pop() {
            self.indent = indent;
        }
    }

    fn place(&mut self, place: &Place, size: i64) {
        let ends = !place.never
            && match self.boxes.last() {
                Some((Some(Breaks::Every), _)) => true,
                Some((None, _)) => false,
                Some((Some(Breaks::AsNeeded), _)) | None => size > self.room,
            };
        if !ends {
            self.blanks += place.blanks;
            self.room -= place.blanks;
            if let Some(otherwise) = place.otherwise {
                self.out.push(otherwise);
                self.room -= 1;
            }
            return;
        }
        if let Some(before) = place.before {
            self.text(before.encode_utf8(&mut [0; 4]));
        }
        self.out.push('\n');
        let indent = self.indent + place.indent;
        self.blanks = indent;
        self.room = LEAST.max(MARGIN - indent);
        if let Some(after) = place.after {
            self.text(after.encode_utf8(&mut [0; 4]));
        }
    }
}

/// Bytes as columns: what is emitted of other scripts stands in comments and literals, which are not broken anyway.
fn width(bytes: usize) -> i64 {
    i64::try_from(bytes).unwrap_or(INFINITE)
}
