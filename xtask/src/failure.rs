//! Why a command cannot do what it was asked: exit code 2.

use graph_codegen::cli;

/// What only the commands of this repository run into, and [`cli::Failure`].
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    /// As of the commands of `graph-codegen`.
    #[error(transparent)]
    Cli(#[from] cli::Failure),
    /// There is no such type to be decoded.
    #[error(
        "there is no type `{0}`; expected the name of a resource type, with or without its namespace"
    )]
    Decoded(String),
    /// There is no such area.
    #[error("there is no area `{name}`; there are {}", areas.join(", "))]
    Area {
        /// What was asked for.
        name: String,
        /// What there is.
        areas: Vec<String>,
    },
    /// What is emitted has not the form that measuring relies on.
    #[error("`{path}`: {reason}")]
    Form {
        /// The file, below the crate.
        path: String,
        /// What was expected.
        reason: String,
    },
    /// A program that measuring needs did not do it.
    #[error("`{command}` failed:\n{reason}")]
    Program {
        /// The program with its arguments.
        command: String,
        /// Why, or the end of what it said.
        reason: String,
    },
    /// The mock service cannot answer.
    #[error("the mock service cannot run: {0}")]
    Mock(#[from] graph_runtime::Error),
    /// The port cannot be listened on.
    #[error("cannot listen on port {port} of the loopback interface: {reason}")]
    Port {
        /// The port.
        port: u16,
        /// Why not.
        reason: std::io::Error,
    },
}
