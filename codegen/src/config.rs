//! Running the generator from a build script.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "cargo reads what a build script prints"
)]

use std::path::PathBuf;

use crate::diagnostics::{Format, Rule, Severity, render};
use crate::pipeline::{self, Generated, Input};
use crate::plan::ident::RustIdent;
use crate::plan::nodes::Form;
use crate::plan::{Descriptions, PlanOptions};
use crate::read::{self, ReadError};
use crate::select::Selection;
use crate::tree::GENERATED_HEADER;
use crate::write::{self, Changes, Mode, WriteError};

/// The file below the output folder that holds all that there is to say about the pages.
const DIAGNOSTICS: &str = "diagnostics.txt";

/// How many findings cargo shows as warnings; the rest is in [`DIAGNOSTICS`].
const SHOWN: usize = 10;

/// What to generate, from a build script.
///
/// ```no_run
/// // build.rs
/// fn main() -> std::process::ExitCode {
///     graph_codegen::Config::new("docs")
///         .select("GET /users/*")
///         .select("user-post-messages")
///         .module("graph")
///         .run()
/// }
/// ```
///
/// ```ignore
/// // src/main.rs
/// mod graph {
///     include!(concat!(env!("OUT_DIR"), "/include.rs"));
/// }
/// ```
///
/// The crate depends on `graph-runtime`. What it gets is the code of what it selects, with nothing behind a feature.
#[derive(Clone, Debug)]
pub struct Config {
    docs: PathBuf,
    profile: Option<PathBuf>,
    corrections: Option<PathBuf>,
    selection: Selection,
    module: String,
    out_dir: Option<PathBuf>,
    denied: Vec<Rule>,
    descriptions: Descriptions,
}

/// Why nothing was generated. `Display` is a message for people; for pages that are not understood, as a compiler has it.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The documentation, the corrections or the profile cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// Cargo did not say where the output goes, and nobody else did.
    #[error("there is no OUT_DIR: this runs in a build script, or with `out_dir`")]
    NoOutDir,
    /// There are findings of error severity.
    #[error("{0}")]
    Findings(String),
    /// The output cannot be written.
    #[error(transparent)]
    Write(#[from] WriteError),
}

impl Config {
    /// From the pages in a folder, such as `api-reference/v1.0`; a relative path is below the folder of the package.
    #[must_use]
    pub fn new(docs: impl Into<PathBuf>) -> Self {
        Self {
            docs: docs.into(),
            profile: None,
            corrections: None,
            selection: Selection::default(),
            module: String::new(),
            out_dir: None,
            denied: Vec::new(),
            descriptions: Descriptions::default(),
        }
    }

    /// How the pages are worded: a profile in the place of the embedded one.
    pub fn profile(&mut self, file: impl Into<PathBuf>) -> &mut Self {
        self.profile = Some(file.into());
        self
    }

    /// What the pages have wrong: a file in the place of `corrections.toml` beside them.
    pub fn corrections(&mut self, file: impl Into<PathBuf>) -> &mut Self {
        self.corrections = Some(file.into());
        self
    }

    /// Adds operations, by a pattern as of `cargo xtask codegen --select`. Without any, all are wanted.
    pub fn select(&mut self, pattern: impl Into<String>) -> &mut Self {
        self.selection.select.push(pattern.into());
        self
    }

    /// Takes operations out, by a pattern.
    pub fn exclude(&mut self, pattern: impl Into<String>) -> &mut Self {
        self.selection.exclude.push(pattern.into());
        self
    }

    /// The module that includes the code, as a path below `crate`: `graph`, or `api::graph`. Without it, the root of the
    /// crate.
    pub fn module(&mut self, path: impl Into<String>) -> &mut Self {
        self.module = path.into();
        self
    }

    /// Where the files go. Without it, below `OUT_DIR`.
    pub fn out_dir(&mut self, folder: impl Into<PathBuf>) -> &mut Self {
        self.out_dir = Some(folder.into());
        self
    }

    /// Makes the findings of a rule errors.
    pub fn deny(&mut self, rule: Rule) -> &mut Self {
        self.denied.push(rule);
        self
    }

    /// What the documentation of the code says.
    pub fn descriptions(&mut self, descriptions: Descriptions) -> &mut Self {
        self.descriptions = descriptions;
        self
    }

    /// [`generate`](Config::generate), for `main` of a build script: an error is printed as it is, without a backtrace, and
    /// fails the build.
    #[must_use]
    pub fn run(&self) -> std::process::ExitCode {
        match self.generate() {
            Ok(_) => std::process::ExitCode::SUCCESS,
            Err(error) => {
                // Cargo shows what a build script that fails prints there.
                eprintln!("{error}");
                std::process::ExitCode::FAILURE
            }
        }
    }

    /// Writes the code, and tells cargo what it was made from. Files that are as they should be are not touched.
    ///
    /// # Errors
    ///
    /// As [`ConfigError`] says. Nothing is half-written.
    pub fn generate(&self) -> Result<Changes, ConfigError> {
        let out = self
            .out_dir
            .clone()
            .or_else(|| std::env::var_os("OUT_DIR").map(PathBuf::from))
            .ok_or(ConfigError::NoOutDir)?;
        // Told before anything can fail: what is mended is read again.
        let files = [self.profile.as_ref(), self.corrections.as_ref()];
        for path in std::iter::once(&self.docs).chain(files.into_iter().flatten()) {
            println!("cargo::rerun-if-changed={}", path.display());
        }
        let input = Input {
            docs: self.docs.clone(),
            corrections: self.corrections.clone(),
            profile: read::profile(self.profile.as_deref())?,
            selection: self.selection.clone(),
            denied: self.denied.clone(),
        };
        let generated = pipeline::generate(&input, &self.plan_options())?;
        report(&generated);
        if generated.model.diagnostics.has_errors() {
            return Err(ConfigError::Findings(errors(&generated)));
        }
        let mut tree = generated.tree;
        let all = generated.model.diagnostics.iter();
        let text = render(all, &generated.model.corpus, Format::Human, false);
        tree.files.insert(
            DIAGNOSTICS.to_owned(),
            format!("# {GENERATED_HEADER}: do not edit.\n\n{text}"),
        );
        Ok(write::write(&tree, &out, Mode::Write)?)
    }

    fn plan_options(&self) -> PlanOptions {
        let path = self.module.split("::").filter(|name| !name.is_empty());
        PlanOptions {
            package: String::new(),
            runtime: String::new(),
            form: Form::Module(path.map(RustIdent::new).collect()),
            descriptions: self.descriptions,
        }
    }
}

/// Tells cargo of warnings: the first of them, in one line each, and how many there are.
fn report(generated: &Generated) {
    let diagnostics = &generated.model.diagnostics;
    let warnings = diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.severity == Severity::Warning);
    for warning in warnings.take(SHOWN) {
        println!(
            "cargo::warning={}: {}",
            warning.rule.code(),
            warning.message
        );
    }
    let count = diagnostics.count(Severity::Warning);
    if count > SHOWN {
        println!(
            "cargo::warning={count} warnings about the pages; {DIAGNOSTICS} below OUT_DIR has all"
        );
    }
}

fn errors(generated: &Generated) -> String {
    let diagnostics = generated.model.diagnostics.iter();
    let errors = diagnostics.filter(|diagnostic| diagnostic.severity == Severity::Error);
    render(errors, &generated.model.corpus, Format::Human, false)
}
