//! Findings at every kind of place, in the formats for machines: what stands at a place is what the page has there.

use std::fs;
use std::path::Path;

use graph_codegen::diagnostics::{Diagnostic, Diagnostics, Format, PageId, Rule, Span, render};
use graph_codegen::pipeline::Model;
use serde_json::Value;

use crate::sarif::checked;
use crate::{PAGE, run};

/// A message with all that some format gives a meaning.
const ODD: &str = "50%\t`a|b` \u{1f6a2}\r\n::error::x \"q\" \\ {0} [x](1)";

/// The text that the findings are about.
const TEXT: &str = "Schl\u{fc}ssel \u{1f511}";

/// The ends of lines and the beginnings of pages.
const PAGES: &[(&str, &str, &str)] = &[
    ("resources/plain.md", "", "\n"),
    ("resources/crlf.md", "", "\r\n"),
    ("resources/bom.md", "\u{feff}", "\n"),
    ("resources/bom, 100% \u{e4} #1.md", "\u{feff}", "\r\n"),
];

fn put(docs: &Path, path: &str, text: &str) {
    let path = docs.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// Pages of each kind.
fn model(docs: &Path) -> Model {
    for (path, start, end) in PAGES {
        let page = PAGE.replace("Key.", TEXT).replace('\n', end);
        put(docs, path, &format!("{start}{page}"));
    }
    let mut model = run(docs, Rule::UnknownType);
    assert_eq!(model.corpus.pages.len(), PAGES.len());
    model.corpus.root = "docs".to_owned();
    model
}

/// A finding at [`TEXT`] on each page, at the end of each page, at each pair of pages, and at places that are no page.
fn findings(model: &Model) -> Diagnostics {
    let mut all = Diagnostics::default();
    let spans: Vec<(Span, Span)> = model
        .corpus
        .iter()
        .map(|(id, page)| {
            let at = page.text.find(TEXT).unwrap();
            let end = page.text.len();
            let span = |range| Span::new(id, range);
            (span(at..at + TEXT.len()), span(end..end))
        })
        .collect();
    for (text, end) in &spans {
        all.push(Diagnostic::at(Rule::UnknownType, *text, ODD).help(ODD));
        all.push(Diagnostic::at(Rule::UnclosedFence, *end, ODD));
        let both = Diagnostic::at(Rule::ConflictingType, *text, ODD);
        all.push(both.also(*text, ODD).also(spans[0].0, "").also(*end, ODD));
    }
    let beyond = Span::new(PageId(0), 9_000..9_001);
    all.push(Diagnostic::at(Rule::UnknownBase, beyond, ODD));
    all.push(Diagnostic::without_place(Rule::UnmatchedSelection, ODD));
    all.push(Diagnostic::on_file(Rule::NotUtf8, "api/a:b, c.md", ODD));
    let named = Diagnostic::on_named_file(Rule::StaleBaselineEntry, "/tmp/my known.txt", ODD);
    all.push(named.at_position(3, 1));
    all
}

fn rendered(format: Format) -> (Model, Diagnostics, String) {
    let docs = tempfile::tempdir().unwrap();
    let model = model(docs.path());
    let findings = findings(&model);
    let text = render(findings.iter(), &model.corpus, format, false);
    (model, findings, text)
}

/// The text of a file between two places, counted as the formats say they count: lines by any line end, columns by
/// characters, a byte order mark being none.
fn text_at(file: &str, start: (usize, usize), end: (usize, usize)) -> String {
    let file = file.strip_prefix('\u{feff}').unwrap_or(file);
    let lines: Vec<&str> = file.split('\n').collect();
    assert_eq!(start.0, end.0, "more than one line");
    let line = lines[start.0 - 1].trim_end_matches('\r');
    line.chars()
        .skip(start.1 - 1)
        .take(end.1 - start.1)
        .collect()
}

#[test]
fn sarif_at_every_place() {
    let (model, findings, text) = rendered(Format::Sarif);
    let results = checked(&text);
    assert_eq!(results.len(), findings.iter().count());
    for (result, finding) in results.iter().zip(findings.iter()) {
        assert!(result["message"]["text"].as_str().unwrap().starts_with(ODD));
        let locations = result["locations"].as_array().unwrap();
        let related = result["relatedLocations"].as_array();
        assert_eq!(
            related.map_or(0, Vec::len),
            finding.labels.len().saturating_sub(1)
        );
        let Some(location) = locations.first() else {
            assert_eq!(finding.rule, Rule::UnmatchedSelection);
            continue;
        };
        let uri = location["physicalLocation"]["artifactLocation"]["uri"]
            .as_str()
            .unwrap();
        let path = percent_decoded(uri);
        match (finding.labels.first(), &finding.path) {
            (Some(label), _) => {
                assert_eq!(
                    path,
                    format!("docs/{}", model.corpus.page(label.span.page).path)
                );
            }
            (None, Some(named)) if finding.as_named => assert_eq!(path, format!("file://{named}")),
            (None, Some(below)) => assert_eq!(path, format!("docs/{below}")),
            (None, None) => panic!("{uri}"),
        }
        // RFC 3986, section 4.2: a colon in the first segment would make it a scheme.
        let segment = uri.split('/').next().unwrap();
        assert!(segment == "file:" || !segment.contains(':'), "{uri}");
    }
}

#[test]
fn json_at_every_place() {
    let (_, findings, text) = rendered(Format::Json);
    let objects: Vec<Value> = text
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(objects.len(), findings.iter().count());
    let mut read = 0;
    for (object, finding) in objects.iter().zip(findings.iter()) {
        assert_eq!(object["message"], ODD);
        let keys: Vec<&String> = object.as_object().unwrap().keys().collect();
        assert_eq!(keys.len(), 10, "{keys:?}");
        if finding.rule != Rule::UnknownType {
            continue;
        }
        let number = |name: &str| usize::try_from(object[name].as_u64().unwrap()).unwrap();
        let path = object["path"].as_str().unwrap();
        let (_, start, end) = PAGES
            .iter()
            .find(|(page, ..)| path == format!("docs/{page}"))
            .unwrap();
        let file = format!("{start}{}", PAGE.replace("Key.", TEXT).replace('\n', end));
        let found = text_at(
            &file,
            (number("line"), number("column")),
            (number("end_line"), number("end_column")),
        );
        assert_eq!(found, TEXT, "{path}");
        read += 1;
    }
    assert_eq!(read, PAGES.len());
}

/// A command is `::name key=value,key=value::data`, in one line. In data `%`, CR and LF are escaped; in values `:` and
/// `,` as well, so that the first `::` after the name ends them (actions/toolkit, `command.ts`).
#[test]
fn github_at_every_place() {
    let (_, findings, text) = rendered(Format::Github);
    assert!(!text.contains('\r'));
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), findings.iter().count());
    for (line, finding) in lines.iter().zip(findings.iter()) {
        let (name, rest) = line[2..].split_once(' ').unwrap();
        assert!(["error", "warning", "notice"].contains(&name), "{line}");
        let (properties, data) = rest.split_once("::").unwrap();
        for property in properties.split(',') {
            let (key, value) = property.split_once('=').unwrap();
            assert!(["file", "line", "col", "title"].contains(&key), "{line}");
            assert!(!value.contains([':', ',']), "{line}");
            if key == "file"
                && let Some(label) = finding.labels.first()
            {
                let (page, ..) = PAGES
                    .iter()
                    .find(|(page, ..)| percent_decoded(value) == format!("docs/{page}"))
                    .unwrap();
                assert!(label.span.page.0 < 4, "{page}");
            }
        }
        assert!(percent_decoded(data).starts_with(ODD), "{line}");
    }
}

fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        if *first == b'%' {
            let digits = std::str::from_utf8(&tail[..2]).unwrap();
            bytes.push(u8::from_str_radix(digits, 16).unwrap());
            rest = &tail[2..];
        } else {
            bytes.push(*first);
            rest = tail;
        }
    }
    String::from_utf8(bytes).unwrap()
}
