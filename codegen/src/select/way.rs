//! Finds the way from an operation to a type that it needs, for those who ask why a type is kept.

use std::collections::VecDeque;

use crate::model::{Api, CoreType, needs_of_operation, needs_of_type};

/// A way from an operation to a type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Way {
    /// The operation, by its index in [`Api::operations`].
    pub operation: usize,
    /// What is passed: each step in words, and the type that it leads to. The last is the type asked for.
    pub steps: Vec<(String, CoreType)>,
}

/// The shortest way from an operation to a type or enum; `None` where no operation needs it.
///
/// The ways are those of a selection: relationships are not followed.
#[must_use]
pub fn way_to(api: &Api, target: CoreType) -> Option<Way> {
    let mut ways: Vec<Way> = Vec::new();
    let mut open: VecDeque<usize> = VecDeque::new();
    let mut reached: Vec<CoreType> = Vec::new();
    let mut found: Vec<(usize, String, CoreType)> = Vec::new();
    for (index, operation) in api.operations.iter().enumerate() {
        needs_of_operation(operation, |step, core| {
            found.push((index, step.to_string(), core));
        });
    }
    for (operation, step, core) in found {
        if is_new(core, &mut reached) {
            open.push_back(ways.len());
            ways.push(Way {
                operation,
                steps: vec![(step, core)],
            });
        }
    }
    while let Some(at) = open.pop_front() {
        let way = ways.get(at)?.clone();
        let (_, core) = way.steps.last()?;
        if *core == target {
            return Some(way);
        }
        let CoreType::Structured(id) = *core else {
            continue;
        };
        needs_of_type(api.structured(id), |step, core| {
            if is_new(core, &mut reached) {
                let mut next = way.clone();
                next.steps.push((step.to_string(), core));
                open.push_back(ways.len());
                ways.push(next);
            }
        });
    }
    None
}

/// Whether a type is met for the first time. Primitive types lead nowhere.
fn is_new(core: CoreType, reached: &mut Vec<CoreType>) -> bool {
    let leads = matches!(core, CoreType::Structured(_) | CoreType::Enum(_));
    if !leads || reached.contains(&core) {
        return false;
    }
    reached.push(core);
    true
}
