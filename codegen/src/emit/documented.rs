//! Turns the operations of an area, with the examples of their pages, into the JSON that the mock service of the runtime
//! reads.

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};
use serde_json::Value;

use super::file;
use crate::content::Content;
use crate::plan::nodes::{ExchangePlan, ModulePlan, OperationPlan, RequestSample, ResponseSample};
use crate::prose::is_hidden;

/// The operations of an area and of all modules in it.
pub(super) fn area(module: &ModulePlan) -> String {
    let functions = module.functions();
    let operations = functions.iter().map(|(path, plan)| operation(path, plan));
    let file = File(operations.collect());
    // It holds no map whose keys are not text, all that cannot be written as JSON.
    visible(&serde_json::to_string_pretty(&file).unwrap_or_default()) + "\n"
}

/// JSON with escapes in place of what would change how a reviewer sees the lines.
fn visible(json: &str) -> String {
    let mut text = String::with_capacity(json.len() + 1);
    // Text in JSON has no line breaks of its own.
    for line in json.split_inclusive('\n') {
        if line.is_ascii() && !line.contains('\u{7F}') {
            text.push_str(line);
            continue;
        }
        for character in line.chars() {
            if is_hidden(character) || character.is_control() && character != '\n' {
                text.push_str(&format!("\\u{:04X}", u32::from(character)));
            } else {
                text.push(character);
            }
        }
    }
    text
}

/// What a file has. JSON has no comments: the header is the first key.
struct File<'a>(Vec<Operation<'a>>);

impl Serialize for File<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(2))?;
        map.serialize_entry(&file::json_header(), &true)?;
        map.serialize_entry("operations", &self.0)?;
        map.end()
    }
}

#[derive(Serialize)]
struct Operation<'a> {
    function: &'a str,
    method: &'a str,
    path: String,
    success: &'a [u16],
    query_options: &'a [String],
    exchanges: Vec<Exchange<'a>>,
}

#[derive(Serialize)]
struct Exchange<'a> {
    page: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    shared: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    request: Option<Request<'a>>,
    responses: Vec<Response<'a>>,
}

#[derive(Serialize)]
struct Request<'a> {
    path: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    arguments: Option<&'a [String]>,
    query: &'a [(String, String)],
    headers: &'a [(String, String)],
    #[serde(flatten)]
    body: Body<'a>,
}

#[derive(Serialize)]
struct Response<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<u16>,
    headers: &'a [(String, String)],
    #[serde(flatten)]
    body: Body<'a>,
}

/// The body, and what contradicts the tables. One that is meant to be JSON and is none has neither key.
#[derive(Serialize)]
struct Body<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    json: Option<&'a Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<&'a str>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    contradictions: &'a [String],
}

fn operation<'a>(path: &'a str, plan: &'a OperationPlan) -> Operation<'a> {
    Operation {
        function: path,
        method: &plan.method,
        path: format!("/{}{}", plan.version, plan.path),
        success: &plan.success,
        query_options: &plan.query_options,
        exchanges: plan.exchanges.iter().map(exchange).collect(),
    }
}

fn exchange(plan: &ExchangePlan) -> Exchange<'_> {
    Exchange {
        page: &plan.page,
        shared: plan.shared.then_some(true),
        request: plan.request.as_ref().map(request),
        responses: plan.responses.iter().map(response).collect(),
    }
}

fn request(sample: &RequestSample) -> Request<'_> {
    Request {
        path: &sample.path,
        arguments: sample.arguments.as_deref(),
        query: &sample.query,
        headers: &sample.headers,
        body: body(&sample.content, &sample.contradictions),
    }
}

fn response(sample: &ResponseSample) -> Response<'_> {
    Response {
        status: sample.status,
        headers: &sample.headers,
        body: body(&sample.content, &sample.contradictions),
    }
}

fn body<'a>(content: &'a Content, contradictions: &'a [String]) -> Body<'a> {
    Body {
        json: content.json(),
        text: match content {
            Content::Text(text) => Some(text),
            _ => None,
        },
        contradictions,
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
