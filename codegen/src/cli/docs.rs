//! Gets the documentation.

use std::fs;
use std::io;
use std::path::{Path, PathBuf, absolute};

use clap::{Args, Subcommand};

use super::failure::{End, Failure};
use super::file::write_whole;
use super::output::{self, Stream, print};
use crate::corpus::Origin;
use crate::diagnostics::Diagnostics;
use crate::lock::{LOCK_FILE, Lock, LockError};
use crate::read;
use crate::write::Claim;

/// What can be done about the documentation.
#[derive(Debug, Subcommand)]
pub enum Docs {
    /// Fetch a folder of a git repository, at one commit, without the rest of it and without its history
    #[command(after_help = FETCH)]
    Fetch(Fetch),
}

/// What is said about fetching.
const FETCH: &str = "\
The folder is replaced as a whole: it is empty, or was fetched before. The lock records the commit and a digest of the
pages; with --locked, exactly these are fetched again. The git of this machine is what fetches, with its credentials.

Exit codes: 0 fetched; 1 with --locked, the pages are not those of the lock; 2 wrong usage, or git cannot fetch.";

/// `docs fetch`.
#[derive(Debug, Args)]
pub struct Fetch {
    /// The repository, as git takes it
    #[arg(long, value_name = "URL", required_unless_present = "locked")]
    repo: Option<String>,
    /// A branch, a tag or a full commit
    #[arg(long, value_name = "REV", required_unless_present = "locked")]
    rev: Option<String>,
    /// The folder of pages in the repository, such as `api-reference/v1.0`
    #[arg(long, value_name = "PATH", required_unless_present = "locked")]
    path: Option<String>,
    /// The folder that the pages are put in
    #[arg(short, value_name = "DIR")]
    output: PathBuf,
    /// The lock that records what was fetched [default: graph-codegen.lock]
    #[arg(long, value_name = "FILE")]
    lock: Option<PathBuf>,
    /// Fetch what the lock records, instead of something new
    #[arg(long, conflicts_with_all = ["repo", "rev", "path"])]
    locked: bool,
}

/// Does what the arguments say.
pub(super) fn run(docs: &Docs) -> Result<End, Failure> {
    match docs {
        Docs::Fetch(args) => fetch(args),
    }
}

fn fetch(args: &Fetch) -> Result<End, Failure> {
    let lock_path = args.lock.clone().unwrap_or_else(|| LOCK_FILE.into());
    let lock = Lock::read(&lock_path)?;
    let wanted = wanted(args, lock.as_ref(), &lock_path)?;
    check_output(&args.output)?;
    let part = beside(&args.output, "part");
    let claim = empty_folder(&part)?;
    let fetched = checked_out(&wanted, &part).and_then(|origin| {
        let pages = part.join(&wanted.path);
        origin_file(&pages, &origin)?;
        let now = pages_of(&pages)?;
        if args.locked {
            now.hold(&lock_path)?;
        }
        replace(&pages, &args.output)?;
        Ok((origin, now))
    });
    output::end_progress();
    // What was fetched besides is of no use, and the error that led here is the one to be read.
    let _ = fs::remove_dir_all(&part);
    drop(claim);
    let (origin, mut now) = match fetched {
        Ok(fetched) => fetched,
        Err(Failure::Lock(error @ LockError::Differs { .. })) => {
            output::error(&format!("{error}\nnothing was replaced"));
            return Ok(End::Findings);
        }
        Err(failure) => return Err(failure),
    };
    now.generation = lock.and_then(|lock| lock.generation);
    now.write(&lock_path)?;
    let text = format!(
        "fetched {origin}\nto {}, recorded in {}\n",
        args.output.display(),
        lock_path.display()
    );
    print(Stream::Out, &text)?;
    Ok(End::Success)
}

/// What is to be fetched; the commit may be a branch or a tag.
fn wanted(args: &Fetch, lock: Option<&Lock>, lock_path: &Path) -> Result<Origin, Failure> {
    let wanted = match (&args.repo, &args.rev, &args.path) {
        (Some(repository), Some(commit), Some(path)) => Origin {
            repository: repository.clone(),
            commit: commit.clone(),
            path: path.trim_end_matches('/').to_owned(),
        },
        _ => {
            let origin = lock.and_then(|lock| lock.documentation.origin.clone());
            origin.ok_or_else(|| Failure::NothingLocked(lock_path.to_owned()))?
        }
    };
    let is_option = |text: &str| text.starts_with('-') || text.is_empty();
    if is_option(&wanted.repository) {
        return Err(Failure::Wanted("a repository", wanted.repository));
    }
    if has_credentials(&wanted.repository) {
        return Err(Failure::Credentials);
    }
    if is_option(&wanted.commit) {
        return Err(Failure::Wanted(
            "a branch, a tag or a commit",
            wanted.commit,
        ));
    }
    let inside = |name: &str| !name.is_empty() && name != "." && name != ".." && name != ".git";
    if is_option(&wanted.path) || !wanted.path.split('/').all(inside) {
        return Err(Failure::Wanted("a folder in the repository", wanted.path));
    }
    Ok(wanted)
}

