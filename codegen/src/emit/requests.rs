//! Turns a planned module of requests into its file: modules in it, bodies, and a function and a static per operation.

use std::collections::BTreeMap;

use super::code::{Code, code};
use super::imports::{Imports, word};
use super::signature::{self, Passed};
use super::{doc, file, root, structs, types};
use crate::plan::ident::RustIdent;
use crate::plan::nodes::{BodyPlan, Form, ModulePlan, OperationPlan, RustType};
use crate::prose::code_span;

/// Clippy's `too_many_arguments` speaks up above this number.
const MANY_ARGUMENTS: usize = 7;

/// Adds the file of `module`, and those of the modules in it.
pub(super) fn emit(form: &Form, module: &ModulePlan, files: &mut BTreeMap<String, String>) {
    below(form, "src", module, files);
}

fn below(form: &Form, folder: &str, module: &ModulePlan, files: &mut BTreeMap<String, String>) {
    let path = format!("{folder}/{}", module.ident);
    for child in &module.children {
        below(form, &path, child, files);
    }
    let whole = text(form, module, &[]);
    if !file::is_long(&whole) {
        files.insert(format!("{path}.rs"), whole);
        return;
    }
    let parts = parts(form, module);
    for part in &parts {
        files.insert(format!("{path}/{}.rs", part.ident), text(form, part, &[]));
    }
    let rest = ModulePlan {
        bodies: Vec::new(),
        operations: Vec::new(),
        ..module.clone()
    };
    files.insert(format!("{path}.rs"), text(form, &rest, &parts));
}

/// The functions of a module whose file would be too long, in modules of their own by the first word of their names: by
/// more words where those would be too long as well.
fn parts(form: &Form, module: &ModulePlan) -> Vec<ModulePlan> {
    let longest = module
        .operations
        .iter()
        .map(|operation| operation.ident.as_str().split('_').count())
        .max()
        .unwrap_or(1);
    let mut parts = Vec::new();
    for words in 1..=longest {
        parts = by_words(module, words);
        if !parts
            .iter()
            .any(|part| file::is_long(&text(form, part, &[])))
        {
            break;
        }
    }
    parts
}

/// The functions of a module in modules of their own, by the first words of their names.
fn by_words(module: &ModulePlan, words: usize) -> Vec<ModulePlan> {
    let mut groups: BTreeMap<String, Vec<&OperationPlan>> = BTreeMap::new();
    for operation in &module.operations {
        let name: Vec<&str> = operation.ident.as_str().split('_').take(words).collect();
        groups.entry(name.join("_")).or_default().push(operation);
    }
    groups
        .into_iter()
        .map(|(name, operations)| {
            let taken = module
                .children
                .iter()
                .any(|child| *child.ident.as_str() == name);
            let name = if taken {
                format!("{name}_requests")
            } else {
                name
            };
            let sent: Vec<&RustIdent> = operations
                .iter()
                .filter_map(|operation| match &operation.body {
                    BodyPlan::Json {
                        ty: RustType::Local(body),
                        ..
                    } => Some(body),
                    _ => None,
                })
                .collect();
            ModulePlan {
                ident: RustIdent::new(&name),
                doc: module.doc.clone(),
                bodies: module
                    .bodies
                    .iter()
                    .filter(|body| sent.contains(&&body.ident))
                    .cloned()
                    .collect(),
                operations: operations.into_iter().cloned().collect(),
                children: Vec::new(),
            }
        })
        .collect()
}

