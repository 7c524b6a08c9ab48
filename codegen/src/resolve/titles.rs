//! Finds types that have a page with a title and prose alone, such as a base type without properties of its own. Where
//! another page names it as a type, it is one; an overview that nobody names is none.

use std::collections::{BTreeMap, BTreeSet};

use super::drafts::{Draft, is_type_name};
use crate::corpus::stem;
use crate::facts::{Facts, PageFacts, TypeName};
use crate::model::QualifiedName;
use crate::profile::Profile;

/// Adds the types that only a title names, and that a row, a base, a body or an answer links to.
pub(super) fn from_titles(facts: &Facts, profile: &Profile, drafts: &mut BTreeMap<String, Draft>) {
    let linked = linked_pages(facts);
    for (index, page) in facts.pages.iter().enumerate() {
        if !page.is_empty() || !linked.contains(&stem(&page.path).to_lowercase()) {
            continue;
        }
        let Some(name) = title_name(page, profile) else {
            continue;
        };
        let namespace = page.namespace.as_ref().map(|line| line.value.as_str());
        let name = QualifiedName {
            namespace: namespace.unwrap_or(&profile.namespace).to_owned(),
            name: name.to_owned(),
        };
        drafts
            .entry(name.to_string().to_lowercase())
            .or_insert_with(|| Draft::of(name))
            .titles
            .push(index);
    }
}

/// The stems of the pages that links to types lead to, in lower case.
fn linked_pages(facts: &Facts) -> BTreeSet<String> {
    let mut stems = BTreeSet::new();
    let mut add = |name: &TypeName| {
        if let Some(target) = &name.target {
            let page = target.split('#').next().unwrap_or_default();
            stems.insert(stem(page).to_lowercase());
        }
    };
    for page in &facts.pages {
        for resource in &page.resources {
            resource.base.iter().for_each(|base| add(&base.name));
            let rows = resource.properties.iter();
            rows.filter_map(|row| row.type_name.as_ref())
                .for_each(&mut add);
        }
        for operation in &page.operations {
            let rows = operation.body.properties.iter();
            rows.filter_map(|row| row.type_name.as_ref())
                .chain(&operation.body.links)
                .chain(&operation.response.links)
                .for_each(&mut add);
        }
    }
    stems
}

/// The name in a title that says that it is one of a type: `chartFill` of `chartFill resource type`.
fn title_name<'p>(page: &'p PageFacts, profile: &Profile) -> Option<&'p str> {
    let title = &page.title.as_ref()?.value;
    let lower = title.to_ascii_lowercase();
    let mut suffixes = profile.titles.resource_suffixes.iter();
    let name = suffixes.find_map(|suffix| {
        let rest = lower.strip_suffix(suffix.as_str())?;
        rest.ends_with(' ').then(|| title[..rest.len()].trim())
    })?;
    is_type_name(name).then_some(name)
}
