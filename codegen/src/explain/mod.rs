//! Explains one type, enum, property, operation or page: what each stage made of it, with the places of the pages.
//!
//! Looks at a run that is over and decides nothing. Facts, model, plan and files are those of the run; only the pages
//! concerned are parsed again, because documents are not kept.

mod candidates;
mod emitted;
mod findings;
mod names;
mod operations;
mod pages;
mod paths;
mod places;
mod properties;
mod rust;
mod rust_items;
mod selection;
mod sheets;
mod subject;
mod text;
mod types;

use std::borrow::Cow;
use std::fmt;

use crate::diagnostics::Diagnostics;
use crate::model::Api;
use crate::pipeline::{Generated, Input};
use crate::profile::Profile;
use crate::resolve;
use crate::select::Selection;
pub use candidates::Candidate;
use sheets::Sheets;
pub use text::render;

/// How many pages are shown of those that document one thing.
const MOST_PAGES: usize = 6;

/// What there is to say about a name, stage by stage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// What the name means.
    pub title: String,
    /// The stages in their order, and the findings last.
    pub parts: Vec<Part>,
}

/// What one stage made of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Part {
    /// The stage's name.
    pub stage: &'static str,
    /// What there is to say.
    pub lines: Vec<Line>,
}

/// One line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The place that it is about: `page:line`, or nothing.
    pub place: String,
    /// How deep it is indented.
    pub depth: usize,
    /// What it says.
    pub text: String,
    /// How it looks.
    pub look: Look,
    /// When it is shown.
    pub shown: Shown,
}

/// How a line looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Look {
    /// As text.
    #[default]
    Plain,
    /// As the name of what follows.
    Heading,
    /// As an error.
    Error,
    /// As a warning.
    Warning,
    /// As a fact, one of many: a single line, cut where it is long.
    Fact,
    /// As Rust, which is never cut.
    Rust,
}

/// When a line is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shown {
    /// Always.
    #[default]
    Always,
    /// Where long lists are cut short.
    Brief,
    /// Where everything is asked for.
    Full,
}

/// A name that cannot be explained.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotExplained {
    /// Nothing has it.
    Unknown {
        /// The name.
        name: String,
        /// What is missing: `there is nothing of this name`.
        reason: String,
        /// The names most like it.
        nearest: Vec<String>,
    },
    /// Several things have it.
    Ambiguous {
        /// The name.
        name: String,
        /// What it can mean.
        candidates: Vec<Candidate>,
    },
}

/// What the parts of an explanation look at.
struct Context<'a> {
    run: &'a Generated,
    profile: &'a Profile,
    selection: &'a Selection,
    /// The service before the selection.
    api: Cow<'a, Api>,
    sheets: Sheets,
}

/// Explains a name: of a type or enum (`user`, `microsoft.graph.user`), of a property (`user.mail`), of a page
/// (`user-get`), of a request (`GET /users/{id}`), of a path, or of a Rust item (`users::get`).
///
/// `input` is what `run` was made from. Letter case does not count where only one thing has the name.
///
/// # Errors
///
/// Nothing has the name, or several things have it.
pub fn explain(run: &Generated, input: &Input, name: &str) -> Result<Explanation, NotExplained> {
    let profile = &input.profile;
    let api = if input.selection.is_empty() {
        Cow::Borrowed(&run.model.api)
    } else {
        // What is not selected is to be explained as well.
        let mut whole = resolve::resolve(&run.model.facts, profile, &mut Diagnostics::default());
        whole.pages.clone_from(&run.model.api.pages);
        Cow::Owned(whole)
    };
    let mut context = Context {
        run,
        profile,
        selection: &input.selection,
        api,
        sheets: Sheets::default(),
    };
    let subject = names::subject(&context, name)?;
    context.sheets = Sheets::parse(&run.model.corpus, profile, &subject.pages);
    let parts = vec![
        context.read(&subject),
        context.parse(&subject),
        context.extract(&subject),
        context.correct(&subject),
        context.resolve(&subject),
        context.select(&subject),
        context.plan(&subject),
        context.emit(&subject),
        context.diagnostics(&subject),
    ];
    Ok(Explanation {
        title: subject.title,
        parts,
    })
}

