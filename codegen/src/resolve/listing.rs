//! Finds what the pages of types say that operations answer.

use std::collections::BTreeMap;

use crate::corpus::join;
use crate::facts::{Facts, TypeName};

/// By the path of an operation's page, in lower case: the page that lists the operation, and the type it says.
pub(super) type Listing<'f> = BTreeMap<String, (&'f str, &'f TypeName)>;

/// The listing of all pages; the first page that lists an operation with a type counts.
pub(super) fn listing(facts: &Facts) -> Listing<'_> {
    let mut listing = Listing::new();
    for page in &facts.pages {
        let folder = page.path.rsplit_once('/').map_or("", |(folder, _)| folder);
        for method in &page.methods {
            let target = method
                .target
                .as_deref()
                .and_then(|target| join(folder, target));
            if let (Some(target), Some(returns)) = (target, &method.returns) {
                listing
                    .entry(target.to_lowercase())
                    .or_insert((page.path.as_str(), returns));
            }
        }
    }
    listing
}
