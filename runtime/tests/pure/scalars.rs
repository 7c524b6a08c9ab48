//! Numbers, collections and streams in all forms that services send them in.

use graph_runtime::serde::de::{Deserialize, Deserializer, MapAccess};
use graph_runtime::serde::ser::{Serialize, SerializeMap, Serializer};
use graph_runtime::serde_json::{self, Value, json};
use graph_runtime::{AdditionalProperties, ErrorKind, Guid, Model, Page, Stream, model};
use proptest::prelude::*;

/// A model as generated code writes it.
#[derive(Clone, Debug, Default, PartialEq)]
struct Item {
    byte: Option<u8>,
    count: Option<i32>,
    size: Option<i64>,
    weight: Option<f64>,
    share: Option<f32>,
    ranks: Option<Vec<i32>>,
    levels: Option<Vec<f64>>,
    tags: Option<Vec<String>>,
    keys: Option<Vec<Guid>>,
    photo: Option<Stream>,
    additional: AdditionalProperties,
}

impl Model for Item {
    const NAME: &'static str = "microsoft.graph.item";
    const DERIVED: bool = false;

    fn read<'de, A: MapAccess<'de>>(&mut self, name: &str, map: &mut A) -> Result<bool, A::Error> {
        match name {
            "byte" => model::number(map, &mut self.byte),
            "count" => model::number(map, &mut self.count),
            "size" => model::number(map, &mut self.size),
            "weight" => model::number(map, &mut self.weight),
            "share" => model::number(map, &mut self.share),
            "ranks" => model::numbers(map, &mut self.ranks),
            "levels" => model::numbers(map, &mut self.levels),
            "tags" => model::collection(map, &mut self.tags),
            "keys" => model::collection(map, &mut self.keys),
            "photo" => model::value(map, &mut self.photo),
            _ => Ok(false),
        }
    }

    fn write<M: SerializeMap>(&self, entries: &mut model::Entries<'_, M>) {
        entries.value("byte", &self.byte);
        entries.value("count", &self.count);
        entries.value("size", &self.size);
        entries.fraction("weight", &self.weight);
        entries.fraction("share", &self.share);
        entries.value("ranks", &self.ranks);
        entries.fractions("levels", &self.levels);
        entries.value("tags", &self.tags);
        entries.value("keys", &self.keys);
        entries.value("photo", &self.photo);
    }

    fn additional(&self) -> &AdditionalProperties {
        &self.additional
    }

    fn additional_mut(&mut self) -> &mut AdditionalProperties {
        &mut self.additional
    }
}

impl Serialize for Item {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        model::serialize(self, serializer)
    }
}

impl<'de> Deserialize<'de> for Item {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        model::deserialize(deserializer)
    }
}

fn read(value: Value) -> Result<Item, serde_json::Error> {
    serde_json::from_str(&value.to_string())
}

fn written(item: &Item) -> Value {
    serde_json::from_str(&serde_json::to_string(item).unwrap()).unwrap()
}

#[test]
fn numbers_are_read_in_every_form() {
    let item =
        read(json!({"byte": "255", "count": 7.0, "size": "9223372036854775807", "weight": 3}));
    let item = item.unwrap();
    assert_eq!(item.byte, Some(255));
    assert_eq!(item.count, Some(7));
    assert_eq!(item.size, Some(i64::MAX));
    assert_eq!(item.weight, Some(3.0));
    let item = read(json!({"byte": null, "count": null, "weight": null})).unwrap();
    assert_eq!(item, Item::default());
    // A `Value` gives its numbers in another way than text does.
    let item: Item = serde_json::from_value(json!({"count": -7, "weight": 0.5})).unwrap();
    assert_eq!((item.count, item.weight), (Some(-7), Some(0.5)));
}

#[test]
fn what_is_no_number_of_the_type_is_an_error() {
    for value in [
        json!({"byte": 256}),
        json!({"byte": -1}),
        json!({"count": 7.5}),
        json!({"count": 2_147_483_648_i64}),
        json!({"count": "seven"}),
        json!({"count": "INF"}),
        json!({"count": true}),
        json!({"count": []}),
        json!({"size": 9_223_372_036_854_775_808_u64}),
        json!({"size": 9.3e18}),
        json!({"size": -9.3e18}),
        json!({"size": "1e300"}),
        json!({"weight": "infinity"}),
        json!({"weight": "nan"}),
        json!({"weight": ""}),
        json!({"share": 1e300}),
        json!({"share": -1e39}),
        json!({"share": "1e300"}),
        json!({"ranks": ["seven"]}),
        json!({"ranks": [1.5]}),
        json!({"ranks": [2_147_483_648_i64]}),
        json!({"ranks": 1}),
        json!({"levels": [[]]}),
    ] {
        assert!(read(value.clone()).is_err(), "{value}");
    }
}

