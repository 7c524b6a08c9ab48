//! Decides which enums there are: tables of members by namespace and name, and lists in rows where a type has no page.

use std::collections::{BTreeMap, BTreeSet};

use super::Resolver;
use super::drafts::split;
use crate::diagnostics::{Diagnostic, Diagnostics, Rule};
use crate::facts::{EnumFacts, Facts, PropertyFacts};
use crate::model::{CoreType, EnumId, EnumType, Member, QualifiedName};
use crate::profile::Profile;
use crate::prose::Prose;

/// The literal of OData for no value (OData URL conventions 4.01, section 5.1.1.14.1), which some tables list.
const NULL: &str = "null";

/// An enum, and the places that document it.
#[derive(Clone, Debug)]
pub(super) struct EnumDraft {
    /// The enum.
    pub(super) item: EnumType,
    /// Page and enum of each place, by index.
    pub(super) places: Vec<(usize, usize)>,
    /// The names of its members.
    names: BTreeSet<String>,
}

/// The enums of all pages, sorted by name.
pub(super) fn enums(
    facts: &Facts,
    profile: &Profile,
    diagnostics: &mut Diagnostics,
) -> Vec<EnumDraft> {
    let mut drafts: BTreeMap<String, EnumDraft> = BTreeMap::new();
    for (page_index, page) in facts.pages.iter().enumerate() {
        for (index, found) in page.enums.iter().enumerate() {
            report_null(found, diagnostics);
            let resource = page
                .resources
                .first()
                .and_then(|resource| resource.odata_type.as_ref());
            let namespace = found
                .namespace
                .as_deref()
                .or_else(|| page.namespace.as_ref().map(|line| line.value.as_str()))
                .or_else(|| resource.and_then(|name| split(&name.value).0))
                .unwrap_or(&profile.namespace);
            let name = QualifiedName {
                namespace: namespace.to_owned(),
                name: found.name.value.clone(),
            };
            match drafts.get_mut(&name.to_string().to_lowercase()) {
                Some(draft) => merge(draft, found, diagnostics),
                None => {
                    let item = EnumType {
                        flags: found.flags,
                        members: members(found),
                        doc: found.description.clone(),
                        origins: vec![found.name.span],
                        name: name.clone(),
                    };
                    let names = item.members.iter().map(|member| member.name.clone());
                    let draft = EnumDraft {
                        names: names.collect(),
                        item,
                        places: Vec::new(),
                    };
                    drafts.insert(name.to_string().to_lowercase(), draft);
                }
            }
            if let Some(draft) = drafts.get_mut(&name.to_string().to_lowercase()) {
                draft.places.push((page_index, index));
            }
        }
    }
    let mut drafts: Vec<EnumDraft> = drafts.into_values().collect();
    drafts.sort_by(|a, b| a.item.name.cmp(&b.item.name));
    drafts
}

/// Reports a member that is none.
fn report_null(found: &EnumFacts, diagnostics: &mut Diagnostics) {
    for member in &found.members {
        if member.name.value == NULL {
            diagnostics.push(Diagnostic::at(
                Rule::RowWithoutFact,
                member.name.span,
                "`null` is the absence of a value and no member of the enum",
            ));
        }
    }
}

/// The members of a table; `null` is the absence of a value.
fn members(found: &EnumFacts) -> Vec<Member> {
    found
        .members
        .iter()
        .filter(|member| member.name.value != NULL)
        .map(|member| Member {
            name: member.name.value.clone(),
            number: member.number,
            doc: member.description.clone(),
        })
        .collect()
}

/// Adds the members of a second table of the same name.
fn merge(draft: &mut EnumDraft, found: &EnumFacts, diagnostics: &mut Diagnostics) {
    let item = &mut draft.item;
    let names = &mut draft.names;
    let new: Vec<Member> = members(found)
        .into_iter()
        .filter(|member| names.insert(member.name.clone()))
        .collect();
    if !new.is_empty() {
        let names: Vec<&str> = new.iter().map(|member| member.name.as_str()).collect();
        let message = format!(
            "two tables list `{}`; this one adds {}",
            item.name.name,
            names.join(", ")
        );
        let first = item.origins.first().copied();
        let diagnostic = Diagnostic::at(Rule::ConflictingValues, found.name.span, message);
        diagnostics.push(match first {
            Some(span) => diagnostic.also(span, "the first table"),
            None => diagnostic,
        });
    }
    item.members.extend(new);
    item.flags |= found.flags;
    item.origins.push(found.name.span);
}

