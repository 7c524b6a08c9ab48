//! A smallest set of permissions with which an application may send the operations that it uses, for each kind apart.
//!
//! What a permission allows is known from the pages alone: an operation is *covered* by a set of permissions that holds one
//! of its alternatives. Nothing is concluded from the names of permissions.
//!
//! # Which set
//!
//! A page orders its alternatives from least to most privileged. With [`Aim::LeastPrivileged`], a permission is a candidate
//! where it is in the first alternative of one of the operations; with [`Aim::Fewest`], all permissions are. Of the sets of
//! candidates that cover all operations, the one is taken
//!
//! 1. that has the fewest permissions;
//! 2. of these, the one with the lowest sum of ranks, where the rank of a permission is the mean of its places in the rows
//!    of the operations, counted from 0, in thousandths;
//! 3. of these, the one with the fewest permissions that allow more than to read;
//! 4. of several that are left, always the same one.
//!
//! So the default grants nothing that is not the least for some operation, and leaves out what another permission, which
//! is needed anyway, allows as well; and the fewest of all may be one permission for everything.
//!
//! Operations for which a kind is not supported, or of which the page names no permission of it, take no part, and are
//! listed.

mod cover;
mod ids;
mod render;

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Api, PermissionKind};
use crate::profile::Profile;
use cover::{Cover, Requirement, cover};

pub use ids::{MalformedIds, PermissionIds};
pub use render::{Manifest, json, manifest, text};

/// How many branches the search looks at. All operations of a service of 3,700 come to a few hundred.
pub const WORK: usize = 20_000;

/// What is wanted of a set of permissions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Aim {
    /// Only permissions that are the least privileged for some operation; of these, the fewest.
    #[default]
    LeastPrivileged,
    /// The fewest of all.
    Fewest,
}

/// The permissions that an application needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scopes {
    /// What was wanted.
    pub aim: Aim,
    /// What came of it, for each kind that was asked for.
    pub kinds: Vec<KindScopes>,
}

/// The permissions of one kind. Operations are named by their places in [`Api::operations`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KindScopes {
    /// The kind.
    pub kind: PermissionKind,
    /// The permissions, least privileged first.
    pub permissions: Vec<Granted>,
    /// Whether no other set is better by the rule; not so where the search was given up.
    pub proven: bool,
    /// The fewest of all, least privileged first, where these are fewer.
    pub fewest: Option<Vec<String>>,
    /// The operations for which the page says that the kind is not supported.
    pub unsupported: Vec<usize>,
    /// The operations of which the page names no permission of the kind.
    pub undocumented: Vec<usize>,
    /// The operations whose page has `A, B and C`. It is taken as it is written, as A, or B with C, and may mean all three,
    /// or any.
    pub unclear: Vec<usize>,
    /// The operations whose page has different permissions for different requests, in several rows or in words. Any of them
    /// is taken to do, which may be wrong for this one.
    pub conditional: Vec<usize>,
}

/// A permission of the set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Granted {
    /// Its name.
    pub name: String,
    /// The operations that are sent with it: those whose first alternative within the set it is in.
    pub operations: Vec<Use>,
}

/// An operation that needs a permission.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Use {
    /// The operation.
    pub operation: usize,
    /// The other permissions that it needs beside this one.
    pub with: Vec<String>,
}

/// The permissions with which all operations of the service, or of a selection of it, may be sent.
#[must_use]
pub fn scopes(
    api: &Api,
    kinds: &[PermissionKind],
    aim: Aim,
    work: usize,
    profile: &Profile,
) -> Scopes {
    let of = |kind: &PermissionKind| Wanted::of(api, *kind, profile).scopes(aim, work);
    Scopes {
        aim,
        kinds: kinds.iter().map(of).collect(),
    }
}

/// What the operations ask for of one kind.
struct Wanted<'a> {
    kind: PermissionKind,
    /// The permissions, least privileged first.
    names: Vec<&'a str>,
    /// What each weighs.
    weights: Vec<u128>,
    /// The operations that name permissions, with their alternatives, least privileged first.
    operations: Vec<(usize, Requirement)>,
    unsupported: Vec<usize>,
    undocumented: Vec<usize>,
    unclear: Vec<usize>,
    conditional: Vec<usize>,
}

