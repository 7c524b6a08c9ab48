//! A page that is added renames nothing: names of modules, functions, types, fields, variants and body types before and
//! after are compared, item by item as it is on the wire, while pages come in random order.

#![expect(
    clippy::unwrap_used,
    reason = "a test may panic, and so may the functions that it calls"
)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use graph_codegen::corpus::Corpus;
use graph_codegen::diagnostics::{Diagnostics, Span};
use graph_codegen::facts::Facts;
use graph_codegen::model::{Api, Operation, normalized};
use graph_codegen::plan::nodes::Form;
use graph_codegen::plan::nodes::{
    BodyPlan, CratePlan, ModelItem, ModulePlan, RustType, StructPlan,
};
use graph_codegen::plan::{Descriptions, PlanOptions, plan};
use graph_codegen::profile::Profile;
use graph_codegen::{correct, extract, parse, read, resolve};

/// What an item is on the wire, and its path in Rust.
type Names = BTreeMap<String, String>;

/// The operations by the place of their request line.
type Lines<'a> = BTreeMap<Span, &'a Operation>;

/// The pages of a folder, read once.
struct Tree {
    profile: Profile,
    corpus: Corpus,
    facts: Facts,
}

impl Tree {
    fn read(folder: &Path) -> Self {
        let profile = Profile::embedded().unwrap();
        let mut diagnostics = Diagnostics::default();
        let corpus = read::read(folder, &profile, &mut diagnostics).unwrap();
        let documents = parse::parse(&corpus, &profile, &mut diagnostics);
        let version = corpus.version.as_deref();
        let facts = extract::extract(&documents, version, &profile, &mut diagnostics);
        let facts = correct::correct(facts, corpus.corrections.as_ref(), &mut diagnostics);
        Self {
            profile,
            corpus,
            facts,
        }
    }

    /// The places of its pages in an order that a seed gives.
    fn order(&self, seed: u64) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.facts.pages.len()).collect();
        order.sort_by_key(|index| mixed(&self.facts.pages[*index].path, seed));
        order
    }

    /// The names where only some of the pages are there.
    fn names(&self, pages: &[usize]) -> Names {
        let mut pages = pages.to_vec();
        pages.sort_unstable();
        let here = pages.iter().map(|index| self.facts.pages[*index].clone());
        let facts = Facts {
            version: self.facts.version.clone(),
            pages: here.collect(),
            accounting: self.facts.accounting,
            corrections: Vec::new(),
        };
        let mut diagnostics = Diagnostics::default();
        let mut api = resolve::resolve(&facts, &self.profile, &mut diagnostics);
        let paths = self.corpus.pages.iter().map(|page| page.path.clone());
        api.pages = paths.collect();
        let options = PlanOptions {
            package: "graph-sdk".to_owned(),
            runtime: "\"0.1\"".to_owned(),
            form: Form::Package,
            descriptions: Descriptions::Full,
        };
        let plan = plan(&api, &options, &self.profile, &mut diagnostics);
        names(&api, &plan)
    }

    /// The items whose name changed while pages were added in as many steps.
    fn renamed(&self, seed: u64, steps: usize) -> (usize, Vec<String>) {
        let order = self.order(seed);
        let mut renamed = Vec::new();
        let mut before = Names::new();
        for step in 1..=steps {
            let after = self.names(&order[..order.len() * step / steps]);
            for (item, name) in &before {
                if let Some(now) = after.get(item).filter(|now| *now != name) {
                    renamed.push(format!("{item}: {name} is {now}"));
                }
            }
            before = after;
        }
        (before.len(), renamed)
    }
}