impl Resolver<'_> {
    /// Makes enums of the lists in rows whose type is named but has neither page nor table.
    pub(super) fn enums_from_rows(&mut self) {
        let facts = self.facts;
        let mut found = BTreeMap::new();
        for page in &facts.pages {
            let resources = page
                .resources
                .iter()
                .flat_map(|resource| &resource.properties);
            let bodies = page
                .operations
                .iter()
                .flat_map(|operation| &operation.body.properties);
            for row in resources.chain(bodies) {
                if row.values.len() < 2 || row.navigation {
                    continue;
                }
                let Some(ty) = &row.type_name else { continue };
                if self.index.lookup(ty, &page.path, self.profile).is_some() {
                    continue;
                }
                add_row(
                    &mut found,
                    row,
                    page.namespace.as_ref().map(|line| line.value.as_str()),
                    self.profile,
                );
            }
        }
        for (item, _) in found.into_values() {
            let id = EnumId::at(self.api.enums.len());
            self.index.add(&item.name, CoreType::Enum(id));
            self.api.enums.push(item);
        }
        self.check_lists();
    }

    /// Compares the lists in rows with the tables of their enums.
    fn check_lists(&mut self) {
        let facts = self.facts;
        let mut names: BTreeMap<EnumId, MemberNames<'_>> = BTreeMap::new();
        for page in &facts.pages {
            for row in page
                .resources
                .iter()
                .flat_map(|resource| &resource.properties)
            {
                let Some(ty) = row.type_name.as_ref().filter(|_| !row.values.is_empty()) else {
                    continue;
                };
                let Some(CoreType::Enum(id)) = self.index.lookup(ty, &page.path, self.profile)
                else {
                    continue;
                };
                let item = self.api.enumeration(id);
                let names = names.entry(id).or_insert_with(|| MemberNames::of(item));
                let Some(difference) = names.difference(&row.values) else {
                    continue;
                };
                let message = format!(
                    "the list of `{}` {difference} the table of `{}`; the table counts",
                    row.name.value, item.name.name
                );
                let diagnostic = Diagnostic::at(Rule::ConflictingValues, row.name.span, message);
                self.diagnostics.push(match item.origins.first() {
                    Some(origin) => diagnostic.also(*origin, "the table"),
                    None => diagnostic,
                });
            }
        }
    }
}

/// The names of an enum's members.
pub(super) struct MemberNames<'a> {
    exact: BTreeSet<&'a str>,
    /// By what they are in lower case; of several the first.
    folded: BTreeMap<String, &'a str>,
}

impl<'a> MemberNames<'a> {
    pub(super) fn of(item: &'a EnumType) -> Self {
        let names = item.members.iter().map(|member| member.name.as_str());
        Self {
            exact: names.clone().collect(),
            // The last of several counts here, so that the first one has to come last.
            folded: names
                .rev()
                .map(|name| (name.to_ascii_lowercase(), name))
                .collect(),
        }
    }

    /// How a list of values differs from the members; `None` where it has none of its own. A list of fewer values is
    /// normal.
    pub(super) fn difference(&self, values: &[String]) -> Option<String> {
        let is_unknown = |value: &&String| !self.exact.contains(value.as_str());
        let unknown: Vec<&String> = values.iter().filter(is_unknown).collect();
        if unknown.is_empty() {
            return None;
        }
        let spelt: Option<Vec<String>> = unknown
            .iter()
            .map(|value| {
                let name = self.folded.get(&value.to_ascii_lowercase())?;
                Some(format!("`{value}` for `{name}`"))
            })
            .collect();
        if let Some(spelt) = spelt {
            return Some(format!(
                "differs in letter case, with {}, from",
                spelt.join(", ")
            ));
        }
        let names: Vec<&str> = unknown.iter().map(|value| value.as_str()).collect();
        let names = names.join(", ");
        Some(if unknown.len() == values.len() {
            format!("({names}) has nothing in common with")
        } else {
            format!("has {names} beyond")
        })
    }
}

/// Adds the values of a row to the enum of its type's name, which is kept with the names of its members.
fn add_row(
    found: &mut BTreeMap<String, (EnumType, BTreeSet<String>)>,
    row: &PropertyFacts,
    namespace: Option<&str>,
    profile: &Profile,
) {
    let Some(ty) = &row.type_name else { return };
    let (own, short) = split(&ty.name);
    let name = QualifiedName {
        namespace: own.or(namespace).unwrap_or(&profile.namespace).to_owned(),
        name: short.to_owned(),
    };
    let (item, known) = found
        .entry(name.to_string().to_lowercase())
        .or_insert_with(|| {
            let item = EnumType {
                name,
                flags: row.flags,
                members: Vec::new(),
                doc: Prose::default(),
                origins: vec![row.name.span],
            };
            (item, BTreeSet::new())
        });
    for value in &row.values {
        if known.insert(value.clone()) {
            item.members.push(Member {
                name: value.clone(),
                number: None,
                doc: Prose::default(),
            });
        }
    }
}
