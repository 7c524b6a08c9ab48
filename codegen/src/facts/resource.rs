//! Facts about types: properties, relationships, enums.

use crate::diagnostics::{Span, Spanned};
use crate::prose::Prose;

/// A type that a page documents.
#[derive(Clone, Debug)]
pub struct ResourceFacts {
    /// The name that the title gives, such as `message` of `message resource type`.
    pub title_name: Option<Spanned<String>>,
    /// The qualified name of the resource block's comment or of the JSON's `@odata.type`.
    pub odata_type: Option<Spanned<String>>,
    /// The base type, where the page names one.
    pub base: Option<BaseFacts>,
    /// The name of the key property, where the comment names one.
    pub key: Option<String>,
    /// Whether the page says that the type is open.
    pub open: bool,
    /// Whether the page says that the type is abstract.
    pub is_abstract: bool,
    /// The rows of properties and relationships.
    pub properties: Vec<PropertyFacts>,
    /// The keys of the JSON representation.
    pub json: Vec<(String, JsonShape)>,
    /// The JSON representation.
    pub json_span: Option<Span>,
    /// Where the type is documented.
    pub span: Span,
}

/// The base type as the page names it.
#[derive(Clone, Debug)]
pub struct BaseFacts {
    /// The name.
    pub name: TypeName,
    /// Where.
    pub span: Span,
}

/// A row of a Properties or Relationships table.
#[derive(Clone, Debug)]
pub struct PropertyFacts {
    /// The name on the wire, without markup and notes such as `(deprecated)`.
    pub name: Spanned<String>,
    /// The type cell as written.
    pub type_text: Spanned<String>,
    /// The type cell as it reads; `None` where it cannot be read.
    pub type_name: Option<TypeName>,
    /// The description.
    pub description: Prose,
    /// Whether it is a relationship.
    pub navigation: bool,
    /// The values that the description lists as possible.
    pub values: Vec<String>,
    /// Whether the page says that several values may be combined.
    pub flags: bool,
    /// The type that the row says it is inherited from.
    pub inherited_from: Option<TypeName>,
    /// Whether the row says that the property is deprecated.
    pub deprecated: bool,
}

/// A type as a page names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypeName {
    /// The name: `String`, `microsoft.graph.user`, or a link's text.
    pub name: String,
    /// Where the name links to.
    pub target: Option<String>,
    /// Whether it is a collection.
    pub collection: bool,
}

/// What a key of a JSON representation holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JsonShape {
    /// The type that its placeholder names, such as `String` or `microsoft.graph.identitySet`.
    pub name: Option<String>,
    /// Whether it is an array.
    pub collection: bool,
}

/// A row of the table in which the page of a type lists operations.
#[derive(Clone, Debug)]
pub struct MethodFacts {
    /// The operation's name.
    pub name: Spanned<String>,
    /// The page that it links to.
    pub target: Option<String>,
    /// What the table says that it answers; `None` where that is no type, such as a request line.
    pub returns: Option<TypeName>,
    /// The description.
    pub description: Prose,
}

/// An enum that a table lists.
#[derive(Clone, Debug)]
pub struct EnumFacts {
    /// The name.
    pub name: Spanned<String>,
    /// The namespace, where a resource block names one.
    pub namespace: Option<String>,
    /// The anchor of its heading, as links name it, and empty where the page is about this enum alone.
    pub anchor: String,
    /// The members.
    pub members: Vec<MemberFacts>,
    /// Whether the page says that several values may be combined.
    pub flags: bool,
    /// What the page says about it.
    pub description: Prose,
}

/// A row of an enum's table.
#[derive(Clone, Debug)]
pub struct MemberFacts {
    /// The name on the wire.
    pub name: Spanned<String>,
    /// The number, where a column holds one.
    pub number: Option<i64>,
    /// The description.
    pub description: Prose,
}
