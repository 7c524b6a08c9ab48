//! Runs the stages in their order. Each sees the whole output of the one before it.

use std::path::PathBuf;

use crate::corpus::Corpus;
use crate::diagnostics::{Diagnostics, Rule};
use crate::facts::Facts;
use crate::model::{Api, Extent};
use crate::plan::PlanOptions;
use crate::plan::nodes::CratePlan;
use crate::profile::Profile;
use crate::read::ReadError;
use crate::select::Selection;
use crate::tree::OutputTree;
use crate::{correct, emit, examine, extract, parse, plan, read, resolve, select};

/// What a run reads.
#[derive(Clone, Debug)]
pub struct Input {
    /// What describes the service.
    pub source: Source,
    /// How its pages are worded.
    pub profile: Profile,
    /// Which operations are wanted; empty for all of them and all types.
    pub selection: Selection,
    /// Rules whose findings are errors.
    pub denied: Vec<Rule>,
}

/// What describes the service.
#[derive(Clone, Debug)]
pub enum Source {
    /// Pages.
    Pages {
        /// The documentation folder.
        docs: PathBuf,
        /// The file of corrections; where none is named, `corrections.toml` in the folder, if there is one.
        corrections: Option<PathBuf>,
    },
    /// A model that was made of pages before, with all corrections in it ([`model::save`](crate::model::save)).
    Model(PathBuf),
}

impl Source {
    /// The pages in a folder, with the corrections beside them.
    #[must_use]
    pub fn pages(docs: impl Into<PathBuf>) -> Self {
        Self::Pages {
            docs: docs.into(),
            corrections: None,
        }
    }
}

/// What is read, before anything is made of it.
#[derive(Debug)]
pub struct Documentation {
    /// The pages; of a saved model their names.
    pub corpus: Corpus,
    /// The saved model, where there are no pages.
    pub saved: Option<Api>,
    /// What there is to say about the files.
    pub diagnostics: Diagnostics,
}

/// What the pages say, up to the model.
#[derive(Debug)]
pub struct Model {
    /// The pages.
    pub corpus: Corpus,
    /// The facts, corrected.
    pub facts: Facts,
    /// The service.
    pub api: Api,
    /// How much of it there was before the selection.
    pub documented: Extent,
    /// What there is to say about the pages so far.
    pub diagnostics: Diagnostics,
}

/// A generated crate, not yet written.
#[derive(Debug)]
pub struct Generated {
    /// What it was made from; the diagnostics are those of all stages, sorted.
    pub model: Model,
    /// Its names and signatures.
    pub plan: CratePlan,
    /// Its files, or those of them that were asked for.
    pub tree: OutputTree,
}

/// Reads a documentation folder up to the model: read, parse, extract, correct, resolve, select, examine. Of a saved model
/// only the last two are left to do; there are no facts then, and of the pages no more than their names.
///
/// # Errors
///
/// The folder is missing, is not a folder, or holds no page; the file of corrections cannot be read; the file that says
/// who wrote the pages cannot be read or is malformed; or the saved model is none. Everything else is a diagnostic.
pub fn model(input: &Input) -> Result<Model, ReadError> {
    model_with(input, &mut |_| {})
}

