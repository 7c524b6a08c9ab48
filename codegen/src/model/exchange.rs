//! Requests and answers as pages show them.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::content::Content;
use crate::diagnostics::Span;

/// A request that a page shows, with the answers shown after it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Exchange {
    /// The page's path below the root.
    pub page: String,
    /// The request line that it is an example of: the one with its method and path, otherwise the page's first with its
    /// method. `None` where there is none.
    pub line: Option<Span>,
    /// The request; absent for an answer that stands alone.
    pub request: Option<SampleRequest>,
    /// The answers.
    pub responses: Vec<SampleResponse>,
}

/// A request that a page shows.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SampleRequest {
    /// The method, in capitals.
    pub method: String,
    /// The path with a leading slash, without host, version and query.
    pub path: String,
    /// The query as written, without its `?`.
    pub query: Option<String>,
    /// The headers.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub content: Content,
    /// Whether the body is what the tables say.
    pub verdict: Verdict,
    /// The fence.
    pub span: Span,
}

/// An answer that a page shows.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SampleResponse {
    /// The status code.
    pub status: Option<u16>,
    /// The headers.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub content: Content,
    /// Whether the body is what the tables say.
    pub verdict: Verdict,
    /// The fence.
    pub span: Span,
}

/// What comparing a body with its documented type says; empty where the pages do not say what the body holds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verdict {
    /// Whether an object that is documented to be the whole body stands in a property `value` instead, as the items of a
    /// collection do; it is the one that was compared.
    pub wrapped: bool,
    /// The values that are not of their documented types.
    pub contradictions: Vec<Contradiction>,
}

/// A value that is not of its documented type.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contradiction {
    /// Where in the body, as a normalized path (RFC 9535, section 2.7): `$['value'][0]['size']`.
    pub at: String,
    /// What stands there, such as `the text \`5 MB\``.
    pub found: String,
    /// The documented type, such as `Edm.Int64`.
    pub documented: String,
    /// Whether the value stands for a value and is none itself: `{id}`, `String`.
    pub placeholder: bool,
}

/// A key in examples that is no property of its type.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UndeclaredKey {
    /// The qualified name of the type.
    pub ty: String,
    /// The key.
    pub key: String,
    /// How often examples have it.
    pub count: usize,
    /// The first example that has it.
    pub first: Span,
}

impl fmt::Display for Contradiction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            at,
            found,
            documented,
            ..
        } = self;
        write!(f, "at {at} stands {found}, and documented is {documented}")
    }
}
