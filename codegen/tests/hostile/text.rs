//! Text that would be code or markup if it ever left its place, and pages full of it.

use graph_codegen::prose::{PieceKind, Prose};
use proptest::prelude::*;

/// The worst texts that are known.
pub(super) const ATOMS: &[&str] = &[
    "*/",
    "/*",
    "/** x */ //! y",
    "\"",
    "r#\"x\"# r##\"",
    "#[doc = \"x\"] #![feature(x)]",
    "# heading",
    "#![allow(warnings)]",
    "]",
    "pub fn injected() {}",
    "\n\npub fn injected() {}\n",
    "\r\n# x\r",
    "\u{2028}# x\u{2029}",
    "\u{85}",
    "\u{202E}# x\u{202C} \u{2066}",
    "\u{feff}# x",
    "zero\u{200b}width\u{200d}\u{2060}",
    "\u{0}# nul",
    "emoji 🦀👩‍👩‍👧",
    "ends with \\",
    "\\\n",
    "\\# \\` \\*",
    "<script>alert(1)</script>",
    "</details></div>",
    "<!-- comment",
    "-->",
    "<?php ?> <![CDATA[ x ]]>",
    "&lt;b&gt; &amp;amp; &#35; &copy",
    "{} {{ }} {:?} {0}",
    "```rust\npanic!()\n```",
    "``` println!(\"x\")",
    "~~~ignore\nx\n~~~",
    "    indented()",
    "\tindented()",
    "`",
    "``` `` `",
    "`code`",
    "[`Vec`]",
    "[`crate::x`] [self::y](crate::z)",
    "[x]",
    "[x]: https://a.b 'y'",
    "[^1]",
    "[^1]: note",
    "![image](https://a.b/c.png)",
    "Look![here](https://a.b)",
    "[text](javascript:alert(1))",
    "[text](https://a.b/)](x)",
    "[text](<https://a.b c> \"title\")",
    "https://a.b/c?d=e&f#g.",
    "http://{host}/x",
    "<https://a.b> <javascript:x> <a@b.c>",
    "www.a.b",
    "a | b\n--|--\nc | d",
    "| a |\n|---|\n| b |",
    "---",
    "===",
    "x\n===",
    "* * *",
    "- item",
    "+ item",
    "1. item",
    "12) item",
    "- [ ] task",
    "> quote",
    "> [!NOTE]\n> x",
    ": definition",
    "*a* **b** ***c*** _d_ __e__ ~~f~~ ~g~",
    "a*b*c**d**e_f_g",
    "**Note:**x",
    "$x$ $$y$$",
    "-- --- ... 'a' \"b\"",
    "Ⓐ_b_ ⓒ*d*",
    "!",
    "e.g. One. Two! Three? Four",
];

/// A text of several of them, of words and of anything.
fn text() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        6 => prop::sample::select(ATOMS).prop_map(str::to_owned),
        2 => prop::sample::select(&["word", "Two words.", " ", "x"][..]).prop_map(str::to_owned),
        1 => any::<String>(),
        1 => "[\\PC\\n]{0,12}",
        1 => "[#*_`\\[\\]()<>!~|&:\\\\. a-]{0,12}",
    ];
    (
        prop::collection::vec(part, 0..5),
        prop::sample::select(&["", " "][..]),
    )
        .prop_map(|(parts, joint)| parts.join(joint))
}

fn kind() -> impl Strategy<Value = PieceKind> {
    let link = prop_oneof![
        Just("https://a.b/c?d=e&amp;f".to_owned()),
        Just("https://a.b/) [x](y".to_owned()),
        Just("javascript:alert(1)".to_owned()),
        Just("crate::x".to_owned()),
        text(),
    ];
    prop_oneof![
        4 => Just(PieceKind::Text),
        2 => Just(PieceKind::Code),
        2 => Just(PieceKind::Strong),
        2 => Just(PieceKind::Emphasis),
        1 => Just(PieceKind::Break),
        2 => link.prop_map(|target| PieceKind::Link { target }),
    ]
}

