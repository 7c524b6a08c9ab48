//! Finds the paths that address entities and collections of them: what is read with `GET`, or has keys below it. A `POST`
//! to any other path calls an action (OData protocol 4.01, section 11.5.5).

use std::collections::BTreeSet;

use super::path::segments;
use crate::facts::Facts;
use crate::model::normalized;

/// The paths of a tree, in the form of [`normalized`].
pub(super) fn addressed(facts: &Facts) -> BTreeSet<String> {
    let mut paths = BTreeSet::new();
    let lines = facts.pages.iter().flat_map(|page| &page.operations);
    for line in lines.flat_map(|operation| &operation.requests) {
        let path = segments(&line.path);
        let text = normalized(&path);
        let key = match path.split_last() {
            Some((last, above)) if last.is_key() => Some(normalized(above)),
            Some((last, _)) if last.ends_in_key() => {
                text.rsplit_once('(').map(|(above, _)| above.to_owned())
            }
            _ => None,
        };
        paths.extend(key);
        if line.method == "GET" {
            paths.insert(text);
        }
    }
    paths
}
