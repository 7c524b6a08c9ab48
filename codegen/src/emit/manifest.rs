//! Turns the plan of a crate into its `Cargo.toml`, its `rustfmt.toml` and its `NOTICE`.

use std::fmt::Write;

use super::file;
use crate::plan::nodes::{CratePlan, Form};
use crate::prose::one_line;

/// `Cargo.toml`.
pub(super) fn package(plan: &CratePlan) -> String {
    let mut text = file::header("#", "");
    let name = toml::Value::from(&*plan.package);
    let mut add = |line: std::fmt::Arguments<'_>| {
        // Writing to a string does not fail.
        let _ = writeln!(text, "{line}");
    };
    add(format_args!("[package]"));
    add(format_args!("name = {name}"));
    add(format_args!("version = \"0.1.0\""));
    add(format_args!("edition = \"2024\""));
    add(format_args!("rust-version = \"1.95\""));
    let licence = toml::Value::from(&*plan.licence);
    if !plan.notice.is_empty() {
        add(format_args!(
            "# The descriptions have a licence of their own: see NOTICE."
        ));
    }
    add(format_args!("license = {licence}"));
    add(format_args!("publish = false"));
    add(format_args!(
        "description = \"A typed SDK, written by graph-codegen from the documentation of the service\""
    ));
    add(format_args!("\n[features]\ndefault = []"));
    add(format_args!(
        "# All areas. Each is a feature of its own, so that a program compiles what it uses."
    ));
    if plan.areas.is_empty() {
        add(format_args!("full = []"));
    } else {
        add(format_args!("full = ["));
        for area in &plan.areas {
            add(format_args!("    \"{}\",", area.ident));
        }
        add(format_args!("]"));
    }
    for area in &plan.areas {
        add(format_args!("{} = []", area.ident));
    }
    add(format_args!(
        "# Tokens from a credential of the Azure SDK.\nazure_core = [\"graph-runtime/azure_core\"]"
    ));
    add(format_args!(
        "# A service on loopback that answers with the examples of the pages.\nmock = [\"graph-runtime/mock\"]"
    ));
    add(format_args!(
        "# The test that holds the functions and models to the examples of the pages.\nconformance = [\"graph-runtime/conformance\"]"
    ));
    add(format_args!(
        "\n[dependencies]\ngraph-runtime = {}",
        plan.runtime
    ));
    add(format_args!(
        "\n# Prints a report of its own, so it is a program.\n[[test]]\nname = \"conformance\"\nharness = false\nrequired-features = [\"conformance\"]"
    ));
    add(format_args!(
        "\n[lints.rust]\nmissing_docs = \"warn\"\nunsafe_code = \"forbid\""
    ));
    if plan.form != Form::Member {
        add(format_args!(
            "\n# A workspace of its own, so that it can be built inside the folder of another.\n[workspace]"
        ));
    }
    text
}

/// `rustfmt.toml`. The files have the lines of prettyplease, which are shorter than rustfmt's; without this,
/// `cargo fmt --check` over a workspace that holds the crate would ask for changes that the next run takes back.
pub(super) fn format() -> String {
    let mut text = file::header("#", "");
    text.push_str("# The generator has laid out the files.\ndisable_all_formatting = true\n");
    text
}

/// `NOTICE`: what the licence of the descriptions wants to be said.
pub(super) fn notice(plan: &CratePlan) -> String {
    let mut text = file::header("#", "");
    for line in [""]
        .into_iter()
        .chain(plan.notice.iter().map(|line| &**line))
    {
        text.push_str(one_line(line).trim_end());
        text.push('\n');
    }
    text
}
