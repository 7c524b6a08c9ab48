//! Reads blocks of HTML: the comments in them, and the text between their tags.

use std::ops::Range;

use crate::prose::{PieceKind, Prose};

/// What a block of HTML holds.
#[derive(Default)]
pub(super) struct Html {
    /// The comments: where each stands, up to its end mark, and what it says.
    pub(super) comments: Vec<(Range<usize>, String)>,
    /// The text between the tags. A line that begins with a pipe stays a line, and a row of a table becomes one, so
    /// that rows which markdown does not read are seen.
    pub(super) prose: Prose,
}

/// Elements whose content is no text.
const RAW: &[&str] = &["script", "style"];

/// Reads a block.
pub(super) fn read(html: &str) -> Html {
    let mut read = Html::default();
    let mut text = String::new();
    let mut raw = false;
    let mut at = 0;
    while let Some(open) = html[at..].find('<').map(|open| at + open) {
        if !raw {
            text.push_str(&html[at..open]);
        }
        if html[open..].starts_with("<!--") {
            let end = html[open..]
                .find("-->")
                .map_or(html.len(), |end| open + end);
            let content = html.get(open + 4..end).unwrap_or_default();
            read.comments.push((open..end, content.trim().to_owned()));
            at = (end + 3).min(html.len());
            continue;
        }
        let Some(close) = html[open..].find('>').map(|close| open + close) else {
            at = open;
            break;
        };
        let tag = &html[open + 1..close];
        let name: String = tag
            .trim_start_matches('/')
            .chars()
            .take_while(char::is_ascii_alphanumeric)
            .collect::<String>()
            .to_ascii_lowercase();
        let ends = tag.starts_with('/');
        match name.as_str() {
            "tr" if !ends => text.push_str("\n|"),
            "td" | "th" if ends => text.push('|'),
            name if RAW.contains(&name) => raw = !ends,
            _ => {}
        }
        at = close + 1;
    }
    if !raw {
        text.push_str(&html[at..]);
    }
    lines(&text, &mut read.prose);
    read
}

/// Adds the lines of a text; only a line that begins with a pipe begins a new one.
fn lines(text: &str, prose: &mut Prose) {
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        if line.starts_with('|') {
            prose.push(PieceKind::Break, "\n");
        } else if !prose.is_empty() {
            prose.push(PieceKind::Text, " ");
        }
        let decoded = line
            .replace("&nbsp;", " ")
            .replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&amp;", "&");
        prose.push(PieceKind::Text, &decoded);
    }
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn comments_and_text_are_told_apart() {
        let html = read("<div><!-- a | b -->\n<b>id</b> &lt;x&gt;\n</div>");
        assert_eq!(html.comments, [(5..16, "a | b".to_owned())]);
        assert_eq!(html.prose.text(), "id <x>");
        assert_eq!(read("<!-- never closed").comments.len(), 1);
        assert!(read("<style>a { }</style>").prose.is_empty());
    }

    #[test]
    fn rows_stay_lines() {
        let text = |html| read(html).prose.text();
        assert_eq!(text("<a name=\"x\"></a>\n|id|String|\n"), "|id|String|");
        assert_eq!(
            text("<table>\n<tr><td>id</td><td>Key</td></tr>\n<tr><td>b</td></tr></table>"),
            "|id|Key|\n|b|"
        );
    }
}
