//! Filters: what is written, that no value breaks out of its literal, and that parentheses keep what
//! was meant.

use graph_runtime::bytes::Bytes;
use graph_runtime::filter::{Literal, Path};
use graph_runtime::serde_json::Value;
use graph_runtime::time::macros::{date, datetime, time as time_of_day};
use graph_runtime::{
    Date, DateTimeOffset, Duration, Field, Filter, Flags, FromResponse, Guid, OpenEnum, Page,
    Request, Scalar, TimeOfDay, time, uuid,
};

use crate::models::Message;
use crate::operation;

mod laws;
mod reading;

struct User;

struct License;

const NAME: Field<User> = Field::new("name");
const AGE: Field<User> = Field::new("age");
const TAGS: Field<User> = Field::new("tags");
const LICENSES: Field<User> = Field::new("licenses");
const PLANS: Field<License> = Field::new("plans");
const SKU: Field<License> = Field::new("sku");

/// An enumeration all of whose members are unknown.
struct Member(String);

impl OpenEnum for Member {
    fn from_wire(text: &str) -> Self {
        Self(text.to_owned())
    }

    fn as_str(&self) -> &str {
        &self.0
    }
}

fn assert_texts(cases: impl IntoIterator<Item = (Filter<User>, &'static str)>) {
    for (filter, expected) in cases {
        assert_eq!(filter.to_string(), expected);
    }
}

#[test]
fn comparisons() {
    let license = LICENSES.property(SKU);
    assert_texts([
        (NAME.equals("O'Neil"), "name eq 'O''Neil'"),
        (NAME.not_equals(""), "name ne ''"),
        (AGE.greater_than(1), "age gt 1"),
        (AGE.at_least(-1), "age ge -1"),
        (AGE.less_than(1.5), "age lt 1.5"),
        (AGE.at_most(u64::MAX), "age le 18446744073709551615"),
        (NAME.is_null(), "name eq null"),
        (NAME.is_not_null(), "name ne null"),
        (NAME.is_one_of(["a", "'"]), "name in ('a','''')"),
        (AGE.is_one_of([1, 2].iter()), "age in (1,2)"),
        (AGE.is_one_of(Vec::<i32>::new()), "false"),
        (NAME.starts_with("a'"), "startswith(name,'a''')"),
        (NAME.ends_with(&String::from("é")), "endswith(name,'é')"),
        (NAME.contains("a) or (b"), "contains(name,'a) or (b')"),
        (LICENSES.count().equals(0), "licenses/$count eq 0"),
        (license.is_null(), "licenses/sku eq null"),
        (
            license.property(NAME).contains("a"),
            "contains(licenses/sku/name,'a')",
        ),
    ]);
}

#[test]
fn precedence() {
    let [a, b, c] = [1, 2, 3].map(|value| AGE.equals(value));
    let (a, b, c) = (|| a.clone(), || b.clone(), || c.clone());
    let raw = || Filter::raw("x or y");
    assert_texts([
        (a().and(b()).and(c()), "age eq 1 and age eq 2 and age eq 3"),
        (a().and(b().and(c())), "age eq 1 and age eq 2 and age eq 3"),
        (a().or(b()).or(c()), "age eq 1 or age eq 2 or age eq 3"),
        (a().and(b()).or(c()), "age eq 1 and age eq 2 or age eq 3"),
        (a().or(b().and(c())), "age eq 1 or age eq 2 and age eq 3"),
        (a().or(b()).and(c()), "(age eq 1 or age eq 2) and age eq 3"),
        (a().and(b().or(c())), "age eq 1 and (age eq 2 or age eq 3)"),
        (!a(), "not (age eq 1)"),
        (!a().or(b()), "not (age eq 1 or age eq 2)"),
        ((!a()).and(!!b()), "not (age eq 1) and not (not (age eq 2))"),
        (raw(), "x or y"),
        (raw().and(a()), "(x or y) and age eq 1"),
        (a().or(raw()), "age eq 1 or (x or y)"),
        (!raw(), "not (x or y)"),
        (
            TAGS.any(|_| raw().or(a())),
            "tags/any(x:(x or y) or age eq 1)",
        ),
    ]);
}

#[test]
fn lambdas() {
    let sku = |license: Path<User>| license.property(SKU).equals(1);
    let tagged = || TAGS.any(|tag| tag.equals("'"));
    assert_texts([
        (tagged(), "tags/any(x:x eq '''')"),
        (
            TAGS.all(|tag| tag.starts_with("a")),
            "tags/all(x:startswith(x,'a'))",
        ),
        (LICENSES.any(sku), "licenses/any(x:x/sku eq 1)"),
        (
            !LICENSES.any(|license| license.property(SKU).is_null().or(AGE.equals(2))),
            "not (licenses/any(x:x/sku eq null or age eq 2))",
        ),
        (
            LICENSES.property(PLANS).all(|plan| plan.is_one_of([1, 2])),
            "licenses/plans/all(x:x in (1,2))",
        ),
        // Beside one another the same name will do.
        (
            tagged().or(LICENSES.any(sku)),
            "tags/any(x:x eq '''') or licenses/any(x:x/sku eq 1)",
        ),
    ]);
}

#[test]
fn no_lambda_has_the_name_of_one_around_it() {
    let before = TAGS.any(|tag| tag.equals("a"));
    assert_texts([
        (
            LICENSES.any(|license| license.property(PLANS).any(|plan| plan.equals(1))),
            "licenses/any(x1:x1/plans/any(x:x eq 1))",
        ),
        // What was made before the variable around it.
        (
            LICENSES.any(|license| before.and(license.property(SKU).equals(1))),
            "licenses/any(x1:tags/any(x:x eq 'a') and x1/sku eq 1)",
        ),
        // The outer variable in the inner condition, before and after the inner one.
        (
            LICENSES.any(|license| {
                TAGS.any(|tag| {
                    license
                        .property(SKU)
                        .equals(1)
                        .and(tag.equals("x"))
                        .and(license.property(SKU).equals(2))
                })
            }),
            "licenses/any(x1:tags/any(x:x1/sku eq 1 and x eq 'x' and x1/sku eq 2))",
        ),
        (
            LICENSES
                .any(|a| TAGS.all(|b| TAGS.any(|c| c.equals(1).or(b.equals(2)).and(a.equals(3))))),
            "licenses/any(x2:tags/all(x1:tags/any(x:(x eq 1 or x1 eq 2) and x2 eq 3)))",
        ),
    ]);
}

#[test]
fn literals() {
    let guid = "0a6c2d1e-5f3b-4c8d-9e7f-1a2b3c4d5e6f";
    let flags = Flags::from(["read", "wri'te"].map(Member::from_wire));
    let cases: &[(&dyn Literal, &str)] = &[
        (&"a'b''", "'a''b'''''"),
        (&String::from("'"), "''''"),
        (&true, "true"),
        (&-7_i16, "-7"),
        (&1.0_f64, "1.0"),
        (&1e300_f64, "1e300"),
        (&f64::INFINITY, "INF"),
        (&f32::NEG_INFINITY, "-INF"),
        (&f32::NAN, "NaN"),
        (&Member::from_wire("compliant"), "'compliant'"),
        (&Member::from_wire("' or 1 eq 1"), "''' or 1 eq 1'"),
        (&flags, "'read,wri''te'"),
        (&&flags, "'read,wri''te'"),
        (
            &DateTimeOffset::from("2017-01-01T00:00:17.7769392-08:00"),
            "2017-01-01T00:00:17.7769392-08:00",
        ),
        (&datetime!(2017-01-01 08:30 UTC), "2017-01-01T08:30:00Z"),
        (&Date::from("2017-01-01"), "2017-01-01"),
        (&date!(2017 - 01 - 01), "2017-01-01"),
        (&TimeOfDay::from("8:30"), "08:30:00"),
        (&time_of_day!(08:30:00.5), "08:30:00.5"),
        (&Duration::from("P1W"), "duration'P7D'"),
        (&time::Duration::minutes(-90), "duration'-PT1H30M'"),
        (&Guid::from(guid.to_uppercase()), guid),
        (&Guid::from(format!("{{{guid}}}")), guid),
        (&uuid::Uuid::nil(), "00000000-0000-0000-0000-000000000000"),
        // Text that is no value of the type.
        (&DateTimeOffset::from("x' or 1 eq 1"), "'x'' or 1 eq 1'"),
        (
            &DateTimeOffset::from("createdDateTime"),
            "'createdDateTime'",
        ),
        (
            &DateTimeOffset::from("2017-01-01'00:00:00Z"),
            "2017-01-01T00:00:00Z",
        ),
        (&Date::from("2017-01-01 or true"), "'2017-01-01 or true'"),
        (&TimeOfDay::from(""), "''"),
        (&Duration::from("PT1H' or 1 eq 1"), "'PT1H'' or 1 eq 1'"),
        (&Guid::from("null"), "'null'"),
    ];
    for (value, expected) in cases {
        assert_eq!(value.to_literal(), *expected);
    }
    // By reference as by value.
    let (day, name) = (Date::from("2017-01-01"), String::from("a"));
    let by_reference = AGE.equals(&day);
    assert_eq!(by_reference, AGE.equals(day));
    assert_eq!(NAME.equals(&name), NAME.equals(name.as_str()));
}

#[test]
fn filters_are_values() {
    let filter = NAME.equals("a");
    assert_eq!(filter.clone(), filter);
    assert_eq!(filter, Filter::raw("name eq 'a'"));
    assert_ne!(filter, NAME.equals("b"));
    assert_eq!(format!("{filter:?}"), "Filter(name eq 'a')");
    let path = LICENSES.property(SKU);
    assert_eq!(path.clone(), path);
    assert_ne!(path, LICENSES.property(PLANS));
    assert_eq!(
        format!("{path} {path:?}"),
        "licenses/sku Path(licenses/sku)"
    );
    // Fields are still compared by name.
    assert!(NAME == Field::new("name") && NAME != AGE);
    let all = [1, 2].map(|age| AGE.equals(age)).into_iter();
    assert_eq!(
        all.reduce(Filter::or).unwrap().to_string(),
        "age eq 1 or age eq 2"
    );
}

fn query<T: FromResponse>(set: impl FnOnce(Request<T>) -> Request<T>) -> String {
    let request = set(Request::new(operation("/items"), &[]));
    let sent = request.to_http("https://graph.microsoft.com").unwrap();
    sent.uri().query().unwrap().to_owned()
}

#[test]
fn requests_take_text_and_filters() {
    let subject = || Message::SUBJECT.equals("a&b'+c");
    let expected = "$filter=subject%20eq%20'a%26b''%2Bc'";
    let text = subject().to_string();
    let queries = [
        query::<Page<Message>>(|request| request.filter(subject())),
        query::<Message>(|request| request.filter(subject())),
        query::<Page<Message>>(|request| request.filter(text.as_str())),
        query::<Page<Message>>(|request| request.filter(&text)),
        query::<()>(|request| request.filter(text.clone())),
        // No entity is answered: a filter of any.
        query::<i64>(|request| request.filter(subject())),
        query::<()>(|request| request.filter(subject())),
        query::<Value>(|request| request.filter(subject())),
        query::<String>(|request| request.filter(subject())),
        query::<Bytes>(|request| request.filter(subject())),
        query::<Scalar<bool>>(|request| request.filter(subject())),
        // The last one stays.
        query::<i64>(|request| request.filter("x").filter(subject())),
    ];
    for query in queries {
        assert_eq!(query, expected);
    }
    let untyped: Field<Value> = Field::new("age");
    assert_eq!(
        query::<Page<Value>>(|request| request.filter(untyped.at_least(18))),
        "$filter=age%20ge%2018"
    );
}
