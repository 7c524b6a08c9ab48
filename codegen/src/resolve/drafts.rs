//! Decides which types there are: identity by namespace and name, pages about one type put together.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostics::{Diagnostic, Diagnostics, Rule, Span};
use crate::facts::{Facts, PageFacts, PropertyFacts, ResourceFacts};
use crate::model::QualifiedName;
use crate::profile::Profile;

/// A type, and the places that document it.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    /// The name.
    pub(super) name: QualifiedName,
    /// Page and resource of each place, by index.
    pub(super) places: Vec<(usize, usize)>,
    /// The body tables that describe a type without a page, by page and operation.
    pub(super) bodies: Vec<(usize, usize)>,
    /// The pages that have nothing of it but a title and prose.
    pub(super) titles: Vec<usize>,
}

/// The types of all pages, sorted by name.
pub(super) fn drafts(
    facts: &Facts,
    profile: &Profile,
    diagnostics: &mut Diagnostics,
) -> Vec<Draft> {
    let titles = titles(facts);
    let mut drafts: BTreeMap<String, Draft> = BTreeMap::new();
    for (page_index, page) in facts.pages.iter().enumerate() {
        for (index, resource) in page.resources.iter().enumerate() {
            let Some(name) = identity(page, resource, &titles, facts, profile, diagnostics) else {
                diagnostics.push(
                    Diagnostic::at(
                        Rule::UnnamedType,
                        resource.span,
                        "neither the title nor a resource block names the type of this page",
                    )
                    .help("name it in the title, or in the comment above the JSON representation"),
                );
                continue;
            };
            if let Some(draft) = drafts.get(&name.to_string().to_lowercase())
                && draft.name != name
            {
                check_spelling(draft, &name, resource, facts, diagnostics);
            }
            drafts
                .entry(name.to_string().to_lowercase())
                .or_insert_with(|| Draft::of(name))
                .places
                .push((page_index, index));
        }
    }
    from_bodies(facts, profile, &mut drafts);
    super::titles::from_titles(facts, profile, &mut drafts);
    let mut drafts: Vec<Draft> = drafts.into_values().collect();
    for draft in &mut drafts {
        // The place that says most leads: what others add about a type of another area is a remark beside it.
        draft.places.sort_by_key(|(page, index)| {
            let rows = &facts.pages[*page].resources[*index].properties;
            Reverse(rows.len())
        });
    }
    drafts.sort_by(|a, b| a.name.cmp(&b.name));
    drafts
}

/// Reports two pages whose types have one name but for letter case, and share few properties.
fn check_spelling(
    draft: &Draft,
    name: &QualifiedName,
    resource: &ResourceFacts,
    facts: &Facts,
    diagnostics: &mut Diagnostics,
) {
    let Some((page, index)) = draft.places.first() else {
        return;
    };
    let known = &facts.pages[*page].resources[*index];
    if shares_few(&known.properties, &resource.properties) {
        diagnostics.push(
            Diagnostic::at(
                Rule::ConflictingType,
                resource.span,
                format!(
                    "`{name}` and `{}` differ by letter case alone and share few properties; they were merged",
                    draft.name
                ),
            )
            .also(known.span, "the first page"),
        );
    }
}

/// Whether two tables have fewer than half of the shorter one's names in common.
fn shares_few(a: &[PropertyFacts], b: &[PropertyFacts]) -> bool {
    let known: BTreeSet<&str> = names(a).collect();
    let shared = names(b).filter(|name| known.contains(name)).count();
    shared * 2 < a.len().min(b.len()).max(1)
}

/// The pages that each title names, by lower-case name.
fn titles(facts: &Facts) -> BTreeMap<String, Vec<usize>> {
    let mut titles: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, page) in facts.pages.iter().enumerate() {
        for resource in &page.resources {
            if let Some(title) = &resource.title_name {
                titles
                    .entry(title.value.to_lowercase())
                    .or_default()
                    .push(index);
            }
        }
    }
    titles
}

