//! Input that is made to do harm: huge, endless, deeply nested, or named to be taken for something else.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use crate::running::{PAGE, Ran, TYPE, put, run, small_docs};

const GENERATE: [&str; 5] = ["codegen", "--docs", "docs", "--out", "out"];

/// The commands that read a file of the caller's, with the file `f`.
const NAMED: &[&[&str]] = &[
    &["--profile", "f"],
    &["--corrections", "f"],
    &["--baseline", "f"],
    &["--lock", "f", "--locked"],
];

/// Those that do so in another way than `codegen` on pages.
const OTHERS: &[&[&str]] = &[
    &["codegen", "--model", "f", "--out", "out"],
    &["metadata-diff", "--docs", "docs", "--metadata", "f"],
    &[
        "scopes", "--docs", "docs", "--select", "*", "--format", "manifest", "--ids", "f",
    ],
];

/// The files that are read from beside the pages.
const BESIDE: &[&str] = &["corrections.toml", "attribution.toml", ".fetched.toml"];

/// All that reads the file `f`.
fn readers() -> Vec<Vec<&'static str>> {
    let of_pages = NAMED.iter().map(|named| [&GENERATE[..], named].concat());
    of_pages
        .chain(OTHERS.iter().map(|other| other.to_vec()))
        .collect()
}

/// Runs within a time that leaves no doubt that nothing is waited for, and holds the messages to lines that can be read.
#[track_caller]
fn soon(folder: &Path, arguments: &[&str]) -> Ran {
    let start = Instant::now();
    let ran = run(folder, arguments);
    assert!(start.elapsed() < Duration::from_secs(60), "{arguments:?}");
    let longest = ran.err.lines().map(|line| line.chars().count()).max();
    assert!(longest < Some(1_000), "a line of {longest:?} characters");
    ran
}

/// A file of 1 GB, of which nothing is on disk.
fn gigabyte(path: &Path) {
    fs::File::create(path).unwrap().set_len(1 << 30).unwrap();
}

#[test]
fn a_file_of_a_gigabyte_is_refused_by_its_size() {
    let folder = small_docs();
    let root = folder.path();
    let file = root.join("f");
    gigabyte(&file);
    for reader in readers() {
        let ran = soon(root, &reader).ends_with(2).says("1073741824 bytes");
        assert!(
            ran.err.contains("`f`") || ran.err.contains(" f:"),
            "{}",
            ran.err
        );
        assert!(ran.err.contains("are the most"), "{}", ran.err);
    }
    for name in BESIDE {
        let file = root.join("docs").join(name);
        gigabyte(&file);
        soon(root, &GENERATE).ends_with(2).says(&format!(
            "docs/{name}: it has 1073741824 bytes; 33554432 are the most"
        ));
        fs::remove_file(file).unwrap();
    }
    gigabyte(&root.join("docs/big.md"));
    soon(root, &GENERATE)
        .ends_with(1)
        .says("docs/big.md")
        .says("1073741824 bytes and was not read; a page may have 8388608");
    assert!(!root.join("out").exists());
}

/// A hundred thousand levels, in each form that the readers know.
fn nested(json: bool) -> Vec<String> {
    const LEVELS: usize = 100_000;
    let of = |open: &str, middle: &str, close: &str| {
        open.repeat(LEVELS) + middle + &close.repeat(LEVELS)
    };
    match json {
        true => vec![
            of("[", "", "]"),
            of("{\"a\":", "1", "}"),
            of("[", "", ""),
            of("{a:", "", ""),
        ],
        false => vec![
            format!("a = {}", of("[", "", "]")),
            format!("a = {}", of("{ a = ", "1", " }")),
            format!("{}a = 1", of("a.", "", "")),
            format!("[{}a]", of("a.", "", "")),
        ],
    }
}

#[test]
fn deep_nesting_is_refused_and_no_stack_overflows() {
    let folder = small_docs();
    let root = folder.path();
    for text in nested(false) {
        put(root, "f", &text);
        for named in [&NAMED[..2], &NAMED[3..]].concat() {
            let code = if named[0] == "--corrections" { 1 } else { 2 };
            soon(root, &[&GENERATE[..], named].concat())
                .ends_with(code)
                .says("f");
        }
        for name in BESIDE {
            put(root, &format!("docs/{name}"), &text);
            let code = if *name == "corrections.toml" { 1 } else { 2 };
            soon(root, &GENERATE).ends_with(code).says(name);
            fs::remove_file(root.join("docs").join(name)).unwrap();
        }
    }
    for json in nested(true) {
        let within = format!(
            "{{\"kind\":\"graph-codegen model\",\"version\":1,\"generator\":\"x\",\"api\":{json}}}"
        );
        for text in [&json, &within] {
            put(root, "f", text);
            soon(root, OTHERS[0])
                .ends_with(2)
                .says("`f`: not a saved model");
        }
        let fence = format!("{TYPE}\n## JSON representation\n\n```json\n{json}\n```\n");
        let comment = format!("<!-- {{\"a\": {json} }} -->\n\n{TYPE}");
        for (page, rule) in [
            (fence, "unreadable-json"),
            (comment, "malformed-annotation"),
        ] {
            put(root, "docs/resources/thing.md", page);
            soon(root, &GENERATE).ends_with(0).says(rule);
        }
    }
    put(
        root,
        "f",
        "<Edmx>".to_owned() + &"<Schema Namespace='a'>".repeat(100_000),
    );
    soon(root, OTHERS[1])
        .ends_with(2)
        .says("nested deeper than 64");
}

