//! What generation costs, against the least that any generator has to do: read and parse the pages, and lay out the code.
//!
//! All is measured in processes of one release build of this program, whatever this one is built in.

mod grown;
mod openapi;
mod peer;
pub(crate) mod step;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use graph_codegen::cli::{self, progress};
use graph_codegen::pipeline::{Generated, Input, Source};
use serde_json::Value;

use super::clock::{Cost, median, run};
use crate::args::{Bench, Step};
use crate::cargo::cargo;
use crate::failure::Failure;
use crate::paths;
use crate::table::{Bar, Figure, Measurement, Table};

/// How often the tree is repeated to see whether a page costs more in a larger one.
const TIMES: [usize; 2] = [2, 4];

/// A run of the program, and what it cost each time.
struct Run {
    /// What is run.
    program: PathBuf,
    arguments: Vec<String>,
    /// Removed before each run.
    removed: Option<PathBuf>,
    costs: Vec<Cost>,
}

/// A tree that is generated.
struct Tree {
    name: String,
    pages: usize,
    cold: Run,
    unchanged: Run,
}

/// Adds the rows about generation.
pub(super) fn measure(
    generated: &Generated,
    input: &Input,
    folder: &Path,
    args: &Bench,
    table: &mut Table,
) -> Result<(), Failure> {
    let Source::Pages { docs, corrections } = &input.source else {
        let figure = Figure::Absent("not measured: a saved model has no pages".to_owned());
        table.push(Measurement::new("generate", "generate", figure));
        return Ok(());
    };
    let corrections = corrections.iter();
    let corrections: Vec<String> = corrections
        .flat_map(|path| ["--corrections".to_owned(), path.display().to_string()])
        .collect();
    let program = build(folder)?;
    let out = folder.join("generation");
    let mut main = tree(&program, "the tree", docs, &out, &corrections)?;
    let code = out.join("the-tree");
    let mut read = limit(&program, Step::READ, docs);
    let mut parse = limit(&program, Step::PARSE, docs);
    let mut format = limit(&program, Step::FORMAT, &code);
    let mut others = Vec::new();
    for docs in &args.beside {
        let name = docs.display().to_string();
        others.push(tree(&program, &name, docs, &out, &[])?);
    }
    let mut plain = tree(&program, "1", docs, &out, &[])?;
    let mut grown = Vec::new();
    for times in TIMES {
        let repeated = folder.join(format!("docs-{times}"));
        grown::repeat(docs, &input.profile, &repeated, times)?;
        grown.push(tree(&program, &times.to_string(), &repeated, &out, &[])?);
    }
    for round in 1..=args.rounds {
        progress(&format!("generate {round}"));
        for tree in [&mut main, &mut plain]
            .into_iter()
            .chain(&mut others)
            .chain(&mut grown)
        {
            tree.cold.measure()?;
            tree.unchanged.measure()?;
        }
        for limit in [&mut read, &mut parse, &mut format] {
            limit.measure()?;
        }
    }
    let limits = [&read, &parse, &format].map(Run::seconds);
    rows(generated, &main, limits, &out, table)?;
    let (api, ours) = (&generated.model.api, main.cold.seconds());
    peer::measure(api, ours, folder, args.rounds, table)?;
    for tree in &others {
        table.push(per_page(tree));
    }
    table.push(per_page(&plain));
    for (tree, times) in grown.iter().zip(TIMES) {
        let ratio = tree.per_page() / plain.per_page();
        table.push(
            Measurement::new(
                "growth",
                format!("cost of a page, in {times} times the tree against once"),
                Figure::Ratio(ratio),
            )
            .bar(Bar::AtMost(1.2))
            .notes(vec![format!(
                "{} pages, {:.2} s, {} MiB",
                tree.pages,
                tree.cold.seconds(),
                tree.cold.peak()
            )]),
        );
    }
    Ok(())
}

/// The rows of the tree itself.
fn rows(
    generated: &Generated,
    main: &Tree,
    [read, parse, format]: [f64; 3],
    out: &Path,
    table: &mut Table,
) -> Result<(), Failure> {
    let cold = main.cold.seconds();
    let files = &generated.tree.files;
    let rust = files.iter().filter(|(path, _)| path.ends_with(".rs"));
    let lines: usize = rust.map(|(_, text)| text.lines().count()).sum();
    let operations = generated.model.api.operations.len();
    table.push(Measurement::new(
        "emitted",
        "lines of Rust that are emitted",
        Figure::Count(lines),
    ));
    table.push(
        Measurement::new("generate", "generate", Figure::Seconds(cold)).notes(vec![
            format!(
                "{} pages, {operations} operations, {lines} lines of Rust",
                main.pages
            ),
            format!("each run: {}", main.cold.all()),
        ]),
    );
    table.push(
        Measurement::new(
            "generate-thousand",
            "generate 1,000 operations",
            Figure::Seconds(cold / thousands(operations)),
        )
        .bar(Bar::AtMost(0.35)),
    );
    table.push(
        Measurement::new(
            "generate-limit",
            "generate, against reading and parsing the pages and prettyplease on the output",
            Figure::Ratio(cold / (parse + format)),
        )
        .bar(Bar::AtMost(1.5))
        .notes(vec![
            format!("reading the pages {read:.3} s; reading them and pulldown-cmark {parse:.3} s"),
            format!("syn and prettyplease on the emitted Rust {format:.3} s"),
        ]),
    );
    table.push(
        Measurement::new(
            "unchanged",
            "an unchanged second run, against the first",
            Figure::Ratio(main.unchanged.seconds() / cold),
        )
        .bar(Bar::AtMost(0.5)),
    );
    let touched = touched(main, out)?;
    table.push(
        Measurement::new("touched", "files that it touches", Figure::Count(touched))
            .bar(Bar::AtMost(0.0)),
    );
    table.push(
        Measurement::new(
            "memory",
            "memory of a run at its peak",
            Figure::Memory(main.cold.peak()),
        )
        .bar(Bar::AtMost(400.0)),
    );
    Ok(())
}

