//! The Rust crate to be written: every name, module, feature and signature is decided here, nothing is printed.

use std::fmt;

use super::ident::RustIdent;
use crate::content::Content;
use crate::diagnostics::Span;

/// A crate.
#[derive(Clone, Debug)]
pub struct CratePlan {
    /// The package's name.
    pub package: String,
    /// How the package finds the runtime: the value of its dependency in `Cargo.toml`, such as `{ path = "../runtime" }`.
    pub runtime: String,
    /// What the code is a part of.
    pub form: Form,
    /// Where the service answers.
    pub base_url: String,
    /// What an application asks a token provider for, unless it knows better.
    pub scopes: Vec<String>,
    /// What the crate's front page says; lines of markdown.
    pub doc: Vec<String>,
    /// The licence, as `Cargo.toml` has it: an expression of SPDX.
    pub licence: String,
    /// The lines of the file `NOTICE`; without lines there is none.
    pub notice: Vec<String>,
    /// The request modules, one for each area; each is behind the feature of its own name.
    pub areas: Vec<ModulePlan>,
    /// The models.
    pub models: Vec<ModelPlan>,
    /// The modules of `models` beside its root, such as `call_records`, with their documentation.
    pub namespaces: Vec<NamespacePlan>,
}

/// What the code is a part of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Form {
    /// A package of its own.
    #[default]
    Package,
    /// A package that is a member of this workspace: its manifest is without what makes others a workspace of their own.
    Member,
    /// A module of another crate, which includes the root file in it. All of it is wanted there, so that nothing is behind
    /// a feature.
    Module(Module),
}

/// A module of another crate.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Module {
    /// Its path below `crate`; empty for the root.
    pub path: Vec<RustIdent>,
    /// Where the code finds the runtime.
    pub runtime: RuntimePath,
    /// Whether the examples of the pages go with the code.
    pub examples: bool,
}

/// The path of a module that is the runtime, or re-exports all of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuntimePath {
    /// Whether the path begins at `crate`.
    pub in_crate: bool,
    /// Its names.
    pub names: Vec<RustIdent>,
}

impl fmt::Display for RuntimePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let start = self.in_crate.then_some("crate");
        let names = self.names.iter().map(RustIdent::as_str);
        let path: Vec<&str> = start.into_iter().chain(names).collect();
        f.write_str(&path.join("::"))
    }
}

impl Default for RuntimePath {
    fn default() -> Self {
        Self {
            in_crate: false,
            names: vec![RustIdent::new("graph_runtime")],
        }
    }
}

impl Form {
    /// The path of the module that holds all, below `crate`.
    #[must_use]
    pub fn root(&self) -> &[RustIdent] {
        match self {
            Self::Package | Self::Member => &[],
            Self::Module(module) => &module.path,
        }
    }

    /// Where the code finds the runtime.
    #[must_use]
    pub fn runtime(&self) -> RuntimePath {
        match self {
            Self::Package | Self::Member => RuntimePath::default(),
            Self::Module(module) => module.runtime.clone(),
        }
    }
}

/// A module of `models` for a namespace below the service's own.
#[derive(Clone, Debug)]
pub struct NamespacePlan {
    /// The module.
    pub ident: RustIdent,
    /// Lines of markdown.
    pub doc: Vec<String>,
}

/// A module of request functions.
#[derive(Clone, Debug)]
pub struct ModulePlan {
    /// The module's name.
    pub ident: RustIdent,
    /// Lines of markdown.
    pub doc: Vec<String>,
    /// The types of action parameters.
    pub bodies: Vec<StructPlan>,
    /// The functions.
    pub operations: Vec<OperationPlan>,
    /// The modules in it.
    pub children: Vec<ModulePlan>,
}

impl CratePlan {
    /// The functions of all areas, each with its path, such as `users::messages::list`.
    pub fn functions(&self) -> impl Iterator<Item = (String, &OperationPlan)> {
        self.areas.iter().flat_map(ModulePlan::functions)
    }
}

