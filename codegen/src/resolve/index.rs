//! Looks types up: by the page that a name links to, by qualified name, by short name.

use std::collections::BTreeMap;

use super::drafts::Draft;
use super::enums::EnumDraft;
use crate::facts::{Facts, TypeName};
use crate::model::{CoreType, EnumId, Primitive, QualifiedName, TypeId};
use crate::profile::Profile;

/// All names that a type can be found by. Keys are in lower case.
#[derive(Debug, Default)]
pub(super) struct Index {
    /// What each page documents, by its path and by its file stem.
    pages: BTreeMap<String, OnPage>,
    /// Types by short name.
    names: BTreeMap<String, Vec<(QualifiedName, CoreType)>>,
    /// The namespace of each page.
    namespaces: BTreeMap<String, String>,
}

/// What a page documents.
#[derive(Debug, Default)]
struct OnPage {
    /// Enums by the anchors of their headings; of several the first.
    anchors: BTreeMap<String, CoreType>,
    /// The place of each in the order in which they were added.
    order: BTreeMap<CoreType, usize>,
    /// The first that is about the page as a whole.
    whole: Option<CoreType>,
    /// The first type that is.
    whole_type: Option<CoreType>,
}

impl OnPage {
    fn add(&mut self, anchor: &str, core: CoreType) {
        let place = self.order.len();
        self.order.entry(core).or_insert(place);
        if anchor.is_empty() {
            self.whole.get_or_insert(core);
            if matches!(core, CoreType::Structured(_)) {
                self.whole_type.get_or_insert(core);
            }
        }
        self.anchors.entry(anchor.to_owned()).or_insert(core);
    }
}

impl Index {
    pub(super) fn new(facts: &Facts, drafts: &[Draft], enums: &[EnumDraft]) -> Self {
        let mut index = Self::default();
        for page in &facts.pages {
            if let Some(line) = &page.namespace {
                index
                    .namespaces
                    .insert(page.path.clone(), line.value.clone());
            }
        }
        for (id, draft) in drafts.iter().enumerate() {
            let core = CoreType::Structured(TypeId::at(id));
            index.add(&draft.name, core);
            for (page, _) in &draft.places {
                index.add_page(&facts.pages[*page].path, "", core);
            }
            for page in &draft.titles {
                index.add_page(&facts.pages[*page].path, "", core);
            }
        }
        for (id, draft) in enums.iter().enumerate() {
            let core = CoreType::Enum(EnumId::at(id));
            index.add(&draft.item.name, core);
            for (page, place) in &draft.places {
                let page = &facts.pages[*page];
                index.add_page(&page.path, &page.enums[*place].anchor, core);
            }
        }
        index
    }

    /// Adds a type by its name.
    pub(super) fn add(&mut self, name: &QualifiedName, core: CoreType) {
        self.names
            .entry(name.name.to_lowercase())
            .or_default()
            .push((name.clone(), core));
    }

    fn add_page(&mut self, path: &str, anchor: &str, core: CoreType) {
        let path = path.to_lowercase();
        let stem = crate::corpus::stem(&path).to_owned();
        for key in [path, stem] {
            self.pages.entry(key).or_default().add(anchor, core);
        }
    }

    /// The type that a page names, seen from the page at `from`.
    pub(super) fn lookup(
        &self,
        name: &TypeName,
        from: &str,
        profile: &Profile,
    ) -> Option<CoreType> {
        let primitive = primitive(&name.name, profile);
        if let Some(found) = name
            .target
            .as_deref()
            .and_then(|target| self.by_link(name, target, from, profile))
        {
            // A link under the name of a primitive type explains its format.
            return match primitive {
                Some(known @ CoreType::Primitive(_)) => Some(known),
                _ => Some(found),
            };
        }
        primitive.or_else(|| self.by_name(&name.name, from, profile))
    }

    /// The type of a name that has no link.
    pub(super) fn by_name(&self, name: &str, from: &str, profile: &Profile) -> Option<CoreType> {
        let (namespace, short) = super::drafts::split(name);
        let candidates = self.names.get(&short.to_lowercase())?;
        let of = |wanted: &str| {
            candidates
                .iter()
                .find(|(name, _)| name.namespace == wanted && name.name == short)
                .or_else(|| {
                    candidates
                        .iter()
                        .find(|(name, _)| name.namespace.eq_ignore_ascii_case(wanted))
                })
                .map(|(_, core)| *core)
        };
        namespace
            .and_then(of)
            .or_else(|| self.namespaces.get(from).and_then(|line| of(line)))
            .or_else(|| of(&profile.namespace))
            .or_else(|| candidates.first().map(|(_, core)| *core))
    }

    /// The type of a link's page. Where the page lists several, the anchor decides, then the name.
    fn by_link(
        &self,
        name: &TypeName,
        target: &str,
        from: &str,
        profile: &Profile,
    ) -> Option<CoreType> {
        let (page, anchor) = target.split_once('#').unwrap_or((target, ""));
        let on_page = if page.is_empty() {
            self.pages.get(&from.to_lowercase())
        } else {
            let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
            // A link out of the tree may still name one of its pages.
            let path = crate::corpus::join(folder, page)
                .unwrap_or_else(|| page.to_owned())
                .to_lowercase();
            self.pages
                .get(&path)
                .or_else(|| self.pages.get(crate::corpus::stem(&path)))
        }?;
        let anchor = anchor.to_lowercase();
        if !anchor.is_empty()
            && let Some(core) = on_page.anchors.get(&anchor)
        {
            return Some(*core);
        }
        let short = super::drafts::split(&name.name).1.to_lowercase();
        let named = self.names.get(&short).into_iter().flatten();
        let named = named.filter_map(|(_, core)| Some((on_page.order.get(core)?, core)));
        if let Some((_, core)) = named.min() {
            return Some(*core);
        }
        let whole = match anchor.is_empty() {
            true => on_page.whole,
            false => on_page.whole_type,
        };
        whole.filter(|_| !names_enum(&anchor, profile))
    }

    /// The known name nearest to one that is not known, where it is near.
    pub(super) fn nearest(&self, name: &str) -> Option<&str> {
        let short = super::drafts::split(name).1.to_lowercase();
        let length = short.chars().count();
        self.names
            .iter()
            // The distance is no less than the difference of the lengths, which is far quicker to find.
            .filter(|(known, _)| known.chars().count().abs_diff(length) * 3 <= length)
            .filter_map(|(known, types)| {
                let distance = strsim::damerau_levenshtein(known, &short);
                let near = distance * 3 <= length;
                near.then(|| (distance, types.first().map(|(name, _)| name.name.as_str())))
            })
            .min_by_key(|(distance, _)| *distance)
            .and_then(|(_, name)| name)
    }
}

/// Whether an anchor is that of a heading over a table of members: `status-values`.
fn names_enum(anchor: &str, profile: &Profile) -> bool {
    let suffixes = &profile.enums.heading_suffixes;
    suffixes
        .iter()
        .any(|suffix| anchor.ends_with(&suffix.replace(' ', "-")))
}

/// The primitive type of a word, or JSON.
pub(super) fn primitive(name: &str, profile: &Profile) -> Option<CoreType> {
    profile.primitive(name).map(core)
}

/// The primitive type of a name of OData, or JSON.
pub(super) fn core(edm: &str) -> CoreType {
    Primitive::ALL
        .iter()
        .find(|known| known.edm() == edm)
        .map_or(CoreType::Json, |known| CoreType::Primitive(*known))
}
