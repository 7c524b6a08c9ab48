//! The program `graph-codegen`: the generator for people who do not work on this repository.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use graph_codegen::cli::{self, Generate, Program};
use mimalloc::MiMalloc;

/// Reads the reference documentation of an OData service and writes a typed Rust SDK.
#[derive(Debug, Parser)]
#[command(name = "graph-codegen", version, arg_required_else_help = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Write an SDK crate from the documentation
    #[command(after_help = cli::PATTERNS)]
    Generate(Generate),
    #[command(flatten)]
    Common(cli::Command),
}

/// A run asks for memory six million times.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    let program = Program {
        name: "graph-codegen",
        generate: "generate",
        docs: PathBuf::from("docs"),
        out: PathBuf::from("sdk"),
        runtime: None,
        member: None,
    };
    program.main(std::env::args_os(), |cli: &Cli| match &cli.command {
        Command::Generate(args) => cli::generate(args, &program),
        Command::Common(command) => command.run(&program),
    })
}
