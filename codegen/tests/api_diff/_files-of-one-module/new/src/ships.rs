//! A fixture, in the form of written files.

//! Requests.

/// Reads one ship.
pub fn get() {}

/// Lists all ships.
pub fn list() {}
