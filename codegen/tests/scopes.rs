//! The permissions that an application needs: the smallest set by the rule, against all sets; and what is printed of it.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test may panic and print, and so may the functions that it calls"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::time::Instant;

use graph_codegen::diagnostics::{PageId, Span};
use graph_codegen::model::{
    Api, Body, Decided, Evidence, Operation, PermissionKind, Permissions, Response,
};
use graph_codegen::pipeline::{Input, Model, model};
use graph_codegen::profile::Profile;
use graph_codegen::prose::Prose;
use graph_codegen::scopes::{Aim, KindScopes, PermissionIds, WORK, json, manifest, scopes, text};
use graph_codegen::select::Selection;
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
    let profile = Profile::embedded().unwrap();
    let mut found = scopes(api, &[PermissionKind::Application], aim, work, &profile);
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

/// A page of one operation with the rows of its table of permissions.
fn page(request: &str, rows: &[(&str, &str)]) -> String {
    let rows: String = rows
        .iter()
        .map(|(kind, cell)| format!("|{kind}|{cell}|\n"))
        .collect();
    let table = match rows.is_empty() {
        true => String::new(),
        false => format!("## Permissions\n\n|Permission type|Permissions|\n|:---|:---|\n{rows}\n"),
    };
    format!(
        "# Moor\n\nNamespace: microsoft.graph\n\nMoors.\n\n{table}## HTTP request\n\n```http\n{request}\n```\n\n\
         ## Request body\n\nDo not supply a request body.\n\n## Response\n\nIf successful, returns `204 No Content`.\n"
    )
}

fn read(docs: &Path) -> Model {
    let input = Input {
        docs: docs.to_owned(),
        corrections: None,
        profile: Profile::embedded().unwrap(),
        selection: Selection::default(),
        denied: Vec::new(),
    };
    model(&input).unwrap()
}

const WORKS: &str = "Delegated (work or school account)";
const PERSONAL: &str = "Delegated (personal Microsoft account)";
const APPLICATION: &str = "Application";

/// A port: berths are read and written, one operation needs two permissions, one has none, one says nothing.
fn port() -> (tempfile::TempDir, Model) {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("api")).unwrap();
    let pages: &[(&str, &str, &[(&str, &str)])] = &[
        (
            "berth-list",
            "GET /berths",
            &[
                (
                    WORKS,
                    "Berth.ReadBasic.All, Berth.Read.All, Berth.ReadWrite.All, Port.ReadWrite.All",
                ),
                (PERSONAL, "Not supported."),
                (APPLICATION, "Berth.Read.All, Berth.ReadWrite.All"),
            ],
        ),
        (
            "berth-update",
            "PATCH /berths/{id}\nPATCH /piers/{id}/berths/{id}",
            &[
                (WORKS, "Berth.ReadWrite.All, Port.ReadWrite.All"),
                (PERSONAL, "Not supported."),
                (APPLICATION, "Berth.ReadWrite.All"),
            ],
        ),
        (
            "crane-list",
            "GET /cranes",
            &[
                (WORKS, "Crane.Read.All, Port.ReadWrite.All"),
                (PERSONAL, "Crane.Read"),
                (
                    APPLICATION,
                    "Crane.Read.All plus either Log.Read.All or Log.ReadWrite.All",
                ),
            ],
        ),
        (
            "log-list",
            "GET /log",
            &[
                (WORKS, "Log.Read.All and Port.Read.All, Port.ReadWrite.All"),
                (
                    APPLICATION,
                    "Log.Read.All, Log.ReadWrite.All and Port.Read.All",
                ),
            ],
        ),
        ("tide-list", "GET /tides", &[]),
    ];
    for (name, request, rows) in pages {
        fs::write(
            folder.path().join(format!("api/{name}.md")),
            page(request, rows),
        )
        .unwrap();
    }
    let model = read(folder.path());
    (folder, model)
}

#[test]
fn permissions_are_printed_with_their_operations() {
    let profile = Profile::embedded().unwrap();
    let (_folder, port) = port();
    let show = |aim| {
        let found = scopes(&port.api, &PermissionKind::ALL, aim, WORK, &profile);
        text(&found, &port.api, &port.corpus, &profile)
    };
    insta::assert_snapshot!("scopes_text", show(Aim::LeastPrivileged));
    insta::assert_snapshot!("scopes_fewest", show(Aim::Fewest));
    let found = scopes(
        &port.api,
        &[PermissionKind::Application],
        Aim::Fewest,
        WORK,
        &profile,
    );
    let json = json(&found, &port.api, &port.corpus);
    insta::assert_snapshot!("scopes_json", format!("{json:#}"));
}

