//! The macro that declares the rules: each is written once, with its doc comment as data.

/// Declares the rules by stage: variant, code, severity, and the doc comment as data.
macro_rules! rules {
    ($(in $stage:ident:
        $($(#[doc = $doc:literal])+ $name:ident = $code:literal, $severity:ident;)*)+) => {
        /// A rule that findings fall under.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Rule {
            $($($(#[doc = $doc])+ $name,)*)+
        }

        impl Rule {
            /// All rules, in the order of the stages.
            pub const ALL: &'static [Self] = &[$($(Self::$name,)*)+];

            /// The stable code, as `--deny` takes it.
            #[must_use]
            pub fn code(self) -> &'static str {
                match self {
                    $($(Self::$name => $code,)*)+
                }
            }

            /// The code as one word, as SARIF wants names: `UnknownType`.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self {
                    $($(Self::$name => stringify!($name),)*)+
                }
            }

            /// The severity unless the caller denies the rule.
            #[must_use]
            pub fn severity(self) -> Severity {
                match self {
                    $($(Self::$name => Severity::$severity,)*)+
                }
            }

            /// The stage that finds it.
            #[must_use]
            pub fn stage(self) -> Stage {
                match self {
                    $($(Self::$name => Stage::$stage,)*)+
                }
            }

            /// What the rule means, what is done then, and what an author can do, in markdown.
            #[must_use]
            pub fn documentation(self) -> &'static str {
                match self {
                    $($(Self::$name => concat!($($doc, "\n",)+),)*)+
                }
            }
        }
    };
}

pub(super) use rules;
