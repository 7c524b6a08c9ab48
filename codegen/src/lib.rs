//! Reads the reference documentation of an OData service, such as Microsoft Graph, and writes a typed Rust SDK.
//!
//! ```text
//! folder ─read→ Corpus ─parse→ Document ─extract→ Facts ─correct→ Facts ─resolve→ Api ─select→ Api ─examine→ Api
//!        ─plan→ CratePlan ─emit→ OutputTree ─write→ folder
//! ```
//!
//! Each stage is a module with one function of its name, from the noun before the arrow to the noun after it; what it
//! has to say about its input it adds to [`diagnostics::Diagnostics`]. [`pipeline`] runs them in their order. Only
//! [`read`](mod@read) and [`write`](mod@write) touch the file system.

#[cfg(feature = "api-diff")]
pub mod api_diff;
#[cfg(feature = "cli")]
pub mod cli;
pub mod config;
pub mod content;
pub mod corpus;
pub mod correct;
pub mod diagnostics;
pub mod digest;
pub mod document;
pub mod emit;
pub mod examine;
pub mod explain;
pub mod extract;
pub mod facts;
mod json;
pub mod lock;
#[cfg(feature = "cli")]
pub mod metadata;
pub mod model;
pub mod parse;
pub mod pipeline;
pub mod plan;
pub mod profile;
pub mod prose;
pub mod read;
#[cfg(feature = "cli")]
pub mod report;
pub mod resolve;
pub mod scopes;
pub mod select;
pub mod tree;
pub mod write;

pub use config::{Config, ConfigError};
