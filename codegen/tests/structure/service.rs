//! What the services of all profiles are called, and the lines of code that call one by its name.

use crate::none;
use crate::source::{Source, sources, workspace};

/// The crates of the workspace, whose names are older than the second service.
const CRATES: &[&str] = &[
    "GRAPH_CODEGEN",
    "graph_codegen",
    "graph_runtime",
    "graph-codegen",
    "graph-runtime",
];

/// The texts of all profiles: the embedded one, and those of the services that tests read.
fn profiles() -> Vec<String> {
    let mut paths = vec![workspace().join("codegen/profiles/graph.toml")];
    for entry in std::fs::read_dir(workspace().join("codegen/tests/services")).unwrap() {
        paths.push(entry.unwrap().path().join("profile.toml"));
    }
    paths
        .iter()
        .map(|path| std::fs::read_to_string(path).unwrap())
        .collect()
}

/// What only the service of a profile is called: the words of its name, its namespace, the hosts of its addresses, in
/// lower case.
fn names_of(profile: &str) -> Vec<String> {
    let profile: toml::Table = profile.parse().unwrap();
    let text = |key: &str| {
        profile
            .get(key)
            .and_then(|value| value.as_str())
            .unwrap_or_default()
    };
    let mut names = vec![text("namespace").to_lowercase()];
    names.extend(text("name").split_whitespace().map(str::to_lowercase));
    for key in ["base_url", "documentation_url"] {
        let host = text(key).split('/').nth(2).unwrap_or_default();
        names.push(host.to_lowercase());
    }
    let hosts = profile["paths"]["hosts"].as_array().unwrap();
    names.extend(
        hosts
            .iter()
            .filter_map(|host| Some(host.as_str()?.to_lowercase())),
    );
    names.retain(|name| !name.is_empty());
    names
}

/// The lines of code that name a service, in identifiers or strings; letter case does not count. A name of one word
/// counts where it is a word of the identifier or the text: `graph` in `graph_url` and `GraphUrl`, not in `paragraph`.
fn lines_naming(source: &Source, names: &[String]) -> Vec<String> {
    let code = source.code_with_strings();
    let lines = code.lines().enumerate().filter(|(_, line)| {
        let line = CRATES
            .iter()
            .fold((*line).to_owned(), |line, name| line.replace(name, ""));
        let lower = line.to_lowercase();
        let words = words_of(&line);
        names.iter().any(|name| {
            if name.contains('.') {
                lower.contains(name.as_str())
            } else {
                words.contains(name)
            }
        })
    });
    lines
        .map(|(index, line)| format!("{}:{}: {}", source.path, index + 1, line.trim()))
        .collect()
}

/// The words of a line in lower case, with identifiers cut at their capitals.
fn words_of(line: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut before = ' ';
    for c in line.chars() {
        let starts = c.is_uppercase() && before.is_lowercase();
        if starts || !c.is_alphanumeric() {
            words.push(String::new());
        }
        if c.is_alphanumeric()
            && let Some(word) = words.last_mut()
        {
            word.extend(c.to_lowercase());
        }
        before = c;
    }
    words
}

/// Where hand-written code names a service all the same: the file, and what the line holds. The runtime knows the clouds of
/// one service, whose addresses any other service's SDK replaces; the embedded profile is a file with a name.
const NAMED: &[(&str, &str)] = &[
    ("codegen/src/profile/mod.rs", "profiles/graph.toml"),
    ("runtime/src/client.rs", "\"graph.request\""),
    ("runtime/src/client/builder.rs", "\"graph-rust/\""),
    ("runtime/src/cloud.rs", "Self::Global"),
    ("runtime/src/cloud.rs", "Self::Global"),
    ("runtime/src/cloud.rs", "Self::UsGovernment "),
    ("runtime/src/cloud.rs", "Self::UsGovernment "),
    ("runtime/src/cloud.rs", "Self::UsGovernmentDod"),
    ("runtime/src/cloud.rs", "Self::UsGovernmentDod"),
];

/// Code and strings name no service; tests may, and so may comments, whose examples are real rows.
#[test]
fn the_service_is_known_to_the_profile_alone() {
    let names: Vec<String> = profiles().iter().flat_map(|text| names_of(text)).collect();
    let mut excepted: Vec<&(&str, &str)> = NAMED.iter().collect();
    let mut findings = Vec::new();
    for source in sources(&["codegen/src", "xtask/src", "runtime/src"]) {
        for line in lines_naming(&source, &names) {
            let known = excepted
                .iter()
                .position(|(path, holds)| *path == source.path && line.contains(holds));
            match known {
                Some(at) => {
                    excepted.remove(at);
                }
                None => findings.push(line),
            }
        }
    }
    none(
        &findings,
        "names of one service; they belong into its profile",
    );
    assert!(
        excepted.is_empty(),
        "no longer there, remove from this test: {excepted:?}"
    );
}

#[test]
fn a_service_that_is_named_in_code_is_found() {
    let names: Vec<String> = profiles().iter().flat_map(|text| names_of(text)).collect();
    let count = |text: &str| {
        let source = Source {
            path: "planted.rs".to_owned(),
            text: text.to_owned(),
        };
        lines_naming(&source, &names).len()
    };
    for found in [
        "const BASE: &str = \"https://GRAPH.microsoft.com\";",
        "fn graph() {}",
        "struct GraphUrl;",
        "let x = \"a Microsoft account\";",
        "let x = name.starts_with(\"microsoft.graph.\");",
        "mod ovenline;",
        "let host = \"api.ovenline.example\";",
    ] {
        assert_eq!(count(found), 1, "{found}");
    }
    for allowed in [
        "/// Such as `microsoft.graph.user`.",
        "use graph_codegen::profile::Profile;",
        "fn paragraph() {}",
        "#[cfg(test)]\nmod tests {\n    const X: &str = \"microsoft.graph\";\n}",
    ] {
        assert_eq!(count(allowed), 0, "{allowed}");
    }
}
