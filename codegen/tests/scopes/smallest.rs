//! The set by the rule, against all sets that the rule allows.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use graph_codegen::diagnostics::{PageId, Span};
use graph_codegen::model::{
    Api, Body, Decided, Evidence, Operation, PermissionKind, Permissions, Response,
};
use graph_codegen::profile::Profile;
use graph_codegen::prose::Prose;
use graph_codegen::scopes::{Aim, KindScopes, WORK, scopes};
use proptest::prelude::*;

/// An operation with these alternatives.
fn operation(sets: &[Vec<String>]) -> Operation {
    let mut names: Vec<String> = Vec::new();
    for name in sets.iter().flatten() {
        if !names.contains(name) {
            names.push(name.clone());
        }
    }
    Operation {
        page: "api/x.md".to_owned(),
        title: String::new(),
        method: "GET".to_owned(),
        version: "v1.0".to_owned(),
        path: Vec::new(),
        query: Vec::new(),
        parameters: Vec::new(),
        call: Vec::new(),
        body: Body::None,
        response: Response::Json,
        many: None,
        decided: Decided {
            body: Evidence::Nothing,
            response: Evidence::Nothing,
        },
        no_content: false,
        statuses: Vec::new(),
        permissions: Permissions {
            application: names,
            alternatives: [Vec::new(), Vec::new(), sets.to_vec()],
            ..Permissions::default()
        },
        query_options: Vec::new(),
        headers: Vec::new(),
        doc: Prose::default(),
        origin: Span::new(PageId(0), 0..0),
    }
}

fn api(operations: &[Vec<Vec<String>>]) -> Api {
    Api {
        operations: operations.iter().map(|sets| operation(sets)).collect(),
        ..Api::default()
    }
}

/// What the rule compares: how many, the sum of ranks, how many allow more than to read.
type Cost = (usize, usize, usize);

/// Whether a set of permissions covers an operation.
fn covers(set: &BTreeSet<String>, sets: &[Vec<String>]) -> bool {
    sets.iter()
        .any(|one| one.iter().all(|name| set.contains(name)))
}

/// The rank of each permission: the mean of its places, in thousandths.
fn ranks(operations: &[Vec<Vec<String>>]) -> BTreeMap<String, usize> {
    let mut places: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    let names: BTreeSet<&String> = operations.iter().flatten().flatten().collect();
    for name in names {
        for sets in operations {
            if let Some(place) = sets.iter().position(|set| set.contains(name)) {
                places.entry(name.clone()).or_default().push(place);
            }
        }
    }
    let mean = |places: Vec<usize>| 1_000 * places.iter().sum::<usize>() / places.len();
    places
        .into_iter()
        .map(|(name, places)| (name, mean(places)))
        .collect()
}

fn cost(set: &BTreeSet<String>, ranks: &BTreeMap<String, usize>) -> Cost {
    let writing = set.iter().filter(|name| name.contains("Write"));
    (
        set.len(),
        set.iter().map(|name| ranks[name]).sum(),
        writing.count(),
    )
}

/// The least cost of all sets that the rule allows, one after another.
fn by_trying_all(operations: &[Vec<Vec<String>>], aim: Aim) -> Cost {
    let ranks = ranks(operations);
    let named = || operations.iter().filter(|sets| !sets.is_empty());
    let candidates: BTreeSet<&String> = match aim {
        Aim::Fewest => named().flatten().flatten().collect(),
        Aim::LeastPrivileged => named().flat_map(|sets| &sets[0]).collect(),
    };
    let candidates: Vec<&String> = candidates.into_iter().collect();
    (0..1_u32 << candidates.len())
        .map(|bits| {
            let chosen = candidates.iter().enumerate();
            chosen
                .filter(|(at, _)| bits >> at & 1 == 1)
                .map(|(_, name)| (*name).clone())
                .collect::<BTreeSet<String>>()
        })
        .filter(|set| named().all(|sets| covers(set, sets)))
        .map(|set| cost(&set, &ranks))
        .min()
        .unwrap()
}

fn application(api: &Api, aim: Aim, work: usize) -> KindScopes {
    // Thousands of cases share one.
    static PROFILE: LazyLock<Profile> = LazyLock::new(|| Profile::embedded().unwrap());
    let mut found = scopes(api, &[PermissionKind::Application], aim, work, &PROFILE);
    found.kinds.remove(0)
}

fn names(found: &KindScopes) -> BTreeSet<String> {
    found
        .permissions
        .iter()
        .map(|one| one.name.clone())
        .collect()
}

/// Six names, three of which write, in the order of their letters.
fn name() -> impl Strategy<Value = String> {
    (0..6_usize).prop_map(|at| {
        let access = if at % 2 == 0 { "Read" } else { "ReadWrite" };
        format!("{}.{access}", char::from(b'A' + u8::try_from(at).unwrap()))
    })
}

/// Alternatives as the pages have them: most are of one permission, some of two or three.
fn alternatives() -> impl Strategy<Value = Vec<Vec<String>>> {
    let set = prop_oneof![
        4 => prop::collection::vec(name(), 1),
        1 => prop::collection::vec(name(), 2..4),
    ];
    let set = set.prop_map(|names| {
        let mut distinct: Vec<String> = Vec::new();
        for name in names {
            if !distinct.contains(&name) {
                distinct.push(name);
            }
        }
        distinct
    });
    prop::collection::vec(set, 0..5)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn no_other_set_is_better(operations in prop::collection::vec(alternatives(), 0..9)) {
        let api = api(&operations);
        for aim in [Aim::LeastPrivileged, Aim::Fewest] {
            let found = application(&api, aim, WORK);
            let set = names(&found);
            prop_assert!(found.proven);
            prop_assert_eq!(cost(&set, &ranks(&operations)), by_trying_all(&operations, aim));
            // Each operation is with its permissions, or among those that have none.
            for (index, sets) in operations.iter().enumerate() {
                let used: BTreeSet<String> = found
                    .permissions
                    .iter()
                    .filter(|one| one.operations.iter().any(|used| used.operation == index))
                    .map(|one| one.name.clone())
                    .collect();
                prop_assert_eq!(sets.is_empty(), found.undocumented.contains(&index));
                prop_assert_eq!(covers(&used, sets), !sets.is_empty());
            }
            prop_assert!(found.permissions.iter().all(|one| !one.operations.is_empty()));
        }
    }

    #[test]
    fn a_search_that_is_given_up_covers_all_the_same(operations in prop::collection::vec(alternatives(), 0..9)) {
        let api = api(&operations);
        for aim in [Aim::LeastPrivileged, Aim::Fewest] {
            let found = application(&api, aim, 0);
            let set = names(&found);
            let mut named = operations.iter().filter(|sets| !sets.is_empty());
            prop_assert!(named.all(|sets| covers(&set, sets)));
            if found.proven {
                prop_assert_eq!(cost(&set, &ranks(&operations)), by_trying_all(&operations, aim));
            }
        }
    }
}

/// Five operations in a ring, each coverable by two neighbours: nothing can be reduced, and three are needed.
#[test]
fn a_limit_on_the_work_is_said() {
    let name = |at: usize| vec![format!("P{}.Read", at % 5)];
    let ring: Vec<Vec<Vec<String>>> = (0..5).map(|at| vec![name(at), name(at + 1)]).collect();
    let api = api(&ring);
    assert!(!application(&api, Aim::Fewest, 0).proven);
    let found = application(&api, Aim::Fewest, WORK);
    assert!(found.proven);
    assert_eq!(found.permissions.len(), 3);
}
