//! Writes a crate to begin with: it generates what it needs from its build script.

use std::fmt::Write;
use std::fs;
use std::path::{Component, Path, PathBuf, absolute};

use clap::Args;

use super::args::{Source, Wanted};
use super::failure::{End, Failure};
use super::file::write_whole;
use super::output::{self, Stream, print};
use super::package;
use super::program::{Program, finished};
use crate::lock::{LOCK_FILE, Lock};
use crate::pipeline::{self, Generated};
use crate::plan::nodes::{BodyPlan, Module, OperationPlan, RustType};
use crate::plan::{Descriptions, PlanOptions, ident::RustIdent};

/// What is said about the crate.
pub(super) const STARTER: &str = "\
The crate has a build script with the selection, a lock of what was read, a program that sends the first request without a
body that was selected, and a test that sends it to a mock service. Files that are there are not touched: one of the same
name is an error.

Exit codes: 0 done; 1 findings of error severity; 2 wrong usage, such as a folder without pages, or a file that is there.";

/// The module of the crate that has the code.
const MODULE: &str = "sdk";

/// `init`.
#[derive(Debug, Args)]
pub struct Init {
    /// The folder of the new crate
    #[arg(value_name = "DIR", default_value = ".")]
    folder: PathBuf,
    #[command(flatten)]
    source: Source,
    #[command(flatten)]
    wanted: Wanted,
    /// The folder of graph-runtime, with graph-codegen in `codegen` beside it, for a crate that depends on them by their
    /// paths
    #[arg(long, value_name = "DIR")]
    runtime: Option<PathBuf>,
}

/// Writes the crate.
pub(super) fn run(args: &Init, program: &Program) -> Result<End, Failure> {
    let input = program.input(&args.source, &args.wanted, &[])?;
    let module = Module {
        path: vec![RustIdent::new(MODULE)],
        examples: true,
        ..Module::default()
    };
    let options = PlanOptions::of_module(module, Descriptions::default());
    // The build script is what writes the code; here its names are wanted.
    let run = pipeline::documented_with(&input, &options, &mut output::progress);
    let Some(generated) = finished(run, program, |run| &run.model, "nothing was written")? else {
        return Ok(End::Findings);
    };
    let lock = Lock::of(&generated.model.corpus, &input, &options);
    let name = package::name(&args.folder, &input.profile);
    let files = [
        ("Cargo.toml", manifest(&name, args, program)),
        ("build.rs", build_script(args, &input.source)),
        ("src/main.rs", main(&generated)),
        (LOCK_FILE, lock.render()),
    ];
    for (file, _) in &files {
        let path = args.folder.join(file);
        if fs::symlink_metadata(&path).is_ok() {
            return Err(Failure::IsThere(path));
        }
    }
    let source = args.folder.join("src");
    fs::create_dir_all(&source).map_err(Failure::file("create the folder", &source))?;
    let mut text = String::new();
    for (file, content) in &files {
        write_whole(&args.folder.join(file), content)?;
        // Writing to a string does not fail.
        let _ = writeln!(text, "+ {}", args.folder.join(file).display());
    }
    let extent = generated.model.api.extent();
    let _ = writeln!(
        text,
        "{} operations, {} types and {} enums; to try them: cargo test",
        extent.operations, extent.types, extent.enums
    );
    print(Stream::Out, &text)?;
    Ok(End::Success)
}

fn manifest(name: &str, args: &Init, program: &Program) -> String {
    let version = env!("CARGO_PKG_VERSION");
    let runtime = args.runtime.as_ref().or(program.runtime.as_ref());
    let dependency = |folder: Option<PathBuf>| match folder {
        Some(folder) => format!("path = {}", toml::Value::from(from(&args.folder, &folder))),
        None => format!("version = \"{version}\""),
    };
    let codegen = dependency(runtime.map(|folder| folder.join("../codegen")));
    let runtime = dependency(runtime.cloned());
    format!(
        r#"[package]
name = "{name}"
version = "0.1.0"
edition = "2024"

[dependencies]
graph-runtime = {{ {runtime} }}
tokio = {{ version = "1", features = ["macros", "rt"] }}

[dev-dependencies]
graph-runtime = {{ {runtime}, features = ["mock"] }}

[build-dependencies]
graph-codegen = {{ {codegen} }}

# The crate stands for itself, wherever it lies.
[workspace]
"#
    )
}

