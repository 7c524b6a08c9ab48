//! Applies the corrections that lie beside the pages: where a page is wrong, a maintainer says what is right and why.
//!
//! A correction that changes nothing is an error: the page has been mended, and the correction has to go.

use serde::Deserialize;
use toml::Spanned;

use crate::corpus::CorrectionsFile;
use crate::diagnostics::{Diagnostic, Diagnostics, Rule, line_and_column};
use crate::facts::{Facts, PageFacts, PropertyFacts, TypeName};

/// The file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Corrections {
    #[serde(default)]
    correction: Vec<Spanned<Correction>>,
}

/// One correction: which fact of which page, what is right, and why. One of `property`, `enum` and `request` names the
/// fact; the keys that go with each are those of [`Change`].
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Correction {
    /// The page below the documentation folder.
    page: String,
    property: Option<String>,
    name: Option<String>,
    #[serde(rename = "type")]
    ty: Option<String>,
    collection: Option<bool>,
    #[serde(rename = "enum")]
    item: Option<String>,
    add: Option<Vec<String>>,
    remove: Option<Remove>,
    request: Option<String>,
    path: Option<String>,
    /// Why the page is wrong.
    because: String,
    /// Where that can be checked.
    link: String,
}

/// What is removed: the row of a property, or members of an enum.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Remove {
    Row(bool),
    Members(Vec<String>),
}

/// What is corrected.
enum Change<'c> {
    /// A row of a property table: its name, its type, or the whole row.
    Property {
        property: &'c str,
        name: Option<&'c str>,
        ty: Option<&'c str>,
        collection: Option<bool>,
        remove: bool,
    },
    /// The members of an enum's table.
    Enum {
        item: &'c str,
        add: &'c [String],
        remove: &'c [String],
    },
    /// A request line.
    Request { request: &'c str, path: &'c str },
}

impl Correction {
    /// The change; `None` where the keys are not those of one.
    fn change(&self) -> Option<Change<'_>> {
        let of_row = self.name.is_some() || self.ty.is_some() || self.collection.is_some();
        match (
            self.property.as_deref(),
            self.item.as_deref(),
            self.request.as_deref(),
        ) {
            (Some(property), None, None) if self.add.is_none() && self.path.is_none() => {
                Some(Change::Property {
                    property,
                    name: self.name.as_deref(),
                    ty: self.ty.as_deref(),
                    collection: self.collection,
                    remove: match self.remove {
                        None => false,
                        Some(Remove::Row(remove)) => remove,
                        Some(Remove::Members(_)) => return None,
                    },
                })
            }
            (None, Some(item), None) if !of_row && self.path.is_none() => Some(Change::Enum {
                item,
                add: self.add.as_deref().unwrap_or_default(),
                remove: match &self.remove {
                    None => &[],
                    Some(Remove::Members(members)) => members,
                    Some(Remove::Row(_)) => return None,
                },
            }),
            (None, None, Some(request))
                if !of_row && self.add.is_none() && self.remove.is_none() =>
            {
                let path = self.path.as_deref()?;
                Some(Change::Request { request, path })
            }
            _ => None,
        }
    }
}

/// Applies the corrections of `file`.
pub fn correct(
    mut facts: Facts,
    file: Option<&CorrectionsFile>,
    diagnostics: &mut Diagnostics,
) -> Facts {
    let Some(file) = file else { return facts };
    let corrections: Corrections = match toml::from_str(&file.text) {
        Ok(corrections) => corrections,
        Err(error) => {
            let (line, column) = error
                .span()
                .map_or((1, 1), |span| line_and_column(&file.text, span.start));
            let message = format!("no correction was applied: {}", error.message());
            diagnostics.push(
                Diagnostic::on_file(Rule::UnusedCorrection, &file.path, message)
                    .at_position(line, column),
            );
            return facts;
        }
    };
    for correction in &corrections.correction {
        let (line, column) = line_and_column(&file.text, correction.span().start);
        let correction = correction.get_ref();
        let page = facts
            .pages
            .iter_mut()
            .find(|page| page.path == correction.page);
        let problem = match (correction.change(), page) {
            _ if correction.because.trim().is_empty() || correction.link.trim().is_empty() => {
                Some("does not say why, or where that can be checked".to_owned())
            }
            (None, _) => {
                Some("has not the keys of a property, of an enum or of a request".to_owned())
            }
            (_, None) => Some(format!(
                "is about the page `{}`, which is not there",
                correction.page
            )),
            (Some(change), Some(page)) => (!apply(page, &change)).then(|| {
                format!(
                    "changes nothing on `{}`; the page may have been mended",
                    correction.page
                )
            }),
        };
        if let Some(problem) = problem {
            diagnostics.push(
                Diagnostic::on_file(
                    Rule::UnusedCorrection,
                    &file.path,
                    format!("this correction {problem}"),
                )
                .at_position(line, column),
            );
        }
    }
    facts
}

/// Applies one correction; false if it changes nothing.
fn apply(page: &mut PageFacts, change: &Change<'_>) -> bool {
    match change {
        Change::Property {
            property,
            name,
            ty,
            collection,
            remove,
        } => {
            let lists = page
                .resources
                .iter_mut()
                .map(|resource| &mut resource.properties)
                .chain(
                    page.operations
                        .iter_mut()
                        .map(|operation| &mut operation.body.properties),
                );
            let mut changed = false;
            for rows in lists {
                if *remove {
                    let before = rows.len();
                    rows.retain(|row| row.name.value != *property);
                    changed |= rows.len() < before;
                }
                for row in rows.iter_mut().filter(|row| row.name.value == *property) {
                    changed |= correct_row(row, *name, *ty, *collection);
                }
            }
            changed
        }
        Change::Enum { item, add, remove } => {
            let mut changed = false;
            for found in page
                .enums
                .iter_mut()
                .filter(|found| found.name.value == *item)
            {
                let before = found.members.len();
                found
                    .members
                    .retain(|member| !remove.contains(&member.name.value));
                changed |= found.members.len() < before;
                for name in *add {
                    if !found
                        .members
                        .iter()
                        .any(|member| member.name.value == *name)
                    {
                        let span = found.name.span;
                        found.members.push(crate::facts::MemberFacts {
                            name: crate::diagnostics::Spanned::new(name.clone(), span),
                            number: None,
                            description: crate::prose::Prose::default(),
                        });
                        changed = true;
                    }
                }
            }
            changed
        }
        Change::Request { request, path } => {
            let lines = page
                .operations
                .iter_mut()
                .flat_map(|operation| &mut operation.requests);
            let mut changed = false;
            for line in lines.filter(|line| format!("{} {}", line.method, line.path) == *request) {
                changed |= line.path != *path;
                (*path).clone_into(&mut line.path);
            }
            changed
        }
    }
}

/// Corrects a row; false if it says so already.
fn correct_row(
    row: &mut PropertyFacts,
    name: Option<&str>,
    ty: Option<&str>,
    collection: Option<bool>,
) -> bool {
    let mut changed = false;
    if let Some(name) = name.filter(|name| row.name.value != *name) {
        name.clone_into(&mut row.name.value);
        changed = true;
    }
    let read = row.type_name.clone().unwrap_or(TypeName {
        name: String::new(),
        target: None,
        collection: false,
    });
    let right = TypeName {
        name: ty.map_or_else(|| read.name.clone(), str::to_owned),
        target: if ty.is_some() {
            None
        } else {
            read.target.clone()
        },
        collection: collection.unwrap_or(read.collection),
    };
    if right != read {
        row.type_name = Some(right);
        changed = true;
    }
    changed
}
