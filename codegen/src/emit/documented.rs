//! Turns the operations of an area, with the examples of their pages, into the JSON that the mock service of the runtime
//! reads.

use serde_json::{Map, Value, json};

use super::file;
use crate::content::Content;
use crate::plan::nodes::{ExchangePlan, ModulePlan, OperationPlan, RequestSample, ResponseSample};
use crate::prose::is_hidden;

/// The operations of an area and of all modules in it.
pub(super) fn area(module: &ModulePlan) -> String {
    let functions = module.functions();
    let operations = functions.iter().map(|(path, plan)| operation(path, plan));
    // JSON has no comments: the header is the first key.
    let mut text = file::json_header();
    text.push_str("  \"operations\": [");
    for (index, operation) in operations.enumerate() {
        let comma = if index == 0 { "" } else { "," };
        // Text in JSON has no line breaks of its own.
        let lines = visible(&format!("{operation:#}")).replace('\n', "\n    ");
        text.push_str(&format!("{comma}\n    {lines}"));
    }
    text.push_str("\n  ]\n}\n");
    text
}

/// JSON with escapes in place of what would change how a reviewer sees the lines.
fn visible(json: &str) -> String {
    let mut text = String::with_capacity(json.len());
    for character in json.chars() {
        if is_hidden(character) || character.is_control() && character != '\n' {
            text.push_str(&format!("\\u{:04X}", u32::from(character)));
        } else {
            text.push(character);
        }
    }
    text
}

fn operation(path: &str, plan: &OperationPlan) -> Value {
    let exchanges: Vec<Value> = plan.exchanges.iter().map(exchange).collect();
    json!({
        "function": path,
        "method": plan.method,
        "path": format!("/{}{}", plan.version, plan.path),
        "success": plan.success,
        "query_options": plan.query_options,
        "exchanges": exchanges,
    })
}

fn exchange(plan: &ExchangePlan) -> Value {
    let mut map = Map::new();
    map.insert("page".to_owned(), json!(plan.page));
    if plan.shared {
        map.insert("shared".to_owned(), json!(true));
    }
    if let Some(sample) = &plan.request {
        map.insert("request".to_owned(), request(sample));
    }
    let responses: Vec<Value> = plan.responses.iter().map(response).collect();
    map.insert("responses".to_owned(), json!(responses));
    Value::Object(map)
}

fn request(sample: &RequestSample) -> Value {
    let mut map = Map::new();
    map.insert("path".to_owned(), json!(sample.path));
    if let Some(arguments) = &sample.arguments {
        map.insert("arguments".to_owned(), json!(arguments));
    }
    map.insert("query".to_owned(), json!(sample.query));
    map.insert("headers".to_owned(), json!(sample.headers));
    content(&sample.content, &mut map);
    contradictions(&sample.contradictions, &mut map);
    Value::Object(map)
}

fn response(sample: &ResponseSample) -> Value {
    let mut map = Map::new();
    if let Some(status) = sample.status {
        map.insert("status".to_owned(), json!(status));
    }
    map.insert("headers".to_owned(), json!(sample.headers));
    content(&sample.content, &mut map);
    contradictions(&sample.contradictions, &mut map);
    Value::Object(map)
}

/// Adds the body; nothing for one that is meant to be JSON and is none.
fn content(content: &Content, map: &mut Map<String, Value>) {
    match content {
        Content::Empty | Content::Unreadable(_) => {}
        Content::Json(value) => {
            map.insert("json".to_owned(), value.clone());
        }
        Content::Text(text) => {
            map.insert("text".to_owned(), json!(text));
        }
    }
}

fn contradictions(sentences: &[String], map: &mut Map<String, Value>) {
    if !sentences.is_empty() {
        map.insert("contradictions".to_owned(), json!(sentences));
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::visible;

    #[test]
    fn hidden_characters_are_escaped_and_read_back() {
        let value = json!({"a\u{202E}b": "c\u{7F}\u{85}\r\n\u{FEFF}"});
        let text = visible(&format!("{value:#}"));
        let is_hidden =
            |c: char| c != '\n' && (c.is_control() || c == '\u{202E}' || c == '\u{FEFF}');
        assert!(!text.contains(is_hidden), "{text:?}");
        let read: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(read, value);
    }
}
