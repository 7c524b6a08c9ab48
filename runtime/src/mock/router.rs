//! From the method and the target of a request to the operation that it is one of.

use http::Method;

use super::documented::DocumentedOperation;
use super::target::Target;
use super::template::Rank;

/// All operations, those with more literal paths first.
pub(super) struct Router {
    operations: Vec<DocumentedOperation>,
}

/// Operations of one method and path: mostly one, several where a collection is created into by
/// derived type.
pub(super) struct Route<'a> {
    pub(super) operations: Vec<&'a DocumentedOperation>,
    /// What the placeholders stand for, in their order.
    pub(super) arguments: Vec<String>,
}

/// Why no operation was found.
pub(super) enum Miss<'a> {
    Path,
    /// With the methods that the path has.
    Method(Vec<&'a Method>),
    /// With the query option that the path wants.
    Query(&'a str),
}

impl Router {
    pub(super) fn new(operations: Vec<DocumentedOperation>) -> Self {
        let mut ranked: Vec<(Rank, DocumentedOperation)> = operations
            .into_iter()
            .map(|operation| (operation.template.rank(), operation))
            .collect();
        ranked.sort_by(|(left, _), (right, _)| left.cmp(right));
        let operations = ranked.into_iter().map(|(_, operation)| operation).collect();
        Self { operations }
    }

    pub(super) fn operations(&self) -> &[DocumentedOperation] {
        &self.operations
    }

    /// The best operation, and those that differ from it in nothing but their function.
    ///
    /// A less literal path counts where the more literal one has not the method: `inbox` is an
    /// argument as well.
    pub(super) fn find(&self, method: &Method, target: &Target) -> Result<Route<'_>, Miss<'_>> {
        let mut methods: Vec<&Method> = Vec::new();
        let mut missing = None;
        let mut found: Option<Route<'_>> = None;
        for operation in &self.operations {
            let template = &operation.template;
            if let Some(route) = &mut found {
                let first = route.operations[0];
                if first.method == operation.method && first.template.equivalent(template) {
                    route.operations.push(operation);
                }
                continue;
            }
            let Some(mut arguments) = template.path_arguments(&target.path) else {
                continue;
            };
            if operation.method != *method {
                if !methods.contains(&&operation.method) {
                    methods.push(&operation.method);
                }
                continue;
            }
            match template.query_arguments(target) {
                Ok(in_query) => {
                    arguments.extend(in_query);
                    found = Some(Route {
                        operations: vec![operation],
                        arguments,
                    });
                }
                Err(option) => {
                    missing.get_or_insert(option);
                }
            }
        }
        match (found, missing) {
            (Some(route), _) => Ok(route),
            (None, Some(option)) => Err(Miss::Query(option)),
            (None, None) if methods.is_empty() => Err(Miss::Path),
            (None, None) => Err(Miss::Method(methods)),
        }
    }
}
