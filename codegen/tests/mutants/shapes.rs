//! Pages whose size is a number, each of a shape that could cost more than its size.

use std::fmt::Write;

use crate::run::File;

/// A shape: its name, and the pages of a size.
pub(crate) struct Shape {
    pub(crate) name: &'static str,
    pub(crate) files: fn(usize) -> Vec<File>,
}

const fn shape(name: &'static str, files: fn(usize) -> Vec<File>) -> Shape {
    Shape { name, files }
}

/// All of them. The size is a number of bytes, or thereabouts.
pub(crate) const SHAPES: &[Shape] = &[
    shape("columns", |n| {
        let columns = "|a".repeat(n / 8);
        let marks = "|-".repeat(n / 8);
        typed(&format!("{columns}|\n{marks}|\n{columns}|\n"))
    }),
    shape("many columns and short rows", |n| {
        let columns = "|a".repeat(n / 8);
        let marks = "|-".repeat(n / 8);
        typed(&format!("{columns}|\n{marks}|\n{}", "|a|\n".repeat(n / 8)))
    }),
    shape("few columns and long rows", |n| {
        typed(&format!("{TABLE}{}\n", "|a".repeat(n / 2)))
    }),
    shape("rows of a type", |n| {
        typed(&rows(n / 16, |at| format!("p{at}|String|A.")))
    }),
    shape("rows with one name", |n| {
        typed(&rows(n / 16, |_| "p|String|A.".to_owned()))
    }),
    shape("rows with other letters", |n| {
        typed(&rows(n / 16, |at| {
            let name: String = (0..16)
                .map(|bit| if at >> bit & 1 == 0 { 'a' } else { 'A' })
                .collect();
            format!("{name}|String|A.")
        }))
    }),
    shape("rows of unknown types", |n| {
        typed(&rows(n / 24, |at| format!("p{at}|unknown{at}|A.")))
    }),
    shape("rows of unlike types", |n| {
        typed(&rows(n / 24, |at| format!("p|unknown{at}|A.")))
    }),
    shape("relationships", |n| {
        typed(&format!(
            "{}\n## Relationships\n\n{}",
            rows(1, |_| "id|String|Key.".to_owned()),
            rows(n / 24, |at| format!("p{at}|other{at} collection|A."))
        ))
    }),
    shape("methods", |n| {
        typed(&format!(
            "## Methods\n\n{}",
            rows(n / 32, |at| format!("[get](../api/a{at}.md)|thing|A."))
        ))
    }),
    shape("a cell of words", |n| cell(&"word ".repeat(n / 5))),
    shape("a cell of values", |n| {
        let values: String = (0..n / 8).fold(String::new(), |mut text, at| {
            let _ = write!(text, "`v{at}`, ");
            text
        });
        cell(&format!("Possible values are: {values}`end`."))
    }),
    shape("a type of words", |n| {
        typed(&rows(1, |_| format!("p|{}|A.", "word ".repeat(n / 5))))
    }),
    shape("a type of collections", |n| {
        typed(&rows(1, |_| {
            format!("p|{}|A.", "Collection(".repeat(n / 11))
        }))
    }),
    shape("members", |n| {
        page(
            "resources/states.md",
            &format!(
                "# states enum type\n\n## Members\n\n|Member|Value|Description|\n|-|-|-|\n{}",
                lines(n / 16, |at| format!("|m{at}|{at}|A.|"))
            ),
        )
    }),
    shape("tables of members below a long text", |n| {
        page(
            "resources/states.md",
            &format!(
                "# states enum type\n\n{}\n\n{}",
                "word ".repeat(n / 10),
                lines(n / 80, |at| format!(
                    "## Members\n\n|Member|Description|\n|-|-|\n|m{at}|A.|\n"
                ))
            ),
        )
    }),
    shape("lists of values of one type", |n| {
        typed(&rows(n / 60, |at| {
            format!("p{at}|states|A. Possible values are: `a{at}`, `b{at}`.")
        }))
    }),
    shape("lists of members in headings", |n| {
        typed(&lines(n / 48, |at| {
            format!("\n### state{at} values\n\n|Member|Description|\n|-|-|\n|a|A.|")
        }))
    }),
    shape("one list of members in many headings", |n| {
        typed(&lines(n / 48, |_| {
            "\n### state values\n\n|Member|Description|\n|-|-|\n|a|A.|".to_owned()
        }))
    }),
    shape("keys of a representation", |n| {
        let keys = lines(n / 16, |at| format!("\"k{at}\": \"String\","));
        typed(&format!(
            "{REPRESENTATION}{{{keys}\"id\": \"String\"}}\n```\n"
        ))
    }),
    shape("nested JSON", |n| {
        typed(&format!(
            "{REPRESENTATION}{}\n```\n",
            "{\"a\":[".repeat(n / 6)
        ))
    }),
    shape("representations", |n| {
        typed(&lines(n / 128, |at| {
            format!(
                "\n<!-- {{ \"blockType\": \"resource\", \"@odata.type\": \"a.b{at}\" }} -->\n```json\n{{ \"id\": \"String\" }}\n```"
            )
        }))
    }),
    shape("request lines", |n| {
        operation(&lines(n / 16, |at| format!("GET /things/a{at}")), "")
    }),
    shape("one request line", |n| {
        operation(&lines(n / 16, |_| "GET /things/a".to_owned()), "")
    }),
    shape("request lines that are none", |n| {
        operation(&lines(n / 16, |at| format!("GTE things a{at}")), "")
    }),
    shape("segments", |n| {
        operation(&format!("GET {}", "/a".repeat(n / 2)), "")
    }),
    shape("placeholders", |n| {
        operation(&format!("GET {}", "/{id}".repeat(n / 5)), "")
    }),
    shape("parameters in parentheses", |n| {
        operation(&format!("GET /a/b({}x={{x}})", "x={x},".repeat(n / 6)), "")
    }),
    shape("query parameters", |n| {
        operation(&format!("GET /a?{}x={{x}}", "x={x}&".repeat(n / 6)), "")
    }),
    shape("permissions in a cell", |n| {
        let names = "Thing.Read, ".repeat(n / 12);
        operation("GET /a", &format!("{PERMISSIONS}|Application|{names}|\n"))
    }),
    shape("permissions in rows", |n| {
        operation(
            "GET /a",
            &format!(
                "{PERMISSIONS}{}",
                lines(n / 24, |_| "|Application|A.Read|".to_owned())
            ),
        )
    }),
    shape("tables of permissions", |n| {
        operation(
            "GET /a",
            &lines(n / 96, |_| format!("{PERMISSIONS}|Application|A.Read|\n")),
        )
    }),
    shape("headers", |n| {
        operation(
            "GET /a",
            &format!(
                "## Request headers\n\n|Name|Description|\n|-|-|\n{}",
                lines(n / 16, |at| format!("|h{at}|A.|"))
            ),
        )
    }),
    shape("rows of a body", |n| {
        operation(
            "POST /a",
            &format!(
                "## Request body\n\n{}",
                rows(n / 16, |at| format!("p{at}|String|A."))
            ),
        )
    }),
    shape("examples", |n| {
        operation(
            "GET /a",
            &lines(n / 160, |at| {
                format!(
                    "## Example {at}\n\n### Request\n\n```http\nGET https://graph.microsoft.com/v1.0/a\n```\n\n### Response\n\n```http\nHTTP/1.1 200 OK\n\n{{ \"a{at}\": 1 }}\n```\n"
                )
            }),
        )
    }),
    shape("undeclared keys of an example", |n| {
        let keys = lines(n / 16, |at| format!("\"k{at}\": {at},"));
        operation(
            "GET /a",
            &format!(
                "## Response\n\nIf successful, this method returns `200 OK` and a [thing](../resources/thing.md) object.\n\n## Example\n\n### Response\n\n```http\nHTTP/1.1 200 OK\n\n{{{keys}\"id\": \"a\"}}\n```\n"
            ),
        )
    }),
    shape("operations on pages", |n| {
        (0..n / 128).flat_map(|at| {
            page(&format!("api/a{at}.md"), &format!("# Get thing\n\nGets.\n\n## HTTP request\n\n```http\nGET /things/{{id}}/a{at}\n```\n"))
        }).collect()
    }),
    shape("one operation on pages", |n| {
        (0..n / 128)
            .flat_map(|at| {
                page(
                    &format!("api/a{at}.md"),
                    "# Get thing\n\nGets.\n\n## HTTP request\n\n```http\nGET /things/{id}\n```\n",
                )
            })
            .collect()
    }),
    shape("a chain of types", |n| {
        (0..n / 128).flat_map(|at| {
            page(&format!("resources/t{at}.md"), &format!("# t{at} resource type\n\nInherits from [t{next}](t{next}.md).\n\n## Properties\n\n{TABLE}|p{at}|[t{next}](t{next}.md)|A.|\n", next = at + 1))
        }).collect()
    }),
    shape("one type on pages", |n| {
        (0..n / 128).flat_map(|at| {
            page(&format!("resources/t{at}.md"), &format!("# thing resource type\n\nA thing.\n\n## Properties\n\n{TABLE}|p{at}|String|A.|\n"))
        }).collect()
    }),
    shape("words", |n| typed(&"word ".repeat(n / 5))),
    shape("lines", |n| typed(&"word\n".repeat(n / 5))),
    shape("paragraphs", |n| typed(&"word\n\n".repeat(n / 6))),
    shape("blank lines", |n| typed(&"\n".repeat(n))),
    shape("carriage returns", |n| typed(&"\r".repeat(n))),
    shape("blanks", |n| typed(&" ".repeat(n))),
    shape("invisible characters", |n| typed(&"\u{200b}".repeat(n / 3))),
    shape("changes of direction", |n| cell(&"\u{202e}a".repeat(n / 4))),
    shape("headings", |n| typed(&"## a\n\n".repeat(n / 6))),
    shape("headings of properties", |n| {
        typed(&format!("## Properties\n\n{TABLE}|a|String|A.|\n\n").repeat(n / 80))
    }),
    shape("a long heading", |n| {
        typed(&format!("## {}\n", "word ".repeat(n / 5)))
    }),
    shape("a long title", |n| {
        page(
            "resources/a.md",
            &format!("# {} resource type\n", "word ".repeat(n / 5)),
        )
    }),
    shape("front matter", |n| {
        page(
            "resources/a.md",
            &format!("---\n{}---\n# a\n", "a: b\n".repeat(n / 5)),
        )
    }),
    shape("comments", |n| typed(&"<!-- a -->\n\n".repeat(n / 12))),
    shape("comments that are not closed", |n| {
        typed(&"<!-- a\n\n".repeat(n / 8))
    }),
    shape("comments in a line", |n| {
        cell(&"<!-- a --> ".repeat(n / 11))
    }),
    shape("fences", |n| typed(&"```\na\n```\n\n".repeat(n / 11))),
    shape("fences that are not closed", |n| {
        typed(&"```a\n~~~\n\n".repeat(n / 10))
    }),
    shape("longer and longer fences", |n| {
        let most = n.isqrt();
        typed(&lines(most, |at| format!("{}a\n", "`".repeat(3 + at))))
    }),
    shape("includes", |n| {
        typed(&"[!INCLUDE [a](../includes/a.md)]\n\n".repeat(n / 34))
    }),
    shape("includes that are not closed", |n| {
        typed(&"[!INCLUDE [a](".repeat(n / 14))
    }),
    shape("links", |n| typed(&"[a](b.md) ".repeat(n / 10))),
    shape("definitions of links", |n| {
        typed(&lines(n / 8, |at| format!("[a{at}]: b\n")))
    }),
    shape("links by reference", |n| {
        typed(&format!("[a]: b\n\n{}", "[a][a] ".repeat(n / 7)))
    }),
    shape("nested quotes", |n| typed(&"> ".repeat(n / 2))),
    shape("nested lists", |n| typed(&"- ".repeat(n / 2))),
    shape("deeper and deeper lists", |n| {
        let most = n.isqrt();
        typed(&lines(most, |at| format!("{}- a", " ".repeat(2 * at))))
    }),
    shape("elements of HTML", |n| typed(&"<b>".repeat(n / 3))),
    shape("elements of HTML in blocks", |n| {
        typed(&"<div>\n\n".repeat(n / 7))
    }),
    shape("rows of HTML", |n| {
        typed(&format!(
            "<table>{}</table>\n",
            "<tr><td>a</td></tr>\n".repeat(n / 20)
        ))
    }),
    shape("escaped pipes", |n| cell(&"\\|".repeat(n / 2))),
    shape("line breaks in a cell", |n| cell(&"<br>".repeat(n / 4))),
    shape("entities", |n| cell(&"&amp;".repeat(n / 5))),
    shape("addresses", |n| cell(&"https://a.b/c ".repeat(n / 14))),
    shape("a long word", |n| cell(&"a".repeat(n))),
    shape("sentences", |n| cell(&"A b. ".repeat(n / 5))),
    shape("opened brackets", |n| cell(&"[".repeat(n))),
    shape("opened links", |n| cell(&"[a](".repeat(n / 4))),
    shape("opened elements", |n| cell(&"<a ".repeat(n / 3))),
    shape("opened processing instructions", |n| {
        cell(&"<?".repeat(n / 2))
    }),
    shape("opened declarations", |n| cell(&"<!A".repeat(n / 3))),
    shape("opened CDATA", |n| cell(&"<![CDATA[".repeat(n / 9))),
    shape("backticks", |n| cell(&"`".repeat(n))),
    shape("runs of backticks", |n| {
        let runs = (1..n.isqrt()).map(|length| format!("{} ", "`".repeat(length)));
        cell(&runs.collect::<String>())
    }),
    shape("stars", |n| cell(&"*".repeat(n))),
    shape("opened emphasis", |n| cell(&"*a **a ".repeat(n / 7))),
    shape("opened and closed emphasis", |n| {
        cell(&"*a_ ".repeat(n / 4))
    }),
    shape("underscores", |n| cell(&"_".repeat(n))),
    shape("tildes", |n| cell(&"~~a ".repeat(n / 4))),
    shape("backslashes", |n| cell(&"\\".repeat(n))),
    shape("quotes", |n| cell(&"\"'".repeat(n / 2))),
    shape("parentheses", |n| cell(&"(".repeat(n))),
    shape("braces", |n| cell(&"{".repeat(n))),
];

