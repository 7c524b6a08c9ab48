//! Names with characters outside of ASCII: no name of the service has any, and an editor may show them as ones that are.

use crate::diagnostics::{Diagnostic, Diagnostics, Rule, Span};
use crate::model::{Api, Part};

/// How many characters of a name a message has.
const SHOWN: usize = 4;

/// Reports each name that is not of ASCII alone, where it stands first.
pub(super) fn check(api: &Api, diagnostics: &mut Diagnostics) {
    let mut report = |what: &str, name: &str, span: Option<&Span>| {
        let (Some(span), false) = (span, name.is_ascii()) else {
            return;
        };
        let points = name.chars().filter(|c| !c.is_ascii()).take(SHOWN);
        let points: Vec<String> = points.map(|c| format!("U+{:04X}", u32::from(c))).collect();
        let message = format!(
            "the {what} `{name}` has characters outside of ASCII: {}",
            points.join(", ")
        );
        diagnostics.push(
            Diagnostic::at(Rule::ForeignCharacters, *span, message)
                .help("write the name as the service has it; a letter may only look like the one that is meant"),
        );
    };
    for ty in &api.types {
        let place = ty.origins.first();
        report("namespace", &ty.name.namespace, place);
        report("type", &ty.name.name, place);
        for property in &ty.properties {
            report("property", &property.name, Some(&property.origin));
        }
    }
    for item in &api.enums {
        let place = item.origins.first();
        report("namespace", &item.name.namespace, place);
        report("enum", &item.name.name, place);
        for member in &item.members {
            report("member", &member.name, place);
        }
    }
    for operation in &api.operations {
        for part in operation.path.iter().flat_map(|segment| &segment.parts) {
            let (what, name) = match part {
                Part::Literal(text) => ("segment", text),
                Part::Placeholder { name, .. } => ("placeholder", name),
            };
            report(what, name, Some(&operation.origin));
        }
        for parameter in operation.parameters.iter().chain(&operation.call) {
            report("parameter", &parameter.name, Some(&operation.origin));
        }
    }
}
