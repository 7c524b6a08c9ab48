//! What an operation or a type cannot be written in Rust without. Relationships are no need: they are decoded on demand.

use super::{Body, CoreType, Operation, Response, Segment, StructuredType};

/// What a type is to the operation or the type that needs it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need<'a> {
    /// The body.
    Body,
    /// The answer.
    Answer,
    /// A parameter of this name.
    Parameter(&'a str),
    /// The base type.
    Base,
    /// A property of this name.
    Property(&'a str),
}

/// Calls `add` with each type that an operation needs itself, and with what it is to the operation.
pub fn needs_of_operation(operation: &Operation, mut add: impl FnMut(Need<'_>, CoreType)) {
    match &operation.body {
        Body::Value(ty) => add(Need::Body, ty.core),
        Body::Parameters(rows) => {
            for row in rows {
                add(Need::Parameter(&row.name), row.ty.core);
            }
        }
        Body::None | Body::Reference | Body::Binary | Body::Json => {}
    }
    if let Response::Value(ty) = operation.response
        && !is_empty(operation)
    {
        add(Need::Answer, ty.core);
    }
}

/// Whether nothing of the answer's type is read: the answer is empty, or a bare number (OData Protocol 4.01, section
/// 11.2.10).
fn is_empty(operation: &Operation) -> bool {
    let last = operation.path.last().and_then(Segment::literal);
    operation.no_content || last == Some("$count")
}

/// Calls `add` with each type that a type needs itself, and with what it is to the type.
pub fn needs_of_type(ty: &StructuredType, mut add: impl FnMut(Need<'_>, CoreType)) {
    if let Some(base) = ty.base {
        add(Need::Base, CoreType::Structured(base));
    }
    for property in ty.properties.iter().filter(|property| !property.navigation) {
        add(Need::Property(&property.name), property.ty.core);
    }
}

impl std::fmt::Display for Need<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Body => f.write_str("body"),
            Self::Answer => f.write_str("answer"),
            Self::Parameter(name) => write!(f, "parameter `{name}`"),
            Self::Base => f.write_str("base type"),
            Self::Property(name) => write!(f, "property `{name}`"),
        }
    }
}
