//! Builds the tree of request modules: operations that are one request become one function, names are settled module
//! by module.

use std::collections::BTreeMap;

use super::Planner;
use super::ident::RustIdent;
use super::naming::{Scope, module, snake};
use super::nodes::{ModulePlan, OperationPlan, StructPlan};
use super::verbs::{Paths, Placement};
use crate::diagnostics::{Diagnostic, Rule};
use crate::model::{Body, CoreType, Operation, Part, Response, TypeId, normalized};
use crate::prose::code_span;

/// The operations that are one request: one method on one path, with one kind of body and answer.
pub(super) struct Function<'a> {
    /// Where it stands and what it is called.
    pub(super) placement: Placement,
    /// The request lines, of one page or several.
    pub(super) operations: Vec<&'a Operation>,
    /// The type that tells it from another function on the same path.
    resource: Option<String>,
}

/// Names that modules or features of the crate's root have already, or that cargo gives a meaning.
const RESERVED_AREAS: &[&str] = &[
    "alloc", "bin", "default", "full", "lib", "main", "models", "runtime",
];

/// A module under construction.
#[derive(Default)]
struct Node<'a> {
    functions: Vec<Function<'a>>,
    children: BTreeMap<RustIdent, Node<'a>>,
}

impl Planner<'_> {
    /// The areas: a module for each first segment of a path.
    pub(super) fn areas(&mut self) -> Vec<ModulePlan> {
        let api = self.api;
        let paths = Paths::new(api);
        let mut requests: BTreeMap<(String, String, String), Vec<&Operation>> = BTreeMap::new();
        for operation in &api.operations {
            let queries: Vec<&str> = required_query(operation)
                .map(|(name, _)| name.as_str())
                .collect();
            let path = format!("{}?{}", normalized(&operation.path), queries.join("&"));
            requests
                .entry((path, operation.method.clone(), operation.version.clone()))
                .or_default()
                .push(operation);
        }
        let mut root = Node::default();
        for operations in requests.into_values() {
            for function in self.functions(operations, &paths) {
                let mut node = &mut root;
                for (depth, step) in function.placement.modules.iter().enumerate() {
                    let mut name = module(step, &self.profile.names.words);
                    if depth == 0 && RESERVED_AREAS.contains(&name.as_str()) {
                        name.push_str("_area");
                    }
                    node = node.children.entry(RustIdent::new(&name)).or_default();
                }
                node.functions.push(function);
            }
        }
        root.children
            .into_iter()
            .map(|(ident, node)| self.module(ident, node, &[]))
            .collect()
    }

    /// Splits the operations of one method and path by what they send and answer.
    fn functions<'a>(&self, operations: Vec<&'a Operation>, paths: &Paths) -> Vec<Function<'a>> {
        let mut functions: Vec<Function<'a>> = Vec::new();
        for operation in operations {
            let same = functions.iter_mut().find(|function| {
                let first = function.operations[0];
                first.page == operation.page || same_signature(first, operation)
            });
            match same {
                Some(function) => function.operations.push(operation),
                None => functions.push(Function {
                    placement: self.placement(operation, paths),
                    operations: vec![operation],
                    resource: None,
                }),
            }
        }
        if functions.len() > 1 {
            let plain = self.plain(&functions);
            for (index, function) in functions.iter_mut().enumerate() {
                if Some(index) != plain {
                    function.resource = Some(self.resource_of(function.operations[0]));
                }
            }
        }
        functions
    }

    /// The function that keeps its plain name: the one whose type all the others' types are derived from.
    fn plain(&self, functions: &[Function<'_>]) -> Option<usize> {
        let ids: Vec<Option<TypeId>> = functions
            .iter()
            .map(|function| type_of(function.operations[0]))
            .collect();
        ids.iter().position(|candidate| {
            candidate.is_some_and(|base| {
                ids.iter()
                    .all(|id| id.is_some_and(|id| self.api.base_chain(id).contains(&base)))
            })
        })
    }

    /// What tells a function from others on its path: the type that it is about, or its page.
    fn resource_of(&self, operation: &Operation) -> String {
        match type_of(operation) {
            Some(id) => self.api.structured(id).name.name.clone(),
            None => crate::corpus::stem(&operation.page).to_owned(),
        }
    }

    /// Plans a module and those in it.
    fn module(&mut self, ident: RustIdent, node: Node<'_>, above: &[RustIdent]) -> ModulePlan {
        let mut path = above.to_vec();
        path.push(ident.clone());
        let mut scope = Scope::default();
        let mut types = Scope::default();
        let mut operations: Vec<OperationPlan> = Vec::new();
        let mut bodies: Vec<StructPlan> = Vec::new();
        let mut functions = node.functions;
        functions.sort_by_cached_key(|function| {
            let first = function.operations[0];
            (
                function.resource.is_some(),
                // An entity is got by its key; by an alternate key it has the longer name.
                names_key(first),
                first.path.len(),
                function.placement.arguments.len(),
                normalized(&first.path),
                first.page.clone(),
            )
        });
        for function in functions {
            let name = self.function_name(&function, &mut scope);
            let (operation, body) = self.operation(&function, name, &mut types);
            operations.push(operation);
            bodies.extend(body);
        }
        operations.sort_by(|a, b| a.ident.cmp(&b.ident));
        bodies.sort_by(|a, b| a.ident.cmp(&b.ident));
        let names: Vec<&str> = path.iter().map(RustIdent::as_str).collect();
        ModulePlan {
            doc: vec![format!(
                "Requests to {}.",
                code_span(&shown(&operations).unwrap_or_else(|| format!("/{}", names.join("/"))))
            )],
            bodies,
            operations,
            children: node
                .children
                .into_iter()
                .map(|(ident, node)| self.module(ident, node, &path))
                .collect(),
            ident,
        }
    }

    /// The name of a function: verb or own name, the resource where pages share a path, and where that is taken, what
    /// tells its path from the others'.
    fn function_name(&mut self, function: &Function<'_>, scope: &mut Scope) -> RustIdent {
        let known = &self.profile.names.words;
        let first = function.operations[0];
        let mut plain = snake(&function.placement.name, known);
        if let Some(resource) = &function.resource {
            plain = format!("{plain}_{}", snake(resource, known));
        }
        let mut others = Vec::new();
        if !function.placement.arguments.is_empty() {
            let names: Vec<String> = function
                .placement
                .arguments
                .iter()
                .map(|name| snake(name, known))
                .collect();
            others.push(format!("{plain}_with_{}", names.join("_and_")));
        }
        let (_, arguments) = self.template(first);
        if let Some(last) = arguments.last() {
            others.push(format!("{plain}_by_{}", last.ident));
            let names: Vec<&str> = arguments
                .iter()
                .map(|argument| argument.ident.as_str())
                .collect();
            others.push(format!("{plain}_by_{}", names.join("_and_")));
        }
        others.push(format!("{plain}_{}", snake(&first.version, known)));
        others.push(format!(
            "{plain}_{}",
            snake(crate::corpus::stem(&first.page), known)
        ));
        let (ident, collided) = scope.claim(&plain, &others);
        if collided {
            self.diagnostics.push(Diagnostic::at(
                Rule::NameCollision,
                first.origin,
                format!("the function is `{ident}`, because another request has the name `{plain}` in its module"),
            ));
        }
        ident
    }
}