/// The name of a documented type: that of its resource block, unless the block was copied from another type's page.
fn identity(
    page: &PageFacts,
    resource: &ResourceFacts,
    titles: &BTreeMap<String, Vec<usize>>,
    facts: &Facts,
    profile: &Profile,
    diagnostics: &mut Diagnostics,
) -> Option<QualifiedName> {
    let line = page.namespace.as_ref().map(|line| line.value.as_str());
    let title = resource
        .title_name
        .as_ref()
        .map(|title| title.value.rsplit('.').next().unwrap_or(&title.value));
    let claim = resource
        .odata_type
        .as_ref()
        .map(|name| name.value.as_str())
        .filter(|name| is_type_name(name));
    let (namespace, name) = match (claim, title) {
        (Some(claim), title) => {
            let (namespace, name) = split(claim);
            let copied = title
                .filter(|title| !title.eq_ignore_ascii_case(name))
                .filter(|_| is_copied(page, resource, name, titles, facts));
            match copied {
                Some(title) => {
                    diagnostics.push(
                        Diagnostic::at(
                            Rule::ConflictingType,
                            resource.span,
                            format!("the resource block names `{claim}`, which another page documents and which has little in common with this page; read as `{title}`"),
                        )
                        .help("name the type in the comment above the JSON representation"),
                    );
                    (None, title)
                }
                None => (namespace, name),
            }
        }
        (None, Some(title)) => (None, title),
        (None, None) => return None,
    };
    let claimed = namespace;
    let namespace = match (namespace, line) {
        // The comment often leaves out the part of the namespace that the page's own line has.
        (Some(namespace), Some(line)) if line.starts_with(&format!("{namespace}.")) => line,
        (Some(namespace), _) => namespace,
        (None, Some(line)) => line,
        (None, None) => &profile.namespace,
    };
    let namespace = namespace.trim_end_matches('.');
    let single = without_doubled_end(namespace);
    if let Some(written) = &page.namespace {
        let disagree = claimed.is_some_and(|claimed| {
            claimed.eq_ignore_ascii_case(namespace) && !written.value.eq_ignore_ascii_case(claimed)
        });
        if disagree || single != namespace {
            let what = if disagree {
                format!("this line and the resource block, which has `{namespace}`, disagree")
            } else {
                "the last part stands twice".to_owned()
            };
            diagnostics.push(
                Diagnostic::at(
                    Rule::ConflictingNamespace,
                    written.span,
                    format!("{what}; `{single}.{name}` it is"),
                )
                .also(resource.span, "the type"),
            );
        }
    }
    Some(QualifiedName {
        namespace: single.to_owned(),
        name: name.to_owned(),
    })
}

/// A namespace without its last part where that stands twice: `microsoft.graph.harbour.harbour`.
fn without_doubled_end(namespace: &str) -> &str {
    match namespace.rsplit_once('.') {
        Some((front, last)) if front.rsplit('.').next() == Some(last) => front,
        _ => namespace,
    }
}

/// Whether a resource block's name is that of another page, and the two pages share few properties.
fn is_copied(
    page: &PageFacts,
    resource: &ResourceFacts,
    name: &str,
    titles: &BTreeMap<String, Vec<usize>>,
    facts: &Facts,
) -> bool {
    let Some(others) = titles.get(&name.to_lowercase()) else {
        return false;
    };
    others
        .iter()
        .map(|index| &facts.pages[*index])
        .filter(|other| other.page != page.page)
        .flat_map(|other| &other.resources)
        .any(|other| shares_few(&resource.properties, &other.properties))
}

fn names(properties: &[PropertyFacts]) -> impl Iterator<Item = &str> {
    properties
        .iter()
        .map(|property| property.name.value.as_str())
}

/// Whether a text is a qualified or simple name.
pub(super) fn is_type_name(text: &str) -> bool {
    text.split('.').all(|part| {
        part.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
            && part.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
    })
}

