//! What decided on the body and the answer of an operation, for those who ask why.

use serde::{Deserialize, Serialize};

use crate::diagnostics::Span;

/// What decided on the body and on the answer of an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decided {
    /// What decided on the body.
    pub body: Evidence,
    /// What decided on the answer.
    pub response: Evidence,
}

/// What a page decided something by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Evidence {
    /// The method, or the end of the path: OData says what it means.
    Protocol,
    /// The JSON comment of an example.
    Comment(Span),
    /// The JSON of an example, or that it shows none.
    Example(Span),
    /// The row of a header: it names media types, and none of them is JSON.
    Header(Span),
    /// The text of the section on it.
    Text,
    /// The rows of the body's table, from the first.
    Rows(Span),
    /// What is answered: the examples, of which this is the first, send its properties.
    Answered(Option<Span>),
    /// What `GET` reads at the same path: the examples, of which this is the first, send its properties.
    Addressed(Option<Span>),
    /// What is sent: it is answered as well.
    Sent,
    /// The table of operations on the page of a type.
    Listed,
    /// A correction.
    Correction,
    /// Nothing on the page says it.
    Nothing,
}
