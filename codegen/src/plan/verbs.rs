//! Decides where an operation's function stands and what it is called: modules follow the path, the verb follows the
//! method, actions and functions keep their own name.

use std::collections::BTreeSet;

use super::Planner;
use super::naming::words;
use super::subject::{ends_in_key, has_options};
use super::wire::required_query;
use crate::model::{Operation, Part, Segment, normalized};
use crate::profile::Profile;

/// Where an operation stands, in names of the wire.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Placement {
    /// The modules from the area on.
    pub(super) modules: Vec<String>,
    /// The verb, or the name of the action or function.
    pub(super) name: String,
    /// What the page is about, where that is not what the path names.
    pub(super) subject: Option<String>,
    /// The names of alternate keys in the path, and of query options of OData that the request line needs.
    pub(super) keys: Vec<String>,
    /// The arguments of a function, and the query parameters of the request, which tell overloads apart.
    pub(super) arguments: Vec<String>,
}

/// What the request lines of one page say together about a path. Other pages say nothing: a page that is added renames
/// nothing.
#[derive(Debug, Default)]
pub(super) struct Page {
    /// Paths that a key follows on this page: collections.
    keyed: BTreeSet<String>,
    /// Whether a line with a key, or one that lists or creates, is about a type that its path does not name. Then the
    /// lines to single entities without a key are about it, too.
    apart: bool,
}

impl Page {
    /// What the lines of a page say.
    pub(super) fn new(operations: &[&Operation], planner: &Planner<'_>) -> Self {
        let mut page = Self::default();
        for operation in operations {
            for (index, segment) in operation.path.iter().enumerate() {
                if segment.is_key() && index > 0 {
                    page.keyed.insert(resource(&operation.path[..index]));
                }
                // Only an entity is changed or deleted by its key, so that a name before the value names no argument.
                let changes = matches!(operation.method.as_str(), "DELETE" | "PATCH" | "PUT")
                    && index + 1 == operation.path.len();
                if let Some(name) = segment
                    .keyed()
                    .or_else(|| called(segment).filter(|_| changes))
                {
                    page.keyed.insert(below(&operation.path[..index], name));
                }
            }
        }
        page.apart = operations.iter().any(|operation| {
            let many = ends_in_key(operation)
                || operation.method == "POST"
                || planner.lists(operation, &page);
            operation.method != "DELETE"
                && many
                && planner.names_type(operation)
                && planner.other_subject(operation).is_some()
        });
        page
    }
}

/// As [`normalized`], and a key in parentheses is a segment of its own: a page that writes `orders({id})` and one that
/// writes `orders/{id}` mean one collection.
fn resource(path: &[Segment]) -> String {
    let mut text = String::new();
    for segment in path {
        match segment.keyed() {
            Some(name) => text.push_str(&format!("/{}/{{}}", name.to_lowercase())),
            None => text.push_str(&normalized(std::slice::from_ref(segment))),
        }
    }
    text
}

/// The path of what `name` names below `path`.
fn below(path: &[Segment], name: &str) -> String {
    format!("{}/{}", resource(path), name.to_lowercase())
}

/// The name before the parentheses of a segment with arguments.
fn called(segment: &Segment) -> Option<&str> {
    match segment.parts.first() {
        Some(Part::Literal(text)) => text.split_once('(').map(|(name, _)| name),
        _ => None,
    }
}

/// The name before the parentheses of a segment, without a namespace: `delta` of `microsoft.graph.delta()`.
pub(super) fn bare(segment: &Segment) -> Option<&str> {
    let Some(Part::Literal(text)) = segment.parts.first() else {
        return None;
    };
    let name = text.split('(').next().unwrap_or(text);
    let name = name.rsplit('.').next().unwrap_or(name);
    let name = name.trim_matches(':');
    (!name.is_empty()).then_some(name)
}

/// The names of a function's arguments; `None` for segments that are no function call. A key in parentheses has no
/// name before it.
fn call(segment: &Segment) -> Option<Vec<String>> {
    let literals: Vec<&str> = segment
        .parts
        .iter()
        .filter_map(|part| match part {
            Part::Literal(text) => Some(text.as_str()),
            Part::Placeholder { .. } => None,
        })
        .collect();
    let text = literals.join("\u{0}");
    let (_, inner) = text.split_once('(')?;
    if inner.starts_with(')') {
        return Some(Vec::new());
    }
    let names: Vec<String> = inner
        .split(['\u{0}', ','])
        .filter_map(|part| part.split_once('=').map(|(name, _)| name))
        .map(|name| name.trim_matches([',', '\'', ' ', ')']).to_owned())
        .filter(|name| !name.is_empty())
        .collect();
    (!names.is_empty()).then_some(names)
}

