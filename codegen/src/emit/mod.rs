//! Turns a [`CratePlan`] into the files of a crate: Rust, its manifest, a listing of its public items, the examples of
//! the pages, and the test that holds it to them.
//!
//! Nothing is decided here. Names, types and signatures are in the plan, and every identifier is a checked one, so that
//! text from a page ends up in string literals and doc lines only.

mod code;
mod conformance;
mod doc;
mod documented;
mod enums;
mod features;
mod file;
mod imports;
mod layout;
mod listing;
mod manifest;
mod models;
mod requests;
mod root;
mod signature;
mod structs;
mod template;
mod types;

use std::collections::BTreeMap;

use crate::diagnostics::Diagnostics;
use crate::plan::nodes::{CratePlan, Form, Module};
use crate::tree::OutputTree;

/// The files of the planned crate.
///
/// Adds no diagnostics: a plan that exists can be written. The list is taken because every stage takes it.
#[must_use]
pub fn emit(plan: &CratePlan, _diagnostics: &mut Diagnostics) -> OutputTree {
    if let Form::Module(module) = &plan.form {
        return of_module(plan, module);
    }
    let OutputTree { mut files } = documented(plan);
    files.insert("Cargo.toml".to_owned(), manifest::package(plan));
    files.insert("rustfmt.toml".to_owned(), manifest::format());
    if !plan.notice.is_empty() {
        files.insert("NOTICE".to_owned(), manifest::notice(plan));
    }
    files.insert("src/lib.rs".to_owned(), root::library(plan));
    models::emit(plan, &mut files);
    conformance::emit(plan, &mut files);
    for area in &plan.areas {
        requests::emit(&plan.form, area, &mut files);
        files.insert(format!("api/{}.txt", area.ident), listing::area(area));
    }
    files.insert("api/models.txt".to_owned(), listing::models(&plan.models));
    OutputTree { files }
}

/// The files of a module of another crate: the code, with [`ROOT`] to be included, and the examples where they are wanted.
fn of_module(plan: &CratePlan, module: &Module) -> OutputTree {
    let mut code = BTreeMap::new();
    models::emit(plan, &mut code);
    for area in &plan.areas {
        requests::emit(&plan.form, area, &mut code);
    }
    let mut files: BTreeMap<String, String> = code
        .into_iter()
        .map(|(path, text)| match path.strip_prefix("src/") {
            Some(below) => (below.to_owned(), text),
            None => (path, text),
        })
        .collect();
    files.insert(ROOT.to_owned(), root::included(plan, module));
    if module.examples {
        files.extend(documented(plan).files);
    }
    if !plan.notice.is_empty() {
        files.insert("NOTICE".to_owned(), manifest::notice(plan));
    }
    OutputTree { files }
}

/// The file of a [module](Form::Module) that the other crate includes.
pub const ROOT: &str = "include.rs";

/// Of the files of [`emit`] those with the examples of the pages, which are all that the mock service reads.
#[must_use]
pub fn documented(plan: &CratePlan) -> OutputTree {
    let mut files = BTreeMap::new();
    for area in &plan.areas {
        files.insert(
            format!("documented/{}.json", area.ident),
            documented::area(area),
        );
    }
    OutputTree { files }
}
