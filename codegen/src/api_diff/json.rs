//! Writes changes as JSON, for programs.

use std::collections::BTreeMap;

use serde::Serialize;

use super::change::{ApiDiff, Change};
use super::rule::Impact;

/// The number of the form, which grows where a reader of an older one would be wrong.
const FORMAT: u32 = 1;

#[derive(Serialize)]
struct Report<'a> {
    format: u32,
    /// How many items by impact.
    counts: BTreeMap<&'static str, usize>,
    /// How many reasons by rule.
    rules: BTreeMap<&'static str, usize>,
    changes: Vec<Entry<'a>>,
}

#[derive(Serialize)]
struct Entry<'a> {
    impact: Impact,
    #[serde(flatten)]
    change: &'a Change,
}

/// All changes as JSON, with a line end after it.
///
/// # Errors
///
/// None that text and numbers could cause; those of the writer are handed on.
pub fn json(diff: &ApiDiff) -> Result<String, serde_json::Error> {
    let counts = Impact::ALL.iter().copied();
    let report = Report {
        format: FORMAT,
        counts: counts
            .map(|impact| (impact.as_str(), diff.count(impact)))
            .collect(),
        rules: diff
            .by_rule()
            .into_iter()
            .map(|(rule, count)| (rule.code(), count))
            .collect(),
        changes: diff
            .changes
            .iter()
            .map(|change| Entry {
                impact: change.impact(),
                change,
            })
            .collect(),
    };
    serde_json::to_string_pretty(&report).map(|text| text + "\n")
}
