//! Goes through what both sides have, and notes what they say differently.

use std::collections::{BTreeMap, BTreeSet};

use super::diff::{Differences, Disagreement};
use super::index::local;
use super::pairs::{Likeness, Pairs};
use super::{Kind, Metadata, MetadataEnum, MetadataProperty, MetadataType, operations};
use crate::diagnostics::Span;
use crate::model::{Api, EnumType, Property, StructuredType, TypeId};
use crate::profile::Profile;

/// All that the pages and the metadata disagree about, sorted by kind, then by name.
#[must_use]
pub fn disagreements(metadata: &Metadata, api: &Api, profile: &Profile) -> Vec<Disagreement> {
    let pairs = Pairs::new(api, metadata, profile);
    let mut found = Differences::default();
    types(&pairs, &mut found);
    for (meta, page) in &pairs.page_of {
        let (meta_item, page_item) = (&pairs.metadata.items[*meta].1, &pairs.pages.items[*page].1);
        if let (Some(meta_type), Some(page_type)) = (meta_item.structured(), page_item.structured())
        {
            structured(&pairs, *meta, meta_type, page_type, &mut found);
        }
        if let (Some(meta_enum), Some(page_enum)) =
            (meta_item.enumeration(), page_item.enumeration())
        {
            members(meta_enum, api.enumeration(page_enum), &mut found);
        }
    }
    operations::compare(&pairs, metadata, &mut found);
    found.sorted()
}

/// The types and enums that one side has alone, or both as something else.
fn types(pairs: &Pairs<'_>, found: &mut Differences) {
    for (at, (name, item)) in pairs.pages.items.iter().enumerate() {
        let (origins, what) = match item.structured() {
            Some(id) => (
                &pairs.api.structured(id).origins,
                ("a type", Kind::TypeOnPagesOnly),
            ),
            None => match item.enumeration() {
                Some(id) => (
                    &pairs.api.enumeration(id).origins,
                    ("an enum", Kind::EnumOnPagesOnly),
                ),
                None => continue,
            },
        };
        let place = origins.first().copied();
        let Some(meta) = pairs.metadata_of.get(&at) else {
            found.add(what.1, name, place, None, what.0, "nothing");
            continue;
        };
        let (other, other_item) = &pairs.metadata.items[*meta];
        let (line, is_structured) = match (other_item.structured(), other_item.enumeration()) {
            (Some(ty), _) => (ty.line, true),
            (_, Some(item)) => (item.line, false),
            _ => continue,
        };
        if is_structured != item.structured().is_some() {
            let is = if is_structured { "a type" } else { "an enum" };
            found.add(Kind::TypeOrEnum, name, place, Some(line), what.0, is);
        } else if other != name {
            found.add(Kind::Name, name, place, Some(line), name, other);
        }
    }
    for (at, (name, item)) in pairs.metadata.items.iter().enumerate() {
        if pairs.page_of.contains_key(&at) {
            continue;
        }
        if let Some(ty) = item.structured() {
            let is = if ty.entity {
                "an entity type"
            } else {
                "a complex type"
            };
            found.add(
                Kind::TypeInMetadataOnly,
                name,
                None,
                Some(ty.line),
                "nothing",
                is,
            );
        }
        if let Some(item) = item.enumeration() {
            let is = "an enum";
            found.add(
                Kind::EnumInMetadataOnly,
                name,
                None,
                Some(item.line),
                "nothing",
                is,
            );
        }
    }
}

/// What a type of both sides is said to be differently.
fn structured(
    pairs: &Pairs<'_>,
    at: usize,
    meta: &MetadataType,
    id: TypeId,
    found: &mut Differences,
) {
    let page = pairs.api.structured(id);
    let name = page.name.to_string();
    let (place, line) = (page.origins.first().copied(), Some(meta.line));
    let entity = |is: bool| {
        if is {
            "an entity type"
        } else {
            "a complex type"
        }
    };
    if meta.entity != page.entity {
        found.add(
            Kind::EntityOrComplex,
            &name,
            place,
            line,
            entity(page.entity),
            entity(meta.entity),
        );
    }
    let open = |is: bool| if is { "open" } else { "not open" };
    if meta.open != page.open {
        found.add(
            Kind::OpenType,
            &name,
            place,
            line,
            open(page.open),
            open(meta.open),
        );
    }
    base(pairs, meta, page, found);
    let of_page = pairs.page_properties(id);
    for property in &meta.properties {
        let qualified = format!("{name}/{}", property.name);
        match of_page.get(property.name.as_str()) {
            Some(documented) => self::property(pairs, &qualified, property, documented, found),
            None => {
                let is = written(&property.ty.name, property.ty.collection);
                let kind = Kind::PropertyInMetadataOnly;
                found.add(kind, &qualified, place, Some(property.line), "nothing", &is);
            }
        }
    }
    let of_metadata = pairs.metadata_properties(at);
    for property in &page.properties {
        if !of_metadata.contains_key(property.name.as_str()) {
            let qualified = format!("{name}/{}", property.name);
            let is = written(
                &pairs.api.core_name(property.ty.core),
                property.ty.collection,
            );
            let kind = Kind::PropertyOnPagesOnly;
            found.add(
                kind,
                &qualified,
                Some(property.origin),
                line,
                &is,
                "nothing",
            );
        }
    }
}