/// [`model`], and `progress` is called with the name of each stage before it runs.
///
/// # Errors
///
/// Those of [`model`].
pub fn model_with(
    input: &Input,
    progress: &mut dyn FnMut(&'static str),
) -> Result<Model, ReadError> {
    Ok(modelled(
        documentation_with(input, progress)?,
        input,
        progress,
    ))
}

/// The first stage: what the others make a model of. `progress` is called with its name before it runs.
///
/// # Errors
///
/// Those of [`model`].
pub fn documentation_with(
    input: &Input,
    progress: &mut dyn FnMut(&'static str),
) -> Result<Documentation, ReadError> {
    let mut diagnostics = Diagnostics::denying(&input.denied);
    progress("read");
    let (corpus, saved) = match &input.source {
        Source::Pages { docs, corrections } => {
            let mut corpus = read::read(docs, &input.profile, &mut diagnostics)?;
            if let Some(path) = corrections {
                corpus.corrections = Some(read::named_corrections(path)?);
            }
            (corpus, None)
        }
        Source::Model(path) => {
            let (corpus, api) = read::model(path)?;
            (corpus, Some(api))
        }
    };
    Ok(Documentation {
        corpus,
        saved,
        diagnostics,
    })
}

/// The model of what was read.
fn modelled(
    documentation: Documentation,
    input: &Input,
    progress: &mut dyn FnMut(&'static str),
) -> Model {
    let profile = &input.profile;
    let Documentation {
        corpus,
        saved,
        mut diagnostics,
    } = documentation;
    let (facts, api) = match saved {
        Some(api) => (Facts::default(), api),
        None => resolved(&corpus, profile, &mut diagnostics, progress),
    };
    let documented = api.extent();
    progress("select");
    let api = select::select(api, &input.selection, &mut diagnostics);
    progress("examine");
    let api = examine::examine(api, profile, &mut diagnostics);
    diagnostics.sort();
    Model {
        corpus,
        facts,
        api,
        documented,
        diagnostics,
    }
}

/// What pages say: parse, extract, correct, resolve.
fn resolved(
    corpus: &Corpus,
    profile: &Profile,
    diagnostics: &mut Diagnostics,
    progress: &mut dyn FnMut(&'static str),
) -> (Facts, Api) {
    progress("parse");
    let documents = parse::parse(corpus, profile, diagnostics);
    progress("extract");
    let facts = extract::extract(&documents, corpus.version.as_deref(), profile, diagnostics);
    progress("correct");
    let facts = correct::correct(facts, corpus.corrections.as_ref(), diagnostics);
    progress("resolve");
    let mut api = resolve::resolve(&facts, profile, diagnostics);
    api.pages = corpus.pages.iter().map(|page| page.path.clone()).collect();
    api.attribution = corpus
        .attribution
        .clone()
        .unwrap_or_else(|| profile.attribution.clone());
    (facts, api)
}

/// Reads a documentation folder and makes the files of a crate: [`model`], then plan and emit.
///
/// # Errors
///
/// Those of [`model`].
pub fn generate(input: &Input, options: &PlanOptions) -> Result<Generated, ReadError> {
    generate_with(input, options, &mut |_| {})
}

/// [`generate`], and `progress` is called with the name of each stage before it runs.
///
/// # Errors
///
/// Those of [`model`].
pub fn generate_with(
    input: &Input,
    options: &PlanOptions,
    progress: &mut dyn FnMut(&'static str),
) -> Result<Generated, ReadError> {
    let documentation = documentation_with(input, progress)?;
    Ok(generate_from(documentation, input, options, progress))
}

/// [`generate_with`] of what [`documentation_with`] has read of the same input.
#[must_use]
pub fn generate_from(
    documentation: Documentation,
    input: &Input,
    options: &PlanOptions,
    progress: &mut dyn FnMut(&'static str),
) -> Generated {
    run(documentation, input, options, progress, emit::emit)
}

/// [`generate_with`], but of the files only those with the examples are made ([`emit::documented`]): a mock service needs
/// no Rust code, whose writing takes a third of the time. What there is to say about the pages is the same.
///
/// # Errors
///
/// Those of [`model`].
pub fn documented_with(
    input: &Input,
    options: &PlanOptions,
    progress: &mut dyn FnMut(&'static str),
) -> Result<Generated, ReadError> {
    let documentation = documentation_with(input, progress)?;
    let documented = |plan: &CratePlan, _: &mut Diagnostics| emit::documented(plan);
    Ok(run(documentation, input, options, progress, documented))
}

/// All stages up to the files, which `emit` makes.
fn run(
    documentation: Documentation,
    input: &Input,
    options: &PlanOptions,
    progress: &mut dyn FnMut(&'static str),
    emit: impl FnOnce(&CratePlan, &mut Diagnostics) -> OutputTree,
) -> Generated {
    let mut model = modelled(documentation, input, progress);
    progress("plan");
    let plan = plan::plan(&model.api, options, &input.profile, &mut model.diagnostics);
    progress("emit");
    let tree = emit(&plan, &mut model.diagnostics);
    model.diagnostics.sort();
    Generated { model, plan, tree }
}
