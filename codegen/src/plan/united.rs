//! What several pages say together about one request: nothing that one of them documents is lost.

use crate::model::{Operation, Permissions};

/// The status codes of success: those of the leading page, then those that other pages add.
pub(super) fn statuses(operations: &[&Operation]) -> Vec<u16> {
    distinct(operations.iter().flat_map(|operation| &operation.statuses))
}

/// The permissions of each kind: those of the leading page, then those that other pages add. A kind is not supported
/// where a page says so and no page names a permission of it.
pub(super) fn permissions(operations: &[&Operation]) -> Permissions {
    let all = || operations.iter().map(|operation| &operation.permissions);
    let mut united = Permissions {
        delegated_work: distinct(all().flat_map(|one| &one.delegated_work)),
        delegated_personal: distinct(all().flat_map(|one| &one.delegated_personal)),
        application: distinct(all().flat_map(|one| &one.application)),
        unsupported: [false; 3],
        // The runtime has lists of permissions and no sets.
        alternatives: Default::default(),
        conditional: false,
    };
    let named = [
        !united.delegated_work.is_empty(),
        !united.delegated_personal.is_empty(),
        !united.application.is_empty(),
    ];
    for (kind, is_named) in named.into_iter().enumerate() {
        united.unsupported[kind] = !is_named && all().any(|one| one.unsupported[kind]);
    }
    united
}

/// The query options that are supported: all that a page names; none where a page says nothing, as that may mean any.
pub(super) fn query_options(operations: &[&Operation]) -> Vec<String> {
    let options = operations.iter().map(|operation| &operation.query_options);
    match options.clone().any(Vec::is_empty) {
        true => Vec::new(),
        false => distinct(options.flatten()),
    }
}

/// Each once, in their order.
fn distinct<'a, T: Clone + PartialEq + 'a>(items: impl Iterator<Item = &'a T>) -> Vec<T> {
    let mut distinct: Vec<T> = Vec::new();
    for item in items {
        if !distinct.contains(item) {
            distinct.push(item.clone());
        }
    }
    distinct
}
