//! A fixture, in the form of written files.

/// A vessel.
///
/// [Documentation](https://docs.example/ship)
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ship {
    /// Key.
    pub id: Option<String>,
    /// The words that are painted on the bow.
    pub name: Option<String>,
    /// Properties that the documentation does not declare, kept as they were read.
    pub additional: AdditionalProperties,
}
