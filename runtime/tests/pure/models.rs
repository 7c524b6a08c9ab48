//! Models, as generated code writes them: reading, writing, three states, types, relationships,
//! pages.

use graph_runtime::serde::de::{Deserialize, Deserializer, MapAccess};
use graph_runtime::serde::ser::{Serialize, SerializeMap, Serializer};
use graph_runtime::serde_json::{self, Value, json};
use graph_runtime::{AdditionalProperties, ErrorKind, Field, Model, Page, Related, Scalar, model};
use proptest::prelude::*;

macro_rules! model {
    ($type:ident, $wire:literal, $derived:literal, $($field:ident: $of:ty = $name:literal),*) => {
        #[derive(Clone, Debug, Default, PartialEq)]
        pub(crate) struct $type {
            $(pub(crate) $field: Option<$of>,)*
            pub(crate) additional: AdditionalProperties,
        }

        impl Model for $type {
            const NAME: &'static str = $wire;
            const DERIVED: bool = $derived;

            fn read<'de, A: MapAccess<'de>>(&mut self, name: &str, map: &mut A) -> Result<bool, A::Error> {
                match name {
                    $($name => model::value(map, &mut self.$field),)*
                    _ => Ok(false),
                }
            }

            fn write<M: SerializeMap>(&self, entries: &mut model::Entries<'_, M>) {
                $(entries.value($name, &self.$field);)*
            }

            fn additional(&self) -> &AdditionalProperties {
                &self.additional
            }

            fn additional_mut(&mut self) -> &mut AdditionalProperties {
                &mut self.additional
            }
        }

        impl Serialize for $type {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                model::serialize(self, serializer)
            }
        }

        impl<'de> Deserialize<'de> for $type {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                model::deserialize(deserializer)
            }
        }
    };
}

model!(Person, "microsoft.graph.person", false, name: String = "name", age: u8 = "age");
model!(Message, "microsoft.graph.message", false,
    subject: String = "subject", importance: String = "importance", from: Person = "from",
    cc: Vec<Person> = "cc", replies: Related<Vec<Message>> = "replies");
model!(Invitation, "microsoft.graph.invitation", true, subject: String = "subject", place: String = "place");

impl Message {
    pub(crate) const SUBJECT: Field<Self> = Field::new("subject");
    pub(crate) const IMPORTANCE: Field<Self> = Field::new("importance");
}

fn read<T: Model>(value: Value) -> T {
    serde_json::from_value(value).unwrap()
}

fn written<T: Model>(model: &T) -> Value {
    serde_json::to_value(model).unwrap()
}

#[test]
fn unknown_properties_are_kept_and_written_back() {
    let value = json!({"@odata.etag": "W/1", "subject": "a", "from": {"name": "b", "x": [1]}, "cc": [{}], "n": null});
    let message: Message = read(value.clone());
    assert_eq!(message.subject.as_deref(), Some("a"));
    assert_eq!(
        message.from.as_ref().unwrap().additional.get("x"),
        Some(&json!([1]))
    );
    assert_eq!(message.additional.len(), 2);
    assert_eq!(written(&message), value);
}

