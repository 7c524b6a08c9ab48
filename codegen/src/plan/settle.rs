//! Settles the names of one scope: all at once, so that the order in which items come does not matter.

use std::collections::{BTreeMap, BTreeSet};

use super::ident::RustIdent;

/// What an item of a scope would like to be called.
#[derive(Clone, Debug)]
pub(super) struct Wish {
    /// What the item is on the wire; no other item of the scope has the same.
    pub(super) wire: String,
    /// Of several items that want one name, the one of the lowest rank has it; among equals the first by `wire`.
    pub(super) rank: Rank,
    /// The name that the item has unless another has it.
    pub(super) plain: String,
    /// Longer names, by the facts that tell items apart, the best first.
    pub(super) longer: Vec<String>,
    /// How its names are written.
    pub(super) case: Case,
}

/// How the words of a name are put together (RFC 430).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Case {
    /// `snake_case`
    Snake,
    /// `PascalCase`
    Pascal,
    /// `SCREAMING_CASE`
    Screaming,
}

/// How close an item is to the name it wants.
pub(super) type Rank = (usize, usize, usize);

/// The name of an item.
#[derive(Clone, Debug)]
pub(super) struct Settled {
    /// The name.
    pub(super) ident: RustIdent,
    /// Who has the name that it wanted, where it did not get it.
    pub(super) instead: Option<Holder>,
}

/// Who has a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Holder {
    /// The item of this index.
    Item(usize),
    /// No item of the pages: the scope needs the name itself.
    Scope,
}

/// The names of all items of a scope, in the order of the wishes. No two are equal, and none is `reserved`.
///
/// Plain names are given before longer ones, so that an item that needs a longer name takes no other item's plain one.
pub(super) fn settle(wishes: &[Wish], reserved: &[&str]) -> Vec<Settled> {
    let mut order: Vec<usize> = (0..wishes.len()).collect();
    order.sort_by_key(|index| (wishes[*index].rank, &wishes[*index].wire));
    let mut holders: BTreeMap<RustIdent, Holder> = reserved
        .iter()
        .map(|name| (RustIdent::new(name), Holder::Scope))
        .collect();
    let mut rest = Vec::new();
    let mut settled: BTreeMap<usize, Settled> = BTreeMap::new();
    for index in order {
        let ident = RustIdent::new(&wishes[index].plain);
        match holders.get(&ident) {
            Some(holder) => rest.push((index, *holder)),
            None => {
                holders.insert(ident.clone(), Holder::Item(index));
                let instead = None;
                settled.insert(index, Settled { ident, instead });
            }
        }
    }
    let mut taken: BTreeSet<RustIdent> = holders.into_keys().collect();
    for (index, holder) in rest {
        let wish = &wishes[index];
        let longer = wish.longer.iter().map(|name| RustIdent::new(name));
        let ident = longer
            .chain(marked(wish))
            .find(|ident| !taken.contains(ident))
            .unwrap_or_else(|| RustIdent::new(&wish.plain));
        taken.insert(ident.clone());
        let instead = Some(holder);
        settled.insert(index, Settled { ident, instead });
    }
    settled.into_values().collect()
}

/// The names of last resort: with a mark made of what the item is on the wire, which no other item changes.
fn marked(wish: &Wish) -> impl Iterator<Item = RustIdent> + '_ {
    (0u32..).map(|round| {
        let mark = mark(&wish.wire, round);
        let plain = &wish.plain;
        RustIdent::new(&match wish.case {
            Case::Snake => format!("{plain}_x{mark}"),
            Case::Pascal => format!("{plain}X{mark}"),
            Case::Screaming => format!("{plain}_X{}", mark.to_uppercase()),
        })
    })
}

/// How many rounds a mark stays short. Of so many marks one is free as long as a scope has thousands of items of one name;
/// where it has tens of thousands, no short one may be left.
const SHORT_ROUNDS: u32 = 16;

/// Sixteen bits of the FNV-1a hash of a text, in hexadecimal digits; all of its bits after some rounds.
pub(super) fn mark(text: &str, round: u32) -> String {
    let mut hash = 0x811c_9dc5_u32 ^ round;
    for byte in text.bytes() {
        hash = (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
    }
    if round < SHORT_ROUNDS {
        format!("{:04x}", (hash >> 16) ^ (hash & 0xffff))
    } else {
        format!("{hash:08x}")
    }
}

#[cfg(test)]
mod tests {
    use super::{Case, Holder, SHORT_ROUNDS, Wish, mark, settle};

    fn wish(wire: &str, plain: &str, longer: &[&str]) -> Wish {
        Wish {
            wire: wire.to_owned(),
            rank: (0, 0, 0),
            plain: plain.to_owned(),
            longer: longer.iter().map(|&name| name.to_owned()).collect(),
            case: Case::Snake,
        }
    }

    fn names(wishes: &[Wish], reserved: &[&str]) -> Vec<String> {
        let settled = settle(wishes, reserved);
        settled.iter().map(|item| item.ident.to_string()).collect()
    }

    #[test]
    fn a_longer_name_is_never_the_plain_name_of_another() {
        let wishes = [
            wish("B", "b", &["b_capitalized"]),
            wish("b", "b", &["b_capitalized"]),
            wish("bCapitalized", "b_capitalized", &[]),
        ];
        let found = names(&wishes, &[]);
        assert_eq!(found[0], "b");
        assert_eq!(found[2], "b_capitalized");
        assert!(found[1].starts_with("b_x"), "{found:?}");
    }

    #[test]
    fn the_scope_has_its_own_names_first() {
        let settled = settle(&[wish("type", "type_", &["type_property"])], &["type"]);
        assert_eq!(settled[0].ident.as_str(), "type_property");
        assert_eq!(settled[0].instead, Some(Holder::Scope));
    }

    #[test]
    fn a_name_of_last_resort_has_a_mark_in_the_case_of_the_others() {
        for (case, plain, expected) in [
            (Case::Snake, "user", "user_xcd20"),
            (Case::Pascal, "User", "UserXcd20"),
            (Case::Screaming, "USER", "USER_XCD20"),
        ] {
            let wish = Wish {
                case,
                ..wish("a", plain, &[])
            };
            let settled = settle(std::slice::from_ref(&wish), &[plain]);
            assert_eq!(settled[0].ident.as_str(), expected);
            // Where that is taken as well, it is another one.
            let settled = settle(&[wish], &[plain, expected]);
            let again = settled[0].ident.as_str();
            let marked = &expected[..expected.len() - 4];
            assert!(again != expected && again.starts_with(marked), "{again}");
        }
    }

    #[test]
    fn a_mark_is_half_of_fnv_1a() {
        // Test vectors of the hash's specification, with one half laid on the other.
        for (text, marked) in [("", "1cd9"), ("a", "cd20"), ("foobar", "46f4")] {
            assert_eq!(mark(text, 0), marked);
        }
        assert_ne!(mark("a", 1), mark("a", 0));
        assert_eq!(mark("a", SHORT_ROUNDS - 1).len(), 4);
        assert_eq!(mark("a", SHORT_ROUNDS).len(), 8);
    }
}
