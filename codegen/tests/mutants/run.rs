//! A run over pages in memory, and what holds of every run, whatever the pages hold.
//!
//! The fuzz targets have this file as well.

use graph_codegen::diagnostics::{Diagnostics, Format, Span, render};
use graph_codegen::pipeline::{Documentation, Generated, Input, Source, generate_from};
use graph_codegen::plan::nodes::Form;
use graph_codegen::plan::{Descriptions, PlanOptions};
use graph_codegen::profile::Profile;
use graph_codegen::read::in_memory;
use graph_codegen::select::Selection;

use crate::lost;

/// A file below the documentation folder: its path and what it holds.
pub(crate) type File = (String, Vec<u8>);

/// The generator with all that it is given beside pages.
pub(crate) struct Generator {
    input: Input,
    options: PlanOptions,
}

impl Generator {
    pub(crate) fn new(profile: Profile) -> Self {
        let input = Input {
            // It is in memory.
            source: Source::pages(""),
            profile,
            selection: Selection::default(),
            denied: Vec::new(),
        };
        let options = PlanOptions {
            package: "sdk".to_owned(),
            runtime: "\"0.1.0\"".to_owned(),
            form: Form::Package,
            descriptions: Descriptions::Full,
        };
        Self { input, options }
    }

    pub(crate) fn embedded() -> Self {
        Self::new(Profile::embedded().expect("the embedded profile is valid"))
    }

    /// Takes pages through all stages, from their bytes to the files of a crate.
    pub(crate) fn run(&self, files: impl IntoIterator<Item = File>) -> Generated {
        let mut diagnostics = Diagnostics::default();
        let corpus = in_memory(files, &self.input.profile, &mut diagnostics);
        self.generate(Documentation {
            corpus,
            saved: None,
            diagnostics,
        })
    }

    /// The stages after the first.
    pub(crate) fn generate(&self, documentation: Documentation) -> Generated {
        generate_from(documentation, &self.input, &self.options, &mut |_| {})
    }
}

/// Everything counted is a fact or reported, every fact is in the model or reported, and every place is one of its page.
pub(crate) fn assert_accounted(run: &Generated) {
    let model = &run.model;
    for (what, tally) in model.facts.accounting.tallies() {
        assert_eq!(
            tally.total,
            tally.facts + tally.reported,
            "{what}: {tally:?}"
        );
    }
    let lost = lost::facts(model);
    assert!(lost.is_empty(), "neither modelled nor reported: {lost:#?}");
    for found in model.diagnostics.iter() {
        for label in &found.labels {
            assert_in_page(run, label.span, &found.message);
        }
    }
}

/// A place is a range of characters of its page's text.
fn assert_in_page(run: &Generated, span: Span, what: &str) {
    let text = &run.model.corpus.page(span.page).text;
    assert!(
        text.get(span.range()).is_some(),
        "{span:?} is no place of its page: {what}"
    );
}

/// What a run says, as people and machines are shown it.
pub(crate) fn shown(run: &Generated, format: Format) -> String {
    let model = &run.model;
    render(model.diagnostics.iter(), &model.corpus, format, false)
}
