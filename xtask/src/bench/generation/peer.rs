//! What another generator costs for the same service: progenitor, which writes a Rust client from an OpenAPI document.

use std::fs;
use std::path::Path;
use std::process::Command;

use graph_codegen::cli::{self, progress, write_whole};
use graph_codegen::model::Api;

use super::openapi::{openapi, operations, schemas};
use super::{step, thousands};
use crate::bench::clock::{median, run};
use crate::failure::Failure;
use crate::table::{Figure, Measurement, Table};

/// The package of the client.
const CLIENT: &str = "peer-client";

/// Adds the rows about progenitor; `ours` is what generation costs here, in seconds.
pub(super) fn measure(
    api: &Api,
    ours: f64,
    folder: &Path,
    rounds: u32,
    table: &mut Table,
) -> Result<(), Failure> {
    let row = |figure| Measurement::new("peer", "progenitor generates the same service", figure);
    if run(progenitor().arg("--help")).is_err() {
        let reason = "not measured: cargo-progenitor is not installed".to_owned();
        table.push(row(Figure::Absent(reason)));
        return Ok(());
    }
    let folder = folder.join("peer");
    fs::create_dir_all(&folder).map_err(cli::Failure::file("create the folder", &folder))?;
    let document = openapi(api);
    let file = folder.join("openapi.json");
    write_whole(&file, &document.to_string())?;
    let client = folder.join("client");
    let mut seconds = Vec::new();
    for round in 1..=rounds {
        progress(&format!("progenitor {round}"));
        if client.exists() {
            fs::remove_dir_all(&client).map_err(cli::Failure::file("remove", &client))?;
        }
        let mut command = progenitor();
        command.arg("--input").arg(&file);
        command.arg("--output").arg(&client);
        command.args(["--name", CLIENT, "--version", "0.0.0"]);
        match run(&mut command) {
            Ok((cost, _)) => seconds.push(cost.user),
            Err(failure) => {
                let figure = Figure::Absent("not measured: progenitor failed".to_owned());
                let reason = failure.to_string();
                table.push(row(figure).notes(reason.lines().map(str::to_owned).collect()));
                return Ok(());
            }
        }
    }
    let cost = median(&seconds);
    let written = operations(&document);
    let notes = vec![
        format!(
            "progenitor {}; {written} operations of {}, {} schemas of {} types and enums and of pages of them",
            version(&client)?.unwrap_or_else(|| "of an unknown version".to_owned()),
            api.operations.len(),
            schemas(&document),
            api.types.len() + api.enums.len(),
        ),
        "OpenAPI has one operation for a method and path; relationships are left out".to_owned(),
        format!(
            "each run: {}",
            seconds
                .iter()
                .map(|seconds| format!("{seconds:.2} s"))
                .collect::<Vec<_>>()
                .join(", ")
        ),
    ];
    let thousand = cost / thousands(written);
    table.push(row(Figure::Seconds(cost)).notes(notes));
    table.push(Measurement::new(
        "peer-thousand",
        "progenitor generates 1,000 operations",
        Figure::Seconds(thousand),
    ));
    table.push(Measurement::new(
        "peer-ratio",
        "generate, against progenitor",
        Figure::Ratio(ours / cost),
    ));
    table.push(Measurement::new(
        "peer-emitted",
        "lines of Rust that progenitor emits",
        Figure::Count(lines(&client)?),
    ));
    Ok(())
}

/// The program, which cargo finds where it installs programs.
fn progenitor() -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.arg("progenitor");
    command
}

/// The version of progenitor: that of the library which its clients need.
fn version(client: &Path) -> Result<Option<String>, Failure> {
    let path = client.join("Cargo.toml");
    let text = fs::read_to_string(&path).map_err(cli::Failure::file("read", &path))?;
    let manifest: Option<toml::Table> = text.parse().ok();
    let version = manifest.and_then(|manifest| {
        let dependencies = manifest.get("dependencies")?;
        let version = dependencies.get("progenitor-client")?.as_str()?;
        Some(version.to_owned())
    });
    Ok(version)
}

/// The lines of Rust in the crate.
fn lines(client: &Path) -> Result<usize, Failure> {
    let mut lines = 0;
    for path in step::files(client)? {
        if path.extension().is_some_and(|name| name == "rs") {
            let text = fs::read_to_string(&path).map_err(cli::Failure::file("read", &path))?;
            lines += text.lines().count();
        }
    }
    Ok(lines)
}
