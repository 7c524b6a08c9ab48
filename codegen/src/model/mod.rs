//! What the service is, put together from all pages: types, enums and operations that know each other.

mod evidence;
mod exchange;
mod extent;
mod interchange;
pub(crate) mod matching;
mod needs;
mod path;
mod permissions;
mod saved;

pub use evidence::{Decided, Evidence};
pub use exchange::{
    Contradiction, Exchange, SampleRequest, SampleResponse, UndeclaredKey, Verdict,
};
pub use extent::Extent;
pub use interchange::interchange;
pub use matching::matched;
pub use needs::{Need, needs_of_operation, needs_of_type};
pub use path::{ELISION, Part, Segment, normalized, path_text};
pub use permissions::{PermissionKind, Permissions};
pub use saved::{NotAModel, load, save};

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::diagnostics::Span;
use crate::prose::{Attribution, Prose};

/// A type in [`Api::types`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct TypeId(pub u32);

/// An enum in [`Api::enums`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct EnumId(pub u32);

impl TypeId {
    /// The id of the type at `index` of [`Api::types`].
    #[must_use]
    pub fn at(index: usize) -> Self {
        Self(u32::try_from(index).unwrap_or(u32::MAX))
    }
}

impl EnumId {
    /// The id of the enum at `index` of [`Api::enums`].
    #[must_use]
    pub fn at(index: usize) -> Self {
        Self(u32::try_from(index).unwrap_or(u32::MAX))
    }
}

/// The whole service.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Api {
    /// Entity and complex types, sorted by qualified name.
    pub types: Vec<StructuredType>,
    /// Enums, sorted by qualified name.
    pub enums: Vec<EnumType>,
    /// Operations, sorted by page and by place on it.
    pub operations: Vec<Operation>,
    /// The requests and answers that pages show, sorted by page and by place on it.
    pub exchanges: Vec<Exchange>,
    /// The keys of examples that no table has, sorted by type and key.
    pub undeclared: Vec<UndeclaredKey>,
    /// The paths of the pages, by id.
    pub pages: Vec<String>,
    /// Whom to name where the pages' text is passed on.
    pub attribution: Option<Attribution>,
}

/// A namespace and a name in it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct QualifiedName {
    /// Such as `microsoft.graph.callRecords`.
    pub namespace: String,
    /// Such as `callRecord`.
    pub name: String,
}

impl std::fmt::Display for QualifiedName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}", self.namespace, self.name)
    }
}

/// An entity type or a complex type (CSDL 4.01, sections 6 and 9).
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct StructuredType {
    /// The name on the wire.
    pub name: QualifiedName,
    /// Whether instances have a key.
    pub entity: bool,
    /// The base type.
    pub base: Option<TypeId>,
    /// Whether it may have properties that are not declared.
    pub open: bool,
    /// Whether only derived types have instances.
    pub is_abstract: bool,
    /// Its own properties, without those of the base type.
    pub properties: Vec<Property>,
    /// The names of the relationships that a selection left out, because they lead to types that are left out.
    pub left_out: Vec<String>,
    /// What the pages say about it.
    pub doc: Prose,
    /// Where it is documented, first place first.
    pub origins: Vec<Span>,
}

/// A property or a relationship (a navigation property in CSDL).
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Property {
    /// The name on the wire.
    pub name: String,
    /// The type.
    pub ty: TypeRef,
    /// Whether it is a relationship.
    pub navigation: bool,
    /// The values that its row lists, where its type is text.
    pub values: Vec<String>,
    /// Whether the page marks it as deprecated.
    pub deprecated: bool,
    /// The description.
    pub doc: Prose,
    /// Where.
    pub origin: Span,
}

/// The type of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TypeRef {
    /// The type of the value, or of each element of a collection.
    pub core: CoreType,
    /// Whether it is a collection.
    pub collection: bool,
}

/// A type without its collection-ness.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum CoreType {
    /// A primitive type.
    Primitive(Primitive),
    /// An entity or complex type.
    Structured(TypeId),
    /// An enum.
    Enum(EnumId),
    /// Any JSON: `object`, `Json`, or a type that no page documents.
    Json,
}

/// Declares the primitive types of CSDL 4.01, section 4.4, that the pages use.
macro_rules! primitives {
    ($($name:ident = $edm:literal;)+) => {
        /// A primitive type of OData (CSDL 4.01, section 4.4).
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum Primitive {
            $(#[doc = concat!("`", $edm, "`")] $name,)+
        }

        impl Primitive {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$name,)+];

            /// The name with its `Edm.` prefix.
            #[must_use]
            pub fn edm(self) -> &'static str {
                match self {
                    $(Self::$name => $edm,)+
                }
            }
        }
    };
}

