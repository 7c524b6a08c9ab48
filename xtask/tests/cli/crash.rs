//! Runs that are killed, that run into each other, or whose disk is full.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::running::{PAGE, put, run, small_docs, snapshot};

/// What a temporary file is called.
const TEMPORARY: &str = ".graph-codegen";

/// How many types the pages have: so many that writing takes its time.
const TYPES: usize = 150;

type Files = BTreeMap<PathBuf, Vec<u8>>;

/// Pages of many small types. The two editions have some in common, some that differ, and some each for itself.
fn many_types(folder: &Path, docs: &str, edition: &str) {
    put(folder, &format!("{docs}/api/thing-list.md"), PAGE);
    for number in 0..TYPES {
        let (name, words) = match number % 3 {
            0 => (format!("thing{number}"), "the same"),
            1 => (format!("thing{number}"), edition),
            _ => (format!("{edition}{number}"), edition),
        };
        let page = format!(
            "# {name} resource type\n\nNamespace: microsoft.graph\n\nSomething, {words}.\n\n## Properties\n\n\
             |Property|Type|Description|\n|:---|:---|:---|\n|id|String|The key, {words}.|\n"
        );
        put(folder, &format!("{docs}/resources/{name}.md"), page);
    }
}

fn command(folder: &Path, docs: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    command
        .args(["codegen", "--docs", docs, "--out", "out"])
        .current_dir(folder)
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    command
}

/// All folders below one.
fn folders(root: &Path) -> BTreeSet<PathBuf> {
    let mut found = BTreeSet::new();
    let mut open = vec![root.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                found.insert(path.strip_prefix(root).unwrap().to_owned());
                open.push(path);
            }
        }
    }
    found
}

fn is_temporary(path: &Path) -> bool {
    let name = path.file_name().unwrap().to_str().unwrap();
    name.starts_with('.') && name.ends_with(TEMPORARY)
}

/// Waits until a file is there, if one is named, then for a time; or until the run is over.
fn wait(child: &mut Child, sign: Option<&Path>, then: Duration) {
    let start = Instant::now();
    while sign.is_some_and(|sign| !sign.exists()) && start.elapsed() < Duration::from_secs(60) {
        if child.try_wait().unwrap().is_some() {
            return;
        }
    }
    let start = Instant::now();
    while start.elapsed() < then {
        std::hint::spin_loop();
    }
}

/// Kills runs that turn one crate into another: some at any time, some while they write under temporary names, some while
/// they move files into place. What is there is old or new, and the next run makes it whole.
#[test]
fn a_run_that_is_killed_leaves_whole_files_and_the_next_one_mends_the_rest() {
    let folder = tempfile::tempdir().unwrap();
    let (root, out) = (folder.path(), folder.path().join("out"));
    many_types(root, "alpha", "alpha");
    many_types(root, "beta", "beta");
    assert!(command(root, "beta").status().unwrap().success());
    let new = snapshot(&out);
    fs::remove_dir_all(&out).unwrap();
    let start = Instant::now();
    assert!(command(root, "alpha").status().unwrap().success());
    let whole_run = start.elapsed();
    let (old, old_folders) = (snapshot(&out), folders(&out));
    assert!(old.len() > TYPES && new != old);

    // The first of the files that only the second crate has: it is staged before all others, and moved before them.
    let staged = out.join("src/models/.beta101.rs.graph-codegen");
    let moved = out.join("src/models/beta101.rs");
    assert!(new.contains_key(Path::new("src/models/beta101.rs")));
    let anywhere = (0..6).map(|step| (None, whole_run * step / 5));
    let micros = |step: u64| Duration::from_micros(step * step * 80);
    let staging = (0..7).map(|step| (Some(&staged), micros(step)));
    let moving = (0..7).map(|step| (Some(&moved), micros(step)));
    let (mut while_staging, mut while_moving) = (0, 0);
    for (sign, then) in anywhere.chain(staging).chain(moving) {
        let mut child = command(root, "beta").spawn().unwrap();
        wait(&mut child, sign.map(PathBuf::as_path), then);
        child.kill().unwrap();
        child.wait().unwrap();
        let left = snapshot(&out);
        let mut found = BTreeSet::new();
        for (path, content) in left.iter().filter(|(path, _)| !is_temporary(path)) {
            let is = |files: &Files| files.get(path) == Some(content);
            assert!(
                is(&old) || is(&new),
                "{} is neither old nor new",
                path.display()
            );
            if is(&old) != is(&new) {
                found.insert(is(&new));
            }
        }
        // What is in both crates is never gone.
        for path in old.keys().filter(|path| new.contains_key(*path)) {
            assert!(left.contains_key(path), "{} is gone", path.display());
        }
        let is_unfinished = left.keys().any(|path| is_temporary(path));
        match found.contains(&true) {
            true if is_unfinished || found.contains(&false) => while_moving += 1,
            false if is_unfinished => while_staging += 1,
            _ => {}
        }
        // The next run is for the crate that was there: it would write none of the files that are left unfinished.
        assert!(command(root, "alpha").status().unwrap().success());
        assert!(snapshot(&out) == old, "the next run has not mended it");
        assert_eq!(folders(&out), old_folders);
    }
    println!(
        "of 20 kills, {while_staging} came while files were staged, {while_moving} while they were moved"
    );
    assert!(
        while_staging > 0 && while_moving > 0,
        "{while_staging} {while_moving}"
    );
}

