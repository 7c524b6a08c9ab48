//! Facts about operations: request lines, permissions, parameters, bodies, responses, examples.

use super::{PropertyFacts, Stated, TypeName};
use crate::content::Content;
use crate::diagnostics::{Span, Spanned};
use crate::prose::Prose;

/// What a page, or a task of a page, says about an operation.
#[derive(Clone, Debug)]
pub struct OperationFacts {
    /// The heading of the task, on pages that document several.
    pub task: Option<String>,
    /// The section of the task, as [`ExampleFacts::task`] names it.
    pub task_section: Option<usize>,
    /// The request lines.
    pub requests: Vec<RequestLine>,
    /// The permissions.
    pub permissions: PermissionFacts,
    /// The parameters of tables about the URL: query, path and function parameters.
    pub parameters: Vec<ParameterFacts>,
    /// The headers.
    pub headers: Vec<ParameterFacts>,
    /// The OData query options that the page says are supported, such as `$select`.
    pub query_options: Vec<String>,
    /// The request body.
    pub body: BodyFacts,
    /// The response.
    pub response: ResponseFacts,
}

/// A line of an HTTP request block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestLine {
    /// The method, in capitals.
    pub method: String,
    /// The path with a leading slash, without host, version and query; otherwise as written.
    pub path: String,
    /// The query as written, without its `?`.
    pub query: Option<String>,
    /// The API version that a full URL names.
    pub version: Option<String>,
    /// The line.
    pub span: Span,
}

/// The permissions of an operation, by kind, in the order of the page from least to most privileged.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PermissionFacts {
    /// Delegated, with a work or school account.
    pub delegated_work: Vec<String>,
    /// Delegated, with a personal account.
    pub delegated_personal: Vec<String>,
    /// Application.
    pub application: Vec<String>,
    /// Of the three kinds in this order, those without permissions of which a cell says that they are not supported.
    pub unsupported: [bool; 3],
    /// Of the three kinds in this order, the sets of permissions of which any one is enough, as in
    /// `Policy.Read.All and Application.Read.All, Directory.Read.All`. Empty where any one permission is enough.
    pub alternatives: [Vec<Vec<String>>; 3],
    /// Whether the page has more than one row or table for a kind, or words in the cells: the permissions then depend on
    /// what the request is about, and which permission goes with which request stands in words.
    pub conditional: bool,
}

/// A parameter or a header.
#[derive(Clone, Debug)]
pub struct ParameterFacts {
    /// The name.
    pub name: Spanned<String>,
    /// The type, where the table has a column for it.
    pub type_name: Option<TypeName>,
    /// The description.
    pub description: Prose,
    /// The values that the description lists as possible.
    pub values: Vec<String>,
}

/// What a page says about the request body.
#[derive(Clone, Debug, Default)]
pub struct BodyFacts {
    /// Whether the page says that there is none.
    pub none: bool,
    /// The types that its prose links to, in order.
    pub links: Vec<TypeName>,
    /// Whether its prose calls the rows parameters of an action.
    pub parameters: bool,
    /// Whether its prose calls it binary content.
    pub binary: bool,
    /// The rows of its tables.
    pub properties: Vec<PropertyFacts>,
    /// What a correction says of it.
    pub stated: Option<Stated>,
}

/// What a page says about the response.
#[derive(Clone, Debug, Default)]
pub struct ResponseFacts {
    /// The success codes of the prose.
    pub statuses: Vec<Spanned<u16>>,
    /// The types that its prose names, in order.
    pub links: Vec<TypeName>,
    /// Whether its prose says that there is nothing in the body.
    pub none: bool,
    /// Whether its prose calls it binary content.
    pub binary: bool,
    /// What a correction says of it.
    pub stated: Option<Stated>,
}

/// The direction of an example.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExampleDirection {
    /// A request.
    Request,
    /// A response.
    Response,
}

/// The first line of a request that is shown in full.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShownRequest {
    /// The method, in capitals.
    pub method: String,
    /// The URL as written.
    pub url: String,
    /// Its path with a leading slash, without host, version and query.
    pub path: String,
    /// Its query as written, without its `?`.
    pub query: Option<String>,
}

/// A request or response shown in full.
#[derive(Clone, Debug)]
pub struct ExampleFacts {
    /// Which of the two.
    pub direction: ExampleDirection,
    /// The task that it stands under, on pages that document several.
    pub task: Option<usize>,
    /// What a request asks for.
    pub request: Option<ShownRequest>,
    /// The status code of a response.
    pub status: Option<u16>,
    /// The headers.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub content: Content,
    /// The `@odata.type` of the block's comment.
    pub annotated_type: Option<String>,
    /// Whether the block's comment says that the body is a collection.
    pub annotated_collection: bool,
    /// Whether the block is marked as to be ignored.
    pub ignored: bool,
    /// The fence.
    pub span: Span,
}
