//! Compiles and runs the test of a crate.

use std::path::Path;

use graph_runtime::conformance::Report;

use crate::cargo;
use crate::failure::Failure;

/// The lines of what cargo says that are shown if it fails.
const SHOWN: usize = 40;

/// Runs the test of the crate in a folder, which is compiled below `target`.
///
/// # Errors
///
/// The crate does not compile, or its test prints no report.
pub(crate) fn run(folder: &Path, target: &Path) -> Result<Report, Failure> {
    cargo::lock(folder)?;
    let arguments = [
        "test",
        "--features",
        "full,conformance",
        "--test",
        "conformance",
    ];
    let mut command = cargo::cargo(folder, target, &arguments);
    // Nobody steps through it, and what debuggers need is most of what would be written.
    command.env("CARGO_PROFILE_DEV_DEBUG", "0");
    command.args(["--", "--json"]);
    let said = format!("{command:?}");
    let failed = |reason: String| Failure::Program {
        command: said.clone(),
        reason,
    };
    let output = match command.output() {
        Ok(output) => output,
        Err(error) => return Err(failed(error.to_string())),
    };
    // The test fails where something is not explained; the report says what.
    match serde_json::from_slice(&output.stdout) {
        Ok(report) => Ok(report),
        Err(_) if !output.status.success() => {
            let text = String::from_utf8_lossy(&output.stderr);
            let lines: Vec<&str> = text.lines().collect();
            Err(failed(
                lines[lines.len().saturating_sub(SHOWN)..].join("\n"),
            ))
        }
        Err(error) => Err(failed(format!("it prints no report: {error}"))),
    }
}
