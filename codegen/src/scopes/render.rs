//! Permissions as text for people, as JSON for programs, and as a part of the manifest of an application.

use std::collections::BTreeSet;
use std::fmt::Write;

use serde_json::{Map, Value, json};

use super::{Aim, Granted, KindScopes, PermissionIds, Scopes};
use crate::corpus::Corpus;
use crate::model::{Api, PermissionKind};
use crate::profile::Profile;

/// Where operations are documented, for those who show them.
struct Places<'a> {
    api: &'a Api,
    corpus: &'a Corpus,
}

impl Places<'_> {
    fn json(&self, operation: usize) -> Map<String, Value> {
        let operation = &self.api.operations[operation];
        let line = self.corpus.line(operation.origin);
        let mut object = Map::new();
        object.insert("request".to_owned(), json!(operation.request()));
        object.insert("page".to_owned(), json!(operation.page));
        object.insert("line".to_owned(), json!(line));
        object
    }
}

/// The name of a kind in JSON.
fn key(kind: PermissionKind) -> &'static str {
    match kind {
        PermissionKind::DelegatedWork => "delegated_work",
        PermissionKind::DelegatedPersonal => "delegated_personal",
        PermissionKind::Application => "application",
    }
}

/// The permissions as text: for each kind, each permission with the operations that are sent with it, and then what has none.
#[must_use]
pub fn text(scopes: &Scopes, api: &Api, corpus: &Corpus, profile: &Profile) -> String {
    let places = Places { api, corpus };
    let mut out = String::new();
    for (index, kind) in scopes.kinds.iter().enumerate() {
        if index > 0 {
            out.push('\n');
        }
        let label = &profile.permissions.labels[kind.kind as usize];
        let label = if label.is_empty() {
            key(kind.kind)
        } else {
            label
        };
        let _ = writeln!(out, "{label}: {}", heading(kind, scopes.aim));
        if let Some(fewest) = &kind.fewest {
            let _ = writeln!(
                out,
                "  {} would do, more privileged ones among them (--fewest): {}",
                fewest.len(),
                fewest.join(", ")
            );
        }
        for Granted { name, operations } in &kind.permissions {
            let _ = writeln!(out, "\n  {name}");
            let lines = operations.iter().map(|used| {
                let with = match used.with.is_empty() {
                    true => String::new(),
                    false => format!(", with {}", used.with.join(" and ")),
                };
                (used.operation, with)
            });
            list(&mut out, &places, lines);
        }
        for (what, operations) in [
            ("not supported by", &kind.unsupported),
            ("no permission is documented for", &kind.undocumented),
            (
                "a cell `A, B and C`, taken as A, or B with C, may mean something else for",
                &kind.unclear,
            ),
            (
                "by resource or in words, see the page: which permission goes with the request, for",
                &kind.conditional,
            ),
        ] {
            if !operations.is_empty() {
                let _ = writeln!(out, "\n  {what} {}", counted(operations.len(), "operation"));
                list(
                    &mut out,
                    &places,
                    operations.iter().map(|one| (*one, String::new())),
                );
            }
        }
    }
    out
}

/// What stands beside the name of a kind.
fn heading(kind: &KindScopes, aim: Aim) -> String {
    let count = kind.permissions.len();
    if count == 0 {
        return "no permission".to_owned();
    }
    let what = match (aim, kind.proven) {
        (_, false) => "; the search was given up, so that fewer may do",
        (Aim::LeastPrivileged, true) => {
            ", the fewest of those that are the least privileged for an operation"
        }
        (Aim::Fewest, true) => ", the fewest that cover all operations",
    };
    format!("{}{what}", counted(count, "permission"))
}

/// `1 operation`, `2 operations`.
fn counted(count: usize, one: &str) -> String {
    format!("{count} {one}{}", if count == 1 { "" } else { "s" })
}

/// The widest request that others are lined up with.
const WIDEST: usize = 60;

/// Operations, one a line, with what stands after the place of each.
fn list(out: &mut String, places: &Places<'_>, operations: impl Iterator<Item = (usize, String)>) {
    let lines: Vec<(String, String)> = operations
        .map(|(operation, with)| {
            let operation = &places.api.operations[operation];
            let place = places.corpus.place(operation.origin);
            (operation.request(), place + &with)
        })
        .collect();
    let widths = lines.iter().map(|(request, _)| request.chars().count());
    let width = widths
        .filter(|width| *width <= WIDEST)
        .max()
        .unwrap_or_default();
    for (request, place) in lines {
        let _ = writeln!(out, "    {request:width$}  {place}");
    }
}

/// The permissions as one JSON object.
#[must_use]
pub fn json(scopes: &Scopes, api: &Api, corpus: &Corpus) -> Value {
    let places = Places { api, corpus };
    let all = |operations: &[usize]| {
        let operations = operations.iter().map(|one| places.json(*one));
        operations.map(Value::Object).collect::<Vec<_>>()
    };
    let kind_json = |kind: &KindScopes| {
        let permissions = kind.permissions.iter().map(|granted| {
            let operations = granted.operations.iter().map(|used| {
                let mut object = places.json(used.operation);
                if !used.with.is_empty() {
                    object.insert("with".to_owned(), json!(used.with));
                }
                Value::Object(object)
            });
            json!({"name": granted.name, "operations": operations.collect::<Vec<_>>()})
        });
        json!({
            "permissions": permissions.collect::<Vec<_>>(),
            "proven": kind.proven,
            "fewer": kind.fewest,
            "unsupported": all(&kind.unsupported),
            "undocumented": all(&kind.undocumented),
            "unclear": all(&kind.unclear),
            "conditional": all(&kind.conditional),
        })
    };
    let kinds = scopes.kinds.iter();
    json!({
        "aim": match scopes.aim {
            Aim::LeastPrivileged => "least-privileged",
            Aim::Fewest => "fewest",
        },
        "operations": api.operations.len(),
        "kinds": kinds.map(|kind| (key(kind.kind).to_owned(), kind_json(kind))).collect::<Map<_, _>>(),
    })
}

/// A part of the manifest of an application.
#[derive(Clone, Debug, PartialEq)]
pub struct Manifest {
    /// An object with `requiredResourceAccess`.
    pub json: Value,
    /// The permissions in it without an identifier, which it has by their names in its place.
    pub unidentified: Vec<String>,
}

/// The permissions as the manifest of an application asks for them. Both delegated kinds are one there.
///
/// An entry has the identifier of the permission as `id`. Where there is none it has the name, as `value`, which says what
/// is meant, and which no directory takes.
#[must_use]
pub fn manifest(scopes: &Scopes, ids: &PermissionIds, profile: &Profile) -> Manifest {
    let mut access = Vec::new();
    let mut seen = BTreeSet::new();
    let mut unidentified = Vec::new();
    for kind in &scopes.kinds {
        let (known, sort) = match kind.kind {
            PermissionKind::Application => (&ids.application, "Role"),
            _ => (&ids.delegated, "Scope"),
        };
        for Granted { name, .. } in &kind.permissions {
            if !seen.insert((sort, name)) {
                continue;
            }
            access.push(match known.get(name) {
                Some(id) => json!({"id": id, "type": sort}),
                None => {
                    if !unidentified.contains(name) {
                        unidentified.push(name.clone());
                    }
                    json!({"value": name, "type": sort})
                }
            });
        }
    }
    let app = ids.app_id.as_ref().or(profile.resource_app_id.as_ref());
    let resource = json!({"resourceAppId": app, "resourceAccess": access});
    Manifest {
        json: json!({"requiredResourceAccess": [resource]}),
        unidentified,
    }
}
