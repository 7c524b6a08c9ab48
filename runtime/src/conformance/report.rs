//! What became of all examples.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{Judged, Outcome, Verdict};

/// What became of the examples. `Display` has the sums, and each failure that no contradiction on the page explains.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// The exchanges, in the order of the examples.
    pub checked: Vec<Checked>,
    /// The keys of all bodies that were read.
    pub keys: Keys,
}

/// An exchange that a function was held to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checked {
    /// The function.
    pub function: String,
    /// The page that shows the exchange.
    pub page: String,
    /// Which one of the function's exchanges, from 0.
    pub exchange: usize,
    /// What became of it.
    pub outcome: Outcome,
}

/// Where the keys of bodies went. Control information (`@odata.type`, `members@delta`) and the `value` around a
/// collection do not count.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Keys {
    /// Into fields.
    pub declared: u64,
    /// Into the additional properties of a model.
    pub undeclared: Vec<Undeclared>,
    /// Into what is kept as JSON: the insides of relationships and of undeclared properties, and what has no type.
    pub kept: u64,
}

/// A key that no field has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Undeclared {
    /// The qualified name of the model.
    pub model: String,
    /// The key.
    pub key: String,
    /// How many objects have it.
    pub count: u64,
}

impl Report {
    /// What is not as it has to be, and no contradiction on the page explains.
    pub fn unexplained(&self) -> impl Iterator<Item = (&Checked, &Verdict)> {
        let checked = self.checked.iter();
        checked.flat_map(|checked| {
            let failures = checked.outcome.parts().filter(|part| part.is_unexplained());
            failures.map(move |part| (checked, &part.verdict))
        })
    }
}

impl Keys {
    /// How many keys went into additional properties.
    #[must_use]
    pub fn undeclared_count(&self) -> u64 {
        self.undeclared
            .iter()
            .map(|undeclared| undeclared.count)
            .sum()
    }
}

impl fmt::Display for Report {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let outcomes = || self.checked.iter().map(|checked| &checked.outcome);
        let built = outcomes().flat_map(|outcome| &outcome.request);
        let (passed, all) = passed(built);
        let count = self.checked.len();
        let plural = if count == 1 { "" } else { "s" };
        writeln!(formatter, "{count} example{plural}")?;
        writeln!(
            formatter,
            "requests built as the page shows them: {passed} of {all}"
        )?;
        for (name, is_sent) in [("sent", true), ("received", false)] {
            let bodies = outcomes().flat_map(move |outcome| {
                let sent = outcome.sent.iter().filter(move |_| is_sent);
                let answers = outcome.answers.iter().flatten().filter(move |_| !is_sent);
                sent.chain(answers)
            });
            let (passed, all) = self::passed(bodies);
            writeln!(
                formatter,
                "bodies {name} that are read and written back whole: {passed} of {all}"
            )?;
        }
        let Keys { declared, kept, .. } = &self.keys;
        let undeclared = self.keys.undeclared_count();
        writeln!(
            formatter,
            "keys: {declared} in fields, {undeclared} undeclared, {kept} in JSON that is kept as it is"
        )?;
        let mut count = 0;
        for (checked, verdict) in self.unexplained() {
            count += 1;
            let Checked {
                function,
                page,
                exchange,
                ..
            } = checked;
            writeln!(
                formatter,
                "{page}: {function}, example {}: {verdict:?}",
                exchange + 1
            )?;
        }
        writeln!(formatter, "not explained by the page: {count}")
    }
}

/// How many passed, and how many there are.
fn passed<'a>(parts: impl Iterator<Item = &'a Judged>) -> (usize, usize) {
    parts.fold((0, 0), |(passed, all), part| {
        let is_passed = part.verdict == Verdict::Passed;
        (passed + usize::from(is_passed), all + 1)
    })
}
