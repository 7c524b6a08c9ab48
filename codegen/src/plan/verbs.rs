//! Decides where an operation's function stands and what it is called: modules follow the path, the verb follows the
//! method, actions and functions keep their own name.

use std::collections::{BTreeMap, BTreeSet};

use super::Planner;
use crate::model::{Api, Operation, Part, Response, Segment, normalized};
use crate::profile::Profile;

/// Where an operation stands, in names of the wire.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Placement {
    /// The modules from the area on.
    pub(super) modules: Vec<String>,
    /// The verb, or the name of the action or function.
    pub(super) name: String,
    /// The arguments of a function, which tell overloads apart.
    pub(super) arguments: Vec<String>,
}

/// What all paths together say about a path.
#[derive(Debug, Default)]
pub(super) struct Paths {
    /// Paths that a key follows somewhere: collections.
    keyed: BTreeSet<String>,
    /// Paths that can be read.
    read: BTreeSet<String>,
    /// The spelling of each literal segment: pages differ in letter case.
    spellings: BTreeMap<String, String>,
}

impl Paths {
    pub(super) fn new(api: &Api) -> Self {
        let mut paths = Self::default();
        for operation in &api.operations {
            if operation.method == "GET" {
                paths.read.insert(resource(&operation.path));
            }
            for (index, segment) in operation.path.iter().enumerate() {
                if segment.is_key() && index > 0 {
                    paths.keyed.insert(resource(&operation.path[..index]));
                }
                // Only an entity is deleted by its key, so that a name before the value names no argument there.
                let deletes = operation.method == "DELETE" && index + 1 == operation.path.len();
                if let Some(name) = segment
                    .keyed()
                    .or_else(|| called(segment).filter(|_| deletes))
                {
                    paths.keyed.insert(below(&operation.path[..index], name));
                }
                if let Some(text) = segment.literal() {
                    let capitals =
                        |text: &str| text.chars().filter(char::is_ascii_uppercase).count();
                    let known = paths
                        .spellings
                        .entry(text.to_lowercase())
                        .or_insert_with(|| text.to_owned());
                    let better = (capitals(text), std::cmp::Reverse(text))
                        > (capitals(known), std::cmp::Reverse(known));
                    if better {
                        text.clone_into(known);
                    }
                }
            }
        }
        paths
    }

    /// The spelling of a literal segment.
    fn spelling(&self, text: &str) -> String {
        self.spellings
            .get(&text.to_lowercase())
            .cloned()
            .unwrap_or_else(|| text.to_owned())
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
fn bare(segment: &Segment) -> Option<&str> {
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
    pub(super) fn placement(&self, operation: &Operation, paths: &Paths) -> Placement {
        let (last, before) = match operation.path.split_last() {
            Some((last, before)) => (Some(last), before),
            None => (None, [].as_slice()),
        };
        let mut modules: Vec<String> = before
            .iter()
            .flat_map(|segment| modules_of(segment, paths))
            .collect();
        let Some(last) = last else {
            return Placement {
                modules: vec!["root".to_owned()],
                name: verb(operation, false).to_owned(),
                arguments: Vec::new(),
            };
        };
        let mut arguments = Vec::new();
        let content = &self.profile.paths.content;
        let name = if let Some(name) = of_control_segment(operation, last, content) {
            name.to_owned()
        } else if let Some(called) = call(last).filter(|_| !self.is_alternate_key(operation, paths))
        {
            arguments = called;
            bare(last).unwrap_or("call").to_owned()
        } else if let Some(name) = bare(last).filter(|_| self.is_bound(operation, last, paths)) {
            name.to_owned()
        } else {
            modules.extend(modules_of(last, paths));
            let is_collection = paths.keyed.contains(&resource(&operation.path));
            verb(operation, is_collection && last.literal().is_some()).to_owned()
        };
        if modules.is_empty() {
            modules.push("root".to_owned());
        }
        Placement {
            modules,
            name,
            arguments,
        }
    }

    /// Whether the last segment with an argument names an entity by another key than its own:
    /// `/applications(appId='{appId}')`.
    fn is_alternate_key(&self, operation: &Operation, paths: &Paths) -> bool {
        let Some((last, before)) = operation.path.split_last() else {
            return false;
        };
        let Some(Part::Literal(text)) = last.parts.first() else {
            return false;
        };
        let collection = text.split('(').next().unwrap_or(text);
        paths.keyed.contains(&below(before, collection))
    }

    /// Whether the last segment is the name of an action or function bound to what stands before it (OData URL
    /// conventions 4.01, sections 4.5 and 4.6), and not a property or collection.
    fn is_bound(&self, operation: &Operation, last: &Segment, paths: &Paths) -> bool {
        let Some(name) = bare(last) else { return false };
        let path = resource(&operation.path);
        if last.ends_in_key() {
            return false;
        }
        if title_names(&operation.title, name, self.profile) {
            return true;
        }
        // The first segment of a path is a resource of the service itself, unless its page says otherwise.
        let known = paths.keyed.contains(&path) || operation.path.len() < 2;
        match operation.method.as_str() {
            "POST" => {
                let first = operation
                    .title
                    .split_whitespace()
                    .next()
                    .unwrap_or_default()
                    .to_lowercase();
                let creates = operation.statuses.contains(&201)
                    || self.profile.phrases.create.contains(&first);
                !known && !paths.read.contains(&path) && !creates
            }
            "GET" => {
                let known = &self.profile.paths.functions;
                known.iter().any(|known| known.eq_ignore_ascii_case(name))
            }
            _ => false,
        }
    }
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

/// The modules that a segment adds. A path that follows a colon has a module of its own, so that items by path and
/// items by key are told apart.
fn modules_of(segment: &Segment, paths: &Paths) -> Vec<String> {
    let mut modules: Vec<String> = bare(segment)
        .map(|name| paths.spelling(name))
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

/// The verb of a method on a resource.
fn verb(operation: &Operation, is_collection: bool) -> &'static str {
    let is_key = operation.path.last().is_some_and(Segment::ends_in_key);
    let lists = !is_key && matches!(operation.response, Response::Value(ty) if ty.collection);
    match operation.method.as_str() {
        "GET" if is_collection || lists => "list",
        "GET" => "get",
        "POST" => "create",
        "PATCH" => "update",
        "PUT" => "replace",
        "DELETE" => "delete",
        "HEAD" => "head",
        _ => "options",
    }
}
