//! What the pages say, as they say it: one value per page, every leaf with its place.
//!
//! Nothing is looked up here and nothing is corrected: a type is the text of its cell, a path is the path as written.

mod accounting;
mod correction;
mod operation;
mod resource;
mod text_form;

use crate::diagnostics::{PageId, Spanned};
use crate::prose::Prose;
pub use accounting::{Accounting, Tally};
pub use correction::{AppliedCorrection, Stated};
pub use operation::{
    BodyFacts, ExampleDirection, ExampleFacts, OperationFacts, ParameterFacts, PermissionFacts,
    RequestLine, ResponseFacts, ShownRequest,
};
pub use resource::{
    BaseFacts, EnumFacts, JsonShape, MemberFacts, MethodFacts, PropertyFacts, ResourceFacts,
    TypeName,
};
pub use text_form::{FactItem, FactLine, FactPlace, fact_lines, text_form};

/// The facts of a tree.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// The API version that the tree's folder says, such as `v1.0`.
    pub version: Option<String>,
    /// One entry for each page that is read on its own, in the order of the corpus.
    pub pages: Vec<PageFacts>,
    /// How many rows, lines, cells, lists and fences there are, and what became of them.
    pub accounting: Accounting,
    /// The corrections that were applied, in the order of their file.
    pub corrections: Vec<AppliedCorrection>,
}

/// The facts of one page.
#[derive(Clone, Debug)]
pub struct PageFacts {
    /// The page.
    pub page: PageId,
    /// Its path below the root.
    pub path: String,
    /// The title without a note glued to it.
    pub title: Option<Spanned<String>>,
    /// The text of the `Namespace:` line.
    pub namespace: Option<Spanned<String>>,
    /// The first paragraph that describes the page's subject.
    pub summary: Prose,
    /// The types that the summary links to.
    pub subjects: Vec<TypeName>,
    /// The API version in the URLs of the page's request lines or examples.
    pub version: Option<String>,
    /// The types that the page documents.
    pub resources: Vec<ResourceFacts>,
    /// The enums that the page documents by tables.
    pub enums: Vec<EnumFacts>,
    /// The operations, one for each task of the page.
    pub operations: Vec<OperationFacts>,
    /// The operations that the page of a type lists.
    pub methods: Vec<MethodFacts>,
    /// Requests and responses shown in full.
    pub examples: Vec<ExampleFacts>,
}

impl PageFacts {
    /// Whether nothing on the page is about a type, an enum or an operation.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.resources.is_empty() && self.enums.is_empty() && self.operations.is_empty()
    }
}
