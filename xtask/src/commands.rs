//! The commands: from arguments to what the library does, and to what is printed of it.

use std::fs;
use std::path::Path;

use graph_codegen::diagnostics::{Diagnostics, Rule, Severity};
use graph_codegen::explain;
use graph_codegen::model::interchange;
use graph_codegen::pipeline::{self, Input};
use graph_codegen::plan;
use graph_codegen::profile::{Profile, ProfileError};
use graph_codegen::read::ReadError;
use graph_codegen::select::Selection;
use graph_codegen::write::{Mode, write};

use crate::args::{Bench, Codegen, Conformance, Explain, Lint, Mock, Model, Source, Wanted};
use crate::baseline;
use crate::bench;
use crate::changes;
use crate::conformance;
use crate::failure::{End, Failure};
use crate::file::write_whole;
use crate::mock;
use crate::output::{self, Stream, print};
use crate::paths;
use crate::report::{report, report_errors};

/// Writes the crate, or says what would be written.
pub(crate) fn codegen(args: &Codegen) -> Result<End, Failure> {
    let input = input(&args.source, &args.wanted, &args.findings.deny)?;
    let baseline = baseline::read(&args.findings)?;
    let out = args.out.clone().unwrap_or_else(paths::default_out);
    let mut options = paths::plan_options(&out, &input.profile);
    options.descriptions = args.prose;
    let generated = pipeline::generate_with(&input, &options, &mut output::progress);
    output::end_progress();
    let mut generated = generated?;
    let model = &mut generated.model;
    baseline::apply(baseline.as_ref(), model, &input.selection);
    report(
        &model.diagnostics,
        &model.corpus,
        &args.findings,
        Stream::Err,
    )?;
    let mode = match (args.check, args.dry_run) {
        (true, _) => Mode::Check,
        (_, true) => Mode::DryRun,
        _ => Mode::Write,
    };
    if model.diagnostics.has_errors() {
        stopped(
            &model.diagnostics,
            match mode {
                Mode::Check => "nothing was compared",
                _ => "nothing was written",
            },
        );
        return Ok(End::Findings);
    }
    output::progress("write");
    let changes = write(&generated.tree, &out, mode);
    output::end_progress();
    let changes = changes?;
    let text = changes::changes(&changes, &out, mode) + &changes::counts(model, &input.selection);
    print(Stream::Out, &text)?;
    if mode == Mode::Check && !changes.is_empty() {
        print(Stream::Out, &changes::diffs(&changes))?;
        print(
            Stream::Out,
            &format!("\nto write what differs, run: {}\n", changes::command(args)),
        )?;
        return Ok(End::Findings);
    }
    Ok(End::Success)
}

/// Prints the model as JSON.
pub(crate) fn model(args: &Model) -> Result<End, Failure> {
    let wanted = Wanted {
        select: Vec::new(),
        exclude: Vec::new(),
    };
    let input = input(&args.source, &wanted, &[])?;
    let run = pipeline::model_with(&input, &mut output::progress);
    let Some(model) = finished(run, |model| model, "nothing was written")? else {
        return Ok(End::Findings);
    };
    let text = format!("{:#}\n", interchange(&model.api));
    match &args.output {
        Some(path) => write_whole(path, &text)?,
        None => print(Stream::Out, &text)?,
    }
    Ok(End::Success)
}

/// Reports findings.
pub(crate) fn lint(args: &Lint) -> Result<End, Failure> {
    let input = input(&args.source, &args.wanted, &args.findings.deny)?;
    let baseline = baseline::read(&args.findings)?;
    let model = pipeline::model_with(&input, &mut output::progress);
    output::end_progress();
    let mut model = model?;
    let options = paths::plan_options(&paths::default_out(), &input.profile);
    plan::plan(&model.api, &options, &input.profile, &mut model.diagnostics);
    model.diagnostics.sort();
    let written = match &args.write_baseline {
        Some(path) => Some(baseline::write(path, &mut model)?),
        None => None,
    };
    baseline::apply(baseline.as_ref(), &mut model, &input.selection);
    report(
        &model.diagnostics,
        &model.corpus,
        &args.findings,
        Stream::Out,
    )?;
    if let Some(written) = written {
        // A machine reads the findings on the standard output.
        print(Stream::Err, &written)?;
    }
    Ok(if model.diagnostics.has_errors() {
        End::Findings
    } else {
        End::Success
    })
}

/// Prints what each stage makes of one name.
pub(crate) fn explain(args: &Explain) -> Result<End, Failure> {
    let input = input(&args.source, &args.wanted, &[])?;
    let options = paths::plan_options(&paths::default_out(), &input.profile);
    let generated = pipeline::generate_with(&input, &options, &mut output::progress);
    output::end_progress();
    let explanation = explain::explain(&generated?, &input, &args.name)?;
    print(Stream::Out, &explain::render(&explanation, args.full, true))?;
    Ok(End::Success)
}

