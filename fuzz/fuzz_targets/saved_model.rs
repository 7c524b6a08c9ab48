//! Text of a saved model: it is refused, or a crate is made of it, and saved again it is the same.
#![no_main]

#[path = "../../codegen/tests/accounting/lost.rs"]
mod lost;
#[path = "../../codegen/tests/mutants/run.rs"]
#[expect(dead_code, reason = "there are no pages here")]
mod run;

use std::sync::LazyLock;

use graph_codegen::corpus::{Corpus, Folder, Page};
use graph_codegen::diagnostics::{Diagnostics, Format};
use graph_codegen::digest::Digest;
use graph_codegen::model::{interchange, load, save};
use graph_codegen::pipeline::Documentation;
use libfuzzer_sys::fuzz_target;

static GENERATOR: LazyLock<run::Generator> = LazyLock::new(run::Generator::embedded);

fuzz_target!(|text: &str| {
    let Ok(api) = load(text) else {
        return;
    };
    let saved = save(&api).expect("what was loaded can be saved");
    let again = load(&saved).expect("what was saved can be loaded");
    assert_eq!(save(&again).expect("can be saved"), saved);
    let _ = interchange(&api);
    let pages = api.pages.iter().map(|path| Page {
        path: path.clone(),
        folder: Folder::Other,
        text: String::new(),
        body: 0,
        front_matter: Vec::new(),
        includes: Vec::new(),
    });
    let corpus = Corpus {
        pages: pages.collect(),
        saved: Some(Digest::of_text(text)),
        ..Corpus::default()
    };
    let documentation = Documentation {
        corpus,
        saved: Some(api),
        diagnostics: Diagnostics::default(),
    };
    let run = GENERATOR.generate(documentation);
    run::shown(&run, Format::Human);
});