impl ModulePlan {
    /// The functions of an area and of the modules in it, each with its path.
    #[must_use]
    pub fn functions(&self) -> Vec<(String, &OperationPlan)> {
        let mut functions = Vec::new();
        self.add_functions("", &mut functions);
        functions
    }

    fn add_functions<'a>(&'a self, parent: &str, functions: &mut Vec<(String, &'a OperationPlan)>) {
        let path = format!("{parent}{}::", self.ident);
        for operation in &self.operations {
            functions.push((format!("{path}{}", operation.ident), operation));
        }
        for child in &self.children {
            child.add_functions(&path, functions);
        }
    }
}

/// A type of `models`.
#[derive(Clone, Debug)]
pub struct ModelPlan {
    /// The module of `models` that it is in, where it has a namespace of its own.
    pub namespace: Option<RustIdent>,
    /// The module of its file; the item is re-exported from the module above.
    pub module: RustIdent,
    /// The page that documents it.
    pub page: String,
    /// The features of which one has to be on; none where it is there without any.
    pub features: Vec<RustIdent>,
    /// The item.
    pub item: ModelItem,
}

/// What a model is.
#[derive(Clone, Debug)]
pub enum ModelItem {
    /// A struct.
    Struct(StructPlan),
    /// An enum.
    Enum(EnumPlan),
}

/// A struct.
#[derive(Clone, Debug)]
pub struct StructPlan {
    /// The name.
    pub ident: RustIdent,
    /// The qualified name on the wire.
    pub wire: String,
    /// Whether `@odata.type` has to be written.
    pub derived: bool,
    /// Lines of markdown.
    pub doc: Vec<String>,
    /// The fields, inherited ones first.
    pub fields: Vec<FieldPlan>,
    /// The name of the field that keeps what is not declared.
    pub additional: RustIdent,
}

/// A field. Its type is always an `Option` of `ty`.
#[derive(Clone, Debug)]
pub struct FieldPlan {
    /// The name.
    pub ident: RustIdent,
    /// The associated constant of type `Field<Self>`.
    pub constant: RustIdent,
    /// The name on the wire.
    pub wire: String,
    /// The type, without the `Option` around it.
    pub ty: RustType,
    /// The features of which one has to be on; none where the field is there whenever its struct is.
    pub features: Vec<RustIdent>,
    /// Lines of markdown.
    pub doc: Vec<String>,
}

/// An enum that keeps text that it does not know.
#[derive(Clone, Debug)]
pub struct EnumPlan {
    /// The name.
    pub ident: RustIdent,
    /// The qualified name on the wire.
    pub wire: String,
    /// Lines of markdown.
    pub doc: Vec<String>,
    /// The variants.
    pub variants: Vec<VariantPlan>,
    /// The variant that holds unknown text.
    pub unknown: RustIdent,
}

/// A variant.
#[derive(Clone, Debug)]
pub struct VariantPlan {
    /// The name.
    pub ident: RustIdent,
    /// The text on the wire.
    pub wire: String,
    /// Lines of markdown.
    pub doc: Vec<String>,
}

