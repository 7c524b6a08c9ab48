//! Operations and examples as text.

use serde_json::Value;

use super::resource::row;
use super::{Lines, flag, quoted, type_form, values_form};
use crate::content::Content;
use crate::facts::{
    BodyFacts, ExampleDirection, ExampleFacts, OperationFacts, ParameterFacts, PermissionFacts,
    RequestLine, ResponseFacts, Stated,
};
use crate::profile::Section;

/// An operation.
pub(super) fn operation(lines: &mut Lines, operation: &OperationFacts) {
    let OperationFacts {
        task,
        task_section,
        requests,
        permissions,
        parameters,
        headers,
        query_options,
        body,
        response,
    } = operation;
    lines.within(Some(Section::Request), task.as_deref().unwrap_or_default());
    let own = flag(task_section.is_some(), "with a section of its own");
    lines.add(0, &["operation", task.as_deref().unwrap_or_default(), own]);
    for request in requests {
        let RequestLine {
            method,
            path,
            query,
            version,
            span,
        } = request;
        lines.at(*span);
        let query = query
            .as_ref()
            .map_or_else(String::new, |query| format!("query {query}"));
        let version = version
            .as_ref()
            .map_or_else(String::new, |version| format!("version {version}"));
        lines.add(1, &["request", method, path, &query, &version]);
    }
    let PermissionFacts {
        delegated_work,
        delegated_personal,
        application,
        unsupported,
        alternatives,
        conditional,
    } = permissions;
    let kinds = [
        ("delegated-work", delegated_work),
        ("delegated-personal", delegated_personal),
        ("application", application),
    ];
    for (((kind, names), unsupported), alternatives) in
        kinds.into_iter().zip(unsupported).zip(alternatives)
    {
        if *unsupported {
            lines.add(1, &["no permission", kind]);
        }
        for name in names {
            lines.within(Some(Section::Permissions), name);
            lines.add(1, &["permission", kind, name]);
        }
        for together in alternatives.iter().filter(|set| set.len() > 1) {
            lines.within(Some(Section::Permissions), &together[0]);
            lines.add(1, &["permissions together", kind, &together.join(" and ")]);
        }
    }
    if *conditional {
        lines.within(Some(Section::Permissions), "");
        lines.add(1, &["permissions depend on the request"]);
    }
    for parameter in parameters {
        add_parameter(lines, "parameter", parameter);
    }
    for option in query_options {
        lines.within(Some(Section::Query), option);
        lines.add(1, &["query option", option]);
    }
    for header in headers {
        add_parameter(lines, "header", header);
    }
    add_body(lines, body);
    add_response(lines, response);
}

fn add_parameter(lines: &mut Lines, kind: &str, parameter: &ParameterFacts) {
    let ParameterFacts {
        name,
        type_name,
        description,
        values,
    } = parameter;
    let ty = type_name.as_ref().map_or_else(String::new, type_form);
    lines.at(name.span);
    lines.add(
        1,
        &[
            kind,
            &name.value,
            &ty,
            &values_form(values),
            &quoted(description),
        ],
    );
}

fn add_body(lines: &mut Lines, body: &BodyFacts) {
    let BodyFacts {
        none,
        links,
        parameters,
        binary,
        properties,
        stated,
    } = body;
    lines.within(Some(Section::Body), "");
    for (says, word) in [
        (none, "none"),
        (parameters, "parameters"),
        (binary, "binary"),
    ] {
        if *says {
            lines.add(1, &["body", word]);
        }
    }
    for link in links {
        lines.within(Some(Section::Body), &link.name);
        lines.add(1, &["body names", &type_form(link)]);
    }
    for property in properties {
        row(lines, "body property", property);
    }
    add_stated(lines, "body", stated.as_ref());
}

fn add_response(lines: &mut Lines, response: &ResponseFacts) {
    let ResponseFacts {
        statuses,
        links,
        none,
        binary,
        stated,
    } = response;
    for status in statuses {
        lines.at(status.span);
        lines.add(1, &["response", &status.value.to_string()]);
    }
    lines.within(Some(Section::Response), "");
    for (says, word) in [(none, "none"), (binary, "binary")] {
        if *says {
            lines.add(1, &["response", word]);
        }
    }
    for link in links {
        lines.within(Some(Section::Response), &link.name);
        lines.add(1, &["response names", &type_form(link)]);
    }
    add_stated(lines, "response", stated.as_ref());
}

/// What a correction says of a body or an answer.
fn add_stated(lines: &mut Lines, kind: &str, stated: Option<&Stated>) {
    match stated {
        None => {}
        Some(Stated::Nothing) => lines.add(1, &[kind, "corrected to none"]),
        Some(Stated::Value(name)) => lines.add(1, &[kind, "corrected to", &type_form(name)]),
    }
}

/// A request or response shown in full.
pub(super) fn example(lines: &mut Lines, example: &ExampleFacts, operations: &[OperationFacts]) {
    let ExampleFacts {
        direction,
        task,
        request,
        status,
        headers,
        content,
        annotated_type,
        annotated_collection,
        ignored,
        span,
    } = example;
    lines.at(*span);
    let direction = match direction {
        ExampleDirection::Request => "request",
        ExampleDirection::Response => "response",
    };
    let (method, url) = request
        .as_ref()
        .map_or(("", ""), |request| (&request.method, &request.url));
    let status = status.map_or_else(String::new, |status| status.to_string());
    let task = match task {
        None => String::new(),
        Some(task) => operations
            .iter()
            .find(|operation| operation.task_section == Some(*task))
            .and_then(|operation| operation.task.as_ref())
            .map_or_else(
                || "below a section of no operation".to_owned(),
                |name| format!("of task {name}"),
            ),
    };
    lines.add(
        0,
        &[
            "example",
            direction,
            method,
            url,
            &status,
            &task,
            flag(*ignored, "ignored"),
        ],
    );
    if annotated_type.is_some() || *annotated_collection {
        let name = annotated_type.as_deref().unwrap_or_default();
        lines.add(
            1,
            &["type", name, flag(*annotated_collection, "collection")],
        );
    }
    for (name, value) in headers {
        lines.add(1, &["header", &format!("{name}:"), value]);
    }
    match content {
        Content::Empty => {}
        Content::Json(json) => add_json(lines, "$", json),
        Content::Unreadable(_) => lines.add(1, &["body that cannot be read"]),
        Content::Text(_) => lines.add(1, &["body that is not JSON"]),
    }
}

/// A JSON value, one line for each leaf, named by its path (RFC 9535).
fn add_json(lines: &mut Lines, path: &str, value: &Value) {
    match value {
        Value::Object(map) if !map.is_empty() => {
            for (key, value) in map {
                let simple = key.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
                let step = if simple {
                    format!(".{key}")
                } else {
                    format!("['{key}']")
                };
                add_json(lines, &format!("{path}{step}"), value);
            }
        }
        Value::Array(list) if !list.is_empty() => {
            for (index, value) in list.iter().enumerate() {
                add_json(lines, &format!("{path}[{index}]"), value);
            }
        }
        leaf => lines.add(1, &["json", path, &leaf.to_string()]),
    }
}
