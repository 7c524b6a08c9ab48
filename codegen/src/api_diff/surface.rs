//! The public items of a crate, as data.

use std::collections::{BTreeMap, BTreeSet};

use thiserror::Error;

use super::{listing, rustdoc};
use crate::tree::OutputTree;

/// The folder of the listings in a written crate.
pub(super) const LISTINGS: &str = "api/";

/// The public items of a crate.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Surface {
    /// The items by what names them.
    pub items: BTreeMap<Key, Item>,
    /// Whether documentation and descriptions of operations were read: where they were not, they are not compared.
    pub documented: bool,
}

/// What names an item: a module and a function may have one path.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key {
    /// The path as the listing has it: `users::get`, `models::User`, `models::User.city`, `models::BodyType::Text`.
    pub path: String,
    /// Among what the path is unique.
    pub space: Space,
}

/// What paths are unique in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Space {
    /// Modules.
    Module,
    /// Structs and enums.
    Type,
    /// Fields of structs and variants of enums.
    Member,
    /// Request functions.
    Function,
}

/// A public item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// What it is.
    pub kind: Kind,
    /// Its line of the listing.
    pub line: String,
    /// The features of which one has to be on; empty where it is always there.
    pub features: BTreeSet<String>,
    /// The name of its constant or static, where the item's own name does not give it away.
    pub constant: Option<String>,
    /// Its documentation, line by line.
    pub doc: Vec<String>,
    /// Whether it is marked as deprecated.
    pub deprecated: bool,
    /// Whether it is an enum that a `match` in another crate cannot list in full: `#[non_exhaustive]`.
    pub non_exhaustive: bool,
}

/// What an item is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A module. One whose path is a single word is an area, and a feature of the crate.
    Module,
    /// A struct.
    Struct {
        /// The name of the type in JSON.
        wire: String,
        /// Whether `@odata.type` is written for it.
        derived: bool,
    },
    /// An enum.
    Enum {
        /// The name of the type in JSON.
        wire: String,
    },
    /// A field of a struct.
    Field(Field),
    /// A variant of an enum: its text in JSON, none for the variant that keeps unknown text.
    Variant(Option<String>),
    /// A request function.
    Function(Function),
}

/// A field of a struct.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// The type, whole: `Option<String>`.
    pub ty: String,
    /// The name of the property in JSON; none for the field that keeps undeclared properties.
    pub wire: Option<String>,
}

/// A request function.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Function {
    /// What it takes.
    pub parameters: Vec<Parameter>,
    /// What its request is answered with.
    pub returns: String,
    /// The HTTP method.
    pub method: String,
    /// The template of the path, whose placeholders are named as the parameters.
    pub path: String,
    /// What its static says, where the sources were read.
    pub description: Option<Description>,
}

/// A parameter of a function.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parameter {
    /// Its name.
    pub name: String,
    /// Its type.
    pub ty: String,
}

/// What the static of an operation says beside method and path.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Description {
    /// The version segment of addresses.
    pub version: String,
    /// The status codes that the page documents.
    pub success: Vec<u16>,
    /// The permissions by the name of their kind, from least to most privileged.
    pub permissions: BTreeMap<String, Vec<String>>,
    /// The address of the documentation.
    pub documentation: String,
    /// The page that the operation was read from.
    pub page: String,
}

/// Why files have no surface.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum SurfaceError {
    /// There is no listing among the files.
    #[error("no listing in api/: this is no crate that `codegen` wrote")]
    NoListing,
    /// A listing does not begin as this generator begins them.
    #[error("{file}:1: expected the header of a generated listing, found `{found}`")]
    NotGenerated {
        /// The listing.
        file: String,
        /// Its first line.
        found: String,
    },
    /// A line of a listing is none.
    #[error("{file}:{line}: expected {expected}, found `{found}`")]
    Line {
        /// The listing.
        file: String,
        /// The line, from one.
        line: usize,
        /// What it should be.
        expected: &'static str,
        /// The line.
        found: String,
    },
    /// A file of Rust cannot be parsed.
    #[error("{file}: expected Rust: {message}")]
    Source {
        /// The file.
        file: String,
        /// What the parser says.
        message: String,
    },
}

impl Surface {
    /// The surface of a written crate: its items from the listings `api/*.txt`, their documentation and what the statics
    /// of operations say from `src/**/*.rs`, where there are any.
    ///
    /// # Errors
    ///
    /// There is no listing, a line of one cannot be read, or a source file is not Rust.
    pub fn read(tree: &OutputTree) -> Result<Self, SurfaceError> {
        let mut surface = Self::default();
        let mut found = false;
        for (file, text) in &tree.files {
            let name = file.strip_prefix(LISTINGS);
            if name.is_some_and(|name| name.ends_with(".txt") && !name.contains('/')) {
                found = true;
                listing::read(file, text, &mut surface.items)?;
            }
        }
        if !found {
            return Err(SurfaceError::NoListing);
        }
        rustdoc::read(tree, &mut surface)?;
        Ok(surface)
    }
}

impl Key {
    /// A key of a path in a space.
    #[must_use]
    pub fn new(path: impl Into<String>, space: Space) -> Self {
        Self {
            path: path.into(),
            space,
        }
    }

    /// The path of what the item is in: the type of a member, the module of everything else.
    #[must_use]
    pub fn parent(&self) -> &str {
        let end = self.path.rfind(['.', ':']).unwrap_or(0);
        self.path[..end].trim_end_matches(':')
    }

    /// The last name of the path.
    #[must_use]
    pub fn name(&self) -> &str {
        self.path.rsplit(['.', ':']).next().unwrap_or_default()
    }

    /// The first name of the path: the area, or `models`.
    #[must_use]
    pub fn area(&self) -> &str {
        self.path.split([':', '.']).next().unwrap_or_default()
    }
}
