//! Finds types by their names on both sides: as they are, then in any letter case, then in any namespace.

use std::collections::BTreeMap;

use super::{Metadata, MetadataEnum, MetadataType};
use crate::model::{Api, EnumId, TypeId};

/// A type or an enum of one side.
#[derive(Debug)]
pub(super) enum Item<S, E> {
    /// An entity or complex type.
    Structured(S),
    /// An enum.
    Enum(E),
}

impl<S: Copy, E: Copy> Item<S, E> {
    /// The type, where it is none of numbers.
    pub(super) fn structured(&self) -> Option<S> {
        match self {
            Self::Structured(ty) => Some(*ty),
            Self::Enum(_) => None,
        }
    }

    /// The enum.
    pub(super) fn enumeration(&self) -> Option<E> {
        match self {
            Self::Enum(item) => Some(*item),
            Self::Structured(_) => None,
        }
    }
}

/// The types and enums of one side by their qualified names. Of two with one name the first counts.
#[derive(Debug)]
pub(super) struct Names<S, E> {
    pub(super) items: Vec<(String, Item<S, E>)>,
    exact: BTreeMap<String, usize>,
    folded: BTreeMap<String, usize>,
    local: BTreeMap<String, Vec<usize>>,
}

/// The types and enums of the pages.
pub(super) type PageNames = Names<TypeId, EnumId>;

/// The types and enums of the metadata.
pub(super) type MetadataNames<'a> = Names<&'a MetadataType, &'a MetadataEnum>;

/// The name without its namespace.
pub(super) fn local(name: &str) -> &str {
    name.rsplit('.').next().unwrap_or(name)
}

impl<S, E> Names<S, E> {
    fn new(items: impl Iterator<Item = (String, Item<S, E>)>) -> Self {
        let mut names = Self {
            items: Vec::new(),
            exact: BTreeMap::new(),
            folded: BTreeMap::new(),
            local: BTreeMap::new(),
        };
        for (name, item) in items {
            let at = names.items.len();
            if names.exact.contains_key(&name) {
                continue;
            }
            names.exact.insert(name.clone(), at);
            names.folded.entry(name.to_lowercase()).or_insert(at);
            let key = local(&name).to_lowercase();
            names.local.entry(key).or_default().push(at);
            names.items.push((name, item));
        }
        names
    }

    /// The place of a qualified name; of several of the same name in other namespaces, that with the fewest parts.
    pub(super) fn find(&self, name: &str) -> Option<usize> {
        let exact = self.exact.get(name);
        if let Some(at) = exact.or_else(|| self.folded.get(&name.to_lowercase())) {
            return Some(*at);
        }
        let others = self.local.get(&local(name).to_lowercase())?.iter();
        let order = |at: &&usize| {
            let name = self.items[**at].0.as_str();
            (name.matches('.').count(), name)
        };
        others.min_by_key(order).copied()
    }
}

impl PageNames {
    pub(super) fn of_pages(api: &Api) -> Self {
        let types = api.types.iter().enumerate();
        let types = types.map(|(at, ty)| (ty.name.to_string(), Item::Structured(TypeId::at(at))));
        let enums = api.enums.iter().enumerate();
        let enums = enums.map(|(at, item)| (item.name.to_string(), Item::Enum(EnumId::at(at))));
        Self::new(types.chain(enums))
    }
}

impl<'a> MetadataNames<'a> {
    pub(super) fn of_metadata(metadata: &'a Metadata) -> Self {
        let types = metadata.types.iter();
        let types = types.map(|ty| (ty.name.to_string(), Item::Structured(ty)));
        let enums = metadata.enums.iter();
        let enums = enums.map(|item| (item.name.to_string(), Item::Enum(item)));
        Self::new(types.chain(enums))
    }

    /// The type at a place and its base types, nearest first. A chain that runs in a circle ends before it repeats.
    pub(super) fn chain(&self, at: usize) -> Vec<usize> {
        let mut chain = vec![at];
        let mut at = at;
        while let Some(ty) = self.items[at].1.structured()
            && let Some(base) = ty.base.as_deref().and_then(|base| self.find(base))
            && !chain.contains(&base)
        {
            chain.push(base);
            at = base;
        }
        chain
    }
}