/// The file of a module; `parts` are the modules that hold what the file would be too long with.
fn text(form: &Form, module: &ModulePlan, parts: &[ModulePlan]) -> String {
    let mut imports = Imports::of_requests(form, module.bodies.iter().map(|body| &body.ident));
    let mut items: Vec<Code> = Vec::new();
    // The names of the runtime come first, so that a model of the same name is the one to be written in full,
    // whichever of them happens to be mentioned first.
    if !module.operations.is_empty() {
        for name in ["Operation", "Permissions", "Request"] {
            imports.runtime("", name);
        }
        imports.runtime("http", "Method");
    }
    for body in &module.bodies {
        items.extend(structs::declare(body, &mut imports));
        items.extend(structs::implement(body, &mut imports));
    }
    for operation in &module.operations {
        items.push(function(operation, &mut imports));
        items.push(description(operation, &mut imports));
    }
    let docs = doc::inner(&module.doc, &format!("Requests below `{}`.", module.ident));
    let declaration = |visibility: &Code, inner: &ModulePlan| {
        root::declaration(visibility, &inner.ident, Some(&module.ident))
    };
    let children = Code::all(
        module
            .children
            .iter()
            .map(|child| declaration(&code!(pub), child)),
    );
    let own = Code::all(parts.iter().map(|part| declaration(&Code::default(), part)));
    let exports = parts.iter().map(|part| {
        let name = &part.ident;
        code!(name => pub use #name::*;)
    });
    let exports = Code::all(exports);
    file::rust(
        "",
        [docs, imports.lines(), children, own, exports]
            .into_iter()
            .chain(items),
    )
}

fn function(operation: &OperationPlan, imports: &mut Imports) -> Code {
    let name = &operation.ident;
    let constant = &operation.constant;
    let docs = doc::outer(
        &operation.doc,
        &format!(
            "{}.",
            code_span(&format!("{} {}", operation.method, operation.path))
        ),
    );
    let request = imports.runtime("", "Request");
    let returns = types::tokens(&operation.returns, imports);
    let parameters = signature::parameters(operation);
    let many = (parameters.len() > MANY_ARGUMENTS).then(|| {
        code!(#[expect(clippy::too_many_arguments, reason = "the path has as many placeholders")])
    });
    let parameters = parameters.iter();
    let parameters = parameters.map(|parameter| signature::tokens(parameter, imports));
    let parameters = Code::list(parameters, ",");
    let values = operation.arguments.iter().map(|argument| {
        let name = &argument.ident;
        match signature::in_path(&argument.ty) {
            Passed::Text => code!(name => #name),
            _ => code!(name => &#name.to_string()),
        }
    });
    let values = Code::list(values, ",");
    let body = match &operation.body {
        BodyPlan::None => Code::default(),
        BodyPlan::Json { ident: name, .. } => {
            code!(name => .json(#name))
        }
        BodyPlan::Reference { ident: name } => {
            code!(name => .reference(#name))
        }
        BodyPlan::Content {
            content_type,
            ident: name,
        } => {
            code!(content_type, name => .content(#content_type, #name))
        }
    };
    code! { docs, many, name, parameters, request, returns, constant, values, body =>
        #docs
        #many
        pub fn #name(#parameters) -> #request<#returns> {
            #request::new(&#constant, &[#values])#body
        }
    }
}

fn description(plan: &OperationPlan, imports: &mut Imports) -> Code {
    let constant = &plan.constant;
    // The parentheses say that the function is meant, where a module has the same name.
    let docs = doc::outer(
        &[],
        &format!(
            "{}, requested by [`{}()`].",
            code_span(&format!("{} {}", plan.method, plan.path)),
            plan.ident
        ),
    );
    let operation = imports.runtime("", "Operation");
    let permissions = imports.runtime("", "Permissions");
    let methods = imports.runtime("http", "Method");
    let method = word(&plan.method);
    let success = Code::list(&plan.success, ",");
    let [work, personal, application] = plan
        .permissions
        .each_ref()
        .map(|permissions| Code::list(permissions, ","));
    let OperationPlan {
        version,
        path,
        documentation,
        page,
        ..
    } = plan;
    code! { docs, constant, operation, methods, method, version, path, success, permissions, work, personal, application,
        documentation, page =>
        #docs
        pub static #constant: #operation = #operation {
            method: #methods::#method,
            version: #version,
            path: #path,
            success: &[#success],
            permissions: #permissions {
                delegated_work: &[#work],
                delegated_personal: &[#personal],
                application: &[#application],
            },
            documentation: #documentation,
            page: #page,
        };
    }
}