#[test]
fn what_json_has_no_number_for_is_text() {
    for (text, number) in [("INF", f64::INFINITY), ("-INF", f64::NEG_INFINITY)] {
        let item = read(json!({ "weight": text })).unwrap();
        assert_eq!(item.weight, Some(number));
        assert_eq!(written(&item), json!({ "weight": text }));
    }
    let item = read(json!({"weight": "NaN"})).unwrap();
    assert!(item.weight.unwrap().is_nan());
    assert_eq!(written(&item), json!({"weight": "NaN"}));
}

#[test]
fn numbers_in_a_collection_are_read_and_written_as_numbers_alone() {
    let item =
        read(json!({"ranks": ["5", 1.0, null, -7], "levels": ["INF", "-INF", "0.5", 2, null]}));
    let item = item.unwrap();
    assert_eq!(item.ranks, Some(vec![5, 1, -7]));
    assert_eq!(
        item.levels,
        Some(vec![f64::INFINITY, f64::NEG_INFINITY, 0.5, 2.0])
    );
    assert_eq!(
        written(&item),
        json!({"ranks": [5, 1, -7], "levels": ["INF", "-INF", 0.5, 2.0]})
    );
    let item = read(json!({"ranks": null, "levels": []})).unwrap();
    assert_eq!((item.ranks, item.levels), (None, Some(Vec::new())));
}

#[test]
fn a_fraction_of_32_bits_is_the_nearest_one() {
    for (value, share) in [
        (json!(0.1), 0.1),
        (json!(3.4e38), 3.4e38),
        (json!("-INF"), f32::NEG_INFINITY),
    ] {
        assert_eq!(read(json!({ "share": value })).unwrap().share, Some(share));
    }
}

#[test]
fn null_in_a_collection_is_left_out() {
    let item = read(json!({"tags": [null, "a", null, "b"], "keys": [null]})).unwrap();
    assert_eq!(item.tags, Some(vec!["a".to_owned(), "b".to_owned()]));
    assert_eq!(item.keys, Some(Vec::new()));
    assert_eq!(written(&item), json!({"tags": ["a", "b"], "keys": []}));
    assert_eq!(read(json!({"tags": null})).unwrap().tags, None);
    assert!(read(json!({"tags": "a"})).is_err());
    assert!(read(json!({"tags": [[]]})).is_err());

    let page: Page<Item> = serde_json::from_str(r#"{"value": [null, {"count": 1}]}"#).unwrap();
    assert_eq!(page.value.len(), 1);
}

#[test]
fn streams_are_kept_whatever_they_are() {
    let value = json!({
        "photo": "c29tZSBieXRlcw==",
        "photo@odata.mediaReadLink": "https://service.example/photo",
        "photo@odata.mediaContentType": "image/*",
    });
    let item = read(value.clone()).unwrap();
    assert_eq!(written(&item), value);
    let photo = item.photo.unwrap();
    assert_eq!(photo.to_bytes().unwrap(), b"some bytes");
    assert_eq!(photo, Stream::from_bytes(b"some bytes"));

    let value = json!({"photo": {"@odata.type": "Edm.Stream", "n": [1, null]}});
    let item = read(value.clone()).unwrap();
    assert_eq!(written(&item), value);
    let error = item.photo.unwrap().to_bytes().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
}

/// Any JSON without floating point, whose text need not come back.
fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        ".*".prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 16, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map(".*", inner, 0..4)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn a_stream_is_written_as_it_was_read(value in any_json()) {
        let item = read(json!({ "photo": value })).unwrap();
        // Null is read as absent, as for every property.
        let kept = item.photo.map_or(Value::Null, Stream::into_value);
        prop_assert_eq!(kept, value);
    }

    #[test]
    fn bytes_survive_a_stream(bytes in any::<Vec<u8>>()) {
        prop_assert_eq!(Stream::from_bytes(&bytes).to_bytes().unwrap(), bytes);
    }

    #[test]
    fn a_number_in_quotes_is_the_number(size in any::<i64>(), weight in any::<f64>()) {
        let quoted = read(json!({"size": size.to_string(), "weight": format!("{weight:?}")}));
        if weight.is_finite() {
            let plain = read(json!({ "size": size, "weight": weight })).unwrap();
            prop_assert_eq!(quoted.unwrap(), plain);
        } else {
            // Rust's own word for it is not OData's, except for `NaN`.
            prop_assert_eq!(quoted.is_err(), !weight.is_nan());
        }
    }

    #[test]
    fn every_number_comes_back(weight in any::<f64>()) {
        let item = Item { weight: Some(weight), ..Item::default() };
        let back = read(written(&item)).unwrap().weight.unwrap();
        prop_assert!(back == weight || back.is_nan() && weight.is_nan());
    }

    #[test]
    fn integers_take_whole_numbers_only(value in any::<f64>()) {
        let read = read(json!({ "count": value })).map(|item| item.count);
        let fits = value.is_finite()
            && value.fract() == 0.0
            && value >= f64::from(i32::MIN)
            && value <= f64::from(i32::MAX);
        if value.is_finite() {
            prop_assert_eq!(read.is_ok(), fits);
        }
    }
}
