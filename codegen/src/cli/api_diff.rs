//! Compares the public items of two crates, in folders or in commits.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::{Output, Stdio};

use clap::{Args, ValueEnum};

use super::failure::{End, Failure};
use super::output::{self, Stream, print};
use super::program::{Program, finished};
use crate::api_diff::{ApiDiff, Extent, Impact, Surface, compare, json, markdown};
use crate::pipeline::{self, Input};
use crate::read;
use crate::select::Selection;
use crate::tree::OutputTree;

/// What can be compared, and how the command ends.
pub(super) const SIDES: &str = "\
OLD and NEW are each one of:
  a folder      a crate that this program wrote, with api/ and src/, or a folder of pages
  a file        a saved model, as `model --complete` writes it
  a commit      HEAD, v1.0, origin/main: the crate in `generated` as it was there
  REV:PATH      the crate in another folder of a commit, from the top of the repository

COMPATIBILITY.md lists the rules.

Exit codes: 0 compared; 1 there is a change that --fail-on names; 2 wrong usage, such as a folder without such a crate.";

/// Where a commit has the crate, unless it is said.
const CRATE: &str = "generated";

/// `api-diff`.
#[derive(Debug, Args)]
pub struct ApiDiffArgs {
    /// The crate as it was
    #[arg(value_name = "OLD")]
    old: String,
    /// The crate as it is
    #[arg(value_name = "NEW")]
    new: String,
    /// End with exit code 1 where there is such a change, or a worse one
    #[arg(long, value_name = "IMPACT")]
    fail_on: Option<FailOn>,
    /// How changes are written
    #[arg(long, default_value = "markdown")]
    format: Form,
    /// Write counts alone, by rule and by area
    #[arg(long, conflicts_with = "format")]
    summary: bool,
    /// The repository of commits
    #[arg(long, value_name = "DIR", default_value = ".")]
    repo: PathBuf,
}

/// The changes that make the command fail.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum FailOn {
    /// Breaking changes
    Breaking,
    /// Breaking and additive changes
    Additive,
    /// All changes, those of documentation included
    Any,
}

/// How changes are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Form {
    /// For people, such as the reviewers of a pull request
    Markdown,
    /// For programs
    Json,
}

/// Prints what has changed.
pub(super) fn run(args: &ApiDiffArgs, program: &Program) -> Result<End, Failure> {
    let old = surface(&args.old, &args.repo, program)?;
    let new = surface(&args.new, &args.repo, program)?;
    let diff = compare(&old, &new);
    let text = match args.format {
        Form::Json => json(&diff).map_err(|error| failure("JSON", error))?,
        Form::Markdown => {
            let extent = if args.summary {
                Extent::Summary
            } else {
                Extent::Full
            };
            markdown(&diff, &args.old, &args.new, extent)
        }
    };
    print(Stream::Out, &text)?;
    Ok(end(&diff, args.fail_on))
}

fn end(diff: &ApiDiff, fail_on: Option<FailOn>) -> End {
    let worst = match fail_on {
        None => return End::Success,
        Some(FailOn::Breaking) => Impact::Breaking,
        Some(FailOn::Additive) => Impact::Additive,
        Some(FailOn::Any) => Impact::Documentation,
    };
    if diff.changes.iter().any(|change| change.impact() <= worst) {
        End::Findings
    } else {
        End::Success
    }
}

fn failure(of: impl Into<String>, reason: impl ToString) -> Failure {
    Failure::NotCompared {
        of: of.into(),
        reason: reason.to_string(),
    }
}

/// The surface of a crate: of one in a folder or a commit, or of the one that pages or a saved model give.
fn surface(name: &str, repo: &Path, program: &Program) -> Result<Surface, Failure> {
    let path = Path::new(name);
    let tree = if path.is_file() {
        generated(name, pipeline::Source::Model(path.to_owned()), program)?
    } else if path.is_dir() {
        let tree = folder_files(path)?;
        match tree.files.is_empty() && has_pages(path) {
            true => generated(name, pipeline::Source::pages(path), program)?,
            false => tree,
        }
    } else {
        commit_files(name, repo)?
    };
    Surface::read(&tree).map_err(|error| failure(name, error))
}

/// Whether there is a page in a folder or below.
fn has_pages(folder: &Path) -> bool {
    let entries = walkdir::WalkDir::new(folder).into_iter();
    let mut files = entries.filter_map(Result::ok);
    files.any(|entry| entry.path().extension().is_some_and(|end| end == "md"))
}

/// The files of the crate that pages or a saved model give; nothing is written.
fn generated(
    name: &str,
    source: pipeline::Source,
    program: &Program,
) -> Result<OutputTree, Failure> {
    let input = Input {
        source,
        profile: read::profile(None)?,
        selection: Selection::default(),
        denied: Vec::new(),
    };
    let options = program.plan_options(&program.out, None, &input.profile);
    let run = pipeline::generate_with(&input, &options, &mut output::progress);
    let generated = finished(run, program, |run| &run.model, "nothing was compared")?;
    generated
        .map(|generated| generated.tree)
        .ok_or_else(|| failure(name, "there are errors in it"))
}