/// A type in a field, an argument or an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RustType {
    /// `()`.
    Unit,
    /// `bool`.
    Bool,
    /// A number of the language, by its name: `i32`, `f64`, …
    Number(&'static str),
    /// `String`.
    String,
    /// A type of the runtime, by its name: `DateTimeOffset`, `Guid`, `Json`, `Bytes`, …
    Runtime(&'static str),
    /// A type of `models`.
    Model(ModelPath),
    /// A struct of the same module.
    Local(RustIdent),
    /// `Vec`.
    Vec(Box<RustType>),
    /// `Box`, where a type would hold itself.
    Boxed(Box<RustType>),
    /// A generic type of the runtime, by its name: `Related`, `Flags`, `Page`, `Scalar`.
    Generic(&'static str, Box<RustType>),
}

/// A type of `models`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ModelPath {
    /// The module of its namespace.
    pub namespace: Option<RustIdent>,
    /// The type.
    pub ident: RustIdent,
}

/// A request function and its `Operation`.
#[derive(Clone, Debug)]
pub struct OperationPlan {
    /// The function.
    pub ident: RustIdent,
    /// The static.
    pub constant: RustIdent,
    /// Lines of markdown.
    pub doc: Vec<String>,
    /// The method, in capitals.
    pub method: String,
    /// The API version, such as `v1.0`.
    pub version: String,
    /// The path template of the runtime, filled by `arguments` in their order.
    pub path: String,
    /// The arguments of the function.
    pub arguments: Vec<ArgumentPlan>,
    /// The body.
    pub body: BodyPlan,
    /// What the request resolves to.
    pub returns: RustType,
    /// The documented success codes.
    pub success: Vec<u16>,
    /// The permissions by kind: delegated work, delegated personal, application.
    pub permissions: [Vec<String>; 3],
    /// The public address of the page; empty where it has none.
    pub documentation: String,
    /// The page below the documentation folder.
    pub page: String,
    /// The request lines that it stands for, on one page or several.
    pub origins: Vec<Span>,
    /// The OData query options that the page says are supported, such as `$select`.
    pub query_options: Vec<String>,
    /// The examples of the pages.
    pub exchanges: Vec<ExchangePlan>,
}

/// A request that a page shows, with the answers shown after it.
#[derive(Clone, Debug)]
pub struct ExchangePlan {
    /// The page below the documentation folder.
    pub page: String,
    /// Whether it shows the request of another function of the page, whose bodies are the same.
    pub shared: bool,
    /// The request; absent for answers that stand alone.
    pub request: Option<RequestSample>,
    /// The answers.
    pub responses: Vec<ResponseSample>,
}

/// A request that a page shows, as arguments of the function and what is set beside them.
#[derive(Clone, Debug)]
pub struct RequestSample {
    /// The path below the version, as the page shows it.
    pub path: String,
    /// The arguments in their order; absent where the page shows another request than those that it documents.
    pub arguments: Option<Vec<String>>,
    /// The query, names and values decoded.
    pub query: Vec<(String, String)>,
    /// The headers.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub content: Content,
    /// Where the body contradicts the tables, one sentence each.
    pub contradictions: Vec<String>,
    /// Whether all that contradicts the tables stands for a value and is none: `{id}`, `String`.
    pub placeholders: bool,
    /// The fence.
    pub span: Span,
}

/// An answer that a page shows.
#[derive(Clone, Debug)]
pub struct ResponseSample {
    /// The status code.
    pub status: Option<u16>,
    /// The headers.
    pub headers: Vec<(String, String)>,
    /// The body; of one that stands in `value` against the documentation, what stands there.
    pub content: Content,
    /// Whether it stands there.
    pub wrapped: bool,
    /// Where the body contradicts the tables, one sentence each.
    pub contradictions: Vec<String>,
    /// Whether all that contradicts the tables stands for a value and is none: `{id}`, `String`.
    pub placeholders: bool,
    /// The fence.
    pub span: Span,
}

/// An argument that fills a placeholder of the path.
#[derive(Clone, Debug)]
pub struct ArgumentPlan {
    /// The name.
    pub ident: RustIdent,
    /// The type: text is taken as `&str`, `bool` and numbers by value.
    pub ty: RustType,
}

/// The body of a request function.
#[derive(Clone, Debug)]
pub enum BodyPlan {
    /// No argument.
    None,
    /// An argument by reference, sent as JSON.
    Json {
        /// The argument's name.
        ident: RustIdent,
        /// Its type.
        ty: RustType,
    },
    /// An argument that names the entity to be referred to.
    Reference {
        /// The argument's name.
        ident: RustIdent,
    },
    /// Two arguments: the media type, and the bytes.
    Content {
        /// The name of the media type's argument.
        content_type: RustIdent,
        /// The name of the bytes' argument.
        ident: RustIdent,
    },
}
