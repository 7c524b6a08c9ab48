//! What an application has to be permitted before it may send a request.

use serde::{Deserialize, Serialize};

/// The permissions of an operation, from least to most privileged.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Permissions {
    /// Delegated, with a work or school account.
    pub delegated_work: Vec<String>,
    /// Delegated, with a personal account.
    pub delegated_personal: Vec<String>,
    /// Application.
    pub application: Vec<String>,
    /// Of the three kinds in this order, those that the page says are not supported. Others without a permission are
    /// kinds of which it says nothing.
    pub unsupported: [bool; 3],
    /// Of the three kinds in this order, the sets of permissions of which any one is enough, from least to most
    /// privileged; see [`Permissions::alternatives`]. Empty where any one permission is enough.
    pub alternatives: [Vec<Vec<String>>; 3],
    /// Whether the page has several rows or tables for a kind, or words in the cells, so that permissions depend on what the
    /// request is about.
    pub conditional: bool,
}

/// In whose name an application calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PermissionKind {
    /// In that of a user with a work or school account.
    DelegatedWork,
    /// In that of a user with a personal account.
    DelegatedPersonal,
    /// In its own.
    Application,
}

impl PermissionKind {
    /// All of them, in the order of the pages.
    pub const ALL: [Self; 3] = [
        Self::DelegatedWork,
        Self::DelegatedPersonal,
        Self::Application,
    ];
}

impl Permissions {
    /// The permissions of a kind.
    #[must_use]
    pub fn of(&self, kind: PermissionKind) -> &[String] {
        match kind {
            PermissionKind::DelegatedWork => &self.delegated_work,
            PermissionKind::DelegatedPersonal => &self.delegated_personal,
            PermissionKind::Application => &self.application,
        }
    }

    /// The sets of permissions of a kind of which any one is enough, from least to most privileged. Most have one member;
    /// `Policy.Read.All and Application.Read.All` has two. None where there is no permission of the kind.
    #[must_use]
    pub fn alternatives(&self, kind: PermissionKind) -> Vec<Vec<&str>> {
        let sets = &self.alternatives[kind as usize];
        if sets.is_empty() {
            let each = self.of(kind).iter();
            return each.map(|name| vec![name.as_str()]).collect();
        }
        let sets = sets.iter();
        sets.map(|set| set.iter().map(String::as_str).collect())
            .collect()
    }
}
