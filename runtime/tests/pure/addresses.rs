//! Addresses: the path templates of operations, and query options.

use graph_runtime::{Error, ErrorKind, Request};
use percent_encoding::percent_decode_str;
use proptest::prelude::*;

use crate::operation;

const BASE: &str = "https://graph.microsoft.com";

fn address(path: &'static str, arguments: &[&str]) -> Result<String, Error> {
    let request = Request::<()>::new(operation(path), arguments).to_http(BASE)?;
    let address = request.uri().to_string();
    Ok(address
        .strip_prefix("https://graph.microsoft.com/v1.0")
        .unwrap()
        .to_owned())
}

#[track_caller]
fn assert_address(path: &'static str, arguments: &[&str], expected: &str) {
    assert_eq!(address(path, arguments).unwrap(), expected);
}

#[track_caller]
fn assert_refused(path: &'static str, arguments: &[&str], reason: &str) {
    let error = address(path, arguments).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Request);
    assert!(error.message().contains(reason), "{error}");
}

#[test]
fn segments() {
    assert_address(
        "/users/{id}",
        &["jane@contoso.com"],
        "/users/jane@contoso.com",
    );
    assert_address("/users/{id}/x/{id}", &["a", "b"], "/users/a/x/b");
    assert_address(
        "/users/{id}",
        &["a/b'c#d+e%f g?h&i"],
        "/users/a%2Fb%27c%23d%2Be%25f%20g%3Fh%26i",
    );
    assert_address("/users/{id}", &["Zoë"], "/users/Zo%C3%AB");
    assert_address(
        "/users/{id}",
        &["a!b#EXT#@c.com"],
        "/users/a!b%23EXT%23@c.com",
    );
    assert_address("/x/range(count={n})", &["5"], "/x/range(count=5)");
}

#[test]
fn drive_paths() {
    let path = "/me/drive/root:/{+path}:/content";
    assert_address(
        path,
        &["Docs/a b+c.txt"],
        "/me/drive/root:/Docs/a%20b%2Bc.txt:/content",
    );
    // A colon would end the path.
    assert_address(path, &["a:b"], "/me/drive/root:/a%3Ab:/content");
    assert_refused(path, &[""], "empty argument for {+path}");
}

#[test]
fn string_literals() {
    let path = "/me/drive/root/search(q='{q}')";
    assert_address(
        path,
        &["O'Neil/x"],
        "/me/drive/root/search(q='O%27%27Neil%2Fx')",
    );
    // An empty string is a value.
    assert_address(path, &[""], "/me/drive/root/search(q='')");
    assert_address(
        "/x(a='{a}',n={n},b='{b}')",
        &["1'", "2", "3'"],
        "/x(a='1%27%27',n=2,b='3%27%27')",
    );
}

#[test]
fn query_text() {
    let path = "/me/calendarView?startDateTime={start}&endDateTime={end}";
    let times = ["2020-01-01T19:00:00-08:00", "2020-01-02T19:00:00+01:00"];
    let expected = "/me/calendarView?startDateTime=2020-01-01T19:00:00-08:00&endDateTime=2020-01-02T19:00:00%2B01:00";
    assert_address(path, &times, expected);
    let filter = "/users?$filter=id eq '{id_value}'";
    assert_address(
        filter,
        &["a&b=c'd"],
        "/users?$filter=id%20eq%20'a%26b%3Dc''d'",
    );
    assert_address("/users?search={q}", &[""], "/users?search=");
}

#[test]
fn wrong_arguments() {
    assert_refused("/users/{id}", &[], "0 arguments, too few");
    assert_refused("/users/{id}", &["a", "b"], "2 arguments, too many");
    assert_refused("/users/{id}", &[""], "empty argument for {id}");
    assert_refused("/users/{id}/messages", &[".."], "`.` or `..`");
    assert_refused("/users/{id", &["a"], "placeholder without an end");
    assert_refused("/x/{+path}", &["a/../../b"], "`.` or `..`");
    // The message must not show the argument.
    let error = address("/users/{id}", &["jane@contoso.com", "x"]).unwrap_err();
    assert!(!format!("{error} {error:?}").contains("jane"));
}

#[test]
fn options() {
    let request = Request::<()>::new(operation("/users?x=1"), &[])
        .filter("startswith(name,'A&B') and a eq 1+1")
        .search("\"name:é\"")
        .top(5)
        .skip(10)
        .count(true)
        .top(7)
        .query("custom", "a")
        .query("custom", "b=c");
    let expected = "https://graph.microsoft.com/v1.0/users?x=1\
        &$filter=startswith(name,'A%26B')%20and%20a%20eq%201%2B1\
        &$search=%22name:%C3%A9%22&$skip=10&$count=true&$top=7&custom=a&custom=b%3Dc";
    assert_eq!(request.to_http(BASE).unwrap().uri().to_string(), expected);
}

