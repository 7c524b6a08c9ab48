//! Compares two surfaces: a change for each item that came, went or is another, with all that is to say about it.

use std::collections::{BTreeMap, BTreeSet};

use super::change::{ApiDiff, Change, Reason};
use super::pairs::{Members, Named, Pair, is_struct, members, pairs};
use super::presence::{came, went};
use super::reasons::{Context, reasons};
use super::surface::{Space, Surface};

/// What has changed from `old` to `new`.
#[must_use]
pub fn compare(old: &Surface, new: &Surface) -> ApiDiff {
    let [old_members, new_members] = [members(old), members(new)];
    let pairs = pairs(old, new, &old_members, &new_members);
    let renamed: BTreeMap<&str, &str> = pairs
        .both
        .iter()
        .filter(|pair| pair.old.0.space == Space::Type && pair.because.is_some())
        .map(|pair| (pair.old.0.path.as_str(), pair.new.0.path.as_str()))
        .collect();
    let context = Context {
        old,
        new,
        areas: areas(new),
        documented: old.documented && new.documented,
        renamed,
    };
    let types = pairs.both.iter().filter(|pair| pair.old.1.non_exhaustive);
    let open: BTreeSet<&str> = types.map(|pair| pair.new.0.path.as_str()).collect();
    let mut changes = Vec::new();
    // The lines of members that have nothing but another path go with their type.
    let mut moved: BTreeMap<&str, [Vec<String>; 2]> = BTreeMap::new();
    for pair in pairs
        .both
        .iter()
        .filter(|pair| pair.old.0.space == Space::Member)
    {
        let found = reasons(pair, &context);
        if !found.is_empty() {
            changes.push(change(pair, found));
        } else if pair.old.0.path != pair.new.0.path {
            let [before, after] = moved.entry(pair.new.0.parent()).or_default();
            before.push(pair.old.1.line.clone());
            after.push(pair.new.1.line.clone());
        }
    }
    for pair in pairs
        .both
        .iter()
        .filter(|pair| pair.old.0.space != Space::Member)
    {
        let found = reasons(pair, &context);
        if found.is_empty() {
            continue;
        }
        let mut change = change(pair, found);
        if pair.new.0.space == Space::Type {
            if let Some([before, after]) = moved.remove(pair.new.0.path.as_str()) {
                change.before.extend(before);
                change.after.extend(after);
            }
            if is_struct(pair.old) != is_struct(pair.new) {
                change.before.extend(lines(pair.old, &old_members));
                change.after.extend(lines(pair.new, &new_members));
            }
        }
        changes.push(change);
    }
    for item in pairs.removed {
        let reason = went(item, &old_members);
        let mut change = alone(item, reason);
        change.before.push(item.1.line.clone());
        change.before.extend(lines(item, &old_members));
        changes.push(change);
    }
    for item in pairs.added {
        let reason = came(item, &new_members, open.contains(item.0.parent()));
        let mut change = alone(item, reason);
        change.after.push(item.1.line.clone());
        change.after.extend(lines(item, &new_members));
        changes.push(change);
    }
    changes.sort_by_cached_key(|change| {
        let key = change.key();
        let owner = key.owner().to_owned();
        (
            change.impact(),
            key.area() == "models",
            owner,
            key.space,
            key,
        )
    });
    ApiDiff { changes }
}

/// The features that are areas.
fn areas(surface: &Surface) -> BTreeSet<&str> {
    let modules = surface.items.keys();
    let modules = modules.filter(|key| key.space == Space::Module && !key.path.contains("::"));
    modules.map(|key| key.path.as_str()).collect()
}

/// The lines of the members of a type.
fn lines(item: Named<'_>, members: &Members<'_>) -> Vec<String> {
    let none = Vec::new();
    let members = match item.0.space {
        Space::Type => members.get(item.0.path.as_str()).unwrap_or(&none),
        _ => &none,
    };
    members.iter().map(|(_, item)| item.line.clone()).collect()
}

fn change(pair: &Pair<'_>, mut reasons: Vec<Reason>) -> Change {
    reasons.sort_by_key(|reason| reason.rule);
    let [mut before, mut after] = [Vec::new(), Vec::new()];
    if pair.old.1.line != pair.new.1.line {
        before.push(pair.old.1.line.clone());
        after.push(pair.new.1.line.clone());
    }
    Change {
        path: pair.new.0.path.clone(),
        space: pair.new.0.space,
        reasons,
        before,
        after,
    }
}

fn alone(item: Named<'_>, reason: Reason) -> Change {
    Change {
        path: item.0.path.clone(),
        space: item.0.space,
        reasons: vec![reason],
        before: Vec::new(),
        after: Vec::new(),
    }
}
