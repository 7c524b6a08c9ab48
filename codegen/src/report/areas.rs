//! The areas of a service, and which function stands for a request line.

use std::collections::BTreeMap;

use crate::diagnostics::{PageId, Span};
use crate::model::{Operation, normalized};
use crate::pipeline::Generated;
use crate::plan::nodes::OperationPlan;

/// The areas of a service.
#[derive(Debug)]
pub(super) struct Areas<'a> {
    /// In the order of their names.
    pub(super) list: Vec<Area<'a>>,
    /// The area of the first request line of each page.
    of_pages: BTreeMap<PageId, usize>,
    /// The area of each operation of the model, and the function in it.
    of_operations: Vec<Option<(usize, usize)>>,
}

/// The operations below one first segment of paths.
#[derive(Debug)]
pub(super) struct Area<'a> {
    /// The name of its module, which is that of its feature.
    pub(super) name: &'a str,
    /// The functions with their paths, such as `users::messages::list`.
    pub(super) functions: Vec<(String, &'a OperationPlan)>,
    /// The operations of the model that they stand for, in the order of the functions, with their numbers in it.
    pub(super) operations: Vec<(usize, &'a Operation)>,
}

impl<'a> Areas<'a> {
    /// The areas of a run.
    pub(super) fn new(run: &'a Generated) -> Self {
        let mut list: Vec<Area<'a>> = Vec::new();
        let mut lines: BTreeMap<(Span, &str), Vec<(usize, usize)>> = BTreeMap::new();
        for module in &run.plan.areas {
            let functions = module.functions();
            for (index, (_, plan)) in functions.iter().enumerate() {
                for origin in &plan.origins {
                    let of_line = lines.entry((*origin, &plan.method)).or_default();
                    of_line.push((list.len(), index));
                }
            }
            list.push(Area {
                name: module.ident.as_str(),
                functions,
                operations: Vec::new(),
            });
        }
        let mut areas = Self {
            list,
            of_pages: BTreeMap::new(),
            of_operations: Vec::new(),
        };
        for (index, operation) in run.model.api.operations.iter().enumerate() {
            let known = lines.get(&(operation.origin, operation.method.as_str()));
            let found = known.and_then(|known| areas.among(known, operation));
            areas.of_operations.push(found);
            if let Some((area, _)) = found {
                areas.list[area].operations.push((index, operation));
                let page = operation.origin.page;
                areas.of_pages.entry(page).or_insert(area);
            }
        }
        let function = |index: usize| areas.of_operations[index];
        for area in &mut areas.list {
            area.operations.sort_by_key(|(index, _)| function(*index));
        }
        areas
    }

    /// Of the functions of one line of a page, the one for an operation: several paths may stand in a line.
    fn among(&self, known: &[(usize, usize)], operation: &Operation) -> Option<(usize, usize)> {
        if let [one] = known {
            return Some(*one);
        }
        let path = normalized(&operation.path);
        let is_of = |(area, function): &&(usize, usize)| {
            let (_, plan): &(String, &OperationPlan) = &self.list[*area].functions[*function];
            let template = unnamed(&plan.path);
            template == path || template.starts_with(&format!("{path}("))
        };
        known.iter().find(is_of).or(known.first()).copied()
    }

    /// The path of the function that stands for an operation of the model, by its number.
    pub(super) fn function(&self, operation: usize) -> Option<&str> {
        let (area, function) = (*self.of_operations.get(operation)?)?;
        Some(&self.list[area].functions[function].0)
    }

    /// The area of an operation of the model, by its number.
    pub(super) fn of_operation(&self, operation: usize) -> Option<usize> {
        let (area, _) = (*self.of_operations.get(operation)?)?;
        Some(area)
    }

    /// The area of the first request line of a page.
    pub(super) fn of_page(&self, page: PageId) -> Option<usize> {
        self.of_pages.get(&page).copied()
    }
}

/// The module of a function that stands next to its area in paths: `users::messages` of `users::messages::rules::list`.
pub(super) fn module(function: &str) -> &str {
    let mut ends = function.match_indices("::").map(|(at, _)| at);
    match (ends.next(), ends.next()) {
        (_, Some(second)) => &function[..second],
        (Some(first), None) => &function[..first],
        (None, None) => function,
    }
}

/// A path template in which names of placeholders and letter case do not count, as in [`normalized`] paths.
fn unnamed(template: &str) -> String {
    let template = template.split('?').next().unwrap_or_default();
    let mut text = String::new();
    for part in template.split('{') {
        match part.split_once('}') {
            Some((_, after)) => text.extend(["{}", after]),
            None => text.push_str(part),
        }
    }
    text.to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::{module, unnamed};

    #[test]
    fn functions_are_grouped_by_their_second_module() {
        assert_eq!(module("users::list"), "users");
        assert_eq!(module("users::messages::list"), "users::messages");
        assert_eq!(module("users::messages::rules::list"), "users::messages");
    }

    #[test]
    fn names_of_placeholders_do_not_count() {
        assert_eq!(
            unnamed("/Users/{user-id}/x(a='{b}')?$top={top}"),
            "/users/{}/x(a='{}')"
        );
    }
}
