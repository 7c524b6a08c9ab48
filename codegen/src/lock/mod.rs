//! What a crate was generated from, in a file that is committed: a later run on other inputs is noticed.

mod file;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

pub use file::LockError;

use serde::{Deserialize, Serialize};

use crate::corpus::{Corpus, Origin};
use crate::digest::Digest;
use crate::pipeline::Input;
use crate::plan::nodes::Form;
use crate::plan::{Descriptions, PlanOptions};
use crate::prose::{Attribution, short_lines};
use crate::tree::GENERATED_HEADER;

/// The name of the file, unless another is given.
pub const LOCK_FILE: &str = "graph-codegen.lock";

/// The version of the form.
const VERSION: u32 = 1;

/// What is recorded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lock {
    version: u32,
    /// The documentation.
    pub documentation: Documentation,
    /// How it was generated from; absent where the documentation was only fetched so far.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub generation: Option<Generation>,
}

/// What was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Documentation {
    /// The digest over the names and texts of all pages, as [`read`](fn@crate::read::read) gives them, over their version and
    /// whom to name: line ends and byte order marks do not count. Of a saved model, over its file.
    pub content: Digest,
    /// Where it was fetched from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<Origin>,
}

/// How it was generated from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Generation {
    /// The version of the generator.
    pub generator: String,
    /// The digest of the profile.
    pub profile: Digest,
    /// The digest of the corrections, where there are any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub corrections: Option<Digest>,
    /// The patterns that select operations.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub select: Vec<String>,
    /// The patterns that leave operations out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub exclude: Vec<String>,
    /// What else decides about the code, by the name of the option.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub options: BTreeMap<String, String>,
}

/// Why a text is no lock.
#[derive(Debug, thiserror::Error)]
pub enum MalformedLock {
    /// It is no TOML of this form.
    #[error("not a lock: {0}")]
    Toml(String),
    /// It is of a later version of the generator.
    #[error("a lock of version {0}; expected version {VERSION}: use the generator that wrote it")]
    Version(u32),
}

impl Lock {
    /// What is there now: the documentation, and how it is generated from.
    #[must_use]
    pub fn of(corpus: &Corpus, input: &Input, options: &PlanOptions) -> Self {
        Self {
            generation: Some(Generation {
                generator: env!("CARGO_PKG_VERSION").to_owned(),
                profile: input.profile.digest.clone(),
                corrections: corpus
                    .corrections
                    .as_ref()
                    .map(|file| Digest::of_text(&file.text)),
                select: input.selection.select.clone(),
                exclude: input.selection.exclude.clone(),
                options: named(options),
            }),
            ..Self::of_documentation(corpus)
        }
    }

    /// The lock of a documentation that nothing is generated from so far.
    #[must_use]
    pub fn of_documentation(corpus: &Corpus) -> Self {
        let content = corpus.saved.clone().unwrap_or_else(|| digest(corpus));
        Self {
            version: VERSION,
            documentation: Documentation {
                content,
                origin: corpus.origin.clone(),
            },
            generation: None,
        }
    }

    /// Reads the text of a lock.
    ///
    /// # Errors
    ///
    /// It is none, or one of another version.
    pub fn parse(text: &str) -> Result<Self, MalformedLock> {
        let malformed =
            |error: toml::de::Error| MalformedLock::Toml(short_lines(&error.to_string()));
        let table: toml::Table = toml::from_str(text).map_err(malformed)?;
        let version = table.get("version").and_then(toml::Value::as_integer);
        match version.map(u32::try_from) {
            Some(Ok(version)) if version != VERSION => Err(MalformedLock::Version(version)),
            _ => toml::from_str(text).map_err(malformed),
        }
    }

    /// The text of the file.
    #[must_use]
    pub fn render(&self) -> String {
        // A table of texts: there is nothing in it that TOML has no form for.
        let text = toml::to_string(self).unwrap_or_default();
        format!("# {GENERATED_HEADER}: do not edit.\n\n{text}")
    }

