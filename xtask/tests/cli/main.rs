//! Runs the command line as a person would, on folders that are as they should be and on many that are not.

#![expect(clippy::unwrap_used, reason = "a test that fails there says where")]

mod api_diff;
mod arguments;
mod bad_output;
mod bad_pages;
mod baseline;
mod bench;
mod codegen;
mod conformance;
mod crash;
mod docs;
mod explain;
mod findings;
mod hostile;
mod hostile_names;
mod init;
mod locked;
mod metadata_diff;
mod mock;
mod record;
mod report;
mod running;
mod scopes;
