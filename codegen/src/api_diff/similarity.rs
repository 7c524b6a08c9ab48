//! Says how much two items are alike, for guesses at new names.

use std::collections::BTreeSet;

use super::surface::{Function, Item, Kind};

/// How alike two names are at least that are taken for one name before and after.
const NAMES: f64 = 0.75;

/// How alike two paths of requests are at least.
const PATHS: f64 = 0.85;

/// How alike two names are of which one ends in the other.
const PART: f64 = 0.8;

/// How many of the members of two types are the same at least, of those that either has.
const MEMBERS: f64 = 0.6;

/// How many characters documentation has at least that tells one member from another.
const TELLING: usize = 30;

/// How many members two types share at least: two types with `id` and a name are not alike yet.
const SHARED: usize = 3;

/// How much two items are alike: a number to order guesses by, and what they have in common.
#[derive(Clone, Debug)]
pub(super) struct Likeness {
    /// More is more alike; those that are sure are above 1.
    pub(super) score: f64,
    /// What they have in common.
    pub(super) because: String,
}

fn likeness(score: f64, because: impl Into<String>) -> Option<Likeness> {
    Some(Likeness {
        score,
        because: because.into(),
    })
}

/// How alike two words are, whatever their letter case.
fn names(old: &str, new: &str) -> f64 {
    strsim::normalized_damerau_levenshtein(&old.to_lowercase(), &new.to_lowercase())
}

/// The path of a request whatever its placeholders are called.
pub(super) fn shape(path: &str) -> String {
    let mut shape = String::with_capacity(path.len());
    let mut inside = false;
    for c in path.chars() {
        match c {
            '{' => inside = true,
            '}' => inside = false,
            _ if inside => continue,
            _ => {}
        }
        shape.push(c);
    }
    shape
}

/// Two functions with their names.
pub(super) fn functions(old: (&str, &Function), new: (&str, &Function)) -> Option<Likeness> {
    if old.1.method != new.1.method {
        return None;
    }
    let (old_shape, new_shape) = (shape(&old.1.path), shape(&new.1.path));
    if old_shape.eq_ignore_ascii_case(&new_shape) {
        return likeness(1.0 + names(old.0, new.0), "the same request");
    }
    let [(module, name), (new_module, new_name)] =
        [old.0, new.0].map(|path| path.rsplit_once("::").unwrap_or(("", path)));
    // What was below the root is now below something else, or the other way round.
    let [short, long] = if old_shape.len() < new_shape.len() {
        [&old_shape, &new_shape]
    } else {
        [&new_shape, &old_shape]
    };
    if name == new_name && long.ends_with(short.as_str()) && short.matches('/').count() > 1 {
        let alike = ratio(short.len(), long.len());
        return likeness(alike / 2.0, "a request whose path ends in the same way");
    }
    let last = |path: &str| path.rsplit('/').next().map(str::to_lowercase);
    let near = (name == new_name && last(&old_shape) == last(&new_shape))
        || (module == new_module && names(name, new_name) >= NAMES);
    if !near || old.1.parameters.len() != new.1.parameters.len() {
        return None;
    }
    let alike = names(&old_shape, &new_shape);
    if alike < PATHS {
        return None;
    }
    likeness(alike, "a similar request")
}

/// Two types with their names and their members.
pub(super) fn types(
    old: (&str, &Item, &BTreeSet<String>),
    new: (&str, &Item, &BTreeSet<String>),
) -> Option<Likeness> {
    let is_model = |path: &str| path.starts_with("models::");
    if is_model(old.0) != is_model(new.0) {
        return None;
    }
    let (old_wire, new_wire) = (wire(old.1)?, wire(new.1)?);
    let parent = |path: &'_ str| path.rsplit_once("::").map(|(parent, _)| parent.to_owned());
    // What a request sends has the name of the request, and many requests have one name.
    if old_wire == new_wire && (is_model(old.0) || parent(old.0) == parent(new.0)) {
        return likeness(1.0 + names(old.0, new.0), "the same name in JSON");
    }
    if is_model(old.0) && old.0.eq_ignore_ascii_case(new.0) {
        return likeness(1.0, "the same name in other letter case");
    }
    let is_struct = |item: &Item| matches!(item.kind, Kind::Struct { .. });
    if is_struct(old.1) != is_struct(new.1) {
        return None;
    }
    let shared = old.2.intersection(new.2).count();
    let all = old.2.union(new.2).count();
    let alike = ratio(shared, all);
    let [name, new_name] = [old.0, new.0].map(last);
    let named = if is_part(name, new_name) {
        PART
    } else {
        names(name, new_name)
    };
    let enough = if !is_model(old.0) {
        shared > 0 && alike >= MEMBERS && name == new_name
    } else if named >= PART {
        shared > 0 && alike >= MEMBERS
    } else {
        shared >= SHARED && alike >= MEMBERS && (named >= 0.5 || alike > 0.9)
    };
    if !enough {
        return None;
    }
    likeness(
        (alike + named) / 2.0,
        format!("{shared} of {all} members are the same"),
    )
}

/// Whether the longer of two names ends in the shorter one, which is one that says something.
fn is_part(one: &str, other: &str) -> bool {
    let [one, other] = [one, other].map(str::to_lowercase);
    one.len().min(other.len()) >= 4 && (one.ends_with(&other) || other.ends_with(&one))
}

/// The last name of a path.
fn last(path: &str) -> &str {
    path.rsplit(':').next().unwrap_or_default()
}

/// Two members of one type with their names.
pub(super) fn members(old: (&str, &Item), new: (&str, &Item)) -> Option<Likeness> {
    let wires = match (&old.1.kind, &new.1.kind) {
        (Kind::Field(old), Kind::Field(new)) => (&old.wire, &new.wire),
        (Kind::Variant(old), Kind::Variant(new)) => (old, new),
        _ => return None,
    };
    match wires {
        (None, None) => return likeness(2.0, "it keeps what is not declared"),
        (Some(old), Some(new)) if old == new => return likeness(2.0, "the same name in JSON"),
        (Some(_), Some(_)) => {}
        _ => return None,
    }
    let same_type = match (&old.1.kind, &new.1.kind) {
        (Kind::Field(old), Kind::Field(new)) => old.ty == new.ty,
        _ => true,
    };
    let says = |item: &Item| item.doc.join(" ");
    if same_type && old.1.doc == new.1.doc && says(old.1).chars().count() >= TELLING {
        return likeness(1.0, "the same documentation");
    }
    let alike = names(old.0, new.0);
    if !same_type || alike < NAMES {
        return None;
    }
    let because = match old.1.kind {
        Kind::Field(_) => "a similar name and the same type",
        _ => "a similar name",
    };
    likeness(alike, because)
}

/// The name of a type in JSON.
fn wire(item: &Item) -> Option<&str> {
    match &item.kind {
        Kind::Struct { wire, .. } | Kind::Enum { wire } => Some(wire),
        _ => None,
    }
}

fn ratio(part: usize, whole: usize) -> f64 {
    let count = |number: usize| f64::from(u32::try_from(number).unwrap_or(u32::MAX));
    if whole == 0 {
        0.0
    } else {
        count(part) / count(whole)
    }
}
