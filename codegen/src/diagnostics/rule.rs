//! The rules, each with a stable code. The doc comments are the published catalogue, `RULES.md`.
//!
//! Each has three paragraphs: what is found, what is made of it, and what an author of the page can do.

use super::declare::rules;
use super::severity::Severity;
use super::stage::Stage;

rules! {
    in Read:
    /// A file is not UTF-8.
    ///
    /// Nothing on it is read, and no crate is written.
    ///
    /// Save the file as UTF-8; a byte order mark does no harm.
    NotUtf8 = "not-utf8", Error;
    /// A file is larger than any page of documentation is.
    ///
    /// It is not read, and no crate is written.
    ///
    /// Move the file out of the documentation folder, or give it another extension than `.md`.
    PageTooLarge = "page-too-large", Error;
    /// A file or folder below the documentation folder cannot be read. A link leads nowhere, or the rights are missing.
    ///
    /// It is left out, and no crate is written.
    ///
    /// Mend or remove the link, or allow the file to be read.
    UnreadableFile = "unreadable-file", Error;
    /// A symbolic link leads back to a folder above it.
    ///
    /// It is not followed, and no crate is written.
    ///
    /// Remove the link, or let it lead to the files that are meant.
    LinkLoop = "link-loop", Error;
    /// A symbolic link or an include leads out of the documentation folder.
    ///
    /// It is not followed: what lies there is missing on the page.
    ///
    /// Pass the folder above as the documentation folder, or copy the file into it.
    OutsideRoot = "outside-root", Warning;

    in Parse:
    /// A page includes a file that is not there, or that includes itself. Or it includes more, or deeper, than any page
    /// has to.
    ///
    /// What the file would say is missing on the page: often a table of permissions.
    ///
    /// Mend the path of the include; it is relative to the page that it stands on. Includes need not include others.
    MissingInclude = "missing-include", Warning;
    /// The title shares its line with the note after it.
    ///
    /// The title is read up to the note.
    ///
    /// Put a blank line between the two.
    GluedTitle = "glued-title", Note;
    /// A heading lacks the blank after its `#` characters. Markdown takes it for text.
    ///
    /// It is read as the heading that is meant.
    ///
    /// Put a blank after the `#` characters.
    GluedHeading = "glued-heading", Note;
    /// The delimiter row of a table does not fit its header. It holds tabs, or has another number of cells, so that
    /// markdown sees no table.
    ///
    /// The table is read with the columns of its header.
    ///
    /// Write the delimiter row with as many cells as the header, and without tabs.
    RepairedDelimiter = "repaired-delimiter", Note;
    /// A row has more cells than the header. Markdown would drop the surplus.
    ///
    /// The surplus is joined to the last cell, or, where a pipe stands in a code span, that pipe is read as text.
    ///
    /// Write a pipe that is text as `\|`, or take out the surplus cell.
    SurplusCells = "surplus-cells", Note;
    /// A row of a table is broken over two lines. Markdown would make two rows of it.
    ///
    /// The lines are joined to one row.
    ///
    /// Keep a row on one line; `<br/>` breaks a line in a cell.
    BrokenRow = "broken-row", Note;
    /// Text stands directly below a table, where markdown would make it a row.
    ///
    /// It is read as text.
    ///
    /// Put a blank line between table and text.
    TextAfterTable = "text-after-table", Note;
    /// Rows are cut off from their table by a blank line or a comment. Markdown would show them as text.
    ///
    /// They are joined to the table above.
    ///
    /// Take out the blank line, or move the comment away from the table.
    DetachedRows = "detached-rows", Note;
    /// A code fence is never closed, or closed after the heading of another section.
    ///
    /// It is ended before the next section that is known; without one, the rest of the page is read as code.
    ///
    /// Close the fence before the next heading.
    UnclosedFence = "unclosed-fence", Warning;
    /// The JSON of a block comment cannot be read.
    ///
    /// Its annotations are lost, such as the type that an example shows, its key, or its base type.
    ///
    /// Mend the JSON of the comment; quotes and commas are the usual cause.
    MalformedAnnotation = "malformed-annotation", Warning;

    in Extract:
    /// Nothing on the page is about a type, an enum or an operation. Or the page is a part of pages that no page
    /// includes.
    ///
    /// Nothing is generated from it.
    ///
    /// Nothing to do for a page of prose. On a page of reference, look at the names of its sections and at the headers
    /// of its tables.
    PageWithoutFacts = "page-without-facts", Note;
    /// Rows under a section of facts are not those of any known table. The columns are others, or the rows are part of
    /// no table.
    ///
    /// No fact is made of them; they are counted as reported.
    ///
    /// Use the column names of the other pages, move the table out of the section, or give loose rows a header and a
    /// delimiter row.
    UnknownTable = "unknown-table", Warning;
    /// A row of a table names nothing. It is a group heading, is empty, or has something for a name that can be none.
    ///
    /// No fact is made of it.
    ///
    /// Nothing to do for a group heading. Else write the name alone into the first cell.
    RowWithoutFact = "row-without-fact", Note;
    /// A table stands under a heading that holds no facts.
    ///
    /// Its rows, about errors or remarks for example, are not read.
    ///
    /// Nothing to do where that is so. Else name the section as the other pages do.
    UnreadTable = "unread-table", Note;
    /// A code fence is no request block, no example and no representation of a type.
    ///
    /// It is not read.
    ///
    /// Nothing to do for a sample of code. An example of a request begins with its method and URL, one of a response with
    /// its status line.
    UnreadFence = "unread-fence", Note;
    /// A description announces a list of values, and none follows that could be a name.
    ///
    /// The property has no values, and is no enum.
    ///
    /// Write the values as code, with commas between, and what they mean into a table.
    UnreadValues = "unread-values", Note;
    /// A line of an HTTP request block is not a request line. Or a part of it is none, it is longer than any real one,
    /// or the page has 500 others.
    ///
    /// No request is made of it.
    ///
    /// Write one request a line, method and path; move remarks out of the block.
    NotARequestLine = "not-a-request-line", Warning;
    /// A request line leaves out segments with `...`. Its path cannot be called as it is written.
    ///
    /// The request is generated with the path as written; a call of it cannot succeed.
    ///
    /// Write the path in full, or leave the line out where the lines above already say what is meant.
    ElidedPath = "elided-path", Warning;
    /// A request line is not quite one. It lacks its leading slash or its blank after the method, or names host and
    /// version.
    ///
    /// It is read as the request line that is meant.
    ///
    /// Write the line as `GET /path/{id}`.
    RepairedRequestLine = "repaired-request-line", Note;
    /// A page is about an operation, yet no request line was found on it.
    ///
    /// No function is generated for the page.
    ///
    /// Put the request line into a fence under the section on the HTTP request.
    NoRequestLine = "no-request-line", Warning;
    /// A type cell cannot be read as a type.
    ///
    /// The value is JSON.
    ///
    /// Write the name of one type into the cell, or `Collection(type)`, and everything else into the description.
    UnreadableType = "unreadable-type", Warning;
    /// A type cell is read only by repairing it. A link lacks its closing bracket, a word stands twice, or the type
    /// stands at the end of a sentence or in the cell of the description.
    ///
    /// It is read as the type that the message names.
    ///
    /// Write the type alone into its cell.
    RepairedType = "repaired-type", Note;
    /// The text about an answer contradicts itself or the example in the status code. It names a code with the words of
    /// another, or another code than the example shows.
    ///
    /// The number in the text counts.
    ///
    /// Bring text and example in line.
    ConflictingStatus = "conflicting-status", Warning;
    /// A cell of a permission table names a kind that is not known.
    ///
    /// The permissions of that row or column are left out of the documentation and of the statics of the operation.
    ///
    /// Use one of the kinds of the other pages; a new kind belongs into the profile.
    UnknownPermissionKind = "unknown-permission-kind", Warning;
    /// A cell of a permission table holds words that are no permission, or nothing.
    ///
    /// The permissions beside them are read; the words are left aside.
    ///
    /// Name permissions alone, with commas between, or say that the operation is not supported; explain below the
    /// table.
    UnknownPermission = "unknown-permission", Note;
    /// The JSON of an example or of a resource block cannot be read. Comments and trailing commas would be allowed.
    ///
    /// The example says nothing about types, and is not checked.
    ///
    /// Mend the JSON at the place that the message quotes, or mark the fence as another language where it is none.
    UnreadableJson = "unreadable-json", Warning;
    /// The JSON of an example is none by the standard. It has comments, trailing commas, missing commas, or the like.
    ///
    /// It is read all the same.
    ///
    /// Mend the JSON, so that readers can copy it.
    LenientJson = "lenient-json", Note;

    in Correct:
    /// An entry of the corrections is malformed or changes nothing.
    ///
    /// The other entries are applied, or none where the file as a whole cannot be read, and no crate is written.
    ///
    /// Remove the entry where the page has been mended; else mend what it names.
    UnusedCorrection = "unused-correction", Error;

    in Resolve:
    /// A type is named that no page documents.
    ///
    /// The value is JSON.
    ///
    /// Mend the name, which the help may guess, or add a page for the type.
    UnknownType = "unknown-type", Warning;
    /// A base type is named that no page documents. Or it is derived from the type itself, or has 32 base types.
    ///
    /// The type stands alone: it has the properties of its own page only.
    ///
    /// Mend the name of the base type, or add its page.
    UnknownBase = "unknown-base", Warning;
    /// A page has the tables of a type, and nothing on it names the type.
    ///
    /// Nothing is made of them.
    ///
    /// Name the type in the title, or in the comment above the JSON representation.
    UnnamedType = "unnamed-type", Warning;
    /// Two pages claim one type name and have little in common.
    ///
    /// The page whose title is another name is read under that name; where the names differ by letter case alone, the
    /// pages are merged.
    ///
    /// Name the type in the comment above the JSON representation of each page.
    ConflictingType = "conflicting-type", Warning;
    /// Two places give one property different types or names.
    ///
    /// The first row counts; against the JSON of a page, its table does.
    ///
    /// Give all rows of the property one type, and the JSON the name and the shape of the row.
    ConflictingProperty = "conflicting-property", Warning;
    /// A table lists a property or a member twice.
    ///
    /// The first row counts.
    ///
    /// Remove one of the rows, or mend the name of the one that is about something else.
    RepeatedRow = "repeated-row", Note;
    /// The line that names a page's namespace and its resource block disagree. Or a namespace ends in one part twice.
    ///
    /// The resource block counts; a part that stands twice is read once.
    ///
    /// Bring the two in line.
    ConflictingNamespace = "conflicting-namespace", Warning;
    /// A list of values and the table of the enum disagree. Or two tables of one enum do.
    ///
    /// The table counts; two tables are joined.
    ///
    /// Bring list and table in line, or let the list be a link to the table.
    ConflictingValues = "conflicting-values", Warning;
    /// The body of a request has a property that the page of its type does not have.
    ///
    /// The type has no field for it; it can be sent as an undeclared property.
    ///
    /// Add the property to the page of the type, or mend its name.
    UndeclaredProperty = "undeclared-property", Warning;
    /// A request has no body, and the page shows or lists one.
    ///
    /// An example counts; rows of a request without a body are left aside.
    ///
    /// Describe the body in its section; list the arguments of a function in a section of their own.
    ConflictingBody = "conflicting-body", Warning;
    /// An operation's page does not say what the answer holds.
    ///
    /// The answer is JSON.
    ///
    /// Link the type of the answer in the section on the response.
    UntypedResponse = "untyped-response", Note;
    /// An operation's page does not say what its body holds.
    ///
    /// The body is JSON.
    ///
    /// Link the type of the body in its section, or list its parameters in a table.
    UntypedBody = "untyped-body", Note;
    /// The request of an example is none of those that its page documents.
    ///
    /// Nothing is lost but a test: no function can be held to the example.
    ///
    /// Use a method and a path of the section on the HTTP request, or document the one that the example uses.
    UnmatchedExample = "unmatched-example", Warning;

    in Select:
    /// A pattern of the selection matches no operation.
    ///
    /// No crate is written.
    ///
    /// Mend the pattern. It is about the call and not about a page.
    UnmatchedSelection = "unmatched-selection", Error;

    in Examine:
    /// A value or a body in an example is not what the tables and the text say.
    ///
    /// It is of another type than its property, or stands where no body is documented, or one of another kind. Tables
    /// and text count; where the example is right, reading such an answer fails, or its body is passed over.
    ///
    /// Correct the one that is wrong: a number in quotes, one object where the table says collection, a type that has
    /// been changed since, a body below `204 No Content`.
    ContradictingExample = "contradicting-example", Warning;
    /// An example has words such as `String` where it needs a value of another type.
    ///
    /// Nothing is lost but a test: no type can be held to the value.
    ///
    /// Give a value that the service could send.
    PlaceholderValue = "placeholder-value", Note;
    /// A key in examples is no property that the page of its type declares.
    ///
    /// The SDK has no field for it; what arrives is kept among the additional properties.
    ///
    /// Add a row to the type's table, or mend the name in the example.
    UndeclaredKey = "undeclared-key", Note;
    /// A name of a type, of a parameter or in a path has characters outside of ASCII. Such a letter may look like another
    /// one, or be written in two ways. In a table, it makes a row without a fact.
    ///
    /// On the wire the name is as written. The Rust name has its ASCII letters and digits only; names that become equal by
    /// that are told apart.
    ///
    /// Write the name as the service has it, with the letters A to Z.
    ForeignCharacters = "foreign-characters", Warning;

    in Plan:
    /// Two items of the SDK would have one name.
    ///
    /// One of them gets a longer name, which the message gives. Pages that name one request alike share a function;
    /// where they disagree on body or answer, the page whose title is nearest to the path counts. `NAMES.md` has the
    /// rules.
    ///
    /// Nothing to do, unless two pages document one operation.
    NameCollision = "name-collision", Note;

    in Baseline:
    /// An entry of the baseline silences nothing. The finding is gone, it says something else now, or it is an error,
    /// which a baseline does not silence.
    ///
    /// The entry is left aside.
    ///
    /// Remove the line, or write the baseline anew with `cargo xtask lint --write-baseline FILE`.
    StaleBaselineEntry = "stale-baseline-entry", Warning;
}

impl Rule {
    /// The rule of a code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|rule| rule.code() == code)
    }
}