/// The namespace and the name of a qualified name.
pub(super) fn split(name: &str) -> (Option<&str>, &str) {
    match name.rsplit_once('.') {
        Some((namespace, name)) => (Some(namespace), name),
        None => (None, name),
    }
}

/// Types without a page of their own whose properties an operation's body table lists in full.
fn from_bodies(facts: &Facts, profile: &Profile, drafts: &mut BTreeMap<String, Draft>) {
    let known: BTreeSet<String> = drafts
        .values()
        .map(|draft| draft.name.name.to_lowercase())
        .collect();
    let pages: BTreeSet<String> = facts
        .pages
        .iter()
        .filter(|page| !page.resources.is_empty() || !page.enums.is_empty())
        .map(|page| crate::corpus::stem(&page.path).to_lowercase())
        .collect();
    for (page_index, page) in facts.pages.iter().enumerate() {
        for (index, operation) in page.operations.iter().enumerate() {
            let body = &operation.body;
            let Some(link) = body.links.first() else {
                continue;
            };
            if body.parameters
                || body.properties.is_empty()
                || link.collection
                || link.target.is_none()
            {
                continue;
            }
            // What is sent and answered is the subject; a link in passing is not.
            let answered = operation
                .response
                .links
                .iter()
                .any(|answer| answer.target == link.target);
            if !answered {
                continue;
            }
            let target = link.target.as_deref().unwrap_or_default();
            let stem =
                crate::corpus::stem(target.split('#').next().unwrap_or_default()).to_lowercase();
            let name = split(&link.name).1;
            if !is_type_name(name) || known.contains(&name.to_lowercase()) || pages.contains(&stem)
            {
                continue;
            }
            let name = QualifiedName {
                namespace: page
                    .namespace
                    .as_ref()
                    .map_or(&profile.namespace, |line| &line.value)
                    .clone(),
                name: name.to_owned(),
            };
            drafts
                .entry(name.to_string().to_lowercase())
                .or_insert_with(|| Draft::of(name))
                .bodies
                .push((page_index, index));
        }
    }
}

impl Draft {
    /// A type that no place documents yet.
    pub(super) fn of(name: QualifiedName) -> Self {
        Self {
            name,
            places: Vec::new(),
            bodies: Vec::new(),
            titles: Vec::new(),
        }
    }

    /// Page, rows and JSON of each place, pages of the type before bodies.
    pub(super) fn rows<'f>(&self, facts: &'f Facts) -> Vec<(&'f PageFacts, &'f [PropertyFacts])> {
        let places = self.places.iter().map(|(page, index)| {
            let page = &facts.pages[*page];
            (page, page.resources[*index].properties.as_slice())
        });
        let bodies = self.bodies.iter().map(|(page, index)| {
            let page = &facts.pages[*page];
            (page, page.operations[*index].body.properties.as_slice())
        });
        places.chain(bodies).collect()
    }

    /// The resources that document it.
    pub(super) fn resources<'f>(
        &self,
        facts: &'f Facts,
    ) -> Vec<(&'f PageFacts, &'f ResourceFacts)> {
        self.places
            .iter()
            .map(|(page, index)| {
                let page = &facts.pages[*page];
                (page, &page.resources[*index])
            })
            .collect()
    }

    /// Where it is documented.
    pub(super) fn origins(&self, facts: &Facts) -> Vec<Span> {
        let places = self
            .places
            .iter()
            .map(|(page, index)| facts.pages[*page].resources[*index].span);
        let bodies = self.bodies.iter().filter_map(|(page, index)| {
            let rows = &facts.pages[*page].operations[*index].body.properties;
            rows.first().map(|row| row.name.span)
        });
        let titles = self.titles.iter().filter_map(|page| {
            let title = facts.pages[*page].title.as_ref()?;
            Some(title.span)
        });
        places.chain(bodies).chain(titles).collect()
    }
}
