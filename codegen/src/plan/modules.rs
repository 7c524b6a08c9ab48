//! Builds the tree of request modules: operations that are one request become one function, names are settled module
//! by module.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use super::Planner;
use super::arguments::Template;
use super::ident::RustIdent;
use super::naming::{module, pascal, snake};
use super::nodes::{ModulePlan, OperationPlan, StructPlan};
use super::settle::{Case, Holder, Wish, settle};
use super::verbs::{Page, Placement};
use super::wire::{Request, fixed_query, request, shown, shown_above};
use crate::diagnostics::{Diagnostic, Rule};
use crate::model::{Body, Operation, Response};
use crate::prose::code_span;

/// The operations that are one request and have one name.
pub(super) struct Function<'a> {
    /// Where it stands and what it is called.
    pub(super) placement: Placement,
    /// Its path and query, with the arguments.
    pub(super) template: Template,
    /// The request lines, of one page or several; the first is the one that says most.
    pub(super) operations: Vec<&'a Operation>,
    /// The name that it has by itself.
    plain: String,
    /// How many words the page's title has that the path lacks.
    distance: usize,
}

/// Names that modules or features of the crate's root have already, or that cargo gives a meaning.
const RESERVED_AREAS: &[&str] = &[
    "alloc",
    "azure_core",
    "bin",
    "conformance",
    "default",
    "full",
    "lib",
    "main",
    "mock",
    "models",
    "runtime",
];

/// A module under construction.
#[derive(Default)]
struct Node<'a> {
    /// By their names, and what they are on the wire.
    functions: BTreeMap<(String, Request), Function<'a>>,
    children: BTreeMap<RustIdent, Node<'a>>,
}

