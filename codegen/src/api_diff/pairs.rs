//! Finds which item of the newer surface is which of the older one: by the path, and where that is gone, by a guess.

use std::collections::{BTreeMap, BTreeSet};

use super::similarity::{self, Likeness};
use super::surface::{Item, Key, Kind, Space, Surface};

/// An item with what names it.
pub(super) type Named<'a> = (&'a Key, &'a Item);

/// One item before and after.
#[derive(Clone, Debug)]
pub(super) struct Pair<'a> {
    /// As it was.
    pub(super) old: Named<'a>,
    /// As it is.
    pub(super) new: Named<'a>,
    /// What the guess is based on, where its own name is another one.
    pub(super) because: Option<String>,
}

/// The items of two surfaces, each in one place. The members of a type that came, went, or became another kind of type
/// are in none: they go with the type.
#[derive(Debug, Default)]
pub(super) struct Pairs<'a> {
    /// Items that are in both.
    pub(super) both: Vec<Pair<'a>>,
    /// Items of the older one alone.
    pub(super) removed: Vec<Named<'a>>,
    /// Items of the newer one alone.
    pub(super) added: Vec<Named<'a>>,
}

/// The members of types by the path of the type.
pub(super) type Members<'a> = BTreeMap<&'a str, Vec<Named<'a>>>;

/// The members of a surface.
pub(super) fn members(surface: &Surface) -> Members<'_> {
    let mut members = Members::new();
    for (key, item) in &surface.items {
        if key.space == Space::Member {
            members.entry(key.parent()).or_default().push((key, item));
        }
    }
    members
}

/// The items of two surfaces, matched.
pub(super) fn pairs<'a>(
    old: &'a Surface,
    new: &'a Surface,
    old_members: &Members<'a>,
    new_members: &Members<'a>,
) -> Pairs<'a> {
    let mut pairs = Pairs::default();
    for space in [Space::Module, Space::Type, Space::Function] {
        let mut removed = Vec::new();
        for before in old.items.iter().filter(|(key, _)| key.space == space) {
            match new.items.get_key_value(before.0) {
                Some(after) => pairs.both.push(Pair {
                    old: before,
                    new: after,
                    because: None,
                }),
                None => removed.push(before),
            }
        }
        let added = new.items.iter();
        let added = added.filter(|(key, _)| key.space == space && !old.items.contains_key(key));
        let added: Vec<Named<'a>> = added.collect();
        let likenesses = match space {
            Space::Function => functions(&removed, &added),
            Space::Type => types(&removed, &added, old_members, new_members),
            Space::Module | Space::Member => Vec::new(),
        };
        pairs.settle(removed, added, likenesses);
    }
    let types: Vec<Pair<'a>> = pairs
        .both
        .iter()
        .filter(|pair| {
            pair.old.0.space == Space::Type && is_struct(pair.old) == is_struct(pair.new)
        })
        .cloned()
        .collect();
    for pair in types {
        let of = |members: &Members<'a>, key: &Key| {
            members.get(key.path.as_str()).cloned().unwrap_or_default()
        };
        pairs.members(of(old_members, pair.old.0), of(new_members, pair.new.0));
    }
    pairs
}

/// Whether an item is a struct.
pub(super) fn is_struct(item: Named<'_>) -> bool {
    matches!(item.1.kind, Kind::Struct { .. })
}

/// A guess at which of the removed is which of the added, by their numbers.
type Guess = (usize, usize, Likeness);

