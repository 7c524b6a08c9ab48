//! The code of a written crate against its plan: with the documentation taken out of both, nothing differs.

use std::collections::BTreeMap;

use graph_codegen::diagnostics::Diagnostics;
use graph_codegen::emit::emit;
use graph_codegen::plan::nodes::{CratePlan, ModelItem, ModulePlan, StructPlan};
use graph_codegen::tree::{GENERATED_HEADER, OutputTree};
use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// Attributes that the generator writes beside documentation, as tokens.
const ATTRIBUTES: &[&str] = &[
    "derive (Clone , Debug , Default , PartialEq)",
    "derive (Clone , Debug , PartialEq , Eq , Hash)",
    "expect (clippy :: module_inception , reason = \"the service repeats the name\")",
    "expect (clippy :: too_many_arguments , reason = \"the path has as many placeholders\")",
    // In the macro that declares models.
    "$ behind",
];

/// The macros that a crate has: the one that declares models, and its definition.
const MACROS: &[&str] = &["macro_rules", "models"];

/// Whether an attribute is a `cfg` of features alone.
fn is_of_features(attribute: &str) -> bool {
    let Some(inner) = attribute
        .strip_prefix("cfg (")
        .and_then(|inner| inner.strip_suffix(')'))
    else {
        return false;
    };
    let any = inner
        .strip_prefix("any (")
        .and_then(|inner| inner.strip_suffix(')'));
    any.unwrap_or(inner).split(" , ").all(|feature| {
        let name = feature
            .strip_prefix("feature = \"")
            .and_then(|name| name.strip_suffix('"'));
        name.is_some_and(|name| name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_'))
    })
}

/// The tokens of a file without documentation, and its other attributes.
#[derive(Default)]
struct Code {
    tokens: Vec<String>,
    attributes: Vec<String>,
}

impl Code {
    fn of(text: &str) -> Self {
        let mut code = Self::default();
        code.take(text.parse().unwrap());
        code
    }

    fn take(&mut self, tokens: TokenStream) {
        let mut tokens = tokens.into_iter().peekable();
        while let Some(token) = tokens.next() {
            if is_punct(&token, '#') {
                let inner = tokens.next_if(|next| is_punct(next, '!')).is_some();
                if let Some(TokenTree::Group(group)) = tokens.next_if(is_bracket) {
                    let text = group.stream().to_string();
                    if !text.starts_with("doc =") {
                        assert!(!inner, "{text}");
                        self.attributes.push(text);
                    }
                    continue;
                }
            }
            match token {
                TokenTree::Group(group) => {
                    self.tokens.push(format!("{:?}", group.delimiter()));
                    self.take(group.stream());
                    self.tokens.push("end".to_owned());
                }
                other => self.tokens.push(other.to_string()),
            }
        }
    }
}

fn is_punct(token: &TokenTree, c: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == c)
}

fn is_bracket(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Group(group) if group.delimiter() == Delimiter::Bracket)
}

/// The plan without a word of documentation.
fn undocumented(plan: &CratePlan) -> CratePlan {
    let mut plan = plan.clone();
    plan.doc.clear();
    plan.namespaces.iter_mut().for_each(|item| item.doc.clear());
    for model in &mut plan.models {
        match &mut model.item {
            ModelItem::Struct(item) => bare(item),
            ModelItem::Enum(item) => {
                item.doc.clear();
                item.variants
                    .iter_mut()
                    .for_each(|variant| variant.doc.clear());
            }
        }
    }
    plan.areas.iter_mut().for_each(bare_module);
    plan
}

fn bare(item: &mut StructPlan) {
    item.doc.clear();
    item.fields.iter_mut().for_each(|field| field.doc.clear());
}

fn bare_module(module: &mut ModulePlan) {
    module.doc.clear();
    module.bodies.iter_mut().for_each(bare);
    module
        .operations
        .iter_mut()
        .for_each(|item| item.doc.clear());
    module.children.iter_mut().for_each(bare_module);
}

/// Asserts that the code of a tree is what its plan says, and that only the plan's texts are in its literals.
pub(super) fn assert_only_the_plan(plan: &CratePlan, tree: &OutputTree) {
    let bare = emit(&undocumented(plan), &mut Diagnostics::default());
    assert!(tree.files.keys().eq(bare.files.keys()));
    for (path, text) in tree.files.iter().filter(|(path, _)| path.ends_with(".rs")) {
        syn::parse_file(text).unwrap_or_else(|error| panic!("{path}: {error}\n{text}"));
        let (found, expected) = (Code::of(text), Code::of(&bare.files[path]));
        assert_eq!(found.tokens, expected.tokens, "{path}\n{text}");
        assert_eq!(found.attributes, expected.attributes, "{path}");
        for attribute in &found.attributes {
            assert!(
                is_of_features(attribute) || ATTRIBUTES.contains(&attribute.as_str()),
                "{attribute}"
            );
        }
        // A comment that is no documentation is in no token.
        for (number, line) in text.lines().enumerate() {
            let line = line.trim_start();
            let is_plain =
                line.starts_with("//") && !line.starts_with("///") && !line.starts_with("//!");
            let is_header = number == 0 && line.starts_with(&format!("// {GENERATED_HEADER}"));
            assert_eq!(is_plain, is_header, "{path}: {line}");
        }
    }
    assert_eq!(items(tree), planned_items(plan));
    assert_eq!(statics(tree), planned_statics(plan));
}