primitives! {
    Binary = "Edm.Binary";
    Boolean = "Edm.Boolean";
    Byte = "Edm.Byte";
    Date = "Edm.Date";
    DateTimeOffset = "Edm.DateTimeOffset";
    Decimal = "Edm.Decimal";
    Double = "Edm.Double";
    Duration = "Edm.Duration";
    Guid = "Edm.Guid";
    Int16 = "Edm.Int16";
    Int32 = "Edm.Int32";
    Int64 = "Edm.Int64";
    SByte = "Edm.SByte";
    Single = "Edm.Single";
    Stream = "Edm.Stream";
    String = "Edm.String";
    TimeOfDay = "Edm.TimeOfDay";
}

/// An enum type (CSDL 4.01, section 10).
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct EnumType {
    /// The name on the wire.
    pub name: QualifiedName,
    /// Whether several members may be combined.
    pub flags: bool,
    /// The members in the order of the page.
    pub members: Vec<Member>,
    /// What the page says about it.
    pub doc: Prose,
    /// Where it is documented.
    pub origins: Vec<Span>,
}

/// A member of an enum.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Member {
    /// The name on the wire.
    pub name: String,
    /// The number that the name stands for, where the page gives one.
    pub number: Option<i64>,
    /// The description.
    pub doc: Prose,
}

/// One request line of a page.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Operation {
    /// The page's path below the root.
    pub page: String,
    /// The page's title, or the heading of the task.
    pub title: String,
    /// The method, in capitals.
    pub method: String,
    /// The API version, such as `v1.0`.
    pub version: String,
    /// The path.
    pub path: Vec<Segment>,
    /// The query of the request line: names with literal text or placeholders.
    pub query: Vec<(String, String)>,
    /// The arguments that pages name for functions and queries.
    pub parameters: Vec<Parameter>,
    /// The arguments of a function whose request line leaves them out, in their order.
    pub call: Vec<Parameter>,
    /// The body.
    pub body: Body,
    /// The answer.
    pub response: Response,
    /// Whether the page itself shows that the answer is a collection, of whatever type, or that it is not.
    pub many: Option<bool>,
    /// What decided on the two.
    pub decided: Decided,
    /// Whether the page says or shows that the answer is empty, even where it names a type.
    pub no_content: bool,
    /// The success codes, as the page has them.
    pub statuses: Vec<u16>,
    /// The permissions.
    pub permissions: Permissions,
    /// The OData query options that the page says are supported.
    pub query_options: Vec<String>,
    /// The request headers that the page lists, with what it says about each.
    pub headers: Vec<(String, Prose)>,
    /// What the page says the operation does.
    pub doc: Prose,
    /// The request line.
    pub origin: Span,
}

/// An argument that a page names.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Parameter {
    /// The name on the wire.
    pub name: String,
    /// The type, where the page has a column for it.
    pub ty: Option<TypeRef>,
    /// The description.
    pub doc: Prose,
}

/// What an operation sends.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Body {
    /// Nothing.
    None,
    /// A value of a type.
    Value(TypeRef),
    /// The parameters of an action, as a JSON object.
    Parameters(Vec<Property>),
    /// A reference to an entity: `{"@odata.id": url}` (OData JSON 4.01, section 14).
    Reference,
    /// Bytes.
    Binary,
    /// JSON that the page does not describe.
    Json,
}

/// What an operation answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Response {
    /// Nothing, or nothing to read.
    None,
    /// A value; a collection is a page of values.
    Value(TypeRef),
    /// Bytes, or a redirection to them.
    Binary,
    /// JSON that the page does not describe.
    Json,
}

impl Api {
    /// The type of an id.
    #[must_use]
    pub fn structured(&self, id: TypeId) -> &StructuredType {
        &self.types[id.0 as usize]
    }

    /// The enum of an id.
    #[must_use]
    pub fn enumeration(&self, id: EnumId) -> &EnumType {
        &self.enums[id.0 as usize]
    }

    /// The operations of each page.
    #[must_use]
    pub fn operations_by_page(&self) -> BTreeMap<&str, Vec<&Operation>> {
        let mut pages: BTreeMap<&str, Vec<&Operation>> = BTreeMap::new();
        for operation in &self.operations {
            pages.entry(&operation.page).or_default().push(operation);
        }
        pages
    }

    /// The qualified name of a type without its collection-ness; `Json` for what no page describes.
    #[must_use]
    pub fn core_name(&self, core: CoreType) -> String {
        match core {
            CoreType::Primitive(primitive) => primitive.edm().to_owned(),
            CoreType::Structured(id) => self.structured(id).name.to_string(),
            CoreType::Enum(id) => self.enumeration(id).name.to_string(),
            CoreType::Json => "Json".to_owned(),
        }
    }

    /// The type and its base types, nearest first. A chain that runs in a circle ends before it repeats.
    #[must_use]
    pub fn base_chain(&self, id: TypeId) -> Vec<TypeId> {
        let mut chain = vec![id];
        let mut at = id;
        while let Some(base) = self.structured(at).base {
            if chain.contains(&base) {
                break;
            }
            chain.push(base);
            at = base;
        }
        chain
    }
}
