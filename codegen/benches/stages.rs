//! The inner loops of the stages that take the time, over `docs-input` and, where it lies beside the checkout, Microsoft's
//! documentation of July 2021. The bytes of a second are those of the pages, in all stages.

#![expect(
    clippy::unwrap_used,
    reason = "a benchmark may panic where its input is not there"
)]

use std::fmt;
use std::path::Path;
use std::sync::LazyLock;

use divan::Bencher;
use divan::counter::BytesCount;
use graph_codegen::corpus::Corpus;
use graph_codegen::diagnostics::Diagnostics;
use graph_codegen::document::Document;
use graph_codegen::facts::Facts;
use graph_codegen::model::Api;
use graph_codegen::plan::nodes::{CratePlan, Form};
use graph_codegen::plan::{Descriptions, PlanOptions};
use graph_codegen::profile::Profile;
use graph_codegen::select::{Selection, select};
use graph_codegen::{correct, emit, examine, extract, parse, plan, read, resolve};

/// The trees, as folders of the workspace.
const TREES: [(&str, &str); 2] = [
    ("docs-input", "docs-input"),
    (
        "2021-07 v1.0",
        "../shared/corpus/graph-2021-07/api-reference/v1.0",
    ),
];

/// What each stage makes of a tree.
struct Tree {
    name: &'static str,
    corpus: Corpus,
    documents: Vec<Document>,
    facts: Facts,
    api: Api,
    plan: CratePlan,
}

static PROFILE: LazyLock<Profile> = LazyLock::new(|| Profile::embedded().unwrap());

static LOADED: LazyLock<Vec<Tree>> = LazyLock::new(|| {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let there = TREES.iter().filter_map(|(name, folder)| {
        let folder = workspace.join(folder);
        folder.is_dir().then(|| Tree::load(name, &folder))
    });
    there.collect()
});

impl Tree {
    fn load(name: &'static str, folder: &Path) -> Self {
        let mut diagnostics = Diagnostics::default();
        let corpus = read::read(folder, &PROFILE, &mut diagnostics).unwrap();
        let documents = parse::parse(&corpus, &PROFILE, &mut diagnostics);
        let facts = extracted(&corpus, &documents);
        let facts = correct::correct(facts, corpus.corrections.as_ref(), &mut diagnostics);
        let mut api = resolve::resolve(&facts, &PROFILE, &mut diagnostics);
        api.pages = corpus.pages.iter().map(|page| page.path.clone()).collect();
        let api = select(api, &Selection::default(), &mut diagnostics);
        let api = examine::examine(api, &PROFILE, &mut diagnostics);
        let plan = planned(&api);
        Self {
            name,
            corpus,
            documents,
            facts,
            api,
            plan,
        }
    }

    fn bytes(&self) -> BytesCount {
        let pages = self.corpus.pages.iter();
        BytesCount::new(pages.map(|page| page.text.len()).sum::<usize>())
    }
}

impl fmt::Display for Tree {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

fn extracted(corpus: &Corpus, documents: &[Document]) -> Facts {
    extract::extract(
        documents,
        corpus.version.as_deref(),
        &PROFILE,
        &mut Diagnostics::default(),
    )
}

fn planned(api: &Api) -> CratePlan {
    let options = PlanOptions {
        package: "graph-sdk".to_owned(),
        runtime: "\"0.1.0\"".to_owned(),
        form: Form::Member,
        descriptions: Descriptions::Full,
    };
    plan::plan(api, &options, &PROFILE, &mut Diagnostics::default())
}

fn trees() -> impl Iterator<Item = &'static Tree> {
    LOADED.iter()
}

fn main() {
    divan::main();
}

#[divan::bench(args = trees(), name = "1 parse")]
fn parse(bencher: Bencher<'_, '_>, tree: &Tree) {
    bencher
        .counter(tree.bytes())
        .bench(|| parse::parse(&tree.corpus, &PROFILE, &mut Diagnostics::default()));
}

#[divan::bench(args = trees(), name = "2 extract")]
fn extract(bencher: Bencher<'_, '_>, tree: &Tree) {
    bencher
        .counter(tree.bytes())
        .bench(|| extracted(&tree.corpus, &tree.documents));
}

#[divan::bench(args = trees(), name = "3 resolve")]
fn resolve(bencher: Bencher<'_, '_>, tree: &Tree) {
    bencher
        .counter(tree.bytes())
        .bench(|| resolve::resolve(&tree.facts, &PROFILE, &mut Diagnostics::default()));
}

#[divan::bench(args = trees(), name = "4 plan")]
fn plan(bencher: Bencher<'_, '_>, tree: &Tree) {
    bencher.counter(tree.bytes()).bench(|| planned(&tree.api));
}

#[divan::bench(args = trees(), name = "5 emit")]
fn emit(bencher: Bencher<'_, '_>, tree: &Tree) {
    bencher
        .counter(tree.bytes())
        .bench(|| emit::emit(&tree.plan, &mut Diagnostics::default()));
}