/// Prints the catalogue of rules: the page that a test of the generator writes from rules and fixtures.
pub(crate) fn rules() -> Result<End, Failure> {
    print(Stream::Out, include_str!("../../RULES.md"))?;
    Ok(End::Success)
}

/// Measures the crate of a tree.
pub(crate) fn bench(args: &Bench) -> Result<End, Failure> {
    let wanted = Wanted {
        select: Vec::new(),
        exclude: Vec::new(),
    };
    let input = input(&args.source, &wanted, &[])?;
    let folder = paths::bench();
    let options = paths::plan_options(&folder.join(bench::CRATE), &input.profile);
    let run = pipeline::generate_with(&input, &options, &mut output::progress);
    let Some(generated) = finished(run, |run| &run.model, "nothing was measured")? else {
        return Ok(End::Findings);
    };
    let table = bench::bench(&generated, &folder, args);
    output::end_progress();
    let table = table?;
    print(Stream::Out, &table.render(args.json))?;
    Ok(if table.is_missed() {
        End::Findings
    } else {
        End::Success
    })
}

/// Holds the crate of a tree to the examples of its pages.
pub(crate) fn conformance(args: &Conformance) -> Result<End, Failure> {
    let input = input(&args.source, &args.wanted, &[])?;
    let folder = paths::conformance();
    let out = args.out.clone().unwrap_or_else(|| folder.join("sdk"));
    let options = paths::plan_options(&out, &input.profile);
    let run = pipeline::generate_with(&input, &options, &mut output::progress);
    let Some(generated) = finished(run, |run| &run.model, "no example was read")? else {
        return Ok(End::Findings);
    };
    write(&generated.tree, &out, Mode::Write)?;
    output::progress("compile");
    let report = conformance::run(&out, &folder.join("target"));
    output::end_progress();
    let results = conformance::Results::of(&generated, &report?)?;
    print(Stream::Out, &results.render(args))?;
    Ok(match results.is_missed(args.strict) {
        true => End::Findings,
        false => End::Success,
    })
}

/// Serves the examples until the process is interrupted.
pub(crate) fn mock(args: &Mock) -> Result<End, Failure> {
    let input = input(&args.source, &args.wanted, &[])?;
    // The crate is not written: its examples are what is wanted.
    let options = paths::plan_options(&paths::default_out(), &input.profile);
    let run = pipeline::documented_with(&input, &options, &mut output::progress);
    let Some(generated) = finished(run, |run| &run.model, "nothing is served")? else {
        return Ok(End::Findings);
    };
    mock::serve(&generated.tree, args)?;
    Ok(End::Success)
}

/// What a run of the pipeline came to, for a command that is not about findings: of these it shows the errors. `None`
/// where there are any, and `consequence` says what they kept the command from.
fn finished<T>(
    run: Result<T, ReadError>,
    model: impl Fn(&T) -> &pipeline::Model,
    consequence: &str,
) -> Result<Option<T>, Failure> {
    output::end_progress();
    let run = run?;
    let pipeline::Model {
        diagnostics,
        corpus,
        ..
    } = model(&run);
    report_errors(diagnostics, corpus)?;
    if diagnostics.has_errors() {
        stopped(diagnostics, consequence);
        return Ok(None);
    }
    Ok(Some(run))
}

/// Says that errors kept a command from its work.
fn stopped(diagnostics: &Diagnostics, consequence: &str) {
    let count = diagnostics.count(Severity::Error);
    let plural = if count == 1 { "" } else { "s" };
    output::error(&format!(
        "{count} finding{plural} of error severity; {consequence}"
    ));
}

/// What the pipeline reads.
fn input(source: &Source, wanted: &Wanted, denied: &[Rule]) -> Result<Input, Failure> {
    Ok(Input {
        docs: source.docs.clone().unwrap_or_else(paths::default_docs),
        corrections: source.corrections.clone(),
        profile: profile(source.profile.as_deref())?,
        selection: Selection {
            select: wanted.select.clone(),
            exclude: wanted.exclude.clone(),
        },
        denied: denied.to_vec(),
    })
}

/// The profile in a file, or the embedded one.
fn profile(path: Option<&Path>) -> Result<Profile, Failure> {
    let Some(path) = path else {
        return Profile::embedded().map_err(|error| malformed("the embedded profile", error));
    };
    let text = fs::read_to_string(path).map_err(|reason| Failure::File {
        action: "read the profile",
        path: path.to_owned(),
        reason,
    })?;
    Profile::parse(&text).map_err(|error| malformed(&path.display().to_string(), error))
}

fn malformed(path: &str, error: ProfileError) -> Failure {
    Failure::Profile {
        path: path.to_owned(),
        error,
    }
}
