//! Turns a planned module of requests into its file: modules in it, bodies, and a function and a static per operation.

use std::collections::BTreeMap;

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::imports::{Imports, ident, word};
use super::signature::{self, Passed};
use super::{doc, file, root, structs, types};
use crate::plan::nodes::{BodyPlan, ModulePlan, OperationPlan};

/// Clippy's `too_many_arguments` speaks up above this number.
const MANY_ARGUMENTS: usize = 7;

/// Adds the file of `module`, and those of the modules in it.
pub(super) fn emit(module: &ModulePlan, files: &mut BTreeMap<String, String>) {
    below("src", module, files);
}

fn below(folder: &str, module: &ModulePlan, files: &mut BTreeMap<String, String>) {
    let path = format!("{folder}/{}", module.ident);
    for child in &module.children {
        below(&path, child, files);
    }
    files.insert(format!("{path}.rs"), text(module));
}

fn text(module: &ModulePlan) -> String {
    let mut imports = Imports::of_requests(module.bodies.iter().map(|body| &body.ident));
    let mut items: Vec<TokenStream> = Vec::new();
    // The names of the runtime come first, so that a model of the same name is the one to be written in full,
    // whichever of them happens to be mentioned first.
    if !module.operations.is_empty() {
        for name in ["Operation", "Permissions", "Request"] {
            imports.runtime("", name);
        }
        imports.runtime("http", "Method");
    }
    for body in &module.bodies {
        items.extend(structs::emit(body, &mut imports));
    }
    for operation in &module.operations {
        items.push(function(operation, &mut imports));
        items.push(description(operation, &mut imports));
    }
    let docs = doc::inner(&module.doc, &format!("Requests below `{}`.", module.ident));
    let children = module
        .children
        .iter()
        .map(|child| root::declaration(&quote!(pub), &child.ident, Some(&module.ident)))
        .collect();
    file::rust(
        "",
        [docs, imports.lines(), children].into_iter().chain(items),
    )
}

fn function(operation: &OperationPlan, imports: &mut Imports) -> TokenStream {
    let name = ident(&operation.ident);
    let constant = ident(&operation.constant);
    let docs = doc::outer(
        &operation.doc,
        &format!(
            "{}.",
            doc::code(&format!("{} {}", operation.method, operation.path))
        ),
    );
    let request = imports.runtime("", "Request");
    let returns = types::tokens(&operation.returns, imports);
    let parameters = signature::parameters(operation);
    let many = (parameters.len() > MANY_ARGUMENTS).then(|| {
        quote!(#[expect(clippy::too_many_arguments, reason = "the path has as many placeholders")])
    });
    let parameters: Vec<_> = parameters
        .iter()
        .map(|parameter| signature::tokens(parameter, imports))
        .collect();
    let values = operation.arguments.iter().map(|argument| {
        let name = ident(&argument.ident);
        match signature::in_path(&argument.ty) {
            Passed::Text => quote!(#name),
            _ => quote!(&#name.to_string()),
        }
    });
    let body = match &operation.body {
        BodyPlan::None => TokenStream::new(),
        BodyPlan::Json { ident: name, .. } => {
            let name = ident(name);
            quote!(.json(#name))
        }
        BodyPlan::Reference { ident: name } => {
            let name = ident(name);
            quote!(.reference(#name))
        }
        BodyPlan::Content {
            content_type,
            ident: name,
        } => {
            let (content_type, name) = (ident(content_type), ident(name));
            quote!(.content(#content_type, #name))
        }
    };
    quote! {
        #docs
        #many
        pub fn #name(#(#parameters),*) -> #request<#returns> {
            #request::new(&#constant, &[#(#values),*])#body
        }
    }
}

fn description(plan: &OperationPlan, imports: &mut Imports) -> TokenStream {
    let constant = ident(&plan.constant);
    // The parentheses say that the function is meant, where a module has the same name.
    let docs = doc::outer(
        &[],
        &format!("The operation that [`{}()`] requests.", plan.ident),
    );
    let operation = imports.runtime("", "Operation");
    let permissions = imports.runtime("", "Permissions");
    let methods = imports.runtime("http", "Method");
    let method = word(&plan.method);
    let success = plan
        .success
        .iter()
        .map(|code| Literal::u16_unsuffixed(*code));
    let [work, personal, application] = &plan.permissions;
    let OperationPlan {
        version,
        path,
        documentation,
        page,
        ..
    } = plan;
    quote! {
        #docs
        pub static #constant: #operation = #operation {
            method: #methods::#method,
            version: #version,
            path: #path,
            success: &[#(#success),*],
            permissions: #permissions {
                delegated_work: &[#(#work),*],
                delegated_personal: &[#(#personal),*],
                application: &[#(#application),*],
            },
            documentation: #documentation,
            page: #page,
        };
    }
}