impl Planner<'_> {
    /// Where an operation stands.
    pub(super) fn placement(&self, operation: &Operation, page: &Page) -> Placement {
        let (last, before) = match operation.path.split_last() {
            Some((last, before)) => (Some(last), before),
            None => (None, [].as_slice()),
        };
        let mut placement = Placement {
            modules: before
                .iter()
                .flat_map(|segment| self.modules_of(segment))
                .collect(),
            name: String::new(),
            subject: None,
            keys: self.alternate_keys(operation, page),
            arguments: Vec::new(),
        };
        let queries = required_query(operation).map(|(name, _)| name.as_str());
        let (options, queries): (Vec<&str>, Vec<&str>) = queries.partition(|name| is_option(name));
        placement
            .keys
            .extend(options.into_iter().map(str::to_owned));
        let content = &self.profile.paths.content;
        let Some(last) = last else {
            placement.modules.push("root".to_owned());
            placement.name = self.verb(operation, page).to_owned();
            return placement;
        };
        if let Some(name) = of_control_segment(operation, last, content) {
            name.clone_into(&mut placement.name);
        } else if let Some(called) = call(last).filter(|_| !is_alternate_key(operation, page)) {
            placement.arguments = called;
            bare(last).unwrap_or("call").clone_into(&mut placement.name);
        } else if let [Part::Placeholder { name: key, .. }, Part::Literal(name)] =
            last.parts.as_slice()
            && title_names(&operation.title, name, self.profile)
        {
            // The line lacks a slash, `{managedDeviceId}wipe`, and another page may have the right one.
            name.clone_into(&mut placement.name);
            placement.keys.push(key.clone());
        } else if let Some(name) = self.bound(operation, last, page) {
            name.clone_into(&mut placement.name);
        } else {
            placement.modules.extend(self.modules_of(last));
            self.verb(operation, page).clone_into(&mut placement.name);
            placement.subject = self.mentioned(operation, page);
        }
        let queries = queries.into_iter().map(str::to_owned);
        placement.arguments.extend(queries);
        if placement.modules.is_empty() {
            placement.modules.push("root".to_owned());
        }
        placement
    }

    /// What the name of a function on a resource has to say beside the verb: the subject of the page, where it is not
    /// what the path names. A page about one entity without a key, such as a manager, is about what the path names,
    /// unless the page is about a derived type anyway; nothing has to be told apart where an entity is deleted.
    fn mentioned(&self, operation: &Operation, page: &Page) -> Option<String> {
        let names_type = self.names_type(operation);
        let creates = operation.method == "POST";
        let changes = matches!(operation.method.as_str(), "PATCH" | "PUT");
        let keyed = ends_in_key(operation);
        let applies = match operation.method.as_str() {
            "GET" | "POST" | "PATCH" | "PUT" => {
                has_options(operation)
                    || creates
                    || keyed && (names_type || changes)
                    || names_type && page.apart
            }
            _ => false,
        };
        if applies {
            self.other_subject(operation)
        } else {
            None
        }
    }

    /// The name of the action or function that the last segment is, bound to what stands before it (OData URL conventions
    /// 4.01, sections 4.5 and 4.6); none for a property or collection.
    fn bound<'s>(&self, operation: &Operation, last: &'s Segment, page: &Page) -> Option<&'s str> {
        let name = bare(last).filter(|_| !last.ends_in_key())?;
        let is_bound = title_names(&operation.title, name, self.profile)
            || self.is_bound(operation, name, page);
        is_bound.then_some(name)
    }

    /// Whether a name at the end of a path that the title does not mention is that of an action or function.
    fn is_bound(&self, operation: &Operation, name: &str, page: &Page) -> bool {
        // The first segment of a path is a resource of the service itself, unless its page says otherwise.
        let known = page.keyed.contains(&resource(&operation.path)) || operation.path.len() < 2;
        match operation.method.as_str() {
            "POST" => !known && !self.creates(operation, name),
            "GET" => {
                let known = &self.profile.paths.functions;
                known.iter().any(|known| known.eq_ignore_ascii_case(name))
            }
            _ => false,
        }
    }

    /// Whether a request lists a collection: its page has a line with a key after the path, or shows or says so.
    fn lists(&self, operation: &Operation, page: &Page) -> bool {
        let says = || begins_with(&operation.title, &self.profile.phrases.list);
        operation.method == "GET"
            && !ends_in_key(operation)
            && (page.keyed.contains(&resource(&operation.path))
                || operation.many.unwrap_or_else(says))
    }

    /// Whether a `POST` adds to what the last segment names: its page says so, or is about one of what the segment
    /// names. A name that says itself what it creates, `createLink`, is that of an action.
    fn creates(&self, operation: &Operation, name: &str) -> bool {
        let create = &self.profile.phrases.create;
        if matches!(words(name, self.known()).as_slice(), [first, _, ..] if create.contains(first))
        {
            return false;
        }
        let method = operation.title.rsplit_once(':').map(|(_, method)| method);
        operation.statuses.contains(&201)
            || begins_with(&operation.title, create)
            || method.is_some_and(|method| begins_with(method, create))
            || self.is_about(operation, name)
    }

    /// The names of the alternate keys of a path; a key that is written with its name is none.
    fn alternate_keys(&self, operation: &Operation, page: &Page) -> Vec<String> {
        let mut keys = Vec::new();
        for (index, segment) in operation.path.iter().enumerate() {
            if let Some(name) = called(segment)
                && page.keyed.contains(&below(&operation.path[..index], name))
                && let Some(names) = call(segment)
            {
                keys.extend(names);
            }
        }
        keys.retain(|key| !self.profile.key_properties.contains(key));
        keys
    }

    /// The verb of a method on a resource.
    fn verb(&self, operation: &Operation, page: &Page) -> &'static str {
        match operation.method.as_str() {
            "GET" if self.lists(operation, page) => "list",
            "GET" => "get",
            "POST" => "create",
            "PATCH" => "update",
            "PUT" => "replace",
            "DELETE" => "delete",
            "HEAD" => "head",
            _ => "options",
        }
    }

    /// The modules that a segment adds. A path that follows a colon has a module of its own, so that items by path and
    /// items by key are told apart.
    fn modules_of(&self, segment: &Segment) -> Vec<String> {
        let spellings = &self.profile.names.spellings;
        let mut modules: Vec<String> = bare(segment)
            .map(|name| {
                let known = spellings
                    .iter()
                    .find(|known| known.eq_ignore_ascii_case(name));
                known.map_or(name, String::as_str).to_owned()
            })
            .into_iter()
            .collect();
        let opens_path =
            matches!(segment.parts.last(), Some(Part::Literal(text)) if text.ends_with(':'));
        let is_path = segment
            .parts
            .iter()
            .any(|part| matches!(part, Part::Placeholder { path: true, .. }));
        if opens_path && !is_path {
            modules.push("byPath".to_owned());
        }
        modules
    }
}

