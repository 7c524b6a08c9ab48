//! What the commands share: the program that they are part of, what they read, and how they end on errors.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::error::ErrorKind;
use clap::{Command, CommandFactory, FromArgMatches};

use super::args::{Source, Wanted};
use super::failure::{End, Failure};
use super::findings::report_errors;
use super::output;
use super::package;
use crate::diagnostics::{Diagnostics, Rule, Severity};
use crate::pipeline::{self, Input, Model};
use crate::plan::PlanOptions;
use crate::profile::Profile;
use crate::read::{self, ReadError};
use crate::select::Selection;

/// A program with these commands: what it is called, and what it reads and writes unless it is told otherwise.
#[derive(Clone, Debug)]
pub struct Program {
    /// What one types before the name of a command: `cargo xtask`.
    pub name: &'static str,
    /// The name of the command that writes a crate.
    pub generate: &'static str,
    /// The documentation.
    pub docs: PathBuf,
    /// The folder of the crate.
    pub out: PathBuf,
    /// The folder of the runtime that crates depend on; without one they depend on its version in the registry.
    pub runtime: Option<PathBuf>,
    /// The crate that is a member of the workspace of the program, where there is one.
    pub member: Option<PathBuf>,
}

impl Program {
    /// Reads the arguments as `C`, runs what they ask for, and ends with its exit code: 0 for success, 1 for
    /// findings, 2 for wrong usage and for what cannot be done, which is printed.
    pub fn main<C: CommandFactory + FromArgMatches, E: std::fmt::Display>(
        &self,
        arguments: impl IntoIterator<Item = OsString>,
        run: impl FnOnce(&C) -> Result<End, E>,
    ) -> ExitCode {
        let matches = self
            .described(C::command())
            .try_get_matches_from(arguments)
            .and_then(|matches| C::from_arg_matches(&matches));
        let command = match matches {
            Ok(command) => command,
            Err(error) => {
                // Where nobody reads the message, there is nobody to tell.
                let _ = error.print();
                return match error.kind() {
                    ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => ExitCode::SUCCESS,
                    _ => ExitCode::from(2),
                };
            }
        };
        match run(&command) {
            Ok(End::Success) => ExitCode::SUCCESS,
            Ok(End::Findings) => ExitCode::from(1),
            Err(failure) => {
                output::error(&failure.to_string());
                ExitCode::from(2)
            }
        }
    }

    /// The commands with the program's defaults in what they say about their arguments.
    fn described(&self, command: Command) -> Command {
        let describe = |command: Command| {
            command.mut_args(|argument| {
                let default = match argument.get_id().as_str() {
                    "docs" => &self.docs,
                    // A command with a default of its own says so.
                    "out" if !says_default(&argument) => &self.out,
                    _ => return argument,
                };
                let help = argument.get_help().map(ToString::to_string);
                let help = help.unwrap_or_default();
                argument.help(format!("{help} [default: {}]", default.display()))
            })
        };
        command
            .mut_subcommands(describe)
            .mut_subcommands(|command| command.mut_subcommands(describe))
    }

    /// What the pipeline reads.
    ///
    /// # Errors
    ///
    /// The profile cannot be read, or is malformed.
    pub fn input(
        &self,
        source: &Source,
        wanted: &Wanted,
        denied: &[Rule],
    ) -> Result<Input, Failure> {
        Ok(Input {
            source: match &source.model {
                Some(path) => pipeline::Source::Model(path.clone()),
                None => pipeline::Source::Pages {
                    docs: source.docs.clone().unwrap_or_else(|| self.docs.clone()),
                    corrections: source.corrections.clone(),
                },
            },
            profile: read::profile(source.profile.as_deref())?,
            selection: Selection {
                select: wanted.select.clone(),
                exclude: wanted.exclude.clone(),
            },
            denied: denied.to_vec(),
        })
    }

    /// What the crate in `out` is called, and how it finds the runtime: in the folder `runtime`, or where the program has
    /// it.
    #[must_use]
    pub fn plan_options(
        &self,
        out: &Path,
        runtime: Option<&Path>,
        profile: &Profile,
    ) -> PlanOptions {
        let runtime = runtime.or(self.runtime.as_deref());
        package::options(out, runtime, self.member.as_deref(), profile)
    }
}

fn says_default(argument: &clap::Arg) -> bool {
    let help = argument.get_help().map(ToString::to_string);
    help.is_some_and(|help| help.contains("[default:"))
}

/// What a run of the pipeline came to, for a command that is not about findings: of these it shows the errors. `None`
/// where there are any, and `consequence` says what they kept the command from.
///
/// # Errors
///
/// Nothing could be read.
pub fn finished<T>(
    run: Result<T, ReadError>,
    program: &Program,
    model: impl Fn(&T) -> &Model,
    consequence: &str,
) -> Result<Option<T>, Failure> {
    output::end_progress();
    let run = run?;
    let Model {
        diagnostics,
        corpus,
        ..
    } = model(&run);
    report_errors(diagnostics, corpus, program)?;
    if diagnostics.has_errors() {
        stopped(diagnostics, consequence);
        return Ok(None);
    }
    Ok(Some(run))
}

/// Says that errors kept a command from its work.
pub(super) fn stopped(diagnostics: &Diagnostics, consequence: &str) {
    let count = diagnostics.count(Severity::Error);
    let plural = if count == 1 { "" } else { "s" };
    output::error(&format!(
        "{count} finding{plural} of error severity; {consequence}"
    ));
}