    /// What `now` has that is not as recorded, a line each; nothing where a run gives what the recorded one gave.
    #[must_use]
    pub fn differences(&self, now: &Self) -> Vec<String> {
        let mut lines = Vec::new();
        let mut line = |what: &str, locked: &dyn fmt::Display, found: &dyn fmt::Display| {
            lines.push(format!("{what}: locked {locked}, found {found}"));
        };
        let (locked, found) = (&self.documentation, &now.documentation);
        if locked.content != found.content {
            line("the documentation", &shown(locked), &shown(found));
        }
        let (Some(locked), Some(found)) = (&self.generation, &now.generation) else {
            if self.generation.is_none() && now.generation.is_some() {
                lines.push("what is generated: nothing is locked".to_owned());
            }
            return lines;
        };
        let none = || "none".to_owned();
        if locked.generator != found.generator {
            line("the generator", &locked.generator, &found.generator);
        }
        if locked.profile != found.profile {
            line("the profile", &locked.profile, &found.profile);
        }
        if locked.corrections != found.corrections {
            let text =
                |digest: &Option<Digest>| digest.as_ref().map_or_else(none, Digest::to_string);
            line(
                "the corrections",
                &text(&locked.corrections),
                &text(&found.corrections),
            );
        }
        for (what, locked, found) in [
            ("select", &locked.select, &found.select),
            ("exclude", &locked.exclude, &found.exclude),
        ] {
            let only = |list: &[String], other: &[String]| {
                let mut list = list.to_vec();
                list.retain(|pattern| !other.contains(pattern));
                list
            };
            for pattern in only(locked, found) {
                lines.push(format!("{what}: `{pattern}` is locked and not asked for"));
            }
            for pattern in only(found, locked) {
                lines.push(format!("{what}: `{pattern}` is asked for and not locked"));
            }
        }
        let names = locked.options.keys().chain(found.options.keys());
        for name in names.collect::<BTreeSet<_>>() {
            let (locked, found) = (locked.options.get(name), found.options.get(name));
            if locked != found {
                let text = |value: Option<&String>| value.cloned().unwrap_or_else(none);
                lines.push(format!(
                    "{name}: locked {}, found {}",
                    text(locked),
                    text(found)
                ));
            }
        }
        lines
    }
}

/// The digest of pages, and of what else is read beside them or from the name of their folder.
fn digest(corpus: &Corpus) -> Digest {
    let pages = corpus.pages.iter();
    let pages = pages.map(|page| (&*page.path, &*page.text));
    let version = corpus.version.iter().map(|version| ("version", &**version));
    let attribution = corpus.attribution.iter().flat_map(|attribution| {
        let texts = match attribution {
            None => Vec::new(),
            Some(Attribution {
                author,
                licence,
                spdx,
                licence_url,
                source,
            }) => vec![author, licence, spdx, licence_url, source],
        };
        std::iter::once(("attribution", "")).chain(texts.into_iter().map(|text| ("", &**text)))
    });
    Digest::of(pages.chain(version).chain(attribution))
}

/// A documentation, as people tell it from another.
fn shown(documentation: &Documentation) -> String {
    match &documentation.origin {
        Some(origin) => format!("{} ({origin})", documentation.content),
        None => documentation.content.to_string(),
    }
}

/// The options that decide about the code, without what only says where things are.
fn named(options: &PlanOptions) -> BTreeMap<String, String> {
    let mut named = BTreeMap::new();
    let mut add = |name: &str, value: String| named.insert(name.to_owned(), value);
    if options.descriptions == Descriptions::Link {
        add("prose", "link".to_owned());
    }
    if let Form::Module(module) = &options.form {
        let path = module.path.iter().map(ToString::to_string);
        add("module", path.collect::<Vec<_>>().join("::"));
        add("runtime_path", module.runtime.to_string());
        if module.examples {
            add("examples", "true".to_owned());
        }
    }
    named
}
