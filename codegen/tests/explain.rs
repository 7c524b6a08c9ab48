//! What is explained of names of `docs-input` and of small pages, in one snapshot a name.
//!
//! `INSTA_UPDATE=always cargo test -p graph-codegen --test explain` writes the snapshots anew.

#![expect(
    clippy::unwrap_used,
    reason = "a test may panic, and so may the functions that it calls"
)]

#[path = "explain/evidence.rs"]
mod evidence;

use std::path::Path;

use graph_codegen::explain::{Explanation, NotExplained, Shown, explain, render};
use graph_codegen::pipeline::{Generated, Input, Source, generate};
use graph_codegen::plan::nodes::Form;
use graph_codegen::plan::{Descriptions, PlanOptions};
use graph_codegen::profile::Profile;
use graph_codegen::select::Selection;

/// A run and what it was made from.
struct Run {
    input: Input,
    generated: Generated,
}

impl Run {
    fn new(docs: &Path, select: &[&str]) -> Self {
        let input = Input {
            source: Source::pages(docs),
            profile: Profile::embedded().unwrap(),
            selection: selection(select),
            denied: Vec::new(),
        };
        let options = PlanOptions {
            package: "graph-sdk".to_owned(),
            runtime: "\"0.1\"".to_owned(),
            form: Form::Package,
            descriptions: Descriptions::Full,
        };
        let mut generated = generate(&input, &options).unwrap();
        // Where the folder lies is not for a snapshot to know.
        generated.model.corpus.root = "docs".to_owned();
        Self { input, generated }
    }

    fn docs_input() -> Self {
        Self::new(
            &Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs-input"),
            &[],
        )
    }

    fn explain(&self, name: &str) -> Result<Explanation, NotExplained> {
        explain(&self.generated, &self.input, name)
    }

    /// The title of what a name means, or why it is not explained.
    fn title(&self, name: &str) -> String {
        match self.explain(name) {
            Ok(explanation) => explanation.title,
            Err(error) => error.to_string(),
        }
    }
}

/// A selection of these patterns; those after `!` are left out.
fn selection(patterns: &[&str]) -> Selection {
    let excluded = patterns.iter().filter_map(|text| text.strip_prefix('!'));
    let selected = patterns.iter().filter(|text| !text.starts_with('!'));
    Selection {
        select: selected.map(|text| (*text).to_owned()).collect(),
        exclude: excluded.map(str::to_owned).collect(),
    }
}

/// A folder with files.
fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in files {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    folder
}

/// A page of a type with one property beside its key.
fn page_of_type(name: &str, property: &str, ty: &str) -> String {
    format!(
        "# {name} resource type\n\nNamespace: microsoft.graph\n\nA {name}.\n\n## Properties\n\n\
         |Property|Type|Description|\n|:--|:--|:--|\n|id|String|The key.|\n|{property}|{ty}|Text.|\n"
    )
}

#[test]
fn names_are_explained_as_their_snapshots_show() {
    let run = Run::docs_input();
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("snapshots/explain");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    for (snapshot, name) in [
        ("type", "drive"),
        ("enum", "complianceStatus"),
        ("polymorphic-base", "deviceConfiguration"),
        (
            "operation",
            "PATCH /deviceManagement/deviceConfigurations/{a}/userStatuses/{b}",
        ),
        ("property", "iosUpdateConfiguration.displayName"),
        ("property-of-its-own", "user/mail"),
        // Its constant and the one before it take several lines.
        (
            "property-of-a-long-name",
            "windows10GeneralConfiguration.enterpriseCloudPrintDiscoveryMaxLimit",
        ),
        ("page", "user-get"),
        ("page-of-enums", "resources/enums.md"),
    ] {
        let text = render(&run.explain(name).unwrap(), false, false);
        settings.bind(|| insta::assert_snapshot!(snapshot, text));
    }
}