impl Planner<'_> {
    /// The areas: a module for each first segment of a path.
    pub(super) fn areas(&mut self) -> Vec<ModulePlan> {
        let mut root = Node::default();
        for operations in self.api.operations_by_page().into_values() {
            for function in self.functions(&operations) {
                let node = self.node(&mut root, &function.placement.modules);
                let key = (function.plain.clone(), request(function.operations[0]));
                match node.functions.entry(key) {
                    Entry::Vacant(place) => {
                        place.insert(function);
                    }
                    Entry::Occupied(mut place) => self.merge(place.get_mut(), function),
                }
            }
        }
        root.children
            .into_iter()
            .map(|(ident, node)| self.module(ident, node, &[]))
            .collect()
    }

    /// The module of a path.
    fn node<'n, 'a>(&self, root: &'n mut Node<'a>, modules: &[String]) -> &'n mut Node<'a> {
        let mut node = root;
        for (depth, step) in modules.iter().enumerate() {
            let mut name = module(step, &self.profile.names.words);
            if depth == 0 && RESERVED_AREAS.contains(&name.as_str()) {
                name.push_str("_area");
            }
            node = node.children.entry(RustIdent::new(&name)).or_default();
        }
        node
    }

    /// The functions of a page, named by the page alone. Of several requests that would have one name, the first without
    /// arguments keeps it, or the first, and the others say what they are called with.
    fn functions<'a>(&self, operations: &[&'a Operation]) -> Vec<Function<'a>> {
        let page = Page::new(operations, self);
        let mut functions: Vec<Function<'a>> = Vec::new();
        let placed = operations.iter();
        let mut placed: Vec<(&Operation, Placement)> = placed
            .map(|&operation| (operation, self.placement(operation, &page)))
            .collect();
        placed.sort_by_key(|(_, placement)| !placement.arguments.is_empty());
        for (operation, placement) in placed {
            let template = self.template(operation);
            let plain = self.plain(&placement);
            let with = self.with(&plain, operation, &placement, &template);
            let wire = request(operation);
            let place = module_path(&placement, self.known());
            let mut name = plain;
            for longer in with {
                let other = functions.iter().any(|function| {
                    function.plain == name
                        && request(function.operations[0]) != wire
                        && module_path(&function.placement, self.known()) == place
                });
                if !other {
                    break;
                }
                name = longer;
            }
            let same = functions.iter_mut().find(|function| {
                function.plain == name
                    && request(function.operations[0]) == wire
                    && module_path(&function.placement, self.known()) == place
            });
            match same {
                Some(function) => function.operations.push(operation),
                None => functions.push(Function {
                    distance: self.distance(operation),
                    placement,
                    template,
                    operations: vec![operation],
                    plain: name,
                }),
            }
        }
        functions
    }

    /// The name that a function has by what its own page says: the verb or its own name, what the page is about where
    /// the path does not say it, and the keys that stand in the place of the usual one.
    fn plain(&self, placement: &Placement) -> String {
        let known = self.known();
        let mut name = snake(&placement.name, known);
        if let Some(subject) = &placement.subject {
            name = format!("{name}_{}", snake(subject, known));
        }
        if !placement.keys.is_empty() {
            name = format!("{name}_by_{}", joined(&placement.keys, known));
        }
        name
    }

    /// Longer names, by what tells a request from others: its arguments, the values that its line gives to them, its last
    /// key, all its keys.
    fn with(
        &self,
        plain: &str,
        operation: &Operation,
        placement: &Placement,
        template: &Template,
    ) -> Vec<String> {
        let mut names = Vec::new();
        if !placement.arguments.is_empty() {
            let arguments = joined(&placement.arguments, self.known());
            names.push(format!("{plain}_with_{arguments}"));
        }
        let fixed: Vec<String> = fixed_query(operation)
            .map(|(name, value)| format!("{name} {value}"))
            .collect();
        if !fixed.is_empty() {
            let fixed = joined(&fixed, self.known());
            names.push(format!("{plain}_with_{fixed}"));
        }
        // Within a name, a leading digit needs no `_` before it.
        let all: Vec<&str> = template
            .arguments
            .iter()
            .map(|argument| argument.ident.as_str().trim_start_matches('_'))
            .collect();
        if let Some(last) = all.last() {
            names.push(format!("{plain}_by_{last}"));
            names.push(format!("{plain}_by_{}", all.join("_and_")));
        }
        names
    }

    /// Adds the request lines of another page to a function. The page that says most is the one that the function is
    /// documented and typed after: its title is about what the path names, and it has types where others have none.
    fn merge<'a>(&mut self, function: &mut Function<'a>, mut other: Function<'a>) {
        let quality = |function: &Function<'_>| {
            let first = function.operations[0];
            (function.distance, untyped(first))
        };
        if quality(&other) < quality(function) {
            std::mem::swap(function, &mut other);
        }
        let first = function.operations[0];
        for operation in other.operations {
            if !same_signature(first, operation) {
                let message = format!(
                    "`{}` describes the same request with another body or answer; the function is as that page has it",
                    first.page
                );
                self.diagnostics.push(
                    Diagnostic::at(Rule::NameCollision, operation.origin, message)
                        .also(first.origin, "the request there"),
                );
            }
            function.operations.push(operation);
        }
    }

    /// Plans a module and those in it.
    fn module(&mut self, ident: RustIdent, node: Node<'_>, above: &[RustIdent]) -> ModulePlan {
        let mut path = above.to_vec();
        path.push(ident.clone());
        let mut operations: Vec<OperationPlan> = Vec::new();
        let mut bodies: Vec<StructPlan> = Vec::new();
        let functions: Vec<Function<'_>> = node.functions.into_values().collect();
        let names = self.names(&functions);
        let types = self.body_names(&functions, &names);
        for ((function, name), ty) in functions.iter().zip(names).zip(types) {
            let (operation, body) = self.operation(function, name, ty);
            operations.push(operation);
            bodies.extend(body);
        }
        operations.sort_by(|a, b| a.ident.cmp(&b.ident));
        bodies.sort_by(|a, b| a.ident.cmp(&b.ident));
        let children: Vec<ModulePlan> = node
            .children
            .into_iter()
            .map(|(ident, node)| self.module(ident, node, &path))
            .collect();
        let shown = shown(&operations)
            .or_else(|| shown_above(&children, &path))
            .unwrap_or_else(|| {
                let names: Vec<&str> = path.iter().map(RustIdent::as_str).collect();
                format!("/{}", names.join("/"))
            });
        ModulePlan {
            doc: vec![format!("Requests to {}.", code_span(&shown))],
            bodies,
            operations,
            children,
            ident,
        }
    }

    /// The names of a module's functions. Where pages leave two requests with one name, the one that is nearest to what
    /// the path names keeps it.
    fn names(&mut self, functions: &[Function<'_>]) -> Vec<RustIdent> {
        let wishes: Vec<Wish> = functions
            .iter()
            .map(|function| self.wish(function))
            .collect();
        let settled = settle(&wishes, &[]);
        for (function, name) in functions.iter().zip(&settled) {
            let first = function.operations[0];
            for message in &function.template.collisions {
                let message = message.clone();
                self.diagnostics
                    .push(Diagnostic::at(Rule::NameCollision, first.origin, message));
            }
            if let Some(Holder::Item(index)) = name.instead {
                let other = functions[index].operations[0];
                let message = format!(
                    "the function is `{}`, because the one for `{} {}` has the name `{}`",
                    name.ident, other.method, functions[index].template.text, function.plain
                );
                self.diagnostics.push(
                    Diagnostic::at(Rule::NameCollision, first.origin, message)
                        .also(other.origin, "the request that has it"),
                );
            }
        }
        settled.into_iter().map(|name| name.ident).collect()
    }

    fn wish(&self, function: &Function<'_>) -> Wish {
        let known = self.known();
        let first = function.operations[0];
        let plain = &function.plain;
        let mut longer = self.with(plain, first, &function.placement, &function.template);
        longer.push(format!("{plain}_{}", snake(&first.version, known)));
        let page = snake(crate::corpus::stem(&first.page), known);
        longer.push(format!("{plain}_{page}"));
        Wish {
            wire: {
                let (version, method, path) = request(first);
                format!("{method} {path} {version}")
            },
            rank: (
                usize::from(first.version != self.profile.default_version),
                function.distance,
                function.placement.arguments.len() + first.path.len(),
            ),
            plain: plain.clone(),
            longer,
            case: Case::Snake,
        }
    }

    /// The names of the structs for the parameters of actions.
    fn body_names(&mut self, functions: &[Function<'_>], names: &[RustIdent]) -> Vec<RustIdent> {
        let wishes: Vec<Wish> = names
            .iter()
            .map(|name| Wish {
                wire: name.to_string(),
                rank: (0, 0, 0),
                plain: format!("{}Body", pascal(name.as_str(), self.known())),
                longer: Vec::new(),
                case: Case::Pascal,
            })
            .collect();
        let settled = settle(&wishes, &[]);
        for (function, name) in functions.iter().zip(&settled) {
            let first = function.operations[0];
            if let Some(Holder::Item(index)) = name.instead
                && matches!(first.body, Body::Parameters(_))
            {
                let message = format!(
                    "the type of the body is `{}`, because that of `{}` has its name",
                    name.ident, names[index]
                );
                self.diagnostics
                    .push(Diagnostic::at(Rule::NameCollision, first.origin, message));
            }
        }
        settled.into_iter().map(|name| name.ident).collect()
    }
}

/// The modules that a function stands in.
fn module_path(placement: &Placement, known: &[String]) -> Vec<String> {
    let modules = placement.modules.iter();
    modules.map(|name| module(name, known)).collect()
}

/// Names in a row: `width_and_height`.
fn joined(names: &[String], known: &[String]) -> String {
    let names: Vec<String> = names.iter().map(|name| snake(name, known)).collect();
    names.join("_and_")
}

/// How many of body and answer have no type.
fn untyped(operation: &Operation) -> usize {
    usize::from(matches!(operation.body, Body::None | Body::Json))
        + usize::from(
            matches!(operation.response, Response::None | Response::Json) || operation.no_content,
        )
}

/// Whether two pages describe one request in the same way.
pub(super) fn same_signature(a: &Operation, b: &Operation) -> bool {
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
