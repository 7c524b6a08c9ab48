//! What mutations put into pages.

/// Bytes, most of which are no text.
pub(crate) const BYTES: &[&[u8]] = &[
    b"\xff",
    b"\xc3\x28",
    b"\xed\xa0\x80",
    b"\xf0\x9f\xa6",
    b"\x00",
    b"\x00\x01\x02\x1b[31m\x7f",
    b"\xef\xbb\xbf",
    b"\x0c",
    b"\xc2\x85",
];

/// Characters that are not seen, or turn others around.
pub(crate) const INVISIBLE: &[&str] = &[
    "\u{200b}",
    "\u{200d}",
    "\u{2060}",
    "\u{feff}",
    "\u{ad}",
    "\u{202e}",
    "\u{202c}",
    "\u{2066}",
    "\u{2069}",
    "\u{200f}",
    "\u{a0}",
    "\u{3000}",
    "\u{301}",
    "\u{130}",
    "\u{1f1e9}\u{1f1ea}",
    "\u{e0041}",
];

/// What opens something.
pub(crate) const OPENING: &[&str] = &[
    "\n```\n",
    "\n```http\n",
    "\n~~~\n",
    "```",
    "`",
    "<!--",
    "<!-- {",
    "\n<!-- { \"blockType\": \"resource\", \"@odata.type\": \"",
    "\n<div>\n",
    "<details>",
    "<!",
    "<?",
    "<![CDATA[",
    "<a href=\"",
    "[",
    "![",
    "[!INCLUDE [",
    "[!INCLUDE [x](../includes/license-note.md)]",
    "](",
    "{",
    "\"",
    "\n---\n",
    "\n> ",
    "\n- ",
    "\n1. ",
    "\n    ",
    "**",
    "_",
    "\\",
];

/// Marks of markdown, JSON and HTML.
pub(crate) const MARKS: &[&str] = &[
    "|",
    "||",
    "\\|",
    "`",
    "*",
    "_",
    "[",
    "]",
    "(",
    ")",
    "{",
    "}",
    "<",
    ">",
    "#",
    "&",
    "\\",
    "-",
    ":",
    "~",
    "!",
    "/",
    "'",
    "\"",
    "=",
    ",",
    ".",
    "\n",
    " ",
    "\t",
    "?",
    "$",
    "@",
    "%",
    "+",
    ";",
    "&#0;",
    "&nbsp;",
    "<br>",
    "|:--",
    "--|",
    "\n|a|",
    "\n\n",
    "Collection(",
    "): ",
    "{id}",
    "(a={a})",
    "0",
    "é",
    "🦀",
];

/// What stands in itself where it is repeated.
pub(crate) const NESTING: &[&str] = &[
    "> ",
    "- ",
    "1. ",
    "[",
    "(",
    "{",
    "*a ",
    "**a _b ",
    "<b>",
    "<!--",
    "{\"a\":",
    "[[",
    "![a](",
    "Collection(",
    "`` ` ",
    "\n#",
    "\n> > - a",
    "\n  - a",
];

/// What makes a line long.
pub(crate) const LONG: &[&str] = &[
    "word ",
    "x",
    "`a`, ",
    "*a* ",
    "[a](b.md) ",
    "<br>",
    "&amp;",
    "\\|",
    "a | ",
    "User.Read, ",
    "/{id}/a",
    "é",
];

/// Cells that are added to the rows of tables.
pub(crate) const CELLS: &[&str] = &["a|", "|", ":---|", " Type |", " Description |", "`x`|"];

/// Line ends.
pub(crate) const LINE_ENDS: &[&str] = &[
    "\r\n", "\r", "\n\r", "\r\r\n", "\u{2028}", "\u{2029}", "\u{85}", "\u{b}", "\u{c}", "\\\n",
    "  \n", "<br/>\n", "\n\n",
];

/// What is put before lines.
pub(crate) const INDENTS: &[&str] = &[
    " ", "   ", "    ", "\t", "> ", "- ", "| ", "# ", "        ", "<!--",
];

/// Headings of sections, and of pages.
pub(crate) const HEADINGS: &[&str] = &[
    "\n## Properties\n",
    "\n## Relationships\n",
    "\n## JSON representation\n",
    "\n## Members\n",
    "\n### status values\n",
    "\n## Permissions\n",
    "\n## HTTP request\n",
    "\n## Request headers\n",
    "\n## Optional query parameters\n",
    "\n## Request body\n",
    "\n## Response\n",
    "\n## Examples\n",
    "\n### Request\n",
    "\n### Response\n",
    "\n## Methods\n",
    "\n# Other resource type\n",
    "\n# other enum type\n",
    "\n# \n",
    "\nProperties\n---\n",
    "\n##Properties\n",
];
