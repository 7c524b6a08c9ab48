//! Cargo on crates that were written.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::failure::Failure;
use crate::paths;
use graph_codegen::cli;

/// Gives the crate in a folder the versions of the workspace, where there is a file of them; cargo takes out what the
/// crate does not need.
pub(crate) fn lock(folder: &Path) -> Result<(), Failure> {
    let lock = paths::lock_file();
    if lock.exists() {
        fs::copy(&lock, folder.join("Cargo.lock")).map_err(cli::Failure::file("copy", lock))?;
    }
    Ok(())
}

/// `cargo` on the crate in a folder, without what would let a second run do less than the first.
pub(crate) fn cargo(folder: &Path, target: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command
        .args(arguments)
        .arg("--quiet")
        .current_dir(folder)
        .env("CARGO_INCREMENTAL", "0")
        .env("CARGO_TARGET_DIR", target)
        // A cache would answer instead of the compiler.
        .env("RUSTC_WRAPPER", "")
        .env_remove("CARGO_ENCODED_RUSTFLAGS")
        .env_remove("RUSTFLAGS");
    command
}
