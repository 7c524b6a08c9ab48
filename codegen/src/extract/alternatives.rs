//! Reads from a cell which permissions are needed together, and of which any one is enough.

use super::distinct::Distinct;
use super::permission::{bare, is_between, is_permission};
use crate::profile::Profile;

/// How many sets a cell may come to. Real ones come to six; a list of lists may multiply.
const MOST: usize = 64;

/// The sets of permissions of which any one is enough, in the order of the cell. `and` binds more than a comma, and a comma
/// more than `plus`: `A and B, C` is A with B, or C; `A, B plus C` is A with C, or B with C.
///
/// A cell whose lists multiply beyond measure gives one set: all permissions, which are enough however it is read.
pub(super) fn alternatives(text: &str, profile: &Profile) -> Vec<Vec<String>> {
    let lists = lists(text, profile);
    let sets = lists.iter().map(Vec::len);
    let sets = sets.fold(1_usize, |product, list| product.saturating_mul(list));
    let once = |set: Vec<String>| set.into_iter().collect::<Distinct<String>>().into_list();
    if sets > MOST {
        return vec![once(lists.into_iter().flatten().flatten().collect())];
    }
    let mut product: Vec<Vec<String>> = Vec::new();
    for list in lists {
        product = match &list[..] {
            _ if product.is_empty() => list,
            // Most lists have one set, and there may be any number of these.
            [only] => {
                product
                    .iter_mut()
                    .for_each(|first| first.extend_from_slice(only));
                product
            }
            several => {
                let with =
                    |first: &Vec<String>, second: &Vec<String>| [&first[..], second].concat();
                let pairs = product.iter();
                pairs
                    .flat_map(|first| several.iter().map(move |second| with(first, second)))
                    .collect()
            }
        };
    }
    let sets: Distinct<Vec<String>> = product.into_iter().map(once).collect();
    sets.into_list()
}

/// The lists of a cell, of each of which something is needed, with the sets of which any one is enough.
fn lists(text: &str, profile: &Profile) -> Vec<Vec<Vec<String>>> {
    let words = &profile.permissions;
    let is =
        |names: &[String], word: &str| names.iter().any(|name| name.eq_ignore_ascii_case(word));
    let mut lists: Vec<Vec<Vec<String>>> = vec![Vec::new()];
    for part in text.split([',', ';', '|']) {
        // Whether the next permission goes with the last one. What comes first after a comma does not, with `and` before it
        // or without: `A, B, and C` is a list.
        let (mut begun, mut together) = (false, false);
        for word in part.split(is_between).map(bare) {
            if is(&words.besides, word) {
                lists.push(Vec::new());
                together = false;
            } else if is(&words.together, word) {
                together = begun;
            } else if is(&words.joining, word) {
                together = false;
            } else if is_permission(word, profile) {
                let Some(list) = lists.last_mut() else {
                    continue;
                };
                match list.last_mut() {
                    Some(set) if together => set.push(word.to_owned()),
                    _ => list.push(vec![word.to_owned()]),
                }
                (begun, together) = (true, false);
            }
        }
    }
    lists.retain(|list| !list.is_empty());
    lists
}

#[cfg(test)]
mod tests {
    use super::alternatives;
    use crate::profile::Profile;

    #[test]
    fn words_between_permissions_say_what_is_needed_together() {
        let profile = Profile::embedded().unwrap();
        for (text, expected) in [
            ("A.B", "A.B"),
            ("A.A, B.B", "A.A | B.B"),
            ("A.A or B.B", "A.A | B.B"),
            ("A.A and B.B", "A.A+B.B"),
            ("A.A and B.B, A.A and C.C, D.D", "A.A+B.B | A.A+C.C | D.D"),
            ("A.A, B.B and C.C", "A.A | B.B+C.C"),
            ("A.A, B.B, or C.C", "A.A | B.B | C.C"),
            ("A.A, B.B, and C.C", "A.A | B.B | C.C"),
            ("A.A plus B.B", "A.A+B.B"),
            ("A.A, B.B plus C.C", "A.A+C.C | B.B+C.C"),
            (
                "One from A.A, B.B, plus either C.C or D.D",
                "A.A+C.C | A.A+D.D | B.B+C.C | B.B+D.D",
            ),
            ("A.A and A.A, A.A", "A.A"),
            ("and A.A and", "A.A"),
            ("Not supported.", ""),
        ] {
            let sets = alternatives(text, &profile);
            let sets: Vec<String> = sets.iter().map(|set| set.join("+")).collect();
            assert_eq!(sets.join(" | "), expected, "{text}");
        }
    }

    #[test]
    fn lists_that_multiply_are_one_set() {
        let profile = Profile::embedded().unwrap();
        let list = |name: &str| {
            (0..9)
                .map(|at| format!("{name}.P{at}"))
                .collect::<Vec<_>>()
                .join(", ")
        };
        let text = format!("{} plus {} plus Z.Z", list("A"), list("B"));
        let sets = alternatives(&text, &profile);
        assert_eq!(sets.len(), 1);
        assert_eq!(sets[0].len(), 19);
    }
}