#[test]
fn a_thing_is_found_by_each_of_its_names() {
    let run = Run::docs_input();
    for (title, names) in [
        (
            "microsoft.graph.user, entity type",
            &[
                "user",
                "User",
                "microsoft.graph.user",
                "#microsoft.graph.user",
                "resources/user.md",
                "docs/resources/user.md",
                "docs/resources/user.md:7:1",
                "user.md",
                "models::User",
                "graph_sdk::models::User",
            ] as &[&str],
        ),
        (
            "microsoft.graph.user/mail, a property",
            &[
                "user.mail",
                "user/mail",
                "user.MAIL",
                "microsoft.graph.user.mail",
                "models::User::mail",
                "models::User::MAIL",
            ],
        ),
        (
            "GET /users/{id | userPrincipalName}",
            &[
                "GET /users/{id}",
                "get /users/{anything}",
                "GET users/<id>",
                "GET https://graph.microsoft.com/v1.0/users/{id}?$select=id",
                "GET /users/jane@example.org",
                "users::get",
                "users::GET",
                "graph_sdk::users::get()",
            ],
        ),
        (
            "GET /drives/{drive-id}",
            &["/drives/{id}", "drives::get", "GET /drives/b!1"],
        ),
        (
            "api/user-get.md, a page",
            &[
                "user-get",
                "User-Get",
                "user-get.md",
                "api/user-get.md",
                "api/user-get.md:30",
            ],
        ),
        (
            "microsoft.graph.callRecords.callRecord, entity type",
            &["callRecord", "models::call_records::CallRecord"],
        ),
    ] {
        for name in names {
            assert_eq!(run.title(name), title, "{name}");
        }
    }
}

#[test]
fn a_name_that_nothing_has_is_answered_with_the_nearest() {
    let run = Run::docs_input();
    let names = [
        "usr",
        "user.maill",
        "user-gett",
        "GET /user/{id}",
        "PUT /users/{id}",
        "/userz",
        "users::gett",
        "models::Uzer",
        "users::photo::nothing",
        "qqqqqq",
        "",
    ];
    let text: Vec<String> = names.iter().map(|name| run.title(name)).collect();
    insta::assert_snapshot!(text.join("\n"));
}

#[test]
fn a_name_that_several_things_have_is_answered_with_a_list() {
    let other =
        page_of_type("case", "size", "Int32").replace("microsoft.graph", "microsoft.graph.law");
    let folder = folder(&[
        ("resources/case.md", &page_of_type("case", "color", "tint")),
        ("resources/law-case.md", &other),
        ("a/twice.md", "# Twice\n"),
        ("b/twice.md", "# Twice\n"),
    ]);
    let run = Run::new(folder.path(), &[]);
    let mut text: Vec<String> = ["case", "case.id", "twice"]
        .iter()
        .map(|name| run.title(name))
        .collect();
    // One of the two has it, so that there is no question.
    text.push(run.title("case.size"));
    text.push(run.title("microsoft.graph.law.case"));
    // A type that no page documents is a name that people look up.
    text.push(run.title("tint"));
    let run = Run::docs_input();
    text.push(run.title("users"));
    text.push(run.title("users::photo"));
    text.push(run.title("/users/{id}/photo/..."));
    insta::assert_snapshot!(text.join("\n\n"));
}

#[test]
fn corrections_that_touch_a_page_are_shown_with_their_reasons() {
    let corrections = "[[correction]]\npage = \"resources/buoy.md\"\nproperty = \"color\"\ntype = \"String\"\n\
        because = \"A color is text.\"\nlink = \"https://example.org/1\"\n\n\
        [[correction]]\npage = \"resources/buoy.md\"\nproperty = \"id\"\ntype = \"String\"\n\
        because = \"It is one already.\"\nlink = \"https://example.org/2\"\n";
    let folder = folder(&[
        ("resources/buoy.md", &page_of_type("buoy", "color", "Int32")),
        ("corrections.toml", corrections),
    ]);
    let run = Run::new(folder.path(), &[]);
    let of = |name: &str| {
        let explanation = run.explain(name).unwrap();
        let part = explanation
            .parts
            .iter()
            .find(|part| part.stage == "correct")
            .unwrap();
        let lines = part
            .lines
            .iter()
            .map(|line| format!("{} {}", line.place, line.text));
        lines.collect::<Vec<_>>().join("\n")
    };
    insta::assert_snapshot!(format!(
        "{}\n--\n{}\n--\n{}",
        of("buoy"),
        of("buoy.color"),
        of("buoy.id")
    ));
}

