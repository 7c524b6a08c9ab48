//! Rewrites emitted files into what they would be with serde's derive on every model: the yardstick of compiling.
//!
//! Nothing else is changed: names of fields, request functions and their descriptions stay.

use std::collections::BTreeMap;

use quote::quote;
use syn::{Field, Fields, File, Item, ItemEnum, ItemStruct, Type, parse_quote};

use super::syntax::{implemented, last, parse, texts};
use crate::failure::Failure;

/// What becomes of properties that are not declared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Undeclared {
    /// They are kept, as the emitted crate does.
    Flattened,
    /// They are lost, which costs less.
    Skipped,
}

/// The files with derives, as text.
///
/// # Errors
///
/// A model has not the form that is expected, so that its names on the wire are unknown.
pub(super) fn rewrite(
    files: &BTreeMap<String, String>,
    undeclared: Undeclared,
) -> Result<BTreeMap<String, String>, Failure> {
    let rewritten = parse(files)?.into_iter().map(|(path, mut file)| {
        derive(&mut file, undeclared).map_err(|reason| Failure::Form {
            path: path.clone(),
            reason,
        })?;
        if path == "src/lib.rs" {
            // Imports of what the implementations named; to report them would cost time.
            file.attrs.push(parse_quote!(#![allow(unused_imports)]));
        }
        let text = prettyplease::unparse(&file);
        Ok((path, text))
    });
    rewritten.collect()
}

fn derive(file: &mut File, undeclared: Undeclared) -> Result<(), String> {
    let mut models = BTreeMap::new();
    let mut enums = BTreeMap::new();
    file.items.retain(|item| {
        let Item::Impl(item) = item else { return true };
        let Some((of, owner)) = implemented(item) else {
            return true;
        };
        match of.as_str() {
            "Model" => {
                models.insert(owner, texts(item, "read"));
                false
            }
            // Stays: it is what names on the wire are compared and shown by.
            "OpenEnum" => {
                enums.insert(owner, texts(item, "from_wire"));
                true
            }
            "Serialize" | "Deserialize" => false,
            _ => true,
        }
    });
    for item in &mut file.items {
        match item {
            Item::Struct(item) => {
                if let Some(wires) = models.get(&item.ident.to_string()) {
                    structure(item, wires, undeclared)?;
                }
            }
            Item::Enum(item) => {
                if let Some(wires) = enums.get(&item.ident.to_string()) {
                    enumeration(item, wires)?;
                }
            }
            _ => {}
        }
    }
    Ok(())
}

fn structure(
    item: &mut ItemStruct,
    wires: &BTreeMap<String, String>,
    undeclared: Undeclared,
) -> Result<(), String> {
    item.attrs
        .push(parse_quote!(#[derive(::serde::Serialize, ::serde::Deserialize)]));
    for field in &mut item.fields {
        let name = field.ident.as_ref().map(ToString::to_string);
        let name = name.unwrap_or_default();
        field.attrs.push(match wires.get(&name) {
            Some(wire) => parse_quote! {
                #[serde(rename = #wire, skip_serializing_if = "::std::option::Option::is_none", default)]
            },
            None if is_additional(field) => match undeclared {
                Undeclared::Flattened => parse_quote!(#[serde(flatten)]),
                Undeclared::Skipped => parse_quote!(#[serde(skip)]),
            },
            None => return Err(format!("nothing reads `{}::{name}`", item.ident)),
        });
    }
    Ok(())
}

fn is_additional(field: &Field) -> bool {
    matches!(&field.ty, Type::Path(ty) if last(&ty.path).as_deref() == Some("AdditionalProperties"))
}

fn enumeration(item: &mut ItemEnum, wires: &BTreeMap<String, String>) -> Result<(), String> {
    item.attrs
        .push(parse_quote!(#[derive(::serde::Serialize, ::serde::Deserialize)]));
    for variant in &mut item.variants {
        let name = variant.ident.to_string();
        variant.attrs.push(match wires.get(&name) {
            Some(wire) => parse_quote!(#[serde(rename = #wire)]),
            None if matches!(variant.fields, Fields::Unnamed(_)) => {
                parse_quote!(#[serde(untagged)])
            }
            None => {
                let shown = quote!(#variant);
                return Err(format!("nothing makes `{}::{shown}`", item.ident));
            }
        });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::fs;
    use std::path::Path;

    use super::{Undeclared, rewrite};

    /// The committed crate holds structs, derived ones and enums; its own files are the fixture.
    #[test]
    fn every_model_of_the_committed_crate_gets_its_derives() {
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../generated/src/models");
        let mut files = BTreeMap::new();
        for entry in fs::read_dir(source).unwrap().flatten() {
            let path = entry.path();
            if path.is_file() {
                let name = path.file_name().unwrap().to_string_lossy().into_owned();
                files.insert(name, fs::read_to_string(path).unwrap());
            }
        }
        let count = |word: &str, files: &BTreeMap<String, String>| {
            files
                .values()
                .map(|text| text.matches(word).count())
                .sum::<usize>()
        };
        let models = count("impl Model for ", &files);
        let enums = count("impl OpenEnum for ", &files);
        assert!(models > 0 && enums > 0);
        let rewritten = rewrite(&files, Undeclared::Flattened).unwrap();
        assert_eq!(count("impl Model for ", &rewritten), 0);
        assert_eq!(
            count("derive(::serde::Serialize", &rewritten),
            models + enums
        );
        assert_eq!(count("#[serde(flatten)]", &rewritten), models);
        assert_eq!(count("#[serde(untagged)]", &rewritten), enums);
        assert_eq!(count("map.next_value", &rewritten), 0);
        let wires = count("pub const ", &files);
        assert_eq!(count("skip_serializing_if", &rewritten), wires);
    }
}
