//! Bytes of pages → files of a crate: no panic, nothing unaccounted, and the emitted Rust can be read.
//!
//! A form feed stands between two pages. What has a request block is a page of operations, all else one of types, and
//! what begins with a comment can be included by the others.
#![no_main]

#[path = "../../codegen/tests/accounting/lost.rs"]
mod lost;
#[path = "../../codegen/tests/mutants/run.rs"]
mod run;

use std::sync::LazyLock;

use graph_codegen::diagnostics::Format;
use graph_codegen::model::{load, save};
use libfuzzer_sys::fuzz_target;

static GENERATOR: LazyLock<run::Generator> = LazyLock::new(run::Generator::embedded);

fuzz_target!(|bytes: &[u8]| {
    let pages = bytes.split(|byte| *byte == b'\x0c').enumerate();
    let files = pages.map(|(index, page)| {
        let folder = match page {
            [b'<', b'!', ..] => "includes",
            _ if page.windows(7).any(|found| found == b"```http") => "api",
            _ => "resources",
        };
        (format!("{folder}/p{index}.md"), page.to_vec())
    });
    let run = GENERATOR.run(files);
    run::assert_accounted(&run);
    run::shown(&run, Format::Human);
    for (path, text) in &run.tree.files {
        if path.ends_with(".rs") {
            let read = syn::parse_file(text);
            assert!(read.is_ok(), "{path}: {:?}\n{text}", read.err());
        }
    }
    let saved = save(&run.model.api).expect("can be saved");
    let loaded = load(&saved).expect("can be loaded");
    assert_eq!(save(&loaded).expect("can be saved"), saved);
});