fn build_script(args: &Init, source: &pipeline::Source) -> String {
    let mut calls = String::new();
    let mut call = |name: &str, value: &str| {
        // Writing to a string does not fail.
        let _ = writeln!(calls, "        .{name}({value:?})");
    };
    match source {
        pipeline::Source::Model(file) => call("model", &from(&args.folder, file)),
        pipeline::Source::Pages { docs, corrections } => {
            call("docs", &from(&args.folder, docs));
            if let Some(file) = corrections {
                call("corrections", &from(&args.folder, file));
            }
        }
    }
    if let Some(file) = &args.source.profile {
        call("profile", &from(&args.folder, file));
    }
    for pattern in &args.wanted.select {
        call("select", pattern);
    }
    for pattern in &args.wanted.exclude {
        call("exclude", pattern);
    }
    call("module", MODULE);
    call("lock", LOCK_FILE);
    format!(
        r#"//! Generates the requests and models that this crate needs from the documentation of the service.

fn main() -> std::process::ExitCode {{
    graph_codegen::Config::new()
{calls}        .examples(true)
        .run()
}}
"#
    )
}

fn main(generated: &Generated) -> String {
    let functions = generated.plan.functions();
    let first = functions
        .filter(|(_, operation)| is_simple(operation))
        // What reads as an example does: `users::list` rather than `users::delta`.
        .min_by_key(|(path, operation)| {
            let plain = matches!(operation.ident.as_str(), "get" | "list");
            (operation.arguments.len(), !plain, path.clone())
        });
    let Some((path, operation)) = first else {
        return format!("{HEAD}\nfn main() {{}}\n");
    };
    let arguments: Vec<String> = operation
        .arguments
        .iter()
        .map(|argument| format!("{:?}", argument.ident.as_str()))
        .collect();
    let call = format!("{MODULE}::{path}({})", arguments.join(", "));
    format!(
        r#"{HEAD}
use {MODULE}::{{Client, Error, StaticToken}};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {{
    let client = Client::new(StaticToken::from_env("ACCESS_TOKEN")?);
    let answer = {call}.send(&client).await?;
    println!("{{answer:#?}}");
    Ok(())
}}

#[cfg(test)]
mod tests {{
    use super::{MODULE};

    /// The mock service answers with the examples of the pages.
    #[tokio::test]
    async fn sends_a_request() -> Result<(), {MODULE}::Error> {{
        let mock = {MODULE}::runtime::mock::Mock::new({MODULE}::EXAMPLES.iter().copied())?;
        let service = mock.start().await?;
        let client = service.client()?;
        {call}.send(&client).await?;
        assert_eq!(service.requests().len(), 1);
        Ok(())
    }}
}}
"#
    )
}

/// Whether a call of the function can be written without knowing more: it reads something that a page shows, and takes
/// texts only.
fn is_simple(operation: &OperationPlan) -> bool {
    let mut arguments = operation.arguments.iter();
    operation.method == "GET"
        && matches!(operation.body, BodyPlan::None)
        && !matches!(
            operation.returns,
            RustType::Unit | RustType::Runtime("Bytes")
        )
        && arguments.all(|argument| argument.ty == RustType::String)
        && operation
            .exchanges
            .iter()
            .any(|exchange| !exchange.responses.is_empty())
}

/// How the program begins.
const HEAD: &str = r#"//! A program that sends requests.

/// What the build script has generated.
mod sdk {
    include!(concat!(env!("OUT_DIR"), "/include.rs"));
}
"#;

/// A path as it is written in a file of `folder`: relative where the way is not over the root.
fn from(folder: &Path, path: &Path) -> String {
    let (Ok(folder), Ok(to)) = (absolute(folder), absolute(path)) else {
        return path.to_string_lossy().into_owned();
    };
    let normal = |path: &Path| {
        let mut parts: Vec<std::ffi::OsString> = Vec::new();
        for component in path.components() {
            match component {
                Component::ParentDir => {
                    parts.pop();
                }
                Component::CurDir => {}
                part => parts.push(part.as_os_str().to_owned()),
            }
        }
        parts
    };
    let (folder, to) = (normal(&folder), normal(&to));
    let shared = folder.iter().zip(&to).take_while(|(a, b)| a == b).count();
    // The first part is the root itself, or a drive.
    if shared <= 1 {
        return to
            .iter()
            .collect::<PathBuf>()
            .to_string_lossy()
            .into_owned();
    }
    let up = folder[shared..].iter().map(|_| "..".to_owned());
    let down = to[shared..]
        .iter()
        .map(|part| part.to_string_lossy().into_owned());
    let parts: Vec<String> = up.chain(down).collect();
    if parts.is_empty() {
        return ".".to_owned();
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::from;

    #[test]
    fn paths_lead_from_the_new_folder() {
        for (folder, path, expected) in [
            ("/a/app", "/a/app/docs", "docs"),
            ("/a/app", "/a/docs/v1.0", "../docs/v1.0"),
            ("/a/b/../app", "/a/./docs", "../docs"),
            ("/a/app", "/b/docs", "/b/docs"),
            ("/a/app", "/a/app", "."),
        ] {
            assert_eq!(from(Path::new(folder), Path::new(path)), expected);
        }
    }
}
