//! What requests are on the wire: the query that they need, what makes two lines one request, and the paths that the
//! documentation of modules shows.

use super::ident::RustIdent;
use super::nodes::{ModulePlan, OperationPlan};
use super::verbs::is_option;
use crate::model::{Operation, normalized};

/// What a request is on the wire: version, method, path and query.
pub(super) type Request = (String, String, String);

/// What a request is on the wire. What placeholders are called does not count; a fixed value does, so that
/// `?token=latest` and `?token={token}` are two.
pub(super) fn request(operation: &Operation) -> Request {
    let queries: Vec<String> = required_query(operation)
        .map(|(name, value)| format!("{name}={}", without_names(value)))
        .collect();
    let path = format!("{}?{}", normalized(&operation.path), queries.join("&"));
    (operation.version.clone(), operation.method.clone(), path)
}

/// A value of a query without the names of its placeholders.
fn without_names(value: &str) -> String {
    let mut text = String::new();
    let mut rest = value;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((_, after)) = after.split_once('}') else {
            break;
        };
        text.push_str(before);
        text.push_str("{}");
        rest = after;
    }
    text.push_str(rest);
    text
}

/// The query parameters that are part of a request. System query options are not, unless the request line leaves their
/// value to the caller and writes them without `$`; nor are those whose name is a placeholder: a caller adds them to any
/// request (OData URL conventions 4.01, section 5).
pub(super) fn required_query(operation: &Operation) -> impl Iterator<Item = &(String, String)> {
    operation
        .query
        .iter()
        .filter(|(name, _)| !name.starts_with('$') && !name.contains(['{', '}']))
        .filter(|(name, value)| value.contains('{') || !is_option(name))
}

/// The query parameters of a request to which its line gives a value.
pub(super) fn fixed_query(operation: &Operation) -> impl Iterator<Item = &(String, String)> {
    required_query(operation).filter(|(_, value)| !value.contains('{'))
}

/// The path of a module's resource: the shortest of its requests, without the key at its end.
pub(super) fn shown(operations: &[OperationPlan]) -> Option<String> {
    let paths = operations
        .iter()
        .map(|operation| operation.path.split('?').next().unwrap_or_default());
    let shortest = paths.min_by_key(|path| path.len())?;
    let path = match shortest.rsplit_once('/') {
        Some((before, last))
            if last.starts_with('{') && last.ends_with('}') && !before.is_empty() =>
        {
            before
        }
        // A key in parentheses, with or without quotes, and no argument of a function, which has a name.
        Some((_, last)) if last.ends_with(')') && last.contains('(') && !last.contains('=') => {
            shortest.rsplit_once('(').map_or(shortest, |(path, _)| path)
        }
        _ => shortest,
    };
    Some(path.to_owned())
}

/// The module of what is addressed by a path that follows a colon, which no segment is named after.
const BY_PATH: &str = "by_path";

/// The path of a module that has requests only further down: that of the shortest of these, up to the segment that the
/// last of `modules` is named after. `None` where a module is named after no segment.
pub(super) fn shown_above(children: &[ModulePlan], modules: &[RustIdent]) -> Option<String> {
    let mut paths = Vec::new();
    children.iter().for_each(|child| below(child, &mut paths));
    let path = paths.into_iter().min_by_key(|path| (path.len(), *path))?;
    let mut modules = modules.iter();
    let mut module = modules.next()?;
    let mut shown = String::new();
    let mut after_colon = false;
    for segment in path.trim_start_matches('/').split('/') {
        shown.push('/');
        let is_path = after_colon && module.as_str() == BY_PATH;
        after_colon = segment.ends_with(':');
        if !is_path && !is_named_after(module, segment) {
            shown.push_str(segment);
            continue;
        }
        match modules.next() {
            Some(next) => {
                shown.push_str(segment);
                module = next;
            }
            None => {
                let name = segment.split('(').next().unwrap_or(segment);
                shown.push_str(name.trim_end_matches(':'));
                return Some(shown);
            }
        }
    }
    None
}

/// Adds the paths of the requests in a module and below it.
fn below<'p>(module: &'p ModulePlan, paths: &mut Vec<&'p str>) {
    let own = module.operations.iter();
    paths.extend(own.map(|operation| operation.path.split('?').next().unwrap_or_default()));
    let children = module.children.iter();
    children.for_each(|child| below(child, paths));
}

/// Whether a segment has the letters and digits of a module's name. Where words end does not count, as the profile may
/// say it, nor does what a name has at its end because it is taken.
fn is_named_after(module: &RustIdent, segment: &str) -> bool {
    let name = segment.split('(').next().unwrap_or(segment);
    let name = name.rsplit('.').next().unwrap_or(name);
    let letters = |text: &str| -> String {
        let letters = text.chars().filter(char::is_ascii_alphanumeric);
        letters.map(|c| c.to_ascii_lowercase()).collect()
    };
    let module = module.as_str();
    let plain = module.strip_suffix("_area").unwrap_or(module);
    !name.contains('{') && [module, plain].map(letters).contains(&letters(name))
}