impl Part {
    fn new(stage: &'static str) -> Self {
        Self {
            stage,
            lines: Vec::new(),
        }
    }

    /// Adds a line without a place.
    fn say(&mut self, depth: usize, text: impl Into<String>) {
        self.at("", depth, text);
    }

    /// Adds a line about a place.
    fn at(&mut self, place: impl Into<String>, depth: usize, text: impl Into<String>) {
        self.lines.push(Line::new(place, depth, text));
    }

    /// Adds the name of what follows.
    fn heading(&mut self, place: impl Into<String>, text: impl Into<String>) {
        self.lines.push(Line {
            look: Look::Heading,
            ..Line::new(place, 0, text)
        });
    }

    /// Shows the lines from `start` on, which are about the page at `index`, only where everything is asked for, if
    /// there are many pages before it.
    fn end_page(&mut self, start: usize, index: usize) {
        if index >= MOST_PAGES {
            let mut lines = self.lines.split_off(start);
            lines.retain(|line| line.shown != Shown::Brief);
            for line in &mut lines {
                line.shown = Shown::Full;
            }
            self.lines.append(&mut lines);
        }
    }

    /// Says how many of `pages` were left out.
    fn end_pages(&mut self, pages: usize) {
        if pages > MOST_PAGES {
            let text = format!("… and {} more pages", pages - MOST_PAGES);
            self.lines.push(Line {
                shown: Shown::Brief,
                ..Line::new("", 0, text)
            });
        }
    }

    /// Adds the lines of a list, and how many of them are left out where lists are cut short.
    fn list(&mut self, mut lines: Vec<Line>, most: usize, what: &str) {
        // One line in place of one other is nothing won.
        if lines.len() > most + 1 {
            let more = lines.len() - most;
            let depth = lines.first().map_or(0, |line| line.depth);
            for line in &mut lines[most..] {
                line.shown = Shown::Full;
            }
            lines.push(Line {
                shown: Shown::Brief,
                ..Line::new("", depth, format!("… and {more} more {what}"))
            });
        }
        self.lines.append(&mut lines);
    }
}

impl Line {
    fn new(place: impl Into<String>, depth: usize, text: impl Into<String>) -> Self {
        Self {
            place: place.into(),
            depth,
            text: text.into(),
            look: Look::Plain,
            shown: Shown::Always,
        }
    }
}

impl fmt::Display for NotExplained {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown {
                name,
                reason,
                nearest,
            } => {
                write!(f, "`{name}`: {reason}")?;
                match nearest.as_slice() {
                    [] => Ok(()),
                    [one] => write!(f, "; the nearest known name is `{one}`"),
                    all => write!(f, "; the nearest known names are `{}`", all.join("`, `")),
                }
            }
            Self::Ambiguous { name, candidates } => {
                write!(
                    f,
                    "`{name}` may mean {} things; name one of them:",
                    candidates.len()
                )?;
                let most = 20;
                let width = |of: fn(&Candidate) -> &str| {
                    candidates
                        .iter()
                        .take(most)
                        .map(|candidate| of(candidate).chars().count())
                        .max()
                        .unwrap_or(0)
                };
                let (kinds, names) = (
                    width(|candidate| candidate.kind),
                    width(|candidate| &candidate.name),
                );
                for Candidate { kind, name, place } in candidates.iter().take(most) {
                    let line = format!("  {kind:<kinds$}  {name:<names$}  {place}");
                    write!(f, "\n{}", line.trim_end())?;
                }
                if candidates.len() > most {
                    write!(f, "\n  … and {} more", candidates.len() - most)?;
                }
                Ok(())
            }
        }
    }
}

impl std::error::Error for NotExplained {}
