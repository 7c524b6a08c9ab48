//! Baselines: what is written silences what it was written from, and nothing else.

#![expect(
    clippy::unwrap_used,
    reason = "a test may panic, and so may the functions that it calls"
)]

use graph_codegen::corpus::{Corpus, Folder, Page};
use graph_codegen::diagnostics::{
    Baseline, Diagnostic, Diagnostics, PageId, Rule, Severity, Span, Stage, summary,
};

/// A page, and a part of pages that it includes.
fn corpus() -> Corpus {
    let page = |path: &str, folder| Page {
        path: path.to_owned(),
        folder,
        text: "one\ntwo\nthree\n".to_owned(),
        body: 0,
        front_matter: Vec::new(),
        includes: Vec::new(),
    };
    Corpus {
        root: "docs".to_owned(),
        pages: vec![
            page("api/a.md", Folder::Api),
            page("includes/permissions.md", Folder::Includes),
        ],
        ..Corpus::default()
    }
}

fn at(rule: Rule, page: u32, offset: usize, message: &str) -> Diagnostic {
    Diagnostic::at(rule, Span::new(PageId(page), offset..offset + 1), message)
}

/// Findings of every kind that a baseline may silence.
fn silenceable() -> Vec<Diagnostic> {
    vec![
        at(Rule::UnknownType, 0, 0, "no `x`").help("`y`"),
        at(Rule::UnknownType, 0, 4, "no `x`"),
        at(Rule::UnknownType, 1, 0, "no `x`"),
        at(Rule::ElidedPath, 1, 0, "a\tb\r\nc \\ \u{1b}\u{2028}\u{fc} "),
        at(Rule::NameCollision, 0, 8, "# not a remark"),
        Diagnostic::on_file(Rule::OutsideRoot, "api/odd\t#name.md", "leads out"),
        Diagnostic::without_place(Rule::NameCollision, "of no page"),
    ]
}

fn of(findings: Vec<Diagnostic>, denied: &[Rule]) -> Diagnostics {
    let mut diagnostics = Diagnostics::denying(denied);
    for finding in findings {
        diagnostics.push(finding);
    }
    diagnostics.sort();
    diagnostics
}

/// A baseline of the findings.
fn known(findings: Vec<Diagnostic>) -> String {
    Baseline::write(&of(findings, &[]), &corpus()).0
}

/// What is left of `findings`, as `rule: message` with the line of the file that it names.
fn left(text: &str, findings: Vec<Diagnostic>, selective: bool) -> Vec<String> {
    let mut diagnostics = of(findings, &[]);
    let baseline = Baseline::parse("known.txt", text).unwrap();
    baseline.apply(&mut diagnostics, &corpus(), selective);
    diagnostics
        .iter()
        .map(|finding| {
            let line = finding
                .position
                .map_or(String::new(), |(line, _)| format!(" at {line}"));
            format!("{}: {}{line}", finding.rule.code(), finding.message)
        })
        .collect()
}

#[test]
fn one_finding_is_one_line_without_its_place() {
    let (text, count) = Baseline::write(&of(silenceable(), &[]), &corpus());
    assert_eq!(count, 7);
    let mut lines = text.lines();
    assert!(lines.next().unwrap().starts_with("# "));
    let expected = [
        "elided-path\tincludes/permissions.md\ta\\tb\\r\\nc \\\\ \\u{1b}\u{2028}\u{fc}",
        "name-collision\t-\tof no page",
        "name-collision\tapi/a.md\t# not a remark",
        "outside-root\tapi/odd\\t#name.md\tleads out",
        "unknown-type\tapi/a.md\tno `x`",
        "unknown-type\tapi/a.md\tno `x`",
        "unknown-type\tincludes/permissions.md\tno `x`",
    ];
    assert_eq!(lines.collect::<Vec<_>>(), expected);
}

#[test]
fn what_is_written_silences_what_it_was_written_from() {
    let text = known(silenceable());
    assert_eq!(left(&text, silenceable(), false), [""; 0]);
    // As editors and version control may leave it.
    let folded = format!("\u{feff}{}", text.replace('\n', "\r\n"));
    assert_eq!(left(&folded, silenceable(), false), [""; 0]);
    // Sorted in another way, with remarks.
    let mut lines: Vec<&str> = text.lines().rev().collect();
    lines.insert(3, "");
    lines.insert(3, "# remark\twith a tab");
    assert_eq!(left(&lines.join("\n"), silenceable(), false), [""; 0]);
}

#[test]
fn a_shift_of_lines_unsettles_nothing() {
    let text = known(vec![at(Rule::UnknownType, 0, 0, "no `x`")]);
    let moved = vec![at(Rule::UnknownType, 0, 8, "no `x`")];
    assert_eq!(left(&text, moved, false), [""; 0]);
}

