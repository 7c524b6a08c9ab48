//! Finds the fact that a correction names, and says what is there instead where it is not.

use super::entry::quoted;
use crate::diagnostics::Span;
use crate::facts::{
    EnumFacts, Facts, OperationFacts, PageFacts, PropertyFacts, RequestLine, ResourceFacts,
};

/// How many names a message lists.
const LISTED: usize = 8;

/// How alike the nearest path must be to be named.
const ALIKE: f64 = 0.8;

/// The page at a path.
pub(super) fn page<'f>(facts: &'f mut Facts, path: &str) -> Result<&'f mut PageFacts, String> {
    let Some(at) = facts.pages.iter().position(|page| page.path == path) else {
        let nearest = facts
            .pages
            .iter()
            .map(|page| (strsim::jaro_winkler(&page.path, path), &page.path))
            .filter(|(likeness, _)| *likeness > ALIKE)
            .max_by(|a, b| a.0.total_cmp(&b.0));
        let nearest = nearest.map_or_else(String::new, |(_, path)| {
            format!("; the nearest path is `{path}`")
        });
        return Err(format!(
            "is about the page `{path}`, which is not there{nearest}"
        ));
    };
    Ok(&mut facts.pages[at])
}

/// What is said where a page has no fact of a name.
fn missing(page: &str, what: &str, name: &str, known: &[String]) -> String {
    let mut known = known.to_vec();
    known.dedup();
    let others = match known.len() {
        0 => "it has none".to_owned(),
        count if count > LISTED => {
            let nearest = known
                .iter()
                .max_by(|a, b| {
                    strsim::jaro_winkler(a, name).total_cmp(&strsim::jaro_winkler(b, name))
                })
                .map_or("", String::as_str);
            format!("the nearest of its {count} is `{nearest}`")
        }
        _ => format!("it has {}", quoted(&known)),
    };
    format!("finds no {what} `{name}` on `{page}`; {others}")
}

/// The names of a type: those of its title and of its resource block.
fn names(resource: &ResourceFacts) -> Vec<String> {
    let names = [&resource.title_name, &resource.odata_type];
    names
        .into_iter()
        .flatten()
        .map(|name| name.value.clone())
        .collect()
}

fn is_named(resource: &ResourceFacts, name: &str) -> bool {
    names(resource)
        .iter()
        .any(|known| known == name || known.rsplit('.').next() == Some(name))
}

/// The type of a name.
pub(super) fn resource<'p>(
    page: &'p mut PageFacts,
    name: &str,
) -> Result<&'p mut ResourceFacts, String> {
    match page.resources.iter().position(|item| is_named(item, name)) {
        Some(at) => Ok(&mut page.resources[at]),
        None => {
            let known: Vec<String> = page.resources.iter().flat_map(names).collect();
            Err(missing(&page.path, "type", name, &known))
        }
    }
}

/// The enum of a name, or of a heading's anchor.
pub(super) fn enumeration<'p>(
    page: &'p mut PageFacts,
    name: &str,
) -> Result<&'p mut EnumFacts, String> {
    let wanted = name.trim_start_matches('#');
    let fits = |item: &EnumFacts| item.name.value == wanted || item.anchor == wanted;
    let known = page.enums.iter().map(|item| item.name.value.clone());
    let known: Vec<String> = known.collect();
    let found: Vec<usize> = (0..page.enums.len())
        .filter(|at| fits(&page.enums[*at]))
        .collect();
    match found.as_slice() {
        [] => Err(missing(&page.path, "enum", name, &known)),
        [at] => Ok(&mut page.enums[*at]),
        several => {
            let anchors: Vec<String> = several
                .iter()
                .map(|at| format!("#{}", page.enums[*at].anchor))
                .collect();
            Err(format!(
                "finds several enums `{name}` on `{}`; expected one of their anchors: {}",
                page.path,
                quoted(&anchors)
            ))
        }
    }
}

/// A request line as a correction names it: method, path, and the query where there is one.
pub(super) fn text(line: &RequestLine) -> String {
    match &line.query {
        Some(query) => format!("{} {}?{query}", line.method, line.path),
        None => format!("{} {}", line.method, line.path),
    }
}

/// Whether a request line is the one that a correction names.
pub(super) fn is_line(line: &RequestLine, name: &str) -> bool {
    text(line) == name || format!("{} {}", line.method, line.path) == name
}

fn has_line(operation: &OperationFacts, name: &str) -> bool {
    operation.requests.iter().any(|line| is_line(line, name))
}

/// The operations that have a request line.
pub(super) fn operations<'p>(
    page: &'p mut PageFacts,
    line: &str,
) -> Result<Vec<&'p mut OperationFacts>, String> {
    if !page.operations.iter().any(|found| has_line(found, line)) {
        let lines = page.operations.iter().flat_map(|found| &found.requests);
        let known: Vec<String> = lines.map(text).collect();
        return Err(missing(&page.path, "request line", line, &known));
    }
    let found = page.operations.iter_mut();
    Ok(found.filter(|found| has_line(found, line)).collect())
}

/// A table of properties: the type or the operation that it belongs to, by name, and its rows.
pub(super) struct Rows<'p> {
    names: Vec<String>,
    short: String,
    /// Where the type or the operation is documented.
    pub(super) span: Option<Span>,
    /// The rows.
    pub(super) rows: &'p mut Vec<PropertyFacts>,
}

impl Rows<'_> {
    fn has(&self, name: &str) -> bool {
        self.rows.iter().any(|row| row.name.value == name)
    }
}

/// The tables of properties of a page: those of its types, and those of the bodies of its operations.
fn tables(page: &mut PageFacts) -> Vec<Rows<'_>> {
    let resources = page.resources.iter_mut().map(|resource| {
        let names = names(resource);
        Rows {
            short: names.first().cloned().unwrap_or_default(),
            names,
            span: Some(resource.span),
            rows: &mut resource.properties,
        }
    });
    let operations = page.operations.iter_mut().map(|operation| {
        let names: Vec<String> = operation.requests.iter().map(text).collect();
        Rows {
            short: names.first().cloned().unwrap_or_default(),
            names,
            span: operation.requests.first().map(|line| line.span),
            rows: &mut operation.body.properties,
        }
    });
    resources.chain(operations).collect()
}

/// The one table that has a property, or where `added`, is to have it.
pub(super) fn rows<'p>(
    page: &'p mut PageFacts,
    name: &str,
    of: Option<&str>,
    added: bool,
) -> Result<Rows<'p>, String> {
    let path = page.path.clone();
    let mut tables = tables(page);
    if let Some(of) = of {
        let known: Vec<String> = tables
            .iter()
            .flat_map(|table| table.names.clone())
            .collect();
        tables.retain(|table| {
            let mut names = table.names.iter();
            names.any(|known| known == of || known.rsplit('.').next() == Some(of))
        });
        if tables.is_empty() {
            return Err(missing(&path, "type or request line", of, &known));
        }
    }
    if !added {
        let rows = tables.iter().flat_map(|table| table.rows.iter());
        let known: Vec<String> = rows.map(|row| row.name.value.clone()).collect();
        tables.retain(|table| table.has(name));
        if tables.is_empty() {
            return Err(missing(&path, "property", name, &known));
        }
    }
    let several = tables.len() > 1;
    let owners: Vec<String> = tables.iter().map(|table| table.short.clone()).collect();
    match tables.pop() {
        Some(table) if !several => Ok(table),
        Some(_) => Err(format!(
            "may mean several tables of `{path}`; expected `of` with one of {}",
            quoted(&owners)
        )),
        None => Err(format!("finds no type and no operation on `{path}`")),
    }
}
