//! A fixture, in the form of written files.

/// What a ship carries.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Cargo {
    /// `grain`.
    Grain,
    /// `ore`.
    Ore,
    /// A value that the documentation does not list.
    UnknownValue(String),
}