/// What a page may be nested, its saved model is read with.
#[test]
fn the_deepest_example_survives_in_a_saved_model() {
    let folder = small_docs();
    let root = folder.path();
    for (levels, rule) in [
        (62, None),
        (200, Some("unreadable-json")),
        (100, Some("unreadable-json")),
    ] {
        let json = format!(
            "{{\"value\": {}{}}}",
            "[".repeat(levels),
            "]".repeat(levels)
        );
        let example = format!(
            "{PAGE}\n## Example\n\n```http\nGET /things\n```\n\n```http\nHTTP/1.1 200 OK\n\
             Content-type: application/json\n\n{json}\n```\n"
        );
        put(root, "docs/api/thing-list.md", example);
        let lint = run(root, ["lint", "--docs", "docs"]).ends_with(0);
        assert_eq!(
            lint.out.contains("unreadable-json"),
            rule.is_some(),
            "{}",
            lint.out
        );
        run(
            root,
            ["model", "--complete", "--docs", "docs", "-o", "model.json"],
        )
        .ends_with(0);
        run(root, ["codegen", "--model", "model.json", "--out", "out"]).ends_with(0);
    }
}

#[test]
fn entities_of_metadata_are_not_expanded() {
    let folder = small_docs();
    let mut bomb = "<!DOCTYPE Edmx [<!ENTITY a0 \"aaaaaaaaaa\">".to_owned();
    for level in 1..10 {
        let inner = format!("&a{};", level - 1).repeat(10);
        bomb += &format!("<!ENTITY a{level} \"{inner}\">");
    }
    bomb +=
        "<!ENTITY file SYSTEM \"file:///etc/passwd\">]><Edmx><Schema Namespace=\"&a9;\"/></Edmx>";
    put(folder.path(), "f", &bomb);
    soon(folder.path(), OTHERS[1])
        .ends_with(2)
        .says("unrecognized entity `a9`");
    put(folder.path(), "f", bomb.replace("&a9;\"/>", "&file;\"/>"));
    soon(folder.path(), OTHERS[1])
        .ends_with(2)
        .says("unrecognized entity `file`");
}

/// To read one would wait, for ever or until somebody writes.
#[cfg(unix)]
#[test]
fn pipes_and_sockets_are_not_read() {
    let folder = small_docs();
    let root = folder.path();
    let pipe = |path: &Path| {
        let made = std::process::Command::new("mkfifo").arg(path).status();
        assert!(made.unwrap().success());
    };
    let socket = |path: &Path| drop(std::os::unix::net::UnixListener::bind(path).unwrap());
    let kinds: [&dyn Fn(&Path); 2] = [&pipe, &socket];
    for make in kinds {
        let page = root.join("docs/api/x.md");
        make(&page);
        soon(root, &GENERATE)
            .ends_with(1)
            .says("error[unreadable-file]")
            .says("docs/api/x.md")
            .says("a pipe, a socket or a device");
        fs::remove_file(page).unwrap();
        for name in BESIDE {
            let file = root.join("docs").join(name);
            make(&file);
            soon(root, &GENERATE)
                .ends_with(2)
                .says(&format!("docs/{name}: it is a pipe, a socket or a device"));
            fs::remove_file(file).unwrap();
        }
    }
    assert!(!root.join("out").exists());
}

#[cfg(unix)]
#[test]
fn what_stands_beside_the_pages_is_no_link_to_elsewhere() {
    let folder = small_docs();
    let root = folder.path();
    put(root, "secret", "secret = words");
    for name in BESIDE {
        let link = root.join("docs").join(name);
        std::os::unix::fs::symlink("../secret", &link).unwrap();
        let ran = soon(root, &GENERATE).ends_with(2).says(&format!(
            "docs/{name}: the link leads out of the documentation folder"
        ));
        assert!(!ran.err.contains("words"));
        fs::remove_file(link).unwrap();
    }
}

fn including(file: &str, times: usize) -> String {
    format!("[!INCLUDE [x]({file})]\n\n").repeat(times)
}

/// Three files of 300 lines would make 27 million lines; and a chain ends where includes are too deep.
#[test]
fn includes_do_not_multiply() {
    let folder = small_docs();
    let root = folder.path();
    put(
        root,
        "docs/api/thing-list.md",
        PAGE.to_owned() + "\n" + &including("../includes/a.md", 300),
    );
    put(root, "docs/includes/a.md", including("b.md", 300));
    put(root, "docs/includes/b.md", including("c.md", 300));
    put(root, "docs/includes/c.md", "words\n".repeat(300));
    soon(root, &GENERATE)
        .ends_with(0)
        .says("warning[missing-include]")
        .says("makes this page include more than 1048576 bytes and was not followed");
    put(
        root,
        "docs/api/thing-list.md",
        PAGE.to_owned() + "\n" + &including("../includes/0.md", 1),
    );
    for number in 0..500 {
        let next = including(&format!("{}.md", number + 1), 1);
        put(root, &format!("docs/includes/{number}.md"), next);
    }
    soon(root, &GENERATE)
        .ends_with(0)
        .says("the include `3.md` stands in more than 3 others and was not followed");
}
