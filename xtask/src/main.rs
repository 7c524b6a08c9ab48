//! The command line of this repository: the commands of `graph-codegen`, and those that measure what it writes.

mod args;
mod bench;
mod cargo;
mod commands;
mod conformance;
mod failure;
mod mock;
mod paths;
mod table;

use std::process::ExitCode;

use args::{Cli, Command};
use graph_codegen::cli::{self, End, Program};
use mimalloc::MiMalloc;

use failure::Failure;

/// A run asks for memory six million times.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    let program = Program {
        name: "cargo xtask",
        generate: "codegen",
        docs: paths::default_docs(),
        out: paths::default_out(),
        runtime: Some(paths::runtime()),
        member: Some(paths::default_out()),
    };
    program.main(std::env::args_os(), |cli: &Cli| run(cli, &program))
}

fn run(cli: &Cli, program: &Program) -> Result<End, Failure> {
    match &cli.command {
        Command::Codegen(args) => Ok(cli::generate(args, program)?),
        Command::Common(command) => Ok(command.run(program)?),
        Command::Conformance(args) => commands::conformance(args, program),
        Command::Mock(args) => commands::mock(args, program),
        Command::Bench(args) => commands::bench(args, program),
        Command::Step(step) => {
            bench::generation::step::run(step)?;
            Ok(End::Success)
        }
    }
}