/// Both crates are whole, so that a mix shows itself.
#[test]
fn runs_at_once_on_one_folder_do_not_mix() {
    let folder = tempfile::tempdir().unwrap();
    let (root, out) = (folder.path(), folder.path().join("out"));
    let mut crates = Vec::new();
    for edition in ["alpha", "beta"] {
        many_types(root, edition, edition);
        assert!(command(root, edition).status().unwrap().success());
        crates.push(snapshot(&out));
        fs::remove_dir_all(&out).unwrap();
    }
    let mut refused = 0;
    for _ in 0..4 {
        let start = |edition| command(root, edition).spawn().unwrap();
        let mut children: Vec<Child> = ["alpha", "beta", "alpha"].into_iter().map(start).collect();
        let codes = children
            .iter_mut()
            .map(|child| child.wait().unwrap().code().unwrap());
        let codes: Vec<i32> = codes.collect();
        assert!(codes.contains(&0), "{codes:?}");
        assert!(codes.iter().all(|code| [0, 2].contains(code)), "{codes:?}");
        refused += codes.iter().filter(|code| **code == 2).count();
        assert!(crates.contains(&snapshot(&out)), "neither of the crates");
    }
    println!("of 12 runs, {refused} were refused because another one was writing");
}

#[cfg(unix)]
#[test]
fn a_folder_that_is_written_is_neither_written_nor_compared() {
    let folder = small_docs();
    let (root, out) = (folder.path(), folder.path().join("out"));
    let generate = ["codegen", "--docs", "docs", "--out", "out"];
    run(root, generate).ends_with(0);
    let before = snapshot(&out);
    fs::remove_file(root.join("docs/resources/thing.md")).unwrap();
    let other = fs::File::open(&out).unwrap();
    other.try_lock().unwrap();
    for mode in [&[][..], &["--check"], &["--dry-run"]] {
        run(root, generate.iter().chain(mode))
            .ends_with(2)
            .says("another run is at work in `out`");
        assert_eq!(snapshot(&out), before);
    }
    // Who only reads keeps writers out, and no other reader.
    other.unlock().unwrap();
    other.try_lock_shared().unwrap();
    run(root, generate.iter().chain(&["--check"])).ends_with(1);
    run(root, generate)
        .ends_with(2)
        .says("another run is at work");
    other.unlock().unwrap();
    run(root, generate).ends_with(0);
    assert_ne!(snapshot(&out), before);
}

