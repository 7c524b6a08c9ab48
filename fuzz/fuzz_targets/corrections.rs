//! Text of corrections: each is refused or changes facts, of which a crate is made.
#![no_main]

#[path = "../../codegen/tests/corrections/cases.rs"]
#[expect(
    dead_code,
    reason = "its corrections are for a test; here its pages are wanted"
)]
mod cases;

use std::sync::LazyLock;

use cases::{BERTH, BERTH_PAGE, CLOSE, CLOSE_PAGE, MOVE_PAGE, TASKS};
use graph_codegen::corpus::{Corpus, CorrectionsFile};
use graph_codegen::correct::correct;
use graph_codegen::diagnostics::{Diagnostics, Format, render};
use graph_codegen::extract::extract;
use graph_codegen::facts::{Facts, text_form};
use graph_codegen::parse::parse;
use graph_codegen::profile::Profile;
use graph_codegen::read::in_memory;
use graph_codegen::resolve::resolve;
use libfuzzer_sys::fuzz_target;

/// The pages that the corrections of `docs-input` and of the tests are about, and some others.
const PAGES: [(&str, &str); 8] = [
    (BERTH_PAGE, BERTH),
    (CLOSE_PAGE, CLOSE),
    (MOVE_PAGE, TASKS),
    (
        "api/intune-deviceconfig-deviceconfiguration-assign.md",
        include_str!("../../docs-input/api/intune-deviceconfig-deviceconfiguration-assign.md"),
    ),
    (
        "api/user-get.md",
        include_str!("../../docs-input/api/user-get.md"),
    ),
    (
        "resources/enums.md",
        include_str!("../../docs-input/resources/enums.md"),
    ),
    (
        "resources/attachment.md",
        include_str!("../../docs-input/resources/attachment.md"),
    ),
    (
        "api/user_update.md",
        include_str!("../../docs-input/api/user_update.md"),
    ),
];

struct Read {
    profile: Profile,
    corpus: Corpus,
    facts: Facts,
}

static READ: LazyLock<Read> = LazyLock::new(|| {
    let profile = Profile::embedded().expect("is valid");
    let mut diagnostics = Diagnostics::default();
    let files = PAGES.map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec()));
    let corpus = in_memory(files, &profile, &mut diagnostics);
    let documents = parse(&corpus, &profile, &mut diagnostics);
    let facts = extract(&documents, None, &profile, &mut diagnostics);
    Read {
        profile,
        corpus,
        facts,
    }
});

fuzz_target!(|text: &str| {
    let read = &*READ;
    let file = CorrectionsFile {
        path: "corrections.toml".to_owned(),
        named: false,
        text: text.to_owned(),
    };
    let mut diagnostics = Diagnostics::default();
    let facts = correct(read.facts.clone(), Some(&file), &mut diagnostics);
    let changed = |facts: &Facts| facts.pages.iter().map(text_form).collect::<String>();
    assert!(
        !facts.corrections.is_empty() || changed(&facts) == changed(&read.facts),
        "facts are changed, and no correction is noted"
    );
    resolve(&facts, &read.profile, &mut diagnostics);
    let _ = render(diagnostics.iter(), &read.corpus, Format::Human, false);
});
