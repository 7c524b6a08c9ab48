//! Turns planned models into files: one for each model, and the modules that re-export them.

use std::collections::{BTreeMap, BTreeSet};

use super::code::{Code, code};
use super::imports::Imports;
use super::{doc, enums, features, file, root, structs};
use crate::plan::ident::RustIdent;
use crate::plan::nodes::{CratePlan, Form, ModelItem, ModelPlan};

/// The models of one namespace by the module of their file.
type Modules<'a> = BTreeMap<&'a RustIdent, Vec<&'a ModelPlan>>;

/// Adds `src/models.rs` and the files below it.
pub(super) fn emit(plan: &CratePlan, files: &mut BTreeMap<String, String>) {
    let mut namespaces: BTreeMap<Option<&RustIdent>, Modules<'_>> = BTreeMap::new();
    for model in &plan.models {
        namespaces
            .entry(model.namespace.as_ref())
            .or_default()
            .entry(&model.module)
            .or_default()
            .push(model);
    }
    for (namespace, modules) in &namespaces {
        let folder = namespace.map_or_else(
            || "src/models".to_owned(),
            |namespace| format!("src/models/{namespace}"),
        );
        for (module, models) in modules {
            let path = format!("{folder}/{module}");
            let whole = text(&plan.form, *namespace, models, Part::Whole);
            if file::is_long(&whole) {
                let wire = text(&plan.form, *namespace, models, Part::Implementations);
                files.insert(format!("{path}/{WIRE}.rs"), wire);
                let declarations = text(&plan.form, *namespace, models, Part::Declarations);
                files.insert(format!("{path}.rs"), declarations);
            } else {
                files.insert(format!("{path}.rs"), whole);
            }
        }
    }

    let none = Modules::new();
    let root_name = RustIdent::new("models");
    let documented: BTreeMap<&RustIdent, &[String]> = plan
        .namespaces
        .iter()
        .map(|namespace| (&namespace.ident, &*namespace.doc))
        .collect();
    let named: BTreeSet<&RustIdent> = namespaces
        .keys()
        .filter_map(|namespace| *namespace)
        .chain(documented.keys().copied())
        .collect();
    for namespace in &named {
        let lines = documented.get(namespace).copied().unwrap_or_default();
        let docs = doc::inner(lines, &format!("The types of the namespace `{namespace}`."));
        let modules = namespaces.get(&Some(*namespace)).unwrap_or(&none);
        let parts = std::iter::once(docs).chain(declarations(namespace, modules));
        files.insert(format!("src/models/{namespace}.rs"), file::rust("", parts));
    }
    let docs = doc::inner(&[], "The types that requests and answers are made of.");
    let public = Code::all(
        named
            .iter()
            .map(|namespace| root::declaration(&code!(pub), namespace, Some(&root_name))),
    );
    let modules = namespaces.get(&None).unwrap_or(&none);
    let is_used = namespaces.iter().any(|(namespace, modules)| {
        let parent = namespace.unwrap_or(&root_name);
        modules.keys().any(|module| *module != parent)
    });
    let shorthand = is_used.then_some(file::Part::Lines(SHORTHAND));
    let declarations = declarations(&root_name, modules);
    let parts = std::iter::once(docs.into()).chain(shorthand).chain(
        std::iter::once(public)
            .chain(declarations)
            .map(file::Part::from),
    );
    files.insert("src/models.rs".to_owned(), file::rust("", parts));
}

/// The macro that declares models: a module and a re-export for each, behind the features that all of them are behind.
/// Without it a list of a thousand models would be of four lines each. It stands only where something is declared by it,
/// since rustc warns of a macro that nothing uses.
const SHORTHAND: &str = "\
macro_rules! models {
    ($($module:ident :: $name:ident),* $(,)?) => {
        $(mod $module; pub use $module :: $name;)*
    };
    ($behind:meta => $($module:ident :: $name:ident),* $(,)?) => {
        $(#[$behind] mod $module; #[$behind] pub use $module :: $name;)*
    };
}
";

/// The declarations of the models in `parent`, by the features that they are behind.
fn declarations(parent: &RustIdent, modules: &Modules<'_>) -> Vec<Code> {
    let mut groups: BTreeMap<&[RustIdent], Vec<Code>> = BTreeMap::new();
    let mut apart = Vec::new();
    for (module, models) in modules {
        for model in models {
            let item = name(model);
            if *module == parent {
                let cfg = features::attribute(&model.features);
                let declaration = root::declaration(&Code::default(), module, Some(parent));
                apart.push(code!(cfg, declaration, module, item => #cfg #declaration #cfg pub use #module::#item;));
            } else {
                let group = groups.entry(&model.features).or_default();
                group.push(code!(module, item => #module::#item));
            }
        }
    }
    let groups = groups.into_iter().map(|(features, models)| {
        let behind = (!features.is_empty()).then(|| {
            let predicate = features::predicate(features);
            code!(predicate => #predicate =>)
        });
        let models = Code::list(models, ",");
        code!(behind, models => models! { #behind #models })
    });
    groups.chain(apart).collect()
}

/// The module for the implementations of a model whose file would be too long with them.
const WIRE: &str = "wire";

/// What of a model a file has.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    /// All of it.
    Whole,
    /// The struct or enum, and the module that has the rest.
    Declarations,
    /// How it is read and written.
    Implementations,
}

/// A file of the models that share a module; nearly always it is one.
fn text(form: &Form, namespace: Option<&RustIdent>, models: &[&ModelPlan], part: Part) -> String {
    let mut imports = Imports::of_models(form, namespace, models.iter().map(|model| name(model)));
    let mut items = Vec::new();
    match part {
        Part::Whole => {}
        Part::Declarations => {
            let wire = RustIdent::new(WIRE);
            items.push(root::declaration(&Code::default(), &wire, None));
        }
        Part::Implementations => {
            items.push(Code::all(models.iter().map(|model| {
                let name = name(model);
                code!(name => use super::#name;)
            })));
        }
    }
    for model in models {
        if part != Part::Implementations {
            items.extend(match &model.item {
                ModelItem::Struct(plan) => structs::declare(plan, &mut imports),
                ModelItem::Enum(plan) => enums::declare(plan, &mut imports),
            });
        }
        if part != Part::Declarations {
            items.extend(match &model.item {
                ModelItem::Struct(plan) => structs::implement(plan, &mut imports),
                ModelItem::Enum(plan) => enums::implement(plan, &mut imports),
            });
        }
    }
    let pages: BTreeSet<&str> = models.iter().map(|model| &*model.page).collect();
    let pages: Vec<&str> = pages.into_iter().collect();
    file::rust(
        &pages.join(", "),
        [imports.lines()].into_iter().chain(items),
    )
}

/// The name that a model defines.
pub(super) fn name(model: &ModelPlan) -> &RustIdent {
    match &model.item {
        ModelItem::Struct(plan) => &plan.ident,
        ModelItem::Enum(plan) => &plan.ident,
    }
}