/// The query parameters that are part of a request. System query options are not, nor are those whose
/// name is a placeholder: a caller adds them to any request (OData URL conventions 4.01, section 5).
pub(super) fn required_query(operation: &Operation) -> impl Iterator<Item = &(String, String)> {
    operation
        .query
        .iter()
        .filter(|(name, _)| !name.starts_with('$'))
}

/// Whether the last segment names what is given in its parentheses: an alternate key, or a function's arguments.
fn names_key(operation: &Operation) -> bool {
    let parts = operation
        .path
        .last()
        .map_or([].as_slice(), |last| &last.parts);
    parts
        .iter()
        .any(|part| matches!(part, Part::Literal(text) if text.contains('=')))
}

/// The path of a module's resource: the shortest of its requests, without the key at its end.
fn shown(operations: &[OperationPlan]) -> Option<String> {
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

/// Whether two pages describe one request in the same way.
fn same_signature(a: &Operation, b: &Operation) -> bool {
    let bodies = match (&a.body, &b.body) {
        (Body::None, Body::None)
        | (Body::Reference, Body::Reference)
        | (Body::Binary, Body::Binary)
        | (Body::Json, Body::Json) => true,
        (Body::Value(a), Body::Value(b)) => a == b,
        (Body::Parameters(a), Body::Parameters(b)) => a
            .iter()
            .map(|row| (&row.name, row.ty))
            .eq(b.iter().map(|row| (&row.name, row.ty))),
        _ => false,
    };
    bodies && (a.response == b.response)
}

/// The type that an operation is about: what it sends, or what it answers.
fn type_of(operation: &Operation) -> Option<TypeId> {
    let sent = match &operation.body {
        Body::Value(ty) => Some(*ty),
        _ => None,
    };
    let answered = match operation.response {
        Response::Value(ty) => Some(ty),
        _ => None,
    };
    match sent.or(answered)?.core {
        CoreType::Structured(id) => Some(id),
        _ => None,
    }
}
