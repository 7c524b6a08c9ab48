//! Turns text, places for line ends and boxes around them into lines of a given width: Oppen's algorithm ("Prettyprinting",
//! ACM TOPLAS 2:4, 1980), in two passes, since an item is in memory anyway. The first, while pieces are added, adds up how
//! much room each of them needs; the second writes them.

/// The columns of a line.
const MARGIN: isize = 89;

/// What is left of a line for text at any depth.
const LEAST: isize = 60;

/// The columns of a step inwards.
pub(super) const INDENT: isize = 4;

/// Wider than any line: what has it in it is broken.
const INFINITE: isize = 0xffff;

/// Text with its boxes, growing at its end.
#[derive(Debug, Default)]
pub(super) struct Boxes {
    /// The text of all pieces, one after the other.
    text: String,
    pieces: Vec<Piece>,
    /// For each piece the room that it needs. For a place or a box that is not followed by another place yet, less
    /// `width` as it was when it began.
    sizes: Vec<isize>,
    /// The pieces of which that is not known yet.
    undecided: Vec<usize>,
    /// Where in `width` the boxes began that are open.
    open: Vec<isize>,
    /// The room for everything so far, if none of it were broken.
    width: isize,
}

#[derive(Clone, Copy, Debug)]
enum Piece {
    /// So many bytes of the text.
    Text(usize),
    Place(Place),
    Open {
        indent: isize,
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
    blanks: isize,
    /// What is added to the indentation of the next line.
    indent: isize,
    /// Written before the line end.
    before: &'static str,
    /// Written on the next line.
    after: &'static str,
    /// Written where the line does not end.
    otherwise: &'static str,
    /// It is no line end in any case, but what comes before is measured up to here.
    never: bool,
}

impl Place {
    /// Nothing or a line end.
    pub(super) const NOTHING: Self = Self {
        blanks: 0,
        indent: 0,
        before: "",
        after: "",
        otherwise: "",
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
        before: ",",
        ..Self::NOTHING
    };

    /// The place, with `before` written before the line end.
    pub(super) const fn before(mut self, before: &'static str) -> Self {
        self.before = before;
        self
    }

    /// The place, with `after` on the next line, or `otherwise` where there is none.
    pub(super) const fn after(mut self, after: &'static str, otherwise: &'static str) -> Self {
        self.after = after;
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
    /// Adds text without line ends.
    pub(super) fn text(&mut self, text: &str) {
        self.text.push_str(text);
        self.add(Piece::Text(text.len()), width(text.len()));
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
    pub(super) fn open(&mut self, indent: isize, breaks: Breaks) {
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
    pub(super) fn close_of_width(&mut self, most: isize) {
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
        if let Some(Piece::Place(place)) = self.pieces.last_mut() {
            *place = place.outwards();
        }
    }

    fn add(&mut self, piece: Piece, size: isize) {
        self.pieces.push(piece);
        self.sizes.push(size);
    }

    /// Now that a place follows, it is known how much room the place before it in the same box needs, with all boxes after
    /// that one, and how much those do.
    fn decide(&mut self) {
        let mut depth = 0_usize;
        while let Some(&at) = self.undecided.last() {
            match self.pieces[at] {
                Piece::Open { .. } if depth == 0 => return,
                Piece::Open { .. } => {
                    depth -= 1;
                    self.sizes[at] += self.width;
                }
                Piece::Close => depth += 1,
                Piece::Place(_) | Piece::Text(_) => self.sizes[at] += self.width,
            }
            self.undecided.pop();
            if depth == 0 && matches!(self.pieces[at], Piece::Place(_)) {
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
        for (piece, size) in self.pieces.iter().zip(&self.sizes) {
            match piece {
                Piece::Text(length) => {
                    let (text, after) = rest.split_at(*length);
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
    room: isize,
    /// The indentation of the next line.
    indent: isize,
    /// Blanks that are due before more text, so that no line ends with any.
    blanks: isize,
    /// Of each box that is open which places are line ends, if any, and the indentation outside.
    boxes: Vec<(Option<Breaks>, isize)>,
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

    fn open(&mut self, indent: isize, breaks: Breaks, size: isize) {
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

    fn place(&mut self, place: &Place, size: isize) {
        let ends = !place.never
            && match self.boxes.last() {
                Some((Some(Breaks::Every), _)) => true,
                Some((None, _)) => false,
                Some((Some(Breaks::AsNeeded), _)) | None => size > self.room,
            };
        if !ends {
            self.blanks += place.blanks;
            self.room -= place.blanks;
            if !place.otherwise.is_empty() {
                self.out.push_str(place.otherwise);
                self.room -= width(place.otherwise.len());
            }
            return;
        }
        if !place.before.is_empty() {
            self.text(place.before);
        }
        self.out.push('\n');
        let indent = self.indent + place.indent;
        self.blanks = indent;
        self.room = LEAST.max(MARGIN - indent);
        if !place.after.is_empty() {
            self.text(place.after);
        }
    }
}

/// Bytes as columns: what is emitted of other scripts stands in comments and literals, which are not broken anyway.
fn width(bytes: usize) -> isize {
    isize::try_from(bytes).unwrap_or(INFINITE)
}
