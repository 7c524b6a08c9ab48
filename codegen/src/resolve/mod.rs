//! Turns facts into an [`Api`]: type identity, merged pages, types looked up, operations with what they send and answer.
//!
//! What cannot be looked up is JSON, and a diagnostic says so.

mod addressed;
mod base;
mod body;
mod drafts;
mod enums;
mod exchanges;
mod index;
mod listing;
mod lookup;
mod media;
mod operations;
mod path;
mod response;
mod titles;
mod types;
mod untyped;

use std::collections::BTreeSet;

use crate::diagnostics::Diagnostics;
use crate::facts::Facts;
use crate::model::Api;
use crate::profile::Profile;

/// What the parts of the stage share.
struct Resolver<'a> {
    facts: &'a Facts,
    profile: &'a Profile,
    diagnostics: &'a mut Diagnostics,
    index: index::Index,
    listing: listing::Listing<'a>,
    tables: lookup::Tables<'a>,
    addressed: BTreeSet<String>,
    api: Api,
}

/// Resolves the facts of a tree.
pub fn resolve(facts: &Facts, profile: &Profile, diagnostics: &mut Diagnostics) -> Api {
    let enums = enums::enums(facts, profile, diagnostics);
    let drafts = drafts::drafts(facts, profile, diagnostics);
    let index = index::Index::new(facts, &drafts, &enums);
    let mut resolver = Resolver {
        facts,
        profile,
        diagnostics,
        index,
        listing: listing::listing(facts),
        tables: lookup::tables(facts),
        addressed: addressed::addressed(facts),
        api: Api {
            enums: enums.into_iter().map(|draft| draft.item).collect(),
            ..Api::default()
        },
    };
    resolver.enums_from_rows();
    resolver.types(&drafts);
    resolver.bases(&drafts);
    resolver.operations();
    resolver.untyped();
    let mut api = resolver.api;
    api.exchanges = exchanges::exchanges(facts, &api, diagnostics);
    api
}
