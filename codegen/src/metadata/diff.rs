//! What pages and metadata disagree about, by kind.

use crate::diagnostics::Span;

/// Declares the kinds with their names and what they say.
macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident = $code:literal, $says:literal;)+) => {
        /// What kind of disagreement it is.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Kind {
            $(#[doc = $says] $name,)+
        }

        impl Kind {
            /// All of them, in the order in which they are shown.
            pub const ALL: &'static [Self] = &[$(Self::$name,)+];

            /// The name, such as `property-type`.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$name => $code,)+
                }
            }

            /// What it is about.
            #[must_use]
            pub fn says(self) -> &'static str {
                match self {
                    $(Self::$name => $says,)+
                }
            }
        }
    };
}

kinds! {
    TypeInMetadataOnly = "type-in-metadata-only", "A type that no page documents";
    TypeOnPagesOnly = "type-on-pages-only", "A type that the metadata does not have";
    EnumInMetadataOnly = "enum-in-metadata-only", "An enum that no page documents";
    EnumOnPagesOnly = "enum-on-pages-only", "An enum that the metadata does not have";
    TypeOrEnum = "type-or-enum", "A type on one side, an enum on the other";
    Name = "name", "A type or enum with other letter case, or in another namespace";
    EntityOrComplex = "entity-or-complex", "An entity type on one side, a complex type on the other";
    Base = "base", "Another base type";
    OpenType = "open-type", "Open on one side only";
    PropertyInMetadataOnly = "property-in-metadata-only", "A property of a documented type that its pages do not have";
    PropertyOnPagesOnly = "property-on-pages-only", "A property that the metadata does not have";
    PropertyType = "property-type", "A property of another type";
    TextForEnum = "text-for-enum", "A property that is text on the pages, an enum in the metadata";
    OtherEnum = "other-enum", "A property of another enum";
    Collection = "collection", "A collection on one side only";
    Navigation = "navigation", "A relationship on one side, a property on the other";
    Flags = "flags", "An enum whose members may be combined on one side only";
    MemberInMetadataOnly = "member-in-metadata-only", "A member of a documented enum that its pages do not have";
    MemberOnPagesOnly = "member-on-pages-only", "A member that the metadata does not have";
    MemberNumber = "member-number", "A member with another number";
    OperationInMetadataOnly = "operation-in-metadata-only", "An action or a function that no page documents";
    NotBound = "not-bound", "A documented action or function that is not bound to the type at its path";
    ParameterInMetadataOnly = "parameter-in-metadata-only", "A parameter of a documented action or function that its page does not have";
    ParameterOnPagesOnly = "parameter-on-pages-only", "A parameter that the metadata does not have";
    ParameterCase = "parameter-case", "A parameter in other letter case";
    ParameterType = "parameter-type", "A parameter of another type";
}

/// One thing that pages and metadata say differently.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Disagreement {
    /// Its kind.
    pub kind: Kind,
    /// What it is about: `microsoft.graph.user`, `microsoft.graph.user/mail`, `POST /users/{id}/revoke(reason)`.
    pub subject: String,
    /// What the pages say.
    pub pages: String,
    /// What the metadata says.
    pub metadata: String,
    /// Where the pages say it, or say the rest of it.
    pub place: Option<Span>,
    /// The line of the metadata that says it, or the rest of it.
    pub line: Option<usize>,
}

/// Disagreements as they are found.
#[derive(Default)]
pub(super) struct Differences {
    found: Vec<Disagreement>,
}

impl Differences {
    pub(super) fn add(
        &mut self,
        kind: Kind,
        subject: &str,
        place: Option<Span>,
        line: Option<usize>,
        pages: &str,
        metadata: &str,
    ) {
        self.found.push(Disagreement {
            kind,
            subject: subject.to_owned(),
            pages: pages.to_owned(),
            metadata: metadata.to_owned(),
            place,
            line,
        });
    }

    pub(super) fn sorted(self) -> Vec<Disagreement> {
        let mut found = self.found;
        found.sort_by(|one, other| (one.kind, &one.subject).cmp(&(other.kind, &other.subject)));
        found.dedup();
        found
    }
}
