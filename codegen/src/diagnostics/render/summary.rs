//! How many findings there are of each rule.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::diagnostics::{Diagnostics, Severity};

/// Counts findings by severity and rule, one rule a line, the gravest and most frequent first. Empty where there is none.
#[must_use]
pub fn summary(diagnostics: &Diagnostics) -> String {
    let mut counts = BTreeMap::new();
    for diagnostic in diagnostics.iter() {
        *counts
            .entry((diagnostic.severity, diagnostic.rule))
            .or_insert(0_usize) += 1;
    }
    let digits = counts
        .values()
        .max()
        .map_or(0, |most| most.to_string().len());
    let mut text = String::new();
    for severity in [Severity::Error, Severity::Warning, Severity::Note] {
        let mut rules: Vec<_> = counts
            .iter()
            .filter(|((of, _), _)| *of == severity)
            .map(|((_, rule), count)| (*rule, *count))
            .collect();
        if rules.is_empty() {
            continue;
        }
        rules.sort_by_key(|(rule, count)| (std::cmp::Reverse(*count), *rule));
        // Writing to a string does not fail.
        let _ = writeln!(text, "{}", counted(diagnostics.count(severity), severity));
        for (rule, count) in rules {
            let _ = writeln!(text, "  {count:>digits$}  {}", rule.code());
        }
    }
    text
}

/// `1 warning`, `2 warnings`.
fn counted(count: usize, severity: Severity) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {}{plural}", severity.as_str())
}

#[cfg(test)]
mod tests {
    use super::summary;
    use crate::diagnostics::{Diagnostic, Diagnostics, Rule};

    #[test]
    fn the_gravest_come_first_and_numbers_are_aligned() {
        let mut diagnostics = Diagnostics::denying(&[Rule::UnknownBase]);
        let rules = [Rule::UnknownBase, Rule::OutsideRoot]
            .into_iter()
            .chain([Rule::UnknownType; 10]);
        for rule in rules {
            diagnostics.push(Diagnostic::without_place(rule, "x"));
        }
        let expected =
            "1 error\n   1  unknown-base\n11 warnings\n  10  unknown-type\n   1  outside-root\n";
        assert_eq!(summary(&diagnostics), expected);
        assert_eq!(summary(&Diagnostics::default()), "");
    }
}