/// A service principal as a directory answers, with made-up identifiers.
const IDS: &str = r#"{"value": [
  {"appId": "11111111-0000-0000-0000-000000000000", "appRoles": []},
  {"appId": "00000003-0000-0000-c000-000000000000",
   "appRoles": [{"id": "aaaaaaaa-0000-0000-0000-000000000001", "value": "Berth.ReadWrite.All"}],
   "oauth2PermissionScopes": [
     {"id": "bbbbbbbb-0000-0000-0000-000000000001", "value": "Berth.ReadWrite.All"},
     {"id": "bbbbbbbb-0000-0000-0000-000000000002", "value": "Crane.Read.All"}]}]}"#;

#[test]
fn a_manifest_has_identifiers_where_they_are_known() {
    let profile = Profile::embedded().unwrap();
    let (_folder, port) = port();
    let found = scopes(
        &port.api,
        &PermissionKind::ALL,
        Aim::default(),
        WORK,
        &profile,
    );
    let ids = PermissionIds::parse(IDS, profile.resource_app_id.as_deref()).unwrap();
    let known = manifest(&found, &ids, &profile);
    let unknown = manifest(&found, &PermissionIds::default(), &profile);
    insta::assert_snapshot!(
        "scopes_manifest",
        format!(
            "{:#}\nwithout an id: {}",
            known.json,
            known.unidentified.join(", ")
        )
    );
    assert_eq!(
        unknown.json["requiredResourceAccess"][0]["resourceAppId"],
        "00000003-0000-0000-c000-000000000000"
    );
    let access = unknown.json["requiredResourceAccess"][0]["resourceAccess"]
        .as_array()
        .unwrap();
    assert_eq!(access.len(), 8);
    assert_eq!(unknown.unidentified.len(), 6);
    assert!(access.iter().all(|entry| entry.get("id").is_none()));
}

#[test]
fn a_file_without_identifiers_says_what_was_expected() {
    let own = Some("00000003-0000-0000-c000-000000000000");
    for (text, expected) in [
        ("{", "1:1: not JSON"),
        (
            "[]",
            "1:1: none of 0 service principals has the `appId` `00000003-",
        ),
        (
            r#"{"appId": "other", "appRoles": []}"#,
            "1:1: the `appId` is `other`; expected `00000003-",
        ),
        (
            r#"{"displayName": "x"}"#,
            "1:1: no permissions with `id` and `value`; expected `oauth2PermissionScopes`",
        ),
    ] {
        let message = PermissionIds::parse(text, own).unwrap_err().to_string();
        assert!(message.starts_with(expected), "{message}");
    }
}

/// All operations of the real pages, and whole areas: proven, and in seconds even without optimisation.
#[test]
fn real_services_are_within_the_work() {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../shared/corpus/graph-2021-07/api-reference/v1.0");
    if !docs.is_dir() {
        println!("skipped: no pages at {}", docs.display());
        return;
    }
    let profile = Profile::embedded().unwrap();
    let all = read(&docs).api;
    for area in [
        "",
        "users",
        "groups",
        "deviceManagement",
        "deviceAppManagement",
        "education",
        "teams",
        "me",
    ] {
        let mut api = all.clone();
        api.operations.retain(|operation| {
            area.is_empty() || operation.path.first().and_then(|one| one.literal()) == Some(area)
        });
        assert!(!api.operations.is_empty(), "{area}");
        for aim in [Aim::LeastPrivileged, Aim::Fewest] {
            let start = Instant::now();
            let found = scopes(&api, &PermissionKind::ALL, aim, WORK, &profile);
            let counts: Vec<usize> = found
                .kinds
                .iter()
                .map(|kind| kind.permissions.len())
                .collect();
            println!(
                "{area:20} {:5} operations, {aim:?}: {counts:?} in {:?}",
                api.operations.len(),
                start.elapsed()
            );
            assert!(found.kinds.iter().all(|kind| kind.proven), "{area} {aim:?}");
        }
    }
}