/// Whether a surface is made of a file, by its path below the crate.
fn is_read(path: &str) -> bool {
    let ends = |folder, end| path.starts_with(folder) && path.ends_with(end);
    ends("api/", ".txt") || ends("src/", ".rs")
}

fn folder_files(folder: &Path) -> Result<OutputTree, Failure> {
    let mut files = BTreeMap::new();
    for below in ["api", "src"] {
        let top = folder.join(below);
        if !top.is_dir() {
            continue;
        }
        for entry in walkdir::WalkDir::new(&top) {
            let unreadable = |path: &Path, reason: io::Error| Failure::File {
                action: "read",
                path: path.to_owned(),
                reason,
            };
            let entry = entry.map_err(|error| unreadable(&top, error.into()))?;
            let path = entry.path().strip_prefix(folder).unwrap_or(entry.path());
            let path = path.to_string_lossy().replace('\\', "/");
            if entry.file_type().is_file() && is_read(&path) {
                let text = std::fs::read_to_string(entry.path())
                    .map_err(|reason| unreadable(entry.path(), reason))?;
                files.insert(path, text);
            }
        }
    }
    Ok(OutputTree { files })
}

/// The files of a crate in a commit.
fn commit_files(name: &str, repo: &Path) -> Result<OutputTree, Failure> {
    let (revision, path) = name.split_once(':').unwrap_or((name, CRATE));
    let commit = git(
        repo,
        &["rev-parse", "--verify", "--quiet", "--end-of-options"],
        &format!("{revision}^{{commit}}"),
    )?;
    if !commit.status.success() {
        let reason = format!(
            "neither a folder, nor a commit of the repository in `{}`",
            repo.display()
        );
        return Err(failure(name, reason));
    }
    let commit = String::from_utf8_lossy(&commit.stdout).trim().to_owned();
    let path = path.trim_matches('/');
    let within = match path {
        "" | "." => String::new(),
        path => format!("{path}/"),
    };
    let listed = git(repo, &["ls-tree", "-r", "-z", "--full-tree"], &commit)?;
    if !listed.status.success() {
        return Err(failure(
            name,
            String::from_utf8_lossy(&listed.stderr).trim(),
        ));
    }
    let listed = String::from_utf8_lossy(&listed.stdout).into_owned();
    let mut blobs = Vec::new();
    for entry in listed.split('\0') {
        // `100644 blob <hash>\t<path>`
        let Some((about, path)) = entry.split_once('\t') else {
            continue;
        };
        let path = path
            .strip_prefix(within.as_str())
            .filter(|path| is_read(path));
        if let (Some(path), [_, "blob", hash]) =
            (path, about.split(' ').collect::<Vec<_>>().as_slice())
        {
            blobs.push((path.to_owned(), (*hash).to_owned()));
        }
    }
    let files = contents(repo, blobs).map_err(|error| failure(name, error))?;
    Ok(OutputTree { files })
}

fn git(repo: &Path, arguments: &[&str], last: &str) -> Result<Output, Failure> {
    let output = super::git::git(repo).args(arguments).arg(last).output();
    output.map_err(|error| failure(last, format!("cannot run `git`: {error}")))
}

/// The contents of blobs by their paths: one process for all of them, which is asked while it answers.
fn contents(repo: &Path, blobs: Vec<(String, String)>) -> io::Result<BTreeMap<String, String>> {
    let mut child = super::git::git(repo)
        .args(["cat-file", "--batch"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()?;
    let input = child.stdin.take();
    let hashes: String = blobs.iter().map(|(_, hash)| format!("{hash}\n")).collect();
    let output = std::thread::scope(|scope| {
        scope.spawn(move || {
            // Where it stops to read, what it answers is too short, and that is said below.
            input.and_then(|mut input| input.write_all(hashes.as_bytes()).ok())
        });
        child.wait_with_output()
    })?;
    let mut rest = output.stdout.as_slice();
    let mut files = BTreeMap::new();
    for (path, _) in blobs {
        let (text, later) = blob(rest)
            .ok_or_else(|| io::Error::other(format!("git does not answer with `{path}`")))?;
        let text = std::str::from_utf8(text)
            .map_err(|_| io::Error::other(format!("`{path}` is not UTF-8")))?;
        files.insert(path, text.to_owned());
        rest = later;
    }
    Ok(files)
}

/// The first object of an answer, `<hash> blob <size>\n<content>\n`, and what follows it.
fn blob(answer: &[u8]) -> Option<(&[u8], &[u8])> {
    let end = answer.iter().position(|byte| *byte == b'\n')?;
    let (head, content) = answer.split_at(end);
    let head = std::str::from_utf8(head).ok()?;
    let size: usize = head.rsplit(' ').next()?.parse().ok()?;
    let content = content.get(1..)?;
    Some((content.get(..size)?, content.get(size + 1..)?))
}
