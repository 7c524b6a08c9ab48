//! One page of HTML about a run: what was read, how much of it the crate has, what was lost and why.
//!
//! Looks at a run that is over and decides nothing. The page is a pure function of the run. It loads nothing: style and
//! script stand in it, and its Content-Security-Policy allows these two by their hashes and nothing else. All that comes
//! from pages is escaped by the templates, and what would change the order in which a text is read is left out of the
//! whole.
//!
//! Every row is in the document, in groups that are closed: so everything works without the script, the browser's own
//! search included, and a group costs nothing until it is opened.

mod areas;
mod contradictions;
mod coverage;
mod findings;
mod functions;
mod link_base;
mod page;
mod parts;
mod permissions;
mod places;
mod scopes;
mod summary;
mod types;
mod undeclared;

use crate::pipeline::Generated;
use crate::profile::Profile;
use crate::prose::is_hidden;
use areas::Areas;
pub use link_base::{LinkBase, MalformedLinkBase};
use places::Places;

/// What the caller decides about the page.
#[derive(Clone, Debug, Default)]
pub struct ReportOptions {
    /// Where the files of the folder can be seen, line by line; without it, places are text, with links to the published
    /// pages where the profile has their addresses.
    pub link_base: Option<LinkBase>,
}

/// What the parts of the page share.
struct Context<'a> {
    run: &'a Generated,
    profile: &'a Profile,
    areas: Areas<'a>,
    places: Places<'a>,
}

/// Writes the page.
#[must_use]
pub fn report(run: &Generated, profile: &Profile, options: &ReportOptions) -> String {
    let context = Context {
        run,
        profile,
        areas: Areas::new(run),
        places: Places::new(run, profile, options.link_base.as_ref()),
    };
    visible(&page::page(&context).into_string())
}

/// A document without the characters that are not seen and change how others are read, and without control characters,
/// which HTML does not have.
fn visible(html: &str) -> String {
    html.chars()
        .filter(|c| *c == '\n' || !(is_hidden(*c) || c.is_control()))
        .collect()
}
