//! Reads the documentation of items, their attributes, and what the statics of operations say, from the files of a crate.

use std::collections::BTreeSet;

use syn::{Attribute, Expr, Fields, Lit, Meta, Visibility};

use super::operations;
use super::surface::{Key, Kind, Space, Surface, SurfaceError};
use crate::tree::OutputTree;

/// Where the sources are.
const SOURCES: &str = "src/";

/// Where the models are: each in a private module, re-exported by the module above.
const MODELS: &str = "models";

/// Adds to the items of `surface` what the sources say about them. An item that they do not have stays as it is.
pub(super) fn read(tree: &OutputTree, surface: &mut Surface) -> Result<(), SurfaceError> {
    let private = private_modules(tree);
    for (file, text) in &tree.files {
        let Some(path) = module(file) else {
            continue;
        };
        surface.documented = true;
        let parsed = syn::parse_file(text).map_err(|error| SurfaceError::Source {
            file: file.clone(),
            message: error.to_string(),
        })?;
        let parent = public_path(&path, &private);
        module_items(&parent, parsed, surface);
    }
    Ok(())
}

/// The names of the modules that lead to a source file, from the root of the crate; none for a file that is no source.
fn module(file: &str) -> Option<Vec<&str>> {
    let path = file.strip_prefix(SOURCES)?.strip_suffix(".rs")?;
    Some(path.split('/').filter(|name| *name != "lib").collect())
}

/// The modules without `pub`, whose items their parents re-export.
fn private_modules(tree: &OutputTree) -> BTreeSet<Vec<&str>> {
    let mut found = BTreeSet::new();
    for (file, text) in &tree.files {
        let Some(path) = module(file) else {
            continue;
        };
        for line in text.lines() {
            let name = line
                .strip_prefix("mod ")
                .and_then(|rest| rest.strip_suffix(';'));
            if let Some(name) = name {
                let mut inner = path.clone();
                inner.push(name);
                found.insert(inner);
            }
        }
    }
    found
}

/// The path by which users name what is in the file of a module.
fn public_path(path: &[&str], private: &BTreeSet<Vec<&str>>) -> String {
    if path.first() == Some(&MODELS) && path.len() > 1 {
        return path[..path.len() - 1].join("::");
    }
    let names = (1..=path.len())
        .filter(|end| !private.contains(&path[..*end]))
        .map(|end| path[end - 1]);
    names.collect::<Vec<_>>().join("::")
}

fn module_items(parent: &str, file: syn::File, surface: &mut Surface) {
    let within = |name: &syn::Ident| format!("{parent}::{name}");
    note(surface, Key::new(parent, Space::Module), &file.attrs);
    // The static of an operation stands below its function.
    let mut last = None;
    for item in file.items {
        match item {
            syn::Item::Struct(item) if is_public(&item.vis) => {
                let path = within(&item.ident);
                if let Fields::Named(fields) = &item.fields {
                    for field in &fields.named {
                        if let Some(name) = &field.ident {
                            let key = Key::new(format!("{path}.{name}"), Space::Member);
                            note(surface, key, &field.attrs);
                        }
                    }
                }
                note(surface, Key::new(path, Space::Type), &item.attrs);
            }
            syn::Item::Enum(item) if is_public(&item.vis) => {
                let path = within(&item.ident);
                for variant in &item.variants {
                    let key = Key::new(format!("{path}::{}", variant.ident), Space::Member);
                    note(surface, key, &variant.attrs);
                }
                note(surface, Key::new(path, Space::Type), &item.attrs);
            }
            syn::Item::Fn(item) if is_public(&item.vis) => {
                let key = Key::new(within(&item.sig.ident), Space::Function);
                note(surface, key.clone(), &item.attrs);
                last = Some(key);
            }
            syn::Item::Static(item) => {
                let function = last.take().and_then(|key| surface.items.get_mut(&key));
                if let Some(Kind::Function(function)) = function.map(|item| &mut item.kind) {
                    function.description = operations::description(&item.expr);
                }
            }
            _ => {}
        }
    }
}

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

/// Adds what the attributes say to an item. A module of several files has the documentation of the one that has some.
fn note(surface: &mut Surface, key: Key, attributes: &[Attribute]) {
    let Some(item) = surface.items.get_mut(&key) else {
        return;
    };
    let doc = documentation(attributes);
    if !doc.is_empty() && item.doc.is_empty() {
        item.doc = doc;
    }
    item.deprecated |= has(attributes, "deprecated");
    item.non_exhaustive |= has(attributes, "non_exhaustive");
}

fn has(attributes: &[Attribute], name: &str) -> bool {
    let mut attributes = attributes.iter();
    attributes.any(|attribute| attribute.path().is_ident(name))
}

/// The lines of documentation comments.
fn documentation(attributes: &[Attribute]) -> Vec<String> {
    let mut lines = Vec::new();
    for attribute in attributes {
        let Meta::NameValue(value) = &attribute.meta else {
            continue;
        };
        if !value.path.is_ident("doc") {
            continue;
        }
        if let Expr::Lit(literal) = &value.value
            && let Lit::Str(text) = &literal.lit
        {
            let text = text.value();
            lines.push(text.strip_prefix(' ').unwrap_or(&text).to_owned());
        }
    }
    lines
}
