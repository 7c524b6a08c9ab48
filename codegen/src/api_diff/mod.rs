//! Tells two crates of this generator apart by their public items: what a change of the documentation means for the
//! programs that use them.
//!
//! [`Surface::read`] takes the public items from the files of a crate, [`compare`] finds what has changed, and
//! [`markdown`](fn@markdown) and [`json`](fn@json) write that down, breaking changes first. What counts as breaking says
//! [`ChangeRule`], which is also `COMPATIBILITY.md`. A surface is plain data: one that comes from somewhere else than from
//! files is compared as well.

mod change;
mod compare;
mod declare;
mod entries;
mod json;
mod listing;
mod markdown;
mod operations;
mod pairs;
mod presence;
mod reasons;
mod rule;
mod rustdoc;
mod similarity;
mod surface;

pub use change::{ApiDiff, Change, Detail, Reason};
pub use compare::compare;
pub use json::json;
pub use markdown::{Extent, markdown};
pub use rule::{ChangeRule, Impact};
pub use surface::{
    Description, Field, Function, Item, Key, Kind, Parameter, Space, Surface, SurfaceError,
};
