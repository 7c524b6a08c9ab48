//! The runtime under a generated SDK for Microsoft Graph, or any service that speaks OData in the
//! same way.
#![cfg_attr(feature = "reqwest", doc = "")]
#![cfg_attr(feature = "reqwest", doc = include_str!("../README.md"))]

mod additional;
mod address;
mod auth;
mod base;
mod batch;
mod body;
mod client;
mod cloud;
#[cfg(feature = "conformance")]
pub mod conformance;
mod decode;
mod delta;
mod draft;
pub mod enumeration;
mod error;
mod field;
pub mod filter;
mod flags;
#[cfg(feature = "mock")]
pub mod mock;
pub mod model;
mod monitor;
mod operation;
mod page;
mod paging;
mod pipeline;
mod redirect;
mod related;
mod request;
mod response;
mod retry;
pub mod testing;
mod text;
mod timer;
mod transport;
pub mod upload;
mod values;

pub use additional::AdditionalProperties;
#[cfg(feature = "azure_core")]
pub use auth::AzureCredential;
pub use auth::{
    AccessToken, BoxFuture, ClientCredentials, ClientCredentialsBuilder, StaticToken, TokenCache,
    TokenProvider, TokenRequest, token_fn,
};
pub use batch::{Batch, BatchAnswers, Part, PartId};
pub use body::Body;
pub use client::{Client, ClientBuilder};
pub use cloud::Cloud;
pub use delta::{Change, Changes, RemovedReason};
pub use enumeration::OpenEnum;
pub use error::{Error, ErrorDetail, ErrorKind};
pub use field::{Field, Order, Selectable};
pub use filter::Filter;
pub use flags::Flags;
pub use model::Model;
pub use monitor::{Finished, Monitor};
pub use operation::{Operation, Permissions};
pub use page::{Page, Scalar};
pub use paging::{Items, Pages};
pub use related::Related;
pub use request::Request;
pub use response::{FromResponse, Response};
pub use retry::Retry;
pub use timer::Timer;
#[cfg(feature = "tokio")]
pub use timer::TokioTimer;
#[cfg(feature = "reqwest")]
pub use transport::ReqwestTransport;
pub use transport::Transport;
pub use upload::{Upload, UploadProgress, UploadSource, Uploaded};
pub use values::{Binary, Date, DateTimeOffset, Duration, Guid, Json, Stream, TimeOfDay};

// The crates whose types are in signatures here, so that callers and generated code use the same
// versions.
#[cfg(feature = "azure_core")]
pub use azure_core;
#[cfg(feature = "reqwest")]
pub use reqwest;
pub use {bytes, http, serde, serde_json, time, uuid};
