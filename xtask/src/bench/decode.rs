//! How fast a page of objects is decoded, against `serde_json::Value` of the same bytes.
//!
//! It is built in release, whatever this program is built in: nobody ships a client that is not.

use std::path::Path;
use std::process::Command;

use graph_codegen::pipeline::Generated;
use graph_codegen::plan::nodes::{
    ModelItem, ModelPath, ModelPlan, ModulePlan, RustType, StructPlan,
};
use serde_json::Value;

use super::clock::run;
use super::page::page;
use super::{CRATE, write_crate};
use crate::cargo::cargo;
use crate::failure::Failure;
use crate::table::{Bar, Figure, Measurement, Table};
use graph_codegen::cli::progress;

/// The program that decodes.
const HARNESS: &str = include_str!("harness.rs");
/// What is decoded, in bytes.
const SIZE: usize = 1_000_000;
/// How often in one process.
const ROUNDS: u32 = 100;
/// How many processes for each of the two.
const PROCESSES: usize = 11;

/// The type that is decoded where none is named.
pub(super) const DEFAULT: &str = "user";

/// The struct whose type is `name` in JSON, with or without the service's own namespace.
pub(super) fn object<'g>(
    generated: &'g Generated,
    name: &str,
) -> Option<(&'g ModelPlan, &'g StructPlan)> {
    let mut models = generated.plan.models.iter();
    models.find_map(|model| match &model.item {
        ModelItem::Struct(item) => {
            let is_own = model.namespace.is_none() && item.wire.rsplit('.').next() == Some(name);
            (is_own || item.wire == name).then_some((model, item))
        }
        ModelItem::Enum(_) => None,
    })
}

/// Adds the rows about decoding objects of a type; `None` where the service has not the one of [`DEFAULT`].
pub(super) fn measure(
    generated: &Generated,
    folder: &Path,
    found: Option<(&ModelPlan, &StructPlan)>,
    table: &mut Table,
) -> Result<(), Failure> {
    let plan = &generated.plan;
    let wire = found.map_or(DEFAULT, |(_, item)| &item.wire);
    let row = |figure| {
        Measurement::new(
            "decode",
            format!("decode 1 MB of `{wire}`, against serde_json::Value"),
            figure,
        )
        .bar(Bar::AtMost(0.65))
    };
    let Some((model, item)) = found else {
        table.push(row(Figure::Absent(format!(
            "not measured: no type `{wire}`"
        ))));
        return Ok(());
    };
    let path = ModelPath {
        namespace: model.namespace.clone(),
        ident: item.ident.clone(),
    };
    let feature = plan
        .areas
        .iter()
        .map(|area| (answers(area, &path), area.ident.as_str()))
        .max_by_key(|(count, _)| *count)
        .filter(|(count, _)| *count > 0)
        .map_or("full", |(_, area)| area);
    let tree = &generated.tree.files;
    let crate_folder = folder.join(CRATE);
    write_crate(
        &crate_folder,
        tree.iter().map(|(path, text)| (&**path, &**text)),
    )?;
    let text = page(plan, item, SIZE);
    let harness = folder.join("decode");
    let module = match &path.namespace {
        Some(namespace) => format!("models::{namespace}"),
        None => "models".to_owned(),
    };
    let manifest = format!(
        "[package]\nname = \"decode\"\nversion = \"0.0.0\"\nedition = \"2024\"\npublish = false\n\n[dependencies]\n\
         emitted = {{ path = \"../{CRATE}\", package = \"{}\", features = [\"{feature}\"] }}\n\
         graph-runtime = {}\n\n[workspace]\n",
        plan.package, plan.runtime
    );
    let item = format!(
        "pub(crate) use emitted::{module}::{} as Item;\n",
        path.ident
    );
    write_crate(
        &harness,
        [
            ("Cargo.toml", manifest.as_str()),
            ("src/main.rs", HARNESS),
            ("src/item.rs", item.as_str()),
            ("page.json", text.as_str()),
        ],
    )?;
    progress("decode: build");
    let target = folder.join("target");
    run(&mut cargo(&harness, &target, &["build", "--release"]))?;
    progress("decode");
    let program = target.join("release").join("decode");
    let decode = |what: &str, rounds: u32| -> Result<(f64, Value), Failure> {
        let mut command = Command::new(&program);
        command.current_dir(&harness).args(["page.json", what]);
        let (cost, printed) = run(command.arg(rounds.to_string()))?;
        let printed = serde_json::from_str(&printed).map_err(|error| Failure::Program {
            command: format!("{command:?}"),
            reason: error.to_string(),
        })?;
        Ok((
            (cost.user + cost.system) / f64::from(rounds.max(1)),
            printed,
        ))
    };
    let (_, compared) = decode("compare", 1)?;
    let mut best = [Decoded::NEVER; 2];
    // Each in a process of its own, since each leaves the heap in another state; in turns, so that a busy minute hits
    // both. What else runs can only make it slower: the best of them counts. Of user CPU alone, the best would be the run
    // whose split from the system's has gone astray most: a process lasts less than a hundred ticks.
    for _ in 0..PROCESSES {
        for (what, best) in ["typed", "value"].into_iter().zip(&mut best) {
            let (cpu, printed) = decode(what, ROUNDS)?;
            best.cpu = best.cpu.min(cpu);
            best.alone = best.alone.min(printed["best"].as_f64().unwrap_or(f64::MAX));
        }
    }
    let [typed, value] = best;
    let count = |name: &str| {
        let count = compared[name].as_u64().unwrap_or(0);
        usize::try_from(count).unwrap_or(usize::MAX)
    };
    let milliseconds = |decoded: Decoded| {
        format!(
            "{:.3} ms of CPU with dropping, {:.3} ms of time without",
            decoded.cpu * 1e3,
            decoded.alone * 1e3
        )
    };
    let notes = vec![
        format!(
            "{} bytes, {} objects with {} undeclared properties; built with `{feature}`",
            text.len(),
            count("items"),
            count("undeclared")
        ),
        format!("typed: {}", milliseconds(typed)),
        format!("Value: {}", milliseconds(value)),
    ];
    table.push(row(Figure::Ratio(typed.cpu / value.cpu)).notes(notes));
    table.push(Measurement::new(
        "decode_alone",
        "the same without dropping what was decoded",
        Figure::Ratio(typed.alone / value.alone),
    ));
    table.push(
        Measurement::new(
            "decode_kept",
            "decoded objects that are the same JSON when written again",
            Figure::Part(count("same"), count("items")),
        )
        .bar(Bar::All),
    );
    Ok(())
}

/// What decoding once took, in seconds.
#[derive(Clone, Copy)]
struct Decoded {
    /// CPU, of the user and of the system, of decoding and of dropping what was decoded.
    cpu: f64,
    /// Time of decoding.
    alone: f64,
}

impl Decoded {
    const NEVER: Self = Self {
        cpu: f64::MAX,
        alone: f64::MAX,
    };
}

/// How many requests of a module answer with the model.
fn answers(module: &ModulePlan, model: &ModelPath) -> usize {
    let own = module
        .operations
        .iter()
        .filter(|operation| match &operation.returns {
            RustType::Model(path) => path == model,
            RustType::Generic(_, item) => matches!(&**item, RustType::Model(path) if path == model),
            _ => false,
        });
    let below = module.children.iter().map(|child| answers(child, model));
    own.count() + below.sum::<usize>()
}
