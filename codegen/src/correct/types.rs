//! Corrects types, their properties, and enums.

use super::change::{Change, shown};
use super::entry::{Entry, Items, quoted};
use super::find;
use crate::diagnostics::{Span, Spanned};
use crate::facts::{
    BaseFacts, EnumFacts, MemberFacts, PageFacts, PropertyFacts, ResourceFacts, TypeName,
};
use crate::prose::Prose;

/// A type as a correction names it.
pub(super) fn type_name(name: &str, collection: bool) -> TypeName {
    TypeName {
        name: name.to_owned(),
        target: None,
        collection,
    }
}

/// Corrects the name or the base of a type.
pub(super) fn resource(
    page: &mut PageFacts,
    entry: &Entry,
    name: &str,
) -> Result<Vec<Change>, String> {
    let mut changes = Vec::new();
    let namespace = page.namespace.as_ref().map(|line| line.value.clone());
    let resource = find::resource(page, name)?;
    if let Some(base) = &entry.base {
        changes.push(set_base(resource, base, namespace.as_deref()));
    }
    if let Some(right) = &entry.name {
        changes.push(set_name(resource, right));
        let namespace = right.rsplit_once('.').map(|(namespace, _)| namespace);
        // The page's line counts before the block where it only says more; here it is what is wrong.
        if let (Some(namespace), Some(line)) = (namespace, &mut page.namespace)
            && line.value.starts_with(&format!("{namespace}."))
        {
            namespace.clone_into(&mut line.value);
        }
    }
    Ok(changes)
}

/// Names a type. The title gets the name as well: it decides where it and the resource block disagree.
fn set_name(resource: &mut ResourceFacts, right: &str) -> Change {
    let block = resource.odata_type.take();
    let from = block.as_ref().or(resource.title_name.as_ref());
    let from = from.map(|name| name.value.clone());
    let span = block.map_or(resource.span, |name| name.span);
    resource.odata_type = Some(Spanned::new(right.to_owned(), span));
    if let Some(title) = &mut resource.title_name {
        let short = right.rsplit('.').next().unwrap_or(right);
        short.clone_into(&mut title.value);
    }
    Change::of(span, "name", from, Some(right.to_owned()))
}

/// Sets the base of a type; an empty text takes it away, with what rows say of it.
fn set_base(resource: &mut ResourceFacts, right: &str, namespace: Option<&str>) -> Change {
    let old = resource.base.take();
    let span = old.as_ref().map_or(resource.span, |base| base.span);
    if right.is_empty() {
        for row in &mut resource.properties {
            row.inherited_from = None;
        }
        return Change::of(span, "base", old.map(|base| base.name.name), None);
    }
    let name = type_name(right, false);
    let read = old.as_ref().map(|base| &base.name);
    let change = Change::of_type(span, "base", read, &name, namespace);
    resource.base = Some(BaseFacts { name, span });
    change
}

/// Corrects, adds or removes a property.
pub(super) fn property(
    page: &mut PageFacts,
    entry: &Entry,
    name: &str,
) -> Result<Vec<Change>, String> {
    let adds = Items::itself(entry.add.as_ref());
    let namespace = page.namespace.as_ref().map(|line| line.value.clone());
    let table = find::rows(page, name, entry.of.as_deref(), adds)?;
    if adds {
        let Some(span) = table.span else {
            return Err(format!("finds nothing to add `{name}` to"));
        };
        if table.rows.iter().any(|row| row.name.value == name) {
            return Err(format!(
                "adds `{name}`, which the page has; it may have been mended"
            ));
        }
        let row = added_row(entry, name, span);
        let to = row.type_name.as_ref().map(shown);
        table.rows.push(row);
        let to = to.map(|ty| format!("{name} {ty}"));
        return Ok(vec![Change::of_item(span, "property", None, to)]);
    }
    let mut changes = Vec::new();
    let removes = Items::itself(entry.remove.as_ref());
    table.rows.retain_mut(|row| {
        if row.name.value != name {
            return true;
        }
        if removes {
            let from = Some(row.type_text.value.clone());
            changes.push(Change::of(row.name.span, "row", from, None));
        } else {
            changes.extend(correct_row(row, entry, namespace.as_deref()));
        }
        !removes
    });
    Ok(changes)
}