/// So many thousands of operations.
fn thousands(operations: usize) -> f64 {
    #[expect(
        clippy::cast_precision_loss,
        reason = "operations are far fewer than 2^52"
    )]
    let operations = operations.max(1) as f64;
    operations / 1000.0
}

fn per_page(tree: &Tree) -> Measurement {
    Measurement::new(
        "page",
        match &*tree.name {
            "1" => "1,000 pages of the tree, without corrections".to_owned(),
            name => format!("1,000 pages of {name}"),
        },
        Figure::Seconds(tree.per_page() * 1000.0),
    )
    .notes(vec![format!(
        "{} pages, {:.2} s, unchanged {:.2} s, {} MiB",
        tree.pages,
        tree.cold.seconds(),
        tree.unchanged.seconds(),
        tree.cold.peak(),
    )])
}

/// This program in release.
fn build(folder: &Path) -> Result<PathBuf, Failure> {
    progress("build in release");
    let target = folder.join("target");
    run(&mut cargo(
        paths::root(),
        &target,
        &["build", "--release", "--package", "xtask"],
    ))?;
    Ok(target
        .join("release")
        .join(format!("xtask{}", std::env::consts::EXE_SUFFIX)))
}

/// The runs that generate a tree, the crate of which is written below `out`.
fn tree(
    program: &Path,
    name: &str,
    docs: &Path,
    out: &Path,
    options: &[String],
) -> Result<Tree, Failure> {
    let out = out.join(name.replace(|c: char| !c.is_ascii_alphanumeric(), "-"));
    let mut arguments = vec![
        "codegen".to_owned(),
        "--docs".to_owned(),
        docs.display().to_string(),
        "--out".to_owned(),
        out.display().to_string(),
    ];
    arguments.extend(options.iter().cloned());
    let run = |removed| Run {
        program: program.to_owned(),
        arguments: arguments.clone(),
        removed,
        costs: Vec::new(),
    };
    Ok(Tree {
        name: name.to_owned(),
        pages: step::pages(docs)?.len(),
        cold: run(Some(out)),
        unchanged: run(None),
    })
}

/// A run of a step that any generator has.
fn limit(program: &Path, step: &str, folder: &Path) -> Run {
    Run {
        program: program.to_owned(),
        arguments: vec![
            Step::COMMAND.to_owned(),
            step.to_owned(),
            folder.display().to_string(),
        ],
        removed: None,
        costs: Vec::new(),
    }
}

/// How many files an unchanged run touches.
fn touched(tree: &Tree, out: &Path) -> Result<usize, Failure> {
    let folder = out.join("the-tree");
    let times = || -> Result<Vec<_>, Failure> {
        let files = step::files(&folder)?;
        files
            .into_iter()
            .map(|path| {
                let time = fs::metadata(&path).and_then(|metadata| metadata.modified());
                let time = time.map_err(cli::Failure::file("look at", &path))?;
                Ok((path, time))
            })
            .collect()
    };
    let before = times()?;
    run(&mut tree.unchanged.command())?;
    let after = times()?;
    let same = before.iter().filter(|file| after.contains(file)).count();
    Ok(before.len().max(after.len()) - same)
}

impl Run {
    fn command(&self) -> Command {
        let mut command = Command::new(&self.program);
        command.args(&self.arguments);
        command
    }

    /// Runs it once more, in a process whose own costs are all that it reports.
    fn measure(&mut self) -> Result<(), Failure> {
        if let Some(folder) = &self.removed
            && folder.exists()
        {
            fs::remove_dir_all(folder).map_err(cli::Failure::file("remove", folder))?;
        }
        let mut command = Command::new(&self.program);
        command.args([Step::COMMAND, Step::COST]).arg(&self.program);
        let (_, printed) = run(command.args(&self.arguments))?;
        let cost: Option<Cost> = serde_json::from_str(&printed)
            .ok()
            .and_then(|value: Value| {
                Some(Cost {
                    user: value["user"].as_f64()?,
                    system: value["system"].as_f64()?,
                    peak: value["mebibytes"].as_u64()?,
                })
            });
        self.costs.push(cost.ok_or_else(|| Failure::Program {
            command: format!("{command:?}"),
            reason: format!("expected its cost as JSON, found `{printed}`"),
        })?);
        Ok(())
    }

    /// The median of the user CPU, in seconds.
    fn seconds(&self) -> f64 {
        let seconds: Vec<f64> = self.costs.iter().map(|cost| cost.user).collect();
        median(&seconds)
    }

    /// The user CPU of each run.
    fn all(&self) -> String {
        let seconds: Vec<String> = self
            .costs
            .iter()
            .map(|cost| format!("{:.2} s", cost.user))
            .collect();
        seconds.join(", ")
    }

    /// The most memory of any run, in MiB.
    fn peak(&self) -> u64 {
        self.costs.iter().map(|cost| cost.peak).max().unwrap_or(0)
    }
}

impl Tree {
    /// What a page costs, in seconds.
    fn per_page(&self) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "pages are far fewer than 2^52")]
        let pages = self.pages.max(1) as f64;
        self.cold.seconds() / pages
    }
}