#[test]
fn of_a_repeated_property_the_last_one_stays() {
    let message: Message =
        serde_json::from_str(r#"{"subject": "a", "x": 1, "subject": "b", "x": 2}"#).unwrap();
    assert_eq!(message.subject.as_deref(), Some("b"));
    assert_eq!(message.additional.get("x"), Some(&json!(2)));
}

#[test]
fn names_with_escapes_are_read() {
    let message: Message =
        serde_json::from_str(r#"{"s\u0075bject": "a", "\u0040odata.type": "b"}"#).unwrap();
    assert_eq!(message.subject.as_deref(), Some("a"));
    assert_eq!(message.odata_type(), Some("b"));
}

#[test]
fn three_states() {
    let mut message = Message::default();
    assert_eq!(written(&message), json!({}));
    message.set_null(Message::SUBJECT);
    assert_eq!(written(&message), json!({"subject": null}));
    // A value set later wins, and the name is written once.
    message.subject = Some("a".into());
    assert_eq!(
        serde_json::to_string(&message).unwrap(),
        r#"{"subject":"a"}"#
    );
}

#[test]
fn a_null_is_read_as_absent() {
    let message: Message = read(json!({"subject": null}));
    assert_eq!(message, Message::default());
}

#[test]
fn the_type_of_a_derived_model_is_written_first() {
    let mut invitation = Invitation {
        subject: Some("a".into()),
        ..Default::default()
    };
    let expected = r##"{"@odata.type":"#microsoft.graph.invitation","subject":"a"}"##;
    assert_eq!(serde_json::to_string(&invitation).unwrap(), expected);
    // The caller's own, for a type derived further.
    invitation.additional.insert("@odata.type", "#x");
    assert_eq!(
        serde_json::to_string(&invitation).unwrap(),
        r##"{"@odata.type":"#x","subject":"a"}"##
    );
}

#[test]
fn a_base_is_read_as_what_it_is() {
    let base: Message =
        read(json!({"@odata.type": "#microsoft.graph.invitation", "subject": "a", "place": "b"}));
    assert_eq!(base.odata_type(), Some(Invitation::NAME));
    let invitation: Invitation = base.downcast().unwrap();
    assert_eq!(
        (invitation.subject.as_deref(), invitation.place.as_deref()),
        (Some("a"), Some("b"))
    );
    assert_eq!(written(&invitation), written(&base));

    let error = base.downcast::<Person>().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert_eq!(
        error.to_string(),
        "the object is a microsoft.graph.invitation, not a microsoft.graph.person"
    );
}

#[test]
fn a_derived_object_goes_where_its_base_is_declared_and_comes_back() {
    let invitation = Invitation {
        subject: Some("a".into()),
        place: Some("b".into()),
        ..Default::default()
    };
    let base: Message = invitation.upcast().unwrap();
    assert_eq!(base.subject.as_deref(), Some("a"));
    assert_eq!(base.odata_type(), Some(Invitation::NAME));
    assert_eq!(written(&base), written(&invitation));
    let back: Invitation = base.downcast().unwrap();
    assert_eq!(written(&back), written(&invitation));
    assert_eq!(back.place.as_deref(), Some("b"));

    let wrong = Message {
        additional: [("age".to_owned(), json!("x"))].into_iter().collect(),
        ..Default::default()
    };
    assert_eq!(
        wrong.upcast::<Person>().unwrap_err().kind(),
        ErrorKind::Decode
    );
}

#[test]
fn without_a_type_the_declared_types_decide() {
    let base = Message {
        subject: Some("a".into()),
        ..Default::default()
    };
    assert_eq!(
        base.downcast::<Invitation>().unwrap().subject.as_deref(),
        Some("a")
    );
    let invitation = Invitation {
        place: Some("b".into()),
        ..Default::default()
    };
    let message: Message = invitation.downcast().unwrap();
    assert_eq!(message.odata_type(), None);
    assert_eq!(message.additional.get("place"), Some(&json!("b")));
}

#[test]
fn a_wrong_property_is_named_by_its_path() {
    let base: Message = read(json!({"age": "x"}));
    let error = base.downcast::<Person>().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert!(
        error
            .message()
            .contains("at age: invalid type: string \"x\", expected u8"),
        "{error}"
    );
}

#[test]
fn related_objects_are_decoded_on_demand() {
    let message: Message = read(json!({"replies": [{"subject": "b"}]}));
    let replies = message.replies.clone().unwrap();
    assert_eq!(replies.get().unwrap()[0].subject.as_deref(), Some("b"));
    assert_eq!(Related::new(&replies.get().unwrap()).unwrap(), replies);
    assert_eq!(written(&message), json!({"replies": [{"subject": "b"}]}));

    // Null is left out, as of a collection in a property; it is written back as it was read.
    let value = json!({"replies": [null, {"subject": "b"}, null]});
    let message: Message = read(value.clone());
    let replies = message.replies.clone().unwrap().get().unwrap();
    assert_eq!(replies.len(), 1);
    assert_eq!(replies[0].subject.as_deref(), Some("b"));
    assert_eq!(written(&message), value);
    let any: Related<Value> = Related::from_value(json!([null, 1]));
    assert_eq!(any.get().unwrap(), json!([null, 1]));
    let any: Related<Option<Vec<Message>>> = Related::from_value(json!([null]));
    assert_eq!(any.get().unwrap().map(|items| items.len()), Some(0));

    let wrong: Message = read(json!({"replies": [{}, {"subject": 1}]}));
    let error = wrong.replies.unwrap().get().unwrap_err();
    assert!(
        error.message().contains("at [1].subject: invalid type"),
        "{error}"
    );
}

#[test]
fn pages() {
    let page: Page<Message> = serde_json::from_value(json!({
        "@odata.context": "c", "@odata.count": 5, "@odata.nextLink": "n", "@odata.deltaLink": "d", "value": [{"subject": "a"}],
    }))
    .unwrap();
    assert_eq!(page.value.len(), 1);
    assert_eq!(
        (
            page.next_link.as_deref(),
            page.delta_link.as_deref(),
            page.count
        ),
        (Some("n"), Some("d"), Some(5))
    );
    assert_eq!(
        page.additional.iter().collect::<Vec<_>>(),
        [("@odata.context", &json!("c"))]
    );

    let page = serde_json::from_value::<Page<Value>>;
    assert_eq!(
        page(json!({"value": null, "@odata.count": "7", "@odata.nextLink": ""}))
            .unwrap()
            .count,
        Some(7)
    );
    assert_eq!(
        page(json!({"value": [], "@odata.nextLink": ""})).unwrap(),
        Page::default()
    );
    assert!(
        page(json!({"id": "1"}))
            .unwrap_err()
            .to_string()
            .contains("missing field `value`")
    );
    assert!(page(json!({"value": [], "@odata.nextLink": 1})).is_err());
    assert!(page(json!({"value": [], "@odata.count": 1.5})).is_err());
    assert!(
        page(json!([]))
            .unwrap_err()
            .to_string()
            .contains("expected a page of a collection")
    );
}

#[test]
fn single_values() {
    let scalar: Scalar<bool> =
        serde_json::from_value(json!({"@odata.context": "c", "value": true})).unwrap();
    assert!(scalar.value);
    assert_eq!(scalar.additional.len(), 1);
    assert_eq!(
        serde_json::from_value::<Scalar<Option<u8>>>(json!({"value": null}))
            .unwrap()
            .value,
        None
    );
    assert!(serde_json::from_value::<Scalar<bool>>(json!({})).is_err());
}

#[test]
fn additional_properties_are_one_pointer_wide_and_equal_by_content() {
    assert_eq!(size_of::<AdditionalProperties>(), size_of::<usize>());
    let mut additional = AdditionalProperties::new();
    assert_eq!(additional.insert("a", 1), None);
    assert_eq!(additional.insert("a", 2), Some(json!(1)));
    assert_eq!(
        (additional.contains("a"), additional.is_empty()),
        (true, false)
    );
    assert_eq!(additional.remove("b"), None);
    assert_eq!(additional.remove("a"), Some(json!(2)));
    assert_eq!(additional, AdditionalProperties::default());
    let read: AdditionalProperties = serde_json::from_str("{}").unwrap();
    assert_eq!(read, additional);
    assert_eq!(serde_json::to_string(&additional).unwrap(), "{}");
}

fn scalar() -> impl Strategy<Value = Value> {
    prop_oneof![
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        ".{0,8}".prop_map(Value::from)
    ]
}

proptest! {
    /// Reading and writing back loses nothing, whatever else is in the object.
    #[test]
    fn a_model_round_trips(
        subject in prop::option::of(".{0,8}"),
        age in prop::option::of(any::<u8>()),
        others in prop::collection::btree_map("[a-z@.]{1,6}", scalar(), 0..5),
    ) {
        let mut value = json!({"from": {"age": age.unwrap_or(1)}, "others": others});
        for (name, other) in others {
            value["from"][format!("_{name}")] = other.clone();
            value[format!("_{name}")] = other;
        }
        if let Some(subject) = subject {
            value["subject"] = subject.into();
        }
        let text = value.to_string();
        let message: Message = serde_json::from_str(&text).unwrap();
        prop_assert_eq!(written(&message), value.clone());
        // From a tree as from text.
        prop_assert_eq!(read::<Message>(value), message);
    }

    /// No name is written twice, whichever names are additional.
    #[test]
    fn a_declared_value_wins(names in prop::collection::vec("subject|importance|x|@odata.type", 0..4), subject in prop::option::of(".")) {
        let mut invitation = Invitation { subject: subject.clone(), ..Default::default() };
        for name in &names {
            invitation.additional.insert(name, Value::Null);
        }
        let text = serde_json::to_string(&invitation).unwrap();
        for name in ["subject", "importance", "x", "@odata.type"] {
            prop_assert!(text.matches(&format!("\"{name}\":")).count() <= 1, "{}", text);
        }
        if let Some(subject) = subject {
            prop_assert_eq!(&written(&invitation)["subject"], &Value::from(subject));
        }
    }
}
