//! The command line of this repository: parses arguments, calls `graph_codegen`, prints.

mod args;
mod baseline;
mod bench;
mod cargo;
mod changes;
mod commands;
mod conformance;
mod failure;
mod file;
mod mock;
mod output;
mod paths;
mod place;
mod report;
mod table;

use std::process::ExitCode;

use args::{Cli, Command};
use clap::Parser;
use failure::End;

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            // Where nobody reads the message, there is nobody to tell.
            let _ = error.print();
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2));
        }
    };
    let result = match &cli.command {
        Command::Codegen(args) => commands::codegen(args),
        Command::Model(args) => commands::model(args),
        Command::Lint(args) => commands::lint(args),
        Command::Explain(args) => commands::explain(args),
        Command::Conformance(args) => commands::conformance(args),
        Command::Mock(args) => commands::mock(args),
        Command::Rules => commands::rules(),
        Command::Bench(args) => commands::bench(args),
    };
    match result {
        Ok(End::Success) => ExitCode::SUCCESS,
        Ok(End::Findings) => ExitCode::from(1),
        Err(failure) => {
            output::error(&failure.to_string());
            ExitCode::from(2)
        }
    }
}