/// A number that a text and a seed give (FNV-1a).
fn mixed(text: &str, seed: u64) -> u64 {
    let start = 0xcbf2_9ce4_8422_2325 ^ seed.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    text.bytes().fold(start, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// All names of a crate.
fn names(api: &Api, plan: &CratePlan) -> Names {
    let mut names = Names::new();
    for model in &plan.models {
        let namespace = model.namespace.as_ref().map(ToString::to_string);
        let namespace = namespace.unwrap_or_default();
        match &model.item {
            ModelItem::Struct(item) => {
                names.insert(item.wire.clone(), format!("{namespace}::{}", item.ident));
                fields(&item.wire, item, &mut names);
            }
            ModelItem::Enum(item) => {
                names.insert(item.wire.clone(), format!("{namespace}::{}", item.ident));
                names.insert(format!("{} rest", item.wire), item.unknown.to_string());
                for variant in &item.variants {
                    let wire = format!("{} value {}", item.wire, variant.wire);
                    names.insert(wire, variant.ident.to_string());
                }
            }
        }
    }
    let lines = api.operations.iter();
    let lines = lines
        .map(|operation| (operation.origin, operation))
        .collect();
    for area in &plan.areas {
        requests(&lines, "", area, &mut names);
    }
    names
}

fn fields(owner: &str, item: &StructPlan, names: &mut Names) {
    names.insert(format!("{owner} rest"), item.additional.to_string());
    for field in &item.fields {
        let name = format!("{} {}", field.ident, field.constant);
        names.insert(format!("{owner} field {}", field.wire), name);
    }
}

fn requests(lines: &Lines<'_>, above: &str, module: &ModulePlan, names: &mut Names) {
    let path = format!("{above}::{}", module.ident);
    for function in &module.operations {
        for origin in &function.origins {
            let operation = lines[origin];
            let wire = format!(
                "{}: {} {} {:?}",
                operation.page,
                operation.method,
                normalized(&operation.path),
                operation.query
            );
            if let BodyPlan::Json {
                ty: RustType::Local(ident),
                ..
            } = &function.body
            {
                let mut bodies = module.bodies.iter();
                let body = bodies.find(|body| body.ident == *ident).unwrap();
                names.insert(format!("{wire} body"), format!("{path}::{ident}"));
                fields(&format!("{wire} body"), body, names);
            }
            names.insert(
                wire,
                format!("{path}::{} {}", function.ident, function.constant),
            );
        }
    }
    for child in &module.children {
        requests(lines, &path, child, names);
    }
}

fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

#[test]
fn a_page_that_is_added_to_docs_input_renames_nothing() {
    let tree = Tree::read(&workspace().join("docs-input"));
    for seed in 0..3 {
        let (items, renamed) = tree.renamed(seed, tree.facts.pages.len());
        assert!(items > 500, "{items} names");
        assert!(renamed.is_empty(), "seed {seed}:\n{}", renamed.join("\n"));
    }
}

/// The measure sees a rename: pages that make one name of two requests, in the order in which they rename the first.
#[test]
fn a_rename_is_noticed() {
    let folder = tempfile::tempdir().unwrap();
    let page = |name: &str, line: &str| {
        let text = format!("# Close berth\n\n## HTTP request\n\n```http\n{line}\n```\n");
        std::fs::write(folder.path().join(name), text).unwrap();
    };
    page("a.md", "POST /berths/{id}/close");
    page("b.md", "POST /berths/close");
    let tree = Tree::read(folder.path());
    let mut seeds = (0..64).map(|seed| tree.renamed(seed, 2).1.len());
    assert!(
        seeds.any(|renamed| renamed > 0),
        "no order of pages renames a function"
    );
}

/// What is left is an overload on a page of its own: `range` of a worksheet, and `range(address='…')`.
#[test]
fn a_page_that_is_added_to_the_real_pages_renames_next_to_nothing() {
    for (folder, most) in [
        ("graph-2021-07/api-reference/v1.0", 0),
        ("graph-2018-01/api-reference/v1.0", 1),
        ("graph-2018-01/api-reference/beta", 1),
    ] {
        let path = workspace().join("../shared/corpus").join(folder);
        if !path.is_dir() {
            println!("skipped: {} is not there", path.display());
            continue;
        }
        let (items, renamed) = Tree::read(&path).renamed(1, 4);
        println!("{folder}: {} of {items} names changed", renamed.len());
        assert!(renamed.len() <= most, "{folder}:\n{}", renamed.join("\n"));
    }
}
