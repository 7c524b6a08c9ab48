//! Finds the actions and functions of the metadata behind documented requests, and compares their parameters.
//!
//! A request is one of an action or function where its last segment has the name of one: `POST` for actions, `GET` for
//! functions. The path is followed through entity sets, singletons and properties, so that what is bound to another type than
//! that at the path is told apart. Where a path cannot be followed, all of the name are candidates.

use std::collections::{BTreeMap, BTreeSet};

use super::compare::written;
use super::diff::{Differences, Kind};
use super::index::local;
use super::pairs::{Likeness, Pairs};
use super::{Metadata, MetadataOperation, MetadataTypeRef};
use crate::model::{Body, Operation, Part, Segment, TypeRef};

/// What an operation is bound to: a type of the metadata, and whether it is a collection; nothing where it is not bound.
type Binding<'m> = Option<(&'m str, bool)>;

/// Adds what there is to say about actions and functions.
pub(super) fn compare(pairs: &Pairs<'_>, metadata: &Metadata, found: &mut Differences) {
    let mut by_name: BTreeMap<String, Vec<&MetadataOperation>> = BTreeMap::new();
    for operation in &metadata.operations {
        let name = operation.name.name.to_lowercase();
        by_name.entry(name).or_default().push(operation);
    }
    let mut documented: BTreeSet<(&str, Binding<'_>)> = BTreeSet::new();
    for operation in &pairs.api.operations {
        let Some((last, before)) = operation.path.split_last() else {
            continue;
        };
        let name = called(last);
        let Some(named) = by_name.get(&name.to_lowercase()) else {
            continue;
        };
        let is_called = |one: &&&MetadataOperation| {
            operation.method == if one.function { "GET" } else { "POST" }
        };
        let named: Vec<&MetadataOperation> = named.iter().filter(is_called).copied().collect();
        if named.is_empty() || is_property(pairs, metadata, before, &name) {
            continue;
        }
        let at = type_at(pairs, metadata, before);
        let bound: Vec<&MetadataOperation> = match &at {
            Some(ty) => named
                .iter()
                .filter(|one| is_bound_to(pairs, one, ty))
                .copied()
                .collect(),
            None => named.clone(),
        };
        let subject = request(operation);
        if let (Some(ty), true) = (&at, bound.is_empty()) {
            let own = named.iter().filter_map(|one| one.binding.as_ref());
            let own: BTreeSet<String> = own.map(|ty| written(&ty.name, ty.collection)).collect();
            let own: Vec<String> = own.into_iter().collect();
            let is = match own.is_empty() {
                true => "not bound".to_owned(),
                false => format!("bound to {}", own.join(", ")),
            };
            let at = format!("at {}", written(&ty.name, ty.collection));
            let line = named.first().map(|one| one.line);
            found.add(
                Kind::NotBound,
                &subject,
                Some(operation.origin),
                line,
                &at,
                &is,
            );
        }
        for one in &bound {
            documented.insert((&one.name.name, binding(one)));
        }
        if at.is_some() {
            parameters(pairs, operation, last, &bound, &subject, found);
        }
    }
    for operation in &metadata.operations {
        if !documented.contains(&(operation.name.name.as_str(), binding(operation))) {
            let of = operation.binding.as_ref();
            let of = of.map_or_else(String::new, |ty| written(&ty.name, ty.collection) + "/");
            let is = if operation.function {
                "a function"
            } else {
                "an action"
            };
            let kind = Kind::OperationInMetadataOnly;
            let subject = format!("{of}{}", operation.name.name);
            found.add(kind, &subject, None, Some(operation.line), "nothing", is);
        }
    }
}

fn binding(operation: &MetadataOperation) -> Binding<'_> {
    let ty = operation.binding.as_ref()?;
    Some((&ty.name, ty.collection))
}

/// `GET /users/{id}/reminderView`.
fn request(operation: &Operation) -> String {
    format!("{} {}", operation.method, operation.template())
}

/// The name at the begin of a segment, without namespace, key and arguments.
fn called(segment: &Segment) -> String {
    match segment.parts.first() {
        Some(Part::Literal(text)) => local(text.split('(').next().unwrap_or_default()).to_owned(),
        _ => String::new(),
    }
}

/// The type that a path leads to, as far as the metadata has it.
fn type_at(pairs: &Pairs<'_>, metadata: &Metadata, path: &[Segment]) -> Option<MetadataTypeRef> {
    let (first, others) = path.split_first()?;
    let name = called(first);
    let root = metadata
        .roots
        .iter()
        .find(|root| root.name.eq_ignore_ascii_case(&name))?;
    let mut ty = element(root.ty.clone(), first);
    for segment in others {
        if segment.is_key() {
            if !ty.collection {
                return None;
            }
            ty.collection = false;
            continue;
        }
        let name = called(segment);
        let at = pairs.metadata.find(&ty.name)?;
        let properties = pairs.metadata_properties(at);
        let next = properties
            .values()
            .find(|one| one.name.eq_ignore_ascii_case(&name))?;
        ty = element(next.ty.clone(), segment);
    }
    Some(ty)
}

