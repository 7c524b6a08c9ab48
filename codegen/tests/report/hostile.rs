//! Text of pages that would be markup, script or another address, were it not shown as text.

use super::document::Document;
use super::{folder, html, run};

/// Texts that end elements, attributes and scripts, that run, and that turn text around.
const HOSTILE: &str = "</script></style></table><script>alert(1)</script><img src=x onerror=alert(2)>\"'&amp;&#x202e;\u{202E}\u{2066}x";

/// A page of a type whose names, rows and values are hostile, wherever the reader lets them through.
fn pages() -> Vec<(String, String)> {
    let cell = HOSTILE.replace('|', "");
    let ty = format!(
        "# thing resource type\n\nNamespace: microsoft.graph\n\n{HOSTILE}\n\n## Properties\n\n\
         |Property|Type|Description|\n|:---|:---|:---|\n|id|String|The key.|\n|`{cell}`|String|{cell}|\n\
         |size|`{cell}`|{cell}|\n|count|Int32|{cell}|\n\n## JSON representation\n\n```json\n{{ {HOSTILE}\n```\n"
    );
    let body = serde_json::json!({
        "id": HOSTILE,
        "count": HOSTILE,
        HOSTILE: 1,
        "</script><img onerror=x>": {"\u{202E}": 2},
    });
    let operation = format!(
        "# List {HOSTILE}\n\n## Permissions\n\n|Permission type|Permissions|\n|:---|:---|\n\
         |Delegated (work or school account)|`{cell}`, Thing.Read\"><b>x</b>.All|\n|{cell}|Thing.Read|\n\n\
         ## HTTP request\n\n```http\nGET /things/\"><img src=x onerror=alert(3)>/{{id}}\nGET /things/{{id\"><script>}}/{cell}\n\
         GET /things/{{id}}\n```\n\n\
         ## Response\n\nA `200 OK` response code and a [thing](../resources/thing.md).\n\n## Example\n\n\
         ```http\nGET /things/{cell}\n```\n\n```http\nHTTP/1.1 200 OK\nContent-Type: application/json\n\n{body:#}\n```\n"
    );
    vec![
        ("resources/thing.md".to_owned(), ty),
        (
            "api/thing\"><img src=x onerror=alert(4)>&amp;-get.md".to_owned(),
            operation,
        ),
    ]
}

#[test]
fn text_of_pages_is_shown_as_text() {
    let pages = pages();
    let pages: Vec<(&str, &str)> = pages
        .iter()
        .map(|(path, text)| (&**path, &**text))
        .collect();
    let folder = folder(&pages);
    let run = run(folder.path(), None, &[]);
    assert!(!run.model.api.undeclared.is_empty());
    for base in [None, Some("https://example.org/\"'><script>")] {
        // An address with a quote is text as any other.
        let html = html(&run, base);
        let page = Document::read(&html);
        page.is_sound();
        assert!(!html.chars().any(graph_codegen::prose::is_hidden));
        assert!(!html.contains('\u{202E}'));
        assert_eq!(html.matches("<script").count(), 1);
        assert_eq!(html.matches("</script").count(), 1);
        assert!(!html.contains("<img") && !html.contains("<b>x"));
        // It is there all the same.
        let text = page.text();
        assert!(
            text.contains("</script></style></table><script>alert(1)</script>"),
            "{text}"
        );
        assert!(
            text.contains("thing\"><img src=x onerror=alert(4)>&amp;-get.md"),
            "{text}"
        );
    }
}

#[test]
fn only_style_and_script_of_the_report_itself_may_run() {
    let folder = folder(&[("resources/thing.md", "# thing resource type\n")]);
    let html = html(&run(folder.path(), None, &[]), None);
    let policy = html
        .split("Content-Security-Policy\" content=\"")
        .nth(1)
        .unwrap();
    let (policy, _) = policy.split_once('"').unwrap();
    let parts: Vec<&str> = policy.split("; ").collect();
    assert_eq!(parts[0], "default-src 'none'");
    assert!(
        parts[1].starts_with("style-src 'sha256-") && parts[2].starts_with("script-src 'sha256-")
    );
    assert_eq!(parts[3..], ["base-uri 'none'", "form-action 'none'"]);
}