impl<'a> Wanted<'a> {
    fn of(api: &'a Api, kind: PermissionKind, profile: &Profile) -> Self {
        let mut named: Vec<(usize, Vec<Vec<&str>>)> = Vec::new();
        let (mut unsupported, mut undocumented) = (Vec::new(), Vec::new());
        for (index, operation) in api.operations.iter().enumerate() {
            let alternatives = operation.permissions.alternatives(kind);
            if !alternatives.is_empty() {
                named.push((index, alternatives));
            } else if operation.permissions.unsupported[kind as usize] {
                unsupported.push(index);
            } else {
                undocumented.push(index);
            }
        }
        let ranked = ranked(&named, profile);
        let places: BTreeMap<&str, usize> = ranked
            .iter()
            .enumerate()
            .map(|(at, (name, _))| (*name, at))
            .collect();
        let set = |names: &Vec<&str>| {
            let set: BTreeSet<usize> = names.iter().map(|name| places[name]).collect();
            set.into_iter().collect::<Vec<_>>()
        };
        Self {
            kind,
            unclear: named
                .iter()
                .filter(|(_, alternatives)| is_unclear(alternatives))
                .map(|(index, _)| *index)
                .collect(),
            conditional: named
                .iter()
                .filter(|(index, all)| {
                    all.len() > 1 && api.operations[*index].permissions.conditional
                })
                .map(|(index, _)| *index)
                .collect(),
            operations: named
                .iter()
                .map(|(index, alternatives)| (*index, alternatives.iter().map(set).collect()))
                .collect(),
            names: ranked.iter().map(|(name, _)| *name).collect(),
            weights: ranked.iter().map(|(_, weight)| *weight).collect(),
            unsupported,
            undocumented,
        }
    }

    fn scopes(self, aim: Aim, work: usize) -> KindScopes {
        let all: Vec<Requirement> = self.operations.iter().map(|(_, all)| all.clone()).collect();
        let fewest = cover(&all, &self.weights, work);
        let (found, fewest) = match aim {
            Aim::Fewest => (fewest, None),
            Aim::LeastPrivileged => {
                let least = cover(&self.least_privileged(), &self.weights, work);
                let fewer = fewest.members.len() < least.members.len();
                (least, fewer.then_some(fewest.members))
            }
        };
        let owned = |member: &usize| self.names[*member].to_owned();
        KindScopes {
            kind: self.kind,
            permissions: self.granted(&found),
            proven: found.proven,
            fewest: fewest.map(|members| members.iter().map(owned).collect()),
            unsupported: self.unsupported,
            undocumented: self.undocumented,
            unclear: self.unclear,
            conditional: self.conditional,
        }
    }

    /// The alternatives of which all permissions are in the first alternative of an operation.
    fn least_privileged(&self) -> Vec<Requirement> {
        let firsts = self.operations.iter().filter_map(|(_, all)| all.first());
        let candidates: BTreeSet<usize> = firsts.flatten().copied().collect();
        let is_candidate = |set: &&Vec<usize>| set.iter().all(|one| candidates.contains(one));
        let operations = self.operations.iter();
        operations
            .map(|(_, all)| all.iter().filter(is_candidate).cloned().collect())
            .collect()
    }

    /// The permissions of a cover, with the operations that are sent with each.
    fn granted(&self, cover: &Cover) -> Vec<Granted> {
        let is_in = |set: &&Vec<usize>| set.iter().all(|one| cover.members.contains(one));
        let mut uses: BTreeMap<usize, Vec<Use>> = BTreeMap::new();
        for (operation, all) in &self.operations {
            let Some(set) = all.iter().find(is_in) else {
                continue;
            };
            for member in set {
                let others = set.iter().filter(|other| *other != member);
                uses.entry(*member).or_default().push(Use {
                    operation: *operation,
                    with: others.map(|other| self.names[*other].to_owned()).collect(),
                });
            }
        }
        let members = cover.members.iter();
        members
            .map(|member| Granted {
                name: self.names[*member].to_owned(),
                operations: uses.remove(member).unwrap_or_default(),
            })
            .collect()
    }
}

/// Whether alternatives are those of `A, B and C`, where a list may be meant.
fn is_unclear(alternatives: &[Vec<&str>]) -> bool {
    match alternatives.split_last() {
        Some((last, others)) => {
            last.len() > 1 && !others.is_empty() && others.iter().all(|set| set.len() == 1)
        }
        None => false,
    }
}

/// The permissions with their weights, least privileged first: one weighs one, then its rank, then whether it writes.
fn ranked<'a>(named: &[(usize, Vec<Vec<&'a str>>)], profile: &Profile) -> Vec<(&'a str, u128)> {
    let mut places: BTreeMap<&str, (u128, u128)> = BTreeMap::new();
    for (_, alternatives) in named {
        let mut seen: BTreeSet<&str> = BTreeSet::new();
        for (place, set) in (0_u128..).zip(alternatives) {
            for name in set {
                if seen.insert(name) {
                    let (sum, count) = places.entry(name).or_default();
                    *sum += place;
                    *count += 1;
                }
            }
        }
    }
    let mut ranked: Vec<(&str, u128)> = places
        .into_iter()
        .map(|(name, (sum, count))| {
            let rank = 1_000 * sum / count;
            (
                name,
                (1 << 80) + (rank << 32) + u128::from(writes(name, profile)),
            )
        })
        .collect();
    ranked.sort_by_key(|(name, weight)| (*weight, *name));
    ranked
}

/// Whether a permission allows more than to read, as far as its name says.
fn writes(name: &str, profile: &Profile) -> bool {
    let name = name.to_lowercase();
    let has = |parts: &[String]| parts.iter().any(|part| name.contains(part.as_str()));
    let words = &profile.permissions;
    let is_dotless = words.dotless.contains(&name);
    has(&words.writing) || !is_dotless && !words.reading.is_empty() && !has(&words.reading)
}