/// The base types. One that all entity types have goes without saying.
fn base(pairs: &Pairs<'_>, meta: &MetadataType, page: &StructuredType, found: &mut Differences) {
    let on_page = page
        .base
        .map(|base| pairs.api.structured(base).name.to_string());
    let said = |base: &Option<String>| base.clone().filter(|base| !pairs.is_root(base));
    let (on_page, in_metadata) = (said(&on_page), said(&meta.base));
    let folded = |base: &Option<String>| base.as_deref().map(|base| local(base).to_lowercase());
    if folded(&on_page) != folded(&in_metadata) {
        let name = page.name.to_string();
        let shown = |base: Option<String>| base.unwrap_or_else(|| "no base type".to_owned());
        let place = page.origins.first().copied();
        let (on_page, in_metadata) = (shown(on_page), shown(in_metadata));
        found.add(
            Kind::Base,
            &name,
            place,
            Some(meta.line),
            &on_page,
            &in_metadata,
        );
    }
}

/// A property of both sides.
fn property(
    pairs: &Pairs<'_>,
    name: &str,
    meta: &MetadataProperty,
    page: &Property,
    found: &mut Differences,
) {
    let (place, line) = (Some(page.origin), Some(meta.line));
    let on_page = written(&pairs.api.core_name(page.ty.core), page.ty.collection);
    let in_metadata = written(&meta.ty.name, meta.ty.collection);
    let kind = match pairs.likeness(page.ty.core, &meta.ty.name) {
        Likeness::Same => None,
        Likeness::TextForEnum => Some(Kind::TextForEnum),
        Likeness::OtherEnum => Some(Kind::OtherEnum),
        Likeness::Different => Some(Kind::PropertyType),
    };
    if let Some(kind) = kind {
        found.add(kind, name, place, line, &on_page, &in_metadata);
    }
    if page.ty.collection != meta.ty.collection {
        found.add(Kind::Collection, name, place, line, &on_page, &in_metadata);
    }
    if page.navigation != meta.navigation {
        let is = |navigation| {
            if navigation {
                "a relationship"
            } else {
                "a property"
            }
        };
        found.add(
            Kind::Navigation,
            name,
            place,
            line,
            is(page.navigation),
            is(meta.navigation),
        );
    }
}

/// `Collection(Edm.String)`.
pub(super) fn written(name: &str, collection: bool) -> String {
    match collection {
        true => format!("Collection({name})"),
        false => name.to_owned(),
    }
}

/// The members of an enum of both sides.
fn members(meta: &MetadataEnum, page: &EnumType, found: &mut Differences) {
    let name = page.name.to_string();
    let place: Option<Span> = page.origins.first().copied();
    let of_flags = |is: bool| {
        if is {
            "several may be combined"
        } else {
            "one at a time"
        }
    };
    if page.flags != meta.flags {
        let (on_page, in_metadata) = (of_flags(page.flags), of_flags(meta.flags));
        found.add(
            Kind::Flags,
            &name,
            place,
            Some(meta.line),
            on_page,
            in_metadata,
        );
    }
    let documented: BTreeMap<&str, Option<i64>> = page
        .members
        .iter()
        .map(|member| (member.name.as_str(), member.number))
        .collect();
    let mut known = BTreeSet::new();
    for (member, number, line) in &meta.members {
        known.insert(member.as_str());
        let qualified = format!("{name}/{member}");
        match documented.get(member.as_str()) {
            None => {
                let kind = Kind::MemberInMetadataOnly;
                found.add(
                    kind,
                    &qualified,
                    place,
                    Some(*line),
                    "nothing",
                    &number.to_string(),
                );
            }
            Some(Some(said)) if said != number => {
                let (said, number) = (said.to_string(), number.to_string());
                found.add(
                    Kind::MemberNumber,
                    &qualified,
                    place,
                    Some(*line),
                    &said,
                    &number,
                );
            }
            Some(_) => {}
        }
    }
    for (member, number) in documented {
        if !known.contains(member) {
            let qualified = format!("{name}/{member}");
            let said = number.map_or_else(|| "a member".to_owned(), |number| number.to_string());
            let kind = Kind::MemberOnPagesOnly;
            found.add(kind, &qualified, place, Some(meta.line), &said, "nothing");
        }
    }
}
