//! What `cargo check` of the crate costs, against the same crate with serde's derive, and against one area of it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use graph_codegen::pipeline::Generated;

use super::clock::{Cost, median, run};
use super::derive::{Undeclared, rewrite};
use super::{CRATE, write_crate};
use crate::args::Bench;
use crate::cargo::cargo;
use crate::failure::Failure;
use crate::table::{Bar, Figure, Measurement, Table};
use graph_codegen::cli::{self, progress};

/// The library's own file: writing it makes cargo check the crate again.
const LIBRARY: &str = "src/lib.rs";

/// A crate to be checked with some features, and what that cost each time.
struct Subject {
    /// Named in notes.
    name: String,
    folder: PathBuf,
    library: String,
    features: String,
    costs: Vec<Cost>,
}

/// Adds the rows about compiling.
pub(super) fn measure(
    generated: &Generated,
    folder: &Path,
    args: &Bench,
    table: &mut Table,
) -> Result<(), Failure> {
    let areas = &generated.plan.areas;
    let area = match &args.area {
        Some(name) => areas
            .iter()
            .find(|area| area.ident.as_str() == name)
            .ok_or_else(|| Failure::Area {
                name: name.clone(),
                areas: areas.iter().map(|area| area.ident.to_string()).collect(),
            })?,
        // The last of the largest: `max_by_key` says so, and any of them will do.
        None => match areas.iter().max_by_key(|area| area.functions().len()) {
            Some(area) => area,
            None => {
                let figure = Figure::Absent("not measured: there are no areas".to_owned());
                table.push(Measurement::new("check", "cargo check", figure));
                return Ok(());
            }
        },
    };
    let tree = &generated.tree.files;
    let mut subjects = Vec::new();
    // From small to large, so that the peak of each is its own.
    subjects.push(subject(
        area.ident.as_str(),
        CRATE,
        area.ident.as_str(),
        tree,
        folder,
    )?);
    subjects.push(subject("full", CRATE, "full", tree, folder)?);
    for (name, undeclared) in [
        ("derive", Undeclared::Skipped),
        ("derive-flatten", Undeclared::Flattened),
    ] {
        let mut tree = tree.clone();
        tree.extend(rewrite(&generated.tree.files, undeclared)?);
        if let Some(manifest) = tree.get_mut("Cargo.toml") {
            *manifest = manifest.replacen(
                "[dependencies]\n",
                "[dependencies]\nserde = { version = \"1\", features = [\"derive\"] }\n",
                1,
            );
        }
        subjects.push(subject(name, name, "full", &tree, folder)?);
    }
    check_all(&mut subjects, folder, args.rounds)?;
    rows(&subjects, table);
    Ok(())
}

/// Writes a crate.
fn subject(
    name: &str,
    below: &str,
    features: &str,
    tree: &BTreeMap<String, String>,
    folder: &Path,
) -> Result<Subject, Failure> {
    let folder = folder.join(below);
    write_crate(&folder, tree.iter().map(|(path, text)| (&**path, &**text)))?;
    Ok(Subject {
        name: name.to_owned(),
        folder,
        library: tree.get(LIBRARY).cloned().unwrap_or_default(),
        features: features.to_owned(),
        costs: Vec::new(),
    })
}

/// Checks each crate `rounds` times, one after the other, so that a busy minute hits all of them.
fn check_all(subjects: &mut [Subject], folder: &Path, rounds: u32) -> Result<(), Failure> {
    let target = folder.join("target");
    for subject in &*subjects {
        progress("dependencies");
        // With an empty library the dependencies are built and nothing else.
        subject.check(&target, "")?;
    }
    for round in 1..=rounds {
        for subject in &mut *subjects {
            progress(&format!("check {round} {}", subject.name));
            let cost = subject.check(&target, &subject.library)?;
            subject.costs.push(cost);
        }
    }
    Ok(())
}

impl Subject {
    /// What `cargo check` costs with `library` as the library's file.
    fn check(&self, target: &Path, library: &str) -> Result<Cost, Failure> {
        let path = self.folder.join(LIBRARY);
        fs::write(&path, library).map_err(cli::Failure::file("write", &path))?;
        let mut command = cargo(
            &self.folder,
            target,
            &["check", "--features", &self.features],
        );
        Ok(run(&mut command)?.0)
    }

    fn seconds(&self) -> f64 {
        let seconds: Vec<f64> = self.costs.iter().map(|cost| cost.user).collect();
        median(&seconds)
    }

    fn note(&self) -> String {
        let seconds: Vec<String> = self
            .costs
            .iter()
            .map(|cost| format!("{:.2}", cost.user))
            .collect();
        let peak = self.costs.first().map_or(0, |cost| cost.peak);
        format!(
            "{}: {} s of user CPU, peak memory {peak} MiB",
            self.name,
            seconds.join(", ")
        )
    }
}

fn rows(subjects: &[Subject], table: &mut Table) {
    let [area, full, derive, flatten] = subjects else {
        return;
    };
    // The cheaper of the two yardsticks is the harder one.
    let harder = if derive.seconds() <= flatten.seconds() {
        derive
    } else {
        flatten
    };
    let notes = subjects.iter().map(Subject::note).collect();
    table.push(
        Measurement::new(
            "check_against_derive",
            "cargo check of all features, against serde's derive",
            Figure::Ratio(full.seconds() / harder.seconds()),
        )
        .bar(Bar::AtMost(0.4))
        .notes(notes),
    );
    table.push(Measurement::new(
        "check_against_flatten",
        "the same against derives that keep undeclared properties",
        Figure::Ratio(full.seconds() / flatten.seconds()),
    ));
    table.push(
        Measurement::new(
            "check_area",
            format!("cargo check of `{}` alone, against all features", area.name),
            Figure::Ratio(area.seconds() / full.seconds()),
        )
        .bar(Bar::AtMost(0.25)),
    );
    table.push(Measurement::new(
        "check_seconds",
        "cargo check of all features, user CPU",
        Figure::Seconds(full.seconds()),
    ));
    let peak = full.costs.first().map_or(0, |cost| cost.peak);
    table.push(Measurement::new(
        "check_memory",
        "cargo check of all features, peak memory",
        Figure::Memory(peak),
    ));
}
