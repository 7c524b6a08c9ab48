//! The commands of this repository alone: from arguments to what the library does, and to what is printed of it.

use graph_codegen::cli::{
    self, End, Program, Stream, Wanted, end_progress, finished, print, progress,
};
use graph_codegen::pipeline;
use graph_codegen::write::{Mode, write};

use crate::args::{Bench, Conformance, Mock};
use crate::bench;
use crate::conformance;
use crate::failure::Failure;
use crate::mock;
use crate::paths;

/// Measures the crate of a tree.
pub(crate) fn bench(args: &Bench, program: &Program) -> Result<End, Failure> {
    let input = program.input(&args.source, &Wanted::default(), &[])?;
    let folder = paths::bench();
    let options = program.plan_options(&folder.join(bench::CRATE), None, &input.profile);
    let run = pipeline::generate_with(&input, &options, &mut progress);
    let Some(generated) = finished(run, program, |run| &run.model, "nothing was measured")? else {
        return Ok(End::Findings);
    };
    let table = bench::bench(&generated, &input, &folder, args);
    end_progress();
    let table = table?;
    print(Stream::Out, &table.render(args.json, !args.ratios))?;
    Ok(if table.is_missed(!args.ratios) {
        End::Findings
    } else {
        End::Success
    })
}

/// Holds the crate of a tree to the examples of its pages.
pub(crate) fn conformance(args: &Conformance, program: &Program) -> Result<End, Failure> {
    let input = program.input(&args.source, &args.wanted, &[])?;
    let folder = paths::conformance();
    let out = args.out.clone().unwrap_or_else(|| folder.join("sdk"));
    let options = program.plan_options(&out, None, &input.profile);
    let run = pipeline::generate_with(&input, &options, &mut progress);
    let Some(generated) = finished(run, program, |run| &run.model, "no example was read")? else {
        return Ok(End::Findings);
    };
    write(&generated.tree, &out, Mode::Write).map_err(cli::Failure::from)?;
    progress("compile");
    let report = conformance::run(&out, &paths::written_target());
    end_progress();
    let results = conformance::Results::of(&generated, &report?)?;
    print(Stream::Out, &results.render(args))?;
    Ok(match results.is_missed(args.strict) {
        true => End::Findings,
        false => End::Success,
    })
}

/// Serves the examples until the process is interrupted.
pub(crate) fn mock(args: &Mock, program: &Program) -> Result<End, Failure> {
    let input = program.input(&args.source, &args.wanted, &[])?;
    // The crate is not written: its examples are what is wanted.
    let options = program.plan_options(&program.out, None, &input.profile);
    let run = pipeline::documented_with(&input, &options, &mut progress);
    let Some(generated) = finished(run, program, |run| &run.model, "nothing is served")? else {
        return Ok(End::Findings);
    };
    mock::serve(&generated.tree, args)?;
    Ok(End::Success)
}
