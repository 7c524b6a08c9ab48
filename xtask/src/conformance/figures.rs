//! The figures and their bars.

use graph_runtime::conformance::Keys;

use super::{Cause, Example, Part};
use crate::table::{Bar, Figure, Measurement, Table};

/// The share of readable bodies that are of their documented type, and of requests that are built as shown, in percent.
const TYPED: f64 = 97.0;

/// The share of keys that are fields, in percent.
const DECLARED: f64 = 95.0;

/// What is summed up.
pub(super) fn figures(examples: &[Example], keys: &Keys) -> Table {
    let count = |part: Part, causes: &[Cause]| super::count(examples, part, causes);
    let mut table = Table::default();
    let all = Cause::ALL;
    let built = count(Part::Request, &[Cause::Passed]);
    let matched = count(Part::Request, &all) - count(Part::Request, &[Cause::Unmatched]);
    table.push(
        Measurement::new(
            "requests_built",
            "requests of documented lines: built as shown",
            Figure::Part(built, matched),
        )
        .bar(Bar::Percent(TYPED)),
    );
    for (part, names, what) in [
        (Part::Sent, ["sent_typed", "sent_unchanged"], "sent"),
        (
            Part::Received,
            ["received_typed", "received_unchanged"],
            "received",
        ),
    ] {
        let typed = count(part, &[Cause::Passed, Cause::Wrapped]);
        let read = typed + count(part, &[Cause::Untyped]);
        let faults = count(part, &[Cause::Fault]);
        let readable = read + faults + count(part, &[Cause::Placeholder, Cause::Contradiction]);
        table.push(
            Measurement::new(
                names[0],
                format!("bodies {what}: readable JSON of the documented type"),
                Figure::Part(typed, readable),
            )
            .bar(Bar::Percent(TYPED)),
        );
        table.push(
            Measurement::new(
                names[1],
                format!("bodies {what}: without a contradiction, written back unchanged"),
                Figure::Part(read, read + faults),
            )
            .bar(Bar::All),
        );
    }
    let declared = usize::try_from(keys.declared).unwrap_or(usize::MAX);
    let undeclared = usize::try_from(keys.undeclared_count()).unwrap_or(usize::MAX);
    table.push(
        Measurement::new(
            "keys_declared",
            "keys: fields of their models",
            Figure::Part(declared, declared.saturating_add(undeclared)),
        )
        .bar(Bar::Percent(DECLARED)),
    );
    table.push(Measurement::new(
        "keys_kept",
        "keys: inside of JSON that is kept as it is",
        Figure::Count(usize::try_from(keys.kept).unwrap_or(usize::MAX)),
    ));
    let faults = examples
        .iter()
        .filter(|example| example.cause == Cause::Fault)
        .count();
    table.push(
        Measurement::new(
            "unexplained",
            "failures that no finding explains",
            Figure::Count(faults),
        )
        .bar(Bar::AtMost(0.0)),
    );
    table
}
