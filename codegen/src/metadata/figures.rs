//! How much of the metadata is on the pages, and how much of the pages is in the metadata.

use std::collections::BTreeSet;

use super::Metadata;
use super::index::{Item, local};
use super::pairs::{Likeness, Pairs};
use crate::model::Api;
use crate::profile::Profile;

/// A count, such as that of types.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Figure {
    /// What is counted.
    pub name: &'static str,
    /// Of so many in the metadata …
    pub in_metadata: usize,
    /// … so many are on the pages, and the same there.
    pub found: usize,
    /// Of so many on the pages so many are in the metadata, where that is counted.
    pub on_pages: Option<(usize, usize)>,
}

/// The counts: types, properties and their types, enums and members, base types.
///
/// A type belongs to the one of the same qualified name, in any letter case, else of the same name in another namespace. A
/// property counts that has the same name, on the type or a base type of it on the other side. The type of a property is
/// the same where its name is, without the namespace and in any letter case, and both are collections or none is. The types
/// of properties are counted of those that are on both sides; members of all enums of the metadata, and on the pages of
/// those that are on both sides; base types of the types that are on both sides and derived from another type than the
/// one that all entity types have.
#[must_use]
pub fn figures(metadata: &Metadata, api: &Api, profile: &Profile) -> Vec<Figure> {
    let pairs = Pairs::new(api, metadata, profile);
    let [
        mut types,
        mut properties,
        mut same,
        mut enums,
        mut members,
        mut bases,
    ] = [
        "types",
        "properties",
        "property types",
        "enums",
        "enum members",
        "base types",
    ]
    .map(|name| Figure {
        name,
        ..Figure::default()
    });
    for (at, (_, item)) in pairs.metadata.items.iter().enumerate() {
        let page = pairs
            .page_of
            .get(&at)
            .map(|page| &pairs.pages.items[*page].1);
        if let Some(item) = item.enumeration() {
            enums.in_metadata += 1;
            members.in_metadata += item.members.len();
            if let Some(id) = page.and_then(Item::enumeration) {
                let page = api.enumeration(id);
                enums.found += 1;
                let own = |name: &str| page.members.iter().any(|member| member.name == name);
                let found = item.members.iter().filter(|(name, _, _)| own(name)).count();
                members.found += found;
                let (hit, all) = members.on_pages.unwrap_or_default();
                let names: BTreeSet<&str> =
                    page.members.iter().map(|one| one.name.as_str()).collect();
                members.on_pages = Some((hit + found, all + names.len()));
            }
        }
        let Some(ty) = item.structured() else {
            continue;
        };
        types.in_metadata += 1;
        types.found += usize::from(page.is_some());
        properties.in_metadata += ty.properties.len();
        let Some(page) = page else {
            continue;
        };
        let id = page.structured();
        let base = ty.base.as_deref().filter(|base| !pairs.is_root(base));
        if let Some(base) = base {
            bases.in_metadata += 1;
            let documented = id
                .and_then(|id| api.structured(id).base)
                .map(|id| &api.structured(id).name.name);
            let is_same = documented.is_some_and(|name| name.eq_ignore_ascii_case(local(base)));
            bases.found += usize::from(is_same);
        }
        let documented = id.map(|id| pairs.page_properties(id)).unwrap_or_default();
        for property in &ty.properties {
            let Some(own) = documented.get(property.name.as_str()) else {
                continue;
            };
            properties.found += 1;
            same.in_metadata += 1;
            let is_same = pairs.likeness(own.ty.core, &property.ty.name) == Likeness::Same;
            same.found += usize::from(is_same && own.ty.collection == property.ty.collection);
        }
    }
    let (mut in_types, mut in_properties) = ((0, 0), (0, 0));
    for (at, (_, item)) in pairs.pages.items.iter().enumerate() {
        let Some(id) = item.structured() else {
            continue;
        };
        let ty = api.structured(id);
        in_types.1 += 1;
        in_properties.1 += ty.properties.len();
        let Some(meta) = pairs.metadata_of.get(&at) else {
            continue;
        };
        in_types.0 += 1;
        let known = pairs.metadata_properties(*meta);
        let own = ty.properties.iter();
        in_properties.0 += own
            .filter(|one| known.contains_key(one.name.as_str()))
            .count();
    }
    types.on_pages = Some(in_types);
    properties.on_pages = Some(in_properties);
    vec![types, properties, same, enums, members, bases]
}
