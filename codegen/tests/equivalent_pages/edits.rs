//! The edits, each as an author might make it.

use std::collections::BTreeMap;
use std::fmt::Write;

use graph_codegen::profile::Profile;

use crate::lines::{Place, cells, each, each_link, heading, is_prose, lines, links, only};

/// An edit of a page.
pub(crate) struct Edit {
    pub(crate) name: &'static str,
    pub(crate) apply: fn(&str) -> String,
    /// Whether links are written in another way: the model must be the same then, and not the text of the facts.
    pub(crate) relinks: bool,
}

pub(crate) const fn edit(name: &'static str, apply: fn(&str) -> String) -> Edit {
    Edit {
        name,
        apply,
        relinks: false,
    }
}

const fn relink(name: &'static str, apply: fn(&str) -> String) -> Edit {
    Edit {
        relinks: true,
        ..edit(name, apply)
    }
}

pub(crate) const EDITS: &[Edit] = &[
    edit("line ends of two characters", |text| {
        text.replace('\n', "\r\n")
    }),
    edit("line ends of a carriage return", |text| {
        text.replace('\n', "\r")
    }),
    edit("a byte order mark", |text| format!("\u{feff}{text}")),
    edit("no line end at the end", |text| text.trim_end().to_owned()),
    edit("blanks at the ends of lines", |text| {
        each(text, |place, line| match place {
            Place::Inside => line.to_owned(),
            _ => format!("{line} "),
        })
    }),
    edit("blank lines doubled", |text| {
        each(text, |place, line| match place {
            Place::Text if line.is_empty() => "\n".to_owned(),
            _ => line.to_owned(),
        })
    }),
    edit("no blank line below headings", |text| {
        let lines = lines(text);
        let mut edited = String::new();
        for (index, (place, line)) in lines.iter().enumerate() {
            let below = index > 0 && lines[index - 1].0 == Place::Heading;
            if !(below && *place == Place::Text && line.is_empty()) {
                edited.push_str(line);
                edited.push('\n');
            }
        }
        edited
    }),
    edit("headings one level down", |text| {
        only(text, Place::Heading, |line| {
            match line.starts_with("##") && !line.starts_with("######") {
                true => format!("#{line}"),
                false => line.to_owned(),
            }
        })
    }),
    edit("headings closed", |text| {
        only(text, Place::Heading, |line| {
            format!("{} {}", line.trim_end(), heading(line).0)
        })
    }),
    edit("headings in capitals and with a colon", |text| {
        let profile = Profile::embedded().unwrap();
        only(text, Place::Heading, |line| {
            let (marks, name) = heading(line);
            match profile.section(name) {
                Some(_) if marks.len() > 1 && !name.contains(' ') => {
                    format!("{marks} {}:", name.to_uppercase())
                }
                _ => line.to_owned(),
            }
        })
    }),
    edit("headings by another name", |text| {
        only(text, Place::Heading, |line| {
            let (marks, name) = heading(line);
            let other = match name {
                "HTTP request" => "HTTP requests",
                "Properties" => "Common properties",
                "Request headers" => "Optional request headers",
                "Permissions" => "Prerequisites",
                "Optional query parameters" => "Query parameters",
                "JSON representation" => "Representation",
                name => name,
            };
            format!("{marks} {other}")
        })
    }),
    edit("no-break spaces in headings and rows", |text| {
        each(text, |place, line| match place {
            Place::Heading => {
                let (marks, name) = heading(line);
                format!("{marks} {}", name.replace(' ', "\u{a0}"))
            }
            Place::Row if !line.contains(['`', '<']) => line.replace(' ', "\u{a0}"),
            _ => line.to_owned(),
        })
    }),
    edit("no-break spaces as entities", |text| {
        only(text, Place::Row, |line| {
            match line.contains(['`', '[', '<']) {
                true => line.to_owned(),
                false => line.replace(' ', "&nbsp;"),
            }
        })
    }),
    edit("marks as entities", |text| {
        only(text, Place::Row, |line| match line.contains('`') {
            true => line.to_owned(),
            false => line
                .replace('\'', "&#39;")
                .replace('"', "&quot;")
                .replace(", ", "&#44; "),
        })
    }),
    edit("marks escaped", |text| {
        only(text, Place::Row, |line| {
            match line.contains(['`', '[', '\\']) {
                true => line.to_owned(),
                false => line.replace('_', "\\_").replace(". ", "\\. "),
            }
        })
    }),
    edit("tabs in delimiter rows", |text| {
        only(text, Place::Delimiter, |line| {
            cells(line, |_, cell| format!("{}\t", cell.trim()))
        })
    }),
    edit("delimiter rows of another form", |text| {
        only(text, Place::Delimiter, |line| {
            cells(line, |_, _| " --- ".to_owned())
        })
    }),
    edit("delimiter rows of another width", |text| {
        only(text, Place::Delimiter, |line| {
            format!("{}:--|", line.trim_end())
        })
    }),
    edit("cells padded", |text| {
        only(text, Place::Row, |line| {
            cells(line, |_, cell| format!("  {}  ", cell.trim()))
        })
    }),
    edit("cells not padded", |text| {
        only(text, Place::Row, |line| {
            cells(line, |_, cell| cell.trim().to_owned())
        })
    }),
    edit("a line break at the end of each row", |text| {
        only(text, Place::Row, |line| {
            let last = line.matches('|').count().saturating_sub(2);
            cells(line, |index, cell| {
                match index == last && !cell.trim().is_empty() {
                    true => format!("{}<br/>", cell.trim_end()),
                    false => cell.to_owned(),
                }
            })
        })
    }),
    edit("names strong", |text| {
        let rows = lines(text);
        let mut edited = String::new();
        for (index, (place, line)) in rows.iter().enumerate() {
            let is_header = rows
                .get(index + 1)
                .is_some_and(|next| next.0 == Place::Delimiter);
            let plain = |cell: &str| {
                let name = cell.trim();
                !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric())
            };
            let line = match *place == Place::Row && !is_header {
                true => cells(line, |column, cell| match column == 0 && plain(cell) {
                    true => format!("**{}**", cell.trim()),
                    false => cell.to_owned(),
                }),
                false => (*line).to_owned(),
            };
            edited.push_str(&line);
            edited.push('\n');
        }
        edited
    }),
    edit("headers by another name", |text| {
        only(text, Place::Row, |line| {
            let (first, rest) = line[1..].split_once('|').unwrap_or((&line[1..], ""));
            let other = match first.trim() {
                "Property" if rest.trim_start().starts_with("Type") => "**Property name**",
                "Relationship" => "Relationship name",
                "Parameter" => "Query parameter",
                _ => return line.to_owned(),
            };
            format!("|{other}|{rest}")
        })
    }),
    edit("fences longer", |text| {
        only(text, Place::Marker, |line| format!("`{line}"))
    }),
    edit("fences of another mark", |text| {
        only(text, Place::Marker, |line| line.replace("```", "~~~"))
    }),
    edit("languages of fences spelt in another way", |text| {
        only(text, Place::Marker, |line| match line.trim() {
            "```http" => "``` HTTP ".to_owned(),
            _ => line.to_owned(),
        })
    }),
    edit("comments between sections", |text| {
        each(text, |place, line| match place {
            Place::Heading if line.starts_with("##") => {
                format!("<!-- uuid: 8fcb5dbc\n2015-10-25 -->\n\n{line}")
            }
            _ => line.to_owned(),
        })
    }),
    edit("a note above each table", |text| {
        let rows = lines(text);
        let mut edited = String::new();
        for (index, (place, line)) in rows.iter().enumerate() {
            let is_header = rows
                .get(index + 1)
                .is_some_and(|next| next.0 == Place::Delimiter);
            if *place == Place::Row && is_header {
                edited.push_str("> [!IMPORTANT]\n> This may change.\n\n");
            }
            edited.push_str(line);
            edited.push('\n');
        }
        edited
    }),
    edit("sections that say nothing", |text| {
        format!(
            "{text}\n## Remarks\n\nNothing to add.\n\n## See also\n\n|Property|Type|Description|\n|:--|:--|:--|\n|other|String|Not here.|\n"
        )
    }),
    edit("without front matter", |text| {
        match text.strip_prefix("---\n") {
            Some(rest) => rest.split_once("\n---\n").unwrap().1.to_owned(),
            None => text.to_owned(),
        }
    }),
    edit("with front matter of other keys", |text| {
        match text.starts_with("---\n") {
            true => text.replacen("---\n", "---\nms.date: 4/27/2026\nms.reviewer: x: y\n", 1),
            false => format!("---\ntitle: a: b\ndoc_type: conceptualPageType\n---\n\n{text}"),
        }
    }),
    relink("links from the folder", |text| {
        each_link(text, |text, target| format!("[{text}](./{target})"))
    }),
    relink("links with a title", |text| {
        each_link(text, |text, target| {
            format!("[{text}]({target} \"To the page\")")
        })
    }),
    relink("links in capitals", |text| {
        each_link(text, |text, target| {
            let (page, anchor) = target
                .split_once('#')
                .map_or((target, String::new()), |(page, anchor)| {
                    (page, format!("#{anchor}"))
                });
            format!(
                "[{text}]({}{anchor})",
                page.replace("resources/", "RESOURCES/")
                    .to_uppercase()
                    .replace(".MD", ".md")
            )
        })
    }),
    relink("links of a repository", |text| {
        each_link(text, |text, target| {
            let page = target.rsplit('/').next().unwrap();
            format!("[{text}](https://example.org/docs/blob/main/resources/{page})")
        })
    }),
    relink("links by reference", |text| {
        let mut definitions = BTreeMap::new();
        for (place, line) in lines(text) {
            if is_prose(place, line) {
                let found = std::cell::RefCell::new(Vec::new());
                links(line, |_, target| {
                    found.borrow_mut().push(target.to_owned());
                    String::new()
                });
                for target in found.into_inner() {
                    let number = definitions.len();
                    definitions.entry(target).or_insert(number);
                }
            }
        }
        let mut edited = each_link(text, |text, target| {
            format!("[{text}][to-{}]", definitions[target])
        });
        edited.push('\n');
        for (target, number) in &definitions {
            writeln!(edited, "[to-{number}]: {target}").unwrap();
        }
        edited
    }),
];