#[test]
fn one_file_that_many_runs_write_is_that_of_one_of_them() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    let mut models = Vec::new();
    for edition in ["alpha", "beta"] {
        many_types(root, edition, edition);
        run(root, ["model", "--docs", edition, "-o", "model.json"]).ends_with(0);
        models.push(fs::read(root.join("model.json")).unwrap());
    }
    // What interrupted runs have left.
    put(root, ".model.json.part", "half");
    put(root, ".model.json.part1", "half");
    let start = |edition: &&str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
        let arguments = ["model", "--docs", edition, "-o", "model.json"];
        command.args(arguments).current_dir(root).spawn().unwrap()
    };
    let editions = [["alpha", "beta"]; 6];
    let children: Vec<Child> = editions.as_flattened().iter().map(start).collect();
    for mut child in children {
        assert!(child.wait().unwrap().success());
    }
    assert!(models.contains(&fs::read(root.join("model.json")).unwrap()));
    run(root, ["model", "--docs", "beta", "-o", "model.json"]).ends_with(0);
    let parts = snapshot(root);
    let mut parts = parts
        .keys()
        .filter(|path| path.to_string_lossy().contains(".part"));
    assert_eq!(parts.next(), None);
}

/// Files may have a kilobyte at most: what a full disk does to writing, without a disk.
#[cfg(unix)]
#[test]
fn a_file_that_cannot_be_written_in_full_is_named_and_nothing_is_changed() {
    let folder = small_docs();
    let root = folder.path();
    run(root, ["codegen", "--docs", "docs", "--out", "out"]).ends_with(0);
    run(root, ["model", "--docs", "docs", "-o", "model.json"]).ends_with(0);
    many_types(root, "docs", "alpha");
    let before = snapshot(root);
    for (arguments, named) in [
        (
            ["codegen", "--docs", "docs", "--out", "out"],
            "cannot write `out/",
        ),
        (
            ["model", "--docs", "docs", "-o", "model.json"],
            "cannot write `model.json`",
        ),
    ] {
        let limited = Command::new("bash")
            .args(["-c", "ulimit -f 1 && trap '' XFSZ && exec \"$@\"", "bash"])
            .arg(env!("CARGO_BIN_EXE_xtask"))
            .args(arguments)
            .current_dir(root)
            .output();
        let Ok(output) = limited else {
            println!("skipped: there is no bash to limit the size of files");
            return;
        };
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert!(said.contains(named) && said.contains("too large"), "{said}");
        assert!(snapshot(root) == before, "something was changed");
    }
}

/// A disk in memory, which only the processes of this script see.
#[cfg(target_os = "linux")]
const FULL_DISK: &str = r#"
mount -t tmpfs -o size=320k none out || exit 77
"$1" codegen --docs docs --out out || exit 78
(cd out && find . -type f -exec cksum {} + | sort) > before
"$1" codegen --docs large --out out 2> said
code=$?
(cd out && find . -type f -exec cksum {} + | sort) > after
exit $code
"#;

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_named_and_nothing_is_changed() {
    let folder = small_docs();
    let root = folder.path();
    many_types(root, "large", "alpha");
    fs::create_dir(root.join("out")).unwrap();
    for namespaces in [&["--mount"][..], &["--user", "--map-root-user", "--mount"]] {
        let output = Command::new("unshare")
            .args(namespaces)
            .args(["sh", "-c", FULL_DISK, "sh", env!("CARGO_BIN_EXE_xtask")])
            .current_dir(root)
            .output();
        let code = output.ok().and_then(|output| output.status.code());
        if !root.join("before").exists() {
            continue;
        }
        let read = |name: &str| fs::read_to_string(root.join(name)).unwrap();
        let said = read("said");
        assert_eq!(code, Some(2), "{said}");
        assert!(
            said.contains("cannot write `out/") || said.contains("cannot create `out/"),
            "{said}"
        );
        assert!(said.contains("No space left on device"), "{said}");
        assert!(read("before").lines().count() > 5);
        assert_eq!(read("before"), read("after"));
        return;
    }
    println!("skipped: no disk can be mounted here");
}
