//! A fixture, in the form of written files.

/// Lists ships.
pub fn list() {}
