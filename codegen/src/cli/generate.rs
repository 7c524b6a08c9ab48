//! Writes a crate.

use std::path::{Path, PathBuf};

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};

use super::args::{Findings, Source, Wanted};
use super::failure::{End, Failure};
use super::findings::report;
use super::output::{self, Stream, print};
use super::program::{Program, stopped};
use super::record::Place;
use super::{baseline, changes};
use crate::lock::{LOCK_FILE, Lock, LockError};
use crate::pipeline;
use crate::plan::Descriptions;
use crate::write::{Changes, Mode, write_then};

/// What is said about patterns, errors and exit codes.
pub const PATTERNS: &str = "\
A PATTERN is one of these; `*` stands for any text, and letter case does not count:
  a path          '/users/{id}/messages'; what placeholders are called does not count
  all below it    '/users/*', with '/users' itself; without it: '/users/{id}*'
  an operation    'GET /users/{id}', 'DELETE *'
  a page          user-list, user-list.md, 'message-*'
  an area         deviceManagement, the first segment of paths
A name that a page and an area have means both.

Findings of error severity are: a page that cannot be read, a correction that changes nothing, a pattern that
matches nothing, and all findings of the rules named by --deny. Where there is one, nothing is written, and with
--check nothing is compared: the crate comes from all pages or from none. The exit code is 1.

Other exit codes: 0 done; 1 differences under --check; 2 wrong usage, such as a folder without pages, an output
that cannot be written, or a malformed profile.";

/// What writes the crate: `generate`.
#[derive(Debug, Args)]
pub struct Generate {
    #[command(flatten)]
    pub(super) source: Source,
    /// The folder of the crate; files of other origin in it are left alone
    #[arg(long, value_name = "DIR")]
    pub(super) out: Option<PathBuf>,
    /// The folder of graph-runtime, for a crate that depends on it by its path
    #[arg(long, value_name = "DIR")]
    pub(super) runtime: Option<PathBuf>,
    #[command(flatten)]
    pub(super) wanted: Wanted,
    /// What the documentation says: `full` has the descriptions of the pages, `link` only links to them
    ///
    /// The default suits most: with descriptions the SDK can be read in an editor. Where the pages ask for it, as
    /// Microsoft's do under CC BY 4.0, the crate then carries a NOTICE, which has to stay with it, and names their licence
    /// in Cargo.toml. `link` is for a crate that is to hold no text of others: it has names, links, and what follows from
    /// tables, such as permissions and allowed values.
    #[arg(long, value_name = "MODE", default_value = "full", value_parser = prose_modes())]
    pub(super) prose: Descriptions,
    /// Record what the crate is generated from in this file; with --check and --dry-run, compare with it
    #[arg(long, value_name = "FILE")]
    pub(super) lock: Option<PathBuf>,
    /// Write nothing unless the inputs are those of the lock [its default: graph-codegen.lock]
    #[arg(long)]
    pub(super) locked: bool,
    /// Write nothing; exit with 1 where the folder is not what would be written
    #[arg(long, conflicts_with = "dry_run")]
    pub(super) check: bool,
    /// Write nothing; say what would be written
    #[arg(long)]
    pub(super) dry_run: bool,
    #[command(flatten)]
    pub(super) findings: Findings,
}

/// Reads what the documentation says.
fn prose_modes() -> impl TypedValueParser<Value = Descriptions> {
    PossibleValuesParser::new(["full", "link"]).map(|name| match name.as_str() {
        "link" => Descriptions::Link,
        _ => Descriptions::Full,
    })
}

/// Writes the crate, or says what would be written.
///
/// # Errors
///
/// Wrong usage, such as a folder without pages or an output that cannot be written.
pub fn run(args: &Generate, program: &Program) -> Result<End, Failure> {
    let input = program.input(&args.source, &args.wanted, &args.findings.deny)?;
    let baseline = baseline::read(&args.findings)?;
    let out = args.out.clone().unwrap_or_else(|| program.out.clone());
    let mut options = program.plan_options(&out, args.runtime.as_deref(), &input.profile);
    options.descriptions = args.prose;
    let documentation = pipeline::documentation_with(&input, &mut output::progress);
    if documentation.is_err() {
        output::end_progress();
    }
    let documentation = documentation?;
    let how = &args.findings;
    // What a lock or a file of findings is to have takes a whole run.
    let is_plain = args.lock.is_none() && !args.locked && how.diagnostics.is_none();
    let place = is_plain
        .then(|| Place::new(&out, &documentation, &input, &options, how))
        .flatten();
    if let Some(record) = place.as_ref().and_then(|place| place.unchanged(&out)) {
        output::end_progress();
        print(Stream::Err, &record.findings)?;
        let changes = Changes {
            unchanged: record.count,
            ..Changes::default()
        };
        let text = changes::changes(&changes, &out, Mode::Check) + &record.counts;
        print(Stream::Out, &text)?;
        return Ok(End::Success);
    }
    let mut generated =
        pipeline::generate_from(documentation, &input, &options, &mut output::progress);
    output::end_progress();
    let model = &mut generated.model;
    baseline::apply(baseline.as_ref(), model, &input.selection);
    let findings = report(&model.diagnostics, &model.corpus, how, Stream::Err)?;
    let mode = match (args.check, args.dry_run) {
        (true, _) => Mode::Check,
        (_, true) => Mode::DryRun,
        _ => Mode::Write,
    };
    let consequence = match mode {
        Mode::Check => "nothing was compared",
        _ => "nothing was written",
    };
    if model.diagnostics.has_errors() {
        stopped(&model.diagnostics, consequence);
        return Ok(End::Findings);
    }
    // The digest of the pages takes its time: it is made where it is asked for.
    let default = args.locked.then(|| Path::new(LOCK_FILE));
    let lock = args.lock.as_deref().or(default);
    let lock = lock.map(|path| (path, Lock::of(&model.corpus, &input, &options)));
    let recorded = mode == Mode::Write && !args.locked;
    if let (Some((path, now)), false) = (&lock, recorded)
        && !is_locked(now, path, consequence)?
    {
        return Ok(End::Findings);
    }
    let counts = changes::counts(model, &input.selection);
    output::progress("write");
    let changes = write_then(&generated.tree, &out, mode, || {
        if let (Some(place), Mode::Write) = (&place, mode) {
            place.record(&out, generated.tree.files.len(), &findings, &counts);
        }
    });
    output::end_progress();
    let changes = changes?;
    if let (Some((path, now)), true) = (&lock, recorded) {
        now.write(path)?;
    }
    let text = changes::changes(&changes, &out, mode) + &counts;
    print(Stream::Out, &text)?;
    if mode == Mode::Check && !changes.is_empty() {
        print(Stream::Out, &changes::diffs(&changes))?;
        print(
            Stream::Out,
            &format!(
                "\nto write what differs, run: {}\n",
                changes::command(args, program)
            ),
        )?;
        return Ok(End::Findings);
    }
    Ok(End::Success)
}

/// Whether the inputs are those of the lock. What differs is printed.
fn is_locked(now: &Lock, path: &Path, consequence: &str) -> Result<bool, Failure> {
    match now.hold(path) {
        Ok(()) => Ok(true),
        Err(error @ LockError::Differs { .. }) => {
            output::error(&format!("{error}\n{consequence}"));
            Ok(false)
        }
        Err(error) => Err(error.into()),
    }
}