/// A row that the page lacks.
fn added_row(entry: &Entry, name: &str, span: Span) -> PropertyFacts {
    let ty = entry.type_name.as_deref().unwrap_or_default();
    let ty = type_name(ty, entry.collection == Some(true));
    PropertyFacts {
        name: Spanned::new(name.to_owned(), span),
        type_text: Spanned::new(shown(&ty), span),
        type_name: Some(ty),
        description: Prose::default(),
        navigation: entry.navigation == Some(true),
        values: entry.values.clone().unwrap_or_default(),
        flags: false,
        inherited_from: None,
        deprecated: false,
    }
}

/// Corrects what a row says. The text of its type cell stays as it is written.
fn correct_row(row: &mut PropertyFacts, entry: &Entry, namespace: Option<&str>) -> Vec<Change> {
    let mut changes = Vec::new();
    let span = row.name.span;
    if let Some(name) = &entry.name {
        let from = std::mem::replace(&mut row.name.value, name.clone());
        changes.push(Change::of(span, "name", Some(from), Some(name.clone())));
    }
    if entry.type_name.is_some() || entry.collection.is_some() {
        // A cell that cannot be read is shown as it is written.
        let written = || type_name(&row.type_text.value, false);
        let read = row.type_name.clone().unwrap_or_else(written);
        let right = TypeName {
            name: entry.type_name.clone().unwrap_or_else(|| read.name.clone()),
            target: read.target.clone().filter(|_| entry.type_name.is_none()),
            collection: entry.collection.unwrap_or(read.collection),
        };
        let change = Change::of_type(span, "type", Some(&read), &right, namespace);
        changes.push(change);
        row.type_name = Some(right);
    }
    if let Some(navigation) = entry.navigation {
        let word = |navigation| {
            if navigation {
                "relationship"
            } else {
                "property"
            }
        };
        let from = Some(word(row.navigation).to_owned());
        let to = Some(word(navigation).to_owned());
        changes.push(Change::of(span, "kind", from, to));
        row.navigation = navigation;
    }
    if let Some(values) = &entry.values {
        let list = |values: &[String]| (!values.is_empty()).then(|| values.join(", "));
        changes.push(Change::of(span, "values", list(&row.values), list(values)));
        row.values.clone_from(values);
    }
    changes
}

/// Corrects the name or the members of an enum.
pub(super) fn enumeration(
    page: &mut PageFacts,
    entry: &Entry,
    name: &str,
) -> Result<Vec<Change>, String> {
    let path = page.path.clone();
    let found = find::enumeration(page, name)?;
    let span = found.name.span;
    let mut changes = Vec::new();
    for (from, to) in entry.rename.iter().flatten() {
        let at = member(found, from, &path)?;
        check_absent(found, to, &path)?;
        let member = &mut found.members[at].name;
        to.clone_into(&mut member.value);
        let (from, to) = (Some(from.clone()), Some(to.clone()));
        changes.push(Change::of_item(member.span, "member", from, to));
    }
    for name in Items::names(entry.remove.as_ref()) {
        let at = member(found, name, &path)?;
        let removed = found.members.remove(at).name;
        let from = Some(removed.value);
        changes.push(Change::of_item(removed.span, "member", from, None));
    }
    for name in Items::names(entry.add.as_ref()) {
        check_absent(found, name, &path)?;
        found.members.push(MemberFacts {
            name: Spanned::new(name.clone(), span),
            number: None,
            description: Prose::default(),
        });
        changes.push(Change::of_item(span, "member", None, Some(name.clone())));
    }
    if let Some(right) = &entry.name {
        let from = std::mem::replace(&mut found.name.value, right.clone());
        changes.push(Change::of(span, "name", Some(from), Some(right.clone())));
    }
    Ok(changes)
}

/// The place of a member.
fn member(found: &EnumFacts, name: &str, path: &str) -> Result<usize, String> {
    let at = found.members.iter();
    let mut at = at.map(|member| member.name.value.as_str());
    at.position(|known| known == name).ok_or_else(|| {
        let known: Vec<&str> = found
            .members
            .iter()
            .map(|member| member.name.value.as_str())
            .collect();
        format!(
            "expects a member `{name}` of `{}` on `{path}`, which has {}; it may have been mended",
            found.name.value,
            quoted(&known)
        )
    })
}

/// An error where an enum has a member.
fn check_absent(found: &EnumFacts, name: &str, path: &str) -> Result<(), String> {
    let mut members = found.members.iter();
    if members.any(|member| member.name.value == name) {
        return Err(format!(
            "adds the member `{name}`, which `{}` has on `{path}`; it may have been mended",
            found.name.value
        ));
    }
    Ok(())
}