/// Whether an address says who asks: it would be in the lock, for all to read. Over SSH it is the name of an account.
fn has_credentials(repository: &str) -> bool {
    let rest = ["http://", "https://"]
        .iter()
        .find_map(|scheme| repository.strip_prefix(scheme));
    rest.is_some_and(|rest| rest.split('/').next().unwrap_or_default().contains('@'))
}

/// Refuses a folder with files that were not fetched, and one that cannot be replaced.
fn check_output(output: &Path) -> Result<(), Failure> {
    if output.file_name().is_none() {
        let output = output.display().to_string();
        return Err(Failure::Wanted("the name of a folder", output));
    }
    let mut entries = match fs::read_dir(output) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(Failure::file("read the folder", output)(error)),
    };
    if entries.next().is_none() || output.join(read::ORIGIN).is_file() {
        return Ok(());
    }
    Err(Failure::NotFetched(output.to_owned()))
}

/// Checks the folder out below `part`, and says at what commit.
fn checked_out(wanted: &Origin, part: &Path) -> Result<Origin, Failure> {
    output::progress("fetch");
    git(part, &["init", "--quiet"])?;
    // A path is one from here, not from the folder that git runs in.
    let here = Path::new(&wanted.repository);
    let repository = match here.exists() {
        true => absolute(here).map_err(Failure::file("find", here))?,
        false => here.to_owned(),
    };
    git(
        part,
        &["remote", "add", "origin", &repository.to_string_lossy()],
    )?;
    git(part, &["sparse-checkout", "init", "--cone"])?;
    git(part, &["sparse-checkout", "set", &wanted.path])?;
    let depth = [
        "fetch",
        "--quiet",
        "--no-tags",
        "--depth=1",
        "--filter=blob:none",
    ];
    git(part, &[&depth[..], &["origin", &wanted.commit]].concat())?;
    let commit = git(part, &["rev-parse", "--verify", "FETCH_HEAD^{commit}"])?;
    output::progress("check out");
    git(part, &["checkout", "--quiet", "--detach", "FETCH_HEAD"])?;
    let origin = Origin {
        commit: commit.trim().to_owned(),
        ..wanted.clone()
    };
    if !part.join(&origin.path).is_dir() {
        return Err(Failure::NoFolder(origin));
    }
    Ok(origin)
}

/// Runs git in a folder, and gives what it prints.
fn git(folder: &Path, arguments: &[&str]) -> Result<String, Failure> {
    let failed = |reason: String| Failure::Git {
        arguments: arguments.join(" "),
        reason,
    };
    let output = super::git::git(folder)
        // Pages are read as they are in the repository, whatever the settings of the machine are.
        .args(["-c", "core.autocrlf=false", "-c", "core.symlinks=false"])
        .args(arguments)
        .output()
        .map_err(|error| failed(format!("{error}; expected git 2.27 or later")))?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        return Err(failed(said.trim_end().to_owned()));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Leaves word beside the pages of where they are from.
fn origin_file(pages: &Path, origin: &Origin) -> Result<(), Failure> {
    let text = toml::to_string(origin).unwrap_or_default();
    write_whole(&pages.join(read::ORIGIN), &text)
}

/// What a lock says about the pages in a folder.
fn pages_of(pages: &Path) -> Result<Lock, Failure> {
    output::progress("read");
    // The findings are for the command that generates.
    let mut diagnostics = Diagnostics::default();
    let profile = read::profile(None)?;
    let corpus = read::read(pages, &profile, &mut diagnostics)?;
    Ok(Lock::of_documentation(&corpus))
}

/// Puts a folder in the place of another.
fn replace(pages: &Path, output: &Path) -> Result<(), Failure> {
    let old = beside(output, "old");
    remove(&old)?;
    if output.exists() {
        fs::rename(output, &old).map_err(Failure::file("move", output))?;
    }
    if let Err(error) = fs::rename(pages, output) {
        // The error that led here is the one to be read.
        let _ = fs::rename(&old, output);
        return Err(Failure::file("move", pages)(error));
    }
    // The pages are in place; the next run removes what is left here.
    let _ = fs::remove_dir_all(&old);
    Ok(())
}

/// A folder beside another, for the time of a run.
fn beside(folder: &Path, end: &str) -> PathBuf {
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    folder.with_file_name(format!(".{name}.{end}"))
}

/// Makes a folder for this run alone, and empties it of what an interrupted run left.
fn empty_folder(folder: &Path) -> Result<Claim, Failure> {
    let failed = |error| Failure::file("create the folder", folder)(error);
    if let Some(above) = folder.parent() {
        fs::create_dir_all(above).map_err(failed)?;
    }
    match fs::create_dir(folder) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(failed(error)),
        _ => {}
    }
    // What a link leads to is not ours to empty.
    if fs::symlink_metadata(folder).map_err(failed)?.is_symlink() {
        return Err(failed(io::Error::other("a link stands there")));
    }
    let claim = Claim::of(folder)?;
    for entry in fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        let is_folder = fs::symlink_metadata(&path).is_ok_and(|metadata| metadata.is_dir());
        let removed = match is_folder {
            true => fs::remove_dir_all(&path),
            false => fs::remove_file(&path),
        };
        removed.map_err(Failure::file("remove", &path))?;
    }
    Ok(claim)
}

/// Removes what an interrupted run left.
fn remove(folder: &Path) -> Result<(), Failure> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(Failure::file("remove", folder)(error))
        }
        _ => Ok(()),
    }
}
