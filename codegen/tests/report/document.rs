//! A report as a browser reads it.

use std::collections::BTreeSet;

use scraper::{ElementRef, Html, Node, Selector};

/// A report as a browser reads it.
pub(crate) struct Document {
    html: Html,
    ids: Vec<String>,
}

/// Text with one blank where there are several.
pub(crate) fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn selector(text: &str) -> Selector {
    Selector::parse(text).unwrap()
}

impl Document {
    /// Reads a page.
    pub(crate) fn read(text: &str) -> Self {
        let html = Html::parse_document(text);
        let ids = html
            .select(&selector("[id]"))
            .filter_map(|element| element.attr("id"))
            .map(str::to_owned)
            .collect();
        Self { html, ids }
    }

    /// How many elements there are.
    pub(crate) fn count(&self, what: &str) -> usize {
        self.html.select(&selector(what)).count()
    }

    /// The texts of elements.
    pub(crate) fn texts(&self, what: &str) -> Vec<String> {
        let what = selector(what);
        let elements = self.html.select(&what);
        elements
            .map(|element| words(&element.text().collect::<String>()))
            .collect()
    }

    /// All text.
    pub(crate) fn text(&self) -> String {
        words(&self.html.root_element().text().collect::<String>())
    }

    /// Whether an element has an id.
    pub(crate) fn has_id(&self, id: &str) -> bool {
        self.ids.iter().any(|known| known == id)
    }

    /// Holds the page to be HTML without a mistake, to load nothing, and to lead only to what there is.
    #[track_caller]
    pub(crate) fn is_sound(&self) {
        assert!(self.html.errors.is_empty(), "{:?}", self.html.errors);
        let ids: BTreeSet<&str> = self.ids.iter().map(String::as_str).collect();
        assert_eq!(ids.len(), self.ids.len(), "an id stands twice");
        assert_eq!(self.count("script"), 1);
        assert_eq!(self.count("style"), 1);
        let mut level = 0;
        for node in self.html.root_element().descendants() {
            let Some(element) = ElementRef::wrap(node) else {
                continue;
            };
            self.is_harmless(element, &ids);
            let name = element.value().name();
            if let ["h", digit] = [&name[..1], &name[1..]]
                && let Ok(depth) = digit.parse::<usize>()
            {
                assert!(
                    depth <= level + 1,
                    "a heading leaves out a level: {}",
                    element.html()
                );
                level = depth;
            }
            if name == "table" {
                is_table(element);
            }
        }
    }

    fn is_harmless(&self, element: ElementRef<'_>, ids: &BTreeSet<&str>) {
        const KNOWN: &[&str] = &[
            "html", "head", "meta", "title", "style", "body", "a", "header", "p", "h1", "h2", "h3",
            "code", "button", "nav", "ol", "ul", "li", "main", "section", "dl", "dt", "dd", "div",
            "table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td", "small", "details",
            "summary", "span", "form", "label", "input", "output", "br", "strong", "footer",
            "script",
        ];
        let value = element.value();
        assert!(KNOWN.contains(&value.name()), "<{}>", value.name());
        for (name, text) in value.attrs() {
            let is_fine = match name {
                "href" => text.starts_with('#') || text.starts_with("https://"),
                "src" | "style" | "srcset" | "action" => false,
                _ => !name.starts_with("on"),
            };
            assert!(is_fine, "{name}={text}");
            let targets: Vec<&str> = match name {
                "href" => text.strip_prefix('#').into_iter().collect(),
                "for" | "aria-labelledby" => vec![text],
                _ => Vec::new(),
            };
            for target in targets {
                assert!(ids.contains(target), "nothing has the id {target}");
            }
        }
    }
}

/// Holds a table to have a caption and heads that say what they are of.
fn is_table(table: ElementRef<'_>) {
    let caption = table.select(&selector("caption")).next();
    let caption = caption.map(|caption| words(&caption.text().collect::<String>()));
    assert!(
        caption.is_some_and(|text| !text.is_empty()),
        "{}",
        table.html()
    );
    assert!(table.select(&selector("th:not([scope])")).next().is_none());
    for row in table.select(&selector("tbody > tr")) {
        let first = row.child_elements().next().unwrap();
        assert_eq!(
            (first.value().name(), first.attr("scope")),
            ("th", Some("row"))
        );
    }
}

/// The body without style and script: an element a line, indented, with its attributes and its own text.
pub(crate) fn outline(text: &str) -> String {
    let html = Html::parse_document(text);
    let body = html.select(&selector("body")).next().unwrap();
    let mut lines = String::new();
    add(body, 0, &mut lines);
    lines
}

fn add(element: ElementRef<'_>, depth: usize, lines: &mut String) {
    let value = element.value();
    if value.name() == "script" {
        return;
    }
    let indent = "  ".repeat(depth);
    let mut attributes: Vec<String> = value
        .attrs()
        .map(|(name, value)| format!(" {name}={value}"))
        .collect();
    attributes.sort();
    lines.push_str(&format!(
        "{indent}<{}{}>\n",
        value.name(),
        attributes.concat()
    ));
    for child in element.children() {
        match child.value() {
            Node::Text(text) if !text.trim().is_empty() => {
                lines.push_str(&format!("{indent}  {}\n", words(text)));
            }
            _ => {}
        }
        if let Some(child) = ElementRef::wrap(child) {
            add(child, depth + 1, lines);
        }
    }
}
