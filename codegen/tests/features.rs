//! What is behind which features: whatever a program turns on, the types that an item mentions are there with the item.
//! Held on our own pages, and on the real ones where they lie beside the checkout.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test may panic, and prints its figures"
)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use graph_codegen::pipeline::{self, Input, Source};
use graph_codegen::plan::ident::RustIdent;
use graph_codegen::plan::nodes::Form;
use graph_codegen::plan::nodes::{
    BodyPlan, CratePlan, ModelItem, ModelPath, ModulePlan, OperationPlan, RustType,
};
use graph_codegen::plan::{Descriptions, PlanOptions};
use graph_codegen::profile::Profile;
use graph_codegen::select::Selection;

fn planned(docs: &Path) -> CratePlan {
    let input = Input {
        source: Source::pages(docs),
        profile: Profile::embedded().unwrap(),
        selection: Selection::default(),
        denied: Vec::new(),
    };
    let options = PlanOptions {
        package: "graph-sdk".to_owned(),
        runtime: "\"0.1.0\"".to_owned(),
        form: Form::Package,
        descriptions: Descriptions::Full,
    };
    pipeline::generate(&input, &options).unwrap().plan
}

/// The features of each model.
type Models<'a> = BTreeMap<ModelPath, &'a [RustIdent]>;

fn models(plan: &CratePlan) -> Models<'_> {
    plan.models
        .iter()
        .map(|model| {
            let ident = match &model.item {
                ModelItem::Struct(plan) => &plan.ident,
                ModelItem::Enum(plan) => &plan.ident,
            };
            let path = ModelPath {
                namespace: model.namespace.clone(),
                ident: ident.clone(),
            };
            (path, &*model.features)
        })
        .collect()
}

/// The model that a type mentions.
fn mentioned(ty: &RustType) -> Option<&ModelPath> {
    match ty {
        RustType::Model(path) => Some(path),
        RustType::Vec(inner) | RustType::Boxed(inner) | RustType::Generic(_, inner) => {
            mentioned(inner)
        }
        _ => None,
    }
}

/// Whether what is behind `target` is there whenever what is behind `owner` is. `full` turns all areas on.
fn implies(owner: &[RustIdent], target: &[RustIdent]) -> bool {
    let full = RustIdent::new("full");
    target.is_empty()
        || (!owner.is_empty()
            && owner
                .iter()
                .all(|feature| *feature == full || target.contains(feature)))
}

/// Calls `see` with each function of a module and of those below it.
fn functions<'a>(module: &'a ModulePlan, see: &mut impl FnMut(&'a ModulePlan, &'a OperationPlan)) {
    for operation in &module.operations {
        see(module, operation);
    }
    for child in &module.children {
        functions(child, see);
    }
}

/// What an item mentions that may be absent where the item is there.
fn absent(plan: &CratePlan) -> Vec<String> {
    let models = models(plan);
    let mut absent = Vec::new();
    let mut check = |owner: &[RustIdent], ty: &RustType, what: String| {
        if let Some(path) = mentioned(ty)
            && !models
                .get(path)
                .is_some_and(|target| implies(owner, target))
        {
            absent.push(format!("{what} mentions `{}`", path.ident));
        }
    };
    for model in &plan.models {
        let ModelItem::Struct(item) = &model.item else {
            continue;
        };
        for field in &item.fields {
            let features = if field.features.is_empty() {
                &model.features
            } else {
                &field.features
            };
            check(
                features,
                &field.ty,
                format!("{}.{}", item.ident, field.ident),
            );
        }
    }
    for area in &plan.areas {
        let owner = std::slice::from_ref(&area.ident);
        functions(area, &mut |module, operation| {
            let what = format!("{} {}", operation.method, operation.path);
            check(owner, &operation.returns, what.clone());
            if let BodyPlan::Json { ty, .. } = &operation.body {
                check(owner, ty, what);
            }
            for body in &module.bodies {
                for field in &body.fields {
                    check(owner, &field.ty, format!("{}.{}", body.ident, field.ident));
                }
            }
        });
    }
    absent
}

