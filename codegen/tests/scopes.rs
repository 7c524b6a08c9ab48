//! The permissions that an application needs: the smallest set by the rule, against all sets; and what is printed of it.

#![expect(
    clippy::unwrap_used,
    reason = "a test may panic, and so may the functions that it calls"
)]

#[path = "scopes/smallest.rs"]
mod smallest;

use std::fs;
use std::path::Path;
use std::time::Instant;

use graph_codegen::model::PermissionKind;
use graph_codegen::pipeline::{Input, Model, Source, model};
use graph_codegen::profile::Profile;
use graph_codegen::scopes::{Aim, PermissionIds, WORK, json, manifest, scopes, text};
use graph_codegen::select::Selection;

/// A row of a table of permissions: the kind, and its cell.
type Row<'t> = (&'t str, &'t str);

/// A page of one operation with the rows of its table of permissions.
fn page(request: &str, rows: &[Row<'_>]) -> String {
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
        source: Source::pages(docs),
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
    let pages: &[(&str, &str, &[Row<'_>])] = &[
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
        (
            "mark-list",
            "GET /marks",
            &[(
                APPLICATION,
                "For a buoy: Buoy.Read.All. For a light: Light.Read.All.",
            )],
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
    assert_eq!(access.len(), 9);
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
