//! Text of values: it stays what it is, what it says stays the same, and no text leaves its place in a filter or an address.
#![no_main]

#[path = "../../runtime/tests/pure/filters/reading.rs"]
#[expect(dead_code, reason = "only literals are looked for here")]
mod reading;

use graph_runtime::filter::Literal;
use graph_runtime::http::Method;
use graph_runtime::serde_json::{Value, from_str, from_value, json, to_value};
use graph_runtime::{
    Binary, Date, DateTimeOffset, Duration, Field, Filter, Flags, Guid, OpenEnum, Operation,
    Permissions, Request, Stream, TimeOfDay,
};
use libfuzzer_sys::fuzz_target;
use percent_encoding::percent_decode_str;
use reading::{Tokens, tokens};

/// An enumeration all of whose members are unknown.
#[derive(Clone, Debug)]
struct Member(String);

impl OpenEnum for Member {
    fn from_wire(text: &str) -> Self {
        Self(text.to_owned())
    }

    fn as_str(&self) -> &str {
        &self.0
    }
}

/// The text is kept as it is, through JSON as well.
macro_rules! keeps {
    ($text:ident, $($type:ident)+) => {$({
        let read: $type = from_value(json!($text)).expect("any text is read");
        assert_eq!(read, $text);
        assert_eq!(read, $type::new($text));
        assert_eq!(read.to_string(), $text);
        assert_eq!(to_value(&read).expect("is written"), json!($text));
    })+};
}

/// What the text says is said by what is written of it, also in a filter; a text that says nothing is text there.
macro_rules! converts {
    ($text:ident, $($type:ident $convert:ident $prefix:literal,)+) => {$({
        let value = $type::from($text);
        let literal = value.to_literal();
        match value.$convert() {
            Ok(said) => {
                assert_eq!($type::from(said).$convert().expect("is well formed"), said);
                let bare = literal.strip_prefix($prefix).expect("has its prefix");
                let bare = if $prefix.is_empty() { bare } else { bare.strip_suffix('\'').expect("ends") };
                assert!(bare.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-+:.".contains(&byte)));
                assert_eq!($type::from(bare).$convert().expect("is well formed"), said);
            }
            Err(error) => {
                assert!(!error.to_string().is_empty());
                assert_eq!(literal, $text.to_literal());
            }
        }
    })+};
}

fuzz_target!(|text: &str| {
    keeps!(text, DateTimeOffset Date TimeOfDay Duration Guid Binary);
    converts! {
        text,
        DateTimeOffset to_offset_date_time "",
        Date to_date "",
        TimeOfDay to_time "",
        Duration to_duration "duration'",
        Guid to_uuid "",
    }
    binary(text);
    flags(text);
    filters(text);
    addresses(text);
    any_json(text);
});

fn binary(text: &str) {
    if let Ok(bytes) = Binary::from(text).to_bytes() {
        let written = Binary::from_bytes(&bytes);
        assert_eq!(written.to_bytes().expect("is base64"), bytes);
    }
    let written = Binary::from_bytes(text.as_bytes());
    assert_eq!(written.to_bytes().expect("is base64"), text.as_bytes());
    let stream = Stream::from_bytes(text.as_bytes());
    assert_eq!(stream.to_bytes().expect("is base64"), text.as_bytes());
}

fn flags(text: &str) {
    let read: Flags<Member> = from_value(json!(text)).expect("any text is read");
    let again: Flags<Member> = from_value(json!(read.to_string())).expect("any text is read");
    assert_eq!(read, again);
    assert_eq!(read.to_string(), again.to_string());
    assert!(read.iter().all(|member| read.contains(member)));
}

struct Entity;

const NAME: Field<Entity> = Field::new("name");
const TAGS: Field<Entity> = Field::new("tags");

fn filters(text: &str) {
    let (first, second) = text.split_once('\n').unwrap_or((text, ""));
    let filter: Filter<Entity> = NAME
        .equals(first)
        .and(NAME.contains(second))
        .or(!TAGS.any(|tag| tag.is_one_of([second, first])));
    let Tokens { outside, literals } = tokens(&filter.to_string());
    assert_eq!(
        outside,
        "name eq _ and contains(name,_) or not (tags/any(x:x in (_,_)))"
    );
    assert_eq!(literals, [first, second, second, first]);
}

static OPERATION: Operation = Operation {
    method: Method::GET,
    version: "v1.0",
    path: "/a/{b}/c(d='{d}')/root:/{+e}:/f?g={g}",
    success: &[200],
    permissions: Permissions {
        delegated_work: &[],
        delegated_personal: &[],
        application: &[],
    },
    documentation: "",
    page: "",
};

fn addresses(text: &str) {
    let mut lines = text.splitn(5, '\n');
    let arguments = [(); 4].map(|()| lines.next().unwrap_or("x"));
    let value = lines.next().unwrap_or_default();
    let request = Request::<Value>::new(&OPERATION, &arguments)
        .query("h", value)
        .header("i", value);
    let _ = request.to_http(value);
    let request = Request::<Value>::new(&OPERATION, &arguments).query("h", value);
    let Ok(sent) = request.to_http("https://a.b") else {
        return;
    };
    let [b, d, e, g] = arguments;
    let uri = sent.uri();
    let path: Vec<&str> = uri.path().split('/').collect();
    assert_eq!(path[..3], ["", "v1.0", "a"]);
    assert_eq!(decoded(path[3]), b);
    let d = d.replace('\'', "''");
    assert_eq!(decoded(path[4]), format!("c(d='{d}')"));
    let (_, rest) = uri.path().split_once("/root:/").expect("is there");
    assert_eq!(decoded(rest), format!("{e}:/f"));
    assert_eq!(rest.matches(':').count(), 1);
    let query: Vec<&str> = uri.query().unwrap_or_default().split('&').collect();
    assert_eq!(query.len(), 2);
    assert_eq!(decoded(query[0]), format!("g={g}"));
    assert_eq!(decoded(query[1]), format!("h={value}"));
}

fn decoded(text: &str) -> String {
    let decoded = percent_decode_str(text).decode_utf8();
    decoded.expect("was UTF-8").into_owned()
}

/// JSON that is no text is read as the text of its scalar, or refused.
fn any_json(text: &str) {
    let Ok(value) = from_str::<Value>(text) else {
        return;
    };
    let scalar = !value.is_null() && !value.is_object() && !value.is_array();
    assert_eq!(from_value::<Date>(value.clone()).is_ok(), scalar);
    assert_eq!(from_str::<Guid>(text).is_ok(), scalar);
    let stream: Stream = from_str(text).expect("any JSON is a stream");
    assert_eq!(to_value(&stream).expect("is written"), value);
}