/// One of a collection, where a segment has a key in parentheses.
fn element(mut ty: MetadataTypeRef, segment: &Segment) -> MetadataTypeRef {
    ty.collection &= segment.parts.len() == 1;
    ty
}

/// Whether the type that a path leads to has a property of a name; then a request is about that and no action.
fn is_property(pairs: &Pairs<'_>, metadata: &Metadata, path: &[Segment], name: &str) -> bool {
    let at = type_at(pairs, metadata, path).and_then(|ty| pairs.metadata.find(&ty.name));
    at.is_some_and(|at| {
        let properties = pairs.metadata_properties(at);
        properties.keys().any(|one| one.eq_ignore_ascii_case(name))
    })
}

/// Whether an operation is bound to a type or to a base type of it.
fn is_bound_to(pairs: &Pairs<'_>, operation: &MetadataOperation, ty: &MetadataTypeRef) -> bool {
    let Some(binding) = &operation.binding else {
        return false;
    };
    let chain = pairs
        .metadata
        .find(&ty.name)
        .map(|at| pairs.metadata.chain(at));
    let bound = pairs.metadata.find(&binding.name);
    binding.collection == ty.collection
        && bound.is_some_and(|bound| chain.is_some_and(|chain| chain.contains(&bound)))
}

/// Compares the parameters of a request with those of the overload that is nearest.
fn parameters(
    pairs: &Pairs<'_>,
    operation: &Operation,
    last: &Segment,
    bound: &[&MetadataOperation],
    subject: &str,
    found: &mut Differences,
) {
    let Some(documented) = documented(operation, last, bound) else {
        return;
    };
    let has = |one: &MetadataOperation, name: &str| {
        one.parameters
            .iter()
            .any(|(known, _)| known.eq_ignore_ascii_case(name))
    };
    let own = |name: &str| {
        documented
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
    };
    let differing = |one: &&&MetadataOperation| {
        let lacking = one
            .parameters
            .iter()
            .filter(|(name, _)| own(name).is_none());
        let beside = documented.keys().filter(|name| !has(one, name));
        (lacking.count() + beside.count(), one.line)
    };
    let Some(nearest) = bound.iter().min_by_key(differing) else {
        return;
    };
    let (place, line) = (Some(operation.origin), Some(nearest.line));
    for (name, ty) in &nearest.parameters {
        let qualified = format!("{subject} ({name})");
        let in_metadata = written(&ty.name, ty.collection);
        let Some((known, documented)) = own(name) else {
            let kind = Kind::ParameterInMetadataOnly;
            found.add(kind, &qualified, place, line, "nothing", &in_metadata);
            continue;
        };
        if known != name {
            found.add(Kind::ParameterCase, &qualified, place, line, known, name);
        }
        if let Some(own) = documented {
            let is_same = pairs.likeness(own.core, &ty.name) == Likeness::Same;
            if !is_same || own.collection != ty.collection {
                let on_page = written(&pairs.api.core_name(own.core), own.collection);
                let kind = Kind::ParameterType;
                found.add(kind, &qualified, place, line, &on_page, &in_metadata);
            }
        }
    }
    for name in documented.keys().filter(|name| !has(nearest, name)) {
        let qualified = format!("{subject} ({name})");
        let kind = Kind::ParameterOnPagesOnly;
        found.add(kind, &qualified, place, line, "a parameter", "nothing");
    }
}

/// The parameters that a page names, with their types where it has them; `None` where it does not say what they are.
fn documented(
    operation: &Operation,
    last: &Segment,
    bound: &[&MetadataOperation],
) -> Option<BTreeMap<String, Option<TypeRef>>> {
    let is_function = bound.first().is_some_and(|one| one.function);
    if !is_function {
        return match &operation.body {
            Body::None => Some(BTreeMap::new()),
            Body::Parameters(properties) => Some(
                properties
                    .iter()
                    .map(|property| (property.name.clone(), Some(property.ty)))
                    .collect(),
            ),
            _ => None,
        };
    }
    let in_path = last.parts.iter().filter_map(|part| match part {
        Part::Literal(text) => {
            let name = text.trim_end_matches('\'').strip_suffix('=')?;
            Some(name.rsplit(['(', ',']).next()?.trim().to_owned())
        }
        Part::Placeholder { .. } => None,
    });
    let called = operation.call.iter().map(|one| one.name.clone());
    let ty = |name: &String| {
        let known = operation.parameters.iter().chain(&operation.call);
        known.filter(|one| one.name == *name).find_map(|one| one.ty)
    };
    let names = in_path.chain(called);
    Some(names.map(|name| (name.clone(), ty(&name))).collect())
}