/// The files of the library.
fn library(tree: &OutputTree) -> impl Iterator<Item = &String> {
    let files = tree.files.iter();
    let own = files.filter(|(path, _)| path.starts_with("src/") && path.ends_with(".rs"));
    own.map(|(_, text)| text)
}

/// How often each item is defined, by kind and name.
type Items = BTreeMap<String, usize>;

fn items(tree: &OutputTree) -> Items {
    let mut items = Items::new();
    let mut add = |text: String| *items.entry(text).or_default() += 1;
    for text in library(tree) {
        for item in syn::parse_file(text).unwrap().items {
            match item {
                syn::Item::Struct(item) => {
                    let fields = item.fields.iter().filter_map(|field| field.ident.as_ref());
                    fields.for_each(|field| add(format!("{}.{field}", item.ident)));
                    add(format!("struct {}", item.ident));
                }
                syn::Item::Enum(item) => {
                    let variants = item.variants.iter();
                    variants.for_each(|variant| add(format!("{}::{}", item.ident, variant.ident)));
                    add(format!("enum {}", item.ident));
                }
                syn::Item::Fn(item) => add(format!("fn {}", item.sig.ident)),
                syn::Item::Static(item) => add(format!("static {}", item.ident)),
                syn::Item::Const(item) => add(format!("const {}", item.ident)),
                syn::Item::Impl(_) | syn::Item::Use(_) | syn::Item::Mod(_) => {}
                syn::Item::Macro(item)
                    if MACROS.iter().any(|name| item.mac.path.is_ident(name)) => {}
                other => panic!("an item of no known kind: {}", quote::quote!(#other)),
            }
        }
    }
    items
}

fn planned_items(plan: &CratePlan) -> Items {
    let mut items = Items::new();
    let mut add = |text: String| *items.entry(text).or_default() += 1;
    let structure = |item: &StructPlan, add: &mut dyn FnMut(String)| {
        item.fields
            .iter()
            .for_each(|field| add(format!("{}.{}", item.ident, field.ident)));
        add(format!("{}.{}", item.ident, item.additional));
        add(format!("struct {}", item.ident));
    };
    for model in &plan.models {
        match &model.item {
            ModelItem::Struct(item) => structure(item, &mut add),
            ModelItem::Enum(item) => {
                let variants = item.variants.iter().map(|variant| &variant.ident);
                variants
                    .chain([&item.unknown])
                    .for_each(|variant| add(format!("{}::{variant}", item.ident)));
                add(format!("enum {}", item.ident));
            }
        }
    }
    for module in modules(plan) {
        module
            .bodies
            .iter()
            .for_each(|item| structure(item, &mut add));
        for operation in &module.operations {
            add(format!("fn {}", operation.ident));
            add(format!("static {}", operation.constant));
        }
    }
    add("const BASE_URL".to_owned());
    add("const SCOPES".to_owned());
    add("fn mock".to_owned());
    items
}

/// All modules of a plan.
pub(super) fn modules(plan: &CratePlan) -> Vec<&ModulePlan> {
    let mut found: Vec<&ModulePlan> = plan.areas.iter().collect();
    let mut at = 0;
    while at < found.len() {
        found.extend(&found[at].children);
        at += 1;
    }
    found
}

/// The texts of each static, in order.
fn statics(tree: &OutputTree) -> Vec<(String, Vec<String>)> {
    let mut found = Vec::new();
    for text in library(tree) {
        for item in syn::parse_file(text).unwrap().items {
            if let syn::Item::Static(item) = item {
                let mut texts = Vec::new();
                let value = &item.expr;
                literals(quote::quote!(#value), &mut texts);
                found.push((item.ident.to_string(), texts));
            }
        }
    }
    found.sort();
    found
}

fn literals(tokens: TokenStream, texts: &mut Vec<String>) {
    for token in tokens {
        match token {
            TokenTree::Group(group) => literals(group.stream(), texts),
            TokenTree::Literal(literal) => {
                if let syn::Lit::Str(text) = syn::Lit::new(literal) {
                    texts.push(text.value());
                }
            }
            _ => {}
        }
    }
}

fn planned_statics(plan: &CratePlan) -> Vec<(String, Vec<String>)> {
    let operations = modules(plan)
        .into_iter()
        .flat_map(|module| &module.operations);
    let mut found: Vec<(String, Vec<String>)> = operations
        .map(|operation| {
            let texts = [&operation.version, &operation.path]
                .into_iter()
                .chain(operation.permissions.iter().flatten())
                .chain([&operation.documentation, &operation.page]);
            (operation.constant.to_string(), texts.cloned().collect())
        })
        .collect();
    found.sort();
    found
}
