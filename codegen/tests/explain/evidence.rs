//! What decided on bodies and answers, as it is said of small trees of pages.

use std::path::Path;

use super::Run;

#[test]
fn what_decides_on_bodies_and_answers_is_said() {
    let mut text = String::new();
    for (tree, operations) in [
        (
            "untyped-bodies",
            &[
                "POST /harbours/{id}/floatingPiers",
                "POST /harbours/{id}/piers",
                "PATCH /piers/{id}",
                "PATCH /shortPiers/{id}",
            ] as &[&str],
        ),
        ("body-of-another-media-type", &["POST /charts"]),
    ] {
        let trees = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages/trees");
        let run = Run::new(&trees.join(tree), &[]);
        for name in operations {
            let explanation = run.explain(name).unwrap();
            let mut parts = explanation.parts.iter();
            let part = parts.find(|part| part.stage == "resolve").unwrap();
            text += &format!("{name}\n");
            for line in &part.lines {
                if line.text.starts_with("sends ") || line.text.starts_with("answers ") {
                    text += &format!("  {}  {}\n", line.text, line.place);
                }
            }
        }
    }
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../snapshots/explain");
    settings.set_prepend_module_to_snapshot(false);
    settings.bind(|| insta::assert_snapshot!("evidence", text));
}
