//! Brings the types of both sides together.

use std::collections::BTreeMap;

use super::index::{MetadataNames, PageNames, local};
use super::{Metadata, MetadataProperty};
use crate::model::{Api, CoreType, Property, TypeId};
use crate::profile::Profile;

/// Both sides, with the types that belong together.
pub(super) struct Pairs<'a> {
    pub(super) api: &'a Api,
    pub(super) pages: PageNames,
    pub(super) metadata: MetadataNames<'a>,
    /// The place in the metadata of each type and enum of the pages.
    pub(super) metadata_of: BTreeMap<usize, usize>,
    /// The other way. Of several types of the pages that are one in the metadata the last one counts.
    pub(super) page_of: BTreeMap<usize, usize>,
    pub(super) profile: &'a Profile,
}

/// How the type of a property compares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Likeness {
    /// The same type.
    Same,
    /// Text on the pages, an enum in the metadata.
    TextForEnum,
    /// Another enum.
    OtherEnum,
    /// Another type.
    Different,
}

impl<'a> Pairs<'a> {
    pub(super) fn new(api: &'a Api, metadata: &'a Metadata, profile: &'a Profile) -> Self {
        let pages = PageNames::of_pages(api);
        let metadata = MetadataNames::of_metadata(metadata);
        let found = pages.items.iter().enumerate();
        let metadata_of: BTreeMap<usize, usize> = found
            .filter_map(|(at, (name, _))| Some((at, metadata.find(name)?)))
            .collect();
        let page_of = metadata_of
            .iter()
            .map(|(page, meta)| (*meta, *page))
            .collect();
        Self {
            api,
            pages,
            metadata,
            metadata_of,
            page_of,
            profile,
        }
    }

    /// The properties of a type of the pages and of its base types by name, the nearest first.
    pub(super) fn page_properties(&self, id: TypeId) -> BTreeMap<&'a str, &'a Property> {
        let mut properties = BTreeMap::new();
        for id in self.api.base_chain(id) {
            for property in &self.api.structured(id).properties {
                properties.entry(property.name.as_str()).or_insert(property);
            }
        }
        properties
    }

    /// The same in the metadata.
    pub(super) fn metadata_properties(&self, at: usize) -> BTreeMap<&'a str, &'a MetadataProperty> {
        let mut properties = BTreeMap::new();
        for at in self.metadata.chain(at) {
            let Some(ty) = self.metadata.items[at].1.structured() else {
                continue;
            };
            for property in &ty.properties {
                properties.entry(property.name.as_str()).or_insert(property);
            }
        }
        properties
    }

    /// How the type of a property on the pages compares with that in the metadata. Namespaces and letter case do not count.
    pub(super) fn likeness(&self, page: CoreType, meta: &str) -> Likeness {
        let name = self.api.core_name(page);
        let name = if name.starts_with("Edm.") {
            &name
        } else {
            local(&name)
        };
        let other = if meta.starts_with("Edm.") {
            meta
        } else {
            local(meta)
        };
        if name.eq_ignore_ascii_case(other) {
            return Likeness::Same;
        }
        let is_enum = self
            .metadata
            .find(meta)
            .is_some_and(|at| self.metadata.items[at].1.enumeration().is_some());
        let named = format!("{}.{name}", self.profile.namespace);
        let is_page_enum = !name.starts_with("Edm.")
            && self
                .pages
                .find(&named)
                .is_some_and(|at| self.pages.items[at].1.enumeration().is_some());
        match (is_enum, is_page_enum) {
            (true, true) => Likeness::OtherEnum,
            (true, false) if name == "Edm.String" => Likeness::TextForEnum,
            _ => Likeness::Different,
        }
    }

    /// Whether a type is one that all entity types are derived from.
    pub(super) fn is_root(&self, name: &str) -> bool {
        self.profile
            .root_types
            .iter()
            .any(|root| root == local(name))
    }
}
