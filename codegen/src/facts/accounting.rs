//! What became of the rows, lines, cells, lists and fences of the pages: each is a fact or a diagnostic.

/// How many things of one kind there are, and what became of them.
///
/// `total` is counted on the parsed page, the other two where things are read: the three agree only if nothing was lost.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// How many stand on the pages.
    pub total: usize,
    /// How many became a fact.
    pub facts: usize,
    /// How many became, alone or with others, a diagnostic.
    pub reported: usize,
}

/// What was counted on a page or in a tree.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Accounting {
    /// Rows of tables, whatever the heading above them, and lines with the form of a row outside of any table.
    pub rows: Tally,
    /// Of these, the rows of the tables that list the members of enums.
    pub members: Tally,
    /// Cells of permission tables, without those that name the kind of permission. A cell that says that the operation
    /// is not supported is a fact.
    pub permission_cells: Tally,
    /// Descriptions that announce a list of possible values.
    pub value_lists: Tally,
    /// Lines of HTTP request blocks that are not blank.
    pub request_lines: Tally,
    /// Code fences outside of request blocks: examples of requests and responses, representations of types, and what is
    /// neither.
    pub fences: Tally,
}

impl Accounting {
    /// The tallies with their names, in the plural.
    #[must_use]
    pub fn tallies(&self) -> [(&'static str, Tally); 6] {
        [
            ("table rows", self.rows),
            ("members of enums among them", self.members),
            ("cells of permissions", self.permission_cells),
            ("lists of values", self.value_lists),
            ("request lines", self.request_lines),
            ("code fences outside of request blocks", self.fences),
        ]
    }
}

impl std::ops::AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.total += other.total;
        self.facts += other.facts;
        self.reported += other.reported;
    }
}

impl std::ops::AddAssign for Accounting {
    fn add_assign(&mut self, other: Self) {
        self.rows += other.rows;
        self.members += other.members;
        self.permission_cells += other.permission_cells;
        self.value_lists += other.value_lists;
        self.request_lines += other.request_lines;
        self.fences += other.fences;
    }
}
