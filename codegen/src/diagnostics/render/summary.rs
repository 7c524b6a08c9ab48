//! How many findings there are of each rule.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fmt::Write;

use super::clip::clipped;
use crate::diagnostics::{Diagnostics, Severity};

/// How many columns a line has.
const WIDTH: usize = 110;

/// Counts findings by severity and rule, one rule a line with what it means, the gravest and most frequent first; then
/// how many a baseline has silenced. Empty where there is none of either.
#[must_use]
pub fn summary(diagnostics: &Diagnostics) -> String {
    let mut counts = BTreeMap::new();
    for diagnostic in diagnostics.iter() {
        *counts
            .entry((diagnostic.severity, diagnostic.rule))
            .or_insert(0_usize) += 1;
    }
    let digits = widest(counts.values().map(|count| count.to_string().len()));
    let codes = widest(counts.keys().map(|(_, rule)| rule.code().len()));
    let mut text = String::new();
    // Writing to a string does not fail.
    for severity in Severity::ALL {
        let mut rules: Vec<_> = counts
            .iter()
            .filter(|((of, _), _)| of == severity)
            .map(|((_, rule), count)| (*rule, *count))
            .collect();
        if rules.is_empty() {
            continue;
        }
        rules.sort_by_key(|(rule, count)| (Reverse(*count), *rule));
        let all = counted(diagnostics.count(*severity), severity.as_str());
        let _ = writeln!(text, "{all}");
        for (rule, count) in rules {
            let start = format!("  {count:>digits$}  {:codes$}  ", rule.code());
            let meaning = rule.summary();
            let meaning = clipped(
                meaning.trim_end_matches('.'),
                WIDTH.saturating_sub(start.len() + 1),
            );
            let _ = writeln!(text, "{start}{meaning}");
        }
    }
    match diagnostics.silenced() {
        0 => {}
        silenced => {
            let known = counted(silenced, "known finding");
            let _ = writeln!(text, "{known} silenced by the baseline");
        }
    }
    text
}

fn widest(widths: impl Iterator<Item = usize>) -> usize {
    widths.max().unwrap_or_default()
}

/// `1 warning`, `2 warnings`.
fn counted(count: usize, what: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {what}{plural}")
}

#[cfg(test)]
mod tests {
    use super::summary;
    use crate::diagnostics::{Diagnostic, Diagnostics, Rule};

    #[test]
    fn the_gravest_come_first_and_columns_are_aligned() {
        let mut diagnostics = Diagnostics::denying(&[Rule::UnreadableType]);
        let rules = [Rule::UnreadableType, Rule::UntypedBody, Rule::LenientJson]
            .into_iter()
            .chain([Rule::UnknownType; 10]);
        for rule in rules {
            diagnostics.push(Diagnostic::without_place(rule, "x"));
        }
        let expected = "\
1 error
   1  unreadable-type  A type cell cannot be read as a type
10 warnings
  10  unknown-type     A type is named that no page documents
2 notes
   1  lenient-json     The JSON of an example is none by the standard
   1  untyped-body     An operation's page does not say what its body holds
";
        assert_eq!(summary(&diagnostics), expected);
        assert_eq!(summary(&Diagnostics::default()), "");
    }
}
