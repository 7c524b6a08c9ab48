//! Enumerations and sets of flags.

use graph_runtime::serde::de::{Deserialize, Deserializer};
use graph_runtime::serde::ser::{Serialize, Serializer};
use graph_runtime::serde_json::{self, json};
use graph_runtime::{Flags, OpenEnum, enumeration};
use proptest::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq)]
enum Color {
    Red,
    Green,
    UnknownValue(String),
}

use Color::{Green, Red};

impl OpenEnum for Color {
    fn from_wire(text: &str) -> Self {
        match text {
            "red" => Red,
            "green" => Green,
            other => Self::UnknownValue(other.to_owned()),
        }
    }

    fn as_str(&self) -> &str {
        match self {
            Red => "red",
            Green => "green",
            Self::UnknownValue(text) => text,
        }
    }
}

impl Serialize for Color {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        enumeration::serialize(self, serializer)
    }
}

impl<'de> Deserialize<'de> for Color {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        enumeration::deserialize(deserializer)
    }
}

fn unknown(text: &str) -> Color {
    Color::UnknownValue(text.to_owned())
}

#[test]
fn unknown_members_are_kept() {
    let read: Vec<Color> = serde_json::from_str(r#"["red", "Red", "", 1, -1, 1.0, true]"#).unwrap();
    let expected = [
        Red,
        unknown("Red"),
        unknown(""),
        unknown("1"),
        unknown("-1"),
        unknown("1.0"),
        unknown("true"),
    ];
    assert_eq!(read, expected);
    assert_eq!(
        serde_json::to_value(&read).unwrap(),
        json!(["red", "Red", "", "1", "-1", "1.0", "true"])
    );
    for wrong in ["null", "[]", "{}"] {
        assert!(serde_json::from_str::<Color>(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn sets_of_flags() {
    let flags: Flags<Color> = serde_json::from_str(r#""green, blue,red,green""#).unwrap();
    assert_eq!(
        flags.iter().cloned().collect::<Vec<_>>(),
        [Green, unknown("blue"), Red]
    );
    assert_eq!(flags.to_string(), "green,blue,red");
    assert_eq!(
        serde_json::to_value(&flags).unwrap(),
        json!("green,blue,red")
    );
    assert_eq!(flags, Flags::from([Red, Green, unknown("blue")]));
    assert_ne!(flags, Flags::from([Red, Green]));
}

#[test]
fn changing_a_set() {
    let mut flags = Flags::new();
    assert!(flags.is_empty());
    assert!(flags.insert(Red));
    assert!(!flags.insert(Red));
    assert!(flags.contains(&Red) && !flags.contains(&Green));
    assert!(flags.remove(&Red));
    assert!(!flags.remove(&Red));
    assert_eq!(serde_json::to_value(&flags).unwrap(), json!(""));
    assert!(
        serde_json::from_value::<Flags<Color>>(json!(""))
            .unwrap()
            .is_empty()
    );
}

proptest! {
    /// A set on the wire is read back as it was, in its order.
    #[test]
    fn a_set_round_trips(names in prop::collection::vec("[a-z]{1,3}", 0..6)) {
        let flags: Flags<Color> = names.iter().map(|name| Color::from_wire(name)).collect();
        let text = serde_json::to_string(&flags).unwrap();
        let read: Flags<Color> = serde_json::from_str(&text).unwrap();
        prop_assert!(read.iter().eq(flags.iter()));
        prop_assert!(names.iter().all(|name| read.contains(&Color::from_wire(name))));
    }
}