#[test]
fn an_option_that_the_path_has_is_refused() {
    let request = Request::<()>::new(operation("/users?$filter=a eq 1"), &[]).filter("b eq 2");
    let error = request.to_http(BASE).unwrap_err();
    assert_eq!(
        error.to_string(),
        "the path /users?$filter=a eq 1 has a $filter already"
    );
}

#[test]
fn the_base_may_end_with_a_slash_or_have_a_path() {
    let request = Request::<()>::new(operation("/me"), &[]);
    assert_eq!(
        request.to_http("http://localhost:8/").unwrap().uri(),
        "http://localhost:8/v1.0/me"
    );
    assert_eq!(
        request.to_http("https://a.b/graph").unwrap().uri(),
        "https://a.b/graph/v1.0/me"
    );
}

fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8().unwrap().into_owned()
}

fn path_of(address: &str) -> Vec<String> {
    let url = url::Url::parse(&format!("{BASE}/v1.0{address}")).unwrap();
    url.path_segments().unwrap().map(decoded).collect()
}

proptest! {
    /// Any text is one segment, and the server reads it back.
    #[test]
    fn a_segment_is_its_argument(argument in "\\PC+|.{1,12}") {
        prop_assume!(!argument.is_empty() && argument != "." && argument != "..");
        let address = address("/users/{id}/messages", &[&argument]).unwrap();
        prop_assert_eq!(path_of(&address), ["v1.0", "users", argument.as_str(), "messages"]);
    }

    /// A drive path keeps its slashes and nothing else, and cannot be ended early.
    #[test]
    fn a_drive_path_is_its_argument(names in prop::collection::vec("[^/]{1,8}", 1..4)) {
        prop_assume!(names.iter().all(|name| name != "." && name != ".."));
        let address = address("/root:/{+path}:/content", &[&names.join("/")]).unwrap();
        prop_assert_eq!(address.matches(':').count(), 2);
        let mut expected = vec!["v1.0".to_owned(), "root:".to_owned()];
        expected.extend(names);
        expected.last_mut().unwrap().push(':');
        expected.push("content".to_owned());
        prop_assert_eq!(path_of(&address), expected);
    }

    /// A string literal holds its argument with quotes doubled, in paths and in queries.
    #[test]
    fn a_literal_is_its_argument(argument in ".{0,12}") {
        let doubled = argument.replace('\'', "''");
        let in_path = address("/search(q='{q}')", &[&argument]).unwrap();
        let expected = format!("search(q='{doubled}')");
        prop_assert_eq!(path_of(&in_path), ["v1.0", expected.as_str()]);
        let in_query = address("/x?$filter=a eq '{q}'", &[&argument]).unwrap();
        prop_assert_eq!(query_of(&in_query), [("$filter".to_owned(), format!("a eq '{doubled}'"))]);
    }

    /// Options come back as they were given, under their names.
    #[test]
    fn an_option_is_its_value(name in "\\$?[a-zA-Z@._-]{1,8}", value in ".{0,16}", item in ".{0,8}") {
        let request = Request::<()>::new(operation("/x?item={item}"), &[&item]).query(&name, &value);
        let address = request.to_http(BASE).unwrap().uri().to_string();
        prop_assert_eq!(query_of(&address), [("item".to_owned(), item), (name, value)]);
        prop_assert!(!address.contains('+'), "a plus sign may be read as a blank: {}", address);
    }

    /// Nothing that a caller passes makes the runtime panic.
    #[test]
    fn no_input_panics(arguments in prop::collection::vec(".{0,6}", 0..4), name in ".{0,6}", value in ".{0,6}") {
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let request = Request::<()>::new(operation("/a/{b}('{c}')?d={e}"), &arguments);
        let request = request.query(&name, &value).header(&name, &value).content(&value, value.clone());
        let _ = request.to_http(&value);
        let _ = request.to_http(BASE);
    }
}

fn query_of(address: &str) -> Vec<(String, String)> {
    let (_, query) = address.split_once('?').unwrap();
    let options = query
        .split('&')
        .map(|option| option.split_once('=').unwrap());
    options
        .map(|(name, value)| (decoded(name), decoded(value)))
        .collect()
}
