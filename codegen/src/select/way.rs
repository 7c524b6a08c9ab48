//! Finds the way from an operation to a type that it needs, for those who ask why a type is kept.

use std::collections::VecDeque;

use super::closure::{of_operation, of_type};
use crate::model::{Api, CoreType};

/// What a type is to the operation or the type that needs it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step<'a> {
    /// The body.
    Body,
    /// The answer.
    Answer,
    /// A parameter of this name.
    Parameter(&'a str),
    /// The base type.
    Base,
    /// A property of this name.
    Property(&'a str),
}

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
        of_operation(operation, |step, core| {
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
        of_type(api.structured(id), |step, core| {
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

impl std::fmt::Display for Step<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Body => f.write_str("body"),
            Self::Answer => f.write_str("answer"),
            Self::Parameter(name) => write!(f, "parameter `{name}`"),
            Self::Base => f.write_str("base type"),
            Self::Property(name) => write!(f, "property `{name}`"),
        }
    }
}
