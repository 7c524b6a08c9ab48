//! Finds the way from an operation to a type that it needs, for those who ask why a type is kept.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Api, CoreType, TypeId, needs_of_operation, needs_of_type};

/// A way from an operation to a type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Way {
    /// What is passed: each step in words, and the type that it leads to. The last is the type asked for.
    pub steps: Vec<(String, CoreType)>,
}

/// The operations that need a type or enum, by their indices in [`Api::operations`]; first those that need it most
/// directly. The ways are those of a selection: relationships are not followed.
#[must_use]
pub fn needed_by(api: &Api, target: CoreType) -> Vec<usize> {
    let mut distances = BTreeMap::from([(target, 0)]);
    for distance in 1.. {
        let before = distances.len();
        for (index, ty) in api.types.iter().enumerate() {
            let core = CoreType::Structured(TypeId::at(index));
            let mut leads = false;
            needs_of_type(ty, |_, next| {
                leads |= distances
                    .get(&next)
                    .is_some_and(|known| *known == distance - 1);
            });
            if leads {
                distances.entry(core).or_insert(distance);
            }
        }
        if distances.len() == before {
            break;
        }
    }
    let mut found: Vec<(usize, usize)> = Vec::new();
    for (index, operation) in api.operations.iter().enumerate() {
        let mut nearest: Option<usize> = None;
        needs_of_operation(operation, |_, core| {
            let distance = distances.get(&core).copied();
            nearest = match (nearest, distance) {
                (Some(a), Some(b)) => Some(a.min(b)),
                (a, b) => a.or(b),
            };
        });
        found.extend(nearest.map(|distance| (distance, index)));
    }
    found.sort_unstable();
    found.into_iter().map(|(_, index)| index).collect()
}

/// The shortest way from one operation to a type or enum; `None` where it does not need it.
#[must_use]
pub fn way_from(api: &Api, operation: usize, target: CoreType) -> Option<Way> {
    let mut ways: Vec<Vec<(String, CoreType)>> = Vec::new();
    let mut reached: BTreeSet<CoreType> = BTreeSet::new();
    needs_of_operation(api.operations.get(operation)?, |step, core| {
        if leads(core) && reached.insert(core) {
            ways.push(vec![(step.to_string(), core)]);
        }
    });
    let mut at = 0;
    while let Some(steps) = ways.get(at).cloned() {
        at += 1;
        let core = steps.last()?.1;
        if core == target {
            return Some(Way { steps });
        }
        let CoreType::Structured(id) = core else {
            continue;
        };
        needs_of_type(api.structured(id), |step, core| {
            if leads(core) && reached.insert(core) {
                let mut next = steps.clone();
                next.push((step.to_string(), core));
                ways.push(next);
            }
        });
    }
    None
}

/// Whether a type is one that a selection keeps or leaves out.
fn leads(core: CoreType) -> bool {
    matches!(core, CoreType::Structured(_) | CoreType::Enum(_))
}