#[test]
fn an_entry_is_for_one_finding() {
    let one = || at(Rule::UnknownType, 0, 0, "no `x`");
    let two = || at(Rule::UnknownType, 0, 4, "no `x`");
    assert_eq!(
        left(&known(vec![one()]), vec![one(), two()], false),
        ["unknown-type: no `x`"]
    );
    assert_eq!(
        left(&known(vec![one(), two()]), vec![two()], false),
        [
            "stale-baseline-entry: this entry of `unknown-type` stands here more often than there is such a finding at 3"
        ]
    );
}

#[test]
fn other_pages_and_other_messages_are_other_findings() {
    let text = known(vec![at(Rule::UnknownType, 0, 0, "no `x`")]);
    for other in [
        at(Rule::UnknownType, 1, 0, "no `x`"),
        at(Rule::UnknownType, 0, 0, "no `X`"),
        at(Rule::UnknownBase, 0, 0, "no `x`"),
    ] {
        let found = left(&text, vec![other.clone()], false);
        let expected = [
            format!("{}: {}", other.rule.code(), other.message),
            "stale-baseline-entry: no finding of `unknown-type` on `api/a.md` says: no `x` at 2"
                .to_owned(),
        ];
        assert_eq!(found, expected);
    }
}

#[test]
fn errors_stay_loud_unless_they_are_errors_by_denial() {
    let error = || Diagnostic::on_file(Rule::NotUtf8, "api/b.md", "not UTF-8");
    let (text, count) = Baseline::write(&of(vec![error()], &[]), &corpus());
    assert_eq!((count, text.lines().count()), (0, 1));
    assert_eq!(
        left("not-utf8\tapi/b.md\tnot UTF-8\n", vec![error()], false),
        [
            "not-utf8: not UTF-8",
            "stale-baseline-entry: findings of `not-utf8` are errors, which a baseline does not silence at 1"
        ]
    );

    let denied = [Rule::UnknownType, Rule::StaleBaselineEntry];
    let mut diagnostics = of(vec![at(Rule::UnknownType, 0, 0, "no `x`")], &denied);
    assert!(diagnostics.has_errors());
    let (text, _) = Baseline::write(&diagnostics, &corpus());
    let baseline = Baseline::parse("known.txt", &text).unwrap();
    baseline.apply(&mut diagnostics, &corpus(), false);
    assert_eq!((diagnostics.iter().count(), diagnostics.silenced()), (0, 1));
    assert_eq!(
        summary(&diagnostics),
        "1 known finding silenced by the baseline\n"
    );
    // The entry is stale in the next run, and that was denied as well.
    baseline.apply(&mut diagnostics, &corpus(), false);
    assert_eq!(diagnostics.count(Severity::Error), 1);
}

#[test]
fn entries_that_a_selection_keeps_from_matching_are_not_stale() {
    let text = known(vec![
        at(Rule::NameCollision, 0, 0, "taken"),
        at(Rule::UnknownType, 0, 0, "no `x`"),
    ]);
    assert!(Rule::NameCollision.stage() > Stage::Select);
    assert_eq!(left(&text, Vec::new(), false).len(), 2);
    assert_eq!(
        left(&text, Vec::new(), true),
        ["stale-baseline-entry: no finding of `unknown-type` on `api/a.md` says: no `x` at 3"]
    );
}

#[test]
fn a_line_that_is_no_entry_is_refused_with_its_place_and_what_was_expected() {
    let fields = "expected a rule, a page and a message with a tab between them";
    for (line, reason) in [
        (
            "unknown-type",
            format!("{fields}, found 1 of these 3 fields"),
        ),
        (
            "unknown-type api/a.md x",
            format!("{fields}, found 1 of these 3 fields"),
        ),
        (
            "unknown-type\tapi/a.md",
            format!("{fields}, found 2 of these 3 fields"),
        ),
        (
            "unknown-type\ta.md\tx\ty",
            format!("{fields}, found 4 of these 3 fields"),
        ),
        ("unknown-type\t\tx", format!("{fields}; the page is empty")),
        (
            "unknown-type\ta.md\t ",
            format!("{fields}; the message is empty"),
        ),
        (
            "unknown-typ\ta.md\tx",
            "`unknown-typ`: there is no such rule; did you mean `unknown-type`?".to_owned(),
        ),
        (
            "\ta.md\tx",
            "``: there is no such rule; `cargo xtask rules` lists them".to_owned(),
        ),
    ] {
        let error = Baseline::parse("my/known.txt", &format!("# x\n\n{line}\n")).unwrap_err();
        let expected = format!("my/known.txt:3: not an entry of a baseline: {reason}");
        assert_eq!(error.to_string(), expected);
    }
}
