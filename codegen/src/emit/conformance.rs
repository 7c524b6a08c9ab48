//! Turns the functions that have examples, and the derived models, into the test that holds them to the examples.
//!
//! It is a table: a closure for each function calls it with what an example has. All else is in the runtime, so that a
//! function costs a line of Rust however many examples it has.

use std::collections::BTreeMap;

use super::code::{Code, code};
use super::imports::word;
use super::signature::{self, Passed};
use super::{doc, features, file, models, root};
use crate::plan::ident::RustIdent;
use crate::plan::nodes::{BodyPlan, CratePlan, ModelItem, ModelPlan, ModulePlan, OperationPlan};

/// The folder of the test.
const FOLDER: &str = "tests/conformance";

/// A function by its path.
type Function<'a> = (String, &'a OperationPlan);

/// Adds the files of the test. Those of the areas lie in a folder of their own, whatever an area is called.
pub(super) fn emit(plan: &CratePlan, files: &mut BTreeMap<String, String>) {
    let library = word(&plan.package.replace('-', "_"));
    let docs = doc::inner(
        &[],
        "Holds the functions and models to the examples of the pages; `--json` prints what became of each.",
    );
    let modules = code! {
        mod cases;
        mod derived;
    };
    let main = code! {
        fn main() -> graph_runtime::conformance::ExitCode {
            graph_runtime::conformance::run(cases::AREAS, derived::DERIVED)
        }
    };
    files.insert(
        format!("{FOLDER}/main.rs"),
        file::rust("", [docs, modules, main]),
    );
    files.insert(format!("{FOLDER}/derived.rs"), derived(plan, &library));
    let mut declarations = Code::default();
    let mut areas = Vec::new();
    for area in &plan.areas {
        let feature = area.ident.as_str();
        let tables = tables(area, &library, files);
        if !tables.is_empty() {
            let module = root::declaration(&Code::default(), &area.ident, None);
            declarations.extend(code!(feature, module => #[cfg(feature = #feature)] #module));
        }
        let documented = format!("../../documented/{feature}.json");
        let tables = Code::list(tables, ",");
        areas.push(code! { feature, documented, tables =>
            #[cfg(feature = #feature)]
            Area { documented: include_str!(#documented), cases: &[#tables] }
        });
    }
    let areas = Code::list(areas, ",");
    let import = code!(
        use graph_runtime::conformance::Area;
    );
    let table = code!(areas => pub(super) static AREAS: &[Area] = &[#areas];);
    files.insert(
        format!("{FOLDER}/cases.rs"),
        file::rust("", [import, declarations, table]),
    );
}

/// Adds the files of an area, and returns the paths of the tables in them; none if no function has an example of its own.
fn tables(
    area: &ModulePlan,
    library: &RustIdent,
    files: &mut BTreeMap<String, String>,
) -> Vec<Code> {
    let mut functions = area.functions();
    functions.retain(|(_, operation)| {
        let mut exchanges = operation.exchanges.iter();
        exchanges.any(|exchange| !exchange.shared)
    });
    if functions.is_empty() {
        return Vec::new();
    }
    let name = word(area.ident.as_str());
    let import = code!(library, name => use #library::#name;);
    let mut modules = vec![code!(name => #name::CASES)];
    let mut declarations = Code::default();
    let mut parts = parts(&functions, &import);
    let own = parts
        .remove("")
        .map_or_else(Vec::new, |part| part.functions);
    for (part, Part { text, .. }) in parts {
        let path = format!("{FOLDER}/cases/{}/{part}.rs", area.ident);
        files.insert(path, text);
        let part = RustIdent::new(&part);
        declarations.extend(root::declaration(
            &code!(pub(super)),
            &part,
            Some(&area.ident),
        ));
        let part = word(part.as_str());
        modules.push(code!(name, part => #name::#part::CASES));
    }
    let import = if own.is_empty() {
        Code::default()
    } else {
        import
    };
    let path = format!("{FOLDER}/cases/{}.rs", area.ident);
    files.insert(path, text(&own, &import, &declarations));
    modules
}

/// The functions of an area by the modules below it that they are in, whose names are joined; all of them under no name
/// where one file has place for them, and by as many modules as it takes otherwise.
fn parts<'a>(functions: &[Function<'a>], import: &Code) -> BTreeMap<String, Part<'a>> {
    let depth = |path: &str| path.split("::").count().saturating_sub(2);
    let deepest = functions.iter().map(|(path, _)| depth(path)).max();
    let mut parts = BTreeMap::new();
    for modules in 0..=deepest.unwrap_or(0) {
        let mut groups: BTreeMap<String, Vec<Function<'a>>> = BTreeMap::new();
        for (path, operation) in functions {
            let names: Vec<&str> = path.split("::").skip(1).collect();
            let names = &names[..modules.min(depth(path))];
            let group = groups.entry(names.join("_")).or_default();
            group.push((path.clone(), *operation));
        }
        parts = groups
            .into_iter()
            .map(|(name, functions)| {
                let text = text(&functions, import, &Code::default());
                (name, Part { functions, text })
            })
            .collect();
        if !parts.values().any(|part| file::is_long(&part.text)) {
            break;
        }
    }
    parts
}

/// A part of an area.
struct Part<'a> {
    functions: Vec<Function<'a>>,
    /// The file with their table.
    text: String,
}

/// A file with the table of some functions.
fn text(functions: &[Function<'_>], import: &Code, declarations: &Code) -> String {
    let cases = Code::list(functions.iter().map(case), ",");
    let imports = code! { import =>
        use graph_runtime::conformance::Case;
        #import
    };
    let table = code! { cases =>
        pub(crate) static CASES: &[Case] = &[#cases];
    };
    file::rust("", [imports, declarations.clone(), table])
}

fn case((path, operation): &Function<'_>) -> Code {
    let function = Code::list(path.split("::").map(word), "::");
    let mut arguments: Vec<Code> = Vec::new();
    for (index, argument) in operation.arguments.iter().enumerate() {
        arguments.push(match signature::in_path(&argument.ty) {
            Passed::Text => code!(index => trial.text(#index)),
            _ => code!(index => trial.value(#index)),
        });
    }
    match &operation.body {
        BodyPlan::None => {}
        BodyPlan::Json { ty, .. } => arguments.push(match signature::in_body(ty) {
            Passed::Text => code!(&trial.json::<String>()),
            Passed::Slice(_) => code!(&trial.json::<Vec<_>>()),
            Passed::Value(_) | Passed::Reference(_) => code!(&trial.json()),
        }),
        BodyPlan::Reference { .. } => arguments.push(code!(trial.reference())),
        BodyPlan::Content { .. } => {
            arguments.push(code!(trial.content_type()));
            arguments.push(code!(trial.bytes()));
        }
    }
    let arguments = Code::list(arguments, ",");
    code! { path, function, arguments =>
        Case { function: #path, call: |trial| trial.check(#function(#arguments)) }
    }
}

/// The file with the derived models.
fn derived(plan: &CratePlan, library: &RustIdent) -> String {
    let models = plan.models.iter().filter(|model| match &model.item {
        ModelItem::Struct(plan) => plan.derived,
        ModelItem::Enum(_) => false,
    });
    let models = Code::list(models.map(|model| derived_model(model, library)), ",");
    let import = code!(
        use graph_runtime::conformance::Derived;
    );
    let table = code! { models =>
        pub(super) static DERIVED: &[Derived] = &[#models];
    };
    file::rust("", [import, table])
}

fn derived_model(model: &ModelPlan, library: &RustIdent) -> Code {
    let behind = features::attribute(&model.features);
    let namespace = model.namespace.as_ref().map(|namespace| {
        let namespace = word(namespace.as_str());
        code!(namespace => #namespace::)
    });
    let name = word(models::name(model).as_str());
    code!(behind, library, namespace, name => #behind Derived::of::<#library::models::#namespace #name>())
}
