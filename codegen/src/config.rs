//! Running the generator from a build script.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "cargo reads what a build script prints"
)]

use std::path::PathBuf;

use crate::diagnostics::{Diagnostic, Format, Rule, Severity, render};
use crate::lock::{Lock, LockError};
use crate::pipeline::{self, Generated, Input, Source};
use crate::plan::ident::RustIdent;
use crate::plan::nodes::{Module, RuntimePath};
use crate::plan::{Descriptions, PlanOptions};
use crate::prose::one_line;
use crate::read::{self, ReadError};
use crate::select::Selection;
use crate::tree::GENERATED_HEADER;
use crate::write::{self, Changes, Mode, WriteError};

/// The file below the output folder that holds all that there is to say about the pages.
const DIAGNOSTICS: &str = "diagnostics.txt";

/// How many findings cargo shows as warnings; the rest is in [`DIAGNOSTICS`].
const SHOWN: usize = 10;

/// The environment variable that has a lock written anew where it says `update`.
const UPDATE: &str = "GRAPH_CODEGEN_LOCK";

/// What to generate, from a build script.
///
/// ```no_run
/// // build.rs
/// fn main() -> std::process::ExitCode {
///     graph_codegen::Config::new()
///         .docs("docs")
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
/// The crate depends on `graph-runtime`. What it gets is the code of what it selects, with nothing behind a feature. Relative
/// paths are below the folder of the package, where cargo runs build scripts.
#[derive(Clone, Debug)]
pub struct Config {
    docs: PathBuf,
    model: Option<PathBuf>,
    profile: Option<PathBuf>,
    corrections: Option<PathBuf>,
    lock: Option<PathBuf>,
    selection: Selection,
    module: String,
    runtime_path: String,
    examples: bool,
    out_dir: Option<PathBuf>,
    denied: Vec<Rule>,
    descriptions: Descriptions,
}

impl Default for Config {
    fn default() -> Self {
        Self::new()
    }
}

