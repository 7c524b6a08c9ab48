//! Places of pages, as text and as links.

use maud::{Markup, html};

use super::link_base::LinkBase;
use crate::corpus::Corpus;
use crate::diagnostics::{Diagnostic, PageId, Span};
use crate::pipeline::Generated;
use crate::plan::address::address;
use crate::profile::Profile;

/// How many places of one thing are shown.
const SHOWN: usize = 3;

/// Finds places in a corpus, and what they can be linked to.
#[derive(Debug)]
pub(super) struct Places<'a> {
    corpus: &'a Corpus,
    profile: &'a Profile,
    base: Option<&'a LinkBase>,
    /// Whether the pages are those that the profile's addresses lead to.
    published: bool,
    /// Where the lines of each page begin.
    starts: Vec<Vec<usize>>,
}

impl<'a> Places<'a> {
    /// Places in the pages of a run.
    pub(super) fn new(
        run: &'a Generated,
        profile: &'a Profile,
        base: Option<&'a LinkBase>,
    ) -> Self {
        let corpus = &run.model.corpus;
        let starts = |text: &str| {
            let ends = text.match_indices('\n').map(|(at, _)| at + 1);
            std::iter::once(0).chain(ends).collect()
        };
        Self {
            corpus,
            profile,
            base,
            // Pages that say themselves who wrote them are not those of the service.
            published: corpus.attribution.is_none()
                && run.model.api.attribution == profile.attribution,
            starts: corpus.pages.iter().map(|page| starts(&page.text)).collect(),
        }
    }

    /// The path of a page.
    fn path(&self, page: PageId) -> &'a str {
        &self.corpus.page(page).path
    }

    /// The line of a place; none where only a model of the pages was read.
    fn line(&self, span: Span) -> Option<usize> {
        let starts = self.starts.get(span.page.0 as usize)?;
        let line = starts.partition_point(|start| *start <= span.start as usize);
        self.corpus.saved.is_none().then_some(line)
    }

    /// `page:line`, as a link where there is something to lead to.
    pub(super) fn place(&self, span: Span) -> Markup {
        self.linked(self.path(span.page), self.line(span))
    }

    /// The first of several places, and how many more there are.
    pub(super) fn all(&self, spans: &[Span]) -> Markup {
        let (first, others) = spans.split_at(spans.len().min(SHOWN));
        html! {
            @for (index, span) in first.iter().enumerate() {
                @if index > 0 { ", " }
                (self.place(*span))
            }
            @if !others.is_empty() { " and " (others.len()) " more" }
        }
    }

    /// The main place of a finding.
    pub(super) fn of(&self, finding: &Diagnostic) -> Markup {
        if let Some(label) = finding.labels.first() {
            return self.place(label.span);
        }
        let line = finding.position.map(|(line, _)| line);
        match &finding.path {
            Some(path) if finding.as_named => html! { span .at { (at(path, line)) } },
            Some(path) => self.linked(path, line),
            None => html! { "the call" },
        }
    }

    fn linked(&self, path: &str, line: Option<usize>) -> Markup {
        let shown = at(path, line);
        let address = match self.base {
            Some(base) => Some(base.line(path, line)),
            None => self.address(path),
        };
        html! {
            @match address {
                Some(address) => a .at href=(address) { (shown) },
                None => span .at { (shown) },
            }
        }
    }

    /// The published page.
    fn address(&self, path: &str) -> Option<String> {
        let folders = &self.profile.folders;
        let is_folder = |part: &str| {
            let mut known = folders.api.iter().chain(&folders.resources);
            known.any(|folder| folder.eq_ignore_ascii_case(part))
        };
        let is_page = path.ends_with(".md") && path.split('/').any(is_folder);
        let wanted = self.published && is_page;
        let version = self.corpus.version.as_deref();
        wanted
            .then(|| address(self.profile, path, version))
            .flatten()
    }
}

/// `path:line`.
fn at(path: &str, line: Option<usize>) -> String {
    match line {
        Some(line) => format!("{path}:{line}"),
        None => path.to_owned(),
    }
}