#[test]
fn what_a_selection_leaves_out_is_explained_as_left_out() {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs-input");
    let run = Run::new(&docs, &["/users/{}/photo*"]);
    let of = |name: &str| {
        let explanation = run.explain(name).unwrap();
        let wanted = ["select", "plan", "emit"];
        let parts = explanation
            .parts
            .iter()
            .filter(|part| wanted.contains(&part.stage));
        let lines = parts.flat_map(|part| &part.lines).take(6);
        let lines = lines.map(|line| format!("{} {}", line.place, line.text));
        lines.collect::<Vec<_>>().join("\n")
    };
    insta::assert_snapshot!(format!(
        "{}\n--\n{}\n--\n{}",
        of("profilePhoto"),
        of("user"),
        of("GET /users/{id}")
    ));
}

#[test]
fn why_a_type_is_in_or_out_is_said() {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs-input");
    let mut text = String::new();
    for (patterns, names) in [
        (
            &[] as &[&str],
            &[
                "directoryObject",
                "assignedLicense",
                "bodyType",
                "deviceConfigurationUserStatus",
                "deviceComplianceActionType",
                "callRecords.session",
            ] as &[&str],
        ),
        (
            &["user-list", "/users/*/messages", "!GET /users/{id}*"],
            &[
                "directoryObject",
                "importance",
                "itemBody",
                "user.messages",
                "user.manager",
                "callRecords.session",
                "GET /users",
                "GET /users/{id}",
                "GET /me",
                "user-get",
            ],
        ),
        (&["!/users/*"], &["GET /me", "GET /users", "reminder"]),
    ] {
        let run = Run::new(&docs, patterns);
        text += &format!("== {}\n", patterns.join(" "));
        for name in names {
            let name = name.replace("callRecords.session", "microsoft.graph.callRecords.session");
            let explanation = run.explain(&name).unwrap();
            let mut parts = explanation.parts.iter();
            let part = parts.find(|part| part.stage == "select").unwrap();
            let lines = part.lines.iter().filter(|line| line.shown != Shown::Full);
            text += &format!("{name}\n");
            for line in lines.skip(1) {
                let indent = "  ".repeat(line.depth + 1);
                text += &format!("{indent}{}  {}\n", line.text, line.place);
            }
        }
    }
    insta::assert_snapshot!(text);
}

#[test]
fn every_name_of_the_tree_is_explained() {
    let run = Run::docs_input();
    let api = &run.generated.model.api;
    let types = api.types.iter().map(|ty| ty.name.to_string());
    let enums = api.enums.iter().map(|item| item.name.to_string());
    let pages = run
        .generated
        .model
        .corpus
        .pages
        .iter()
        .map(|page| page.path.clone());
    for name in types.chain(enums).chain(pages) {
        let explanation = run.explain(&name).unwrap();
        let stages: Vec<&str> = explanation.parts.iter().map(|part| part.stage).collect();
        assert_eq!(
            stages,
            [
                "read",
                "parse",
                "extract",
                "correct",
                "resolve",
                "select",
                "plan",
                "emit",
                "diagnostics"
            ]
        );
        // Each fact has the line on which it stands.
        let facts = explanation.parts[2].lines.iter();
        for line in facts.filter(|line| line.text.starts_with("property ")) {
            let (path, number) = line.place.rsplit_once(':').unwrap();
            let mut pages = run.generated.model.corpus.pages.iter();
            let page = pages.find(|page| page.path == path).unwrap();
            let row = page
                .text
                .lines()
                .nth(number.parse::<usize>().unwrap() - 1)
                .unwrap();
            let wire = line.text.split(' ').nth(1).unwrap();
            assert!(row.contains(wire), "{} {} {row}", line.place, line.text);
        }
        for full in [false, true] {
            let text = render(&explanation, full, false);
            assert!(!text.contains('\u{1b}') && text.contains("── diagnostics"));
        }
    }
}
