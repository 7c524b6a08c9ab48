//! The macro that declares the rules: each is written once, with its doc comment as data.

/// Declares the rules by impact: variant, code, and the doc comment as data.
macro_rules! change_rules {
    ($($impact:ident:
        $($(#[doc = $doc:literal])+ $name:ident = $code:literal;)*)+) => {
        /// What a change is, and with that whom it concerns.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum ChangeRule {
            $($($(#[doc = $doc])+ $name,)*)+
        }

        impl ChangeRule {
            /// All rules, those of breaking changes first.
            pub const ALL: &'static [Self] = &[$($(Self::$name,)*)+];

            /// The stable code.
            #[must_use]
            pub fn code(self) -> &'static str {
                match self {
                    $($(Self::$name => $code,)*)+
                }
            }

            /// What such a change means for programs.
            #[must_use]
            pub fn impact(self) -> Impact {
                match self {
                    $($(Self::$name => Impact::$impact,)*)+
                }
            }

            /// What has changed, and why the rule has its impact, in markdown: two paragraphs.
            #[must_use]
            pub fn documentation(self) -> &'static str {
                match self {
                    $($(Self::$name => concat!($($doc, "\n",)+),)*)+
                }
            }
        }
    };
}

pub(super) use change_rules;
