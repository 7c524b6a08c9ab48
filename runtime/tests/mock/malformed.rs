//! Examples that are not in the form that is wanted.

use graph_runtime::ErrorKind;
use graph_runtime::mock::Mock;

#[test]
fn errors_say_which_text_where_and_what_was_expected() {
    let operation = |members: &str| {
        format!(
            "{{\"operations\": [\n {{\"function\": \"a\", \"method\": \"GET\", \"path\": \"/v1.0/a\"}},\n {{{members}}}\n]}}"
        )
    };
    let cases = [
        (String::new(), vec!["EOF", "line 1 column 0"]),
        ("{}".to_owned(), vec!["missing field `operations`"]),
        ("[]\n x".to_owned(), vec!["line 1"]),
        (
            "{\"operations\": []}\n x".to_owned(),
            vec!["trailing characters", "line 2 column 2"],
        ),
        (
            operation(r#""function": 1, "method": "GET", "path": "/a""#),
            vec!["at operations[1].function", "expected a string", "line 3"],
        ),
        (
            operation(r#""function": "a", "path": "/a""#),
            vec!["at operations[1]", "missing field `method`", "line 3"],
        ),
        (
            operation(r#""function": "a", "method": "G T", "path": "/a""#),
            vec![
                "at operations[1].method",
                "\"G T\" is not a method",
                "line 3",
            ],
        ),
        (
            operation(r#""function": "a", "method": "GET", "path": "a""#),
            vec![
                "at operations[1].path",
                "does not start with a slash",
                "line 3",
            ],
        ),
        (
            operation(r#""function": "a", "method": "GET", "path": "/{a""#),
            vec![
                "at operations[1].path",
                "a placeholder of the path \"/{a\" has no end",
                "line 3",
            ],
        ),
        (
            operation(r#""function": "a", "method": "GET", "path": "/a?{b}=1""#),
            vec!["at operations[1].path", "placeholder for its name"],
        ),
        (
            operation(
                r#""function": "a", "method": "GET", "path": "/a", "exchanges": [{"responses": [{"status": "200"}]}]"#,
            ),
            vec![
                "at operations[1].exchanges[0].responses[0].status",
                "expected u16",
                "line 3",
            ],
        ),
    ];
    for (text, expected) in cases {
        let error = Mock::new(["{\"operations\": []}", &text]).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Decode);
        let message = error.message();
        assert!(
            message.starts_with("text 2 of the documented examples"),
            "{message}"
        );
        for part in expected {
            assert!(message.contains(part), "{part:?} is not in {message:?}");
        }
    }
}

#[test]
fn members_that_are_not_known_are_ignored() {
    let text = r#"{ "later": 1, "operations": [ { "function": "a", "method": "GET", "path": "/a", "later": {},
        "exchanges": [ { "later": [], "request": { "later": 1, "headers": [["Prefer", "x"]] } },
          { "request": null, "responses": [{ "status": null, "text": null, "later": 1 }] } ] } ] }"#;
    assert!(Mock::new([text]).is_ok());
}
