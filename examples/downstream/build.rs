//! Generates ten operations of the pages in `docs-input`.

use std::process::ExitCode;

use graph_codegen::Config;

fn main() -> ExitCode {
    Config::new()
        .docs("../../docs-input")
        .select("/deviceManagement/deviceConfigurations")
        .select("/deviceManagement/deviceConfigurations/{id}/userStatuses*")
        .module("graph")
        .examples(true)
        .run()
}
