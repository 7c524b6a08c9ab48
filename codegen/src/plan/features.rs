//! Decides which features a model is behind: those of the areas whose requests need it.
//!
//! A program that enables one area compiles that area's requests and their models, and a relationship is a field where
//! the type that it leads to is there. Another area can only add to that, as features of cargo have to.

use std::collections::{BTreeMap, BTreeSet};

use super::ident::RustIdent;
use super::nodes::ModulePlan;
use crate::diagnostics::Span;
use crate::model::{Api, CoreType, EnumId, TypeId, needs_of_operation, needs_of_type};

/// A model that more areas need is there without a feature: a list of so many would say "nearly always" at length.
const MANY: usize = 8;

/// The feature that is on for all areas, and so for models that no request of any area needs.
const FULL: &str = "full";

/// The features of all models.
#[derive(Debug, Default)]
pub(super) struct Features {
    types: Vec<Vec<RustIdent>>,
    enums: Vec<Vec<RustIdent>>,
}

impl Features {
    /// The features of a type.
    pub(super) fn of_type(&self, id: TypeId) -> &[RustIdent] {
        self.types.get(id.0 as usize).map_or(&[], Vec::as_slice)
    }

    /// The features of an enum.
    pub(super) fn of_enum(&self, id: EnumId) -> &[RustIdent] {
        self.enums.get(id.0 as usize).map_or(&[], Vec::as_slice)
    }

    /// The features that a relationship of `owner` to `target` is behind: none where the target is there whenever the
    /// owner is.
    pub(super) fn of_relationship(&self, owner: TypeId, target: CoreType) -> Vec<RustIdent> {
        let owner = self.of_type(owner);
        let target = match target {
            CoreType::Structured(id) => self.of_type(id),
            CoreType::Enum(id) => self.of_enum(id),
            CoreType::Primitive(_) | CoreType::Json => &[],
        };
        let implied = !owner.is_empty() && owner.iter().all(|area| target.contains(area));
        if implied {
            return Vec::new();
        }
        target.to_vec()
    }
}

/// The areas of each model, by index into the planned areas.
struct Areas<'a> {
    api: &'a Api,
    types: Vec<BTreeSet<usize>>,
    enums: Vec<BTreeSet<usize>>,
    /// The types whose derived types go where they go.
    bases: BTreeMap<TypeId, Vec<TypeId>>,
}

/// Decides the features of all models of `api` from the areas of its requests.
pub(super) fn features(api: &Api, modules: &[ModulePlan]) -> Features {
    let mut areas = Areas {
        api,
        types: vec![BTreeSet::new(); api.types.len()],
        enums: vec![BTreeSet::new(); api.enums.len()],
        bases: BTreeMap::new(),
    };
    areas.needed_by_requests(modules);
    areas.derived_from_models();
    areas.related_to_models();
    let names: Vec<&RustIdent> = modules.iter().map(|module| &module.ident).collect();
    let features = |set: &BTreeSet<usize>| {
        if is_common(set) || set.len() == names.len() {
            Vec::new()
        } else if set.is_empty() {
            vec![RustIdent::new(FULL)]
        } else {
            set.iter().map(|area| names[*area].clone()).collect()
        }
    };
    Features {
        types: areas.types.iter().map(features).collect(),
        enums: areas.enums.iter().map(features).collect(),
    }
}

/// Whether a model of these areas is there without a feature because there are so many.
fn is_common(areas: &BTreeSet<usize>) -> bool {
    areas.len() > MANY
}

impl Areas<'_> {
    /// Adds the areas of each request to the types that it sends or answers, and to all that those need.
    fn needed_by_requests(&mut self, modules: &[ModulePlan]) {
        // Requests that share a line, as in `GET /me or GET /users/{id}`, are of several areas.
        let mut homes: BTreeMap<Span, BTreeSet<usize>> = BTreeMap::new();
        for (area, module) in modules.iter().enumerate() {
            origins(module, &mut |span| {
                homes.entry(span).or_default().insert(area);
            });
        }
        let mut needed: BTreeMap<CoreType, BTreeSet<usize>> = BTreeMap::new();
        for operation in &self.api.operations {
            if let Some(areas) = homes.get(&operation.origin) {
                needs_of_operation(operation, |_, core| {
                    needed.entry(core).or_default().extend(areas);
                });
            }
        }
        self.add(needed);
    }

    /// What is answered as its base may be of any type derived from it, so that these go where the base goes. A base
    /// that many areas need says nothing about them: nearly every entity type is derived from one.
    fn derived_from_models(&mut self) {
        for (index, ty) in self.api.types.iter().enumerate() {
            if let Some(base) = ty.base
                && !is_common(&self.types[base.0 as usize])
            {
                let derived = self.bases.entry(base).or_default();
                derived.push(TypeId::at(index));
            }
        }
        let mut given: BTreeMap<CoreType, BTreeSet<usize>> = BTreeMap::new();
        for (base, derived) in &self.bases {
            for id in derived {
                let areas = &self.types[base.0 as usize];
                given
                    .entry(CoreType::Structured(*id))
                    .or_default()
                    .extend(areas);
            }
        }
        self.add(given);
    }

    /// Gives the models that no area has so far to the areas of the models that are related to them.
    fn related_to_models(&mut self) {
        loop {
            let mut related: BTreeMap<CoreType, BTreeSet<usize>> = BTreeMap::new();
            for (ty, areas) in self.api.types.iter().zip(&self.types) {
                if areas.is_empty() || is_common(areas) {
                    continue;
                }
                let targets = ty.properties.iter().filter(|property| property.navigation);
                for core in targets.map(|property| property.ty.core) {
                    if self.of(core).is_some_and(BTreeSet::is_empty) {
                        related.entry(core).or_default().extend(areas);
                    }
                }
            }
            if related.is_empty() {
                return;
            }
            self.add(related);
        }
    }

    /// The areas of a model; none of what is no model.
    fn of(&self, core: CoreType) -> Option<&BTreeSet<usize>> {
        match core {
            CoreType::Structured(id) => self.types.get(id.0 as usize),
            CoreType::Enum(id) => self.enums.get(id.0 as usize),
            CoreType::Primitive(_) | CoreType::Json => None,
        }
    }

    /// Adds areas to models, to all that those need, and to the types derived from them.
    fn add(&mut self, given: BTreeMap<CoreType, BTreeSet<usize>>) {
        let mut open: Vec<(CoreType, BTreeSet<usize>)> = given.into_iter().collect();
        while let Some((core, areas)) = open.pop() {
            let known = match core {
                CoreType::Structured(id) => &mut self.types[id.0 as usize],
                CoreType::Enum(id) => &mut self.enums[id.0 as usize],
                CoreType::Primitive(_) | CoreType::Json => continue,
            };
            let before = known.len();
            known.extend(&areas);
            if known.len() == before {
                continue;
            }
            if let CoreType::Structured(id) = core {
                let known = known.clone();
                needs_of_type(self.api.structured(id), |_, core| {
                    open.push((core, known.clone()));
                });
                let derived = self.bases.get(&id).into_iter().flatten();
                open.extend(derived.map(|id| (CoreType::Structured(*id), known.clone())));
            }
        }
    }
}

/// Calls `add` with the request lines of all functions in a module and below it.
fn origins(module: &ModulePlan, add: &mut impl FnMut(Span)) {
    for operation in &module.operations {
        operation.origins.iter().for_each(|span| add(*span));
    }
    for child in &module.children {
        origins(child, add);
    }
}
