//! Reads the items of a listing, as `emit` writes it: one a line.

use std::collections::{BTreeMap, BTreeSet};

use super::surface::{Field, Function, Item, Key, Kind, Parameter, Space, SurfaceError};
use crate::tree::GENERATED_HEADER;

/// The items of one listing, added to `items`.
pub(super) fn read(
    file: &str,
    text: &str,
    items: &mut BTreeMap<Key, Item>,
) -> Result<(), SurfaceError> {
    let first = text.lines().next().unwrap_or_default();
    if !first
        .trim_start_matches(['#', ' '])
        .starts_with(GENERATED_HEADER)
    {
        return Err(SurfaceError::NotGenerated {
            file: file.to_owned(),
            found: first.to_owned(),
        });
    }
    let mut members = Vec::new();
    for (index, line) in text.lines().enumerate() {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let error = |expected| SurfaceError::Line {
            file: file.to_owned(),
            line: index + 1,
            expected,
            found: line.to_owned(),
        };
        let (key, item) = item(line).map_err(error)?;
        if key.space == Space::Member {
            members.push((
                key.clone(),
                error("a struct or an enum that has this member"),
            ));
        }
        if items.insert(key, item).is_some() {
            return Err(error("an item that is listed once"));
        }
    }
    for (member, error) in members {
        if !items.contains_key(&Key::new(member.parent(), Space::Type)) {
            return Err(error);
        }
    }
    Ok(())
}

/// The item of a line, or what it lacks.
fn item(line: &str) -> Result<(Key, Item), &'static str> {
    let (path, rest) = path(line);
    if path.is_empty() {
        return Err("the path of an item");
    }
    let (rest, features) = features(rest);
    let mut constant = None;
    let (space, kind) = if rest == " = mod" {
        (Space::Module, Kind::Module)
    } else if let Some(wire) = rest.strip_prefix(" = struct ") {
        let wire = quoted(wire)?;
        (
            Space::Type,
            Kind::Struct {
                wire,
                derived: false,
            },
        )
    } else if let Some(wire) = rest.strip_prefix(" = derived struct ") {
        let wire = quoted(wire)?;
        (
            Space::Type,
            Kind::Struct {
                wire,
                derived: true,
            },
        )
    } else if let Some(wire) = rest.strip_prefix(" = enum ") {
        (
            Space::Type,
            Kind::Enum {
                wire: quoted(wire)?,
            },
        )
    } else if let Some(ty) = rest.strip_prefix(": ") {
        let (ty, wire) = match ty.split_once(" = ") {
            Some((ty, wire)) => {
                let (wire, name) = with_constant(wire);
                constant = name;
                (ty, Some(quoted(wire)?))
            }
            None => (ty, None),
        };
        let ty = ty.to_owned();
        (Space::Member, Kind::Field(Field { ty, wire }))
    } else if let Some(wire) = rest.strip_prefix(" = ") {
        (Space::Member, Kind::Variant(Some(quoted(wire)?)))
    } else if rest == "(String)" {
        (Space::Member, Kind::Variant(None))
    } else if let Some(function) = rest.strip_prefix('(') {
        let (function, name) = with_constant(function);
        constant = name;
        (Space::Function, Kind::Function(self::function(function)?))
    } else {
        return Err("a module, a type, a member or a function");
    };
    let item = Item {
        kind,
        line: line.to_owned(),
        features,
        constant,
        doc: Vec::new(),
        deprecated: false,
        non_exhaustive: false,
    };
    Ok((Key::new(path, space), item))
}

/// The path that a line begins with, and what follows it.
fn path(line: &str) -> (&str, &str) {
    let end = line.char_indices().find(|(at, c)| match c {
        // The colon of a field's type has no second one beside it.
        ':' => !(line[at + 1..].starts_with(':') || line[..*at].ends_with(':')),
        '.' | '_' | '#' => false,
        c => !c.is_alphanumeric(),
    });
    line.split_at(end.map_or(line.len(), |(at, _)| at))
}

/// The features at the end of a line, without which the line is left.
fn features(line: &str) -> (&str, BTreeSet<String>) {
    if let Some((rest, names)) = line.rsplit_once("  if ") {
        let names: Vec<&str> = names.split(" or ").collect();
        let is_name = |name: &&str| {
            !name.is_empty()
                && name
                    .chars()
                    .all(|c| c.is_alphanumeric() || "_#".contains(c))
        };
        if names.iter().all(is_name) {
            return (rest, names.into_iter().map(str::to_owned).collect());
        }
    }
    (line, BTreeSet::new())
}

/// The name of a constant at the end of a line, without which the line is left.
fn with_constant(line: &str) -> (&str, Option<String>) {
    match line.rsplit_once("  ") {
        Some((rest, name))
            if !name.is_empty()
                && name.chars().all(|c| {
                    c == '_' || c.is_numeric() || (c.is_alphabetic() && !c.is_lowercase())
                }) =>
        {
            (rest, Some(name.to_owned()))
        }
        _ => (line, None),
    }
}

/// The text of a string literal.
fn quoted(literal: &str) -> Result<String, &'static str> {
    const EXPECTED: &str = "a name in quotes at the end";
    let inner = literal
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'));
    match inner {
        Some(inner) if !inner.contains(['"', '\\']) => Ok(inner.to_owned()),
        _ => syn::parse_str::<syn::LitStr>(literal)
            .map(|text| text.value())
            .map_err(|_| EXPECTED),
    }
}

/// What stands after the opening parenthesis of a function.
fn function(text: &str) -> Result<Function, &'static str> {
    const EXPECTED: &str = "parameters, `-> Request<…>`, a method and a path";
    let (parameters, rest) = text.split_once(") -> Request<").ok_or(EXPECTED)?;
    let (returns, request) = rest.split_once(">  ").ok_or(EXPECTED)?;
    let (method, path) = request.split_once(' ').ok_or(EXPECTED)?;
    let parameters = separated(parameters).into_iter().map(|parameter| {
        let (name, ty) = parameter.split_once(": ").ok_or(EXPECTED)?;
        Ok(Parameter {
            name: name.to_owned(),
            ty: ty.to_owned(),
        })
    });
    Ok(Function {
        parameters: parameters.collect::<Result<_, &'static str>>()?,
        returns: returns.to_owned(),
        method: method.to_owned(),
        path: path.to_owned(),
        description: None,
    })
}

/// The parameters between the commas that are in no brackets.
fn separated(parameters: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut depth, mut start) = (0_usize, 0);
    for (at, c) in parameters.char_indices() {
        match c {
            '<' | '[' | '(' => depth += 1,
            '>' | ']' | ')' => depth = depth.saturating_sub(1),
            ',' if depth == 0 => {
                parts.push(parameters[start..at].trim());
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(parameters[start..].trim());
    parts.retain(|part| !part.is_empty());
    parts
}
