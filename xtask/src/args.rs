//! The arguments.

use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Parser, Subcommand};
use graph_codegen::diagnostics::{Format, Rule};
use graph_codegen::plan::Descriptions;

/// What is said about exit codes.
const EXIT_CODES: &str = "\
Exit codes:
  0  done
  1  findings of error severity, or differences under --check
  2  wrong usage: a folder without pages, an output that cannot be written, a malformed profile";

/// What is said about patterns and errors where something is written.
const CODEGEN: &str = "\
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

/// What can be explained.
const NAMES: &str = "\
NAME is one of:
  a type or enum       user, with or without its namespace
  a property           user.mail, user/mail
  a page               user-get, user-get.md, api/user-get.md
  a request or a path  'GET /users/{id}', '/users/{id}'; names of placeholders do not count
  a Rust path          users::get, models::User, models::User::mail

Letter case does not count where only one thing has the name.

Exit codes: 0 explained; 2 wrong usage, such as a name that nothing has, or that several things have.";

/// What is said about measuring.
const BENCH: &str = "\
Costs are user CPU, and bars are ratios within one run. Compiling is measured by `cargo check` of the crate alone, decoding
in a release build; all is written below target/bench. The bars are those of a full tree: in a crate of a few types cargo
itself is what takes the time.

Exit codes: 0 every bar holds; 1 one is missed; 2 wrong usage, such as a folder without pages, or a crate that does not
compile.";

/// What is said about examples.
const CONFORMANCE: &str = "\
The crate is written, and its own test is compiled and run: each function is called with what an example has for its
arguments, the request is compared with the one that the page shows, and the bodies are read and written back. Each result
has a cause; those that lie in the pages are findings of `lint` as well, under the rule that is named beside them.

Exit codes: 0 done; 1 a failure that no finding explains, a body that is not written back unchanged, or with --strict a
share below its bar; 2 wrong usage, such as a folder without pages, or a crate that does not compile.";

/// Reads reference documentation and writes a typed Rust SDK.
#[derive(Debug, Parser)]
#[command(name = "xtask", bin_name = "cargo xtask", arg_required_else_help = true, after_help = EXIT_CODES)]
pub(crate) struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Write the SDK crate from the documentation
    #[command(after_help = CODEGEN)]
    Codegen(Codegen),
    /// Print the types and operations that the documentation describes, as JSON
    #[command(after_help = EXIT_CODES)]
    Model(Model),
    /// Check the documentation, and write nothing
    #[command(after_help = EXIT_CODES)]
    Lint(Lint),
    /// Print what each stage makes of one type, enum, property, operation or page, with the places on the pages
    #[command(after_help = NAMES)]
    Explain(Explain),
    /// Hold the SDK of the documentation to the examples of its pages, and sum up what became of them
    #[command(after_help = CONFORMANCE)]
    Conformance(Conformance),
    /// Answer requests on this machine with the examples of the documentation, until interrupted
    #[command(after_help = EXIT_CODES)]
    Mock(Mock),
    /// Print the rules that findings fall under, each with an example, as markdown
    Rules,
    /// Measure the SDK of the documentation: what it covers, what it costs to compile, how fast it decodes
    #[command(after_help = BENCH)]
    Bench(Bench),
}

/// What is read.
#[derive(Debug, Args)]
pub(crate) struct Source {
    /// The documentation: a folder with `api/` and `resources/`, or any folder of pages [default: docs-input]
    #[arg(long, value_name = "DIR")]
    pub(crate) docs: Option<PathBuf>,
    /// What the pages have wrong, as TOML [default: corrections.toml in DIR, where there is one]
    #[arg(long, value_name = "FILE")]
    pub(crate) corrections: Option<PathBuf>,
    /// How the pages are worded, as TOML [default: the embedded profile]
    #[arg(long, value_name = "FILE")]
    pub(crate) profile: Option<PathBuf>,
}

/// Which operations are wanted.
#[derive(Debug, Args)]
pub(crate) struct Wanted {
    /// Keep only operations that match, and the types that they need: a path (`/users/*`), an operation
    /// (`GET /users/{id}`), a page (`user-list`) or an area (`users`); repeatable
    #[arg(long, value_name = "PATTERN")]
    pub(crate) select: Vec<String>,
    /// Leave out operations that match; repeatable
    #[arg(long, value_name = "PATTERN")]
    pub(crate) exclude: Vec<String>,
}

/// What is done with findings.
#[derive(Debug, Args)]
pub(crate) struct Findings {
    /// How findings are written: to FILE where there is one, else to the terminal
    #[arg(long, default_value = "human", value_parser = formats())]
    pub(crate) format: Format,
    /// Write all findings, notes included, to this file
    #[arg(long, value_name = "FILE")]
    pub(crate) diagnostics: Option<PathBuf>,
    /// Make the findings of a rule errors; repeatable, `rules` lists them
    #[arg(long, value_name = "RULE")]
    pub(crate) deny: Vec<Rule>,
    /// Leave out the findings that this file lists, and report its entries that match none
    #[arg(long, value_name = "FILE")]
    pub(crate) baseline: Option<PathBuf>,
}

