//! Types and enums as text.

use super::{Lines, flag, quoted, type_form, values_form};
use crate::facts::{
    BaseFacts, EnumFacts, JsonShape, MemberFacts, MethodFacts, PropertyFacts, ResourceFacts,
};
use crate::profile::Section;

/// A type.
pub(super) fn resource(lines: &mut Lines, resource: &ResourceFacts) {
    let ResourceFacts {
        title_name,
        odata_type,
        base,
        key,
        open,
        is_abstract,
        properties,
        json,
        json_span: _,
        span,
    } = resource;
    lines.at(*span);
    let name = title_name
        .as_ref()
        .map_or("(no name in the title)", |name| &name.value);
    lines.add(
        0,
        &[
            "resource",
            name,
            flag(*open, "open"),
            flag(*is_abstract, "abstract"),
        ],
    );
    if let Some(name) = odata_type {
        // The span is that of the type; the name stands in a comment or in the JSON.
        lines.within(None, &name.value);
        lines.add(1, &["type", &name.value]);
    }
    if let Some(BaseFacts { name, span }) = base {
        lines.at(*span);
        lines.add(1, &["base", &type_form(name)]);
    }
    if let Some(key) = key {
        lines.within(None, "keyProperty");
        lines.add(1, &["key", key]);
    }
    for property in properties {
        let kind = if property.navigation {
            "relationship"
        } else {
            "property"
        };
        row(lines, kind, property);
    }
    for (key, JsonShape { name, collection }) in json {
        let name = name.as_deref().unwrap_or("(no type)");
        lines.within(Some(Section::Representation), &format!("\"{key}\""));
        lines.add(1, &["json", key, name, flag(*collection, "collection")]);
    }
}

/// One row: name, type, what the type cell says beside it, values, marks, description.
pub(super) fn row(lines: &mut Lines, kind: &str, property: &PropertyFacts) {
    let PropertyFacts {
        name,
        type_text,
        type_name,
        description,
        navigation: _,
        values,
        flags,
        inherited_from,
        deprecated,
    } = property;
    let read = type_name
        .as_ref()
        .map_or_else(|| "(unread type)".to_owned(), type_form);
    let plain = type_name.as_ref().map(|name| match name.collection {
        true => format!("{} collection", name.name),
        false => name.name.clone(),
    });
    let written = match plain {
        Some(plain) if plain == type_text.value => String::new(),
        _ => format!("written {:?}", type_text.value),
    };
    let inherited = inherited_from.as_ref().map_or_else(String::new, |name| {
        format!("inherited from {}", type_form(name))
    });
    lines.at(name.span);
    lines.add(
        1,
        &[
            kind,
            &name.value,
            &read,
            &written,
            &values_form(values),
            flag(*flags, "flags"),
            flag(*deprecated, "deprecated"),
            &inherited,
            &quoted(description),
        ],
    );
}

/// An operation that the page of a type lists.
pub(super) fn method(lines: &mut Lines, method: &MethodFacts) {
    let MethodFacts {
        name,
        target,
        returns,
        description,
    } = method;
    let target = target
        .as_ref()
        .map_or_else(String::new, |target| format!("at {target}"));
    let returns = returns
        .as_ref()
        .map_or_else(String::new, |name| format!("returns {}", type_form(name)));
    lines.at(name.span);
    lines.add(
        0,
        &[
            "method",
            &name.value,
            &target,
            &returns,
            &quoted(description),
        ],
    );
}

/// An enum.
pub(super) fn enumeration(lines: &mut Lines, item: &EnumFacts) {
    let EnumFacts {
        name,
        namespace,
        anchor,
        members,
        flags,
        description,
    } = item;
    let namespace = namespace
        .as_ref()
        .map_or_else(String::new, |namespace| format!("in {namespace}"));
    let anchor = if anchor.is_empty() {
        String::new()
    } else {
        format!("at #{anchor}")
    };
    lines.at(name.span);
    lines.add(
        0,
        &[
            "enum",
            &name.value,
            &namespace,
            &anchor,
            flag(*flags, "flags"),
            &quoted(description),
        ],
    );
    for MemberFacts {
        name,
        number,
        description,
    } in members
    {
        let number = number.map_or_else(String::new, |number| format!("= {number}"));
        lines.at(name.span);
        lines.add(1, &["member", &name.value, &number, &quoted(description)]);
    }
}
