//! The arguments.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use graph_codegen::cli::{self, EXIT_CODES, Generate, Source, Wanted};

/// What is said about measuring.
const BENCH: &str = "\
Costs are user CPU, of decoding that of the system as well, and bars are ratios within one run. Compiling is measured by
`cargo check` of the crate alone, generation and decoding in release builds; all is written below target/bench. The bars are
those of a full tree: in a crate of a few types cargo itself is what takes the time.

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
    #[command(after_help = cli::PATTERNS)]
    Codegen(Generate),
    #[command(flatten)]
    Common(cli::Command),
    /// Hold the SDK of the documentation to the examples of its pages, and sum up what became of them
    #[command(after_help = CONFORMANCE)]
    Conformance(Conformance),
    /// Answer requests on this machine with the examples of the documentation, until interrupted
    #[command(after_help = EXIT_CODES)]
    Mock(Mock),
    /// Measure the SDK of the documentation: what it covers, what it costs to generate and compile, how fast it decodes
    #[command(after_help = BENCH)]
    Bench(Bench),
    /// Do what `bench` measures in a process of its own
    #[command(hide = true, subcommand, name = Step::COMMAND)]
    Step(Step),
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
    /// A further tree that is generated, to compare what a page costs; repeatable
    #[arg(long, value_name = "DIR")]
    pub(crate) beside: Vec<PathBuf>,
    /// How often each crate is generated and compiled; medians count
    #[arg(long, value_name = "N", default_value_t = 3, value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) rounds: u32,
    /// The type of the objects that are decoded, by its name in JSON, with or without the service's own namespace
    /// [default: user, where there is one]
    #[arg(long, value_name = "NAME")]
    pub(crate) decoded: Option<String>,
    /// Show bars in seconds, and leave them out of the exit code: they depend on the machine
    #[arg(long)]
    pub(crate) ratios: bool,
    /// Print JSON
    #[arg(long)]
    pub(crate) json: bool,
}

/// What can be measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Subject {
    /// How much of the documentation is in the crate
    Coverage,
    /// What generation costs
    Generate,
    /// What `cargo check` of the crate costs
    Compile,
    /// How fast objects are decoded
    Decode,
}

/// What is measured in a process of its own.
#[derive(Debug, Subcommand)]
pub(crate) enum Step {
    /// Run a program, and print what it cost
    #[command(name = Step::COST)]
    Cost {
        /// The program and its arguments
        #[arg(trailing_var_arg = true, allow_hyphen_values = true, required = true)]
        command: Vec<String>,
    },
    /// Read the pages of a folder
    #[command(name = Step::READ)]
    Read {
        /// The folder
        folder: PathBuf,
    },
    /// Read the pages of a folder, and parse them
    #[command(name = Step::PARSE)]
    Parse {
        /// The folder
        folder: PathBuf,
    },
    /// Lay out the Rust in a folder
    #[command(name = Step::FORMAT)]
    Format {
        /// The folder
        folder: PathBuf,
    },
}

impl Step {
    /// The command.
    pub(crate) const COMMAND: &str = "step";
    /// [`Self::Cost`].
    pub(crate) const COST: &str = "cost";
    /// [`Self::Read`].
    pub(crate) const READ: &str = "read";
    /// [`Self::Parse`].
    pub(crate) const PARSE: &str = "parse";
    /// [`Self::Format`].
    pub(crate) const FORMAT: &str = "format";
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
