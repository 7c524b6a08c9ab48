//! Results as text and as JSON.

use std::fmt::Write;

use graph_codegen::diagnostics::Rule;
use serde_json::{Value, json};

use super::{Cause, Example, Part, Results};
use crate::args::Conformance;

/// The most undeclared keys that the text lists.
const KEYS: usize = 20;

impl Part {
    const ALL: [Self; 3] = [Self::Request, Self::Sent, Self::Received];

    const fn text(self) -> &'static str {
        match self {
            Self::Request => "request",
            Self::Sent => "body of the request",
            Self::Received => "body of the answer",
        }
    }
}

impl Results {
    /// The results as text or as JSON, with a line break at the end.
    pub(crate) fn render(&self, args: &Conformance) -> String {
        match args.json {
            true => format!("{:#}\n", self.json()),
            false => self.text(args.list),
        }
    }

    fn text(&self, list: bool) -> String {
        let mut text = self.figures.render(false, true);
        text.push('\n');
        text.push_str(&self.causes());
        text.push_str(&self.undeclared());
        let listed: Vec<&Example> = self
            .examples
            .iter()
            .filter(|example| match example.cause {
                Cause::Fault => true,
                Cause::Passed => false,
                _ => list,
            })
            .collect();
        if !listed.is_empty() {
            text.push('\n');
        }
        for example in listed {
            text.push_str(&line(example));
        }
        text
    }

    /// How many examples came out how, and the rules of the findings about them.
    fn causes(&self) -> String {
        let mut lines = vec![(
            "what became of examples",
            ["requests", "bodies sent", "received"].map(str::to_owned),
            String::new(),
        )];
        for cause in Cause::ALL {
            let counts = Part::ALL.map(|part| super::count(&self.examples, part, &[cause]));
            if counts != [0; 3] {
                let rules: Vec<&str> = cause.rules().iter().map(|rule| rule.code()).collect();
                let counts = counts.map(|count| count.to_string());
                lines.push((cause.text(), counts, rules.join(", ")));
            }
        }
        let width = lines.iter().map(|(what, ..)| what.chars().count()).max();
        let width = width.unwrap_or(0);
        let mut text = String::new();
        for (what, [requests, sent, received], rules) in lines {
            let line = format!("{what:<width$}  {requests:>8}  {sent:>11}  {received:>8}  {rules}");
            text.push_str(line.trim_end());
            text.push('\n');
        }
        text
    }

    /// The keys that examples have most often and no field is for.
    fn undeclared(&self) -> String {
        let mut keys: Vec<_> = self.keys.undeclared.iter().collect();
        if keys.is_empty() {
            return String::new();
        }
        keys.sort_by(|a, b| {
            let by_name = (&a.model, &a.key).cmp(&(&b.model, &b.key));
            b.count.cmp(&a.count).then(by_name)
        });
        let rule = Rule::UndeclaredKey.code();
        let mut text = format!("\nkeys that are no fields, most frequent first ({rule})\n");
        for undeclared in keys.iter().take(KEYS) {
            // Writing to a string does not fail.
            let _ = writeln!(
                text,
                "{:>5}  {}/{}",
                undeclared.count, undeclared.model, undeclared.key
            );
        }
        if let Some(more) = keys.len().checked_sub(KEYS).filter(|more| *more > 0) {
            let _ = writeln!(text, "       and {more} more: --json lists all");
        }
        text
    }

    fn json(&self) -> Value {
        let examples: Vec<Value> = self
            .examples
            .iter()
            .map(|example| {
                let rules: Vec<&str> = example
                    .cause
                    .rules()
                    .iter()
                    .map(|rule| rule.code())
                    .collect();
                json!({
                    "part": example.part.text(),
                    "cause": example.cause.name(),
                    "rules": rules,
                    "place": example.place,
                    "function": example.function,
                    "details": example.details,
                })
            })
            .collect();
        json!({
            "figures": self.figures.json(true),
            "keys": self.keys,
            "examples": examples,
        })
    }
}

/// An example in a line, and what is wrong with it in others.
fn line(example: &Example) -> String {
    let function = example.function.as_deref();
    let of = function.map_or_else(String::new, |function| format!(" of {function}"));
    let mut text = format!(
        "{}: {}{of}: {}\n",
        example.place,
        example.part.text(),
        example.cause.text()
    );
    for detail in &example.details {
        let _ = writeln!(text, "    {detail}");
    }
    text
}
