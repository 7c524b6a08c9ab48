//! Text of pages is data: whatever it holds, no part of it becomes code, an attribute or markup, and all of it is shown.
//!
//! Pages made of the worst that text can hold go through all stages, and so does a service whose descriptions are replaced
//! by such text behind the parser. What comes out is parsed back and compared with the plan and with the text.

#![expect(
    clippy::unwrap_used,
    reason = "a test may panic, and so may the functions that it calls"
)]

#[path = "hostile/code.rs"]
mod code;
#[path = "hostile/markup.rs"]
mod markup;
#[path = "hostile/text.rs"]
mod text;

use std::path::Path;

use graph_codegen::diagnostics::Diagnostics;
use graph_codegen::emit;
use graph_codegen::model::{Api, Body};
use graph_codegen::pipeline::{Generated, Input, Source, generate};
use graph_codegen::plan::nodes::Form;
use graph_codegen::plan::{Descriptions, PlanOptions, plan};
use graph_codegen::profile::Profile;
use graph_codegen::prose::Prose;
use graph_codegen::select::Selection;
use graph_codegen::tree::OutputTree;
use proptest::prelude::*;

fn options(descriptions: Descriptions) -> PlanOptions {
    PlanOptions {
        package: "hostile".to_owned(),
        runtime: "\"0.1.0\"".to_owned(),
        form: Form::Package,
        descriptions,
    }
}

fn run(docs: &Path, descriptions: Descriptions) -> Generated {
    let input = Input {
        source: Source::pages(docs),
        profile: Profile::embedded().unwrap(),
        selection: Selection::default(),
        denied: Vec::new(),
    };
    generate(&input, &options(descriptions)).unwrap()
}

/// A service to put other text into: the pages of the project.
fn service() -> Api {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs-input");
    run(&docs, Descriptions::Full).model.api
}

/// The service with each of its texts replaced by the next of `texts`.
fn with_texts(mut api: Api, texts: &[Prose]) -> Api {
    let mut next = texts.iter().cycle();
    let mut put = |prose: &mut Prose| *prose = next.next().unwrap().clone();
    for ty in &mut api.types {
        put(&mut ty.doc);
        ty.properties.iter_mut().for_each(|row| put(&mut row.doc));
    }
    for item in &mut api.enums {
        put(&mut item.doc);
        item.members
            .iter_mut()
            .for_each(|member| put(&mut member.doc));
    }
    for operation in &mut api.operations {
        put(&mut operation.doc);
        let mut title = Prose::default();
        put(&mut title);
        operation.title = title.text();
        if let Body::Parameters(rows) = &mut operation.body {
            rows.iter_mut().for_each(|row| put(&mut row.doc));
        }
        operation.headers.push((operation.title.clone(), title));
    }
    api
}

fn write_pages(pages: &[(String, String)]) -> tempfile::TempDir {
    let docs = tempfile::tempdir().unwrap();
    for (path, text) in pages {
        let path = docs.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    docs
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn hostile_pages_give_what_the_plan_says(pages in text::pages()) {
        let docs = write_pages(&pages);
        let run = run(docs.path(), Descriptions::Full);
        code::assert_only_the_plan(&run.plan, &run.tree);
        markup::assert_shown_as_text(&run.plan, &run.tree, &run.model.api);
    }
}

proptest! {
    // One case puts many texts into two thousand places.
    #![proptest_config(ProptestConfig { cases: 8, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn hostile_descriptions_are_shown_as_text(texts in prop::collection::vec(text::prose(), 120..240)) {
        let api = with_texts(service(), &texts);
        let mut diagnostics = Diagnostics::default();
        let profile = Profile::embedded().unwrap();
        let plan = plan(&api, &options(Descriptions::Full), &profile, &mut diagnostics);
        let tree = emit::emit(&plan, &mut diagnostics);
        code::assert_only_the_plan(&plan, &tree);
        markup::assert_shown_as_text(&plan, &tree, &api);
    }
}