/// `codegen`.
#[derive(Debug, Args)]
pub(crate) struct Codegen {
    #[command(flatten)]
    pub(crate) source: Source,
    /// The folder of the crate; files of other origin in it are left alone [default: generated]
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) wanted: Wanted,
    /// What the documentation says: `full` has the descriptions of the pages, `link` only links to them
    ///
    /// The default suits most: with descriptions the SDK can be read in an editor. Where the pages ask for it, as
    /// Microsoft's do under CC BY 4.0, the crate then carries a NOTICE, which has to stay with it, and names their licence
    /// in Cargo.toml. `link` is for a crate that is to hold no text of others: it has names, links, and what follows from
    /// tables, such as permissions and allowed values.
    #[arg(long, value_name = "MODE", default_value = "full", value_parser = prose_modes())]
    pub(crate) prose: Descriptions,
    /// Write nothing; exit with 1 where the folder is not what would be written
    #[arg(long, conflicts_with = "dry_run")]
    pub(crate) check: bool,
    /// Write nothing; say what would be written
    #[arg(long)]
    pub(crate) dry_run: bool,
    #[command(flatten)]
    pub(crate) findings: Findings,
}

/// `model`.
#[derive(Debug, Args)]
pub(crate) struct Model {
    #[command(flatten)]
    pub(crate) source: Source,
    /// Write to this file instead of the standard output
    #[arg(short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
}

/// `lint`.
#[derive(Debug, Args)]
pub(crate) struct Lint {
    #[command(flatten)]
    pub(crate) source: Source,
    #[command(flatten)]
    pub(crate) wanted: Wanted,
    #[command(flatten)]
    pub(crate) findings: Findings,
    /// Write the findings to this file, as `--baseline` reads it; errors of their own stay out
    #[arg(long, value_name = "FILE", conflicts_with = "baseline")]
    pub(crate) write_baseline: Option<PathBuf>,
}

/// `explain`.
#[derive(Debug, Args)]
pub(crate) struct Explain {
    /// What to explain
    #[arg(value_name = "NAME")]
    pub(crate) name: String,
    #[command(flatten)]
    pub(crate) source: Source,
    #[command(flatten)]
    pub(crate) wanted: Wanted,
    /// Show long lists and long lines in full
    #[arg(long)]
    pub(crate) full: bool,
}

/// `conformance`.
#[derive(Debug, Args)]
pub(crate) struct Conformance {
    #[command(flatten)]
    pub(crate) source: Source,
    /// The folder of the crate, which is written as by `codegen` [default: target/conformance/sdk]
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) wanted: Wanted,
    /// Exit with 1 as well where a share misses its bar: those are for documentation as complete as Microsoft's of 2021
    #[arg(long)]
    pub(crate) strict: bool,
    /// List each example that did not pass, with its page and line
    #[arg(long, conflicts_with = "json")]
    pub(crate) list: bool,
    /// Print JSON, with each example
    #[arg(long)]
    pub(crate) json: bool,
}

/// `mock`.
#[derive(Debug, Args)]
pub(crate) struct Mock {
    #[command(flatten)]
    pub(crate) source: Source,
    #[command(flatten)]
    pub(crate) wanted: Wanted,
    /// The port on the loopback interface; 0 for any that is free
    #[arg(long, value_name = "N", default_value_t = 8080)]
    pub(crate) port: u16,
    /// How long each answer takes, in milliseconds
    #[arg(long, value_name = "MS", default_value_t = 0)]
    pub(crate) latency: u64,
    /// Answer every N-th request with 429; 0 for none
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) throttle: u64,
}

/// `bench`.
#[derive(Debug, Args)]
pub(crate) struct Bench {
    #[command(flatten)]
    pub(crate) source: Source,
    /// Measure only this; repeatable [default: all]
    #[arg(long, value_enum, value_name = "WHAT")]
    pub(crate) only: Vec<Subject>,
    /// The area that is compiled alone [default: the one with the most functions]
    #[arg(long, value_name = "NAME")]
    pub(crate) area: Option<String>,
    /// How often each crate is compiled; medians count
    #[arg(long, value_name = "N", default_value_t = 3, value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) rounds: u32,
    /// The type of the objects that are decoded, by its name in JSON, with or without the service's own namespace
    /// [default: user, where there is one]
    #[arg(long, value_name = "NAME")]
    pub(crate) decoded: Option<String>,
    /// Print JSON
    #[arg(long)]
    pub(crate) json: bool,
}

/// What can be measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Subject {
    /// How much of the documentation is in the crate
    Coverage,
    /// What `cargo check` of the crate costs
    Compile,
    /// How fast objects are decoded
    Decode,
}

/// Reads what the documentation says.
fn prose_modes() -> impl TypedValueParser<Value = Descriptions> {
    PossibleValuesParser::new(["full", "link"]).map(|name| match name.as_str() {
        "link" => Descriptions::Link,
        _ => Descriptions::Full,
    })
}

/// Reads the name of a format.
fn formats() -> impl TypedValueParser<Value = Format> {
    PossibleValuesParser::new(Format::ALL.iter().map(|format| format.as_str()))
        .try_map(|name| name.parse::<Format>())
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::Cli;

    #[test]
    fn the_arguments_are_consistent() {
        Cli::command().debug_assert();
    }
}