/// A text with markup, as no parser need ever have made it.
pub(super) fn prose() -> impl Strategy<Value = Prose> {
    prop::collection::vec((kind(), text()), 0..6).prop_map(|pieces| {
        let mut prose = Prose::default();
        for (kind, text) in pieces {
            let text = if kind == PieceKind::Break {
                "\n".to_owned()
            } else {
                text
            };
            prose.push(kind, &text);
        }
        prose
    })
}

/// The texts of a set of pages: title, description, cells, names, permission, file name.
const PLACES: usize = 10;

/// One text in all places, fit to be there: a cell is one line, a pipe in it is escaped, and names stay names.
pub(super) fn places(text: &str) -> Vec<String> {
    let cell = text.replace(['\r', '\n'], " ").replace('|', "\\|");
    let long = format!("{cell} {}", "long ".repeat(2_001));
    let block = format!("Text {text}");
    vec![
        "title".to_owned(),
        block.clone(),
        format!("Cell {cell}"),
        format!("Cell {long}"),
        "plain".to_owned(),
        format!("Member {cell}"),
        "A.Read".to_owned(),
        format!("Header {cell}"),
        block,
        "id".to_owned(),
    ]
}

/// Pages of a type, an enum and an operation.
pub(super) fn set(name: &str, texts: &[String]) -> Vec<(String, String)> {
    let [
        title,
        about,
        cell,
        other,
        property,
        member,
        permission,
        header,
        summary,
        placeholder,
    ] = texts
    else {
        return Vec::new();
    };
    let (id, file) = (letters(name), file_name(name));
    let resource = format!(
        "---\ntitle: \"{title}\"\n---\n\n# thing{id} resource type\n\nNamespace: microsoft.graph\n\n{about}\n\n\
         ## Properties\n\n|Property|Type|Description|\n|:---|:---|:---|\n|id|String|{cell}|\n|{property}|String|{other}|\n\
         |state|state{id}|{cell}|\n\n## JSON representation\n\n```json\n{{\n  \"@odata.type\": \"#microsoft.graph.thing{id}\",\n  \
         \"id\": \"String\"\n}}\n```\n"
    );
    let item = format!(
        "# state{id} enum type\n\nNamespace: microsoft.graph\n\n{about}\n\n## Members\n\n|Member|Value|Description|\n\
         |:---|:---|:---|\n|{property}|0|{member}|\n|other|1|{cell}|\n"
    );
    let operation = format!(
        "# {title}\n\nNamespace: microsoft.graph\n\n{summary}\n\n## Permissions\n\n|Permission type|Permissions|\n|:---|:---|\n\
         |Delegated (work or school account)|{permission}|\n|Application|Not supported.|\n\n## HTTP request\n\n```http\n\
         GET /things{id}/{{{placeholder}}}\n```\n\n## Request headers\n\n|Name|Description|\n|:---|:---|\n|If-Match|{header}|\n\n\
         ## Response\n\nIf successful, this method returns a `200 OK` response code and a \
         [thing{id}](../resources/{file}.md) object in the response body.\n"
    );
    vec![
        (format!("resources/{file}.md"), resource),
        (format!("resources/state-{file}.md"), item),
        (format!("api/{file}-get.md"), operation),
    ]
}

/// The letters of a text, for names that have to stay ones.
pub(super) fn letters(text: &str) -> String {
    text.chars()
        .filter(char::is_ascii_alphanumeric)
        .take(12)
        .collect()
}

/// The text as the name of a file.
fn file_name(text: &str) -> String {
    text.chars()
        .filter(|c| !matches!(c, '/' | '\0'))
        .take(40)
        .collect()
}

/// A few sets of pages with hostile text in all places, file names included.
pub(super) fn pages() -> impl Strategy<Value = Vec<(String, String)>> {
    let one =
        (text(), prop::collection::vec(text(), PLACES)).prop_map(|(name, texts)| (name, texts));
    prop::collection::vec(one, 1..4).prop_map(|sets| {
        let sets = sets.iter().enumerate();
        sets.flat_map(|(index, (name, texts))| set(&format!("n{index}{name}"), texts))
            .collect()
    })
}