/// The properties above hold of pages that are not read at all. These are: each text stands in each place, and the types
/// and operations are there.
#[test]
fn the_worst_texts_arrive() {
    let pages: Vec<(String, String)> = text::ATOMS
        .iter()
        .enumerate()
        .flat_map(|(index, atom)| text::set(&format!("n{index}"), &text::places(atom)))
        .collect();
    let docs = write_pages(&pages);
    let run = run(docs.path(), Descriptions::Full);
    let api = &run.model.api;
    assert_eq!(api.operations.len(), text::ATOMS.len());
    for index in 0..text::ATOMS.len() {
        let name = format!("thing{}", text::letters(&format!("n{index}")));
        let ty = api.types.iter().find(|ty| ty.name.name == name);
        let ty = ty.unwrap_or_else(|| panic!("{name} is not read"));
        assert!(ty.properties.len() >= 2, "{name}: {:?}", ty.properties);
    }
    code::assert_only_the_plan(&run.plan, &run.tree);
    markup::assert_shown_as_text(&run.plan, &run.tree, api);
    let shown: String = run.tree.files.values().map(String::as_str).collect();
    for words in [
        "\\<script\\>",
        "\\[^1\\]",
        "emoji 🦀",
        "\\*/",
        "http\\://{host}",
    ] {
        assert!(shown.contains(words), "`{words}` is nowhere");
    }
    assert!(shown.lines().any(|line| line.len() > 10_000));
}

/// All sentences of the service, to be looked for.
fn sentences(api: &Api) -> Vec<String> {
    let types = api.types.iter().flat_map(|ty| {
        let rows = ty.properties.iter().map(|row| &row.doc);
        rows.chain([&ty.doc])
    });
    let enums = api.enums.iter().flat_map(|item| {
        let members = item.members.iter().map(|member| &member.doc);
        members.chain([&item.doc])
    });
    let operations = api.operations.iter().flat_map(|operation| {
        let headers = operation.headers.iter().map(|(_, said)| said);
        headers.chain([&operation.doc])
    });
    let titles = api
        .operations
        .iter()
        .map(|operation| operation.title.clone());
    types
        .chain(enums)
        .chain(operations)
        .map(Prose::text)
        .chain(titles)
        .flat_map(|text| {
            let sentences = text.split(['.', '\n', ':']);
            sentences
                .map(|part| part.trim().to_owned())
                .collect::<Vec<_>>()
        })
        .filter(|sentence| sentence.split(' ').count() > 2)
        .collect()
}

/// The sentences that a tree holds.
fn held<'s>(tree: &OutputTree, sentences: &'s [String]) -> Vec<&'s str> {
    let text: String = tree.files.values().map(String::as_str).collect();
    let text = text.replace(['\\', '`', '*'], "");
    let sentences = sentences.iter().map(String::as_str);
    sentences
        .filter(|sentence| text.contains(sentence))
        .collect()
}

#[test]
fn with_links_alone_no_sentence_of_a_page_is_written() {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs-input");
    let full = run(&docs, Descriptions::Full);
    let sentences = sentences(&full.model.api);
    assert!(sentences.len() > 300);
    // The same search finds them where they are.
    assert!(held(&full.tree, &sentences).len() > 300);
    let link = run(&docs, Descriptions::Link);
    assert_eq!(held(&link.tree, &sentences), Vec::<&str>::new());
    code::assert_only_the_plan(&link.plan, &link.tree);
}

