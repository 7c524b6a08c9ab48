//! The least privileged permissions of each operation.

use maud::{Markup, html};

use super::Context;
use super::areas::module;
use super::parts::{Group, chunks, counted, figure, id, searchable};
use crate::model::{Operation, PermissionKind, Permissions};

/// The three kinds of permissions with their names.
const KINDS: [&str; 3] = ["work or school account", "personal account", "application"];

impl Context<'_> {
    /// The section.
    pub(super) fn permissions(&self) -> Markup {
        let scopes = self.scopes();
        let groups: Vec<Group> = self
            .areas
            .list
            .iter()
            .map(|area| Group {
                id: None,
                name: html! { code { (area.name) } },
                count: counted(area.operations.len(), "operation"),
                body: self.operations(area.name, &area.operations),
            })
            .collect();
        html! {
            p {
                "The permission that gives an application the least, for each operation and kind. “+2” says that so many "
                "more privileged ones do as well."
            }
            h3 #by-operation { "By operation" }
            (searchable("permissions", "operations and their permissions", &groups))
            h3 #by-permission { "By permission" }
            @if scopes.is_empty() {
                p { "The pages name no permission." }
            } @else {
                p {
                    (counted(scopes.len(), "permission"))
                    " of which the pages say that it is the least privileged for some operation."
                }
                (searchable("scopes", "permissions and their operations", &scopes))
            }
        }
    }

    fn operations(&self, area: &str, operations: &[(usize, &Operation)]) -> Markup {
        let row = |(index, operation): &(usize, &Operation)| {
            html! {
                tr {
                    th scope="row" { (self.request(*index, operation)) }
                    @for (scopes, unsupported) in kinds(&operation.permissions) {
                        @match scopes {
                            [only] => td { (only) },
                            [first, others @ ..] => td { (first) " " small { "+" (figure(others.len())) } },
                            [] if unsupported => td .none { "not supported" },
                            [] => td .none { "none documented" },
                        }
                    }
                }
            }
        };
        let caption = format!("Least privileged permissions of the operations of {area}");
        let columns = ["Operation", "Work or school", "Personal", "Application"];
        let module = |(index, _): &(usize, &Operation)| {
            let function = self.areas.function(*index).unwrap_or_default();
            module(function).to_owned()
        };
        html! { div .permissions { (chunks(&caption, &columns, operations, module, row)) } }
    }

    /// `GET /users/{id}`, as a link to its function.
    pub(super) fn request(&self, index: usize, operation: &Operation) -> Markup {
        let request = html! { (operation.method) " " (operation.template()) };
        match self.areas.function(index) {
            Some(function) => html! { a .at href={ "#" (id("fn", function)) } { (request) } },
            None => html! { span .at { (request) } },
        }
    }
}

/// The permissions of the three kinds, and whether each is said not to be supported.
pub(super) fn kinds(permissions: &Permissions) -> impl Iterator<Item = (&[String], bool)> {
    let kinds = PermissionKind::ALL.map(|kind| permissions.of(kind));
    kinds.into_iter().zip(permissions.unsupported)
}

/// The names of kinds, in a list.
pub(super) fn names(kinds: [bool; 3]) -> String {
    let named = KINDS.iter().zip(kinds).filter(|(_, is)| *is);
    let names: Vec<&str> = named.map(|(name, _)| *name).collect();
    names.join(", ")
}
