//! The rules, each with a stable code. The doc comments are the published catalogue.

/// How grave a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// Something was not read at all, or the caller asked for it to count: the exit code is 1.
    Error,
    /// A fact was lost, or two contradict each other.
    Warning,
    /// Something was repaired or left aside on purpose.
    Note,
}

impl Severity {
    /// `error`, `warning` or `note`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}

/// Declares the rules once: variant, code, severity, and the doc comment as data.
macro_rules! rules {
    ($($(#[doc = $doc:literal])+ $name:ident = $code:literal, $severity:ident;)+) => {
        /// A rule that findings fall under.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Rule {
            $($(#[doc = $doc])+ $name,)+
        }

        impl Rule {
            /// All rules, in the order of the stages.
            pub const ALL: &'static [Self] = &[$(Self::$name,)+];

            /// The stable code, as `--deny` takes it.
            #[must_use]
            pub fn code(self) -> &'static str {
                match self {
                    $(Self::$name => $code,)+
                }
            }

            /// The severity unless the caller denies the rule.
            #[must_use]
            pub fn severity(self) -> Severity {
                match self {
                    $(Self::$name => Severity::$severity,)+
                }
            }

            /// What the rule means, in markdown.
            #[must_use]
            pub fn documentation(self) -> &'static str {
                match self {
                    $(Self::$name => concat!($($doc, "\n",)+),)+
                }
            }
        }
    };
}

rules! {
    /// A file is not UTF-8, so nothing on it was read.
    NotUtf8 = "not-utf8", Error;
    /// A file is larger than any page of documentation is, so it was not read.
    PageTooLarge = "page-too-large", Error;
    /// A file or folder below the documentation folder could not be read.
    UnreadableFile = "unreadable-file", Error;
    /// A symbolic link leads back to a folder above it; it was not followed.
    LinkLoop = "link-loop", Error;
    /// A symbolic link or an include leads out of the documentation folder; it was not followed.
    OutsideRoot = "outside-root", Warning;
    /// A page includes a file that is not there, or that includes itself.
    MissingInclude = "missing-include", Warning;

    /// The title shares its line with the text after it.
    GluedTitle = "glued-title", Note;
    /// A heading lacks the blank after its `#` characters.
    GluedHeading = "glued-heading", Note;
    /// The delimiter row of a table holds tabs, or has another number of cells than the header.
    RepairedDelimiter = "repaired-delimiter", Note;
    /// A row has more cells than the header: the surplus was joined to the last cell, or, where a pipe stands in a code span, that pipe was read as text.
    SurplusCells = "surplus-cells", Note;
    /// A row of a table is broken over two lines: they were joined.
    BrokenRow = "broken-row", Note;
    /// Text stands directly below a table, where markdown would make it a row.
    TextAfterTable = "text-after-table", Note;
    /// Rows are cut off from their table by a blank line or a comment: they were joined to it.
    DetachedRows = "detached-rows", Note;
    /// A code fence is never closed, so the rest of the page is in it.
    UnclosedFence = "unclosed-fence", Warning;
    /// The JSON of a block comment cannot be read, so its annotations are lost.
    MalformedAnnotation = "malformed-annotation", Warning;

    /// Nothing on the page is about a type, an enum or an operation, or it is a part of pages that no page includes.
    PageWithoutFacts = "page-without-facts", Note;
    /// A table under a section of facts has columns that no fact is made of, or rows stand there that are part of no table.
    UnknownTable = "unknown-table", Warning;
    /// A row of a table is a group heading, is empty, or names nothing that can be a name, so no fact was made of it.
    RowWithoutFact = "row-without-fact", Note;
    /// A table stands under a heading that holds no facts, such as remarks or error codes, so its rows were not read.
    UnreadTable = "unread-table", Note;
    /// A code fence is no request block, no example of a request or response and no representation of a type.
    UnreadFence = "unread-fence", Note;
    /// A description announces a list of possible values, and none that could be a name follows.
    UnreadValues = "unread-values", Note;
    /// A line of an HTTP request block, or a part of one, is not a request line, or is longer than any real one.
    NotARequestLine = "not-a-request-line", Warning;
    /// A request line leaves out segments with `...`, so that its path cannot be called as it is written.
    ElidedPath = "elided-path", Warning;
    /// A request line lacks its leading slash, its blank after the method, or names host and version.
    RepairedRequestLine = "repaired-request-line", Note;
    /// A page is about an operation, yet no request line was found on it.
    NoRequestLine = "no-request-line", Warning;
    /// A type cell cannot be read as a type.
    UnreadableType = "unreadable-type", Warning;
    /// A type cell is read only by repairing it: a link without its closing bracket, a word that stands twice, a type at the end of a sentence or in the cell of the description.
    RepairedType = "repaired-type", Note;
    /// The text about the answer names a status code with the words of another, or another code than the example shows.
    ConflictingStatus = "conflicting-status", Warning;
    /// A cell of a permission table names a kind that is not known.
    UnknownPermissionKind = "unknown-permission-kind", Warning;
    /// A cell of a permission table holds words that are no permission, or nothing.
    UnknownPermission = "unknown-permission", Note;
    /// The JSON of an example or of a resource block cannot be read, not even with comments and trailing commas allowed.
    UnreadableJson = "unreadable-json", Warning;
    /// The JSON of an example is read only by allowing what JSON does not: comments, trailing commas, missing commas.
    LenientJson = "lenient-json", Note;

    /// A correction is malformed or changes nothing.
    UnusedCorrection = "unused-correction", Error;

    /// A pattern of the selection matches no operation.
    UnmatchedSelection = "unmatched-selection", Error;

    /// A type is named that no page documents; the value is JSON.
    UnknownType = "unknown-type", Warning;
    /// A base type is named that no page documents; the type stands alone.
    UnknownBase = "unknown-base", Warning;
    /// A page has the tables of a type, and neither its title nor a resource block names one; nothing is made of them.
    UnnamedType = "unnamed-type", Warning;
    /// Two pages claim one type name and have little in common.
    ConflictingType = "conflicting-type", Warning;
    /// Two pages or two rows give one property different types.
    ConflictingProperty = "conflicting-property", Warning;
    /// A table lists a property or a member twice: the first row counts.
    RepeatedRow = "repeated-row", Note;
    /// The line that names a page's namespace and its resource block disagree, or a namespace ends in one part twice.
    ConflictingNamespace = "conflicting-namespace", Warning;
    /// A list of values and the table of the enum disagree.
    ConflictingValues = "conflicting-values", Warning;
    /// The table of a request body has a row for a property that the page of the type does not have, so the type has no
    /// field for it.
    UndeclaredProperty = "undeclared-property", Warning;
    /// A page says that there is no request body, and an example on it shows one; or it lists the rows of a body for a
    /// request that has none.
    ConflictingBody = "conflicting-body", Warning;
    /// An operation's page does not say what the answer holds; it is JSON.
    UntypedResponse = "untyped-response", Note;
    /// An operation's page does not say what its body holds; it is JSON.
    UntypedBody = "untyped-body", Note;

    /// Two items of the SDK would have one name; how it was decided is said.
    NameCollision = "name-collision", Note;
}

impl Rule {
    /// The rule of a code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|rule| rule.code() == code)
    }
}
