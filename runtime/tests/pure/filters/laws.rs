//! Laws: whatever is given, no value breaks out of its literal, and the text means what was built.

use graph_runtime::filter::Literal;
use graph_runtime::{Date, DateTimeOffset, Duration, Filter, Guid, OpenEnum, TimeOfDay};
use proptest::prelude::*;

use super::reading::{Tokens, evaluate, tokens};
use super::{AGE, Member, NAME, TAGS, User};

/// Text that is likely to be taken for something else.
fn hostile() -> impl Strategy<Value = String> {
    prop_oneof![
        ".*",
        "['() ,:$a-]{0,12}",
        "[0-9]{4}-0[1-9]-[0-2][0-9].[0-9]{2}:[0-5][0-9](:[0-5][0-9](\\.[0-9]{1,12})?)?(Z|[+-]08:00|['() ])",
        "-?P[0-9]D(T[0-9]H)?['() ]?",
        "[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}['() ]?",
        "[0-2]?[0-9]:[0-5][0-9](:[0-5][0-9])?['() ]?",
        "[0-9]{4}-[01][0-9]-[0-3][0-9]['() ]?",
    ]
}

/// An expression of the form of the tests, with a truth value for each of four names.
#[derive(Clone, Debug)]
enum Tree {
    Name(u8),
    Raw(u8, u8),
    Not(Box<Tree>),
    And(Box<Tree>, Box<Tree>),
    Or(Box<Tree>, Box<Tree>),
}

impl Tree {
    fn filter(&self) -> Filter<User> {
        match self {
            Self::Name(name) => AGE.equals(*name),
            Self::Raw(a, b) => Filter::raw(format!("age eq {a} or age eq {b}")),
            Self::Not(operand) => !operand.filter(),
            Self::And(a, b) => a.filter().and(b.filter()),
            Self::Or(a, b) => a.filter().or(b.filter()),
        }
    }

    fn holds(&self, truths: &[bool]) -> bool {
        match self {
            Self::Name(name) => truths[usize::from(*name)],
            Self::Raw(a, b) => truths[usize::from(*a)] || truths[usize::from(*b)],
            Self::Not(operand) => !operand.holds(truths),
            Self::And(a, b) => a.holds(truths) && b.holds(truths),
            Self::Or(a, b) => a.holds(truths) || b.holds(truths),
        }
    }
}

fn tree() -> impl Strategy<Value = Tree> {
    let leaf = prop_oneof![
        (0..4_u8).prop_map(Tree::Name),
        (0..4_u8, 0..4_u8).prop_map(|(a, b)| Tree::Raw(a, b)),
    ];
    leaf.prop_recursive(5, 24, 2, |inner| {
        let pair = (
            inner.clone().prop_map(Box::new),
            inner.clone().prop_map(Box::new),
        );
        prop_oneof![
            inner.prop_map(|operand| Tree::Not(Box::new(operand))),
            pair.clone().prop_map(|(a, b)| Tree::And(a, b)),
            pair.prop_map(|(a, b)| Tree::Or(a, b)),
        ]
    })
}

/// What a value writes is of its type and says the same, or it is the text as a string.
macro_rules! law {
    ($type:ident, $convert:ident, $text:ident, $prefix:literal) => {
        let value = $type::from($text.as_str());
        let written = value.to_literal();
        match value.$convert() {
            Ok(value) => {
                let bare = written.strip_prefix($prefix).unwrap();
                let bare = match $prefix {
                    "" => bare,
                    _ => bare.strip_suffix('\'').unwrap(),
                };
                let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"-+:.".contains(&byte);
                prop_assert!(bare.bytes().all(allowed), "{}", written);
                prop_assert_eq!($type::from(bare).$convert().unwrap(), value);
            }
            Err(_) => prop_assert_eq!(written, $text.to_literal()),
        }
    };
}

proptest! {
    /// What is in the literals is what was given, and nothing of it is outside of them.
    #[test]
    fn text_stays_in_its_literal(a in hostile(), b in hostile(), c in hostile()) {
        let filter = NAME.equals(&a).and(NAME.contains(&b)).or(TAGS.any(|tag| tag.is_one_of([&c, &a])));
        let Tokens { outside, literals } = tokens(&filter.to_string());
        prop_assert_eq!(outside, "name eq _ and contains(name,_) or tags/any(x:x in (_,_))");
        prop_assert_eq!(literals, [a.as_str(), &b, &c, &a]);
    }

    /// The same of values that keep any text: either they are of their type, or they are text.
    #[test]
    fn values_are_of_their_type_or_text(text in hostile()) {
        let quoted = text.to_literal();
        law!(DateTimeOffset, to_offset_date_time, text, "");
        law!(Date, to_date, text, "");
        law!(TimeOfDay, to_time, text, "");
        law!(Duration, to_duration, text, "duration'");
        law!(Guid, to_uuid, text, "");
        prop_assert_eq!(Member::from_wire(&text).to_literal(), quoted);
    }

    /// Read by the precedence of OData, the text says what was built.
    #[test]
    fn the_text_means_what_was_built(tree in tree()) {
        let text = tree.filter().to_string();
        for truths in 0..16_u8 {
            let truths = [1, 2, 4, 8].map(|bit| truths & bit != 0);
            prop_assert_eq!(evaluate(&text, &truths), Some(tree.holds(&truths)), "{}", text);
        }
    }
}
