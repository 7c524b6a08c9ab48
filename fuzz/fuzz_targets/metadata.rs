//! Text of CSDL: it is refused, or compared with the model of pages.
#![no_main]

#[path = "../../codegen/tests/accounting/lost.rs"]
mod lost;
#[path = "../../codegen/tests/mutants/run.rs"]
#[expect(dead_code, reason = "the pages are always the same")]
mod run;

use std::sync::LazyLock;

use graph_codegen::metadata::{Metadata, disagreements, figures, json, text};
use graph_codegen::pipeline::Generated;
use graph_codegen::profile::Profile;
use libfuzzer_sys::fuzz_target;

const PAGES: [(&str, &str); 5] = [
    (
        "api/user-get.md",
        include_str!("../../docs-input/api/user-get.md"),
    ),
    (
        "api/user-sendmail.md",
        include_str!("../../docs-input/api/user-sendmail.md"),
    ),
    (
        "resources/attachment.md",
        include_str!("../../docs-input/resources/attachment.md"),
    ),
    (
        "resources/enums.md",
        include_str!("../../docs-input/resources/enums.md"),
    ),
    (
        "resources/user.md",
        include_str!("../../docs-input/resources/user.md"),
    ),
];

struct Pages {
    profile: Profile,
    run: Generated,
}

static READ: LazyLock<Pages> = LazyLock::new(|| {
    let profile = Profile::embedded().expect("is valid");
    let files = PAGES.map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec()));
    let run = run::Generator::embedded().run(files);
    Pages { profile, run }
});

fuzz_target!(|csdl: &str| {
    let Ok(metadata) = Metadata::parse(csdl) else {
        return;
    };
    let model = &READ.run.model;
    let found = disagreements(&metadata, &model.api, &READ.profile);
    let figures = figures(&metadata, &model.api, &READ.profile);
    for figure in &figures {
        assert!(figure.found <= figure.in_metadata, "{figure:?}");
        assert!(
            figure.on_pages.is_none_or(|(found, of)| found <= of),
            "{figure:?}"
        );
    }
    let _ = text(&found, &figures, &model.corpus, "metadata.xml", true);
    let _ = json(&found, &figures, &model.corpus, "metadata.xml");
});