/// Whether a title begins with one of some words.
fn begins_with(title: &str, words: &[String]) -> bool {
    let first = title.split_whitespace().next().unwrap_or_default();
    words.contains(&first.to_lowercase())
}

/// Whether the last segment with an argument names an entity by another key than its own:
/// `/applications(appId='{appId}')`, on a page that has `/applications/{id}` as well.
fn is_alternate_key(operation: &Operation, page: &Page) -> bool {
    operation.path.split_last().is_some_and(|(last, before)| {
        called(last).is_some_and(|name| page.keyed.contains(&below(before, name)))
    })
}

/// The system query options of OData (URL conventions 4.01, section 5.1). Services take them without the `$`, too.
const OPTIONS: &[&str] = &[
    "apply",
    "compute",
    "count",
    "deltatoken",
    "expand",
    "filter",
    "format",
    "index",
    "orderby",
    "schemaversion",
    "search",
    "select",
    "skip",
    "skiptoken",
    "top",
];

/// Whether a query parameter is a system query option. No request needs one, so that one which the request line has
/// belongs to the name of the function.
pub(super) fn is_option(name: &str) -> bool {
    OPTIONS.contains(&name.trim_start_matches('$').to_lowercase().as_str())
}

/// Whether a title is that of an action or function: `user: assignLicense`, `assign action`.
fn title_names(title: &str, name: &str, profile: &Profile) -> bool {
    let lower = title.to_lowercase();
    let name = name.to_lowercase();
    if let Some((_, method)) = lower.split_once(':')
        && method.trim() == name
    {
        return true;
    }
    profile
        .titles
        .action_suffixes
        .iter()
        .chain(&profile.titles.function_suffixes)
        .any(|suffix| {
            lower
                .strip_suffix(suffix.as_str())
                .is_some_and(|rest| rest.trim() == name)
        })
}

/// The verb of a last segment that is no resource: `$ref`, `$value`, `$count` (OData URL conventions 4.01, sections 4.8
/// to 4.10), and what the service calls content.
fn of_control_segment(
    operation: &Operation,
    last: &Segment,
    content: &[String],
) -> Option<&'static str> {
    let text = last.literal()?;
    let is_content = content.iter().any(|known| known == text);
    let text = if is_content { "$value" } else { text };
    Some(match (text, operation.method.as_str()) {
        ("$ref", "POST") => "add_ref",
        ("$ref", "DELETE") => "remove_ref",
        ("$ref", "GET") => "list_ref",
        ("$ref", _) => "set_ref",
        ("$count", _) => "count",
        ("$value", "GET") => "get_content",
        ("$value", "DELETE") => "delete_content",
        ("$value", "PATCH") => "update_content",
        ("$value", _) => "put_content",
        _ => return None,
    })
}
