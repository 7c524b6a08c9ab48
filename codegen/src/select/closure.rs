//! The types that operations need: what they send and answer, base types, and the types of properties.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{
    Api, Body, CoreType, EnumId, Primitive, Property, Response, TypeId, needs_of_operation,
    needs_of_type,
};

/// What is needed.
#[derive(Default)]
struct Needed {
    types: BTreeSet<TypeId>,
    enums: BTreeSet<EnumId>,
    open: Vec<TypeId>,
}

impl Needed {
    fn add(&mut self, core: CoreType) {
        match core {
            CoreType::Structured(id) => {
                if self.types.insert(id) {
                    self.open.push(id);
                }
            }
            CoreType::Enum(id) => {
                self.enums.insert(id);
            }
            CoreType::Primitive(_) | CoreType::Json => {}
        }
    }
}

/// Removes the types and enums that no operation needs, and the relationships that lead to removed types.
pub(super) fn retain_needed(mut api: Api) -> Api {
    let mut needed = Needed::default();
    for operation in &api.operations {
        needs_of_operation(operation, |_, core| needed.add(core));
    }
    while let Some(id) = needed.open.pop() {
        needs_of_type(api.structured(id), |_, core| needed.add(core));
    }
    let types: BTreeMap<TypeId, TypeId> = renumber(&needed.types, TypeId);
    let enums: BTreeMap<EnumId, EnumId> = renumber(&needed.enums, EnumId);
    let map = |core: &mut CoreType| match core {
        CoreType::Structured(id) => types.get(id).map(|new| *id = *new).is_some(),
        CoreType::Enum(id) => enums.get(id).map(|new| *id = *new).is_some(),
        CoreType::Primitive(_) | CoreType::Json => true,
    };
    // The names of those that are left out.
    let map_all = |properties: &mut Vec<Property>| {
        let mut left_out = Vec::new();
        properties.retain_mut(|property| {
            let kept = map(&mut property.ty.core);
            if !kept {
                left_out.push(property.name.clone());
            }
            kept
        });
        left_out
    };
    let mut index = 0;
    api.types.retain(|_| {
        index += 1;
        types.contains_key(&TypeId(index - 1))
    });
    let mut index = 0;
    api.enums.retain(|_| {
        index += 1;
        enums.contains_key(&EnumId(index - 1))
    });
    for ty in &mut api.types {
        ty.base = ty.base.and_then(|base| types.get(&base).copied());
        ty.left_out = map_all(&mut ty.properties);
    }
    for operation in &mut api.operations {
        match &mut operation.body {
            Body::Value(ty) => {
                map(&mut ty.core);
            }
            // All of their types are needed.
            Body::Parameters(rows) => drop(map_all(rows)),
            Body::None | Body::Reference | Body::Binary | Body::Json => {}
        }
        if let Response::Value(ty) = &mut operation.response
            && !map(&mut ty.core)
        {
            operation.response = Response::None;
        }
        // Arguments are text in a path, so that they need no types, and stay as they were without theirs: members of
        // enums are text in quotes, other values are not.
        for argument in operation.parameters.iter_mut().chain(&mut operation.call) {
            if let Some(ty) = &mut argument.ty
                && !map(&mut ty.core)
            {
                ty.core = match ty.core {
                    CoreType::Enum(_) => CoreType::Primitive(Primitive::String),
                    _ => CoreType::Json,
                };
            }
        }
    }
    api
}

/// The new id of each kept one, in the same order.
fn renumber<Id: Ord + Copy>(kept: &BTreeSet<Id>, new: impl Fn(u32) -> Id) -> BTreeMap<Id, Id> {
    kept.iter()
        .zip(0..)
        .map(|(id, index)| (*id, new(index)))
        .collect()
}