/// Why nothing was generated. `Display` is a message for people; for pages that are not understood, as a compiler has it.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The documentation, the model, the corrections or the profile cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// A saved model has its corrections in it already.
    #[error("a saved model takes no corrections: they are in it already")]
    CorrectedModel,
    /// A path of a module is none.
    #[error("`{0}` is no path of a module; expected names, such as `api::sdk`")]
    Path(String),
    /// Cargo did not say where the output goes, and nobody else did.
    #[error("there is no OUT_DIR: this runs in a build script, or with `out_dir`")]
    NoOutDir,
    /// The inputs are not those of the lock, or there is none.
    #[error("{0}\nto take the inputs as they are, build with {UPDATE}=update")]
    Lock(#[from] LockError),
    /// There are findings of error severity.
    #[error("{0}")]
    Findings(String),
    /// The output cannot be written.
    #[error(transparent)]
    Write(#[from] WriteError),
}

impl Config {
    /// All operations of the pages in the folder `docs`, for the root of a crate.
    #[must_use]
    pub fn new() -> Self {
        Self {
            docs: PathBuf::from("docs"),
            model: None,
            profile: None,
            corrections: None,
            lock: None,
            selection: Selection::default(),
            module: String::new(),
            runtime_path: RuntimePath::default().to_string(),
            examples: false,
            out_dir: None,
            denied: Vec::new(),
            descriptions: Descriptions::default(),
        }
    }

    /// The folder of pages, such as `api-reference/v1.0` of a checkout of the documentation.
    pub fn docs(&mut self, folder: impl Into<PathBuf>) -> &mut Self {
        self.docs = folder.into();
        self
    }

    /// A saved model in the place of pages, as `graph-codegen model --complete` writes it: one file instead of thousands.
    pub fn model(&mut self, file: impl Into<PathBuf>) -> &mut Self {
        self.model = Some(file.into());
        self
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

    /// Holds the build to a [lock](crate::lock): other inputs than those that it records are an error, which says what
    /// differs. A build with the environment variable `GRAPH_CODEGEN_LOCK=update` records them.
    pub fn lock(&mut self, file: impl Into<PathBuf>) -> &mut Self {
        self.lock = Some(file.into());
        self
    }

    /// Adds operations, by a pattern as of `graph-codegen generate --select`. Without any, all are wanted.
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

    /// Where the code finds the runtime, such as `crate::runtime` or `sdk::runtime` for a crate that has it from another
    /// one. Without it, `graph_runtime`.
    pub fn runtime_path(&mut self, path: impl Into<String>) -> &mut Self {
        self.runtime_path = path.into();
        self
    }

    /// Whether the examples of the pages go with the code, as `EXAMPLES`: a mock service for tests answers with them.
    pub fn examples(&mut self, wanted: bool) -> &mut Self {
        self.examples = wanted;
        self
    }

    /// Where the files go. Without it, to `OUT_DIR`.
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
        // Told before anything can fail: what is mended is read again.
        self.tell_cargo();
        let out = self
            .out_dir
            .clone()
            .or_else(|| std::env::var_os("OUT_DIR").map(PathBuf::from))
            .ok_or(ConfigError::NoOutDir)?;
        let input = self.input()?;
        let options = self.plan_options()?;
        let generated = pipeline::generate(&input, &options)?;
        let update = std::env::var_os(UPDATE).is_some_and(|wish| wish == "update");
        // The digest of the pages takes its time: it is made where it is asked for.
        let lock = self.lock.as_ref();
        let lock = lock.map(|path| (path, Lock::of(&generated.model.corpus, &input, &options)));
        if let (Some((path, now)), false) = (&lock, update) {
            now.hold(path)?;
        }
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
        let changes = write::write(&tree, &out, Mode::Write)?;
        if let (Some((path, now)), true) = (&lock, update) {
            now.write(path)?;
        }
        Ok(changes)
    }

    /// Names what is read. Of a folder cargo looks at all that is in it, at any depth.
    fn tell_cargo(&self) {
        let source = self.model.as_ref().unwrap_or(&self.docs);
        let files = [&self.profile, &self.corrections, &self.lock];
        for path in std::iter::once(source).chain(files.into_iter().flatten()) {
            println!("cargo::rerun-if-changed={}", path.display());
        }
        if self.lock.is_some() {
            println!("cargo::rerun-if-env-changed={UPDATE}");
        }
    }

    fn input(&self) -> Result<Input, ConfigError> {
        let source = match &self.model {
            Some(_) if self.corrections.is_some() => return Err(ConfigError::CorrectedModel),
            Some(file) => Source::Model(file.clone()),
            None => Source::Pages {
                docs: self.docs.clone(),
                corrections: self.corrections.clone(),
            },
        };
        Ok(Input {
            source,
            profile: read::profile(self.profile.as_deref())?,
            selection: self.selection.clone(),
            denied: self.denied.clone(),
        })
    }

    fn plan_options(&self) -> Result<PlanOptions, ConfigError> {
        let runtime = self.runtime_path.strip_prefix("crate::");
        let module = Module {
            path: names(&self.module)?,
            runtime: RuntimePath {
                in_crate: runtime.is_some(),
                names: names(runtime.unwrap_or(&self.runtime_path))
                    .ok()
                    .filter(|names| !names.is_empty())
                    .ok_or_else(|| ConfigError::Path(self.runtime_path.clone()))?,
            },
            examples: self.examples,
        };
        Ok(PlanOptions::of_module(module, self.descriptions))
    }
}

/// The names of a path.
fn names(path: &str) -> Result<Vec<RustIdent>, ConfigError> {
    if path.is_empty() {
        return Ok(Vec::new());
    }
    let ident = |name: &str| {
        let ident = RustIdent::new(name);
        (ident.as_str() == name)
            .then_some(ident)
            .ok_or_else(|| ConfigError::Path(path.to_owned()))
    };
    path.split("::").map(ident).collect()
}

/// Tells cargo of warnings about the pages that the code comes from: the first of them, in one line each, and how many there
/// are.
fn report(generated: &Generated) {
    let model = &generated.model;
    let pages = model.api.sources();
    let of_pages = |diagnostic: &Diagnostic| {
        let mut labels = diagnostic.labels.iter();
        labels.len() == 0 || labels.any(|label| pages.contains(&label.span.page))
    };
    let warnings = model
        .diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.severity == Severity::Warning && of_pages(diagnostic));
    let warnings: Vec<&Diagnostic> = warnings.collect();
    for warning in warnings.iter().take(SHOWN) {
        let place = warning.labels.first();
        let place = place
            .map(|label| format!("{}/{}: ", model.corpus.root, model.corpus.place(label.span)));
        println!(
            "cargo::warning={}{}: {}",
            one_line(&place.unwrap_or_default()),
            warning.rule.code(),
            one_line(&warning.message)
        );
    }
    if warnings.len() > SHOWN {
        println!(
            "cargo::warning={} warnings about the pages; {DIAGNOSTICS} below OUT_DIR has all",
            warnings.len()
        );
    }
}

fn errors(generated: &Generated) -> String {
    let diagnostics = generated.model.diagnostics.iter();
    let errors = diagnostics.filter(|diagnostic| diagnostic.severity == Severity::Error);
    render(errors, &generated.model.corpus, Format::Human, false)
}
