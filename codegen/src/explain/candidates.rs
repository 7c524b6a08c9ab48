//! What a name may mean, and the names that are most like one that nothing has.

use std::collections::BTreeSet;

use super::Context;
use super::subject::Item;
use crate::corpus::stem;

/// One of the things that a name may mean.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Candidate {
    /// `type`, `enum`, `request` or `page`.
    pub kind: &'static str,
    /// The name that means it alone.
    pub name: String,
    /// Where it is documented.
    pub place: String,
}

/// What follows the first of several places.
const MORE: &str = " and others";

/// How many names are offered for one that is not known.
const OFFERED: usize = 5;

/// How alike two names have to be (Jaro-Winkler).
const ALIKE: f64 = 0.82;

impl Context<'_> {
    /// An item as one of several.
    pub(super) fn candidate(&self, item: Item) -> Candidate {
        let (kind, name) = match item {
            Item::Type(id) => ("type", self.api.structured(id).name.to_string()),
            Item::Enum(id) => ("enum", self.api.enumeration(id).name.to_string()),
            Item::Operation(index) => ("request", self.api.operations[index].request()),
        };
        let place = self.origins(item).first().map(|span| self.place(*span));
        Candidate {
            kind,
            name,
            place: place.unwrap_or_default(),
        }
    }

    /// Items as candidates, sorted. Where two have one name, as a type and an enum may, their Rust paths tell them
    /// apart.
    pub(super) fn candidates(&self, items: &[Item]) -> Vec<Candidate> {
        let mut all: Vec<(Candidate, Item)> = items
            .iter()
            .map(|item| (self.candidate(*item), *item))
            .collect();
        let names: Vec<String> = all.iter().map(|(one, _)| one.name.clone()).collect();
        for (candidate, item) in &mut all {
            let same = names.iter().filter(|name| **name == candidate.name);
            if !matches!(item, Item::Operation(_))
                && same.count() > 1
                && let Some(path) = self.model_path(*item)
            {
                candidate.name = path;
            }
        }
        let sorted: BTreeSet<Candidate> = all.into_iter().map(|(candidate, _)| candidate).collect();
        let mut merged: Vec<Candidate> = Vec::new();
        for candidate in sorted {
            match merged.last_mut() {
                // One request on several pages.
                Some(last) if (last.kind, &last.name) == (candidate.kind, &candidate.name) => {
                    if !last.place.ends_with(MORE) {
                        last.place.push_str(MORE);
                    }
                }
                _ => merged.push(candidate),
            }
        }
        merged
    }

    /// The known names most like one that is not known.
    pub(super) fn nearest(&self, name: &str) -> Vec<String> {
        let mut known: BTreeSet<String> = BTreeSet::new();
        if name.contains('/') {
            let with_method = name.contains(' ');
            known.extend(self.api.operations.iter().map(|operation| {
                let text = operation.request();
                match text.split_once(' ') {
                    Some((_, path)) if !with_method => path.to_owned(),
                    _ => text,
                }
            }));
        } else if name.contains("::") {
            known.extend(self.functions().into_iter().map(|function| function.path));
            known.extend(self.api_items().filter_map(|item| self.model_path(item)));
        } else {
            let qualified = name.contains('.');
            let types = self.api.types.iter().map(|ty| &ty.name);
            let names = types.chain(self.api.enums.iter().map(|item| &item.name));
            known.extend(names.map(|known| match qualified {
                true => known.to_string(),
                false => known.name.clone(),
            }));
            known.extend(self.api.pages.iter().map(|page| stem(page).to_owned()));
        }
        most_alike(name, known)
    }

    /// All types and enums.
    pub(super) fn api_items(&self) -> impl Iterator<Item = Item> {
        let types = (0..self.api.types.len()).map(crate::model::TypeId::at);
        let enums = (0..self.api.enums.len()).map(crate::model::EnumId::at);
        types.map(Item::Type).chain(enums.map(Item::Enum))
    }
}

/// The names that are most like another, the most alike first.
pub(super) fn most_alike(name: &str, known: impl IntoIterator<Item = String>) -> Vec<String> {
    let wanted = name.to_lowercase();
    let mut alike: Vec<(f64, String)> = known
        .into_iter()
        .map(|known| (strsim::jaro_winkler(&wanted, &known.to_lowercase()), known))
        .filter(|(likeness, _)| *likeness > ALIKE)
        .collect();
    alike.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    alike.truncate(OFFERED);
    alike.into_iter().map(|(_, known)| known).collect()
}
