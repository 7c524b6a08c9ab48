//! `explain`: what is printed, and how names end that nothing has, or that several things have.

use crate::running::{PAGE, TYPE, put, run, small_docs};

#[test]
fn a_type_is_explained_from_page_to_rust() {
    let folder = small_docs();
    let ran = run(folder.path(), ["explain", "thing", "--docs", "docs"])
        .ends_with(0)
        .prints("microsoft.graph.thing, entity type\n")
        .prints("resources/thing.md:11  ")
        .prints("property size Int32")
        .prints("pub struct Thing {")
        .prints("── diagnostics");
    assert_eq!(ran.err, "");
    assert!(ran.out.lines().all(|line| line.chars().count() <= 120));
}

#[test]
fn a_request_is_explained_whatever_its_placeholders_are_called() {
    let folder = small_docs();
    put(
        folder.path(),
        "docs/api/thing-get.md",
        PAGE.replace("GET /things", "GET /things/{thing-id}"),
    );
    for name in ["GET /things/{id}", "/things/{}", "things::get"] {
        run(folder.path(), ["explain", name, "--docs", "docs"])
            .ends_with(0)
            .prints("GET /things/{thing-id}\n")
            .prints("pub fn get(thing_id: &str)");
    }
}

#[test]
fn a_name_that_nothing_has_is_wrong_usage() {
    let folder = small_docs();
    for (name, nearest) in [
        ("thign", "`thing`"),
        ("thing.sise", "`thing.size`"),
        ("thing-lost", "`thing-list`"),
        ("GET /thing", "`GET /things`"),
        ("things::lists", "`things::list`"),
    ] {
        let ran = run(folder.path(), ["explain", name, "--docs", "docs"])
            .ends_with(2)
            .says(name)
            .says("the nearest known name")
            .says(nearest);
        assert_eq!(ran.out, "");
    }
    run(folder.path(), ["explain", "--docs", "docs"])
        .ends_with(2)
        .says("<NAME>");
    run(folder.path(), ["explain", "thing", "--docs", "none"])
        .ends_with(2)
        .says("none");
}

#[test]
fn a_name_that_several_things_have_is_wrong_usage() {
    let folder = small_docs();
    put(
        folder.path(),
        "docs/resources/other-thing.md",
        TYPE.replace("microsoft.graph", "microsoft.graph.other"),
    );
    let ran = run(folder.path(), ["explain", "thing", "--docs", "docs"])
        .ends_with(2)
        .says("`thing` may mean 2 things; name one of them:\n")
        .says("  type  microsoft.graph.thing        resources/thing.md:1\n")
        .says("  type  microsoft.graph.other.thing  resources/other-thing.md:1\n");
    assert_eq!(ran.out, "");
    run(
        folder.path(),
        ["explain", "microsoft.graph.other.thing", "--docs", "docs"],
    )
    .ends_with(0)
    .prints("microsoft.graph.other.thing, entity type\n");
}

#[test]
fn a_selection_says_what_it_leaves_out() {
    let folder = small_docs();
    put(
        folder.path(),
        "docs/api/other-list.md",
        "# List others\n\n## HTTP request\n\n```http\nGET /others\n```\n",
    );
    run(
        folder.path(),
        ["explain", "thing", "--docs", "docs", "--select", "/others"],
    )
    .ends_with(0)
    .prints("microsoft.graph.thing is left out")
    .prints("nothing is planned for it")
    .prints("nothing is written for it");
}

#[test]
fn everything_is_shown_where_it_is_asked_for() {
    let folder = small_docs();
    let rows: String = (0..300)
        .map(|row| format!("|p{row}|String|Text.|\n"))
        .collect();
    put(
        folder.path(),
        "docs/resources/thing.md",
        format!("{TYPE}{rows}"),
    );
    run(folder.path(), ["explain", "thing", "--docs", "docs"])
        .ends_with(0)
        .prints("more properties");
    let full = run(
        folder.path(),
        ["explain", "thing", "--docs", "docs", "--full"],
    )
    .ends_with(0);
    assert!(!full.out.contains("more properties"), "{}", full.out);
}