impl<'a> Pairs<'a> {
    /// Takes the best guesses for pairs and the rest for removed and added.
    fn settle(&mut self, removed: Vec<Named<'a>>, added: Vec<Named<'a>>, mut guesses: Vec<Guess>) {
        // Of two that are equally good the first by path is taken, whichever of the surfaces is the older one.
        let paths = |guess: &Guess| {
            let mut paths = [&removed[guess.0].0.path, &added[guess.1].0.path];
            paths.sort();
            paths
        };
        guesses.sort_by(|left, right| {
            let by_score = right.2.score.total_cmp(&left.2.score);
            by_score.then_with(|| paths(left).cmp(&paths(right)))
        });
        let [mut gone, mut come] = [BTreeSet::new(), BTreeSet::new()];
        for (before, after, likeness) in guesses {
            if gone.contains(&before) || come.contains(&after) {
                continue;
            }
            gone.insert(before);
            come.insert(after);
            self.both.push(Pair {
                old: removed[before],
                new: added[after],
                because: Some(likeness.because),
            });
        }
        let rest = |items: Vec<Named<'a>>, taken: BTreeSet<usize>| {
            let rest = items.into_iter().enumerate();
            rest.filter(move |(index, _)| !taken.contains(index))
                .map(|(_, item)| item)
        };
        self.removed.extend(rest(removed, gone));
        self.added.extend(rest(added, come));
    }

    /// Matches the members of one type.
    fn members(&mut self, old: Vec<Named<'a>>, new: Vec<Named<'a>>) {
        let mut removed = Vec::new();
        for before in &old {
            match new.iter().find(|after| after.0.name() == before.0.name()) {
                Some(after) => self.both.push(Pair {
                    old: *before,
                    new: *after,
                    because: None,
                }),
                None => removed.push(*before),
            }
        }
        let is_new = |after: &Named<'a>| !old.iter().any(|old| old.0.name() == after.0.name());
        let added: Vec<Named<'a>> = new.iter().copied().filter(is_new).collect();
        let guesses = guesses(&removed, &added, |before, after| {
            similarity::members((before.0.name(), before.1), (after.0.name(), after.1))
        });
        self.settle(removed, added, guesses);
    }
}

fn guesses<'a>(
    removed: &[Named<'a>],
    added: &[Named<'a>],
    likeness: impl Fn(Named<'a>, Named<'a>) -> Option<Likeness>,
) -> Vec<Guess> {
    let mut guesses = Vec::new();
    for (before, old) in removed.iter().enumerate() {
        for (after, new) in added.iter().enumerate() {
            guesses.extend(likeness(*old, *new).map(|likeness| (before, after, likeness)));
        }
    }
    guesses
}

fn functions(removed: &[Named<'_>], added: &[Named<'_>]) -> Vec<Guess> {
    guesses(removed, added, |old, new| {
        match (&old.1.kind, &new.1.kind) {
            (Kind::Function(before), Kind::Function(after)) => {
                similarity::functions((&old.0.path, before), (&new.0.path, after))
            }
            _ => None,
        }
    })
}

fn types<'a>(
    removed: &[Named<'a>],
    added: &[Named<'a>],
    old_members: &Members<'a>,
    new_members: &Members<'a>,
) -> Vec<Guess> {
    let signatures = |items: &[Named<'a>], members: &Members<'a>| -> BTreeMap<String, _> {
        let of = |key: &Key| (key.path.clone(), signatures(key, members));
        items.iter().map(|(key, _)| of(key)).collect()
    };
    let [old, new] = [
        signatures(removed, old_members),
        signatures(added, new_members),
    ];
    let none = BTreeSet::new();
    guesses(removed, added, |before, after| {
        let of_old = old.get(&before.0.path).unwrap_or(&none);
        let of_new = new.get(&after.0.path).unwrap_or(&none);
        similarity::types(
            (&before.0.path, before.1, of_old),
            (&after.0.path, after.1, of_new),
        )
    })
}

/// A type without the names of models, which may be renamed as well.
fn outline(ty: &str) -> String {
    let mut parts = ty.split("models::");
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        text.push_str("models::");
        text.push_str(
            part.trim_start_matches(|c: char| c.is_alphanumeric() || c == '_' || c == ':'),
        );
    }
    text
}

/// The declared members of a type, each with its type.
fn signatures(key: &Key, members: &Members<'_>) -> BTreeSet<String> {
    let members = members.get(key.path.as_str()).into_iter().flatten();
    let signatures = members.filter_map(|(key, item)| match &item.kind {
        Kind::Field(field) => field
            .wire
            .as_ref()
            .map(|_| format!("{}: {}", key.name(), outline(&field.ty))),
        Kind::Variant(Some(_)) => Some(key.name().to_owned()),
        _ => None,
    });
    signatures.collect()
}
