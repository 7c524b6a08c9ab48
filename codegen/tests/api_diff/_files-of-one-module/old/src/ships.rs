//! A fixture, in the form of written files.

//! Requests.

mod get;
mod list;
pub use get::*;
pub use list::*;
