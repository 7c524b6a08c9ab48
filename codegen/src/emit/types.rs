//! Turns planned types into tokens, and into the text of the listing.

use super::code::{Code, code};
use super::imports::{Imports, word};
use crate::plan::nodes::{ModelPath, RustType};

/// The type as code of a file.
pub(super) fn tokens(ty: &RustType, imports: &mut Imports) -> Code {
    match ty {
        RustType::Unit => code!(()),
        RustType::Bool => code!(bool),
        RustType::Number(name) => {
            let name = word(name);
            code!(name => #name)
        }
        RustType::String => imports.prelude("String", &["string"]),
        RustType::Runtime(name) => imports.runtime(home(name), name),
        RustType::Model(path) => imports.model(path),
        RustType::Local(name) => {
            code!(name => #name)
        }
        RustType::Vec(item) => {
            let outer = imports.prelude("Vec", &["vec"]);
            let item = tokens(item, imports);
            code!(outer, item => #outer<#item>)
        }
        RustType::Boxed(item) => {
            let outer = imports.prelude("Box", &["boxed"]);
            let item = tokens(item, imports);
            code!(outer, item => #outer<#item>)
        }
        RustType::Generic(name, item) => {
            let outer = imports.runtime(home(name), name);
            let item = tokens(item, imports);
            code!(outer, item => #outer<#item>)
        }
    }
}

/// The function that reads a field from a map: numbers and collections come in more forms than serde takes for their
/// types.
pub(super) fn reading(ty: &RustType, imports: &Imports) -> Code {
    let function = match ty {
        RustType::Number(_) => "number",
        RustType::Vec(item) if matches!(**item, RustType::Number(_)) => "numbers",
        // Null is a value of JSON as good as any.
        RustType::Vec(item) if **item != RustType::Runtime("Json") => "collection",
        _ => "value",
    };
    imports.function("model", function)
}

/// The method of the entries that writes a field.
pub(super) fn writing(ty: &RustType) -> Code {
    match ty {
        // JSON has no number for infinity.
        RustType::Number("f32" | "f64") => code!(fraction),
        RustType::Vec(item) if matches!(**item, RustType::Number("f32" | "f64")) => {
            code!(fractions)
        }
        _ => code!(value),
    }
}

/// The module of the runtime that has the type `name`.
fn home(name: &str) -> &'static str {
    if name == "Bytes" { "bytes" } else { "" }
}

/// The type as the listing names it: models by their path, all else by the last name.
pub(super) fn text(ty: &RustType) -> String {
    match ty {
        RustType::Unit => "()".to_owned(),
        RustType::Bool => "bool".to_owned(),
        RustType::Number(name) | RustType::Runtime(name) => (*name).to_owned(),
        RustType::String => "String".to_owned(),
        RustType::Model(path) => model_text(path),
        RustType::Local(name) => name.to_string(),
        RustType::Vec(item) => format!("Vec<{}>", text(item)),
        RustType::Boxed(item) => format!("Box<{}>", text(item)),
        RustType::Generic(name, item) => format!("{name}<{}>", text(item)),
    }
}

/// A model's path below the crate.
pub(super) fn model_text(path: &ModelPath) -> String {
    match &path.namespace {
        Some(namespace) => format!("models::{namespace}::{}", path.ident),
        None => format!("models::{}", path.ident),
    }
}
