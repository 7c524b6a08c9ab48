//! Plans request functions: documentation, body and answer.

use std::collections::BTreeSet;

use super::Planner;
use super::ident::RustIdent;
use super::modules::Function;
use super::naming::Scope;
use super::nodes::{BodyPlan, OperationPlan, RustType, StructPlan};
use super::united;
use crate::model::{Body, CoreType, Operation, Property, Response, Segment};

impl Planner<'_> {
    /// The function of a request, and the struct of its parameters where it has one.
    pub(super) fn operation(
        &mut self,
        function: &Function<'_>,
        ident: RustIdent,
        body_type: RustIdent,
    ) -> (OperationPlan, Option<StructPlan>) {
        let operation = function.operations[0];
        let path = function.template.text.clone();
        let arguments = function.template.arguments.clone();
        let (body, parameters) = self.body(function, &ident, body_type);
        let upper = ident.as_str().to_uppercase();
        let constant = if upper == ident.as_str() {
            format!("{upper}_")
        } else {
            upper
        };
        let documentation = self.documentation(&operation.page, Some(&operation.version));
        let permissions = united::permissions(&function.operations);
        let plan = OperationPlan {
            constant: RustIdent::new(&constant),
            doc: self.operation_doc(function, &path),
            method: operation.method.clone(),
            version: operation.version.clone(),
            path,
            arguments,
            body,
            returns: self.returns(operation),
            success: united::statuses(&function.operations),
            permissions: [
                permissions.delegated_work,
                permissions.delegated_personal,
                permissions.application,
            ],
            documentation: documentation.unwrap_or_default(),
            page: operation.page.clone(),
            origins: function
                .operations
                .iter()
                .map(|operation| operation.origin)
                .collect(),
            query_options: united::query_options(&function.operations),
            exchanges: self.exchanges(function),
            ident,
        };
        (plan, parameters)
    }

    /// What a request resolves to.
    fn returns(&self, operation: &Operation) -> RustType {
        // A count is answered as a bare number (OData Protocol 4.01, section 11.2.10).
        if operation.path.last().and_then(Segment::literal) == Some("$count") {
            return RustType::Number("i64");
        }
        if operation.no_content {
            return RustType::Unit;
        }
        match operation.response {
            Response::None => RustType::Unit,
            Response::Binary => RustType::Runtime("Bytes"),
            Response::Json => RustType::Runtime("Json"),
            Response::Value(ty) => {
                let element = self.types.element(ty.core);
                match ty.core {
                    _ if ty.collection => RustType::Generic("Page", Box::new(element)),
                    CoreType::Structured(_) | CoreType::Json => element,
                    CoreType::Primitive(_) | CoreType::Enum(_) => {
                        RustType::Generic("Scalar", Box::new(element))
                    }
                }
            }
        }
    }

    /// The body's arguments, and the struct of an action's parameters.
    fn body(
        &mut self,
        function: &Function<'_>,
        ident: &RustIdent,
        body_type: RustIdent,
    ) -> (BodyPlan, Option<StructPlan>) {
        let mut scope = Scope::default();
        for argument in &function.template.arguments {
            scope.reserve(argument.ident.as_str());
        }
        let mut name =
            |preferred: &str| scope.claim(preferred, &[format!("request_{preferred}")], 1);
        match &function.operations[0].body {
            Body::None => (BodyPlan::None, None),
            Body::Reference => (
                BodyPlan::Reference {
                    ident: name("reference"),
                },
                None,
            ),
            Body::Binary => {
                let content_type = name("content_type");
                (
                    BodyPlan::Content {
                        content_type,
                        ident: name("content"),
                    },
                    None,
                )
            }
            Body::Json => (
                BodyPlan::Json {
                    ident: name("body"),
                    ty: RustType::Runtime("Json"),
                },
                None,
            ),
            Body::Value(ty) => (
                BodyPlan::Json {
                    ident: name("body"),
                    ty: self.types.value(*ty),
                },
                None,
            ),
            Body::Parameters(rows) => {
                let argument = name("body");
                let rows: Vec<&Property> = distinct(rows);
                let doc = vec![format!("What [`{ident}()`] sends.")];
                let wire = function.placement.name.clone();
                let plan = self.struct_of(None, &rows, body_type.clone(), wire, false, doc);
                let ty = RustType::Local(body_type);
                (
                    BodyPlan::Json {
                        ident: argument,
                        ty,
                    },
                    Some(plan),
                )
            }
        }
    }
}

/// The rows, each name once.
fn distinct(rows: &[Property]) -> Vec<&Property> {
    let mut known = BTreeSet::new();
    let rows = rows.iter();
    rows.filter(|row| known.insert(row.name.as_str())).collect()
}