const TABLE: &str = "|Property|Type|Description|\n|:-|:-|:-|\n";

const PERMISSIONS: &str = "## Permissions\n\n|Permission type|Permissions|\n|:-|:-|\n";

const REPRESENTATION: &str = "## JSON representation\n\n<!-- { \"blockType\": \"resource\", \"@odata.type\": \"microsoft.graph.thing\" } -->\n```json\n";

fn page(path: &str, text: &str) -> Vec<File> {
    vec![(path.to_owned(), text.as_bytes().to_vec())]
}

/// A page of a type with something below its heading of properties.
fn typed(text: &str) -> Vec<File> {
    page(
        "resources/thing.md",
        &format!("# thing resource type\n\nA thing.\n\n## Properties\n\n{text}\n"),
    )
}

/// A page of a type with one description.
fn cell(text: &str) -> Vec<File> {
    typed(&format!("{TABLE}|a|String|{text}|\n|b|String|B.|\n"))
}

/// A page of an operation, with the lines of its request and what comes after them, beside a page of a type.
fn operation(request: &str, text: &str) -> Vec<File> {
    let mut files = page(
        "api/get.md",
        &format!("# Get thing\n\nGets.\n\n## HTTP request\n\n```http\n{request}\n```\n\n{text}\n"),
    );
    files.extend(typed(&rows(1, |_| "id|String|Key.".to_owned())));
    files
}

fn rows(count: usize, row: impl Fn(usize) -> String) -> String {
    format!("{TABLE}{}", lines(count, |at| format!("|{}|", row(at))))
}

fn lines(count: usize, line: impl Fn(usize) -> String) -> String {
    (0..count).map(|at| line(at) + "\n").collect()
}
