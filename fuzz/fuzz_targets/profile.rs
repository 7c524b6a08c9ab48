//! Text of a profile: it is refused, or pages can be read with it.
#![no_main]

#[path = "../../codegen/tests/accounting/lost.rs"]
mod lost;
#[path = "../../codegen/tests/mutants/run.rs"]
#[expect(dead_code, reason = "no profile is the embedded one here")]
mod run;

use graph_codegen::diagnostics::Format;
use graph_codegen::profile::Profile;
use libfuzzer_sys::fuzz_target;

const PAGES: [(&str, &str); 3] = [
    (
        "api/user-get.md",
        include_str!("../../docs-input/api/user-get.md"),
    ),
    (
        "api/user-update.md",
        include_str!("../../docs-input/api/user_update.md"),
    ),
    (
        "resources/level.md",
        include_str!(
            "../../docs-input/resources/intune-deviceconfig-devicethreatprotectionlevel.md"
        ),
    ),
];

fuzz_target!(|text: &str| {
    let Ok(profile) = Profile::parse(text) else {
        return;
    };
    let files = PAGES.map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec()));
    let run = run::Generator::new(profile).run(files);
    run::assert_accounted(&run);
    run::shown(&run, Format::Json);
});