/// The models and relationships behind features.
fn counts(plan: &CratePlan) -> [usize; 4] {
    let behind = plan
        .models
        .iter()
        .filter(|model| !model.features.is_empty());
    let fields = || {
        plan.models
            .iter()
            .filter_map(|model| match &model.item {
                ModelItem::Struct(item) => Some(&item.fields),
                ModelItem::Enum(_) => None,
            })
            .flatten()
    };
    [
        behind.count(),
        plan.models.len(),
        fields().filter(|field| !field.features.is_empty()).count(),
        fields().count(),
    ]
}

fn assert_consistent(name: &str, docs: &Path) {
    let plan = planned(docs);
    let absent = absent(&plan);
    assert!(absent.is_empty(), "{name}: {absent:#?}");
    let [models, all, fields, of] = counts(&plan);
    assert!(models > 0, "{name}: no model is behind a feature");
    println!("{name}: {models} of {all} models and {fields} of {of} fields are behind features");
}

#[test]
fn what_an_item_mentions_is_there_with_it() {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs-input");
    assert_consistent("docs-input", &docs);
}

#[test]
fn what_an_item_of_a_real_crate_mentions_is_there_with_it() {
    let corpus: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/corpus");
    if !corpus.is_dir() {
        println!("skipped: no real documentation beside the checkout");
        return;
    }
    for tree in [
        "graph-2018-01/api-reference/v1.0",
        "graph-2018-01/api-reference/beta",
        "graph-2021-07/api-reference/v1.0",
    ] {
        assert_consistent(tree, &corpus.join(tree));
    }
}

/// Of a model that only other areas need, a program sees neither the type nor the relationship to it.
#[test]
fn a_relationship_to_another_area_is_behind_it() {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs-input");
    let plan = planned(&docs);
    let of = |name: &str| {
        let model = plan.models.iter().find(|model| match &model.item {
            ModelItem::Struct(item) => item.ident.as_str() == name,
            ModelItem::Enum(_) => false,
        });
        model.unwrap()
    };
    let names = |features: &[RustIdent]| -> Vec<String> {
        features.iter().map(ToString::to_string).collect()
    };
    assert_eq!(
        names(&of("IosUpdateConfiguration").features),
        ["device_management"]
    );
    let ModelItem::Struct(item) = &of("BaseItem").item else {
        panic!("a base item is a struct");
    };
    let field = item
        .fields
        .iter()
        .find(|field| field.wire == "createdByUser");
    assert_eq!(names(&field.unwrap().features), names(&of("User").features));
}

/// Requests of two areas on one line have one place, and the models that they need are those of both.
#[test]
fn requests_on_one_line_are_of_their_areas() {
    let docs = tempfile::tempdir().unwrap();
    let page = |line: &str, answer: &str| {
        format!(
            "# Get {answer}\n\nGets it.\n\n## HTTP request\n\n```http\n{line}\n```\n\n## Response\n\n\
             If successful, this method returns a `200 OK` response code and a [{answer}](../resources/{answer}.md) object.\n"
        )
    };
    let resource = |name: &str| {
        format!(
            "# {name} resource type\n\nNamespace: microsoft.graph\n\nA {name}.\n\n## Properties\n\n\
             |Property|Type|Description|\n|:---|:---|:---|\n|size|Int32|The size.|\n"
        )
    };
    for (path, text) in [
        (
            "api/berth-get.md",
            page("GET /docks/berth or GET /quays/{id}/berth", "berth"),
        ),
        ("api/tug-get.md", page("GET /tugs/{id}", "tug")),
        ("resources/berth.md", resource("berth")),
        ("resources/tug.md", resource("tug")),
    ] {
        let path = docs.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    let plan = planned(docs.path());
    let absent = absent(&plan);
    assert!(absent.is_empty(), "{absent:#?}");
    let features: Vec<Vec<String>> = models(&plan)
        .values()
        .map(|features| features.iter().map(ToString::to_string).collect())
        .collect();
    assert_eq!(features, [vec!["docks", "quays"], vec!["tugs"]]);
}
