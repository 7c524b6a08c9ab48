//! SARIF 2.1.0, the format of code scanning.
//!
//! What a baseline has silenced is not in the log: GitHub shows a result whatever its `suppressions` and
//! `baselineState` say. A rule has no `helpUri`, which would have to be absolute; `help` holds its text.

use std::collections::BTreeMap;

use serde::Serialize;

use super::place::{Place, Places};
use crate::corpus::Corpus;
use crate::diagnostics::baseline::identity;
use crate::diagnostics::{Diagnostic, Rule};

/// The property of `partialFingerprints`: what makes a finding the same one in another run. The number is part of the
/// name, as section 3.27.17 of the specification has it, and changes with the way in which the value is made.
const FINGERPRINT: &str = "ruleFileMessage/v1";

/// The log.
#[derive(Serialize)]
struct Log<'a> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'a> {
    tool: Tool,
    column_kind: &'static str,
    results: Vec<Finding<'a>>,
}

#[derive(Serialize)]
struct Tool {
    driver: Driver,
}

#[derive(Serialize)]
struct Driver {
    name: &'static str,
    version: &'static str,
    rules: Vec<Descriptor>,
}

/// A rule.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Descriptor {
    id: &'static str,
    name: &'static str,
    short_description: Message<'static>,
    full_description: Message<'static>,
    help: Help,
    default_configuration: Configuration,
}

/// What GitHub shows beside a result; it refuses rules without one.
#[derive(Serialize)]
struct Help {
    text: String,
    markdown: String,
}

#[derive(Serialize)]
struct Configuration {
    level: &'static str,
}

#[derive(Serialize)]
struct Message<'a> {
    text: std::borrow::Cow<'a, str>,
}

/// A finding, which SARIF calls a result.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Finding<'a> {
    rule_id: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    rule_index: Option<usize>,
    level: &'static str,
    message: Message<'a>,
    locations: Vec<Location<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Location<'a>>,
    partial_fingerprints: BTreeMap<&'static str, String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<usize>,
    physical_location: Physical,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Message<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Physical {
    artifact_location: Artifact,
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<Region>,
}

#[derive(Serialize)]
struct Artifact {
    uri: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: usize,
    start_column: usize,
    end_line: usize,
    end_column: usize,
}

/// Writes findings as one log.
pub(super) fn render<'a>(
    findings: impl Iterator<Item = &'a Diagnostic>,
    corpus: &Corpus,
) -> String {
    let mut places = Places::new(corpus);
    let log = Log {
        schema: "https://json.schemastore.org/sarif-2.1.0.json",
        version: "2.1.0",
        runs: [Run {
            tool: Tool {
                driver: Driver {
                    name: env!("CARGO_PKG_NAME"),
                    version: env!("CARGO_PKG_VERSION"),
                    rules: Rule::ALL.iter().map(|rule| descriptor(*rule)).collect(),
                },
            },
            column_kind: "unicodeCodePoints",
            results: findings
                .map(|diagnostic| finding(diagnostic, corpus, &mut places))
                .collect(),
        }],
    };
    // Text and numbers can always be written as JSON.
    let mut text = serde_json::to_string_pretty(&log).unwrap_or_default();
    text.push('\n');
    text
}

fn descriptor(rule: Rule) -> Descriptor {
    let paragraphs = rule.paragraphs();
    let [found, made_of_it, to_do] = [0, 1, 2].map(|index| {
        paragraphs
            .get(index)
            .map(String::as_str)
            .unwrap_or_default()
    });
    Descriptor {
        id: rule.code(),
        name: rule.name(),
        short_description: Message {
            text: rule.summary().into(),
        },
        full_description: Message {
            text: paragraphs.join(" ").into(),
        },
        help: Help {
            text: format!("{found}\n\nWhat is made of it: {made_of_it}\n\nWhat to do: {to_do}"),
            markdown: format!(
                "{found}\n\n**What is made of it:** {made_of_it}\n\n**What to do:** {to_do}"
            ),
        },
        default_configuration: Configuration {
            level: rule.severity().as_str(),
        },
    }
}

fn finding<'a>(
    diagnostic: &'a Diagnostic,
    corpus: &Corpus,
    places: &mut Places<'_>,
) -> Finding<'a> {
    let text = match &diagnostic.help {
        Some(help) => format!("{}\nHelp: {help}", diagnostic.message).into(),
        None => diagnostic.message.as_str().into(),
    };
    let main = places.main(diagnostic);
    let related = diagnostic.labels.iter().skip(1).enumerate();
    Finding {
        rule_id: diagnostic.rule.code(),
        rule_index: Rule::ALL.iter().position(|rule| *rule == diagnostic.rule),
        level: diagnostic.severity.as_str(),
        message: Message { text },
        locations: main
            .map(|place| Location {
                id: None,
                physical_location: place.into(),
                message: None,
            })
            .into_iter()
            .collect(),
        related_locations: related
            .map(|(index, label)| Location {
                id: Some(index + 1),
                physical_location: places.of(label.span).into(),
                message: Some(Message {
                    text: label.text.as_str().into(),
                }),
            })
            .collect(),
        partial_fingerprints: BTreeMap::from([(
            FINGERPRINT,
            fingerprint(&identity(diagnostic, corpus)),
        )]),
    }
}

impl From<Place> for Physical {
    fn from(place: Place) -> Self {
        Self {
            artifact_location: Artifact {
                uri: uri(&place.path),
            },
            region: place.region.map(|region| Region {
                start_line: region.line,
                start_column: region.column,
                end_line: region.end_line,
                end_column: region.end_column,
            }),
        }
    }
}

/// A path as a reference: relative where the path is, else with the scheme `file`.
fn uri(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    let drive = cfg!(windows) && path.as_bytes().get(1) == Some(&b':');
    if drive {
        uri.push_str("file:///");
    } else if path.starts_with('/') {
        uri.push_str("file://");
    }
    for (at, byte) in path.bytes().enumerate() {
        let plain = byte.is_ascii_alphanumeric() || b"-._~/!$&'()*+,;=@".contains(&byte);
        if plain || (drive && at == 1) {
            uri.push(char::from(byte));
        } else if cfg!(windows) && byte == b'\\' {
            uri.push('/');
        } else {
            uri.push('%');
            uri.extend(hexadecimal(byte));
        }
    }
    uri
}

/// The two digits of a byte.
fn hexadecimal(byte: u8) -> [char; 2] {
    [byte >> 4, byte & 15].map(|digit| {
        char::from_digit(u32::from(digit), 16)
            .unwrap_or_default()
            .to_ascii_uppercase()
    })
}

/// The FNV-1a hash of a text, which is the same in every release of every language.
fn fingerprint(text: &str) -> String {
    let hash = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    format!("{hash:016x}")
}

#[cfg(test)]
mod tests {
    use super::{fingerprint, uri};

    #[test]
    fn paths_become_references() {
        assert_eq!(uri("docs-input/api/a.md"), "docs-input/api/a.md");
        assert_eq!(uri("/tmp/a b/ä.md"), "file:///tmp/a%20b/%C3%A4.md");
        assert_eq!(uri("v1:0/c#d"), "v1%3A0/c%23d");
    }

    /// The values are those of the authors of the hash.
    #[test]
    fn a_fingerprint_is_the_same_everywhere() {
        assert_eq!(fingerprint(""), "cbf29ce484222325");
        assert_eq!(fingerprint("foobar"), "85944171f73967e8");
    }
}
