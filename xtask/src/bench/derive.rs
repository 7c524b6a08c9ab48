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
    let mut parsed = parse(files)?;
    let names: BTreeMap<String, Names> = parsed
        .iter_mut()
        .map(|(path, file)| (path.clone(), take_names(file)))
        .collect();
    let rewritten = parsed.into_iter().map(|(path, mut file)| {
        // What a long file implements for its models is in a file below it.
        let below = format!("{}/wire.rs", path.trim_end_matches(".rs"));
        let known = [&path, &below].map(|path| names.get(path));
        let known: Vec<&Names> = known.into_iter().flatten().collect();
        derive(&mut file, &known, undeclared).map_err(|reason| Failure::Form {
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

/// The names on the wire that a file knows: of fields by struct, of variants by enum.
#[derive(Default)]
struct Names {
    models: BTreeMap<String, BTreeMap<String, String>>,
    enums: BTreeMap<String, BTreeMap<String, String>>,
}

/// Takes the implementations out that derives stand for, and says what they knew.
fn take_names(file: &mut File) -> Names {
    let mut names = Names::default();
    file.items.retain(|item| {
        let Item::Impl(item) = item else { return true };
        let Some((of, owner)) = implemented(item) else {
            return true;
        };
        match of.as_str() {
            "Model" => {
                names.models.insert(owner, texts(item, "read"));
                false
            }
            // Stays: it is what names on the wire are compared and shown by.
            "OpenEnum" => {
                names.enums.insert(owner, texts(item, "from_wire"));
                true
            }
            "Serialize" | "Deserialize" => false,
            _ => true,
        }
    });
    names
}

fn derive(file: &mut File, known: &[&Names], undeclared: Undeclared) -> Result<(), String> {
    for item in &mut file.items {
        match item {
            Item::Struct(item) => {
                let owner = item.ident.to_string();
                if let Some(wires) = known.iter().find_map(|names| names.models.get(&owner)) {
                    structure(item, wires, undeclared)?;
                }
            }
            Item::Enum(item) => {
                let owner = item.ident.to_string();
                if let Some(wires) = known.iter().find_map(|names| names.enums.get(&owner)) {
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

    /// The models of the committed crate: structs, derived ones and enums.
    fn models() -> BTreeMap<String, String> {
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../generated/src/models");
        let mut files = BTreeMap::new();
        for entry in fs::read_dir(source).unwrap().flatten() {
            let path = entry.path();
            if path.is_file() {
                let name = path.file_name().unwrap().to_string_lossy().into_owned();
                files.insert(name, fs::read_to_string(path).unwrap());
            }
        }
        files
    }

    fn count(word: &str, files: &BTreeMap<String, String>) -> usize {
        let counts = files.values().map(|text| text.matches(word).count());
        counts.sum()
    }

    #[test]
    fn every_model_of_the_committed_crate_gets_its_derives() {
        let files = models();
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
        assert_eq!(count("model::value(", &rewritten), 0);
        let wires = count("pub const ", &files);
        assert_eq!(count("skip_serializing_if", &rewritten), wires);
    }
    /// As the files of long models are emitted: what is implemented is in a file below.
    #[test]
    fn names_are_found_in_the_file_below() {
        let mut files = BTreeMap::new();
        for (path, text) in models() {
            let parsed = syn::parse_file(&text).unwrap();
            let below = format!("{}/wire.rs", path.trim_end_matches(".rs"));
            let (implementations, declarations) = parsed
                .items
                .into_iter()
                .partition(|item| matches!(item, syn::Item::Impl(_)));
            for (path, items) in [(path, declarations), (below, implementations)] {
                let file = syn::File {
                    shebang: None,
                    frontmatter: None,
                    attrs: Vec::new(),
                    items,
                };
                files.insert(path, prettyplease::unparse(&file));
            }
        }
        let together = rewrite(&models(), Undeclared::Flattened).unwrap();
        let apart = rewrite(&files, Undeclared::Flattened).unwrap();
        for word in [
            "derive(::serde::Serialize",
            "serde(flatten)",
            "serde(rename",
        ] {
            assert_eq!(count(word, &apart), count(word, &together), "{word}");
        }
        assert_eq!(count("impl Model for ", &apart), 0);
    }
}
