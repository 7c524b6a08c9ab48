//! Turns a planned operation into the parameters of its function, for the code and for the listing.

use super::code::{Code, code};
use super::imports::Imports;
use super::types;
use crate::plan::ident::RustIdent;
use crate::plan::nodes::{BodyPlan, OperationPlan, RustType};

static BYTES: RustType = RustType::Runtime("Bytes");

/// A parameter of a request function.
pub(super) struct Parameter<'a> {
    /// The name.
    pub(super) ident: &'a RustIdent,
    /// How it is passed.
    pub(super) passed: Passed<'a>,
}

/// How a value reaches a request function.
pub(super) enum Passed<'a> {
    /// As `&str`.
    Text,
    /// By value.
    Value(&'a RustType),
    /// By reference.
    Reference(&'a RustType),
    /// As a slice of the type.
    Slice(&'a RustType),
}

/// All parameters: those of the path, then those of the body.
pub(super) fn parameters(operation: &OperationPlan) -> Vec<Parameter<'_>> {
    let mut parameters: Vec<_> = operation
        .arguments
        .iter()
        .map(|argument| Parameter {
            ident: &argument.ident,
            passed: in_path(&argument.ty),
        })
        .collect();
    let mut add = |ident, passed| parameters.push(Parameter { ident, passed });
    match &operation.body {
        BodyPlan::None => {}
        BodyPlan::Json { ident, ty } => add(ident, in_body(ty)),
        BodyPlan::Reference { ident } => add(ident, Passed::Text),
        BodyPlan::Content {
            content_type,
            ident,
        } => {
            add(content_type, Passed::Text);
            add(ident, Passed::Value(&BYTES));
        }
    }
    parameters
}

/// How a placeholder's value is passed.
pub(super) fn in_path(ty: &RustType) -> Passed<'_> {
    match ty {
        RustType::Bool | RustType::Number(_) => Passed::Value(ty),
        _ => Passed::Text,
    }
}

/// How a body is passed. Owned text, vectors and boxes are borrowed as what they hold, as clippy asks.
pub(super) fn in_body(ty: &RustType) -> Passed<'_> {
    match ty {
        RustType::String => Passed::Text,
        RustType::Vec(item) => Passed::Slice(item),
        RustType::Boxed(item) => in_body(item),
        _ => Passed::Reference(ty),
    }
}

/// The parameter's type as code.
pub(super) fn tokens(parameter: &Parameter<'_>, imports: &mut Imports) -> Code {
    let name = parameter.ident;
    match parameter.passed {
        Passed::Text => code!(name => #name: &str),
        Passed::Value(ty) => {
            let ty = types::tokens(ty, imports);
            code!(name, ty => #name: #ty)
        }
        Passed::Reference(ty) => {
            let ty = types::tokens(ty, imports);
            code!(name, ty => #name: &#ty)
        }
        Passed::Slice(ty) => {
            let ty = types::tokens(ty, imports);
            code!(name, ty => #name: &[#ty])
        }
    }
}

/// The parameter as the listing shows it.
pub(super) fn text(parameter: &Parameter<'_>) -> String {
    let name = parameter.ident;
    match parameter.passed {
        Passed::Text => format!("{name}: &str"),
        Passed::Value(ty) => format!("{name}: {}", types::text(ty)),
        Passed::Reference(ty) => format!("{name}: &{}", types::text(ty)),
        Passed::Slice(ty) => format!("{name}: &[{}]", types::text(ty)),
    }
}
