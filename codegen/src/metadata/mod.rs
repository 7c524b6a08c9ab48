//! What a service says of itself, in CSDL, against what its pages say.
//!
//! [`Metadata::parse`] reads the XML of `$metadata` (OData CSDL XML 4.01), [`disagreements`] compares it with the model,
//! [`figures`] counts how much of each is in the other, and [`text`] and [`json`] show all of it. Whether a value may be null
//! is not compared, since pages do not say it.

mod compare;
mod diff;
mod figures;
mod index;
mod operations;
mod pairs;
mod read;
mod render;

use crate::model::QualifiedName;

pub use compare::disagreements;
pub use diff::{Disagreement, Kind};
pub use figures::{Figure, figures};
pub use read::MalformedMetadata;
pub use render::{json, text};

/// What a service says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Metadata {
    /// Entity and complex types, in the order of the file.
    pub types: Vec<MetadataType>,
    /// Enums, in the order of the file.
    pub enums: Vec<MetadataEnum>,
    /// Actions and functions, in the order of the file.
    pub operations: Vec<MetadataOperation>,
    /// Entity sets and singletons, which the first segments of paths name.
    pub roots: Vec<MetadataRoot>,
}

/// An entity type or a complex type (CSDL 4.01, sections 6 and 9).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MetadataType {
    /// The name.
    pub name: QualifiedName,
    /// Whether it is an entity type.
    pub entity: bool,
    /// The qualified name of the base type.
    pub base: Option<String>,
    /// Whether it may have properties that are not declared.
    pub open: bool,
    /// Its own properties, without those of the base type.
    pub properties: Vec<MetadataProperty>,
    /// Its line.
    pub line: usize,
}

/// A property or a navigation property.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MetadataProperty {
    /// The name.
    pub name: String,
    /// The type.
    pub ty: MetadataTypeRef,
    /// Whether it is a navigation property.
    pub navigation: bool,
    /// Its line.
    pub line: usize,
}

/// The type of a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MetadataTypeRef {
    /// The qualified name of the type, of each element where it is a collection.
    pub name: String,
    /// Whether it is a collection.
    pub collection: bool,
}

/// An enum (CSDL 4.01, section 10).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MetadataEnum {
    /// The name.
    pub name: QualifiedName,
    /// Whether several members may be combined.
    pub flags: bool,
    /// The members: name, number and line.
    pub members: Vec<(String, i64, usize)>,
    /// Its line.
    pub line: usize,
}

/// An action or a function (CSDL 4.01, section 12).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MetadataOperation {
    /// The name.
    pub name: QualifiedName,
    /// Whether it is a function.
    pub function: bool,
    /// The type that it is bound to.
    pub binding: Option<MetadataTypeRef>,
    /// The parameters without that of the binding: names and types.
    pub parameters: Vec<(String, MetadataTypeRef)>,
    /// Its line.
    pub line: usize,
}

/// An entity set or a singleton (CSDL 4.01, section 13).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MetadataRoot {
    /// The name.
    pub name: String,
    /// The type, which is a collection for an entity set.
    pub ty: MetadataTypeRef,
}
