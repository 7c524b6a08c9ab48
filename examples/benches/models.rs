//! How fast models are read and written: pages of the documented examples, repeated to a megabyte. `Value` is what reading
//! the same bytes costs a program without models.

#![expect(
    clippy::unwrap_used,
    reason = "a benchmark may panic where its input is not there"
)]

use std::iter::repeat_n;

use divan::Bencher;
use divan::counter::BytesCount;
use graph_sdk::models::{Message, User, Windows10GeneralConfiguration};
use graph_sdk::runtime::Page;
use graph_sdk::runtime::serde::Serialize;
use graph_sdk::runtime::serde::de::DeserializeOwned;
use graph_sdk::runtime::serde_json::{self, Value, json};

/// The size of a page, in bytes.
const SIZE: usize = 1_000_000;

/// A model of which the documentation has an example.
trait Documented: DeserializeOwned + Serialize + Sync {
    /// The file that the example is in.
    const AREA: &'static str;
    /// The function that is answered with one of it.
    const FUNCTION: &'static str;

    /// A page of as many as make a megabyte.
    fn page() -> String {
        let area: Value = serde_json::from_str(Self::AREA).unwrap();
        let mut operations = area["operations"].as_array().unwrap().iter();
        let operation = operations.find(|operation| operation["function"] == Self::FUNCTION);
        let example = &operation.unwrap()["exchanges"][0]["responses"][0]["json"];
        // The answer of an Intune page has the object in a property `value`.
        let example = example.get("value").unwrap_or(example);
        let count = SIZE / example.to_string().len();
        json!({ "value": repeat_n(example, count).collect::<Vec<_>>() }).to_string()
    }
}

impl Documented for User {
    const AREA: &'static str = include_str!("../../generated/documented/users.json");
    const FUNCTION: &'static str = "users::get";
}

impl Documented for Message {
    const AREA: &'static str = include_str!("../../generated/documented/users.json");
    const FUNCTION: &'static str = "users::messages::get";
}

impl Documented for Windows10GeneralConfiguration {
    const AREA: &'static str = include_str!("../../generated/documented/device_management.json");
    const FUNCTION: &'static str =
        "device_management::device_configurations::get_windows10_general_configuration";
}

fn main() {
    divan::main();
}

#[divan::bench(types = [User, Message, Windows10GeneralConfiguration])]
fn decode<T: Documented>(bencher: Bencher<'_, '_>) {
    let page = T::page();
    bencher
        .counter(BytesCount::of_str(&page))
        .bench(|| serde_json::from_str::<Page<T>>(divan::black_box(&page)).unwrap());
}

#[divan::bench(types = [User, Message, Windows10GeneralConfiguration])]
fn decode_value<T: Documented>(bencher: Bencher<'_, '_>) {
    let page = T::page();
    bencher
        .counter(BytesCount::of_str(&page))
        .bench(|| serde_json::from_str::<Value>(divan::black_box(&page)).unwrap());
}

#[divan::bench(types = [User, Message, Windows10GeneralConfiguration])]
fn encode<T: Documented>(bencher: Bencher<'_, '_>) {
    let page = T::page();
    let read: Page<T> = serde_json::from_str(&page).unwrap();
    bencher
        .counter(BytesCount::of_str(&page))
        .bench(|| serde_json::to_string(divan::black_box(&read.value)).unwrap());
}