/// Whose words they are: the profile's default, another author beside the pages, or nobody.
#[test]
fn the_notice_names_who_wrote_the_pages() {
    let other = "author = \"Harbour *Office*\"\nlicence = \"Harbour Licence\"\nspdx = \"LicenseRef-Harbour\"\n\
                 licence_url = \"https://harbour.example/licence\"\nsource = \"https://harbour.example\"\n";
    for (beside, descriptions, named) in [
        (None, Descriptions::Full, Some("Microsoft Corporation")),
        (Some(other), Descriptions::Full, Some("Harbour *Office*")),
        (Some("# nobody"), Descriptions::Full, None),
        (None, Descriptions::Link, None),
        (Some(other), Descriptions::Link, None),
    ] {
        let mut pages = text::set("a", &text::places("plain"));
        pages.extend(beside.map(|text| ("attribution.toml".to_owned(), text.to_owned())));
        let docs = write_pages(&pages);
        let tree = run(docs.path(), descriptions).tree;
        let notice = tree.files.get("NOTICE");
        assert_eq!(
            notice.is_some(),
            named.is_some(),
            "{beside:?} {descriptions:?}"
        );
        let manifest: toml::Table = tree.files["Cargo.toml"].parse().unwrap();
        let licence = manifest["package"]["license"].as_str().unwrap();
        assert_eq!(licence.contains(" AND "), named.is_some(), "{licence}");
        let front = &tree.files["src/lib.rs"];
        if let (Some(notice), Some(named)) = (notice, named) {
            assert!(
                notice.contains(named) && notice.contains("https://"),
                "{notice}"
            );
            let escaped = named.replace('*', "\\*");
            assert!(
                front.contains(&escaped) && front.contains("NOTICE"),
                "{front}"
            );
        } else {
            assert!(!front.contains("NOTICE"), "{front}");
        }
    }
}

/// `AND` binds more than `OR`: a choice among the licences of the pages stands in parentheses.
#[test]
fn the_licences_of_code_and_descriptions_are_joined() {
    for (spdx, joined) in [
        ("CC-BY-4.0", "CC-BY-4.0"),
        ("CC-BY-4.0 OR MIT", "(CC-BY-4.0 OR MIT)"),
        ("(CC-BY-4.0 OR MIT)", "(CC-BY-4.0 OR MIT)"),
        ("CC-BY-4.0 AND (MIT OR ISC)", "CC-BY-4.0 AND (MIT OR ISC)"),
        (
            "(MIT OR ISC) OR (CC-BY-4.0)",
            "((MIT OR ISC) OR (CC-BY-4.0))",
        ),
    ] {
        let mut pages = text::set("a", &text::places("plain"));
        let attribution = format!(
            "author = \"a\"\nlicence = \"b\"\nspdx = \"{spdx}\"\nlicence_url = \"https://harbour.example\"\nsource = \"c\"\n"
        );
        pages.push(("attribution.toml".to_owned(), attribution));
        let docs = write_pages(&pages);
        let tree = run(docs.path(), Descriptions::Full).tree;
        let manifest: toml::Table = tree.files["Cargo.toml"].parse().unwrap();
        assert_eq!(
            manifest["package"]["license"].as_str().unwrap(),
            format!("(MIT OR Apache-2.0) AND {joined}")
        );
    }
}

#[test]
fn a_malformed_attribution_is_refused() {
    let empty = "author = \" \"\nlicence = \"L\"\nspdx = \"MIT\"\nlicence_url = \"https://harbour.example\"\nsource = \"s\"\n";
    for text in [
        "author = 1",
        "author = \"a\"",
        "writer = \"a\"",
        "= ",
        empty,
    ] {
        let mut pages = text::set("a", &text::places("plain"));
        pages.push(("attribution.toml".to_owned(), text.to_owned()));
        let docs = write_pages(&pages);
        let input = Input {
            source: Source::pages(docs.path()),
            profile: Profile::embedded().unwrap(),
            selection: Selection::default(),
            denied: Vec::new(),
        };
        let error = generate(&input, &options(Descriptions::Full)).unwrap_err();
        let said = error.to_string();
        assert!(
            said.contains("attribution.toml") && said.contains("line 1"),
            "{said}"
        );
    }
}
